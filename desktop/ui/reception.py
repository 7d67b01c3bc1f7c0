"""Takes the notes of second starts: the window comes forward and reads in what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop import handover
from desktop.ui.shell import Shell

BUSY_MS = 500
"""How often is looked whether the clerk has answered the question that stands before the window."""


class Reception(QObject):
    """Watches the inbox of a data folder for a window that stands open on it."""

    def __init__(self, folder: Path, shell: Shell, read_in: Callable[[list[Path]], object]) -> None:
        super().__init__(shell)
        self._folder, self._shell, self._read_in = folder, shell, read_in
        self._waiting: list[Path] = []
        inbox = handover.open_inbox(folder)
        self._watcher = QFileSystemWatcher(self)
        if inbox is not None:
            self._watcher.addPath(str(inbox))
        self._watcher.directoryChanged.connect(self._look)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BUSY_MS)
        self._later.timeout.connect(self._work)

    def close(self) -> None:
        """Take no more notes."""
        self._later.stop()
        self._watcher.directoryChanged.disconnect(self._look)
        self._watcher.removePaths(self._watcher.directories())
        handover.close_inbox(self._folder)

    def _look(self) -> None:
        for files in handover.take(self._folder):
            self._waiting += files
            self._come_forward()
        self._work()

    def _come_forward(self) -> None:
        front = QApplication.activeModalWidget() or self._shell
        self._shell.setWindowState(self._shell.windowState() & ~Qt.WindowState.WindowMinimized)
        front.raise_()
        front.activateWindow()

    def _work(self) -> None:
        """Read in what was asked for, once no question stands before the window."""
        if not self._waiting:
            return
        if QApplication.activeModalWidget() is not None:
            self._later.start()
            return
        files, self._waiting = self._waiting, []
        self._read_in(files)
