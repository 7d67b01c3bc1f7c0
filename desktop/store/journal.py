"""A project on disk: a snapshot of the document at one step, and the journal of edits around it.

The document at any step is the snapshot with the edits between replayed, or taken back. Undo and redo
only move the head; a new edit drops the steps beyond it. Every call stands inside a transaction of the caller's.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlite_utils import Database

from desktop.store.errors import Kind, trouble
from desktop.store.rows import columns, listing, storable
from desktop.store.sums import sum_of
from forms.documents import Project
from forms.edit_plain import edit_from_plain, edit_to_plain
from forms.edition import Edition
from forms.edits import Edit
from forms.package import project_from_plain, project_to_plain

SNAPSHOT_EVERY = 50
"""Head and snapshot are always fewer steps apart: so many are replayed at most when a project is opened."""
KEPT = 1000
"""Steps that can be undone, at most."""


@dataclass(frozen=True, slots=True)
class Head:
    """A project at the head of its history."""

    id: int
    name: str
    seq: int
    snapshot_seq: int
    snapshot_sum: int
    project: Project


class Journal:
    """Reads and writes snapshots and edits over one connection."""

    def __init__(self, db: Database, editions: Mapping[str, Edition]) -> None:
        self._db = db
        self._editions = editions
        self._known: tuple[int, Head] | None = None

    def start(self, project: Project, at: str) -> int:
        """Store a new project without history; return its number."""
        snapshot = encode(project_to_plain(project))
        row = {
            "uuid": str(uuid.uuid4()),
            **columns(listing(project, self._editions)),
            "created_at": at,
            "changed_at": at,
            "snapshot": snapshot,
            "snapshot_seq": 0,
            "head": 0,
        }
        blanks = ", ".join("?" * len(row))
        made = self._db.execute(
            f"INSERT INTO projects ({', '.join(row)}) VALUES ({blanks})",  # noqa: S608 - names of columns, ours
            list(row.values()),
        )
        number = int(made.lastrowid or 0)
        self._db.execute("UPDATE projects SET sum = ? WHERE id = ?", [sum_of(number, 0, 0, sum_of(snapshot)), number])
        return number

    def read(self, project_id: int) -> Head:
        """Return a project at its head. Raises StoreError where there is none, or where it is damaged."""
        row = self._db.execute(
            "SELECT name, head, snapshot_seq, snapshot, sum FROM projects WHERE id = ?", [project_id]
        ).fetchone()
        if row is None:
            raise trouble(Kind.NO_PROJECT, id=project_id)
        version = self._version()
        if self._known is not None and self._known[0] == version and self._known[1].id == project_id:
            return self._known[1]
        with _damage_told(row["name"]):
            snapshot_sum = sum_of(row["snapshot"])
            _same(row["sum"], sum_of(project_id, row["snapshot_seq"], row["head"], snapshot_sum))
            project = project_from_plain(json.loads(row["snapshot"]), "")
            for edit in self._edits_between(project_id, row["snapshot_seq"], row["head"]):
                project = edit.apply(project)
        head = Head(project_id, row["name"], row["head"], row["snapshot_seq"], snapshot_sum, project)
        self._known = version, head
        return head

    def append(self, project_id: int, edit: Edit, expected: int, at: str, *, merge: bool) -> int:
        """Store an edit as the next step, or in place of the step at the head (``merge``); return the new head.

        Raises StoreError ``conflict`` where the head is not the expected one, StaleEditError where the edit
        does not fit the document.
        """
        head = self.read(project_id)
        if head.seq != expected:
            raise trouble(Kind.CONFLICT, name=head.name)
        seq, project = head.seq, head.project
        if merge:
            last = self.step(project_id, seq)
            if last is None:
                raise trouble(Kind.CONFLICT, name=head.name)
            seq, project = seq - 1, last.inverse().apply(project)
        project = edit.apply(project)
        self._db.execute("DELETE FROM edits WHERE project_id = ? AND seq > ?", [project_id, seq])
        self._db.execute(
            "INSERT INTO edits (project_id, seq, name, edit, at, sum) VALUES (?, ?, ?, ?, ?, ?)",
            [project_id, seq + 1, storable(edit.name), written := encode(edit_to_plain(edit)), at, sum_of(written)],
        )
        self._db.execute("DELETE FROM edits WHERE project_id = ? AND seq <= ?", [project_id, seq + 1 - KEPT])
        # A snapshot of a step that is no more cannot be led back to the head.
        self._put(replace(head, seq=seq + 1, project=project), at, anew=head.snapshot_seq > seq)
        return seq + 1

    def move(self, project_id: int, to: int, at: str) -> None:
        """Undo or redo up to a step. Raises StoreError ``conflict`` where the history does not reach it."""
        head = self.read(project_id)
        project = head.project
        with _damage_told(head.name):
            try:
                edits = self._edits_between(project_id, head.seq, to)
            except LookupError as error:
                raise trouble(Kind.CONFLICT, name=head.name) from error
            for edit in edits:
                project = edit.apply(project)
        self._put(replace(head, seq=to, project=project), at, anew=False)

    def step(self, project_id: int, seq: int) -> Edit | None:
        """Return the edit of a step; None where the history does not have it."""
        row = self._db.execute(
            "SELECT projects.name, edit, edits.sum FROM edits JOIN projects ON projects.id = project_id"
            " WHERE project_id = ? AND seq = ?",
            [project_id, seq],
        ).fetchone()
        if row is None:
            return None
        with _damage_told(row["name"]):
            return _edit(row)

    def forget(self) -> None:
        """Read from disk next time: what was remembered may have been rolled back."""
        self._known = None

    def _version(self) -> int:
        """Changes whenever another connection writes to the database."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _edits_between(self, project_id: int, start: int, end: int) -> list[Edit]:
        """Return the edits that lead from one step to another, inverses where it is an earlier one."""
        rows = self._db.execute(
            "SELECT edit, sum FROM edits WHERE project_id = ? AND seq > ? AND seq <= ? ORDER BY seq",
            [project_id, min(start, end), max(start, end)],
        ).fetchall()
        if len(rows) != abs(end - start):
            raise LookupError(f"steps {start} to {end}")
        edits = [_edit(row) for row in rows]
        return edits if end >= start else [edit.inverse() for edit in reversed(edits)]

    def _put(self, head: Head, at: str, *, anew: bool) -> None:
        values = {**columns(listing(head.project, self._editions)), "head": head.seq, "changed_at": at}
        if anew or abs(head.seq - head.snapshot_seq) >= SNAPSHOT_EVERY:
            snapshot = encode(project_to_plain(head.project))
            head = replace(head, snapshot_seq=head.seq, snapshot_sum=sum_of(snapshot))
            values |= {"snapshot": snapshot, "snapshot_seq": head.seq}
        values["sum"] = sum_of(head.id, head.snapshot_seq, head.seq, head.snapshot_sum)
        names = ", ".join(f"{name} = ?" for name in values)
        self._db.execute(
            f"UPDATE projects SET {names} WHERE id = ?",  # noqa: S608 - names of columns, ours
            [*values.values(), head.id],
        )
        self._db.execute("DELETE FROM searched WHERE project_id = ?", [head.id])  # to be entered again
        self._known = self._version(), replace(head, name=str(values["name"]))


def _edit(row: sqlite3.Row) -> Edit:
    """Return the edit of a row of the journal. Raises ValueError where it is not what was written."""
    _same(row["sum"], sum_of(row["edit"]))
    return edit_from_plain(json.loads(row["edit"]))


def _same(noted: int | None, found: int) -> None:
    if noted != found:
        raise ValueError("not what was written")


def encode(plain: object) -> str:
    """Return a JSON value as ASCII text, which can be stored whatever characters the clerk pasted."""
    return json.dumps(plain, separators=(",", ":"))


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Raise StoreError ``damaged_project`` where what is stored cannot be read or does not fit together."""
    try:
        yield
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise trouble(Kind.DAMAGED_PROJECT, name=name) from error
