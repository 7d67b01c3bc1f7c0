"""Steps: the installer from the first installation to the removal, with the clerk's data before, between and after."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import deliver
from freezing import ROOT
from steps import NotTriedError, Proof, listing, require
from wine import Done, ProofError, unquoted, wait_for, windows_path

OLD = "0.0.9"
"""What the older version is called."""
RUNNING = 5
CLASSES = r"Software\Classes"
PROGID = "jibiao.package"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\jibiao"
SAMPLES = ROOT / "resources" / "samples"


def setup(proof: Proof, number: str) -> Path:
    """Return the installer of a version."""
    return proof.out / f"setup-{number}.exe"


def compile_installers(proof: Proof) -> str:
    """Compile the installers that are tried, and the one that is delivered for its size."""
    deliver.make_installer(proof.bundle, setup(proof, deliver.version()), deliver.version(), "AMD64", "FAST")
    old = proof.old_bundle if proof.old_bundle.is_dir() else proof.bundle
    deliver.make_installer(old, setup(proof, OLD), OLD, "AMD64", "FAST")
    out = deliver.make_installer(proof.bundle, proof.out / f"jibiao-{deliver.version()}-setup.exe", deliver.version())
    portable = deliver.make_portable(proof.bundle, proof.out / f"jibiao-{deliver.version()}-portable.zip")
    deliver.write_sums([out, portable], proof.out)
    size = out.stat().st_size
    require(size <= 45_000_000, f"the installer has {size / 1e6:.1f} MB")
    return f"installer {size / 1e6:.1f} MB, portable zip {portable.stat().st_size / 1e6:.1f} MB"


def install(proof: Proof, number: str, *words: str, **more: Any) -> Done:
    """Run an installer without showing anything."""
    return proof.wine.run(setup(proof, number), "/S", *words, timeout=300, **more)


def uninstall_from(proof: Proof, place: Path) -> Done:
    """Run the uninstaller of a folder; with ``_?=`` it runs from there, stays itself, and gives its code."""
    where = unquoted(f"_?={windows_path(place)}")
    return proof.wine.run(place / "uninstall.exe", "/S", *where, timeout=120)


def before(proof: Proof) -> set[str]:
    """Return the clerk's files that the installer has no business with."""
    return {name for name in listing(proof.wine.profile) if "/Temp/" not in name and not name.startswith("Temp/")}


def install_old(proof: Proof) -> str:
    """Install the older version; the clerk works with it."""
    if not proof.old_bundle.is_dir():
        raise NotTriedError("there is no bundle of an older version")
    (proof.out / "before.txt").write_text("\n".join(sorted(before(proof))), encoding="utf-8")
    done = install(proof, OLD)
    require(done.code == 0, f"code {done.code}: {done.said[-300:]}")
    require(proof.wine.registry(UNINSTALL, "DisplayVersion") == OLD, "the version is not in the registry")
    same = listing(proof.installed) - {"uninstall.exe"} == listing(proof.old_bundle)
    require(same, "what was installed is not what was frozen")
    require(list(proof.wine.profile.rglob("绩表.lnk")), "there is no shortcut")
    require(not (_desktop(proof) / "绩表.lnk").exists(), "a shortcut on the desktop was not asked for")
    for sample in sorted(SAMPLES.glob("*2025.json")):
        done = proof.run(proof.installed, "import", sample)
        require(done.code == 0, f"import ended with {done.code}: {done.said[-300:]}")
    return f"{len(proof.projects(proof.installed))} projects entered with the older version"


def _desktop(proof: Proof) -> Path:
    return next(
        (one for one in (proof.wine.profile / "Desktop", proof.wine.profile / "桌面") if one.exists()), proof.work
    )


def upgrade(proof: Proof) -> str:
    """Install the newer version over the older: no stale file stays, the data are migrated and whole."""
    stale = proof.installed / "_internal" / "stale.txt"
    stale.touch()
    projects = proof.projects(proof.installed)
    exported = _export(proof, "old.json")
    done = install(proof, deliver.version(), "/DESKTOP")
    require(done.code == 0, f"code {done.code}: {done.said[-300:]}")
    require(proof.wine.registry(UNINSTALL, "DisplayVersion") == deliver.version(), "the registry has the old version")
    left = listing(proof.installed) - {"uninstall.exe"} - listing(proof.bundle)
    require(not left, f"stale files stayed: {sorted(left)[:5]}")
    require(
        list(proof.wine.profile.rglob("Desktop/绩表.lnk")) or list(proof.wine.profile.rglob("桌面/绩表.lnk")),
        "no shortcut on the desktop",
    )
    require(proof.projects(proof.installed) == projects, "the projects are not the same")
    require(_export(proof, "new.json") == exported, "what the projects say is not the same")
    backups = [path.name for path in (proof.data / "backups").glob("升级前的数据*")]
    require(backups, "the older database was not kept")
    return f"{len(projects)} projects say the same as before; kept: {backups[0]}"


def _export(proof: Proof, name: str) -> bytes:
    out = proof.out / name
    done = proof.run(proof.installed, "export", "--all", "--out", out)
    require(done.code == 0, f"export ended with {done.code}: {done.said[-300:]}")
    return out.read_bytes()


def installed_selftest(proof: Proof) -> str:
    """The installed program tests itself."""
    report = proof.good_selftest(proof.installed, "--window", name="installed")
    return f"{len(report['steps'])} steps, version {report['version']}"


