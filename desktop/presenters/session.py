"""The clerk's session: the list of projects, the open one, its undo and redo, and whether all is saved.

Editing happens in memory at once; a writer thread saves it. What the session tells its observers are small
values; ``SaveStateChanged`` also comes from the writer's thread, so a window brings all of them into its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from desktop.presenters.desk import Desk
from desktop.presenters.events import Changed, Event, FinalChanged, ListChanged, Opened, SaveState, SaveStateChanged
from desktop.presenters.saving import Saving
from desktop.store import FinalCopy, Frozen, Kind, ProjectRow, Stamp, Step, Store, StoreError, Writer
from desktop.store.copies import Reason
from desktop.store.database import AT_ONCE, FolderLock, local_now
from desktop.store.packs import ENDING as PACK
from desktop.store.packs import read_pack, write_pack
from desktop.store.rows import listing
from desktop.store.writer import RETRIES
from desktop.texts import text
from forms.blank import blank_project
from forms.check_code import booklet_code
from forms.documents import Package, Project
from forms.edition import Edition
from forms.edits import Edit, Put
from forms.package import write_package

REOPENING = (0.5, 1.0, 2.0)
"""Seconds to wait after each attempt to open the data again after a restore."""

Observer: TypeAlias = Callable[[Event], None]


class Session:
    """An open store, and the project open in it. All methods belong to one thread, but for ``backup``.

    Methods that go to the disk raise StoreError where the environment is at fault.
    """

    def __init__(
        self,
        store: Store,
        editions: Mapping[str, Edition],
        *,
        retries: tuple[float, ...] = RETRIES,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Work on an open store, which ``close`` closes. ``timer`` (s) decides what typing goes on."""
        self.editions = editions
        self._store = store
        self._retries = retries
        self._timer = timer
        self._observers: list[Observer] = []
        self._desks: dict[int, Desk] = {}
        self._current: Desk | None = None
        self._listed: dict[bool, dict[int, ProjectRow]] = {}
        self._settings: dict[str, Any] | None = None
        self._views: dict[int, Mapping[str, Any]] = {}
        self._saving = Saving()
        self._writer = self._new_writer()

    def look(self) -> None:
        """Read what a window shows first. Raises StoreError where that is damaged, before the window stands."""
        self.rows()
        self._read_settings()
        self._store.final_copies()

    # ---------------------------------------------------------------- observers

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Tell an observer of every event from now on; the returned function ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def _notify(self, event: Event) -> None:
        for observer in tuple(self._observers):
            observer(event)

    # ---------------------------------------------------------------- the list of projects

    def rows(self, year: int | None = None, unit: str | None = None, *, recycled: bool = False) -> list[ProjectRow]:
        """Return the list of projects as it is, with what is not yet saved.

        It is read once, and again when projects come or go: nobody else changes them while the folder is held.
        """
        if recycled not in self._listed:
            unsaved = self._saving.unsaved  # asked first: what is saved from now on may not have been read yet
            self._listed[recycled] = {row.id: row for row in self._store.projects(recycled=recycled)}
            for desk in self._desks.values():
                if desk.id in unsaved:
                    self._relist(desk)
        rows = self._listed[recycled].values()
        if year is None and unit is None:
            return list(rows)
        return [row for row in rows if year in (None, row.year) and unit in (None, row.unit)]

    def _relist(self, desk: Desk) -> None:
        """Bring the row of a project that was changed up to date."""
        for rows in self._listed.values():
            row = rows.get(desk.id)
            if row is not None:
                fresh = row.renewed(desk.project, self._store.now(), self.editions)
                rows[desk.id] = fresh
                if (fresh.unit, fresh.year) != (row.unit, row.year):  # it stands elsewhere in the order
                    ordered = sorted(rows.values(), key=lambda one: (one.unit, -(one.year or 0), one.id))
                    rows.clear()
                    rows.update({one.id: one for one in ordered})

    def find(self, words: str) -> frozenset[int] | None:
        """Return the numbers of the projects that contain all words anywhere; None where there is nothing to find.

        What was changed since ``index`` is not found by what it says now.
        """
        try:
            return self._store.find(words)
        except StoreError:  # the index is locked or damaged: the list is there all the same
            return None

    def index(self) -> bool:
        """Enter changed projects into the index of ``find``, some at a time; return whether more are left.

        May be called from any thread.
        """
        return self._writer.run(lambda store: store.index())

    def new_project(self, edition: Edition, year: int, unit: str) -> int:
        """Make a project with a blank form; return its number."""
        return self.add([blank_project(edition, year, unit)])[0]

    def add(self, projects: Iterable[Project]) -> list[int]:
        """Take in projects, all or none, as an import does; return their numbers."""
        taken = tuple(projects)
        ids = self._writer.run(lambda store: store.create_many(taken))
        self._listed.clear()
        self._notify(ListChanged())
        return ids

    def copy(self, project_id: int) -> int:
        """Make a copy of a project, named as one, without its history; return its number."""
        project = self.peek(project_id)
        name = text("session.copy_name", name=project.name)
        return self.add([_renaming(project, name).apply(project)])[0]

    def take_back(self, projects: Iterable[tuple[Project, bool]]) -> list[int]:
        """Take in projects of a backup beside those that are there; return their numbers.

        Of one that also stands in the list (True) the name says where it comes from: a step that can be undone.
        """
        taken = tuple(projects)
        numbers = self.add(project for project, _ in taken)
        for number, (project, is_there) in zip(numbers, taken, strict=True):
            if is_there:
                self.rename(number, text("session.taken_name", name=project.name))
        return numbers

    def rename(self, project_id: int, name: str) -> None:
        """Write 项目名称 into all forms of a project, as one edit of it."""
        self.change(project_id, _renaming(self.peek(project_id), name))

    def change(self, project_id: int, edit: Edit) -> None:
        """Change a project, open or not. Raises StaleEditError where the edit was made for another state."""
        self._do(self._desk(project_id), edit, merge=False)

    def recycle(self, ids: Iterable[int]) -> None:
        """Put projects into the recycle bin; the open one is closed."""
        gone = tuple(ids)
        self._writer.run(lambda store: store.recycle(gone))
        self._drop(gone)

    def restore(self, ids: Iterable[int]) -> None:
        """Take projects out of the recycle bin."""
        back = tuple(ids)
        self._writer.run(lambda store: store.restore(back))
        self._listed.clear()
        self._notify(ListChanged())

    def purge(self, ids: Iterable[int]) -> None:
        """Delete projects for good, with their history."""
        gone = tuple(ids)
        self._writer.run(lambda store: store.purge(gone))
        self._drop(gone)

    def _drop(self, ids: tuple[int, ...]) -> None:
        self._listed.clear()
        for one in ids:
            self._desks.pop(one, None)
        if self._current is not None and self._current.id in ids:
            self.leave()
        self._notify(ListChanged())

    # ---------------------------------------------------------------- the open project

    @property
    def project_id(self) -> int | None:
        """Number of the open project."""
        return None if self._current is None else self._current.id

    @property
    def project(self) -> Project | None:
        """The open project as it is now."""
        return None if self._current is None else self._current.project

    @property
    def step(self) -> tuple[int, int] | None:
        """Number of the open project and of the step that ``undo`` takes back."""
        return None if self._current is None else (self._current.id, self._current.head)

    @property
    def undo_name(self) -> str | None:
        """Name of the step that ``undo`` takes back; None: there is none."""
        return None if self._current is None else self._current.names.get(self._current.head)

    @property
    def redo_name(self) -> str | None:
        """Name of the step that ``redo`` does again; None: there is none."""
        return None if self._current is None else self._current.names.get(self._current.head + 1)

    def open(self, project_id: int) -> Project:
        """Open a project in place of the one that is open; return it."""
        self._current = self._desk(project_id)
        self.view(project_id)  # so that nothing need be read of it while another program holds the file
        self._notify(Opened(project_id, self._current.project))
        return self._current.project

    def peek(self, project_id: int) -> Project:
        """Return a project as it is now, without opening it."""
        return self._desk(project_id).project

    def leave(self) -> None:
        """Have no project open."""
        self._current = None
        self._notify(Opened(None, None))

    def do(self, edit: Edit, *, merge: bool = False) -> None:
        """Change the open project at once, and have it saved; an empty edit does nothing.

        ``merge``: where the step before was such an edit of the same place, a moment ago, both become one
        step. Raises StaleEditError where the edit was made for another state, LookupError where a path leads
        nowhere; then nothing was changed.
        """
        self._do(self._open_desk(), edit, merge=merge)

    def undo(self) -> Edit | None:
        """Take the last step back; return the edit that did so, None where there is none."""
        desk = self._open_desk()
        step = desk.step(desk.head, self._store.step)
        return None if step is None else self._move(desk, step.inverse(), desk.head - 1)

    def redo(self) -> Edit | None:
        """Do again what was undone last; return the edit, None where there is none."""
        desk = self._open_desk()
        step = desk.step(desk.head + 1, self._store.step)
        return None if step is None else self._move(desk, step, desk.head + 1)

    def history(self, project_id: int) -> list[Step]:
        """Return the saved steps of a project, oldest first."""
        return self._store.history(project_id)

    @property
    def is_read_freely(self) -> bool:
        """Whether another thread may read for long without keeping the clerk's work from being saved."""
        return self._store.logged or self._store.path.stat().st_size <= AT_ONCE

    def reader(self) -> Store:
        """Return what another thread may read what is saved with, and closes. May be called from any thread."""
        return self._store.twin()

    # ---------------------------------------------------------------- final copies

    def final_copies(self, project_id: int | None = None) -> list[FinalCopy]:
        """Return the final copies of a project, or all, newest first."""
        return self._store.final_copies(project_id)

    def frozen(self, copy_id: int) -> Frozen:
        """Return what a final copy holds, to the byte."""
        return self._store.frozen(copy_id)

    def freeze(self, project_id: int, project: Project, code: str, frozen: Frozen) -> FinalCopy | None:
        """Keep the next final copy of a project; None where the project was changed since it was got ready."""
        if self.peek(project_id) != project:
            return None
        self._writer.run(lambda store: store.freeze(project_id, project, code, frozen))
        self._notify(FinalChanged(project_id))
        return self._store.final_copies(project_id)[0]

    def bind(self, numbers: Sequence[int], package: Package) -> None:
        """Keep what stands in a booklet of projects, so that its check code can be looked up.

        May be called from any thread. Raises PackageError where it is too large to be kept.
        """
        code, data = booklet_code(package), write_package(package)
        self._writer.run(lambda store: store.bind(code, numbers, data))

    def stamp(self, copy: FinalCopy, stamp: Stamp) -> None:
        """Note that a final copy was stamped."""
        self._writer.run(lambda store: store.stamp(copy.id, stamp))
        self._notify(FinalChanged(copy.project_id))

    # ---------------------------------------------------------------- helpers

    def _open_desk(self) -> Desk:
        if self._current is None:
            raise RuntimeError("no project is open")
        return self._current

    def _desk(self, project_id: int) -> Desk:
        """Return a project from memory where it holds more than the disk does, else from the disk."""
        busy = self._saving.unsaved
        self._desks = {one.id: one for one in self._desks.values() if one.id in busy or one is self._current}
        if project_id not in self._desks:
            stored = self._store.load(project_id)
            names = {step.seq: step.name for step in self._store.history(project_id)}
            self._desks[project_id] = Desk(project_id, stored.project, stored.head, names)
        return self._desks[project_id]

    def _do(self, desk: Desk, edit: Edit, *, merge: bool) -> None:
        if edit.is_empty:
            return
        before = desk.project
        saved = desk.do(edit, merge=merge, now=self._timer())
        self._saving.begun(desk.id)
        self._writer.append(desk.id, saved.edit, saved.head, merge=saved.merge)
        self._tell(desk, edit, before)

    def _move(self, desk: Desk, edit: Edit, head: int) -> Edit:
        before = desk.project
        desk.move(edit, head)
        self._saving.begun(desk.id)
        self._writer.move(desk.id, head)
        self._tell(desk, edit, before)
        return edit

    def _tell(self, desk: Desk, edit: Edit, before: Project) -> None:
        self._relist(desk)
        self._notify(Changed(desk.id, edit, desk.project))
        if listing(before, self.editions) != listing(desk.project, self.editions):
            self._notify(ListChanged())
        self._notify(SaveStateChanged())

    # ---------------------------------------------------------------- saving

    @property
    def save_state(self) -> SaveState:
        """Whether everything is on disk."""
        return self._saving.state

    @property
    def unsaved(self) -> tuple[Project, ...]:
        """Projects of which something is not saved yet, as they are now: what ``close`` would lose."""
        return tuple(self._desks[one].project for one in sorted(self._saving.unsaved))

    def flush(self, timeout: float | None = None) -> bool:
        """Try at once to save what is left. Return False when that fails, or the time (s) is over."""
        return self._writer.flush(timeout) and not self._saving.unsaved

    def close(self, timeout: float | None = None) -> bool:
        """Save what is left and let go of the data folder.

        Return False where something could not be saved and is lost; ask ``flush`` before.
        """
        saved = self._writer.close(timeout)
        self._store.close()
        return saved

    def backup(self, out: Path | None = None, reason: Reason = "backup") -> Path:
        """Write a verified copy of everything done so far; return where. May be called from any thread."""
        if self.flush() and self._store.logged:  # typing goes on being saved while the copy is made
            with self.reader() as store:
                return store.backup(out, reason)
        return self._writer.run(lambda store: store.backup(out, reason))

    def pack(self, out: Path) -> Path:
        """Write everything of the data folder into a 迁移包. May be called from any thread."""
        return self._writer.run(lambda store: write_pack(store, out))

    def states(self) -> Mapping[int, str]:
        """Return the saved state of every project outside the bin, by its number; another one tells of a change.

        May be called from any thread; raises RuntimeError where the session is being closed.
        """
        return self._writer.run(lambda store: store.states())

    def saved(self, numbers: Iterable[int]) -> Mapping[int, Project]:
        """Return saved projects by their numbers; those that cannot be read are left out. As ``states``."""
        wanted = tuple(numbers)
        return self._writer.run(lambda store: store.load_many(wanted))

    def restore_from(self, file: Path) -> Path | None:
        """Go back to a backup; return the path of the copy made of what was there. No project is open then.

        Raises StoreError where the backup cannot be used; everything is then as it was.
        """
        if not self.flush():
            raise StoreError(Kind.DISK, self.save_state.sentence)
        folder, clock = self._store.path.parent, self._store.now
        self._writer.close()
        lock = self._store.leave()  # a window that is begun meanwhile must not take the folder
        try:
            kept = restored(folder, file, clock, lock)
        finally:
            self._reopen(folder, clock, lock)
        self._desks, self._settings, self._views, self._listed = {}, None, {}, {}
        self.leave()
        self._notify(ListChanged())
        return kept

    def _reopen(self, folder: Path, clock: Callable[[], datetime], lock: FolderLock | None) -> None:
        """Open the data again; what holds them for a moment (a scanner of viruses) is waited for."""
        for seconds in (*REOPENING, None):
            try:
                self._store = Store.open(folder, clock=clock, lock=lock)
                break
            except StoreError as error:
                if seconds is None:
                    if lock is not None:
                        lock.close()
                    self._on_failed(error)  # told for as long as the window stands
                    raise
                time.sleep(seconds)
        self._writer = self._new_writer()

    def _new_writer(self) -> Writer:
        return Writer(self._store, on_saved=self._on_saved, on_failed=self._on_failed, retries=self._retries)

    def _on_saved(self, project_id: int | None, _head: int | None, at: datetime) -> None:
        self._saving.saved(project_id, at)
        self._notify(SaveStateChanged())

    def _on_failed(self, error: Exception) -> None:
        self._saving.failed(error)
        self._notify(SaveStateChanged())

    # ---------------------------------------------------------------- what the window keeps

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a setting, a JSON value; the default where it was never set."""
        return self._read_settings().get(key, default)

    def _read_settings(self) -> dict[str, Any]:
        """All settings, read once: a database that another program holds for a while keeps nobody from the window."""
        if self._settings is None:
            self._settings = self._store.settings()
        return self._settings

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a setting, a JSON value."""
        self._read_settings()[key] = value
        self._writer.set_setting(key, value)

    def view(self, project_id: int) -> Mapping[str, Any]:
        """Return how a project was last looked at: whatever ``set_view`` was given."""
        if project_id not in self._views:
            self._views[project_id] = self._store.view(project_id)
        return self._views[project_id]

    def set_view(self, project_id: int, state: Mapping[str, Any]) -> None:
        """Keep how a project is looked at (tab, scroll, zoom …); JSON values."""
        self._views[project_id] = dict(state)
        self._writer.set_view(project_id, state)


def restored(
    folder: Path, file: Path, clock: Callable[[], datetime] = local_now, lock: FolderLock | None = None
) -> Path | None:
    """Restore a backup or, by its ending, a 迁移包; no other may use the data folder, whose lock may be given."""
    if file.suffix.lower() == PACK:
        return read_pack(folder, file, clock=clock, lock=lock)
    return Store.restore_from(folder, file, clock=clock, lock=lock)


def _renaming(project: Project, name: str) -> Edit:
    """Return the edit that writes 项目名称 into all forms of a project."""
    puts = tuple(Put((kind, "fields", "项目名称"), form.fields.get("项目名称"), name) for kind, form in project.forms)
    return Edit(text("session.rename"), puts)
