"""What the rules find: in the open project after each change, in all projects for their marks, in all together."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.presenters.findings import Worst, worst
from desktop.presenters.freezing import FinalCopy, standing_line
from desktop.presenters.review import Review, review
from desktop.presenters.rule_book import SETTING, read_switches
from desktop.presenters.session import Session
from desktop.presenters.trouble import StoreError
from desktop.presenters.whole_check import Whole, check_whole
from desktop.texts import text
from desktop.ui.jobs import Job, Jobs
from desktop.ui.print_choice import PrintChoice
from forms.check_code import check_code
from forms.documents import Project

if TYPE_CHECKING:
    from forms.checks import Finding

QUICK_CHECK_MS = 150
"""A check that takes no longer is made after every change …"""
PAINTED_MS = 10
"""… once the window shows the change: what runs beside it would make the painting wait."""
LONGEST_REST_MS = 1500
MARKED = 500
"""So many projects are checked by themselves, for their marks in the list."""


class Checking(QObject):
    """Checks away from the window's thread; what it knows follows the edits."""

    checked = Signal()
    """``findings`` are those of the open project as it is."""
    marked = Signal()
    """``marks`` of the list of projects changed."""
    whole_checked = Signal()
    """``whole`` is a new check of all projects."""

    def __init__(
        self, session: Session, jobs: Jobs, long_jobs: Jobs, choice: PrintChoice, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._long_jobs, self._choice = session, jobs, long_jobs, choice
        self.review = Review()
        self.is_checked = False
        """Whether the open project was checked at all."""
        self._checked: Project | None = None
        """The document that was checked, by the rules as they are."""
        self.standing = ""
        """How the open project stands to its final copies, in words; nothing while that is not known."""
        self.marks: dict[int, Worst] = {}
        self.whole = Whole()
        """The last check of all projects; it follows the edits of the open one."""
        self.switches = read_switches(session.kept.setting(SETTING))
        """Rules that the clerk switched on or off."""
        self._copies: list[FinalCopy] = []
        self._unmarked: deque[int] = deque()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.check)
        self._check_ms = 0
        """How long the last check took."""
        choice.faced.connect(self._follow_faces)

    def stop(self) -> None:
        """Begin no check by itself any more."""
        self._rest.stop()

    # ---------------------------------------------------------------- what happened

    def begin(self, number: int | None) -> None:
        """Another project is open, or none: nothing is known of it yet."""
        self.review, self.standing, self.is_checked, self._checked, self._copies = Review(), "", False, None, []
        if number is not None:
            self.read_copies(number)

    def read_copies(self, number: int) -> None:
        """Read the final copies of the open project, to which it stands in some way."""
        self._copies = self._session.finals.copies(number)

    def change(self, number: int) -> None:
        """Take note that a project changed."""
        self.whole = self.whole.changed(number)

    def keep(self) -> None:
        """Forget projects that are not in the list any more."""
        self.whole = self.whole.kept({row.id for row in self._session.rows()})

    def switch_rules(self, switches: Mapping[str, bool]) -> None:
        """Have other rules run from now on, and check everything by them."""
        self._session.kept.set_setting(SETTING, read_switches(dict(switches)))
        self.begin_anew()
        self.check()

    def _follow_faces(self) -> None:
        self.begin_anew()
        self.check()

    def begin_anew(self) -> None:
        """Check everything again by the rules that are switched on now."""
        self.switches = read_switches(self._session.kept.setting(SETTING))
        self.whole, self._checked = Whole(), None
        self.marks.clear()
        self.marked.emit()
        self.whole_checked.emit()
        self.mark_all()

    # ---------------------------------------------------------------- the open project

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found in the open project and is not confirmed."""
        return self.review.open

    @property
    def is_current(self) -> bool:
        """Whether ``findings`` are those of the open project as it is."""
        return self._checked is not None and self._checked is self._session.project

    @property
    def is_busy(self) -> bool:
        """Whether findings are on their way, or wait for the clerk to rest."""
        return self._rest.isActive() or not self._jobs.is_idle

    def check_soon(self) -> None:
        """Check after a change; what takes long only once the clerk rests: it would make the typing halt."""
        is_quick = self._check_ms < QUICK_CHECK_MS
        self._rest.start(PAINTED_MS if is_quick else min(self._check_ms, LONGEST_REST_MS))

    def check(self) -> None:
        """Check the open project, away from this thread."""
        self._rest.stop()
        project, number = self._session.project, self._session.project_id
        if project is None or number is None or not self._session.knows(project):
            return
        editions, switches, faces, copies = self._session.editions, self.switches, self._choice.faces, self._copies

        def work(_job: Job) -> tuple[Review, str, float]:
            begun = time.monotonic()
            found = review(project, editions, switches, faces)
            return found, standing_line(copies, check_code(project)), time.monotonic() - begun

        def done(found: tuple[Review, str, float]) -> None:
            self._check_ms = round(found[2] * 1000)
            if self._session.project_id == number:
                self.review, self.standing, _ = found
                self.is_checked, self._checked = True, project
                self.whole = self.whole.renewed(number, project, self.review)
                self.checked.emit()
                self._mark(number, worst(self.findings))

        self._jobs.submit("check", work, done)

    # ---------------------------------------------------------------- all projects

    def mark_all(self) -> None:
        """Check the projects whose mark is not known, one by one while there is nothing else to do."""
        rows = self._session.rows()
        # Of very many the clerk looks at few: those are checked when they are opened, all when that is asked for.
        wanted = rows if len(rows) <= MARKED else []
        self._unmarked = deque(row.id for row in wanted if row.id not in self.marks)
        self._mark_next()

    def _mark_next(self) -> None:
        while self._unmarked and self._unmarked[0] in self.marks:
            self._unmarked.popleft()
        if not self._unmarked:
            return
        number, editions, switches, faces = (
            self._unmarked.popleft(),
            self._session.editions,
            self.switches,
            self._choice.faces,
        )
        try:
            project = self._session.peek(number)
        except StoreError:  # gone meanwhile, or damaged: opening it will say so
            project = None
        if project is None or not self._session.knows(project):
            QTimer.singleShot(0, self, self._mark_next)
            return

        def work(_job: Job) -> Worst:
            return worst(review(project, editions, switches, faces).open)

        def done(found: Worst) -> None:
            self._mark(number, found)
            self._mark_next()

        self._jobs.submit("mark", work, done)

    def _mark(self, number: int, found: Worst) -> None:
        if self.marks.get(number) != found:
            self.marks[number] = found
            self.marked.emit()

    def check_whole(self, projects: Mapping[int, Project], told: Callable[[Whole], None]) -> None:
        """Check projects by themselves and together, and tell what it came to."""
        editions, switches, faces = self._session.editions, self.switches, self._choice.faces
        at = datetime.now().astimezone()

        def done(found: Whole) -> None:
            self.whole = found
            for one in found.projects:
                self.marks[one.number] = worst(one.review.open)
            self.marked.emit()
            self.whole_checked.emit()
            self.check()  # the open project may have changed meanwhile
            told(found)

        self._long_jobs.submit(
            "whole",
            lambda job: check_whole(projects, editions, switches, job.report, at, faces=faces),
            done,
            label=text("checking.checking"),
        )
