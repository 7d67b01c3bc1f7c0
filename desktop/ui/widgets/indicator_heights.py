"""The heights of the lines of the indicator table: measured when they come into sight, the others at leisure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QElapsedTimer, QModelIndex, QObject, QTimer
from PySide6.QtWidgets import QTableView

from desktop.ui.models.indicator_model import IndicatorModel

SLICE_MS = 4
_DRAWN_MS = 20
"""By then what is in sight has been drawn: what happens before makes that wait."""


class IndicatorHeights(QObject):
    """Gives lines the height that their texts need; what is in sight stays where it is."""

    def __init__(self, view: QTableView, model: IndicatorModel, measure: Callable[[QModelIndex], int]) -> None:
        super().__init__(view)
        self._view, self._model, self._measure = view, model, measure
        self._known: set[int] = set()
        """The lines that have their height."""
        self._next = 0
        self._rest = QTimer(self)
        self._rest.timeout.connect(self._slice)
        model.modelReset.connect(self.forget)
        model.rowsInserted.connect(lambda _parent, first, last: self.forget(model.visible[first : last + 1]))
        model.lines_changed.connect(self.forget)

    def forget(self, lines: Iterable[int] | None = None) -> None:
        """Measure these lines anew; None: all."""
        if lines is None:
            self._known.clear()
        else:
            self._known.difference_update(lines)
        self._next = 0

    def fit(self) -> None:
        """Measure the lines in sight now, and the others soon."""
        header, view = self._view.verticalHeader(), self._view
        at = max(header.logicalIndexAt(0), 0)
        bottom = view.viewport().height()
        while at < header.count() and header.sectionViewportPosition(at) < bottom:
            self.fit_line(at)
            at += 1
        if view.isVisible() and len(self._known) < header.count():
            self._rest.start(_DRAWN_MS)

    def fit_line(self, at: int) -> None:
        """Measure a line."""
        line = self._model.visible[at]
        if line in self._known:
            return
        self._known.add(line)
        header, height = self._view.verticalHeader(), self._measure(self._model.index(at, 0))
        if header.sectionSize(at) != height:
            header.resizeSection(at, height)

    def stop(self) -> None:
        """Measure nothing while nobody looks."""
        self._rest.stop()

    def _slice(self) -> None:
        """Measure for a moment, and leave what is in sight where it is."""
        header, bar = self._view.verticalHeader(), self._view.verticalScrollBar()
        top = header.logicalIndexAt(0)
        stood = header.sectionViewportPosition(top)
        clock = QElapsedTimer()
        clock.start()
        known = self._known
        self._rest.setInterval(0)
        while self._next < header.count() and clock.elapsed() < SLICE_MS:
            at = self._next
            # A few at a time: most lines are known, and to ask the clock takes longer than to see that.
            for line, number in enumerate(self._model.visible[at : at + 100], at):
                if number not in known:
                    self.fit_line(line)
            self._next += 100
        moved = header.sectionViewportPosition(top) - stood
        if moved:
            self._view.updateGeometries()
            bar.setValue(bar.value() + moved)
        if self._next >= header.count():
            self._rest.stop()
