"""The session as Qt sees it: events as signals in the window's thread, and all work that runs aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.presenters.events import Changed, Event, FinalChanged, ListChanged, Opened
from desktop.presenters.safekeeping import Safekeeping
from desktop.presenters.session import Session
from desktop.ui.checking import Checking
from desktop.ui.jobs import Job, Jobs
from desktop.ui.librarian import Librarian
from desktop.ui.looks import Look, Looks
from desktop.ui.print_choice import PrintChoice
from desktop.ui.soon import Soon
from forms.documents import Project, format_path
from forms.edits import Edit


class Workbench(QObject):
    """What all panes share. It shows nothing; every change of a document goes through it to the session."""

    opened = Signal()
    """Another project is open, or none."""
    changed = Signal()
    """The open project changed."""
    sketched = Signal(object)
    """The open project as it would be with what is being typed; nothing of it is stored."""
    listed = Signal()
    """The list of projects changed."""
    saving = Signal()
    """Whether everything is saved changed: ask ``session.save_state``."""
    indexed = Signal()
    """Projects that had been changed can be found by what they say now."""
    wanted = Signal(str)
    """The cursor is to go to a place: after undo, redo, a click on a finding or on the paper."""
    _event = Signal(object)

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.folder = folder
        self.editions = session.editions
        self._unindexed = True
        self._closed = False
        self.safe = Safekeeping(session, folder)
        self._looks = Looks()
        self.look: Callable[[], Look | None] = lambda: None
        """Tells how the form looks now; the window says how …"""
        self.restore: Callable[[Look], bool] = lambda _look: False
        """… and brings a look back, where that can be."""
        self.jobs = Jobs("desk", self)
        self.check_jobs = Jobs("checks", self)
        """What follows the clerk by itself; what was asked for need not wait for it."""
        self.paper_jobs = Jobs("paper", self)
        self.long_jobs = Jobs("long", self)
        """What takes its time and must hold up neither checks nor paper."""
        self.asking = Jobs("asking", self)
        """Questions to printers and folders, of which some never answer."""
        self.soon = Soon(self.jobs, self)
        self.librarian = Librarian(session, folder, self)
        self._event.connect(self._on_event)
        self._ignore = session.observe(self._event.emit)
        self.print_choice = PrintChoice(session.kept, self.jobs, self)
        self.checking = Checking(session, self.check_jobs, self.long_jobs, self.print_choice, self)
        self.print_choice.read()

    # ---------------------------------------------------------------- the open project

    @property
    def project(self) -> Project | None:
        """The open project as it is now."""
        return self.session.project

    def project_of(self, number: int) -> Project:
        """Return any project as it is now."""
        return self.session.peek(number)

    @property
    def today(self) -> date:
        """The day by the computer's clock."""
        return datetime.now().astimezone().date()

    def do(self, edit: Edit) -> None:
        """Change the open project. Once the window is closed nothing is typed any more."""
        if not self._closed and not edit.is_empty:
            before = self.look()
            self.session.do(edit)
            self._looks.note(self.session.step, edit.name, before, self.look())

    def sketch(self, edit: Edit | None) -> None:
        """Have the open project shown on paper as an edit would make it."""
        if self.project is not None and not self._closed:
            self.sketched.emit(self.project if edit is None else edit.apply(self.project))

    def undo(self) -> None:
        """Take the last step back; what was chosen before it is chosen again."""
        step = self.session.step
        edit = self.session.undo()
        if edit is not None:
            self._lead_to(edit, self._looks.before(step, edit.name))

    def redo(self) -> None:
        """Do the step again; what was chosen after it is chosen again."""
        edit = self.session.redo()
        if edit is not None:
            self._lead_to(edit, self._looks.after(self.session.step, edit.name))

    def anew(self) -> None:
        """Look at all projects and settings anew: others are there now."""
        self.safe = Safekeeping(self.session, self.folder)
        self.checking.begin_anew()
        self.print_choice.read()

    def index(self) -> None:
        """Have changed projects entered into the index, away from this thread; ``indexed`` tells."""
        if not self._unindexed:
            return
        self._unindexed = False
        session = self.session

        def work(job: Job) -> None:
            while session.data.index() and job.report(0, 0):
                pass

        self.long_jobs.submit("index", work, lambda _nothing: self.indexed.emit())

    def close(self) -> None:
        """Stop all work; the session stays open. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        self.soon.stop()
        self.checking.stop()
        self._ignore()
        self.jobs.close()
        self.check_jobs.close()
        self.long_jobs.close()
        self.paper_jobs.close()
        self.asking.close()
        self.librarian.close()

    def _lead_to(self, edit: Edit, look: Look | None) -> None:
        if edit.changes and not (look is not None and self.restore(look)):
            self.wanted.emit(format_path(edit.changes[0].path))

    def _on_event(self, event: Event) -> None:
        checking = self.checking
        if isinstance(event, Opened):
            checking.begin(event.project_id)
            self.opened.emit()
            checking.check()
        elif isinstance(event, Changed):
            checking.change(event.project_id)
            self.librarian.learn(event.project_id, event.project)
            self._unindexed = True
            if event.project_id == self.session.project_id:
                self.changed.emit()
                checking.check_soon()
        elif isinstance(event, ListChanged):
            self._unindexed = True
            checking.keep()
            self.librarian.compare()
            self.listed.emit()
            checking.mark_all()
        elif isinstance(event, FinalChanged):
            if event.project_id == self.session.project_id:
                checking.read_copies(event.project_id)
                checking.check()
        else:
            self.saving.emit()
