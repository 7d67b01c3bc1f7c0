"""Words typed to narrow the list of indicators: many rows are read a stretch at a time, and narrowed in one go."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.filter_line import FilterLine
from desktop.ui.widgets.indicator_view import IndicatorView

READ_AT_ONCE = 1500
"""Rows; of more, the others are read between two keys."""


class FilterSteps(QObject):
    """Has a list show what the words of a line leave of it."""

    def __init__(self, model: IndicatorModel, view: IndicatorView, line: FilterLine) -> None:
        super().__init__(view)
        self._model, self._view, self._line = model, view, line
        self._soon = QTimer(self)
        """Runs while the list does not show yet what the words leave."""
        self._soon.timeout.connect(self._narrow)
        line.changed.connect(self._narrow)
        line.left.connect(view.setFocus)
        model.settled.connect(self._follow)

    def forget(self) -> None:
        """The words were meant for another form."""
        self._soon.stop()

    def _narrow(self) -> None:
        self._soon.start()
        self._view.commit()
        words = self._line.words.text()
        if not words.strip() or self._model.read_for_filter(READ_AT_ONCE):
            self._soon.stop()
            self._model.filter(words)

    def _follow(self) -> None:
        """Say how many rows are left; what had to be shown all the same has ended the narrowing."""
        if self._line.words.text().strip() and not self._model.is_filtered and not self._soon.isActive():
            self._line.end()
        shown = self._model.shown
        self._line.say(self._model.visible_rows, 0 if shown is None else len(shown.rows))
