"""Who is asked while an indicator is typed: looks things up on a thread of its own, and keeps them up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.presenters.completing import Answer, Offer, Wanted
from desktop.presenters.own_library import SETTING, OwnRow, added, read_own, to_setting
from desktop.presenters.session import Session
from desktop.ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from desktop.presenters.lookup import Lookup
    from forms.documents import Project
    from forms.library import LibraryRow

SLICE_SECONDS = 0.02
"""Projects are entered for so long at a time: a question waits no longer."""


class Librarian(QObject):
    """Starts when something is first asked. All that takes time runs on its thread."""

    own_changed = Signal()

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._lookup: Lookup | None = None
        self._begun = False
        self.jobs = Jobs("library", self)
        self.jobs.at_end = self._let_go

    # ---------------------------------------------------------------- asking

    def ask(self, wanted: Wanted, answer: Answer) -> None:
        """Find offers for a text that is being typed; of several questions only the last is answered."""
        self.begin()

        def work(_job: Job) -> list[Offer]:
            return self._ready().offers(wanted)

        self.jobs.submit("ask", work, answer)

    def ask_usual(self, wanted: Wanted, answer: Callable[[str], None]) -> None:
        """Find the usual value of the name of a row."""
        self.begin()
        self.jobs.submit("usual", lambda _job: self._ready().usual(wanted), answer)

    def read_shipped(self, answer: Callable[[Sequence[LibraryRow]], None]) -> None:
        """Read the shipped library."""
        self.jobs.submit("shipped", lambda _job: self._ready().library.rows, answer)

    # ---------------------------------------------------------------- keeping up to date

    def begin(self) -> None:
        """Load what is needed and compare it with the projects, once."""
        if not self._begun:
            self._begun = True
            self.compare()

    def compare(self) -> None:
        """Enter what has changed on disk, a little at a time between questions."""
        if not self._begun:
            return
        session, own = self._session, self.own

        def work(_job: Job) -> None:
            try:
                states = session.data.states()
            except RuntimeError:  # the session is being closed, or opened anew
                return
            self._ready().compare(states, own)

        self.jobs.submit("compare", work, lambda _nothing: self._go_on())

    def _go_on(self) -> None:
        session = self._session

        def work(_job: Job) -> bool:
            try:
                return self._ready().go_on(session.data.saved, SLICE_SECONDS)
            except RuntimeError:  # as above
                return False

        self.jobs.submit("enter", work, lambda more: self._go_on() if more else None)

    def learn(self, number: int, project: Project) -> None:
        """Take in a project as it has just become."""
        if self._begun:
            self.jobs.submit(
                f"learn {number}", lambda _job: self._ready().learn(number, project), lambda _nothing: None
            )

    def close(self) -> None:
        """End the thread."""
        self.jobs.close()

    def _ready(self) -> Lookup:
        """The lookup, loaded on the thread of the jobs."""
        if self._lookup is None:
            from desktop.presenters.lookup import Lookup

            self._lookup = Lookup(self._folder)
        return self._lookup

    def _let_go(self) -> None:
        if self._lookup is not None:
            self._lookup.close()
            self._lookup = None

    # ---------------------------------------------------------------- 本单位指标库

    @property
    def own(self) -> tuple[OwnRow, ...]:
        """The unit's own library."""
        return read_own(self._session.kept.setting(SETTING))

    def add_own(self, rows: Sequence[OwnRow]) -> None:
        """Add rows to the unit's own library."""
        self.set_own(added(self.own, rows))

    def set_own(self, rows: Sequence[OwnRow]) -> None:
        """Have another library of the unit's own."""
        self._session.kept.set_setting(SETTING, to_setting(rows))
        self.own_changed.emit()
        self.compare()
