"""The clerk's session: the list of projects, the open one, its undo and redo; and what they stand on.

Editing happens in memory at once; a writer thread saves it. What the session tells its observers are small
values; ``SaveStateChanged`` also comes from the writer's thread, so a window brings all of them into its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from desktop.presenters.desk import Desk
from desktop.presenters.events import Changed, Event, ListChanged, Opened, SaveState, SaveStateChanged
from desktop.presenters.finals import Finals
from desktop.presenters.kept import Kept
from desktop.presenters.open_data import OpenData
from desktop.presenters.project_rows import ProjectRows
from desktop.store import ProjectRow, Step, Store, StoreError
from desktop.store.rows import listing
from desktop.store.writer import RETRIES
from desktop.texts import text
from forms.blank import blank_project
from forms.documents import Project
from forms.edition import Edition
from forms.edits import Edit, Put

Observer: TypeAlias = Callable[[Event], None]


class Session:
    """The open data, and the project open in them. All methods belong to one thread, unless they say otherwise.

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
        self._timer = timer
        self._observers: list[Observer] = []
        self._desks: dict[int, Desk] = {}
        self._current: Desk | None = None
        self.data = OpenData(store, lambda: self._notify(SaveStateChanged()), retries)
        self.kept = Kept(self.data)
        self.finals = Finals(self.data, self.peek, self._notify)
        self._rows = ProjectRows(self.data, editions)

    def look(self) -> None:
        """Read what a window shows first. Raises StoreError where that is damaged, before the window stands."""
        self.rows()
        self.kept.settings()
        self.finals.copies()

    # ---------------------------------------------------------------- observers

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Tell an observer of every event from now on; the returned function ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def _notify(self, event: Event) -> None:
        for observer in tuple(self._observers):
            observer(event)

    # ---------------------------------------------------------------- the list of projects

    def rows(self, *, recycled: bool = False) -> list[ProjectRow]:
        """Return the list of projects as it is, with what is not yet saved."""
        return self._rows.all(self._desks.values(), recycled=recycled)

    def find(self, words: str) -> frozenset[int] | None:
        """Return the numbers of the projects that contain all words anywhere; None where there is nothing to find.

        What was changed since ``data.index`` is not found by what it says now.
        """
        try:
            return self.data.store.find(words)
        except StoreError:  # the index is locked or damaged: the list is there all the same
            return None

    def new_project(self, edition: Edition, year: int, unit: str) -> int:
        """Make a project with a blank form; return its number."""
        return self.add([blank_project(edition, year, unit)])[0]

    def add(self, projects: Iterable[Project]) -> list[int]:
        """Take in projects, all or none, as an import does; return their numbers."""
        taken = tuple(projects)
        ids = self.data.writer.run(lambda store: store.create_many(taken))
        self._rows.forget()
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
        self.data.writer.run(lambda store: store.recycle(gone))
        self._drop(gone)

    def restore(self, ids: Iterable[int]) -> None:
        """Take projects out of the recycle bin."""
        back = tuple(ids)
        self.data.writer.run(lambda store: store.restore(back))
        self._rows.forget()
        self._notify(ListChanged())

    def purge(self, ids: Iterable[int]) -> None:
        """Delete projects for good, with their history."""
        gone = tuple(ids)
        self.data.writer.run(lambda store: store.purge(gone))
        self._drop(gone)

    def _drop(self, ids: tuple[int, ...]) -> None:
        self._rows.forget()
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
        self.kept.view(project_id)  # so that nothing need be read of it while another program holds the file
        self._notify(Opened(project_id, self._current.project))
        return self._current.project

    def peek(self, project_id: int) -> Project:
        """Return a project as it is now, without opening it."""
        return self._desk(project_id).project

    def knows(self, project: Project) -> bool:
        """Whether the editions of a project's forms are at hand; without them it is neither checked nor printed."""
        return all(form.edition in self.editions for _, form in project.forms)

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
        step = desk.step(desk.head, self.data.store.step)
        return None if step is None else self._move(desk, step.inverse(), desk.head - 1)

    def redo(self) -> Edit | None:
        """Do again what was undone last; return the edit, None where there is none."""
        desk = self._open_desk()
        step = desk.step(desk.head + 1, self.data.store.step)
        return None if step is None else self._move(desk, step, desk.head + 1)

    def history(self, project_id: int) -> list[Step]:
        """Return the saved steps of a project, oldest first."""
        return self.data.store.history(project_id)

    # ---------------------------------------------------------------- helpers

    def _open_desk(self) -> Desk:
        if self._current is None:
            raise RuntimeError("no project is open")
        return self._current

    def _desk(self, project_id: int) -> Desk:
        """Return a project from memory where it holds more than the disk does, else from the disk."""
        busy = self.data.saving.unsaved
        self._desks = {one.id: one for one in self._desks.values() if one.id in busy or one is self._current}
        if project_id not in self._desks:
            stored = self.data.store.load(project_id)
            names = {step.seq: step.name for step in self.data.store.history(project_id)}
            self._desks[project_id] = Desk(project_id, stored.project, stored.head, names)
        return self._desks[project_id]

    def _do(self, desk: Desk, edit: Edit, *, merge: bool) -> None:
        if edit.is_empty:
            return
        before, writer = desk.project, self.data.writer  # asked first: it may be away, and then nothing is changed
        saved = desk.do(edit, merge=merge, now=self._timer())
        self.data.saving.begun(desk.id)
        writer.append(desk.id, saved.edit, saved.head, merge=saved.merge)
        self._tell(desk, edit, before)

    def _move(self, desk: Desk, edit: Edit, head: int) -> Edit:
        before, writer = desk.project, self.data.writer
        desk.move(edit, head)
        self.data.saving.begun(desk.id)
        writer.move(desk.id, head)
        self._tell(desk, edit, before)
        return edit

    def _tell(self, desk: Desk, edit: Edit, before: Project) -> None:
        self._rows.renew(desk)
        self._notify(Changed(desk.id, edit, desk.project))
        if listing(before, self.editions) != listing(desk.project, self.editions):
            self._notify(ListChanged())
        self._notify(SaveStateChanged())

    # ---------------------------------------------------------------- saving

    @property
    def save_state(self) -> SaveState:
        """Whether everything is on disk."""
        return self.data.saving.state

    @property
    def unsaved(self) -> tuple[Project, ...]:
        """Projects of which something is not saved yet, as they are now: what ``close`` would lose."""
        return tuple(self._desks[one].project for one in sorted(self.data.saving.unsaved))

    def flush(self, timeout: float | None = None) -> bool:
        """Try at once to save what is left. Return False when that fails, or the time (s) is over."""
        return self.data.flush(timeout)

    def close(self, timeout: float | None = None) -> bool:
        """Save what is left and let go of the data folder.

        Return False where something could not be saved and is lost; ask ``flush`` before.
        """
        return self.data.close(timeout)

    def go_on(self, *, with_others: bool) -> None:
        """Go on after the data were lent; ``with_others``: with those of a backup, of which none is open yet."""
        self.data.resume()
        if with_others:
            self._desks = {}
            self._rows.forget()
            self.kept.forget()
        if with_others or self.data.is_away:
            self.leave()
            self._notify(ListChanged())


def _renaming(project: Project, name: str) -> Edit:
    """Return the edit that writes 项目名称 into all forms of a project."""
    puts = tuple(Put((kind, "fields", "项目名称"), form.fields.get("项目名称"), name) for kind, form in project.forms)
    return Edit(text("session.rename"), puts)
