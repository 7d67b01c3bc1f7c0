"""Python's garbage collector, kept from pausing the window.

A collection stops every thread while it walks over objects: over all of them for a tenth of a second, over those that
a check of a long form makes for as long. So nothing is collected while the clerk works; most objects go by themselves
anyway. What has become useless in circles is looked for once the clerk rests, among what is new since the last rest,
and only among so many that the pause is not noticed; more are set aside, which costs nothing. All is walked over only
where memory grew: by little while the clerk is in another program, by much also here.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

TICK_MS = 1000
REST_MS = 2_000
"""So long nothing must have been changed or looked at before anything is collected."""
LONG_REST_MS = 10_000
"""… before all is walked over."""
MOST = 10_000
"""Objects that are walked over in one go, or three times as many where some were looked at once: a few milliseconds."""
LITTLE, MUCH = 100_000, 1_000_000
"""By so many blocks of memory, of some 80 bytes, it must have grown."""
YOUNG, MIDDLE = 0, 1
"""Generations of Python: made since the last look; looked at once."""


class Collector(QObject):
    """Collects in place of Python's own schedule, until it is stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = QElapsedTimer()
        self._rest.start()
        self._due = True
        self._used = sys.getallocatedblocks()
        """Blocks of memory when all was walked over last."""
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        gc.disable()

    def busy(self, *_what: object) -> None:
        """Take note that the clerk does something."""
        self._rest.restart()
        self._due = True

    def tick(self) -> None:
        """Do one thing that the moment allows."""
        rested = self._rest.elapsed()
        if rested <= REST_MS:
            return
        if self._due:
            self._due = self._look()
        elif self._has_grown(long=rested > LONG_REST_MS):
            gc.unfreeze()
            gc.collect()
            self._used = sys.getallocatedblocks()

    def _look(self) -> bool:
        """Look for useless circles among new objects; return whether there is more to look at."""
        if gc.get_count()[YOUNG] > MOST or len(gc.get_objects(YOUNG)) > MOST:  # counting a great many takes long
            gc.freeze()
        elif len(gc.get_objects(MIDDLE)) > MOST:
            gc.collect(MIDDLE)
        else:
            gc.collect(YOUNG)
            return len(gc.get_objects(MIDDLE)) > MOST
        return False

    def _has_grown(self, *, long: bool) -> bool:
        grown = sys.getallocatedblocks() - self._used
        away = QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive
        return grown > LITTLE if away else long and grown > MUCH

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
