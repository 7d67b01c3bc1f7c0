"""The session as Qt sees it: events as signals in the window's thread, findings after every change."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.presenters.events import Changed, Event, FinalChanged, ListChanged, Opened
from desktop.presenters.findings import Worst, worst
from desktop.presenters.freezing import FinalCopy, standing_line
from desktop.presenters.review import Review, review
from desktop.presenters.rule_book import SETTING, read_switches
from desktop.presenters.safekeeping import Safekeeping
from desktop.presenters.session import Session
from desktop.presenters.trouble import StoreError
from desktop.presenters.whole_check import Whole, check_whole
from desktop.texts import text
from desktop.ui.gathering import gather
from desktop.ui.jobs import Job, Jobs
from desktop.ui.librarian import Librarian
from desktop.ui.looks import Look, Looks
from desktop.ui.print_choice import PrintChoice
from forms.check_code import check_code
from forms.documents import Project, format_path
from forms.edits import Edit

if TYPE_CHECKING:
    from forms.checks import Finding
    from forms.printing.options import FaceFile, Role

QUICK_CHECK_MS = 150
"""A check that takes no longer is made after every change …"""
PAINTED_MS = 10
"""… once the window shows the change: what runs beside it would make the painting wait."""
LONGEST_REST_MS = 1500


MARKED = 500
"""So many projects are checked by themselves, for their marks in the list."""


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
    checked = Signal()
    """``findings`` are those of the project as it is."""
    marked = Signal()
    """``marks`` of the list of projects changed."""
    whole_checked = Signal()
    """``whole`` is a new check of all projects."""
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
        self.review = Review()
        self.is_checked = False
        """Whether the open project was checked at all."""
        self.standing = ""
        """How the open project stands to its final copies, in words; nothing while that is not known."""
        self.marks: dict[int, Worst] = {}
        self.whole = Whole()
        """The last check of all projects; it follows the edits of the open one."""
        self.switches = read_switches(session.kept.setting(SETTING))
        """Rules that the clerk switched on or off."""
        self._copies: list[FinalCopy] = []
        self._unmarked: deque[int] = deque()
        self._unindexed = True
        self._closed = False
        self.safe = Safekeeping(session, folder)
        self._looks = Looks()
        self.look: Callable[[], Look | None] = lambda: None
        """Tells how the form looks now; the window says how …"""
        self.restore: Callable[[Look], bool] = lambda _look: False
        """… and brings a look back, where that can be."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.check)
        self._check_ms = 0
        """How long the last check took."""
        self.jobs = Jobs("desk", self)
        self.paper_jobs = Jobs("paper", self)
        self.long_jobs = Jobs("long", self)
        """What takes its time and must hold up neither checks nor paper."""
        self.asking = Jobs("asking", self)
        """Questions to printers and folders, of which some never answer."""
        self.librarian = Librarian(session, folder, self)
        self._event.connect(self._on_event)
        self._ignore = session.observe(self._event.emit)
        self.print_choice = PrintChoice(session.kept, self.jobs, self)
        self.print_choice.faced.connect(self._check_by_faces)
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
    def findings(self) -> Sequence[Finding]:
        """What was found in the open project and is not confirmed."""
        return self.review.open

    @property
    def this_year(self) -> int:
        """The year by the computer's clock."""
        return datetime.now().astimezone().year

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

    @property
    def is_checking(self) -> bool:
        """Whether findings are on their way, or wait for the clerk to rest."""
        return self._rest.isActive() or not self.jobs.is_idle

    def _check_soon(self) -> None:
        """Check after a change; what takes long only once the clerk rests: it would make the typing halt."""
        is_quick = self._check_ms < QUICK_CHECK_MS
        self._rest.start(PAINTED_MS if is_quick else min(self._check_ms, LONGEST_REST_MS))

    def check(self) -> None:
        """Check the open project, away from this thread."""
        self._rest.stop()
        project, number = self.project, self.session.project_id
        if project is None or number is None or not self.knows(project):
            return
        editions, switches, faces, copies = self.editions, self.switches, self.faces, self._copies

        def work(_job: Job) -> tuple[Review, str, float]:
            begun = time.monotonic()
            found = review(project, editions, switches, faces)
            return found, standing_line(copies, check_code(project)), time.monotonic() - begun

        def done(found: tuple[Review, str, float]) -> None:
            self._check_ms = round(found[2] * 1000)
            if self.session.project_id == number:
                self.review, self.standing, _ = found
                self.is_checked = True
                self.whole = self.whole.renewed(number, project, self.review)
                self.checked.emit()
                self._mark(number, worst(self.findings))

        self.jobs.submit("check", work, done)

    def check_whole(self, numbers: Sequence[int], told: Callable[[Whole], None]) -> None:
        """Check projects by themselves and together, away from this thread, and tell what it came to."""
        editions, switches, faces = self.editions, self.switches, self.faces
        at = datetime.now().astimezone()

        def done(found: Whole) -> None:
            self.whole = found
            for one in found.projects:
                self.marks[one.number] = worst(one.review.open)
            self.marked.emit()
            self.whole_checked.emit()
            self.check()  # the open project may have changed meanwhile
            told(found)

        def submit(projects: dict[int, Project]) -> None:
            self.long_jobs.submit(
                "whole",
                lambda job: check_whole(projects, editions, switches, job.report, at, faces=faces),
                done,
                label=text("checking.checking"),
            )

        gather(self, numbers, submit)

    def switch_rules(self, switches: Mapping[str, bool]) -> None:
        """Have other rules run from now on, and check everything by them."""
        self.session.kept.set_setting(SETTING, read_switches(dict(switches)))
        self.check_anew()
        self.check()

    @property
    def faces(self) -> Mapping[Role, FaceFile]:
        """What is printed with, where the clerk chose faces of this computer."""
        return self.print_choice.faces

    def _check_by_faces(self) -> None:
        self.check_anew()
        self.check()

    def anew(self) -> None:
        """Look at all projects and settings anew: others are there now."""
        self.safe = Safekeeping(self.session, self.folder)
        self.check_anew()
        self.print_choice.read()

    def check_anew(self) -> None:
        """Check everything again by the rules that are switched on now."""
        self.switches = read_switches(self.session.kept.setting(SETTING))
        self.whole = Whole()
        self.marks.clear()
        self.marked.emit()
        self.whole_checked.emit()
        self.mark_all()

    def knows(self, project: Project) -> bool:
        """Whether the editions of a project's forms are at hand; without them it is neither checked nor printed."""
        return all(form.edition in self.editions for _, form in project.forms)

    def mark_all(self) -> None:
        """Check the projects whose mark is not known, one by one while there is nothing else to do."""
        rows = self.session.rows()
        # Of very many the clerk looks at few: those are checked when they are opened, all when that is asked for.
        wanted = rows if len(rows) <= MARKED else []
        self._unmarked = deque(row.id for row in wanted if row.id not in self.marks)
        self._mark_next()

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

    def _mark_next(self) -> None:
        while self._unmarked and self._unmarked[0] in self.marks:
            self._unmarked.popleft()
        if not self._unmarked:
            return
        number, editions, switches, faces = self._unmarked.popleft(), self.editions, self.switches, self.faces
        try:
            project = self.project_of(number)
        except StoreError:  # gone meanwhile, or damaged: opening it will say so
            project = None
        if project is None or not self.knows(project):
            QTimer.singleShot(0, self, self._mark_next)
            return

        def work(_job: Job) -> Worst:
            return worst(review(project, editions, switches, faces).open)

        def done(found: Worst) -> None:
            self._mark(number, found)
            self._mark_next()

        self.jobs.submit("mark", work, done)

    def close(self) -> None:
        """Stop all work; the session stays open. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        self._rest.stop()
        self._ignore()
        self.jobs.close()
        self.long_jobs.close()
        self.paper_jobs.close()
        self.asking.close()
        self.librarian.close()

    def _mark(self, number: int, found: Worst) -> None:
        if self.marks.get(number) != found:
            self.marks[number] = found
            self.marked.emit()

    def _lead_to(self, edit: Edit, look: Look | None) -> None:
        if edit.changes and not (look is not None and self.restore(look)):
            self.wanted.emit(format_path(edit.changes[0].path))

    def _on_event(self, event: Event) -> None:
        if isinstance(event, Opened):
            self.review, self.standing = Review(), ""
            self._copies = [] if event.project_id is None else self.session.final_copies(event.project_id)
            self.is_checked = False
            self.opened.emit()
            self.check()
        elif isinstance(event, Changed):
            self.whole = self.whole.changed(event.project_id)
            self.librarian.learn(event.project_id, event.project)
            self._unindexed = True
            if event.project_id == self.session.project_id:
                self.changed.emit()
                self._check_soon()
        elif isinstance(event, ListChanged):
            self._unindexed = True
            self.whole = self.whole.kept({row.id for row in self.session.rows()})
            self.librarian.compare()
            self.listed.emit()
            self.mark_all()
        elif isinstance(event, FinalChanged):
            if event.project_id == self.session.project_id:
                self._copies = self.session.final_copies(event.project_id)
                self.check()
        else:
            self.saving.emit()
