"""Steps: what goes wrong on real desks. The whole proof runs under a Chinese user name with a space and an emoji."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import deliver
from installing import SAMPLES, install, setup, uninstall_from
from steps import NotTriedError, Proof, listing, mounted, require
from wine import unquoted, windows_path

NO_ROOM, NOT_WRITTEN, FOREIGN = 6, 2, 7


def long_path(proof: Proof) -> str:
    """The clerk's files lie deeper than 260 characters: data, a package, a PDF. (The program's own folder may not.)"""
    deep = proof.work / "deep" / Path(*["一个名字很长的文件夹" * 3] * 8)
    deep.mkdir(parents=True, exist_ok=True)
    file = shutil.copy(min(SAMPLES.glob("*.json")), deep / "表格.jibiao")
    for words in (["import", file], ["backup", "--out", deep / "备份.db"], ["print", file, "--out", deep / "表.pdf"]):
        done = proof.run(proof.bundle, "--data-dir", deep / "数据", *words)
        require(done.code == 0, f"{words[0]} ended with {done.code}: {done.said[-300:]}")
    require((deep / "表.pdf").is_file() and (deep / "数据" / "jibiao.db").is_file(), "files are not where they belong")
    shutil.rmtree(proof.work / "deep")
    return f"{len(windows_path(deep / '表格.jibiao'))} characters"


def other_folder(proof: Proof) -> str:
    """Installed by choice into a folder with Chinese, a space and an emoji, and removed again."""
    place = proof.wine.prefix / "drive_c" / "单位 软件😀" / "绩表"
    done = install(proof, deliver.version(), *unquoted(rf"/D=C:\{place.parent.name}\{place.name}"))
    require(done.code == 0 and (place / "jibiao.exe").is_file(), f"code {done.code}")
    proof.good_selftest(place, "--window", name="other-folder")
    mine = place / "我的.txt"
    mine.write_text("mine")
    uninstall_from(proof, place)
    require(listing(place) <= {"我的.txt", "uninstall.exe"} and mine.exists(), f"left: {sorted(listing(place))[:5]}")
    return "installed, tested, removed; a file of the clerk's in it stayed"


def folder_of_another(proof: Proof) -> str:
    """A folder in which another program has its files is refused."""
    place = proof.work / "another"
    shutil.rmtree(place, ignore_errors=True)
    (place / "_internal").mkdir(parents=True)
    (place / "_internal" / "theirs.dll").touch()
    done = install(proof, deliver.version(), f"/D={windows_path(place)}")
    require(done.code == FOREIGN and listing(place) == {"_internal/theirs.dll"}, f"code {done.code}: {listing(place)}")
    return f"code {FOREIGN}, nothing touched"


def no_room(proof: Proof) -> str:
    """A disk that is too small is seen before anything is written."""
    with mounted(proof.work / "small", "-t", "tmpfs", "-o", "size=40m", "tmpfs") as disk:
        done = install(proof, deliver.version(), f"/D={windows_path(disk / 'jibiao')}")
        require(done.code == NO_ROOM, f"code {done.code}: {done.said[-200:]}")
        require(not list(disk.iterdir()), f"left: {[path.name for path in disk.iterdir()]}")
    return f"code {NO_ROOM}, nothing left"


def broken_off(proof: Proof) -> str:
    """An upgrade that fails half-way leaves the former version whole."""
    with mounted(proof.work / "small", "-t", "tmpfs", "-o", "size=400m,nr_inodes=400", "tmpfs") as disk:
        place = disk / "jibiao"
        done = install(proof, deliver.version(), f"/D={windows_path(place)}")
        require(done.code == 0, f"code {done.code}: {done.said[-200:]}")
        there = listing(place)
        count = 0
        try:  # so that some files of the new version can be written, and then no more
            while True:
                (disk / f"filler-{count}").touch()
                count += 1
        except OSError:
            for at in range(min(count, 20)):
                (disk / f"filler-{at}").unlink()
        done = install(proof, deliver.version(), f"/D={windows_path(place)}")
        require(done.code == NOT_WRITTEN, f"code {done.code}")
        require(listing(place) == there, f"changed: {sorted(listing(place) ^ there)[:5]}")
        proof.good_selftest(place, "--step", "files", "editions", "texts", name="broken-off")
        uninstall_from(proof, place)
    return f"code {NOT_WRITTEN}, the former version is whole"


def full_disk_for_data(proof: Proof) -> str:
    """A full disk under the data folder is told in words."""
    with mounted(proof.work / "small", "-t", "tmpfs", "-o", "size=64k", "tmpfs") as disk:
        done = proof.run(proof.bundle, "--data-dir", windows_path(disk / "数据"), "list")
        require(done.code == 3 and "磁盘已满" in done.said, f"code {done.code}: {done.said[-300:]}")
    return done.said.strip()[:100]


def read_only(proof: Proof) -> str:
    """The program lies where nobody may write, as after a roll-out by the IT department."""
    program = proof.work / "read-only"
    shutil.rmtree(program, ignore_errors=True)
    with mounted(program, "--bind", str(proof.bundle)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(program)], check=True)
        require(not os.access(program / "jibiao.exe", os.W_OK), "the folder can be written")
        proof.good_selftest(program, "--window", name="read-only")
    return "works"


def clock(proof: Proof) -> str:
    """The clock of the PC stands in 2019."""
    if shutil.which("faketime") is None:
        raise NotTriedError("faketime is not installed: apt-get install --no-install-recommends faketime")
    report = proof.good_selftest(
        proof.bundle,
        "--step",
        "database",
        "migration",
        "printing",
        name="clock",
        prefix=("faketime", "2019-02-03 08:00:00"),
    )
    return f"{len(report['steps'])} steps"


def no_printer(proof: Proof) -> str:
    """Wine has no printer here: the report of the window says so, and nothing failed over it."""
    import json

    report = json.loads((proof.out / "frozen-screen.json").read_text(encoding="utf-8"))
    seen = json.loads(next(step["detail"] for step in report["steps"] if step["step"] == "window"))
    if seen["printers"]:
        raise NotTriedError(f"{seen['printers']} printers are known here")
    return "the window opens and closes without a printer"


def checksums(proof: Proof) -> str:
    """The sums of what is delivered are right."""
    sums = proof.out / deliver.SUMS
    subprocess.run(["sha256sum", "--check", "--quiet", sums.name], cwd=proof.out, check=True)
    return f"{len(sums.read_text().splitlines())} files; the tried one is {setup(proof, deliver.version()).name}"
