"""Verified copies of the whole database, and the way back from one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from enum import IntEnum
from pathlib import Path
from threading import get_ident

from sqlite_utils import Database

from desktop.store.copies import Reason, name_of
from desktop.store.database import Clock, bring_up, check_whole, connect, local_now, open_checked
from desktop.store.errors import Kind, StoreError, translated, trouble
from desktop.store.folder import BACKUPS, FILE, FolderLock, made_private, private


class Phase(IntEnum):
    """How far a restore is. Whoever is told of one may end it by an exception: until the last nothing has changed."""

    SAVING = 0
    """What was done last is being saved."""
    READING = 1
    """The backup is being copied and verified."""
    KEEPING = 2
    """What is there now is being copied into ``backups``."""
    PLACING = 3
    """The backup takes its place, and is opened."""


def no_report(_phase: Phase) -> None:
    """Tell nobody."""


def copy_database(db: Database, path: Path, out: Path) -> None:
    """Copy the database open at ``path`` to ``out``: written aside, read back, then put in place at once.

    Raises StoreError; ``out`` is then as it was.
    """
    # A name of its own: who copies to the same place meanwhile must not be put in place unfinished.
    part = out.with_name(f"{out.name}.part{os.getpid()}-{get_ident()}")
    with translated(out):
        if out.exists() and path.exists() and out.samefile(path):
            raise trouble(Kind.SAME_FILE, path=out)
        try:
            remove(part)
            with closing(connect(part)) as copy:
                with db.atomic():  # counted and copied as of one moment
                    counts = _counts(db)
                    db.conn.backup(copy.conn)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
            _verify(part, counts)
            put_in_place(part, out)
        finally:
            with suppress(OSError):
                remove(part)


def copy_aside(db: Database, path: Path, reason: Reason, clock: Clock) -> Path:
    """Copy the database into the folder of backups beside it; return the path of the copy."""
    out = _backup_path(path, name_of(reason, stamp(clock)))
    copy_database(db, path, out)
    return out


def stamp(clock: Clock) -> str:
    """Return the time as the names of backups have it."""
    return f"{clock():%Y-%m-%d %H%M%S}"


def restore_from(
    folder: Path,
    file: Path,
    *,
    clock: Clock = local_now,
    whatever: bool = False,
    lock: FolderLock | None = None,
    enter: Callable[[Phase], None] = no_report,
) -> Path | None:
    """Put the database of ``file``, a backup, in place of the one in the data folder, which no window may use.

    The file is verified first and is itself never touched. What is there now is copied into ``backups``, and
    the path of that copy returned; None where there was nothing. ``whatever``: what is there is taken for damaged
    also where it looks like another program's. ``lock``: that of the folder, where the caller holds it.
    ``enter`` is told of each phase as it begins. Raises StoreError; then nothing has changed.
    """
    path = folder / FILE
    part = folder / f"{FILE}.restore"
    with translated(folder):
        made_private(folder)
    with nullcontext() if lock else closing(FolderLock(folder)):
        try:
            enter(Phase.READING)
            take_in(file, part, path)
            enter(Phase.KEEPING)
            kept = _keep_present(path, clock, whatever=whatever) if path.exists() else None
            enter(Phase.PLACING)
            with translated(path):
                # A log that is left would be taken for the log of the restored database.
                for ending in ("-wal", "-shm", "-journal"):
                    Path(f"{path}{ending}").unlink(missing_ok=True)
                put_in_place(part, path)
        finally:
            with suppress(OSError):
                remove(part)
    return kept


def take_in(file: Path, part: Path, path: Path) -> None:
    """Copy a backup to ``part`` and verify it, bringing an older one to today's shape; ``path``: the data in use.

    Raises StoreError that speaks of ``file`` where that is at fault.
    """
    with translated(file):
        if path.exists() and file.samefile(path):
            raise trouble(Kind.SAME_FILE, path=file)
        remove(part)
        shutil.copyfile(file, part)
        with suppress(FileNotFoundError):  # a database that was copied by hand may have its log beside it
            shutil.copyfile(f"{file}-wal", f"{part}-wal")
    try:
        with closing(open_checked(part)) as db:
            if db.execute("PRAGMA application_id").fetchone()[0] == 0:
                raise trouble(Kind.NOT_DATABASE, path=file)
            bring_up(db, part)
            db.execute("PRAGMA journal_mode=DELETE")
    except StoreError as error:
        # Speak of the file that the clerk chose, where the file is at fault.
        raise StoreError(error.kind, error.sentence.replace(str(part), str(file))) from error


def _keep_present(path: Path, clock: Clock, *, whatever: bool) -> Path:
    """Copy what is in the data folder now into ``backups``; move it there as it is where it is damaged."""
    try:
        with closing(open_checked(path)) as db:
            kept = copy_aside(db, path, "restored", clock)
    except StoreError as error:
        damaged = (Kind.DAMAGED, Kind.NOT_DATABASE, *((Kind.FOREIGN, Kind.NEWER) if whatever else ()))
        if error.kind not in damaged:
            raise
        kept = _backup_path(path, name_of("damaged", stamp(clock)))
        with translated(kept):
            for ending in ("-wal", ""):  # on disk for good before the damaged one is let go
                with suppress(FileNotFoundError):
                    part = Path(f"{kept}{ending}.part")
                    shutil.copyfile(f"{path}{ending}", part)
                    put_in_place(part, Path(f"{kept}{ending}"))
    return kept


def put_in_place(part: Path, out: Path) -> None:
    """Give a finished file its name, at once and for good: after a power cut there is the old one or the new one."""
    private(part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(out)
    with suppress(OSError):  # folders cannot be opened on Windows, nor need to be
        handle = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _backup_path(path: Path, name: str) -> Path:
    """Return a path in the folder of backups, which is made, under which nothing is yet."""
    folder = path.parent / BACKUPS
    with translated(folder):
        made_private(folder)
    out, n = folder / f"{name}.db", 1
    while out.exists():
        n += 1
        out = folder / f"{name} {n}.db"
    return out


def _verify(part: Path, counts: list[tuple[str, int]]) -> None:
    with closing(open_checked(part)) as db:
        check_whole(db, part, thoroughly=True)
        if _counts(db) != counts:
            raise trouble(Kind.DAMAGED, path=part)


def _counts(db: Database) -> list[tuple[str, int]]:
    """Return how many rows each table has, of whatever version the database is."""
    # A virtual table has no page of its own.
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")]
    return [(name, db[name].count) for name in sorted(names)]


def remove(path: Path) -> None:
    """Remove a scratch database, with what SQLite may have left beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
