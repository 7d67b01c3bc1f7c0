"""What can be asked of an open database: lists, projects at their heads, history, settings, final copies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from desktop.store.booklets import Booklets, Bound
from desktop.store.copies import Contents, contents_of
from desktop.store.errors import Kind, StoreError, translated, trouble
from desktop.store.examining import damages
from desktop.store.finals import FinalCopy, Finals, Frozen
from desktop.store.journal import Journal
from desktop.store.rows import PROJECT_COLUMNS, ProjectRow, Step, Stored, editions_of, project_row
from desktop.store.search import Search
from forms.documents import Project
from forms.edits import Edit


class Reader:
    """Reads over one connection. Every method raises StoreError where the environment is at fault."""

    def __init__(self, path: Path, db: Database) -> None:
        """Read from a database that is open; ``path`` is where it is."""
        self.path = path
        self._db = db
        self._journal = Journal(db, editions_of(path.parent))
        self._finals = Finals(db)
        self._booklets = Booklets(db)
        self._search = Search(db, self._journal)

    def projects(self, year: int | None = None, unit: str | None = None, *, recycled: bool = False) -> list[ProjectRow]:
        """Return the rows of the list, by unit, year (latest first) and age; ``recycled``: those in the recycle bin."""
        state = "NOT NULL" if recycled else "NULL"
        with self._reading():
            rows = self._db.execute(
                f"SELECT {PROJECT_COLUMNS} FROM projects"  # noqa: S608 - columns of ours
                f" WHERE recycled_at IS {state} AND (? IS NULL OR year = ?) AND (? IS NULL OR unit = ?)"
                " ORDER BY unit, year DESC, id",
                [year, year, unit, unit],
            ).fetchall()
            return [project_row(row) for row in rows]

    def load(self, project_id: int) -> Stored:
        """Return a project as it stands at its head."""
        with self._reading():
            head = self._journal.read(project_id)
            names = dict(
                self._db.execute(
                    "SELECT seq, name FROM edits WHERE project_id = ? AND seq IN (?, ?)",
                    [project_id, head.seq, head.seq + 1],
                ).fetchall()
            )
        return Stored(project_id, head.project, head.seq, names.get(head.seq), names.get(head.seq + 1))

    def states(self) -> dict[int, str]:
        """Return the state of every project outside the bin, by its number; another one tells of a change."""
        with self._reading():
            rows = self._db.execute("SELECT id, head, changed_at FROM projects WHERE recycled_at IS NULL").fetchall()
            return {row["id"]: f"{row['head']} {row['changed_at']}" for row in rows}

    def load_many(self, ids: Iterable[int]) -> dict[int, Project]:
        """Return projects as they stand at their heads; those that are gone or damaged are left out."""
        found = {}
        with self._reading():
            for one in ids:
                with suppress(StoreError):
                    found[one] = self._journal.read(one).project
        return found

    def step(self, project_id: int, seq: int) -> Edit | None:
        """Return the edit of a step; None where the history does not have it (any more)."""
        with self._reading():
            return self._journal.step(project_id, seq)

    def history(self, project_id: int) -> list[Step]:
        """Return the steps of a project, oldest first; those after its head were undone."""
        with self._reading():
            rows = self._db.execute(
                "SELECT seq, name, at FROM edits WHERE project_id = ? ORDER BY seq", [project_id]
            ).fetchall()
            return [Step(row["seq"], row["name"], datetime.fromisoformat(row["at"])) for row in rows]

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a setting, a JSON value; the default where it was never set."""
        with self._reading():
            row = self._db.execute("SELECT value FROM settings WHERE key = ?", [key]).fetchone()
            return default if row is None else json.loads(row["value"])

    def settings(self) -> dict[str, Any]:
        """Return all settings."""
        with self._reading():
            rows = self._db.execute("SELECT key, value FROM settings").fetchall()
            return {row["key"]: json.loads(row["value"]) for row in rows}

    def view(self, project_id: int) -> dict[str, Any]:
        """Return how a project was last looked at (tab, scroll, zoom …), whatever the window kept.

        Nothing where that cannot be read: it is not worth an alarm.
        """
        with self._reading():
            row = self._db.execute("SELECT state FROM views WHERE project_id = ?", [project_id]).fetchone()
        with suppress(ValueError, TypeError):
            return {} if row is None else dict(json.loads(row["state"]))
        return {}

    def mark(self) -> str:
        """Return a mark of what is in the database; while it stays the same, another backup is not needed.

        Nothing for one without projects, final copies and booklets.
        """
        with self._reading():
            row = self._db.execute(
                "SELECT count(*), count(recycled_at), coalesce(sum(head), 0), max(changed_at), max(recycled_at),"
                " (SELECT count(*) FROM edits), (SELECT count(*) FROM final_copies), (SELECT count(*) FROM stamps),"
                " (SELECT count(*) FROM booklets) FROM projects"
            ).fetchone()
            return "|".join(map(str, row)) if row[0] or row[6] or row[8] else ""

    def examine(self) -> tuple[str, ...]:
        """Read everything and return what is damaged, in sentences; nothing where all is as it was written."""
        with self._reading():
            return tuple(damages(self._db, self.path))

    def contents(self) -> Contents:
        """Return what is in the database, to be compared with that of a backup."""
        with self._reading():
            return contents_of(self._db)

    def final_copies(self, project_id: int | None = None) -> list[FinalCopy]:
        """Return the final copies of a project, or of all that there are and were, newest first."""
        with self._reading():
            return self._finals.copies(project_id)

    def frozen(self, copy_id: int) -> Frozen:
        """Return what a final copy holds, to the byte."""
        with self._reading():
            return self._finals.content(copy_id)

    def find(self, words: str) -> frozenset[int] | None:
        """Return the numbers of the projects that contain all words; None where there are none to look for."""
        with self._reading():
            return self._search.find(words)

    def bound(self, code: str) -> Bound | None:
        """Return the booklet that was bound with a check code; None where none was."""
        with self._reading():
            return self._booklets.find(code)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What is read inside belongs together; what cannot be understood is damaged."""
        try:
            with translated(self.path), self._db.atomic():
                yield
        except (ValueError, ArithmeticError) as error:
            raise trouble(Kind.DAMAGED, path=self.path) from error