def old_refuses_new(proof: Proof) -> str:
    """An older program says politely that the data are a newer one's, and leaves them as they are."""
    data = (proof.data / "jibiao.db").read_bytes()
    done = proof.run(proof.old_bundle, "list")
    require(done.code == 3 and "更新版本的绩表" in done.said, f"code {done.code}: {done.said[-300:]}")
    require((proof.data / "jibiao.db").read_bytes() == data, "the data were changed")
    return done.said.strip()[:120]


# ---------------------------------------------------------------- while it runs


def association(proof: Proof) -> str:
    """A double click on a package opens the program, which reads it in."""
    # Wine does not merge the user's classes into HKCR, as Windows does.
    for key in (".jibiao", PROGID):
        proof.wine.run("reg", "copy", rf"HKCU\{CLASSES}\{key}", rf"HKLM\{CLASSES}\{key}", "/s", "/f")
    number = len(proof.projects(proof.installed))
    _open(proof, "我的 表😀.jibiao")
    _wait_for_projects(proof, number + 1)
    return "the file was read in"


def second_start(proof: Proof) -> str:
    """A second start hands its file over to the window that is open, and ends."""
    number = len(proof.projects(proof.installed))
    file = _package(proof, "第二个.jibiao")
    done = proof.run(proof.installed, "open", file, timeout=30)
    require(done.code == 0 and "已切换到该窗口" in done.said, f"code {done.code}: {done.said[-300:]}")
    _wait_for_projects(proof, number + 1)
    return done.said.strip()


def _open(proof: Proof, name: str) -> None:
    # On the screen: without one it has no window of the system's that could be asked to close.
    proof.wine.spawn("start", windows_path(_package(proof, name)), screen=True)


def _package(proof: Proof, name: str) -> Path:
    """Write a package with one project."""
    import json

    package = json.loads(min(SAMPLES.glob("*.json")).read_text(encoding="utf-8"))
    package["projects"] = package["projects"][:1]
    path = proof.out / name
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return path


def _wait_for_projects(proof: Proof, count: int) -> None:
    end = time.monotonic() + 60
    while (there := len(proof.projects(proof.installed))) != count:
        if time.monotonic() > end:
            raise ProofError(f"{there} projects, not {count}")
        time.sleep(1)


def refused_while_running(proof: Proof) -> str:
    """Neither the installer nor the uninstaller touches a program that runs."""
    there = listing(proof.installed)
    done = install(proof, deliver.version())
    require(done.code == RUNNING, f"the installer ended with {done.code}")
    removed = uninstall_from(proof, proof.installed)
    require(removed.code == RUNNING, f"the uninstaller ended with {removed.code}")
    require(listing(proof.installed) == there, "files were touched")
    return f"code {RUNNING}, nothing touched"


def close(proof: Proof) -> str:
    """The window closes when it is asked to, and saves."""
    proof.wine.run("taskkill", "/im", "jibiao.exe")
    closed = wait_for(lambda: not (proof.data / "inbox").exists(), 20)
    if not closed:
        proof.wine.run("taskkill", "/f", "/im", "jibiao.exe")
    require(closed, "the window did not close")
    require(not (proof.data / "jibiao.log").exists(), "the window wrote a log of errors")
    return f"{len(proof.projects(proof.installed))} projects"


# ---------------------------------------------------------------- in the end


def portable(proof: Proof) -> str:
    """The portable copy keeps its data beside itself, and leaves nothing elsewhere."""
    place = proof.work / "移动盘 😀"
    shutil.rmtree(place, ignore_errors=True)
    shutil.unpack_archive(proof.out / f"jibiao-{deliver.version()}-portable.zip", place)
    elsewhere = before(proof)
    program = place / "jibiao"
    done = proof.run(program, "import", _package(proof, "携带.jibiao"))
    require(done.code == 0, f"code {done.code}: {done.said[-300:]}")
    require((program / "data" / "jibiao.db").is_file(), "the data are not beside the program")
    proof.good_selftest(program, "--window", name="portable")
    require(before(proof) == elsewhere, f"left elsewhere: {sorted(before(proof) - elsewhere)[:5]}")
    shutil.rmtree(place)
    return "data beside the program, nothing elsewhere"


def uninstall(proof: Proof) -> str:
    """The program goes, the clerk's data stay, and nothing else is left."""
    kept = {path: path.read_bytes() for path in proof.data.rglob("*") if path.is_file()}
    require(kept, "there are no data to keep")
    proof.wine.run(proof.installed / "uninstall.exe", "/S", timeout=60)
    require(wait_for(lambda: not proof.installed.exists(), 60), f"left: {sorted(listing(proof.installed))[:5]}")
    for key in (UNINSTALL, rf"HKCU\{CLASSES}\.jibiao", rf"HKCU\{CLASSES}\{PROGID}", r"HKCU\Software\jibiao"):
        done = proof.wine.run("reg", "query", key)
        require(done.code, f"{key} is left in the registry")
    require(all(path.read_bytes() == was for path, was in kept.items()), "the data were touched")
    former = set((proof.out / "before.txt").read_text(encoding="utf-8").splitlines())
    data = proof.data.relative_to(proof.wine.profile).as_posix()
    left = {name for name in before(proof) - former if not name.startswith(f"{data}/")}
    require(not left, f"left: {sorted(left)[:8]}")
    return f"{len(kept)} files of data kept, nothing else left"
