"""Printing away from the window's thread: to a printer, into one PDF, or a PDF a project, with progress and a cancel.

What was done when it is called off is whole: whole print jobs, whole files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.writing import numbered_name, write_file
from desktop.presenters.faces import faces_of_this_computer
from desktop.presenters.final_copy import NotFinalError, why_not_final
from desktop.presenters.printing import Content, Device, PrinterFacts
from desktop.printer_process import NotStarted, PrinterProcess, ProcessLost
from desktop.texts import text
from desktop.ui.jobs import Job
from forms.documents import Booklet, Package, Project
from forms.edition import Edition

Report = Callable[[int, int], bool]
"""Told how much is done and of how much; says False where it is called off."""


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes one print job or one file."""

    name: str
    count: int
    """Projects in it."""
    make: Callable[[Report], bytes]
    """Gives its PDF; raises PrintCancelled where it is called off meanwhile."""


@dataclass(frozen=True, slots=True)
class Order:
    """Projects to be printed."""

    projects: tuple[Project, ...]
    content: Content
    editions: Mapping[str, Edition]
    switches: Mapping[str, bool]
    booklet: Booklet | None = None
    """Title and statement of a bound set; None: those of the pattern."""

    def parts(self, *, bound: bool) -> list[Part]:
        """Return it as one part, or as a part a project.

        Raises NotFinalError where it is for signing and something stands against that.
        """
        content, editions = self.content, self.editions
        faces = faces_of_this_computer() if content.installed_faces else {}
        if content.standing == "final":
            trouble = why_not_final(self.projects, editions, self.switches, faces)
            if trouble:
                raise NotFinalError(trouble)
        options = content.options(faces)

        def part(package: Package) -> Part:
            def make(report: Report) -> bytes:
                from forms.printing import print_package

                return print_package(package, editions, options, progress=report).pdf

            return Part(package.projects[0].name or text("window.unnamed"), len(package.projects), make)

        return [part(one) for one in self._packages(bound=bound)]

    def coded(self, numbers: tuple[int, ...], *, bound: bool) -> list[tuple[tuple[int, ...], Package]]:
        """Return the packages that are printed as booklets, under a check code of their own, each with its numbers.

        ``numbers`` are those of all projects, in their order.
        """
        if not self.content.booklet or self.content.public:
            return []
        packages = self._packages(bound=bound)
        return list(zip([numbers] if bound else [(one,) for one in numbers], packages, strict=True))

    def _packages(self, *, bound: bool) -> list[Package]:
        if not bound:
            return [Package((one,)) for one in self.projects]
        return [Package(self.projects, self.booklet if self.content.booklet else None)]


@dataclass(frozen=True, slots=True)
class Sent:
    """What went to a printer."""

    projects: int
    pages: int
    fitted: bool
    """Its paper is not that of the pages, so they were made to fit."""


def paper_of(_device: Device) -> tuple[str, int]:
    """Where a print comes out instead of the printer: a file and its dots an inch. Tests have it come out so."""
    return "", 0


def to_printer(job: Job, parts: Sequence[Part], device: Device) -> Sent:
    """Print parts, each as a print job of its own. Raises PrinterError in words for the clerk."""
    try:
        with PrinterProcess(lambda: not job.stopped.is_set()) as process:
            return _all_to_printer(job, parts, device, process)
    except NotStarted as error:
        raise PrinterError(text("printing.not_started")) from error
    except ProcessLost as error:
        raise PrinterError(text("printing.lost")) from error
    except OSError as error:
        raise PrinterError(text("printing.no_room")) from error


def _all_to_printer(job: Job, parts: Sequence[Part], device: Device, process: PrinterProcess) -> Sent:
    from forms.printing import PrintCancelled

    sent = Sent(0, 0, fitted=False)
    total = sum(part.count for part in parts)

    def report(made: int, of: int) -> bool:
        """Pages of a single part are worth telling; of many parts the projects are."""
        return job.report(made, of) if len(parts) == 1 else not job.stopped.is_set()

    for part in parts:
        try:
            pdf = part.make(report)
        except PrintCancelled:
            break
        file, dots = paper_of(device)
        answer = process.print(pdf, part.name, device, report, file=file, dots=dots)
        if answer is None:
            break
        if "broken" in answer:
            raise _in_words(answer["broken"], part, device)
        sent = Sent(sent.projects + part.count, sent.pages + answer["pages"], sent.fitted or answer["fitted"])
        if not job.report(sent.projects, total):
            break
    if not sent.pages and not job.stopped.is_set():
        raise PrinterError(text("printing.no_such_page"))
    return sent


def facts_of(job: Job, name: str) -> PrinterFacts:
    """Ask a printer what it can do; where it cannot be asked, it is taken for a usual one."""
    try:
        with PrinterProcess(lambda: not job.stopped.is_set()) as process:
            return process.facts(name) or PrinterFacts(name)
    except (ProcessLost, OSError):
        return PrinterFacts(name)


class PrinterError(Exception):
    """A printer did not take a print; the message says which and what to do."""


def _in_words(page: int, part: Part, device: Device) -> PrinterError:
    if page:
        return PrinterError(text("printing.broken_off", page=page, name=part.name))
    return PrinterError(text("printing.not_begun", name=device.printer))


def to_folder(job: Job, parts: Sequence[Part], folder: Path) -> int:
    """Write a PDF a part; return how many are written. Raises WriteError."""
    from forms.printing import PrintCancelled

    written = 0
    for number, part in enumerate(parts, 1):
        try:
            pdf = part.make(lambda _made, _of: not job.stopped.is_set())
        except PrintCancelled:
            break
        write_file(folder / file_name(parts, number), pdf)
        written = number
        if not job.report(written, len(parts)):
            break
    return written


def file_name(parts: Sequence[Part], number: int) -> str:
    """Return the name of the file of a part, counted from 1."""
    return f"{numbered_name(number, len(parts), parts[number - 1].name)}.pdf"
