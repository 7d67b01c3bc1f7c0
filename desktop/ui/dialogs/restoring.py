"""What the clerk sees while a backup is put in place of the data: what happens, and a way to leave it be."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop.presenters.open_data import PLACING
from desktop.texts import text
from desktop.ui.dialogs.frame import stacked
from desktop.ui.jobs import Job, Jobs
from desktop.ui.theme import GRID


class RestoringDialog(QDialog):
    """Blocks all windows until ``end``. Until the backup takes its place the clerk may still call it off.

    It is made before its job, so that nothing is missed of what a quick one tells.
    """

    def __init__(self, jobs: Jobs, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self.setModal(True)
        self.setWindowTitle(text("backup.restore_title"))
        self.words = QLabel(text("backup.restoring_0"), self)
        self.words.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text("backup.restore_title"))
        self.leave = QPushButton(text("window.cancel"), self)
        self.leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        layout = stacked(self, 3 * GRID)
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        layout.addLayout(row)
        self.setMinimumWidth(110 * GRID)
        jobs.progressed.connect(self._progressed)

    def follow(self, job: Job) -> None:
        """Tell of a job from now on."""
        self._job = job

    def _progressed(self, job: Job, phase: int, phases: int) -> None:
        if job is self._job and not job.stopped.is_set():
            self.bar.setRange(0, phases)
            self.bar.setValue(phase)
            self.words.setText(text(f"backup.restoring_{phase}"))
            self.leave.setEnabled(phase < PLACING)

    def reject(self) -> None:
        """Call it off, where that can still be; the dialog stays until everything is as it was."""
        if self._job is not None and self.leave.isEnabled():
            self._job.cancel()
            self.leave.setEnabled(False)
            self.words.setText(text("backup.restoring_leave"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do the same as the button."""
        event.ignore()
        self.reject()

    def end(self) -> None:
        """It is over, in one way or another."""
        self._jobs.progressed.disconnect(self._progressed)
        self.hide()
        self.deleteLater()
