"""Saving what can be read of a damaged database, row by row from its pages, into a new one; what is lost is told."""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from sqlite_utils import Database

from desktop.store.backup import put_in_place
from desktop.store.database import bring_up, connect, writing
from desktop.store.errors import translated
from desktop.store.journal import encode
from desktop.store.pages import Pages, Row, Value
from desktop.store.rows import columns, listing
from desktop.store.sums import sum_of
from desktop.texts import text
from forms.documents import Project
from forms.edit_plain import edit_from_plain
from forms.edits import Edit
from forms.package import project_from_plain, project_to_plain

SHOWN = 12
"""So many projects are named; of the others only the number."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONG_AGO = "2000-01-01T00:00:00"
"""For what has no time that can be read."""
_PROJECT = (16, 17)
"""Columns of a project before and since there are sums."""
_EDIT = (5, 6)


@dataclass
class Salvaged:
    """What was saved, and what was not."""

    whole: list[str] = field(default_factory=list)
    """Names of the projects that are as they were, with their history."""
    partly: list[tuple[str, str]] = field(default_factory=list)
    """Name, and what is missing or doubtful, in words."""
    lost: list[str] = field(default_factory=list)
    """Names, or numbers in words, of the projects that are gone."""
    copies: int = 0
    """Final copies saved."""
    copies_lost: int = 0
    pages_lost: int = 0
    """Pages of the file that could not be read: what stood there nobody knows."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in words."""
        told = [text("store.salvaged_whole", count=len(self.whole))]
        told += _first([text("store.salvaged_partly", name=name, what=what) for name, what in self.partly])
        told += _first([text("store.salvaged_lost", name=name) for name in self.lost])
        if self.copies or self.copies_lost:
            told.append(text("store.salvaged_copies", count=self.copies, lost=self.copies_lost))
        if self.pages_lost:
            told.append(text("store.salvaged_pages", count=self.pages_lost))
        return tuple(told)


def _first(told: list[str]) -> list[str]:
    """Return the first of many sentences, and how many more there are."""
    return [*told[:SHOWN], text("store.salvaged_more", count=len(told) - SHOWN)] if len(told) > SHOWN else told


@dataclass
class _Found:
    """The rows found, by their keys; what stands in trees that can be followed goes before what lies about."""

    projects: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    edits: dict[tuple[int, int], tuple[Value, ...]] = field(default_factory=dict)
    copies: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    stamps: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    views: dict[int, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)
    """Every project that is spoken of anywhere, with its name where that is known."""
    copies_named: set[int] = field(default_factory=set)


def salvage(file: Path, out: Path) -> Salvaged:
    """Write what can be read of a damaged database into a new one at ``out``; the damaged one is not touched.

    Raises StoreError where a file cannot be read or written at all.
    """
    with translated(file):
        pages = Pages(file)
        found = _gather(pages)
    part = out.with_name(f"{out.name}.part")
    came = Salvaged(pages_lost=len(pages.trouble) + pages.missing)
    with translated(out):
        try:
            part.unlink(missing_ok=True)
            with closing(connect(part)) as db:
                bring_up(db, part)
                with writing(db):
                    _write(db, found, came)
            put_in_place(part, out)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return came


# ---------------------------------------------------------------- finding


def _gather(pages: Pages) -> _Found:
    found = _Found()
    reached: set[int] = {1}
    for name, root in pages.roots.items():
        tree = pages.tree(root)
        reached.update(tree)
        _take(found, pages, tree, _TAKERS.get(name))
    if pages.trouble or not {"projects", "edits"} <= set(pages.roots):
        # Ways are broken: what lies on pages that none leads to any more may be what they led to.
        stray = [n for n in range(1, pages.count + 1) if n not in reached and n not in pages.free]
        for name, taker in _TAKERS.items():
            if name != "final_copies_by_code":  # its rows look like those of others
                _take(found, pages, stray, taker)
    return found


def _take(found: _Found, pages: Pages, numbers: Iterable[int], taker: Taker | None) -> None:
    if taker is not None:
        for number in numbers:
            for row in pages.rows(number):
                taker(found, row)


Taker: TypeAlias = "Callable[[_Found, Row], None]"
"""Takes a row where it is one of a table's."""


