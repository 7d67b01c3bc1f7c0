"""The proof road: from sources to a removed installation of the Windows program, on Linux under Wine.

    python3 dev.py bundle --wine [--fresh]     --fresh: nothing of the last run is taken again

Nothing is installed: a missing tool is named with the line for apt. What it proves and what only real Windows shows:
build/RELEASE.md.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # what both roads share

import circumstances as bad
import freezing
import installing
import windows_python
from steps import ROOT, Proof, all_of
from wine import LOADER, MINGW, ProofError, Wine

PACKAGES = {
    str(LOADER): "wine64",
    "wineserver64": "wine",
    f"{MINGW}-gcc": "gcc-mingw-w64-x86-64",
    f"{MINGW}-windres": "binutils-mingw-w64-x86-64",
    f"{MINGW}-dlltool": "binutils-mingw-w64-x86-64",
    "gendef": "mingw-w64-tools",
    "makensis": "nsis",
    "Xvfb": "xvfb",
    "import": "imagemagick",
    "localedef": "libc-bin",
    "git": "git",
}
"""Programs that the proof needs, and the Debian packages that have them."""
FONT, FONT_PACKAGE = Path("/usr/share/fonts/opentype/noto"), "fonts-noto-cjk"

MAKING = (
    ("prefix: Windows 10, Chinese user name with an emoji", freezing.prefix),
    ("Windows CPython and its pinned packages", freezing.python),
    ("freeze", freezing.freeze),
)
LOOKING = (
    ("static check: imports, icon, version, manifest", freezing.static),
    ("contents: data files, licences, size", freezing.contents),
    ("self-test, offscreen", freezing.selftest),
    ("self-test of the window, Qt's windows platform, 1366×768", freezing.selftest_on_screen),
    ("picture of the window", freezing.picture),
    ("no printer", bad.no_printer),
    ("must fail: without MSVCP140", freezing.without_runtime),
    ("must fail: without the fonts", freezing.without_fonts),
    ("must fail: without the platform plugin", freezing.without_platform),
    ("must fail: without an edition", freezing.without_edition),
    ("must fail: with a changed file", freezing.with_a_changed_text),
    ("must fail: with a library of nobody's", freezing.with_a_stranger),
    ("freeze the older version", freezing.freeze_old),
)
INSTALLING = (
    ("compile the installers, portable zip, checksums", installing.compile_installers),
    ("install the older version, work with it", installing.install_old),
    ("upgrade: no stale file, data migrated, nothing lost", installing.upgrade),
)
WORKING = (
    ("checksums", bad.checksums),
    ("self-test of the installed program", installing.installed_selftest),
    ("an older program refuses the newer data", installing.old_refuses_new),
    ("open a package by its association", installing.association),
    ("a second start hands over to the open window", installing.second_start),
    ("installer and uninstaller refuse while it runs", installing.refused_while_running),
    ("the window closes when asked", installing.close),
    ("portable copy", installing.portable),
    ("bad: path over 260 characters", bad.long_path),
    ("bad: no room on the disk", bad.no_room),
    ("bad: the disk takes no more half-way", bad.broken_off),
    ("bad: no room for the data", bad.full_disk_for_data),
    ("bad: the program folder is read-only", bad.read_only),
    ("bad: the clock stands in 2019", bad.clock),
    ("bad: a folder of another program", bad.folder_of_another),
    ("uninstall: data stay, nothing else", installing.uninstall),
    ("bad: folder with Chinese, a space and an emoji", bad.other_folder),
)


def missing() -> list[str]:
    """Return the Debian packages that are missing."""
    lacking = {
        package
        for tool, package in PACKAGES.items()
        if not (shutil.which(tool) or Path("/usr/lib/wine", tool).exists())
    }
    if not FONT.is_dir():
        lacking.add(FONT_PACKAGE)
    return sorted(lacking)


def main() -> None:
    """Do all steps and print their table; the exit code is 1 where one failed or could not be tried."""
    lacking = missing()
    if lacking:
        print("The proof needs programs that are missing; as root type:", file=sys.stderr)
        print(f"apt-get install --no-install-recommends {' '.join(lacking)}", file=sys.stderr)
        raise SystemExit(2)
    try:
        windows_python.linux_python()
    except ProofError as error:
        raise SystemExit(str(error)) from error
    work = ROOT / ".work" / "wine"
    if "--fresh" in sys.argv:
        for name in ("python", "dist-old", "prefix"):
            shutil.rmtree(work / name, ignore_errors=True)
    shutil.rmtree(work / "out", ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    with Wine(work) as wine:
        proof = Proof(wine, work)
        if all_of(MAKING, proof):
            for name, step in LOOKING:
                proof.step(name, step)
            all_of(INSTALLING, proof)
            for name, step in WORKING:
                proof.step(name, step)
    table = proof.table()
    (work / "out").mkdir(exist_ok=True)
    (work / "out" / "table.txt").write_text(f"{_revision()}\n{table}\n", encoding="utf-8")
    print(f"\n{table}")
    raise SystemExit(any(row.outcome != "ok" for row in proof.rows))


def _revision() -> str:
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip() or "no revision"


if __name__ == "__main__":
    main()
