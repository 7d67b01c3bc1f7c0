"""A database that is damaged: what can be done, and what would come of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.presenters.safekeeping import copy_line
from desktop.store import Kind, StoreError
from desktop.store.backup import restore_from
from desktop.store.copies import Contents, compared, contents, newest_good
from desktop.store.database import make_empty
from desktop.store.folder import BACKUPS, FILE, is_gone
from desktop.store.salvage import Salvaged, salvage
from desktop.texts import text

SAVED = "rescued.db"
"""File of the data folder with what could be read, until the clerk has chosen."""

_HOPEFUL = (Kind.DAMAGED, Kind.NOT_DATABASE, Kind.GONE)


@dataclass(frozen=True, slots=True)
class Way:
    """Something that the clerk can do: take a file in place of the damaged one."""

    act: str
    """Words for the button."""
    words: str
    """What it means."""
    file: Path


def is_hopeful(folder: Path, kind: Kind) -> bool:
    """Whether something may be done about it: what looks like another program's only where we have backups."""
    if kind in (Kind.FOREIGN, Kind.NEWER):
        return (folder / BACKUPS).is_dir()
    return kind in _HOPEFUL


def ways(folder: Path) -> list[Way]:
    """Return what can be done, the most promising first. Takes its time; what is there is not touched."""
    saved = folder / SAVED
    came: Salvaged | None = None
    rest: Contents | None = None
    with suppress(StoreError):
        came = salvage(folder / FILE, saved)
        rest = contents(saved)
    found: list[Way] = []
    good = newest_good(folder / BACKUPS)
    if good is not None:
        copy, inside = good
        changes = () if rest is None else compared(inside, rest)
        words = text("rescue.backup", copy=copy_line(copy), count=len(inside.entries))
        found.append(Way(text("rescue.do_backup"), "\n".join((words, *changes)), copy.path))
    if is_gone(folder / FILE):
        make_empty(saved)
        found.append(Way(text("rescue.do_empty"), text("rescue.empty"), saved))
    if came is not None and (came.whole or came.partly):
        words = "\n".join((text("rescue.salvage"), *came.sentences))
        way = Way(text("rescue.do_salvage"), words, saved)
        found = [way, *found] if not came.partly and not came.lost else [*found, way]
    return found


def go(folder: Path, way: Way) -> Path | None:
    """Take a way; return where the damaged file was put aside. Raises StoreError; nothing has changed then."""
    kept = restore_from(folder, way.file, whatever=True)
    with suppress(OSError):
        (folder / SAVED).unlink(missing_ok=True)
    return kept
