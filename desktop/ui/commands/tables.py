"""汇总表, 得分计算表, 图表 and 对照: made aside, shown in a window of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.presenters.comparing import Partner, last_year, partners
from desktop.presenters.freezing import FinalCopy, project_in
from desktop.presenters.tables import Kind, Sheets, comparison, file_name, nothing_to_show, sheets, side_by_side
from desktop.presenters.trouble import StoreError
from desktop.texts import text
from desktop.ui.commands.output import OutputCommands
from desktop.ui.dialogs.ask import tell
from desktop.ui.dialogs.files import ask_new_file, ending
from desktop.ui.jobs import Job
from desktop.ui.workbench import Workbench
from forms.documents import Project


class TableCommands:
    """Acts on the selected projects of the list, or on those listed, or on the open one."""

    def __init__(
        self,
        bench: Workbench,
        output: OutputCommands,
        numbers: Callable[[], Sequence[int]],
        window: QWidget,
        say: Callable[[str], None],
    ) -> None:
        """``numbers`` are the projects that a summary is made of."""
        self._bench, self._output, self._numbers, self._window, self._say = bench, output, numbers, window, say

    def acts(self) -> dict[str, Callable[[], Any]]:
        """Return what the actions of this group do, by name."""
        return {
            "summary": partial(self._summarise, "declared"),
            "results": partial(self._summarise, "evaluated"),
            "charts": partial(self._summarise, "charts"),
            "working": self._work_out,
            "compare": self.compare,
            "side_by_side": self.side_by_side,
        }

    # ---------------------------------------------------------------- what is shown

    def _summarise(self, kind: Kind) -> None:
        projects = [self._bench.project_of(number) for number in self._numbers()]
        self._make(partial(sheets, kind, projects, self._bench.editions), nothing_to_show(kind))

    def _work_out(self) -> None:
        project = self._bench.project
        if project is not None:
            self._make(partial(sheets, "working", [project], self._bench.editions), nothing_to_show("working"))

    def compare(self) -> None:
        """Ask what the open project is to be compared with, and show the differences."""
        from desktop.ui.dialogs.compare import CompareDialog

        session, project, number = self._bench.session, self._bench.project, self._bench.session.project_id
        if project is None or number is None:
            return
        copies = [(one.id, self._copy_words(one)) for one in session.finals.copies(number)]
        found = partners(number, project, session.rows(), copies)
        if not found:
            self._say(text("summaries.compare_none"))
            return
        dialog = CompareDialog(found, self._window)
        chosen = dialog.chosen if dialog.exec() else None
        dialog.deleteLater()
        if chosen is None:
            return
        try:
            old = self._old(chosen)
        except StoreError as error:
            tell(text("summaries.compare_title"), error.sentence, self._window)
            return
        if old is None:
            self._say(text("final.compare_edition"))
            return
        self._make(partial(comparison, old, project, (chosen.words, text("summaries.compare_now"))), "")

    def _copy_words(self, copy: FinalCopy) -> str:
        day = f"{copy.made_at:%Y-%m-%d}"
        return text("summaries.compare_copy", name=copy.name or text("window.unnamed"), number=copy.number, date=day)

    def _old(self, chosen: Partner) -> Project | None:
        """What is compared with; None for a final copy whose edition is not at hand any more. Raises StoreError."""
        if chosen.copy is None:
            return self._bench.project_of(chosen.project)
        return project_in(self._bench.session.finals.frozen(chosen.copy).package, self._bench.editions)

    def side_by_side(self) -> None:
        """Show last year's targets, this year's, and what was reached, of the open project."""
        session, project, number = self._bench.session, self._bench.project, self._bench.session.project_id
        if project is None or number is None:
            return
        before = last_year(number, project, session.rows())
        last: Project | None = None if before is None else self._bench.project_of(before)
        self._make(partial(side_by_side, last, project), "")

    # ---------------------------------------------------------------- showing it

    def _make(self, made: Callable[[], Sheets], nothing: str) -> None:
        def work(_job: Job) -> tuple[Sheets, bytes]:
            from forms.printing.tables import print_tables

            found = made()
            return found, print_tables(found) if found else b""

        def show(result: tuple[Sheets, bytes]) -> None:
            found, pdf = result
            if found:
                self._show(found, pdf)
            else:
                self._say(nothing)

        self._bench.jobs.submit("tables", work, show, label=text("summaries.making"))

    def _show(self, shown: Sheets, pdf: bytes) -> None:
        from desktop.ui.dialogs.table_window import TableWindow

        name = file_name(shown)
        acts = {
            "save_pdf": partial(self._output.save, pdf, f"{name}.pdf"),
            "save_xlsx": partial(self._save_workbook, shown, name),
            "print": partial(self._output.send, pdf, name),
        }
        TableWindow(shown[0].name, pdf, acts, self._window).show()

    def _save_workbook(self, shown: Sheets, name: str) -> None:
        kept, title, kinds = self._bench.session.kept, text("summaries.xlsx_title"), text("summaries.xlsx_files")
        out = ask_new_file(
            kept, "export", self._window, title=title, name=f"{name}.xlsx", kinds=kinds, named=ending(".xlsx")
        )
        if out is None:
            return

        def work(_job: Job) -> None:
            from desktop.exchange.table_workbook import workbook
            from desktop.exchange.writing import write_file

            write_file(out, workbook(shown))

        def done(_nothing: Any) -> None:
            self._say(text("window.exported_file", file=out.name))

        def failed(error: Exception) -> None:
            tell(text("window.export_trouble"), str(error), self._window)

        self._bench.jobs.submit("workbook", work, done, failed=failed, label=text("summaries.making"))