def _take_project(found: _Found, row: Row) -> None:
    values = row.values
    if row.rowid is not None and len(values) in _PROJECT and isinstance(values[13], str):
        found.projects.setdefault(row.rowid, values)
        if isinstance(values[4], str):
            found.named.setdefault(row.rowid, values[4])


def _take_edit(found: _Found, row: Row) -> None:
    values = row.values
    if row.rowid is None and len(values) in _EDIT:
        project, seq, name, edit, at = values[:5]
        if isinstance(project, int) and isinstance(seq, int) and all(isinstance(one, str) for one in (name, edit, at)):
            found.edits.setdefault((project, seq), values)
            found.named.setdefault(project, "")


def _take_copy(found: _Found, row: Row) -> None:
    if row.rowid is not None and len(row.values) == 14 and isinstance(row.values[10], bytes):
        found.copies.setdefault(row.rowid, row.values)
        found.copies_named.add(row.rowid)


def _take_stamp(found: _Found, row: Row) -> None:
    values = row.values
    if row.rowid is not None and len(values) == 5 and isinstance(values[1], int) and _is_time(values[4]):
        found.stamps.setdefault(row.rowid, values)


def _take_view(found: _Found, row: Row) -> None:
    values = row.values
    if row.rowid is not None and len(values) == 2 and values[0] is None and _is_json(values[1]):
        found.views.setdefault(row.rowid, str(values[1]))


def _take_setting(found: _Found, row: Row) -> None:
    values = row.values
    if row.rowid is not None and len(values) == 2 and isinstance(values[0], str) and _is_json(values[1]):
        found.settings.setdefault(values[0], str(values[1]))


def _take_listed(found: _Found, row: Row) -> None:
    values = row.values
    if row.rowid is None and len(values) == 13 and isinstance(values[12], int) and isinstance(values[4], str):
        found.named[values[12]] = values[4]


def _take_uuid(found: _Found, row: Row) -> None:
    values = row.values
    if row.rowid is None and len(values) == 2 and _is_uuid(values[0]) and isinstance(values[1], int):
        found.named.setdefault(values[1], "")


def _take_code(found: _Found, row: Row) -> None:
    values = row.values
    if row.rowid is None and len(values) == 2 and isinstance(values[0], str) and isinstance(values[1], int):
        found.copies_named.add(values[1])


_TAKERS: dict[str, Taker] = {
    "projects": _take_project,
    "edits": _take_edit,
    "final_copies": _take_copy,
    "stamps": _take_stamp,
    "views": _take_view,
    "settings": _take_setting,
    "projects_listed": _take_listed,
    "sqlite_autoindex_projects_1": _take_uuid,
    "final_copies_by_code": _take_code,
}


def _is_uuid(value: Value) -> bool:
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _is_time(value: Value) -> bool:
    with suppress(ValueError):
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    return False


def _is_json(value: Value) -> bool:
    with suppress(ValueError, RecursionError):
        return isinstance(value, str) and json.loads(value) is not ...
    return False


# ---------------------------------------------------------------- writing


def _write(db: Database, found: _Found, came: Salvaged) -> None:
    known = {
        number for number, values in sorted(found.projects.items()) if _write_project(db, number, values, found, came)
    }
    for number, name in sorted(found.named.items()):
        if number not in known:
            came.lost.append(text("store.quoted", name=name) if name else text("store.numbered", id=number))
    for number, state in found.views.items():
        if number in known:
            db.execute("INSERT INTO views (project_id, state) VALUES (?, ?)", [number, state])
    for key, setting in found.settings.items():
        db.execute("INSERT INTO settings (key, value) VALUES (?, ?)", [key, setting])
    _write_copies(db, found, came)


def _write_copies(db: Database, found: _Found, came: Salvaged) -> None:
    saved = {number for number, values in sorted(found.copies.items()) if _write_copy(db, number, values)}
    came.copies, came.copies_lost = len(saved), len(found.copies_named - saved)
    for number, values in sorted(found.stamps.items()):
        if values[1] in saved and _is_date(values[2]) and isinstance(values[3], str):
            db.execute("INSERT INTO stamps VALUES (?, ?, ?, ?, ?)", [number, *values[1:]])


def _is_date(value: Value) -> bool:
    return isinstance(value, str) and len(value) == 10 and _is_time(value)


