"""The backups that lie in a folder, what is in one, and what differs from the data as they are."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from sqlite_utils import Database

from desktop.store.database import check_ours, check_whole, connect_to_read
from desktop.store.errors import Kind, StoreError, translated, trouble
from desktop.store.thinning import kept
from desktop.texts import text

Reason = Literal["backup", "auto", "import", "restored", "upgraded", "damaged"]
"""By the clerk; by itself; before an import, a restore, an upgrade; a damaged database that was put aside."""
_THINNED: tuple[Reason, ...] = ("auto", "import")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2} \d{6})")


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup in a folder."""

    path: Path
    made_at: datetime
    """By its name, else by the file's own time."""
    reason: Reason
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A project as a database has it."""

    number: int
    uuid: str
    name: str
    unit: str
    year: int | None
    state: tuple[str, int, bool]
    """When it was last changed, at which step it is, and whether it is in the recycle bin."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a database."""

    entries: tuple[Entry, ...]
    recycled: int
    final_copies: int
    booklets: int
    newest: datetime | None
    """When something was last changed in it."""


def name_of(reason: Reason, time: str) -> str:
    """Return the name of a backup without ending; ``time`` as ``backup.stamp`` writes it."""
    return text(f"store.{reason}_name", time=time)


def copies_in(folder: Path) -> list[Copy]:
    """Return the backups in a folder, newest first; an empty list where there is no such folder."""
    found: list[Copy] = []
    with suppress(OSError):
        for path in folder.glob("*.db"):
            with suppress(OSError):
                status = path.stat()
                made = _made_at(path.stem) or datetime.fromtimestamp(status.st_mtime)  # noqa: DTZ006 - local, as all
                found.append(Copy(path, made, _reason(path.stem), status.st_size))
    return sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True)


def thin(folder: Path, now: datetime) -> list[Path]:
    """Delete the automatic backups that need not be kept, and what a broken-off one left; return what was deleted."""
    gone: list[Path] = []
    for reason in _THINNED:  # each by itself: what was before an import stays beside the hourly ones
        copies = [one for one in copies_in(folder) if one.reason == reason]
        wanted = kept((one.made_at for one in copies), now)
        gone += [one.path for one in copies if one.made_at not in wanted]
    with suppress(OSError):
        gone += list(folder.glob("*.db.part*"))
    for path in gone:
        with suppress(OSError):
            path.unlink()
    return gone


def contents(path: Path) -> Contents:
    """Return what is in a database of this or an older version, which is not changed. Raises StoreError."""
    with translated(path):
        if not path.is_file():
            raise trouble(Kind.NO_FILE, path=path)
        with closing(connect_to_read(path)) as db:
            check_ours(db, path)
            check_whole(db, path)
            try:
                return contents_of(db)
            except (ValueError, sqlite3.OperationalError) as error:
                raise trouble(Kind.DAMAGED, path=path) from error


def contents_of(db: Database) -> Contents:
    """Return what is in an open database."""
    names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    rows = db.execute(
        "SELECT id, uuid, name, unit, year, changed_at, head, recycled_at FROM projects ORDER BY unit, year DESC, id"
    ).fetchall()
    entries = tuple(
        Entry(
            row["id"],
            row["uuid"],
            row["name"],
            row["unit"],
            row["year"],
            (row["changed_at"], row["head"], row["recycled_at"] is not None),
        )
        for row in rows
    )
    times = [datetime.fromisoformat(row[key]) for row in rows for key in ("changed_at", "recycled_at") if row[key]]
    finals, booklets = (db[name].count if name in names else 0 for name in ("final_copies", "booklets"))
    return Contents(entries, sum(one.state[2] for one in entries), finals, booklets, max(times, default=None))


def compared(copy: Contents, now: Contents) -> tuple[str, ...]:
    """Return what would be different if the copy took the place of what is there now, in sentences."""
    before, after = {one.uuid: one for one in now.entries}, {one.uuid: one for one in copy.entries}
    lost = [one for uuid, one in before.items() if uuid not in after]
    back = [one for uuid, one in after.items() if uuid not in before]
    older = [one for uuid, one in after.items() if uuid in before and before[uuid].state != one.state]
    told = [
        text(f"store.copy_{what}", count=len(found), names=_named(found))
        for what, found in (("lost", lost), ("back", back), ("other", older))
        if found
    ]
    if copy.final_copies < now.final_copies:
        told.append(text("store.copy_finals", count=now.final_copies - copy.final_copies))
    if copy.booklets < now.booklets:
        told.append(text("store.copy_booklets", count=now.booklets - copy.booklets))
    return tuple(told)


Fate = Literal["other", "gone", "recycled", "same"]
"""How a project of a copy stands now: otherwise, not there any more, in the recycle bin, as it was."""


def fates(copy: Contents, now: Contents) -> list[tuple[Entry, Fate]]:
    """Return the projects of a copy with what became of them since, those that changed first."""
    there = {one.uuid: one for one in now.entries}

    def fate(entry: Entry) -> Fate:
        found = there.get(entry.uuid)
        if found is None:
            return "gone"
        if found.state[2]:
            return "recycled"
        return "same" if found.state[:2] == entry.state[:2] else "other"

    found = [(one, fate(one)) for one in copy.entries]
    return sorted(found, key=lambda one: get_args(Fate).index(one[1]))


def _named(entries: list[Entry]) -> str:
    names = "、".join(f"“{one.name or text('store.unnamed')}”" for one in entries[:5])
    return text("store.and_more", names=names, count=len(entries)) if len(entries) > 5 else names


def _made_at(stem: str) -> datetime | None:
    match = _TIME.search(stem)
    try:
        return None if match is None else datetime.strptime(match[1], "%Y-%m-%d %H%M%S")  # noqa: DTZ007 - local, as all
    except ValueError:
        return None


def _reason(stem: str) -> Reason:
    """Return why a backup was made, by its name; one that the clerk named counts as made by the clerk."""
    bare = _TIME.sub("", stem)
    return next((one for one in get_args(Reason) if bare.startswith(name_of(one, "").strip())), "backup")


def newest_good(folder: Path, *, but: frozenset[Reason] = frozenset(("damaged",))) -> tuple[Copy, Contents] | None:
    """Return the newest backup of a folder that is whole, with what is in it; None where there is none."""
    for copy in copies_in(folder):
        if copy.reason not in but:
            with suppress(StoreError):
                return copy, contents(copy.path)
    return None
