"""Python's garbage collector, kept from pausing the window while somebody types.

A collection walks over all objects made since the last one, and a check of a long form makes so many that every
thread stops for a tenth of a second. So while the clerk works young objects are only set aside, which costs nothing;
most go by themselves anyway. What has become useless in circles is collected once the clerk has rested for a while.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

TICK_MS = 1000
REST_MS = 10_000
"""So long nothing must have been changed or looked at."""


class Collector(QObject):
    """Collects in place of Python's own schedule, until it is stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = QElapsedTimer()
        self._rest.start()
        self._due = True
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
        """Collect what the moment allows."""
        if self._due and self._rest.elapsed() > REST_MS:
            self._due = False
            gc.unfreeze()
            gc.collect()
        else:
            gc.freeze()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
