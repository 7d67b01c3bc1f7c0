"""The data folder: what lies in it, who may look into it, the one window that works in it, what disk it is on."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

from desktop.store.errors import Kind, StoreError, translated, trouble

FILE = "jibiao.db"
LOCK = "jibiao.lock"
BACKUPS = "backups"

# Only where the memory shared by its readers is known to work is the write-ahead log safe.
_LOCAL_KINDS = frozenset(["ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "overlay"])
_FIXED_DRIVE = 3


def private(path: Path) -> None:
    """Let nobody but its user read a file, or look into a folder (on Windows the user's profile does so)."""
    if os.name == "posix":  # pragma: no branch - Windows has its own way
        with suppress(OSError):  # a disk that knows no such thing
            path.chmod(0o700 if path.is_dir() else 0o600)


def made_private(folder: Path) -> None:
    """Make a folder that only its user may look into; one that is there stays as it is."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        private(folder)


class FolderLock:
    """Held while a window works in the data folder; the system lets go of it however the process ends.

    SQLite's own lock on an empty file: the one kind of lock that Windows, Linux and network shares have in common.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises StoreError ``in_use`` where another has it."""
        with translated(folder / LOCK):
            self._held = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                private(folder / LOCK)
                self._held.execute("PRAGMA journal_mode=OFF")  # nothing is ever written: no journal beside it
                self._held.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                self._held.close()
                if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    raise trouble(Kind.IN_USE, path=folder) from error
                raise

    def close(self) -> None:
        """Let go."""
        self._held.close()

    @classmethod
    def is_held(cls, folder: Path) -> bool:
        """Whether another has the lock of a data folder, or it cannot be asked for."""
        try:
            cls(folder).close()
        except StoreError:
            return True
        return False


def is_gone(path: Path) -> bool:
    """Whether nothing is at a path, or a file with nothing in it. Raises OSError."""
    log = Path(f"{path}-wal")
    return not any(one.exists() and one.stat().st_size for one in (path, log))


def file_id(path: Path) -> tuple[int, int]:
    """Return what tells the file at a path from another one that takes its place. Raises OSError."""
    found = path.stat()
    return found.st_dev, found.st_ino


def is_fixed_disk(folder: Path) -> bool:
    """Whether the folder is on a disk inside this computer; unknown ones count as not."""
    if sys.platform == "win32":  # pragma: no cover - Windows only
        try:
            anchor = folder.resolve().anchor
        except OSError:  # a path longer than Windows can follow to its end
            return False
        return bool(ctypes.windll.kernel32.GetDriveTypeW(anchor) == _FIXED_DRIVE)
    folder = folder.resolve()
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return _mounted_kind(mounts, folder) in _LOCAL_KINDS


def _mounted_kind(mounts: str, folder: Path) -> str:
    """File system of a folder, from the text of ``/proc/self/mounts``, where a space stands in octal."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, place, found, *_ = line.split(" ")
        at = Path(place.replace("\\040", " "))
        if folder.is_relative_to(at) and len(at.parts) >= best:
            best, kind = len(at.parts), found
    return kind
