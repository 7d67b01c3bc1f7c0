"""Backups, restore, the second place and 迁移包; and the backups that nobody asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.presenters.safekeeping import ENDING, Made, Shown
from desktop.presenters.trouble import StoreError
from desktop.texts import text
from desktop.ui.dialogs.ask import tell
from desktop.ui.dialogs.files import ask_new_file, documents, ending
from desktop.ui.jobs import Job
from desktop.ui.workbench import Workbench
from forms.documents import Project

FIRST_MS = 5_000
"""How long after the window stands the first look is taken at whether a backup is due."""
EVERY_MS = 10 * 60_000


class BackupCommands(QObject):
    """Acts on the data folder as a whole."""

    def __init__(
        self,
        bench: Workbench,
        window: QWidget,
        say: Callable[[str], None],
        remind: Callable[[str], None],
        alarm: Callable[[str], None],
    ) -> None:
        super().__init__(bench)
        self._alarm = alarm
        self._bench, self._window, self._say, self._remind = bench, window, say, remind
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look)
        self._clock.start(FIRST_MS)
        self._examined = False

    def stop(self) -> None:
        """Look no more."""
        self._clock.stop()

    def look(self) -> None:
        """Make a backup where one is due, and remind of what is old."""
        self._clock.start(EVERY_MS)
        safe, now = self._bench.safe, datetime.now().astimezone().replace(tzinfo=None)
        self._remind(safe.reminder(now))
        if not self._examined:
            self._examined = True
            self._bench.long_jobs.submit(
                "examine", lambda _job: safe.examine(), self._tell_damage, failed=self._examine_later
            )

        def work(_job: Job) -> Made | None:
            return safe.make() if safe.is_due(now) else None

        def done(made: Made | None) -> None:
            if made is not None and not made.trouble:
                self._remind(safe.reminder(now))

        self._bench.long_jobs.submit("backup", work, done, failed=lambda error: self._remind(str(error)))

    def _examine_later(self, _error: Exception) -> None:
        """Another program holds the file; what lasts is told where something is saved."""
        self._examined = False

    def _tell_damage(self, found: tuple[str, ...]) -> None:
        if found:
            self._alarm(text("rescue.damaged_found", what="".join(found)))

    # ---------------------------------------------------------------- asked for

    def backup(self) -> None:
        """Make a backup now, in the second place, too."""
        safe = self._bench.safe

        def done(made: Made) -> None:
            key = "backup.backed_up_but" if made.trouble else "backup.backed_up"
            self._say(text(key, file=made.path, reason=made.trouble))
            self._remind(safe.reminder(datetime.now().astimezone().replace(tzinfo=None)))

        self._bench.long_jobs.submit(
            "backup",
            lambda _job: safe.make("backup"),
            done,
            failed=lambda error: tell(text("backup.trouble"), str(error), self._window),
            label=text("backup.backing_up"),
        )

    def open_folder(self) -> None:
        """Show the folder of backups."""
        folder = self._bench.safe.folder
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def second(self) -> None:
        """Choose the second place, or do without one."""
        safe = self._bench.safe
        box = QMessageBox(QMessageBox.Icon.NoIcon, text("window.name"), "", parent=self._window)
        box.setText(text("backup.second_ask", folder=safe.second or text("backup.second_none")))
        change = box.addButton(text("backup.second_change"), QMessageBox.ButtonRole.AcceptRole)
        stop = box.addButton(text("backup.second_stop"), QMessageBox.ButtonRole.DestructiveRole)
        stop.setEnabled(safe.second is not None)
        box.setDefaultButton(box.addButton(text("window.cancel"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked is stop:
            safe.set_second(None)
            self._say(text("backup.second_stopped"))
            self._remind("")
        elif clicked is change:
            begin = str(safe.second or documents())
            folder = QFileDialog.getExistingDirectory(self._window, text("backup.second_title"), begin)
            if folder:
                safe.set_second(Path(folder))
                self._say(text("backup.second_set", folder=folder))
                self.backup()

    def restore_from(self) -> None:
        """Go back to a backup, after showing what is in it; what is there now is copied first."""
        from desktop.ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(self._bench.safe.copies(), self._show, self._window)
        accepted, path, some = bool(dialog.exec()), dialog.chosen, dialog.some
        dialog.deleteLater()
        if not accepted or path is None:
            return
        if some:
            self._take(path, some)
            return
        self._go_back(path)

    def _go_back(self, path: Path) -> None:
        """Put a backup in place of the data, away from this thread; the window is blocked meanwhile."""
        from desktop.ui.dialogs.restoring import RestoringDialog

        bench = self._bench
        data = bench.session.data

        def work(job: Job) -> bool:
            data.restore(path, job.report)
            return True

        def ended(*, restored: bool) -> None:
            dialog.end()
            bench.session.go_on(with_others=restored)
            if restored:
                bench.anew()
                self._say(text("backup.restored"))
            else:
                bench.checking.mark_all()  # what could not be read meanwhile

        def failed(error: Exception) -> None:
            ended(restored=False)
            if not isinstance(error, StoreError):
                raise error
            key = "backup.restore_away" if data.is_away else "backup.restore_failed"
            tell(text("backup.restore_trouble"), text(key, reason=error), self._window)

        dialog = RestoringDialog(bench.long_jobs, self._window)
        data.lend()
        dialog.follow(
            bench.long_jobs.submit(
                "restore",
                work,
                lambda _done: ended(restored=True),
                failed=failed,
                called_off=lambda done: ended(restored=bool(done)),
            )
        )
        dialog.show()

    def _take(self, path: Path, some: Sequence[str]) -> None:
        """Take some projects of a backup in beside those that are there, and open the first."""
        bench = self._bench

        def done(found: list[tuple[Project, bool]]) -> None:
            numbers = bench.session.take_back(found)
            bench.session.open(numbers[0])
            self._say(text("backup.taken", count=len(numbers)))

        bench.long_jobs.submit(
            "take",
            lambda _job: bench.safe.take(path, some),
            done,
            failed=lambda error: tell(text("backup.take_trouble"), str(error), self._window),
            label=text("backup.taking"),
        )

    def _show(self, path: Path, done: Callable[[Shown | str], None], asker: QObject) -> None:
        safe = self._bench.safe
        self._bench.long_jobs.submit(
            "look", lambda _job: safe.show(path), done, failed=lambda error: done(str(error)), asker=asker
        )

    def pack(self) -> None:
        """Write everything into one file for another computer."""
        session = self._bench.session
        name = text("backup.pack_name", date=f"{datetime.now().astimezone():%Y-%m-%d}")
        title, kinds = text("backup.pack_title"), text("backup.pack_files")
        out = ask_new_file(
            session.kept, "pack", self._window, title=title, name=f"{name}{ENDING}", kinds=kinds, named=ending(ENDING)
        )
        if out is None:
            return

        def done(_out: Path) -> None:
            self._say(text("backup.packed", file=out.name))

        self._bench.long_jobs.submit(
            "pack",
            lambda _job: session.data.pack(out),
            done,
            failed=lambda error: tell(text("backup.pack_trouble"), str(error), self._window),
            label=text("backup.packing"),
        )
