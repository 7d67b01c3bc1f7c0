"""What will be wanted soon is loaded beforehand, aside: the first look at it would hold the window up for that long."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop.ui.jobs import Job, Jobs

SOON_MS: Final = 500
"""How long the window has stood by then: what it shows first comes first."""

SOON: Final = (
    "desktop.ui.pages.indicators",
    "desktop.ui.printer",
    "desktop.ui.dialogs.find_replace",
    "desktop.ui.dialogs.table_preview",
    "desktop.ui.dialogs.booklet",
    "desktop.ui.dialogs.table_window",
)
"""Those that take longest, in the order in which a clerk comes to them; the rest takes some milliseconds each."""


class Soon(QTimer):
    """Begins some time after the window stands, unless it is stopped before."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(SOON_MS)
        self.timeout.connect(lambda: jobs.submit("soon", _load, lambda _nothing: None))


def _load(job: Job) -> None:
    """Load them one after another, for as long as the window is open."""
    for name in SOON:
        if not job.report(0, 0):
            return
        import_module(name)
