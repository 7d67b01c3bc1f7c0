"""The bare window: painted before anything else is loaded, so that the program is there at once.

It imports next to nothing. What fills it (``MainWindow``) is loaded and built after the first painting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from desktop.ui.theme import give_size
from desktop.ui.turns import PaintTurn

GEOMETRY = "window.geometry"
"""File of the data folder with place and size of the window: read before the database is."""


class Inside(Protocol):
    """What fills the window."""

    def fit(self, width: int) -> None:
        """The window is so wide now."""
        ...

    def take(self, paths: list[Path]) -> None:
        """Files were dropped on the window."""
        ...

    def may_close(self) -> bool:
        """The window is to be closed: everything is handed over and saved, or False where the clerk wants to stay."""
        ...


class Shell(QMainWindow):
    """Title, place and size, and the events that a window gets."""

    painted = Signal()
    """The window was painted for the first time."""

    def __init__(self, folder: Path, title: str) -> None:
        super().__init__()
        self.inside: Inside | None = None
        self._file = folder / GEOMETRY
        self._painted = False
        self._turn = PaintTurn(self)
        self.setWindowTitle(title)
        self.setAcceptDrops(True)
        self.setMinimumSize(660, 320)  # an office panel at 200 %
        if not self._restore():
            give_size(self, 1366, 728)

    def _restore(self) -> bool:
        try:
            kept = self._file.read_bytes()
        except OSError:
            return False
        return self.restoreGeometry(QByteArray(kept))

    def keep(self) -> None:
        """Remember place and size; where that cannot be written it is no loss."""
        try:
            self._file.write_bytes(bytes(self.saveGeometry().data()))
        except OSError:
            return

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first painting."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pass the width on."""
        super().resizeEvent(event)
        if self.inside is not None:
            self.inside.fit(self.width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls() and self.inside is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass the files on."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if self.inside is not None:
            self.inside.take(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when everything is saved or given up."""
        if self.inside is None or self.inside.may_close():
            self.keep()
            event.accept()
        else:
            event.ignore()
