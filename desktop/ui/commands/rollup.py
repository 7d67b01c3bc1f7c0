"""汇总下级单位: a folder of files is read aside, listed, and what the clerk ticks is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.presenters.rollup import Item, files_beneath, read_all, taken, update_edit
from desktop.texts import text
from desktop.ui.dialogs.files import ask_folder
from desktop.ui.jobs import Job
from desktop.ui.workbench import Workbench


class RollUpCommands:
    """Reads what many units have sent."""

    def __init__(self, bench: Workbench, window: QWidget, say: Callable[[str], None]) -> None:
        self._bench, self._window, self._say = bench, window, say

    def acts(self) -> dict[str, Callable[[], Any]]:
        """Return what the actions of this group do, by name."""
        return {"rollup": self.roll_up}

    def roll_up(self) -> None:
        """Ask for a folder and read the files beneath it."""
        session, editions = self._bench.session, self._bench.editions
        folder = ask_folder(session.kept, "rollup", self._window, title=text("rollup.choose"))
        if folder is None:
            return
        rows = session.rows()

        def work(job: Job) -> tuple[Item, ...]:
            reader = session.data.reader()
            try:
                return read_all(files_beneath(folder), editions, rows, lambda one: reader.load(one).project, job.report)
            finally:
                reader.close()

        self._bench.long_jobs.submit("rollup", work, self._read, label=text("rollup.reading"))

    def _read(self, items: Sequence[Item]) -> None:
        from desktop.ui.dialogs.rollup import RollUpDialog

        if not items:
            self._say(text("rollup.nothing"))
            return
        dialog = RollUpDialog(items, self._window)
        chosen = dialog.taken() if dialog.exec() else []
        dialog.deleteLater()
        new, instead = taken(chosen)
        for number, project in instead:
            self._bench.session.change(number, update_edit(self._bench.project_of(number), project))
        if new:
            self._bench.session.add(new)
        if new or instead:
            self._bench.checking.mark_all()
            self._say(text("rollup.done", new=len(new), updated=len(instead)))
