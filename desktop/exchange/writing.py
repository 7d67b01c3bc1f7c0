"""Files that go out: written aside and moved into place, so that no half file ever bears the wanted name."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from pathlib import Path

from desktop.texts import text

_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}


class WriteError(OSError):
    """A file could not be written; the sentence tells the clerk why and what to do."""


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: aside, flushed to the disk, then renamed over the target.

    What a link points to is the target; a device or a pipe stays what it is and is written to.
    Raises WriteError with a sentence for the clerk; the old file of that name is then as it was.
    """
    aside: Path | None = None
    try:
        path = path.resolve() if path.is_symlink() else path
        if path.exists() and not (path.is_file() or path.is_dir()):
            path.write_bytes(data)
            return
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        aside = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if os.name != "nt":
            mask = os.umask(0)
            os.umask(mask)
            aside.chmod(0o666 & ~mask)  # mkstemp makes files that only their owner may read
        aside.replace(path)
    except OSError as error:
        if aside is not None:
            with contextlib.suppress(OSError):
                aside.unlink()
        raise WriteError(_why(error, path)) from error


def _why(error: OSError, path: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return text("exchange.disk_full", file=path.name)
    if error.errno == errno.ENOENT:
        return text("exchange.no_folder", folder=path.parent)
    if path.is_dir():
        return text("exchange.is_folder_out", file=path.name)
    return text("exchange.not_writable", file=path.name)


def safe_name(name: str) -> str:
    """Return a file name (without ending) for a project's name that Windows, too, allows."""
    cleaned = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', "_", name).strip(" .")[:80].strip(" .")
    if not cleaned or cleaned.split(".")[0].lower() in _RESERVED:
        return f"_{cleaned}"
    return cleaned


def numbered_name(number: int, total: int, name: str) -> str:
    """Return ``02 project`` as the name (without ending) of one of several files, so that they stand in their order."""
    return f"{number:0{len(str(total))}d} {safe_name(name)}"
