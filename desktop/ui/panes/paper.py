"""The pane at the right: the very PDF of the open project, page by page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui.paper_source import Paper, PaperSource
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.paper_view import PaperView
from desktop.ui.workbench import Workbench
from forms.documents import Project

ZOOMS = (50, 75, 100, 125, 150, 200)


class PaperPane(QWidget):
    """Page turning, zoom, the pages; a click on a cell names its place."""

    place_wanted = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._path, self._bring = "", False
        self._scroll = 0
        self.source = PaperSource(bench.paper_jobs, bench.editions, self)
        self.view = PaperView(self)
        self.view.setAccessibleName(text("window.paper"))
        self.back = _button(text("window.page_back"), text("window.page_back_tip"), self)
        self.on = _button(text("window.page_on"), text("window.page_on_tip"), self)
        self.number = QLabel(self)
        self.zoom = QComboBox(self)
        self.zoom.setAccessibleName(text("window.zoom"))
        self.zoom.addItem(text("window.fit_width"), 0)
        for percent in ZOOMS:
            self.zoom.addItem(text("window.percent", percent=percent), percent)
        self.trouble = QLabel(self)
        self.trouble.setWordWrap(True)
        self.trouble.setVisible(False)
        self.trouble.setStyleSheet(f"color: {colours().error.name()}; padding: {GRID}px")
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID, GRID, GRID, 0)
        bar.setSpacing(GRID)
        for widget in (self.back, self.number, self.on):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.zoom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(bar)
        layout.addWidget(self.trouble)
        layout.addWidget(self.view, 1)
        self._connect()
        self._count()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.view.go_to(self.view.page - 1))
        self.on.clicked.connect(lambda: self.view.go_to(self.view.page + 1))
        self.zoom.activated.connect(self._zoom_chosen)
        self.view.zoom_changed.connect(self._show_zoom)
        self.view.page_changed.connect(lambda _page: self._count())
        self.view.picture_wanted.connect(self.source.want_picture)
        self.view.foot_wanted.connect(self.source.want_foot)
        self.view.clicked.connect(self._clicked)
        self.source.ready.connect(self._ready)
        self.source.picture_ready.connect(self.view.show_picture)
        self.source.foot_ready.connect(self.view.show_foot)
        self.source.failed.connect(self._failed)
        self._bench.opened.connect(self._opened)
        self._bench.changed.connect(lambda: self._show(self._bench.project))
        self._bench.sketched.connect(self._show)
        self._bench.print_choice.changed.connect(self._follow_choice)
        self._follow_choice()

    # ---------------------------------------------------------------- what is asked of it

    def light(self, path: str) -> None:
        """Light up the cell of a place."""
        self._path, self._bring = path, self.source.paper is None
        paper = self.source.paper
        if paper is not None and not self.isHidden():
            self.view.light(paper.map.spots(path))

    @property
    def is_fresh(self) -> bool:
        """Whether what is in sight is the paper of the project last shown, drawn."""
        return self.source.is_current and self.view.is_drawn

    def state(self) -> dict[str, float]:
        """Return zoom (0: follows the width) and scrolling, for the next time."""
        zoom = 0.0 if self.view.fit_width else self.view.zoom
        return {"zoom": zoom, "paper": float(self.view.verticalScrollBar().value())}

    def restore(self, zoom: float, scroll: float) -> None:
        """Show a zoom and scrolling of an earlier time."""
        if zoom:
            self.view.set_zoom(zoom)
        else:
            self.view.set_fit_width()
        self.view.verticalScrollBar().setValue(int(scroll))
        self._scroll = int(scroll)  # again when there are pages to scroll
        self._show_zoom()

    def step_zoom(self, factor: float) -> None:
        """Show the pages larger or smaller."""
        self.view.set_zoom(self.view.zoom * factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page number right."""
        super().resizeEvent(event)
        self._count()

    # ---------------------------------------------------------------- the paper

    def _follow_choice(self) -> None:
        choice = self._bench.print_choice
        self.source.set_choice(choice.content, choice.paper_faces)

    def _opened(self) -> None:
        project = self._bench.project
        if project is not None and not self._bench.session.knows(project):
            project = None
        self.source.set_project(project, at_once=True)
        if project is None:
            self.view.show_pages((), ())
            self._count()
        self._path, self._scroll = "", 0
        self.view.light(())

    def _show(self, project: Project | None) -> None:
        if project is not None and self._bench.session.knows(project):
            self.source.set_project(project)

    def _ready(self, paper: Paper) -> None:
        self.trouble.setVisible(False)
        self.view.show_pages(paper.sizes, paper.looks)
        self.view.light(paper.map.spots(self._path), bring=self._bring)
        self._bring = False
        if self._scroll:
            self.view.verticalScrollBar().setValue(self._scroll)
            self._scroll = 0
        self._count()

    def _failed(self, reason: str) -> None:
        self.trouble.setText(text("window.paper_failed", reason=reason))
        self.trouble.setVisible(True)

    def _clicked(self, page: int, x: float, y: float) -> None:
        paper = self.source.paper
        path = "" if paper is None else paper.map.path_at(page, x, y)
        if path:
            self.place_wanted.emit(path)

    def _count(self) -> None:
        page, count = self.view.page, self.view.count
        self.number.setText(text("window.page", page=min(page + 1, count), count=count))
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page + 1 < count)

    def _zoom_chosen(self, _index: int) -> None:
        percent = self.zoom.currentData()
        if percent:
            self.view.set_zoom(percent / 100)
        else:
            self.view.set_fit_width()

    def _show_zoom(self) -> None:
        at = 0 if self.view.fit_width else self.zoom.findData(round(self.view.zoom * 100))
        words = text("window.percent", percent=round(self.view.zoom * 100))
        self.zoom.setCurrentIndex(at)
        self.zoom.setPlaceholderText(words)
        self.zoom.setToolTip(words)


def _button(words: str, tip: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(words)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
