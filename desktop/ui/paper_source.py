"""The PDF of the open project, made and turned into pictures away from the window's thread; the newest wins.

The very bytes that are shown here are those that are printed and saved.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.presenters.paper import PaperMap
from desktop.ui.jobs import Job, Jobs
from forms.documents import Package, Project
from forms.edition import Edition

DEBOUNCE_MS = 200
LONGEST_REST_MS = 1500


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed project, laid open for drawing."""

    pdf: bytes
    sizes: tuple[QSizeF, ...]
    """In points."""
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
    failed = Signal(str)

    def __init__(self, jobs: Jobs, editions: Mapping[str, Edition], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._editions = jobs, editions
        self._project: Project | None = None
        self.paper: Paper | None = None
        self._opened = _Opened()
        jobs.at_end = self._opened.close
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(self._print)

    @property
    def is_current(self) -> bool:
        """Whether the paper is that of the project last set."""
        return not self._pause.isActive() and self._jobs.is_idle

    def set_project(self, project: Project | None, *, at_once: bool = False) -> None:
        """Make the paper of a project, after a short rest unless ``at_once``."""
        self._project = project
        if project is None:
            self._pause.stop()
            self.paper = None
        elif at_once:
            self._pause.stop()
            self._print()
        else:
            self._pause.start()

    def want_picture(self, page: int, scale: float) -> None:
        """Have a page of the paper drawn, with so many pixels a point."""
        paper = self.paper
        if paper is None or page >= len(paper.sizes):
            return
        size = paper.sizes[page]

        def work(_job: Job) -> QImage:
            pixels = QSize(round(size.width() * scale), round(size.height() * scale))
            image: QImage = self._opened.document(paper.pdf).render(page, pixels)
            return image

        def done(image: QImage) -> None:
            if paper is self.paper:
                self.picture_ready.emit(page, scale, image)

        self._jobs.submit(f"picture-{page}", work, done)

    def _print(self) -> None:
        project, editions = self._project, self._editions
        if project is None:
            return

        def work(job: Job) -> tuple[Paper, int]:
            from forms.printing import PrintOptions, print_package

            begun = time.monotonic()
            printed = print_package(Package((project,)), editions, PrintOptions(footer=True), progress=job.report)
            # The paper of a long form waits for a longer rest: made beside the typing it would make that halt.
            rest = min(max(DEBOUNCE_MS, round((time.monotonic() - begun) * 1000)), LONGEST_REST_MS)
            document = self._opened.document(printed.pdf)
            sizes = tuple(document.pagePointSize(page) for page in range(document.pageCount()))
            return Paper(printed.pdf, sizes, PaperMap(printed.places)), rest

        def done(made: tuple[Paper, int]) -> None:
            paper, rest = made
            self.paper = paper
            self._pause.setInterval(rest)
            self.ready.emit(paper)

        self._jobs.submit("print", work, done, failed=lambda error: self.failed.emit(str(error)))
