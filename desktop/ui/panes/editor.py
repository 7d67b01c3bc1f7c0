"""The pane in the middle: the open project's head line and the pages of its form, each made when first looked at."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabBar, QTabWidget, QVBoxLayout, QWidget

from desktop.presenters.findings import state, worst
from desktop.presenters.shell import Tab, head_line, tab_lines, tab_of, tabs
from desktop.texts import text
from desktop.ui.looks import Look
from desktop.ui.pages.page import HasLook, Page
from desktop.ui.panes.pages import Pages
from desktop.ui.theme import GRID
from desktop.ui.workbench import Workbench
from forms.documents import FormKind, Project


class EditorPane(QWidget):
    """Tabs of the form that is looked at; a project with two forms has a switch between them."""

    path_focused = Signal(str)
    said = Signal(str)
    """A sentence of a page for the clerk."""
    page_shown = Signal()
    """Another page is in sight, or another project on it."""
    brought_back = Signal()
    """What a step was made on is shown again."""
    library_wanted = Signal()
    copying_wanted = Signal(str, list)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._pages = Pages(bench, self)
        self._in_sight: Page | None = None
        self._path = ""
        """The place of the cursor."""
        bench.look, bench.restore = self.look, self.restore
        self._tabs: tuple[Tab, ...] = ()
        self._kinds: tuple[FormKind, ...] = ()
        self.name = QLabel(self)
        font = self.name.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.name.setFont(font)
        self.facts = QLabel(self)
        self.forms = QTabBar(self)
        self.forms.setDrawBase(False)
        self.forms.setAccessibleName(text("window.forms"))
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        head.setSpacing(3 * GRID)
        head.addWidget(self.name)
        head.addWidget(self.facts, 1)
        head.addWidget(self.forms)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)
        self._pages.focused.connect(self._focused)
        self._pages.passed.connect(lambda: self.step(1))
        self._pages.said.connect(self.said)
        self._pages.library_wanted.connect(self.library_wanted)
        self._pages.copying_wanted.connect(self.copying_wanted)
        self.tabs.currentChanged.connect(self._look)
        self.forms.currentChanged.connect(self._switch_form)
        bench.opened.connect(self._opened)
        bench.changed.connect(self._changed)
        bench.checking.checked.connect(self._checked)

    # ---------------------------------------------------------------- what is asked of it

    @property
    def tab(self) -> Tab | None:
        """The tab in sight."""
        at = self.tabs.currentIndex()
        return self._tabs[at] if 0 <= at < len(self._tabs) else None

    @property
    def page(self) -> Page | None:
        """The page in sight."""
        return self._pages.get(self.tab)

    @property
    def shown_pages(self) -> list[Page]:
        """The pages that show the open project, in sight or not."""
        return self._pages.shown

    def commit(self) -> None:
        """Hand over what is typed anywhere."""
        self._pages.commit()

    def go_to(self, path: str) -> bool:
        """Put the cursor into the field of a path, on whichever page it is."""
        project = self._bench.project
        if project is None:
            return False
        tab = tab_of(path)
        if tab is None:
            return False
        self._show_form(tab.form)
        if tab not in self._tabs:
            return False
        self.tabs.setCurrentIndex(self._tabs.index(tab))
        page = self.page
        return page is not None and page.focus_path(path)

    def look(self) -> Look | None:
        """How the form looks now, for ``restore``."""
        tab, page = self.tab, self.page
        if tab is None or page is None:
            return None
        return Look(tab, self._path, page.look() if isinstance(page, HasLook) else None)

    def restore(self, look: Look) -> bool:
        """Show the form as it looked then; False where that cannot be."""
        tab = look.tab
        self._show_form(tab.form)
        if tab not in self._tabs:
            return False
        self.brought_back.emit()
        self.tabs.setCurrentIndex(self._tabs.index(tab))
        page = self.page
        if page is not None and isinstance(page, HasLook):
            cast(QWidget, page).setFocus()
            return page.restore(look.page)
        return page is not None and bool(look.path) and page.focus_path(look.path)

    def _focused(self, path: str) -> None:
        self._path = path
        self.path_focused.emit(path)

    def show_tab(self, name: str, form: str = "") -> None:
        """Show a tab by its name (and form), as kept from an earlier time."""
        wanted = form or self.form
        tab = next((one for one in self._all_tabs() if (one.name, one.form) == (name, wanted)), None)
        if tab is not None:
            self._show_form(tab.form)
            self.tabs.setCurrentIndex(self._tabs.index(tab))

    def rebuild(self) -> None:
        """Make the pages anew, as after a change of colours or text size."""
        self.commit()
        tabs, at, self._tabs = self._tabs, self.tabs.currentIndex(), ()
        pages = self._pages.let_go()
        self._set_tabs(tabs)
        for page in pages:
            page.deleteLater()
        self.tabs.setCurrentIndex(at)
        self._look()

    def step(self, by: int) -> None:
        """Show the tab after (1) or before (-1), round and round."""
        if self._tabs:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._tabs))
            self.take_cursor()

    def take_cursor(self) -> None:
        """Have the cursor on the page in sight."""
        if self.page is not None:
            cast(QWidget, self.page).setFocus()

    # ---------------------------------------------------------------- showing

    def _all_tabs(self) -> tuple[Tab, ...]:
        project = self._bench.project
        return () if project is None else tuple(tab for kind, _ in project.forms for tab in tabs(project, kind))

    def _opened(self) -> None:
        self._pages.note_project()
        project = self._bench.project
        if project is None:
            self._set_tabs(())
            return
        first = project.forms[0][0] if project.forms else "declaration"
        self._show_forms(project, first)
        self._show_head()
        self._look()

    def _show_forms(self, project: Project, shown: FormKind) -> None:
        """Show which forms the project has, and the tabs of one of them."""
        kinds = tuple(kind for kind, _ in project.forms)
        self.forms.blockSignals(True)  # noqa: FBT003 - Qt's own name
        while self.forms.count():
            self.forms.removeTab(0)
        for kind in kinds:
            self.forms.addTab(text(f"window.form_{kind}"))
        if shown in kinds:
            self.forms.setCurrentIndex(kinds.index(shown))
        self.forms.blockSignals(False)  # noqa: FBT003 - Qt's own name
        self.forms.setVisible(len(kinds) > 1)
        self._kinds = kinds
        self._set_tabs(tabs(project, shown))

    def _changed(self) -> None:
        self._pages.note_change()
        project = self._bench.project
        if project is not None and tuple(kind for kind, _ in project.forms) != self._kinds:
            kinds = [kind for kind, _ in project.forms]
            self._show_forms(project, self.form if self.form in kinds or not kinds else kinds[0])
        self._show_head()
        self._look()

    def _checked(self) -> None:
        self._changed()
        self._name_tabs()

    def _name_tabs(self) -> None:
        for at, words in enumerate(tab_lines(self._tabs, self._bench.checking.review.marks)):
            if words != self.tabs.tabText(at):  # Qt would lay the bar out anew
                self.tabs.setTabText(at, words)

    def _show_head(self) -> None:
        project = self._bench.project
        if project is not None:
            self.name.setText(project.name or text("window.unnamed"))
            found = worst(self._bench.checking.findings) if self._bench.checking.is_checked else None
            head = head_line(project, self.form, self._bench.editions)
            line = text("window.head_state", head=head, state=state(found))
            self.facts.setText(" · ".join(part for part in (line, self._bench.checking.standing) if part))

    @property
    def form(self) -> FormKind:
        """The form looked at."""
        return self._tabs[0].form if self._tabs else "declaration"

    def _set_tabs(self, wanted: tuple[Tab, ...]) -> None:
        if wanted == self._tabs:
            return
        at = self.tabs.currentIndex()
        self.tabs.blockSignals(True)  # noqa: FBT003 - Qt's own name
        while self.tabs.count():
            self._take_out(0)
        for tab in wanted:
            self.tabs.addTab(self._holder(tab), "")
        self._tabs = wanted
        self._name_tabs()
        self.tabs.setCurrentIndex(max(0, min(at, len(wanted) - 1)))
        self.tabs.blockSignals(False)  # noqa: FBT003 - Qt's own name

    def _take_out(self, at: int) -> None:
        """Remove a tab; a page that was made is kept for the next time."""
        widget = self.tabs.widget(at)
        self.tabs.removeTab(at)
        if widget is not None and not self._pages.holds(widget):
            widget.deleteLater()

    def _holder(self, tab: Tab) -> QWidget:
        """An empty page, or the one made earlier."""
        page = self._pages.get(tab)
        return QWidget() if page is None else cast(QWidget, page)

    def _look(self) -> None:
        """Make or bring up to date the page in sight."""
        tab, project = self.tab, self._bench.project
        if tab is None or project is None:
            return
        page = self._pages.get(tab)
        if page is None:
            page = self._pages.make(tab)
            at = self.tabs.currentIndex()
            words = self.tabs.tabText(at)
            self.tabs.blockSignals(True)  # noqa: FBT003 - Qt's own name
            self._take_out(at)
            self.tabs.insertTab(at, cast(QWidget, page), words)
            self.tabs.setCurrentIndex(at)
            self.tabs.blockSignals(False)  # noqa: FBT003 - Qt's own name
        is_new = self._pages.show(tab, project)
        if is_new or page is not self._in_sight:
            self._in_sight = page
            self.page_shown.emit()

    def _switch_form(self, at: int) -> None:
        project = self._bench.project
        if project is not None and 0 <= at < len(project.forms):
            self._set_tabs(tabs(project, project.forms[at][0]))
            self._show_head()
            self._look()

    def _show_form(self, form: FormKind) -> None:
        project = self._bench.project
        kinds = [] if project is None else [kind for kind, _ in project.forms]
        if form in kinds and form != self.form:
            self.forms.setCurrentIndex(kinds.index(form))
