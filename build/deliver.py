"""From a frozen program to what is delivered: installer, portable zip, checksums; the same on Windows and on Linux."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

BUILD = Path(__file__).resolve().parent
ROOT = BUILD.parent
MARKER = "portable.txt"
MARKER_WORDS = (
    "有这个文件时，绩表把数据存放在本文件夹的 data 文件夹里，可以随移动盘带走。\r\n"
    "删除本文件，绩表就改用本机用户的数据文件夹。\r\n"
)
SUMS = "SHA256SUMS.txt"


class DeliveryError(Exception):
    """Something for the delivery could not be made."""


def version() -> str:
    """Return the version that pyproject.toml names."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def find_makensis() -> str | None:
    """Return NSIS's compiler; None where it is not installed."""
    usual = Path("C:/Program Files (x86)/NSIS/makensis.exe")
    return shutil.which("makensis") or (str(usual) if usual.exists() else None)


def make_installer(bundle: Path, out: Path, number: str, *defines: str) -> Path:
    """Compile the installer of a bundle as version ``number``. Raises DeliveryError with what the compiler said.

    ``defines``: ``AMD64`` for a 64-bit installer, ``FAST`` for one that is quick to compile.
    """
    makensis = find_makensis()
    if makensis is None:
        raise DeliveryError("NSIS is not installed (makensis was not found)")
    out.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [
            makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", f"-DVERSION={number}", f"-DSOURCE={bundle}",
            f"-DOUT={out}", *(f"-D{one}" for one in defines), str(BUILD / "installer.nsi"),
        ],
        cwd=BUILD, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode or not out.exists():
        raise DeliveryError(f"makensis ended with {done.returncode}: {(done.stdout + done.stderr)[-1500:]}")
    return out


def make_portable(bundle: Path, out: Path) -> Path:
    """Write a zip of the bundle whose program keeps its data beside itself."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(bundle.rglob("*")):
            if path.is_file():
                archive.write(path, Path("jibiao") / path.relative_to(bundle))
        archive.writestr(f"jibiao/{MARKER}", MARKER_WORDS.encode("utf-8-sig"))
    return out


def write_sums(files: Iterable[Path], folder: Path) -> Path:
    """Write the SHA-256 of each file, as ``sha256sum -c`` reads it."""
    out = folder / SUMS
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()} *{path.name}\n" for path in files]
    out.write_text("".join(lines), encoding="utf-8", newline="\n")
    return out


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
