"""A CPython for Windows, made on Linux from what package registries have.

There is no Windows CPython on a registry as such. The Windows wheels of panda3d carry python3xx.dll and every extension
module; the pure standard library is that of a Linux CPython of the very same version; python.exe is a few lines of C.
The release is built with python.org's own: this one is for the proof.
"""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from wine import MINGW, STUBS, ProofError, Wine, call

SOURCES = {"3.12.1": "1.10.14", "3.11.7": "1.10.14", "3.13.0": "1.10.15"}
"""Versions of CPython, the best first, and the panda3d whose wheels carry them."""
LEFT_OUT = ("*cp313t*", "_test*", "_tkinter*", "_wmi*", "_ctypes_test*", "_xx*")
"""Extension modules that are not wanted; ``_wmi`` hangs on Wine 8."""
LEFT_OUT_OF_LIBRARY = (
    "site-packages",
    "lib-dynload",
    "test",
    "idlelib",
    "tkinter",
    "turtledemo",
    "lib2to3",
    "ensurepip",
)


def linux_python() -> tuple[str, Path]:
    """Return version and executable of a Linux CPython that a Windows one can be made for. Raises ProofError."""
    found = {version: path for path in _pythons() if (version := _version(path)) in SOURCES}
    for version in SOURCES:
        if version in found:
            return version, found[version]
    raise ProofError(
        f"the pure standard library of CPython {' or '.join(SOURCES)} is needed: install one of them on this Linux"
        " (for example: pyenv install 3.12.1) so that it is found in PATH or ~/.pyenv/versions"
    )


def _pythons() -> Iterator[Path]:
    yield Path(sys.executable)
    yield from Path.home().glob(".pyenv/versions/*/bin/python3")
    for name in ("python3.12", "python3.11", "python3.13"):
        if place := shutil.which(name):
            yield Path(place)


def _version(path: Path) -> str:
    done = subprocess.run(
        [str(path), "-c", "import platform; print(platform.python_version())"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def make(wine: Wine, folder: Path, downloads: Path) -> str:
    """Make the Windows CPython in ``folder``; return what it says of itself. Raises ProofError."""
    version, linux = linux_python()
    short = "".join(version.split(".")[:2])
    wheel = _wheel(linux, SOURCES[version], short, downloads)
    shutil.rmtree(folder, ignore_errors=True)
    _unpack(wheel, folder, short)
    _copy_library(linux, folder)
    _link(folder, short)
    seen = wine.run(folder / "python.exe", "-c", _SAY)
    if seen.code or not seen.said.startswith(version + " "):
        raise ProofError(f"the Windows python does not start as {version}: {seen.said[-500:]}")
    return seen.said.strip()


_SAY = (
    "import platform, ssl, sqlite3, ctypes, zlib, lzma, bz2;"
    "print(platform.python_version(), 'SQLite', sqlite3.sqlite_version, ssl.OPENSSL_VERSION)"
)


def _wheel(linux: Path, version: str, short: str, downloads: Path) -> Path:
    downloads.mkdir(parents=True, exist_ok=True)
    pattern = f"panda3d-{version}-cp{short}-*win_amd64.whl"
    if not any(downloads.glob(pattern)):
        call(
            linux, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--platform", "win_amd64",
            "--python-version", short, "--implementation", "cp", "--dest", downloads, f"panda3d=={version}",
        )  # fmt: skip
    return next(downloads.glob(pattern))


def _unpack(wheel: Path, folder: Path, short: str) -> None:
    """Take the DLLs and extension modules out of the wheel."""
    modules = folder / "DLLs"
    modules.mkdir(parents=True)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            part, _, file = name.rpartition("/")
            if not part.endswith("deploy_libs") or any(fnmatch.fnmatch(file, one) for one in LEFT_OUT):
                continue
            if file.lower() == f"python{short}.dll" or file.lower().startswith("vcruntime140"):
                (folder / file).write_bytes(archive.read(name))
            elif file.endswith(".pyd") or file.startswith(("libffi-", "libcrypto-", "libssl-", "sqlite3.")):
                (modules / file).write_bytes(archive.read(name))


def _copy_library(linux: Path, folder: Path) -> None:
    place = call(linux, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))").strip()
    ignored = shutil.ignore_patterns(*LEFT_OUT_OF_LIBRARY, "__pycache__", "config-*", "_sysconfigdata*")
    shutil.copytree(place, folder / "Lib", ignore=ignored)
    (folder / "Lib" / "site-packages").mkdir()


def _link(folder: Path, short: str) -> None:
    """Make python.exe, and python3.dll that forwards to the DLL of the version."""
    work = folder / "link"
    work.mkdir()
    dll = f"python{short}"
    shutil.copy(folder / f"{dll}.dll", work)
    call("gendef", f"{dll}.dll", cwd=work)
    call(f"{MINGW}-dlltool", "-d", f"{dll}.def", "-l", f"lib{dll}.a", "-D", f"{dll}.dll", cwd=work)
    (work / "python.rc").write_text('1 24 "python.manifest"\n')
    shutil.copy(STUBS / "python.manifest", work)
    call(f"{MINGW}-windres", "python.rc", "-O", "coff", "-o", "resources.o", cwd=work)
    call(
        f"{MINGW}-gcc", "-O2", "-s", "-municode", "-o", folder / "python.exe", STUBS / "python.c", "resources.o",
        "-L.", f"-l{dll}", cwd=work,
    )  # fmt: skip
    names = sorted(set(re.findall(r"^_?Py\w*(?: DATA)?$", (work / f"{dll}.def").read_text(), re.MULTILINE)))
    forwarded = [f"{name.split()[0]} = {dll}.{name.split()[0]}{' DATA' if ' ' in name else ''}" for name in names]
    (work / "python3.def").write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *forwarded, ""]))
    call(
        f"{MINGW}-gcc", "-O2", "-s", "-shared", "-nostdlib", "-e", "DllMain", "-o", folder / "python3.dll",
        STUBS / "python3.c", "python3.def", cwd=work,
    )  # fmt: skip
    shutil.rmtree(work)


def install(wine: Wine, folder: Path, downloads: Path, *requirements: Path) -> None:
    """Install what the requirements files pin by hash; pip runs under Wine, so that markers of Windows resolve."""
    from wine import windows_path

    packages = folder / "Lib" / "site-packages"
    _, linux = linux_python()
    pinned = next(line.split()[0] for line in requirements[0].read_text().splitlines() if line.startswith("pip=="))
    call(linux, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", downloads, pinned)
    wheel = next(downloads.glob(f"{pinned.replace('==', '-')}-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    for one in requirements:
        done = wine.run(
            folder / "python.exe", "-X", "utf8", "-m", "pip", "install", "--quiet", "--no-warn-script-location",
            "--disable-pip-version-check", "--only-binary=:all:", "--require-hashes",
            "-r", windows_path(one), timeout=900,
        )  # fmt: skip
        if done.code:
            raise ProofError(f"pip ended with {done.code}: {done.said[-1500:]}")
    for name in ("vcruntime140", "vcruntime140_1"):  # newer ones than those that came with the DLL
        newer = packages / "shiboken6" / f"{name}.dll"
        if newer.exists():
            shutil.copy(newer, folder / f"{name.upper()}.dll")
