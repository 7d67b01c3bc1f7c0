"""What the menu 打印 does: paper and PDF, always the very bytes that the preview shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.presenters.final_copy import NotFinalError, why_not_final
from desktop.presenters.shell import pdf_name, report_name
from desktop.texts import text
from desktop.ui.jobs import Job
from desktop.ui.workbench import Workbench
from forms.documents import Package, Project

if TYPE_CHECKING:
    from desktop.ui.dialogs.print_scope import Scope


class OutputCommands:
    """Prints the open project, or the selected ones as a booklet."""

    def __init__(
        self, bench: Workbench, chosen: Callable[[], Sequence[int]], window: QWidget, say: Callable[[str], None]
    ) -> None:
        self._bench, self._chosen, self._window, self._say = bench, chosen, window, say

    def print(self) -> None:
        """Ask what and where to, and print."""
        self._ask(self._to_printer)

    def pdf(self) -> None:
        """Ask what and where to, and write a PDF."""
        self._ask(self._to_file)

    def report(self) -> None:
        """Check the chosen projects together and write what was found as a PDF."""
        projects = [self._bench.project_of(number) for number in self._chosen()]
        editions, switches = self._bench.editions, self._bench.switches
        if not projects:
            return

        def work(_job: Job) -> Any:
            from desktop.exchange.report import report_bytes
            from forms.checks import check_package
            from forms.printing import has_glyph

            package = Package(tuple(projects))
            found = check_package(package, editions, switches=switches, has_glyph=has_glyph)
            return report_bytes(package, editions, found, ".pdf", switches)

        name = report_name(projects[0])
        self._bench.jobs.submit(
            "output", work, lambda pdf: self._to_file(pdf, name), failed=self._failed, label=text("window.reporting")
        )

    def _ask(self, then: Callable[[bytes, str], None]) -> None:
        from desktop.ui.dialogs.print_scope import PrintScopeDialog

        numbers = list(self._chosen())
        if not numbers:
            return
        projects = [self._bench.project_of(number) for number in numbers]
        dialog = PrintScopeDialog([one.name or text("window.unnamed") for one in projects], self._window)
        accepted = bool(dialog.exec())
        scope = dialog.scope()
        dialog.deleteLater()
        if accepted:
            self.make(projects, scope, then)

    def make(self, projects: Sequence[Project], scope: Scope, then: Callable[[bytes, str], None]) -> None:
        """Print projects to PDF bytes away from this thread, and go on with them."""
        editions, switches = self._bench.editions, self._bench.switches
        name = pdf_name(projects[0])

        def work(job: Job) -> Any:
            from forms.printing import PrintOptions, print_package

            if scope.final:
                trouble = why_not_final(projects, editions, switches)
                if trouble:
                    raise NotFinalError(trouble)
            options = PrintOptions(
                forms_only=scope.forms_only, booklet=scope.booklet, draft=scope.draft, sign_off=scope.sign_off
            )
            return print_package(Package(tuple(projects)), editions, options, progress=job.report).pdf

        self._bench.jobs.submit(
            "output", work, lambda pdf: then(pdf, name), failed=self._failed, label=text("window.printing")
        )

    def save(self, pdf: bytes, name: str) -> None:
        """Ask where to and write a PDF that is there."""
        self._to_file(pdf, name)

    def send(self, pdf: bytes, name: str) -> None:
        """Print a PDF that is there."""
        self._to_printer(pdf, name)

    def _to_file(self, pdf: bytes, name: str) -> None:
        from desktop.exchange.writing import WriteError, write_file

        folder = Path(self._bench.session.setting("folder.pdf", ""))
        path, _ = QFileDialog.getSaveFileName(
            self._window, text("window.pdf_title"), str(folder / name), text("window.pdf_files")
        )
        if not path:
            return
        out = Path(path if path.lower().endswith(".pdf") else f"{path}.pdf")

        def done(_nothing: Any) -> None:
            self._bench.session.set_setting("folder.pdf", str(out.parent))
            self._say(text("window.pdf_written", file=out.name))

        def failed(error: Exception) -> None:
            if not isinstance(error, WriteError):
                raise error
            self._failed(error)

        self._bench.jobs.submit(
            "pdf", lambda _job: write_file(out, pdf), done, failed=failed, label=text("window.writing_pdf")
        )

    def _to_printer(self, pdf: bytes, name: str) -> None:
        from desktop.ui.printer import print_pdf

        print_pdf(self._bench, pdf, name, self._window, self._say)

    def _failed(self, error: Exception) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, text("window.print_trouble"), str(error), parent=self._window)
        box.addButton(text("window.close"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        box.deleteLater()
