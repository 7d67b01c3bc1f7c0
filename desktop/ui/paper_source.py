"""The PDF of the open project, made and turned into pictures away from the window's thread; the newest wins.

The very bytes that are shown here are those that are printed and saved.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.presenters.faces import SHIPPED
from desktop.presenters.paper import PaperMap
from desktop.presenters.printing import Content
from desktop.ui.jobs import Job, Jobs
from forms.documents import Package, Project
from forms.edition import Edition

if TYPE_CHECKING:
    from forms.printing.options import FaceFile, Look, Role

DEBOUNCE_MS = 25
"""Rest after a change: what comes in one go is printed once. Of longer work the newest wins."""
SHORT_MS = 100
LONGEST_REST_MS = 1500


class Choice(NamedTuple):
    """What is printed and how."""

    content: Content
    faces: Mapping[Role, FaceFile]


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed project, laid open for drawing."""

    project: Project
    choice: Choice
    pdf: bytes
    sizes: tuple[QSizeF, ...]
    """In points."""
    looks: tuple[Look, ...]
    """Digests of what is on each page."""
    map: PaperMap


class _Opened:
    """The PDF opened by Qt, for the one thread that draws; opened again only when the bytes change."""

    def __init__(self) -> None:
        self._pdf = b""
        self._document: Any = None
        self._buffer: QBuffer | None = None

    def document(self, pdf: bytes) -> Any:
        """Return the QPdfDocument of the bytes."""
        from PySide6.QtPdf import QPdfDocument

        if self._document is None or pdf is not self._pdf:
            self.close()
            self._buffer = QBuffer()
            self._buffer.setData(QByteArray(pdf))
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._document = QPdfDocument()
            self._document.load(self._buffer)
            self._pdf = pdf
        return self._document

    def close(self) -> None:
        """Let go of the document, in the thread that opened it."""
        if self._document is not None:
            self._document.close()
        self._document = self._buffer = None
        self._pdf = b""


class PaperSource(QObject):
    """Makes the paper of a project a little after each change, and pictures of its pages when asked."""

    ready = Signal(object)
    """A ``Paper`` is ready."""
    picture_ready = Signal(int, float, QImage)
    foot_ready = Signal(int, float, QImage)
    """The lowest rows of a page, with its check code."""
    failed = Signal(str)

    def __init__(self, jobs: Jobs, editions: Mapping[str, Edition], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._editions = jobs, editions
        self._choice = Choice(Content(), SHIPPED)
        self._project: Project | None = None
        self.paper: Paper | None = None
        self._tried: Project | None = None
        """The project printed last, or found not to be printable."""
        self._opened = _Opened()
        jobs.at_end = self._opened.close
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(self._print)

    @property
    def is_current(self) -> bool:
        """Whether the paper is that of the project last set."""
        return not self._pause.isActive() and self._tried is self._project and self._jobs.is_idle

    def set_project(self, project: Project | None, *, at_once: bool = False) -> None:
        """Make the paper of a project, after a short rest unless ``at_once``."""
        self._project = project
        if project is None:
            self._pause.stop()
            self.paper = self._tried = None
        elif self.paper is not None and (project, self._choice) == (self.paper.project, self.paper.choice):
            self._pause.stop()  # what was typed has become an edit, or was taken back
            self._tried = project
            self._jobs.drop("print")
        elif at_once:
            self._pause.stop()
            self._print()
        else:
            self._pause.start()

    def set_choice(self, content: Content, faces: Mapping[Role, FaceFile]) -> None:
        """Print otherwise from now on."""
        choice = Choice(content, faces)
        if choice != self._choice:
            self._choice = choice
            self._pause.stop()
            self._print()

    def want_picture(self, page: int, scale: float) -> None:
        """Have a page of the paper drawn, with so many pixels a point."""
        paper = self.paper
        if paper is None or page >= len(paper.sizes):
            return
        pixels = _pixels(paper.sizes[page], scale)

        def work(_job: Job) -> QImage:
            image: QImage = self._opened.document(paper.pdf).render(page, pixels)
            return image

        def done(image: QImage) -> None:
            if paper is self.paper:
                self.picture_ready.emit(page, scale, image)

        self._jobs.submit(f"picture-{page}", work, done)

    def want_foot(self, page: int, scale: float) -> None:
        """Have only the foot of a page drawn, exactly as on a picture of the whole page."""
        paper = self.paper
        if paper is None or page >= len(paper.sizes):
            return
        pixels = _pixels(paper.sizes[page], scale)

        def work(_job: Job) -> QImage:
            from PySide6.QtPdf import QPdfDocumentRenderOptions

            from forms.printing.options import CODE_BAND

            height = min(math.ceil(CODE_BAND * scale), pixels.height())
            options = QPdfDocumentRenderOptions()
            options.setScaledSize(pixels)
            # Qt takes the last row and column of this for the edge.
            options.setScaledClipRect(QRect(0, pixels.height() - height, pixels.width() + 1, height + 1))
            image: QImage = self._opened.document(paper.pdf).render(page, QSize(pixels.width(), height), options)
            return image

        def done(image: QImage) -> None:
            if paper is self.paper:
                self.foot_ready.emit(page, scale, image)

        self._jobs.submit(f"foot-{page}", work, done)

    def _print(self) -> None:
        project, editions, choice = self._project, self._editions, self._choice
        if project is None:
            return

        def work(job: Job) -> tuple[Paper, int]:
            from forms.printing import print_package

            options = choice.content.options(choice.faces)
            begun = time.monotonic()
            printed = print_package(Package((project,)), editions, options, progress=job.report)
            # The paper of a long form waits for a longer rest: made beside the typing it would make that halt.
            took = round((time.monotonic() - begun) * 1000)
            rest = DEBOUNCE_MS if took <= SHORT_MS else min(took, LONGEST_REST_MS)
            document = self._opened.document(printed.pdf)
            sizes = tuple(document.pagePointSize(page) for page in range(document.pageCount()))
            return Paper(project, choice, printed.pdf, sizes, printed.looks, PaperMap(printed.places)), rest

        def done(made: tuple[Paper, int]) -> None:
            self.paper, rest = made
            self._tried = project
            self._pause.setInterval(rest)
            self.ready.emit(self.paper)

        def failed(error: Exception) -> None:
            self._tried = project
            self.failed.emit(str(error))

        self._jobs.submit("print", work, done, failed=failed)


def _pixels(size: QSizeF, scale: float) -> QSize:
    return QSize(round(size.width() * scale), round(size.height() * scale))
