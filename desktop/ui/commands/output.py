"""What the menu 打印 does: paper and PDF, always the very bytes that the preview shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.presenters.faces import faces_of_this_computer
from desktop.presenters.printing import Device, PrinterFacts, device_from, device_key, to_keep
from desktop.presenters.session import Session
from desktop.presenters.shell import pdf_name, report_name
from desktop.texts import text
from desktop.ui.dialogs.ask import ask, tell
from desktop.ui.dialogs.files import ask_folder, ask_new_file, ending
from desktop.ui.dialogs.printing import PrintDialog, Target
from desktop.ui.gathering import gather
from desktop.ui.jobs import Job
from desktop.ui.print_jobs import Order, Part, Sent, facts_of, file_name, to_folder, to_printer
from desktop.ui.workbench import Workbench
from forms.documents import Booklet, Package, Project

if TYPE_CHECKING:
    from forms.printing.options import FaceFile, Role


class OutputCommands:
    """Prints the open project, or the selected ones."""

    def __init__(
        self, bench: Workbench, chosen: Callable[[], Sequence[int]], window: QWidget, say: Callable[[str], None]
    ) -> None:
        self._bench, self._chosen, self._window, self._say = bench, chosen, window, say
        self._orders = count()

    def print(self) -> None:
        """Ask what and how, and print."""
        gather(self._bench, self._chosen(), lambda found: self._ask(found, "printer"))

    def pdf(self) -> None:
        """Ask what and how, and write one PDF or several."""
        gather(self._bench, self._chosen(), lambda found: self._ask(found, "pdf"))

    def bind(self, projects: Mapping[int, Project], booklet: Booklet, target: Target) -> None:
        """Ask how, and print a bound set with its title and statement."""
        self._ask(projects, target, booklet)

    def test_page(self) -> None:
        """Print or save the test page."""
        from forms.printing.trial_page import print_trial_page

        self._one(Part(text("printing.test_name"), 0, lambda _report: print_trial_page()), "print.device.test")

    def report(self) -> None:
        """Check the chosen projects together and write what was found as a PDF."""
        gather(self._bench, self._chosen(), lambda found: self._report(list(found.values())))

    def save(self, pdf: bytes, name: str) -> None:
        """Ask where to and write a PDF that is there."""
        self._to_file(pdf, name)

    def send(self, pdf: bytes, name: str) -> None:
        """Print a PDF that is there."""
        self._one(Part(name, 0, lambda _report: pdf), "print.device.final")

    # ---------------------------------------------------------------- asking

    def _ask(self, found: Mapping[int, Project], target: Target, booklet: Booklet | None = None) -> None:
        if not found:
            return
        projects = list(found.values())
        session, key = self._bench.session, device_key(projects)
        names = [one.name or text("window.unnamed") for one in projects]
        dialog = self._dialog(names, key, target)
        choice = self._bench.print_choice

        def show_faces(installed: Mapping[Role, FaceFile]) -> None:
            dialog.show_faces(installed)
            choice.find(installed)

        dialog.content_changed.connect(lambda: choice.try_out(dialog.content))
        self._bench.asking.submit("faces", _faces, show_faces)
        accepted = bool(dialog.exec())
        self._bench.asking.forget()
        content, device, target = dialog.content, dialog.device, dialog.target
        dialog.deleteLater()
        if not accepted:
            choice.try_out(choice.kept)
            return
        choice.keep(content)
        if booklet is not None:
            content = replace(content, booklet=True)
        elif content.booklet:
            from desktop.presenters import booklets

            found, booklet = booklets.planned(session.kept.setting(booklets.SETTING, {}), found, self._bench.editions)
            projects = list(found.values())
        order = Order(tuple(projects), content, self._bench.editions, self._bench.checking.switches, booklet)
        bound = target == "pdf" or (target == "printer" and (content.booklet or len(projects) == 1))
        self._keep(tuple(found), order, bound=bound)
        if target == "printer":
            session.kept.set_setting(key, to_keep(device))
            self._print(lambda: order.parts(bound=bound), device)
        elif target == "folder":
            self._to_folder(order)
        else:
            name = pdf_name(projects[0])
            self._make(lambda job: order.parts(bound=True)[0].make(job.report), lambda pdf: self._to_file(pdf, name))

    def _keep(self, numbers: tuple[int, ...], order: Order, *, bound: bool) -> None:
        """Keep what the booklets say whose code is going to be on paper, before the paper is there."""

        def failed(error: Exception) -> None:
            tell(text("printing.not_kept"), str(error), self._window)

        session = self._bench.session
        for some, package in order.coded(numbers, bound=bound):
            self._bench.long_jobs.submit(
                f"keep-{next(self._orders)}",
                partial(_bind, session, some, package),
                lambda _nothing: None,
                failed=failed,
            )

    def _one(self, part: Part, key: str) -> None:
        """Ask where one page or copy goes that is there already, and send it."""
        dialog = self._dialog([], key, "printer", what=part.name)
        accepted = bool(dialog.exec())
        self._bench.asking.forget()
        device, target = dialog.device, dialog.target
        dialog.deleteLater()
        if accepted and target == "printer":
            self._bench.session.kept.set_setting(key, to_keep(device))
            self._print(lambda: [part], device)
        elif accepted:
            self._make(lambda job: part.make(job.report), lambda pdf: self._to_file(pdf, f"{part.name}.pdf"))

    def _dialog(self, names: Sequence[str], key: str, target: Target, what: str = "") -> PrintDialog:
        from desktop.ui.printer import printer_names

        session = self._bench.session
        kept = self._bench.print_choice.kept, device_from(session.kept.setting(key))
        return PrintDialog(names, kept, printer_names(), self._facts, self._window, target=target, what=what)

    def _facts(self, name: str, told: Callable[[PrinterFacts], None]) -> None:
        self._bench.asking.submit("printer", lambda job: facts_of(job, name), told)

    # ---------------------------------------------------------------- doing

    def _print(self, parts: Callable[[], list[Part]], device: Device) -> None:
        def done(sent: Sent) -> None:
            key = "printing.sent" if sent.projects else "printing.sent_one"
            said = [text(key, count=sent.projects, pages=sent.pages)]
            self._say("".join(said + ([text("printing.sent_fitted")] if sent.fitted else [])))

        def called_off(sent: Sent | None) -> None:
            self._say(text("printing.sent_part", count=sent.projects if sent is not None else 0))

        self._bench.long_jobs.submit(
            f"print-{next(self._orders)}",  # another print does not end this one
            lambda job: to_printer(job, parts(), device),
            done,
            failed=self._failed,
            label=text("printing.printing"),
            called_off=called_off,
        )

    def _to_folder(self, order: Order) -> None:
        folder = ask_folder(self._bench.session.kept, "pdf", self._window, title=text("printing.folder_title"))
        if folder is None:
            return

        def write(parts: list[Part]) -> None:
            there = sum((folder / file_name(parts, number)).exists() for number in range(1, len(parts) + 1))
            question = text("printing.replace_ask", folder=folder.name, count=there)
            if there and not ask(question, text("printing.replace"), self._window):
                return
            self._bench.long_jobs.submit(
                f"print-{next(self._orders)}",
                lambda job: to_folder(job, parts, folder),
                lambda written: self._say(text("printing.saved", count=written, folder=folder.name)),
                failed=self._failed,
                label=text("printing.saving"),
                called_off=lambda written: self._say(text("printing.saved_part", count=written or 0)),
            )

        self._make(lambda _job: order.parts(bound=False), write)

    def _make(self, work: Callable[[Job], Any], then: Callable[[Any], None]) -> None:
        """Have something made away from this thread, and go on with it."""
        self._bench.long_jobs.submit("output", work, then, failed=self._failed, label=text("window.printing"))

    def _report(self, projects: list[Project]) -> None:
        editions, switches, faces = self._bench.editions, self._bench.checking.switches, self._bench.print_choice.faces
        if not projects:
            return

        def work(_job: Job) -> Any:
            from desktop.exchange.report import report_bytes
            from desktop.presenters.whole_check import check_together

            found = check_together(projects, editions, switches, faces)
            return report_bytes(Package(tuple(projects)), editions, found, ".pdf", switches)

        name = report_name(projects[0])
        self._bench.long_jobs.submit(
            "output", work, lambda pdf: self._to_file(pdf, name), failed=self._failed, label=text("window.reporting")
        )

    def _to_file(self, pdf: bytes, name: str) -> None:
        from desktop.exchange.writing import WriteError, write_file

        kept, title, kinds = self._bench.session.kept, text("window.pdf_title"), text("window.pdf_files")
        out = ask_new_file(kept, "pdf", self._window, title=title, name=name, kinds=kinds, named=ending(".pdf"))
        if out is None:
            return

        def done(_nothing: Any) -> None:
            self._say(text("window.pdf_written", file=out.name))

        def failed(error: Exception) -> None:
            if not isinstance(error, WriteError):
                raise error
            self._failed(error)

        self._bench.jobs.submit(
            "pdf", lambda _job: write_file(out, pdf), done, failed=failed, label=text("window.writing_pdf")
        )

    def _failed(self, error: Exception) -> None:
        tell(text("window.print_trouble"), str(error), self._window)


def _bind(session: Session, numbers: Sequence[int], package: Package, _job: Job) -> None:
    session.finals.bind(numbers, package)


def _faces(_job: Job) -> Any:
    return faces_of_this_computer()
