"""打开日志 and 导出问题报告: what is noted of errors is shown; nothing is handed over that was not read before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.presenters.problem_log import read_log, report
from desktop.texts import text
from desktop.ui.dialogs.ask import WordsDialog, show_words, tell
from desktop.ui.dialogs.files import ask_new_file, ending
from desktop.ui.jobs import Job
from desktop.ui.workbench import Workbench


class HelpCommands:
    """What a clerk needs when something went wrong."""

    def __init__(self, bench: Workbench, window: QWidget, say: Callable[[str], None]) -> None:
        self._bench, self._window, self._say = bench, window, say

    def log(self) -> None:
        """Show the log."""
        words = read_log(self._bench.folder) or text("help.log_empty")
        show_words(text("help.log_title"), text("help.log_words"), words, self._window)

    def report(self) -> None:
        """Gather the report, show it, and write it where the clerk wants it."""
        from desktop.version import version

        safe, folder = self._bench.safe, self._bench.folder

        def work(_job: Job) -> str:
            return report(folder, version(), safe.counts(), safe.examine())

        self._bench.long_jobs.submit("report", work, self._show)

    def _show(self, words: str) -> None:
        from desktop.exchange.writing import WriteError, write_file

        act = text("help.report_save")
        dialog = WordsDialog(text("help.report_title"), text("help.report_words"), words, self._window, act)
        accepted = bool(dialog.exec())
        dialog.deleteLater()
        if not accepted:
            return
        title, kinds, name = text("help.report_title"), text("help.report_files"), text("help.report_name")
        out = ask_new_file(
            self._bench.session.kept, "report", self._window, title=title, name=name, kinds=kinds, named=ending(".txt")
        )
        if out is None:
            return
        try:
            write_file(out, words.encode("utf-8-sig"))
        except WriteError as error:
            tell(text("help.report_trouble"), str(error), self._window)
            return
        self._say(text("help.report_saved", file=out.name))
