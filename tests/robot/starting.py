"""The program where it cannot open its data: what the page says that comes instead of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.ui.widgets.trouble import TroublePage


def start_in_trouble(folder: Path, read: Callable[[TroublePage], None]) -> int:
    """Start the program, read the page as soon as it stands, and press its button; return the exit code."""
    application = app.application()

    def look() -> None:
        pages = [page for one in QApplication.topLevelWidgets() for page in one.findChildren(TroublePage)]
        if not pages:
            QTimer.singleShot(20, application, look)
            return
        read(pages[0])
        pages[0].button.click()

    QTimer.singleShot(0, application, look)
    return app.run(folder)
