"""One thing a turn of the event loop: a key that is pressed meanwhile waits for one thing, and not for all that came.

Qt does in one turn whatever is due: results of work that was done aside, what they change, the drawing of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QBasicTimer, QCoreApplication, QEvent, QObject, QTimerEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class Turns(QObject):
    """What is to be done, first come, first served; keys and clicks go before."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._due: deque[tuple[QObject, Callable[[], object]]] = deque()
        self._timer = QBasicTimer()

    def add(self, owner: QObject, act: Callable[[], object]) -> None:
        """Have something done in a turn by itself, if its owner is still there then."""
        self._due.append((owner, act))
        if not self._timer.isActive():
            self._timer.start(0, self)

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Do the next thing."""
        owner, act = self._due.popleft()
        self._timer.stop()
        if self._due:  # a timer begun anew goes on in a dialog that opens now
            self._timer.start(0, self)
        if isValid(owner):
            act()


class PaintTurn(QObject):
    """Gives the drawing of what changed in a window a turn by itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_due = self._is_drawing = False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Put off what Qt wants drawn."""
        if self._is_drawing or event.type() != QEvent.Type.UpdateRequest:
            return False
        if not self._is_due:
            self._is_due = True
            in_turn(self, self._draw)
        return True

    def _draw(self) -> None:
        self._is_due, self._is_drawing = False, True
        QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        self._is_drawing = False


_turns: list[Turns] = []
"""Those of the application."""


def in_turn(owner: QObject, act: Callable[[], object]) -> None:
    """Have something done in a turn of the event loop by itself, if its owner is still there then."""
    if not (_turns and isValid(_turns[0])):
        _turns[:] = [Turns(QCoreApplication.instance())]
    _turns[0].add(owner, act)
