"""The pages of the forms: each made when first looked at, kept, and brought up to date when it is in sight."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.presenters.shell import Tab
from desktop.ui.pages.form_page import FormPage
from desktop.ui.pages.narrative import NarrativePage
from desktop.ui.pages.page import Page, Sketches
from desktop.ui.workbench import Workbench
from forms.documents import Project


class Pages(QObject):
    """A page serves all projects; what each shows is told by counting the changes."""

    focused = Signal(str)
    """The place that has the cursor."""
    passed = Signal()
    """Enter was pressed in the last field of a page."""
    said = Signal(str)
    """A sentence of a page for the clerk."""
    library_wanted = Signal()
    copying_wanted = Signal(str, list)

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._made: dict[Tab, Page] = {}
        self._shown: dict[Tab, int] = {}
        """Which change each page shows; those out of sight are brought up to date when looked at."""
        self._version = 0

    def get(self, tab: Tab | None) -> Page | None:
        """Return the page of a tab where it was made."""
        return None if tab is None else self._made.get(tab)

    def holds(self, widget: QWidget) -> bool:
        """Whether a widget is a page, and not what stands in for one that was not looked at."""
        return any(cast(QWidget, page) is widget for page in self._made.values())

    @property
    def shown(self) -> list[Page]:
        """The pages that show the open project, in sight or not."""
        return [page for tab, page in self._made.items() if tab in self._shown]

    def commit(self) -> None:
        """Hand over what is typed anywhere."""
        for page in tuple(self._made.values()):
            page.commit()

    def note_change(self) -> None:
        """What the pages show is of before now."""
        self._version += 1

    def note_project(self) -> None:
        """Another project is open: no page shows it."""
        self._version += 1
        self._shown.clear()

    def let_go(self) -> list[QWidget]:
        """Have none any more; return those that were."""
        gone = [cast(QWidget, page) for page in self._made.values()]
        self._made, self._shown = {}, {}
        return gone

    def show(self, tab: Tab, project: Project) -> bool:
        """Bring the page of a tab up to date; return whether it did not show the project before."""
        page, seen, marks = self._made[tab], self._shown.get(tab), self._bench.checking.review.marks
        if seen is None:
            page.show_project(project, marks)
        elif seen != self._version:
            page.refresh(project, marks)
        self._shown[tab] = self._version
        return seen is None

    def _catch_up(self, tab: Tab) -> None:
        """Have a page out of sight show the open project as it is."""
        if self._bench.project is not None and tab in self._shown:
            self.show(tab, self._bench.project)

    def make(self, tab: Tab) -> Page:
        """Make the page of a tab."""
        page = self._made[tab] = self._of(tab)
        page.path_focused.connect(self.focused)
        page.edit_made.connect(self._bench.do)
        if isinstance(page, Sketches):
            page.sketched.connect(self._bench.sketch)
        return page

    def _of(self, tab: Tab) -> Page:
        if tab.name == "narrative":
            return NarrativePage()
        if tab.name != "indicators":
            form = FormPage(self._bench.editions, tab.form, tab.parts)
            form.passed.connect(self.passed)
            return form
        from desktop.ui.pages.indicators import IndicatorsPage

        bench = self._bench
        page = IndicatorsPage(bench.session, tab.form, librarian=bench.librarian, jobs=bench.jobs)
        bench.opened.connect(page.clipboard.forget)
        page.arriving.connect(lambda: self._catch_up(tab))
        page.said.connect(self.said)
        page.library_wanted.connect(self.library_wanted)
        page.copying_wanted.connect(self.copying_wanted)
        return cast(Page, page)
