"""Steps: the prefix, the Windows CPython, the frozen program, and what can be seen of it before it is installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import bundle_data
import deliver
import licences
import windows_python
from steps import ROOT, NotTriedError, Proof, failed, linked_copy, require
from wine import ProofError, call, wait_for, windows_path

REQUIREMENTS = (ROOT / "build" / "requirements.txt", ROOT / "build" / "requirements-build.txt")
OLD_REVISION = "5719e12"
"""A revision with the first shape of the database: the older version that is upgraded."""
LIMIT_BESIDE_FONTS = 90_000_000
"""Bytes that the installed program may have beside its fonts."""
CHOSEN, FEWEST_PIXELS = "#2F5D7C", 1000
"""The ground of the chosen project in the list, and the pixels that it has at least."""
FEWEST_COLOURS = 60
"""A picture with fewer colours shows no window."""


def prefix(proof: Proof) -> str:
    """Make the prefix anew."""
    return f"{proof.wine.make()}, user {proof.wine.profile.name}, 125 %"


def python(proof: Proof) -> str:
    """Make the Windows CPython with its packages; one that fits is taken again."""
    stamp = proof.python / "stamp.txt"
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in REQUIREMENTS)).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return "taken again from the last run"
    said = windows_python.make(proof.wine, proof.python, proof.work / "downloads")
    windows_python.install(proof.wine, proof.python, proof.work / "downloads", *REQUIREMENTS)
    stamp.write_text(wanted)
    return said


def freeze(proof: Proof) -> str:
    """Freeze the program."""
    return _freeze(proof, ROOT, proof.bundle)


def freeze_old(proof: Proof) -> str:
    """Freeze the older version from the history; once is enough."""
    stamp = proof.old_bundle.parent / "stamp.txt"
    if stamp.is_file() and stamp.read_text() == OLD_REVISION:
        return "taken again from the last run"
    source = proof.work / "old"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    packed = subprocess.run(["git", "archive", OLD_REVISION], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        raise NotTriedError(f"the history has no {OLD_REVISION}: a complete clone is needed")
    subprocess.run(["tar", "x"], cwd=source, input=packed.stdout, check=True)
    said = _freeze(proof, source, proof.old_bundle)
    stamp.write_text(OLD_REVISION)
    return said


def _freeze(proof: Proof, source: Path, bundle: Path) -> str:
    shutil.rmtree(bundle.parent, ignore_errors=True)
    done = proof.wine.run(
        proof.python / "python.exe", "-X", "utf8", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--workpath", windows_path(proof.work / f"freeze-{bundle.parent.name}"),
        "--distpath", windows_path(bundle.parent), windows_path(source / "build" / "app.spec"), timeout=900,
    )  # fmt: skip
    if done.code or not (bundle / "jibiao.exe").is_file():
        raise ProofError(f"PyInstaller ended with {done.code}: {done.said[-1500:]}")
    # Without ICU it ends well, too, but packs no plugin of Qt.
    for word in ("failed to obtain Qt library info", "ERROR:"):
        require(word not in done.said, f"PyInstaller said: {done.said[-1500:]}")
    return f"{len(list(bundle.rglob('*')))} files, {deliver.size_of(bundle) / 1e6:.0f} MB"


# ---------------------------------------------------------------- without running it


def static(proof: Proof) -> str:
    """Imports, resources of the program, stubs that must not be there."""
    found = _static_problems(proof, proof.bundle)
    require(not found, "; ".join(found))
    return "every import is in the bundle or a part of Windows 10"


def _static_problems(proof: Proof, bundle: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "build" / "check_windows.py"), str(bundle)],
        env={**os.environ, "PYTHONPATH": str(proof.python / "Lib" / "site-packages")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode and not done.stdout:
        raise ProofError(done.stderr[-800:])
    return done.stdout.splitlines() if done.returncode else []


def contents(proof: Proof) -> str:
    """Every data file is there, every file has its licence, and the whole is no larger than it may be."""
    inside = proof.bundle / "_internal"
    missing = [path.name for path, folder in bundle_data.data_files() if not (inside / folder / path.name).is_file()]
    require(not missing, f"data files are missing: {missing}")
    found = licences.problems(proof.bundle)
    require(not found, "; ".join(found))
    fonts = deliver.size_of(inside / "resources" / "fonts")
    rest = deliver.size_of(proof.bundle) - fonts
    require(
        rest <= LIMIT_BESIDE_FONTS, f"{rest / 1e6:.1f} MB beside the fonts, more than {LIMIT_BESIDE_FONTS / 1e6:.0f}"
    )
    return f"{rest / 1e6:.1f} MB and {fonts / 1e6:.1f} MB of fonts; the list of licences is complete"


# ---------------------------------------------------------------- running it


def selftest(proof: Proof) -> str:
    """The frozen program tests itself without a screen."""
    report = proof.good_selftest(proof.bundle, "--window", name="frozen")
    return f"{len(report['steps'])} steps, {sum(step['ms'] for step in report['steps']) / 1000:.0f} s in them"


def selftest_on_screen(proof: Proof) -> str:
    """The frozen program tests itself on Qt's platform for Windows: the window, and the process that prints."""
    report = proof.good_selftest(proof.bundle, "--step", "window", "printer", name="frozen-screen", screen=True)
    seen = str(report["steps"][0]["detail"])
    require('"platform": "windows"' in seen, f"another platform: {seen}")
    require("125%" in seen, f"not at 125 %: {seen}")
    return seen


