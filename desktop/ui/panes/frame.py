"""The three panes side by side, each of which can be folded; in a narrow window the paper is a tab of the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui.theme import GRID

NARROW = 1366
"""Below this width the paper folds to a tab."""


class Frame(QSplitter):
    """Left: projects. Middle: the start page or the open project. Right: paper over findings."""

    folded = Signal()
    """A pane was folded or unfolded."""

    def __init__(self, left: QWidget, start: QWidget, editor: QWidget, paper: QWidget, findings: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.left = left
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.right.addWidget(paper)
        self.right.addWidget(findings)
        self.right.setStretchFactor(0, 3)
        self.right.setStretchFactor(1, 1)
        self.right.setSizes([500, 180])
        self.right.setChildrenCollapsible(False)
        self.pages = QStackedWidget()
        self.pages.addWidget(start)
        self.pages.addWidget(editor)
        self.bar = QTabBar()
        self.bar.addTab(text("window.tab_form"))
        self.bar.addTab(text("window.tab_paper"))
        self.bar.setExpanding(False)
        self.bar.setVisible(False)
        self.bar.currentChanged.connect(self._turn)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.pages, 1)
        for widget in (left, middle, self.right):
            self.addWidget(widget)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 3)
        self.setStretchFactor(2, 2)
        left.setMinimumWidth(45 * GRID)
        middle.setMinimumWidth(120 * GRID)
        self.right.setMinimumWidth(60 * GRID)
        self.setSizes([224, 700, 442])
        self._wants_paper = True
        self._started = True
        self._narrow = False

    @property
    def is_narrow(self) -> bool:
        """Whether the paper is a tab of the middle."""
        return self._narrow

    @property
    def shows_paper(self) -> bool:
        """Whether the paper is wanted at the right."""
        return self._wants_paper

    def show_start(self, *, shown: bool) -> None:
        """Show the start page or the open project."""
        self._started = shown
        self.bar.setCurrentIndex(0)
        self.pages.setCurrentIndex(0 if shown else 1)
        self._arrange()

    def fold_list(self, *, shown: bool) -> None:
        """Fold or unfold the list."""
        self.left.setVisible(shown)
        self.folded.emit()

    def fold_paper(self, *, shown: bool) -> None:
        """Fold or unfold the paper; in a narrow window turn to it or back."""
        if self._narrow:
            self.bar.setCurrentIndex(1 if shown else 0)
        else:
            self._wants_paper = shown
        self._arrange()
        self.folded.emit()

    def turn_to_form(self) -> None:
        """Bring the form into sight where the paper is in its place."""
        self.bar.setCurrentIndex(0)

    def fit(self, width: int) -> None:
        """Follow the width of the window."""
        narrow = width < NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self.pages.addWidget(self.right)
        else:
            self.bar.setCurrentIndex(0)
            self.addWidget(self.right)
        self._arrange()

    def _turn(self, at: int) -> None:
        if self._narrow and not self._started:
            self.pages.setCurrentIndex(2 if at else 1)

    def _arrange(self) -> None:
        self.bar.setVisible(self._narrow and not self._started)
        if self._narrow:
            self._turn(self.bar.currentIndex())
        else:
            self.right.setVisible(self._wants_paper and not self._started)
