"""The line beneath the indicators: what is found about the row at hand, and what its value could be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.presenters.findings import Mark
from desktop.texts import text
from desktop.ui.theme import GRID, severity_colour
from forms.value_suggestions import Suggestion


class IndicatorLine(QFrame):
    """Sentences of the findings, and an offer with a button. Its height does not change with what it says."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offered: Suggestion | None = None
        self._sentences = ""
        self.findings = QLabel(self)
        self.findings.setTextFormat(Qt.TextFormat.PlainText)
        self.offer = QLabel(self)
        self.offer.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QToolButton(self)
        self.button.setText(text("indicators.accept"))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key works in the tree
        self.button.clicked.connect(self.accepted)
        for label in (self.findings, self.offer):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        offer_row = QHBoxLayout()
        offer_row.setSpacing(2 * GRID)
        offer_row.addWidget(self.offer, 1)
        offer_row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(0)
        layout.addWidget(self.findings)
        layout.addLayout(offer_row)
        self.setFixedHeight(self.fontMetrics().lineSpacing() + self.button.sizeHint().height() + 3 * GRID)
        self.show_row((), ())

    def show_row(self, marks: Sequence[Mark], offers: Sequence[Suggestion]) -> None:
        """Show what is to be said of a row."""
        lines = [f"{mark.sign} {mark.sentence}" for mark in marks]
        self._sentences = "　".join(lines)
        self._elide()
        self.findings.setToolTip("\n".join(lines))
        if marks:
            self.findings.setStyleSheet(f"color: {severity_colour(marks[0].severity).name()}")
        self.offered = offers[0] if offers else None
        self.offer.setVisible(self.offered is not None)
        self.button.setVisible(self.offered is not None)
        if self.offered is not None:
            key = "may_write" if len(self.offered.texts) == 1 else "may_split"
            shown = " / ".join(self.offered.texts)
            self.offer.setText(
                text(f"indicators.{key}", text=shown, count=len(self.offered.texts), reason=self.offered.reason)
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the sentences to the new width; they stand in full in the tooltip."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.contentsRect().width() - 4 * GRID
        self.findings.setText(self.fontMetrics().elidedText(self._sentences, Qt.TextElideMode.ElideRight, room))
