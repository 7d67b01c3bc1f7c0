"""The clerk's projects in one SQLite file. Every change is one transaction: it is there wholly, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from desktop.store.backup import copy_aside, copy_database
from desktop.store.copies import Reason
from desktop.store.database import (
    Clock,
    bring_up,
    choose_journal,
    connect,
    is_outdated,
    local_now,
    open_checked,
    prove_writable,
    writing,
)
from desktop.store.errors import Kind, translated, trouble
from desktop.store.finals import Frozen, Stamp
from desktop.store.folder import FILE, FolderLock, file_id, made_private
from desktop.store.journal import encode
from desktop.store.reader import Reader
from forms.documents import Project
from forms.edits import Edit


class Store(Reader):
    """An open data folder, for one thread; ``twin`` gives another thread its own."""

    def __init__(self, path: Path, db: Database, clock: Clock, lock: FolderLock | None) -> None:
        """Use ``Store.open``."""
        super().__init__(path, db)
        self._clock = clock
        self._lock = lock
        self.logged = False
        """Whether reading keeps nobody from writing."""
        self._file = file_id(path)

    @classmethod
    def open(
        cls, folder: Path, *, clock: Clock = local_now, exclusive: bool = True, lock: FolderLock | None = None
    ) -> Store:
        """Open the data folder, which is made where it is missing.

        ``exclusive``: as a window does, which keeps other windows out; a command need not, and then may
        work beside a window. ``lock``: that of the folder, where the caller holds it. An older database is copied
        into ``backups`` and brought to today's shape. Times come from ``clock`` (local, without zone).
        Raises StoreError; what is there is then untouched.
        """
        path = folder / FILE
        with translated(folder):
            made_private(folder)
        with ExitStack() as undo:
            if exclusive and lock is None:
                lock = undo.enter_context(closing(FolderLock(folder)))
            db = undo.enter_context(closing(open_checked(path, wholly=False)))
            if is_outdated(db):
                # Nobody may be at work with an older program while the shape changes.
                with nullcontext() if exclusive else closing(FolderLock(folder)):
                    copy_aside(db, path, "upgraded", clock)
                    bring_up(db, path)
            logged = choose_journal(db, path)
            bring_up(db, path)
            with translated(path):
                store = cls(path, db, clock, lock)
            store.logged = logged
            if exclusive and not logged:
                prove_writable(db, path)
            undo.pop_all()
        return store

    def twin(self) -> Store:
        """Return another connection to the same database, for another thread; it holds no lock of the folder."""
        self._check_place()  # or SQLite would make an empty one
        with translated(self.path):
            twin = Store(self.path, connect(self.path), self._clock, None)
        twin.logged = self.logged
        return twin

    def now(self) -> datetime:
        """Return the time by the store's clock, to the second."""
        return self._clock().replace(microsecond=0)

    def close(self) -> None:
        """Let go of the database, and of the folder."""
        self._db.close()
        if self._lock is not None:
            self._lock.close()

    def leave(self) -> FolderLock | None:
        """Let go of the database and keep others out of the folder: its lock is the caller's from now on."""
        self._db.close()
        lock, self._lock = self._lock, None
        return lock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

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

    def bind(self, code: str, projects: Sequence[int], package: bytes) -> None:
        """Keep what stands in a booklet that is being bound, for good, under the check code on its paper."""
        with self._writing() as at:
            self._booklets.keep(code, projects, package, at)

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

    def prove_writable(self) -> None:
        """Raise StoreError where nothing could be written now, as while another program holds the file."""
        prove_writable(self._db, self.path)

    # ---------------------------------------------------------------- transactions

    @contextmanager
    def _writing(self) -> Iterator[str]:
        """What is written inside is there wholly or not at all; gives the time to note."""
        if self.logged:  # without a log SQLite looks for itself
            self._check_place()
        try:
            with translated(self.path), writing(self._db):
                yield self.now().isoformat()
        except BaseException:
            self._journal.forget()
            raise

    def _check_place(self) -> None:
        """Raise StoreError where the open file is not at its place any more: what is written would be lost with it.

        Windows lets nobody move or delete a file that is open; elsewhere SQLite goes on without a word.
        """
        try:
            found = file_id(self.path)
        except FileNotFoundError as error:
            raise trouble(Kind.MOVED, path=self.path) from error
        if found != self._file:
            raise trouble(Kind.REPLACED, path=self.path)
