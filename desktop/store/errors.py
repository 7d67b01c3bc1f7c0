"""What can go wrong with the data on disk, in words that a clerk can act upon.

The environment (a full disk, a locked or damaged file, a database of a newer program) becomes a StoreError;
everything else is a bug and stays the exception it is.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from desktop.texts import text


class Kind(StrEnum):
    """Kinds of trouble; each has its sentence in ``resources/texts/zh_CN/store.toml``."""

    IN_USE = "in_use"
    """Another window works in this data folder."""
    LOCKED = "locked"
    """Another program holds the database."""
    FULL = "full"
    DISK = "disk"
    """Reading or writing failed for another reason than the others here."""
    READ_ONLY = "read_only"
    NOT_DATABASE = "not_database"
    FOREIGN = "foreign"
    """A database, but of another program."""
    NEWER = "newer"
    """A database of a newer version of this program."""
    DAMAGED = "damaged"
    DAMAGED_PROJECT = "damaged_project"
    DAMAGED_COPY = "damaged_copy"
    """A final copy is not what was frozen."""
    DAMAGED_BOOKLET = "damaged_booklet"
    GONE = "gone"
    """There is no database any more, although there are backups of one."""
    MOVED = "moved"
    """The open database is not at its place any more."""
    REPLACED = "replaced"
    """Another file has taken the place of the open database."""
    CONFLICT = "conflict"
    """The project was changed by somebody else since it was read."""
    NOT_PACK = "not_pack"
    """No 迁移包, or not all of one."""
    NEWER_PACK = "newer_pack"
    NO_PROJECT = "no_project"
    NO_COPY = "no_copy"
    NO_FILE = "no_file"
    SAME_FILE = "same_file"
    """A backup onto the database itself, or a restore from it."""
    RESTORING = "restoring"
    """A backup is being put in place of the data."""


class StoreError(Exception):
    """The data could not be read or written; ``str()`` is a Chinese sentence that says what to do."""

    def __init__(self, kind: Kind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence


def trouble(kind: Kind, **blanks: object) -> StoreError:
    """Return the error of a kind with its sentence."""
    return StoreError(kind, text(f"store.{kind}", **blanks))


_SQLITE = {
    sqlite3.SQLITE_BUSY: Kind.LOCKED,
    sqlite3.SQLITE_LOCKED: Kind.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Kind.LOCKED,
    sqlite3.SQLITE_FULL: Kind.FULL,
    sqlite3.SQLITE_IOERR: Kind.DISK,
    sqlite3.SQLITE_READONLY: Kind.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Kind.READ_ONLY,
    sqlite3.SQLITE_PERM: Kind.READ_ONLY,
    sqlite3.SQLITE_NOTADB: Kind.NOT_DATABASE,
    sqlite3.SQLITE_CORRUPT: Kind.DAMAGED,
}
_SYSTEM = {
    errno.ENOSPC: Kind.FULL,
    errno.EDQUOT: Kind.FULL,
    errno.EACCES: Kind.READ_ONLY,
    errno.EPERM: Kind.READ_ONLY,
    errno.EROFS: Kind.READ_ONLY,
    errno.EEXIST: Kind.READ_ONLY,  # a file where a folder should be
    errno.ENOTDIR: Kind.READ_ONLY,
    errno.ENOENT: Kind.NO_FILE,
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what the environment did to the file at ``path`` as StoreError; let bugs through as they are."""
    try:
        yield
    except sqlite3.Error as error:
        kind = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if kind is None:
            raise
        raise trouble(kind, path=path) from error
    except UnicodeDecodeError as error:  # what SQLite says quotes a damaged schema
        raise trouble(Kind.DAMAGED, path=path) from error
    except OSError as error:
        raise trouble(_SYSTEM.get(error.errno or 0, Kind.DISK), path=path) from error
