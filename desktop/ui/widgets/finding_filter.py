"""What of the findings is listed: those of which project, and of which severity."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from desktop.presenters.findings import sign, worst
from desktop.presenters.whole_check import KINDS, Whole
from desktop.texts import text
from desktop.ui.theme import GRID

OPEN, ALL = "open", "all"


class FindingFilter(QWidget):
    """Two boxes in a line; the one of projects is there only after all projects were checked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = Whole()
        self.scope = QComboBox(self)
        self.kind = QComboBox(self)
        for box, name, letters in ((self.scope, "scope", 11), (self.kind, "kind", 6)):
            box.setAccessibleName(text(f"checking.{name}"))
            box.setToolTip(text(f"checking.{name}"))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(letters)
            box.currentIndexChanged.connect(self.changed)
        for kind in ("", *KINDS):
            self.kind.addItem(text(f"checking.kind_{kind or 'all'}"), kind)
        self.counts = QLabel(self)
        self.counts.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.counts, 1)
        layout.addWidget(self.scope)
        layout.addWidget(self.kind)
        self._fill()

    @property
    def wanted_kind(self) -> str:
        """The severity chosen; nothing for all."""
        return str(self.kind.currentData())

    @property
    def wanted_scope(self) -> str | int:
        """``OPEN``, ``ALL`` or the number of a project."""
        wanted: str | int = self.scope.currentData()
        return wanted

    def show_whole(self, whole: Whole) -> None:
        """Offer the projects of a check of all, or none; what is chosen stays while it is there."""
        if whole.projects != self._whole.projects:
            self._whole = whole
            self._fill()

    def choose(self, scope: str | int) -> None:
        """Choose whose findings are listed."""
        self.scope.setCurrentIndex(max(self.scope.findData(scope), 0))

    def _fill(self) -> None:
        kept = self.scope.currentData()
        self.scope.blockSignals(True)  # noqa: FBT003 - Qt's own name
        self.scope.clear()
        self.scope.addItem(text("checking.scope_open"), OPEN)
        if len(self._whole.projects) > 1:
            self.scope.addItem(text("checking.scope_all", count=len(self._whole.projects)), ALL)
            for one in self._whole.projects:
                mark = sign(worst(one.review.open).severity)
                self.scope.addItem(text("checking.scope_one", sign=mark, name=one.name), one.number)
        self.choose(kept)
        self.scope.blockSignals(False)  # noqa: FBT003 - Qt's own name
        self.scope.setVisible(self.scope.count() > 1)
