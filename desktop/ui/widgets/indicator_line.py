"""The line beneath the indicators: what is found about the row at hand, and what its value could be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.presenters.findings import Mark
from desktop.texts import text
from desktop.ui.theme import GRID, severity_colour
from desktop.ui.widgets.one_line import OneLine
from forms.value_suggestions import Suggestion

MOST_OFFERS = 4


def written(offer: Suggestion) -> str:
    """What an offer would write."""
    return " / ".join(offer.texts)


class IndicatorLine(QFrame):
    """Sentences of the findings, and an offer with a button. Its height does not change with what it says."""

    accepted = Signal(object)
    """Carries the ``Suggestion`` that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offers: tuple[Suggestion, ...] = ()
        self._colour = ""
        self.findings, self.offer = OneLine(self), OneLine(self)
        self.button = QToolButton(self)
        self.button.setText(text("indicators.accept"))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key works in the tree
        self.button.clicked.connect(lambda: self._accept(0))
        self.others = [QToolButton(self) for _ in range(MOST_OFFERS - 1)]
        for at, other in enumerate(self.others, 1):
            other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            other.clicked.connect(lambda _checked=False, at=at: self._accept(at))
        offer_row = QHBoxLayout()
        offer_row.setSpacing(2 * GRID)
        offer_row.addWidget(self.offer, 1)
        offer_row.addWidget(self.button)
        for other in self.others:
            offer_row.addWidget(other)
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
        self.findings.say("　".join(lines), "\n".join(lines))
        colour = severity_colour(marks[0].severity).name() if marks else self._colour
        if colour != self._colour:  # a style is worked out anew however little it changes
            self._colour = colour
            self.findings.setStyleSheet(f"color: {colour}")
        self.offers = tuple(offers[:MOST_OFFERS])
        self.offer.setVisible(bool(self.offers))
        self.button.setVisible(bool(self.offers))
        if self.offers:
            first = self.offers[0]
            key = "may_write" if len(first.texts) == 1 else "may_split"
            self.offer.say(text(f"indicators.{key}", text=written(first), count=len(first.texts), reason=first.reason))
        for at, other in enumerate(self.others, 1):
            other.setVisible(at < len(self.offers))
            if at < len(self.offers):
                other.setText(text("indicators.or_write", text=written(self.offers[at])))
                other.setToolTip(self.offers[at].reason)

    @property
    def offered(self) -> Suggestion | None:
        """The first offer."""
        return self.offers[0] if self.offers else None

    def _accept(self, at: int) -> None:
        if at < len(self.offers):
            self.accepted.emit(self.offers[at])