def _write_project(db: Database, number: int, values: tuple[Value, ...], found: _Found, came: Salvaged) -> bool:
    """Write a project at the furthest step of its history that can be reached; return whether there is any."""
    snapshot, start, head = values[13:16]
    doubts: list[str] = []
    if not isinstance(snapshot, str) or not isinstance(start, int) or not isinstance(head, int):
        return False
    try:
        project = project_from_plain(json.loads(snapshot), "")
    except (ValueError, RecursionError):
        return False
    if len(values) == 17 and values[16] != sum_of(number, start, head, sum_of(snapshot)):
        doubts.append(text("store.doubtful"))
    step = 1 if head > start else -1
    reached = start
    steps = {seq: edit for seq in range(start, head, step) if (edit := _edit(found, number, max(seq, seq + step)))}
    for seq in range(start, head, step):
        edit = steps.get(seq)
        moved = None if edit is None else _applied(project, edit if step > 0 else edit.inverse())
        if moved is None:
            doubts.append(text("store.steps_missing", count=abs(head - seq)))
            break
        project, reached = moved, seq + step
    _insert(db, number, values, project, reached, list(_history(found, number, reached)))
    name = project.name or text("store.unnamed")
    if doubts:
        came.partly.append((name, "、".join(doubts)))
    else:
        came.whole.append(name)
    return True


def _edit(found: _Found, project: int, seq: int) -> Edit | None:
    """Return a step that can be read and is what was written."""
    values = found.edits.get((project, seq))
    if values is None or (len(values) == 6 and values[5] != sum_of(str(values[3]))):
        return None
    with suppress(ValueError, LookupError, TypeError, RecursionError):
        return edit_from_plain(json.loads(str(values[3])))
    return None


def _applied(project: Project, edit: Edit) -> Project | None:
    with suppress(ValueError, LookupError, TypeError):
        return edit.apply(project)
    return None


def _history(found: _Found, project: int, head: int) -> Iterator[tuple[Value, ...]]:
    """Give the steps around the head without a gap: those that can be undone, and those that can be redone."""
    for start, by in ((head, -1), (head + 1, 1)):
        seq = start
        while _edit(found, project, seq) is not None:
            yield found.edits[project, seq]
            seq += by


def _insert(  # noqa: PLR0917 - a row and its history
    db: Database,
    number: int,
    values: tuple[Value, ...],
    project: Project,
    head: int,
    steps: list[tuple[Value, ...]],
) -> None:
    snapshot = encode(project_to_plain(project))
    created, changed, recycled = (one if _is_time(one) else None for one in values[10:13])
    taken = db.execute("SELECT 1 FROM projects WHERE uuid = ?", [values[1]]).fetchone()
    row: dict[str, Any] = {
        "id": number,
        "uuid": values[1] if _is_uuid(values[1]) and not taken else str(uuid.uuid4()),
        **columns(listing(project)),
        "created_at": created or changed or _LONG_AGO,
        "changed_at": changed or created or _LONG_AGO,
        "recycled_at": recycled,
        "snapshot": snapshot,
        "snapshot_seq": head,
        "head": head,
        "sum": sum_of(number, head, head, sum_of(snapshot)),
    }
    db.execute(
        f"INSERT INTO projects ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608 - our columns
        list(row.values()),
    )
    for step in steps:
        db.execute(
            "INSERT INTO edits (project_id, seq, name, edit, at, sum) VALUES (?, ?, ?, ?, ?, ?)",
            [*step[:4], step[4] if _is_time(step[4]) else row["changed_at"], sum_of(str(step[3]))],
        )


def _write_copy(db: Database, number: int, values: tuple[Value, ...]) -> bool:
    """Write a final copy where it is what was frozen, to the byte."""
    package, pdf, report, differences, noted = values[9:14]
    if not (isinstance(package, bytes) and isinstance(pdf, bytes)):
        return False
    if sum_of(package, pdf, str(report), str(differences)) != noted:
        return False
    with suppress(sqlite3.Error):  # a row that does not fit (a number, a text) is none
        made = values[4] if _is_time(values[4]) else _LONG_AGO
        row = [number, *values[1:4], made, *values[5:]]
        db.execute("INSERT INTO final_copies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return True
    return False