def picture(proof: Proof) -> str:
    """The window with the samples stands on the screen; the picture is kept."""
    folder, out = proof.work / "data-picture", proof.out / "window.png"
    shutil.rmtree(folder, ignore_errors=True)
    process = proof.wine.spawn(proof.bundle / "jibiao.exe", "--data-dir", windows_path(folder), "demo", screen=True)
    try:
        stands = wait_for(lambda: process.poll() is not None or _colours(proof, out) > FEWEST_COLOURS, 60)
        require(stands and process.poll() is None, "no window came")
        wait_for(lambda: False, 8)  # until checks and preview have come, too
        colours = _colours(proof, out)
        chosen = call("convert", out, "-fill", "black", "+opaque", CHOSEN, "-fill", "white", "-opaque", CHOSEN,
                      "-format", "%[fx:mean*w*h]", "info:")  # fmt: skip
    finally:
        proof.wine.run("taskkill", "/im", "jibiao.exe")
        ended = wait_for(lambda: process.poll() is not None, 20)
        if not ended:
            proof.wine.run("taskkill", "/f", "/im", "jibiao.exe")
    require(ended, "the window did not close when it was asked to")
    require(not (folder / "jibiao.log").exists(), "the window wrote a log of errors")
    require(float(chosen) > FEWEST_PIXELS, "the chosen project does not stand out")
    return f"{out.relative_to(ROOT)}, {colours} colours; closed when asked"


def _colours(proof: Proof, out: Path) -> int:
    out.parent.mkdir(parents=True, exist_ok=True)
    proof.wine.take_picture(out)
    return int(call("identify", "-format", "%k", out))


# ---------------------------------------------------------------- what must fail


def without_runtime(proof: Proof) -> str:
    """Wine has a C++ runtime of its own: only the check of imports sees that it is missing."""
    spoilt = linked_copy(proof.bundle, proof.work / "spoilt")
    for path in spoilt.rglob("MSVCP140*.dll"):
        path.unlink()
    found = [one for one in _static_problems(proof, spoilt) if one.startswith("msvcp140.dll is missing")]
    require(found, "the check of imports did not see it")
    return found[0][:120]


def without_fonts(proof: Proof) -> str:
    """The self-test says that the fonts are missing."""
    return _must_fail(proof, "resources/fonts/*.ttf", {"files", "fonts"})


def without_edition(proof: Proof) -> str:
    """The self-test says that an edition is missing."""
    return _must_fail(proof, "forms/editions/sh-declaration-2022.toml", {"files"})


def with_a_changed_text(proof: Proof) -> str:
    """The self-test says that a file is not as it was made."""
    spoilt = linked_copy(proof.bundle, proof.work / "spoilt")
    changed = spoilt / "_internal" / "resources" / "help" / "manual.md"
    changed.unlink()
    changed.write_text("# 绩表使用手册\n", encoding="utf-8")
    report = proof.selftest(spoilt, "--step", "files", name="spoilt")
    require(report["code"] and failed(report) == {"files"}, f"{report}")
    return str(report["steps"][0]["detail"].strip().splitlines()[-1][-100:])


def _must_fail(proof: Proof, pattern: str, steps: set[str]) -> str:
    spoilt = linked_copy(proof.bundle, proof.work / "spoilt")
    for path in (spoilt / "_internal").glob(pattern):
        path.unlink()
    report = proof.selftest(spoilt, name="spoilt")
    require(report["code"], "the self-test passed")
    require(steps <= failed(report), f"failed were {failed(report)}, not {steps}")
    return f"code {report['code']}, failed: {', '.join(sorted(failed(report)))}"


def without_platform(proof: Proof) -> str:
    """Both the static check and the self-test say it, and Qt does not wait with a box."""
    spoilt = linked_copy(proof.bundle, proof.work / "spoilt")
    (spoilt / "_internal" / "PySide6" / "plugins" / "platforms" / "qwindows.dll").unlink()
    require(any("qwindows.dll is not" in one for one in _static_problems(proof, spoilt)), "the static check passed")
    report = proof.selftest(spoilt, "--step", "window", name="spoilt", screen=True)
    require(report["code"] and failed(report) == {"window"}, f"{report}")
    return f"code {report['code']}, failed: window"


def with_a_stranger(proof: Proof) -> str:
    """A library of nobody's is seen by the comparison with the list of licences."""
    spoilt = linked_copy(proof.bundle, proof.work / "spoilt")
    (spoilt / "_internal" / "libcrypto-3.dll").touch()
    found = licences.problems(spoilt)
    shutil.rmtree(spoilt)
    require(found == ["libcrypto-3.dll belongs to no part"], f"{found}")
    return found[0]
