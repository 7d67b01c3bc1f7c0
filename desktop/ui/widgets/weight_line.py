"""The line above the indicators of an evaluation: how many points are given and left, and ways to give them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.texts import text
from desktop.ui.theme import GRID

_UNBROKEN = 10_000
"""So wide that the words need one line, in px."""


class WeightLine(QFrame):
    """Says where the points stand; its buttons are the actions of the menu."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setWordWrap(True)  # at large text beside the buttons
        self.words.setAccessibleName(text("indicators.points_name"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.words, 1)
        self.buttons: list[QToolButton] = []
        for action in actions:
            button = QToolButton(self)
            self.buttons.append(button)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if action.menu() is not None:
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            layout.addWidget(button)

    def say(self, sentence: str) -> None:
        """Say how many points are given and left."""
        self.words.setText(sentence)
        self.words.setToolTip(sentence)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Hide the buttons where the words would need more than two lines beside them: the menu has them as well."""
        room = self.width() - sum(button.sizeHint().width() + GRID for button in self.buttons) - 4 * GRID
        line = self.words.heightForWidth(_UNBROKEN)
        has_room = room > 0 and self.words.heightForWidth(room) <= 2 * line
        for button in self.buttons:
            button.setVisible(has_room)
