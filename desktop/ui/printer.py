"""A PDF to a printer: the system's own dialog, then page by page as pictures of the very PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from desktop.texts import text
from desktop.ui.jobs import Job
from desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS_PER_INCH = 300
"""Fine enough for 8-pt characters; a page takes 26 MB while it is drawn."""
_POINTS = 72


def print_pdf(bench: Workbench, pdf: bytes, name: str, window: QWidget, say: Callable[[str], None]) -> None:
    """Let the clerk choose a printer and send a PDF there."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, window)
    dialog.setWindowTitle(text("window.printer_title"))
    accepted = bool(dialog.exec())
    dialog.deleteLater()
    if accepted:
        send(bench, pdf, printer, say)


def send(bench: Workbench, pdf: bytes, printer: QPrinter, say: Callable[[str], None]) -> None:
    """Draw the pages that the printer was told, one after another."""
    document, buffer = _open(pdf)
    count = document.pageCount()
    document.close()
    buffer.close()
    first, last = printer.fromPage() or 1, printer.toPage() or count
    printer.setFullPage(True)
    _Sender(bench, pdf, printer, [page for page in range(count) if first <= page + 1 <= last], say).go_on()


class _Sender:
    """Draws page after page: only one is held as a picture, and each is made away from the window's thread."""

    def __init__(
        self, bench: Workbench, pdf: bytes, printer: QPrinter, pages: list[int], say: Callable[[str], None]
    ) -> None:
        self._bench, self._pdf, self._printer, self._say = bench, pdf, printer, say
        self._pages, self._at = pages, 0
        self._painter = QPainter()

    def go_on(self) -> None:
        """Have the next page made, or end."""
        if self._at == len(self._pages):
            self._painter.end()
            self._say(text("window.printed", count=self._at))
            return
        pdf, at, pages = self._pdf, self._at, self._pages

        def work(job: Job) -> QImage:
            job.report(at, len(pages))
            document, buffer = _open(pdf)
            picture = _picture(document, pages[at])
            document.close()
            buffer.close()
            return picture

        self._bench.jobs.submit("printer", work, self._draw, failed=self._failed, label=text("window.printing"))

    def _draw(self, picture: QImage) -> None:
        wide = picture.width() > picture.height()
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        )
        begun = self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)
        if not begun:
            self._failed(None)
            return
        self._painter.drawImage(QRectF(self._painter.viewport()), picture)
        self._at += 1
        self.go_on()

    def _failed(self, _error: Exception | None) -> None:
        if self._painter.isActive():
            self._painter.end()
        self._say(text("window.printer_failed"))


def _open(pdf: bytes) -> tuple[Any, QBuffer]:
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return document, buffer


def _picture(document: Any, page: int) -> QImage:
    points = document.pagePointSize(page)
    scale = DOTS_PER_INCH / _POINTS
    image: QImage = document.render(page, QSize(round(points.width() * scale), round(points.height() * scale)))
    return image
