"""Long work in the status line: what is done, how far it is, how long it may take, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop.texts import text
from desktop.ui.jobs import Job, Jobs
from desktop.ui.theme import GRID

_PATIENCE_MS = 400
"""Work that is over sooner is not worth a bar."""


class ProgressLine(QWidget):
    """Shows the newest job that has a label."""

    def __init__(self, *jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._since = QElapsedTimer()
        self.words = QLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setFixedWidth(30 * GRID)
        self.bar.setTextVisible(False)
        self.cancel = QPushButton(text("window.cancel"), self)
        self.cancel.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        for widget in (self.words, self.bar, self.cancel):
            layout.addWidget(widget)
        self.setVisible(False)
        for one in jobs:
            one.progressed.connect(self._progressed)
            one.ended.connect(self._ended)

    def _progressed(self, job: Job, made: int, total: int) -> None:
        if not job.label or job.stopped.is_set():
            return
        if job is not self._job:
            self._job = job
            self._since.start()
        if self._since.elapsed() < _PATIENCE_MS:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(made)
        words = text("window.progress", what=job.label, made=made, total=total) if total else job.label
        if made and total:
            left = self._since.elapsed() * (total - made) / made / 1000
            words += text("window.time_left", seconds=max(1, round(left)))
        self.words.setText(words)
        self.setVisible(True)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.setVisible(False)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.setVisible(False)
