"""Reading many projects without holding up the window: a few at a time, between other events."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QTimer

from desktop.presenters.trouble import StoreError
from forms.documents import Project

if TYPE_CHECKING:
    from desktop.ui.workbench import Workbench

SLICE_MS = 8
"""So long is read before the window has its turn."""


def gather(bench: Workbench, numbers: Iterable[int], then: Callable[[dict[int, Project]], None]) -> None:
    """Read projects by their numbers as they are now, and go on with them in that order.

    One that cannot be read (gone meanwhile, or damaged) is left out: opening it will say so.
    """
    waiting = deque(numbers)
    projects: dict[int, Project] = {}

    def read() -> None:
        since = QElapsedTimer()
        since.start()
        while waiting and since.elapsed() < SLICE_MS:
            number = waiting.popleft()
            try:
                projects[number] = bench.project_of(number)
            except StoreError:
                continue
        if waiting:
            QTimer.singleShot(0, bench, read)
        else:
            then(projects)

    read()
