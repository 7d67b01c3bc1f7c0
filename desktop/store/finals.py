"""Final copies: what was frozen of a project as 第1稿, 第2稿 …, and when its paper was stamped.

The database itself refuses to change or delete them. They outlive the project: a purged one's copies stay.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from desktop.store.errors import Kind, trouble
from desktop.store.rows import storable
from desktop.store.sums import sum_of
from forms.documents import Project


@dataclass(frozen=True, slots=True)
class Stamp:
    """盖章: on which day a final copy was stamped, with a note. Of several the last one holds."""

    on: date
    note: str


@dataclass(frozen=True, slots=True)
class FinalCopy:
    """A final copy as the list of them shows it."""

    id: int
    project_id: int
    number: int
    """第1稿 is 1."""
    made_at: datetime
    unit: str
    year: int | None
    name: str
    code: str
    """The check code on its paper."""
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a final copy holds, to the byte."""

    package: bytes
    """The exchange file with this one project."""
    pdf: bytes
    report: str
    """The report of the check that it passed, as plain text."""
    differences: tuple[str, ...]
    """How it differs from the copy before, in sentences."""


class Finals:
    """Reads and writes final copies over one connection; inside a transaction of the caller's."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def freeze(self, project_id: int, project: Project, code: str, frozen: Frozen, at: str) -> int:
        """Store the next final copy of a project; return its number among all copies."""
        row = self._db.execute("SELECT uuid FROM projects WHERE id = ?", [project_id]).fetchone()
        if row is None:
            raise trouble(Kind.NO_PROJECT, id=project_id)
        report, changes = storable(frozen.report), json.dumps(frozen.differences)
        made = self._db.execute(
            "INSERT INTO final_copies (project_id, project_uuid, number, made_at, unit, year, name, code, package, pdf,"
            " report, differences, sum)"
            " SELECT ?, ?, 1 + coalesce(max(number), 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
            " FROM final_copies WHERE project_uuid = ?",
            [
                project_id,
                row["uuid"],
                at,
                storable(project.unit),
                project.year,
                storable(project.name),
                code,
                frozen.package,
                frozen.pdf,
                report,
                changes,
                sum_of(frozen.package, frozen.pdf, report, changes),
                row["uuid"],
            ],
        )
        return int(made.lastrowid or 0)

    def copies(self, project_id: int | None = None) -> list[FinalCopy]:
        """Return the final copies of a project, or all, newest first."""
        rows = self._db.execute(
            "SELECT copy.id, project_id, number, made_at, unit, year, name, code, stamped_on, note"
            " FROM final_copies AS copy LEFT JOIN stamps"
            " ON stamps.id = (SELECT max(id) FROM stamps WHERE copy_id = copy.id)"
            " WHERE ? IS NULL OR project_id = ? ORDER BY copy.id DESC",
            [project_id, project_id],
        ).fetchall()
        return [_copy(row) for row in rows]

    def content(self, copy_id: int) -> Frozen:
        """Return what a final copy holds. Raises StoreError where there is none."""
        row = self._db.execute(
            "SELECT package, pdf, report, differences, sum FROM final_copies WHERE id = ?", [copy_id]
        ).fetchone()
        if row is None:
            raise trouble(Kind.NO_COPY, id=copy_id)
        if sum_of(row["package"], row["pdf"], row["report"], row["differences"]) != row["sum"]:
            raise trouble(Kind.DAMAGED_COPY, id=copy_id)
        return Frozen(row["package"], row["pdf"], row["report"], tuple(json.loads(row["differences"])))

    def stamp(self, copy_id: int, stamp: Stamp, at: str) -> None:
        """Note that a final copy was stamped; noted again, the later note holds and the earlier one is kept."""
        made = self._db.execute(
            "INSERT INTO stamps (copy_id, stamped_on, note, at) SELECT id, ?, ?, ? FROM final_copies WHERE id = ?",
            [stamp.on.isoformat(), storable(stamp.note), at, copy_id],
        )
        if not made.rowcount:
            raise trouble(Kind.NO_COPY, id=copy_id)


def _copy(row: sqlite3.Row) -> FinalCopy:
    stamp = None if row["stamped_on"] is None else Stamp(date.fromisoformat(row["stamped_on"]), row["note"])
    return FinalCopy(
        row["id"],
        row["project_id"],
        row["number"],
        datetime.fromisoformat(row["made_at"]),
        row["unit"],
        row["year"],
        row["name"],
        row["code"],
        stamp,
    )
