"""A way out of a damaged database: what can be done is looked for aside, shown, and done when the clerk chooses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.presenters.rescue import Way, go, ways
from desktop.presenters.trouble import StoreError
from desktop.texts import text
from desktop.ui.jobs import Jobs
from desktop.ui.widgets.trouble import TroublePage


class Rescue(QObject):
    """Fills a page of trouble with ways out; ``again`` opens the data once one was taken."""

    def __init__(self, page: TroublePage, folder: Path, again: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._folder, self._again = page, folder, again
        self._jobs = Jobs("rescue", self)
        page.say(text("rescue.looking"))
        self._jobs.submit("ways", lambda _job: ways(folder), self._show, failed=self._failed)

    def stop(self) -> None:
        """Look no more; more than once does no harm."""
        self._jobs.close()

    def _show(self, found: list[Way]) -> None:
        self._page.offer(found, self._go)

    def _go(self, way: Way) -> None:
        try:
            go(self._folder, way)
        except StoreError as error:
            self._failed(error)
            return
        self.stop()
        self._again()

    def _failed(self, error: Exception) -> None:
        self._page.say(text("rescue.failed", reason=error))
