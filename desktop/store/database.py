"""Opening the database file safely: whose it is, whether it is whole, how it is written to disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path, PurePath
from urllib.parse import quote

from sqlite_utils import Database

from desktop.store.errors import Kind, translated, trouble
from desktop.store.folder import BACKUPS, is_fixed_disk, is_gone, private
from desktop.store.migrations import APPLICATION_ID, SCHEMA

SQLITE_VERSION = sqlite3.sqlite_version
BUSY_SECONDS = 3.0
"""How long a statement waits for another program to let go of the file."""

AT_ONCE = 16_000_000
"""Bytes of a database that is read through while it is opened; a larger one is examined when it stands open."""

Clock = Callable[[], datetime]

_SMALLEST = 512


def local_now() -> datetime:
    """Return the local time, without a zone."""
    return datetime.now().astimezone().replace(tzinfo=None)


def _text(stored: bytes) -> str:
    """Read a damaged text all the same: the sum beside it tells."""
    return stored.decode("utf-8", "replace")


def connect(path: Path) -> Database:
    """Open a database of ours for one thread; nothing is checked. Raises what sqlite3 raises."""
    # check_same_thread: a thread may hand its connection on when it ends; no two ever use one at a time.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.text_factory = _text
    try:
        db = Database(connection, execute_plugins=False)
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA trusted_schema=OFF")
    except BaseException:
        connection.close()
        raise
    return db


def connect_to_read(path: Path) -> Database:
    """Open a database of ours that must not change in any way, not even by a log beside it; nothing is checked.

    What stands only in a log beside it is not seen. Raises what sqlite3 raises.
    """
    connection = sqlite3.connect(_to_read(path.absolute()), uri=True, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.text_factory = _text
    try:
        db = Database(connection, execute_plugins=False)
        db.execute("PRAGMA trusted_schema=OFF")
    except BaseException:
        connection.close()
        raise
    return db


def _to_read(path: PurePath) -> str:
    """Return the URI that opens a file without changing it.

    SQLite takes no name of a computer behind ``file://``, as that of a share has: it gets two more slashes.
    """
    plain = quote(path.as_posix(), safe="/:")
    return f"file://{'' if plain.startswith('/') else '/'}{plain}?mode=ro&immutable=1"


def open_checked(path: Path, *, wholly: bool = True) -> Database:
    """Open the database at ``path``, which may be new, and check that it is ours, whole and writable.

    Unless ``wholly`` one that is large is not read through: somebody waits. It is not changed unless it is new.
    Raises StoreError.
    """
    with translated(path):
        # SQLite takes a file shorter than any database for an empty one, and would write over it.
        if path.exists() and 0 < path.stat().st_size < _SMALLEST:
            raise trouble(Kind.NOT_DATABASE, path=path)
        # Where there are backups there was something: an empty list would look as if all were lost.
        if is_gone(path) and any((path.parent / BACKUPS).glob("*.db")):
            raise trouble(Kind.GONE, path=path)
        if not path.exists():
            path.touch(0o600)
        private(path)
        db = connect(path)
        try:
            if not _is_new(db):
                check_ours(db, path)
                if wholly or path.stat().st_size <= AT_ONCE:
                    check_whole(db, path)
            with writing(db):  # a file that cannot be written opens without a word: ask for the lock of writing
                pass
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """Write what is written inside wholly, or not at all.

    The lock is taken at once: of two programs that read first and write afterwards, both would wait for the other.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.commit()
    except BaseException:
        db.rollback()
        raise


def _number(db: Database, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])


def _is_new(db: Database) -> bool:
    """Whether nothing is in it: the file was not there, or its making was cut short."""
    return not _number(db, "application_id") and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def check_ours(db: Database, path: Path) -> None:
    """Raise StoreError where the database is another program's, or a newer version's."""
    if _number(db, "application_id") != APPLICATION_ID:
        raise trouble(Kind.FOREIGN, path=path)
    if _number(db, "user_version") > _expected()[0]:
        raise trouble(Kind.NEWER, path=path)


def check_whole(db: Database, path: Path, *, thoroughly: bool = False) -> None:
    """Raise StoreError where pages of the file, or ties between its rows, are damaged; ``thoroughly``: indexes, too."""
    check = "integrity_check" if thoroughly else "quick_check"
    try:
        whole = [row[0] for row in db.execute(f"PRAGMA {check}")] == ["ok"]
        whole = whole and db.execute("PRAGMA foreign_key_check").fetchone() is None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_ERROR:
            raise
        whole = False  # newer versions of SQLite say so where a table says what nobody understands
    if not whole:
        raise trouble(Kind.DAMAGED, path=path)


def is_outdated(db: Database) -> bool:
    """Whether the database is one of an older version of this program, and not just new."""
    return 0 < _number(db, "user_version") < _expected()[0]


def bring_up(db: Database, path: Path) -> None:
    """Bring a new or older database to the shape of this version, in one transaction; check that it has it.

    The check also refuses what a hostile file may bring along: triggers, views and tables that are not ours.
    """
    version, shape = _expected()
    with translated(path):
        try:
            with writing(db):
                if _number(db, "user_version") < version:
                    SCHEMA.apply(db)
                    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
                    db.execute(f"PRAGMA user_version={version}")
            found = _shape(db)
        except sqlite3.OperationalError as error:
            # A table is there that should not be, or is not, or is made with words that nobody knows.
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
                raise trouble(Kind.DAMAGED, path=path) from error
            raise
        if found != shape:
            raise trouble(Kind.DAMAGED, path=path)


def make_empty(path: Path) -> None:
    """Make a database without anything in it. Raises StoreError."""
    with translated(path):
        path.unlink(missing_ok=True)
        with closing(connect(path)) as db:
            bring_up(db, path)
            private(path)


def _shape(db: Database) -> frozenset[tuple[str | None, ...]]:
    """Everything that the schema names: kind and name of each part, its columns, and what a trigger does."""
    found = db.execute(
        "SELECT part.type, part.name, one.name, CASE part.type WHEN 'trigger' THEN part.sql END"
        " FROM sqlite_master AS part"
        " LEFT JOIN pragma_table_info(part.name) AS one"
        " WHERE part.tbl_name <> ? OR part.type NOT IN ('table', 'index')",
        [SCHEMA.migrations_table],  # how the list of migrations is kept is the library's business
    )
    return frozenset(tuple(row) for row in found)


@cache
def _expected() -> tuple[int, frozenset[tuple[str | None, ...]]]:
    """Version and shape of a database that this program makes."""
    db = Database(memory=True, execute_plugins=False)
    SCHEMA.apply(db)
    expected = len(SCHEMA.applied(db)), _shape(db)
    db.close()
    return expected


def choose_journal(db: Database, path: Path) -> bool:
    """Use the write-ahead log on a fixed local disk, else a rollback journal (as SQLite does where it has no log).

    Return whether it is the log: then reading keeps nobody from writing.
    """
    with translated(path):
        wanted = "wal" if is_fixed_disk(path.parent) else "delete"
        return bool(db.execute(f"PRAGMA journal_mode={wanted}").fetchone()[0] == "wal")


def prove_writable(db: Database, path: Path) -> None:
    """Write what is there already, so that a read-only share is told at the start, not when something was typed.

    The write-ahead log needs no such proof: it is written into before anything is read. Raises StoreError.
    """
    with translated(path), db.atomic():
        version = db.execute("PRAGMA user_version").fetchone()[0]
        db.execute(f"PRAGMA user_version = {version}")
