"""The clerk's projects in one SQLite file. Every change is one transaction: it is there wholly, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from desktop.store.backup import copy_aside, copy_database, restore_from
from desktop.store.copies import Contents, Reason, contents_of
from desktop.store.database import (
    FILE,
    Clock,
    FolderLock,
    bring_up,
    choose_journal,
    connect,
    is_outdated,
    local_now,
    made_private,
    open_checked,
    writing,
)
from desktop.store.errors import Kind, StoreError, translated, trouble
from desktop.store.examining import damages
from desktop.store.finals import FinalCopy, Finals, Frozen, Stamp
from desktop.store.journal import Journal, encode
from desktop.store.rows import PROJECT_COLUMNS, ProjectRow, Step, Stored, project_row
from desktop.store.search import Search
from forms.documents import Project
from forms.edits import Edit


class Store:
    """An open data folder, for one thread; ``twin`` gives another thread its own.

    Every method raises StoreError where the environment is at fault.
    """

    def __init__(self, path: Path, db: Database, clock: Clock, lock: FolderLock | None) -> None:
        """Use ``Store.open``."""
        self.path = path
        self._db = db
        self._clock = clock
        self._lock = lock
        self.logged = False
        """Whether reading keeps nobody from writing."""
        self._journal = Journal(db)
        self._finals = Finals(db)
        self._search = Search(db, self._journal)

    @classmethod
    def open(cls, folder: Path, *, clock: Clock = local_now, exclusive: bool = True) -> Store:
        """Open the data folder, which is made where it is missing.

        ``exclusive``: as a window does, which keeps other windows out; a command need not, and then may
        work beside a window. An older database is copied into ``backups`` and brought to today's shape.
        Times come from ``clock`` (local, without zone). Raises StoreError; what is there is then untouched.
        """
        path = folder / FILE
        with translated(folder):
            made_private(folder)
        with ExitStack() as undo:
            lock = undo.enter_context(closing(FolderLock(folder))) if exclusive else None
            db = undo.enter_context(closing(open_checked(path, wholly=False)))
            if is_outdated(db):
                # Nobody may be at work with an older program while the shape changes.
                with nullcontext() if exclusive else closing(FolderLock(folder)):
                    copy_aside(db, path, "upgraded", clock)
                    bring_up(db, path)
            logged = choose_journal(db, path)
            bring_up(db, path)
            undo.pop_all()
        store = cls(path, db, clock, lock)
        store.logged = logged
        return store

    def twin(self) -> Store:
        """Return another connection to the same database, for another thread; it holds no lock of the folder."""
        with translated(self.path):
            return Store(self.path, connect(self.path), self._clock, None)

    def now(self) -> datetime:
        """Return the time by the store's clock, to the second."""
        return self._clock().replace(microsecond=0)

    def close(self) -> None:
        """Let go of the database, and of the folder."""
        self._db.close()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # ---------------------------------------------------------------- reading

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

    def view(self, project_id: int) -> dict[str, Any]:
        """Return how a project was last looked at (tab, scroll, zoom …), whatever the window kept."""
        with self._reading():
            row = self._db.execute("SELECT state FROM views WHERE project_id = ?", [project_id]).fetchone()
            return {} if row is None else dict(json.loads(row["state"]))

    def mark(self) -> str:
        """Return a mark of what is in the database; while it stays the same, another backup is not needed.

        Nothing for one without projects and final copies.
        """
        with self._reading():
            row = self._db.execute(
                "SELECT count(*), count(recycled_at), coalesce(sum(head), 0), max(changed_at), max(recycled_at),"
                " (SELECT count(*) FROM edits), (SELECT count(*) FROM final_copies), (SELECT count(*) FROM stamps)"
                " FROM projects"
            ).fetchone()
            return "|".join(map(str, row)) if row[0] or row[6] else ""

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

    # ---------------------------------------------------------------- writing

    def create(self, project: Project) -> int:
        """Store a new project; return its number."""
        return self.create_many([project])[0]

    def create_many(self, projects: Iterable[Project]) -> list[int]:
        """Store new projects, all or none; return their numbers."""
        with self._writing() as at:
            return [self._journal.start(project, at) for project in projects]

    def append(self, project_id: int, edit: Edit, expected_head: int, *, merge: bool = False) -> int:
        """Store an edit made upon step ``expected_head``; return the new head. Steps that were undone are dropped.

        ``merge``: the edit takes the place of step ``expected_head``, as when typing goes on.
        Raises StoreError ``conflict`` where the head is another, StaleEditError where the edit does not fit.
        """
        with self._writing() as at:
            return self._journal.append(project_id, edit, expected_head, at, merge=merge)

    def move(self, project_id: int, to_head: int) -> None:
        """Undo or redo up to a step of the history."""
        with self._writing() as at:
            self._journal.move(project_id, to_head, at)

    def recycle(self, ids: Iterable[int]) -> None:
        """Put projects into the recycle bin."""
        with self._writing() as at:
            for one in ids:
                self._db.execute("UPDATE projects SET recycled_at = ? WHERE id = ? AND recycled_at IS NULL", [at, one])

    def restore(self, ids: Iterable[int]) -> None:
        """Take projects out of the recycle bin."""
        with self._writing():
            for one in ids:
                self._db.execute("UPDATE projects SET recycled_at = NULL WHERE id = ?", [one])

    def purge(self, ids: Iterable[int]) -> None:
        """Delete projects with their history, for good."""
        with self._writing():
            for one in ids:
                self._db.execute("DELETE FROM projects WHERE id = ?", [one])

    def freeze(self, project_id: int, project: Project, code: str, frozen: Frozen) -> int:
        """Keep the next final copy of a project, for good; return the number of the copy (not that of the 稿)."""
        with self._writing() as at:
            return self._finals.freeze(project_id, project, code, frozen, at)

    def stamp(self, copy_id: int, stamp: Stamp) -> None:
        """Note that a final copy was stamped."""
        with self._writing() as at:
            self._finals.stamp(copy_id, stamp, at)

    def index(self, count: int = 50) -> bool:
        """Enter changed projects, at most ``count``, into the index of ``find``; return whether more are left."""
        with self._writing():
            return self._search.index(count)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a setting, a JSON value."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", [key, encode(value)])

    def set_view(self, project_id: int, state: Mapping[str, Any]) -> None:
        """Keep how a project is looked at; JSON values. A project that was purged meanwhile is passed over."""
        with self._writing():
            self._db.execute(
                "INSERT OR REPLACE INTO views (project_id, state) SELECT id, ? FROM projects WHERE id = ?",
                [encode(dict(state)), project_id],
            )

    def backup(self, out: Path | None = None, reason: Reason = "backup") -> Path:
        """Write a verified copy of everything, and return where it is: ``out``, else a new file in ``backups``.

        A file that is there is replaced only at the end.
        """
        if out is None:
            return copy_aside(self._db, self.path, reason, self._clock)
        copy_database(self._db, self.path, out)
        return out

    @staticmethod
    def restore_from(folder: Path, file: Path, *, clock: Clock = local_now, whatever: bool = False) -> Path | None:
        """Put a backup in place of what is in the data folder, which must not be open; see ``backup.restore_from``."""
        return restore_from(folder, file, clock=clock, whatever=whatever)

    # ---------------------------------------------------------------- transactions

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What is read inside belongs together; what cannot be understood is damaged."""
        try:
            with translated(self.path), self._db.atomic():
                yield
        except (ValueError, ArithmeticError) as error:
            raise trouble(Kind.DAMAGED, path=self.path) from error

    @contextmanager
    def _writing(self) -> Iterator[str]:
        """What is written inside is there wholly or not at all; gives the time to note."""
        try:
            with translated(self.path), writing(self._db):
                yield self.now().isoformat()
        except BaseException:
            self._journal.forget()
            raise
