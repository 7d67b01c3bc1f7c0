"""Saving what can be read of a damaged database, row by row from its pages, into a new one; what is lost is told."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from desktop.store.backup import put_in_place
from desktop.store.database import bring_up, connect, writing
from desktop.store.errors import translated
from desktop.store.journal import encode
from desktop.store.pages import Pages, Value
from desktop.store.rows import columns, editions_of, listing
from desktop.store.salvage_rows import LONG_AGO, TABLES, Found, Values, gather, is_time, is_uuid
from desktop.store.sums import sum_of
from desktop.texts import text
from forms.documents import Project
from forms.edit_plain import edit_from_plain
from forms.edition import Edition
from forms.edits import Edit
from forms.package import project_from_plain, project_to_plain

SHOWN = 12
"""So many projects are named; of the others only the number."""


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
    rows_lost: dict[str, int] = field(default_factory=dict)
    """How many rows of which table besides are gone, as far as something speaks of them."""
    pages_lost: int = 0
    """Pages of the file that could not be read: what stood there nobody knows."""

    @property
    def copies_lost(self) -> int:
        """Final copies that are gone."""
        return self.rows_lost.get("final_copies", 0)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in words."""
        told = [text("store.salvaged_whole", count=len(self.whole))]
        told += _first([text("store.salvaged_partly", name=name, what=what) for name, what in self.partly])
        told += _first([text("store.salvaged_lost", name=name) for name in self.lost])
        if self.copies or self.copies_lost:
            told.append(text("store.salvaged_copies", count=self.copies, lost=self.copies_lost))
        others = {name: lost for name, lost in self.rows_lost.items() if name != "final_copies" and lost}
        told += [text(f"store.salvaged_{name}", count=lost) for name, lost in others.items()]
        if self.pages_lost:
            told.append(text("store.salvaged_pages", count=self.pages_lost))
        return tuple(told)


def _first(told: list[str]) -> list[str]:
    """Return the first of many sentences, and how many more there are."""
    return [*told[:SHOWN], text("store.salvaged_more", count=len(told) - SHOWN)] if len(told) > SHOWN else told


def salvage(file: Path, out: Path) -> Salvaged:
    """Write what can be read of a damaged database into a new one at ``out``; the damaged one is not touched.

    Raises StoreError where a file cannot be read or written at all.
    """
    with translated(file):
        pages = Pages(file)
        found = gather(pages)
    part = out.with_name(f"{out.name}.part")
    came = Salvaged(pages_lost=len(pages.trouble) + pages.missing)
    with translated(out):
        try:
            part.unlink(missing_ok=True)
            with closing(connect(part)) as db:
                bring_up(db, part)
                with writing(db):
                    _write(db, found, came, editions_of(file.parent))
            put_in_place(part, out)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return came


# ---------------------------------------------------------------- writing


def _write(db: Database, found: Found, came: Salvaged, editions: Mapping[str, Edition]) -> None:
    known = {
        number
        for number, values in sorted(found.projects.items())
        if _write_project(db, number, values, found, came, editions)
    }
    for number, name in sorted(found.named.items()):
        if number not in known:
            came.lost.append(text("store.quoted", name=name) if name else text("store.numbered", id=number))
    saved: dict[str, set[Value]] = {"projects": set(known)}
    for name, table in TABLES.items():
        rows = found.rows[name]
        fit = [key for key, row in rows.items() if not table.owner or row[table.owned] in saved[table.owner]]
        saved[name] = {key for key in fit if _write_row(db, name, rows[key])}
        # What is gone with its owner is told with it.
        came.rows_lost[name] = len(found.spoken[name] - saved[name] - (rows.keys() - set(fit)))
    came.copies = len(saved["final_copies"])
    # The number of a project that is lost never comes to mean another one: its final copies bear it.
    numbers = {*found.projects, *found.named, *(row[1] for row in found.rows["final_copies"].values())}
    db.execute("DELETE FROM sqlite_sequence WHERE name = 'projects'")
    last = max((number for number in numbers if isinstance(number, int)), default=0)
    db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('projects', ?)", [last])


def _write_row(db: Database, name: str, values: Values) -> bool:
    """Write a row; one that does not fit beside the others is none."""
    with suppress(sqlite3.Error):
        db.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", list(values))  # noqa: S608 - our names
        return True
    return False


def _write_project(  # noqa: PLR0917 - a row and what belongs to it
    db: Database, number: int, values: Values, found: Found, came: Salvaged, editions: Mapping[str, Edition]
) -> bool:
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
    shown = columns(listing(project, editions))
    _insert(db, number, values, project, reached, list(_history(found, number, reached)), shown)
    name = project.name or text("store.unnamed")
    if doubts:
        came.partly.append((name, "、".join(doubts)))
    else:
        came.whole.append(name)
    return True


def _edit(found: Found, project: int, seq: int) -> Edit | None:
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


def _history(found: Found, project: int, head: int) -> Iterator[Values]:
    """Give the steps around the head without a gap: those that can be undone, and those that can be redone."""
    for start, by in ((head, -1), (head + 1, 1)):
        seq = start
        while _edit(found, project, seq) is not None:
            yield found.edits[project, seq]
            seq += by


def _insert(  # noqa: PLR0917 - a row and its history
    db: Database,
    number: int,
    values: Values,
    project: Project,
    head: int,
    steps: list[Values],
    shown: Mapping[str, str | int | None],
) -> None:
    snapshot = encode(project_to_plain(project))
    created, changed, recycled = (one if is_time(one) else None for one in values[10:13])
    taken = db.execute("SELECT 1 FROM projects WHERE uuid = ?", [values[1]]).fetchone()
    row: dict[str, Any] = {
        "id": number,
        "uuid": values[1] if is_uuid(values[1]) and not taken else str(uuid.uuid4()),
        **shown,
        "created_at": created or changed or LONG_AGO,
        "changed_at": changed or created or LONG_AGO,
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
            [*step[:4], step[4] if is_time(step[4]) else row["changed_at"], sum_of(str(step[3]))],
        )
