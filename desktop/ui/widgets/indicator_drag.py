"""Rows dragged with the mouse: where they may go, what is shown meanwhile, and why a place is refused.

Nothing is taken or put here: a drop tells which rows go where, and the page makes one edit of that. So a row is
neither lost nor doubled, whatever happens on the way.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDropEvent

from desktop.texts import text
from desktop.ui.theme import GRID
from forms.indicators import Levels

if TYPE_CHECKING:
    from desktop.ui.widgets.indicator_table import IndicatorTable

ROWS = "application/x-jibiao-rows"
_EDGE = 6 * GRID


@dataclass(frozen=True, slots=True)
class Target:
    """Where a drop would put rows: under which 二级指标, before which row; how far down the view a line shows that."""

    levels: Levels
    at: int
    y: int


class IndicatorDrag(QObject):
    """The dragging of one view."""

    dropped = Signal(list, tuple, int, bool)
    """Rows, the levels they are to have, the row before which they are to stand (-1: where the edition has them);
    whether copies are wanted."""
    refused = Signal(str)
    """A sentence that says why rows cannot be dropped where the mouse is."""

    def __init__(self, view: IndicatorTable) -> None:
        super().__init__(view)
        self._view = view
        self._said = ""
        self._mark = secrets.token_bytes(16)
        self.target: Target | None = None
        """Where rows would go if they were let go now."""

    def start(self) -> None:
        """Begin to drag the chosen rows."""
        if not self._view.selected_rows():
            self.refused.emit(text("indicators.drag_levels"))
            return
        drag = QDrag(self._view)
        drag.setMimeData(self.carried())
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)
        self.leave()

    def carried(self) -> QMimeData:
        """What is dragged: nothing but a mark by which this view knows its own rows again."""
        data = QMimeData()
        data.setData(ROWS, self._mark)
        return data

    def enter(self, event: QDropEvent) -> bool:
        """Whether the dragging concerns the table at all: files are for the window."""
        return not event.mimeData().hasUrls()

    def over(self, event: QDropEvent) -> None:
        """Show where the rows would go, or say why they cannot."""
        self._take(event)
        if self.target is None:
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.CopyAction if _wants_copies(event) else Qt.DropAction.MoveAction)
            event.accept()
        self._scroll(event.position().toPoint())
        self._view.viewport().update()

    def drop(self, event: QDropEvent) -> None:
        """Tell what is to be moved."""
        self._take(event)
        target = self.target
        self.leave()
        # The source must never take its rows away by itself.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if target is not None:
            self.dropped.emit(self._view.selected_rows(), target.levels, target.at, _wants_copies(event))

    def leave(self) -> None:
        """Show nothing any more."""
        self.target, self._said = None, ""
        self._view.viewport().update()

    def _take(self, event: QDropEvent) -> None:
        self.target, reason = None, text("indicators.drop_foreign")
        if event.mimeData().data(ROWS).data() == self._mark:
            self.target, reason = self._place(event.position().toPoint())
        if reason and reason != self._said:
            self.refused.emit(reason)
        self._said = reason

    def _place(self, point: QPoint) -> tuple[Target | None, str]:
        """Where a drop at a point would go, or why not."""
        view = self._view
        header = view.verticalHeader()
        line = header.logicalIndexAt(point.y())
        index = view.model().index(line if line >= 0 else header.count() - 1, 0)
        facts = view.facts(index)
        if facts is None:
            return None, text("indicators.drop_nowhere")
        if facts.depth == 1:
            return None, text("indicators.drop_level1", name=facts.name)
        if not self._may_hold(facts.levels):
            return None, text("indicators.drop_outside", name=facts.levels[1] or text("indicators.unnamed_level"))
        top, height = header.sectionViewportPosition(index.row()), header.sectionSize(index.row())
        if facts.depth == 2:
            at = facts.rows[-1] + 1 if facts.rows else -1
            return Target(facts.levels, at, top + height), ""
        below = point.y() > top + height // 2
        return Target(facts.levels, facts.row + below, top + (height if below else 0)), ""

    def _may_hold(self, levels: Levels) -> bool:
        """Rows go under 二级指标 of the edition; within another one they may only change places."""
        shown = self._view.shown
        if shown is None:
            return False
        if shown.edition.order_of(*levels) is not None:
            return True
        return all((shown.rows[row].l1, shown.rows[row].l2) == levels for row in self._view.selected_rows())

    def _scroll(self, point: QPoint) -> None:
        bar, room = self._view.verticalScrollBar(), self._view.viewport().height()
        if point.y() < _EDGE:
            bar.setValue(bar.value() - _EDGE)
        elif point.y() > room - _EDGE:
            bar.setValue(bar.value() + _EDGE)


def _wants_copies(event: QDropEvent) -> bool:
    """With Ctrl held, as in spreadsheets and the file manager."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
