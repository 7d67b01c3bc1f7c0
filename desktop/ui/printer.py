"""Pages of a PDF on a printer, for the process that alone touches printers (``desktop.printer_process``).

The pages of a print job are first all drawn as pictures of the very PDF, in the dots of the printer; then they are
handed to the printer in one go. So a print that is called off before that leaves nothing in the queue, and one
called off later is taken back where the system can do that, else ends whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from desktop.presenters.printing import Area, Device, Duplex, PrinterFacts, chosen_pages, dots, is_same_paper, placed

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_POINTS = 72
_MM = 25.4
_DRAWN_DOTS = 2_000_000
"""Dots of a page that are drawn at once: a whole one, fine and in colours, is hundreds of megabytes."""
_FEWEST_ROWS, _MOST_ROWS = 96, 256
"""Rows that are handed to the printer at once: a picture of the whole page is tens of megabytes."""
_CALM = 8
"""A page is cut where so many rows on both sides are the same: a reader of PDFs may move a strip by a dot."""


class PrintError(Exception):
    """The printer did not take the job, or broke off at a page (from 1; 0: did not begin)."""

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in the dots of a printer, packed, in strips from its top."""

    size: tuple[float, float]
    """Of the page, in points."""
    width: int
    height: int
    """In dots."""
    strips: tuple[tuple[int, int, QImage.Format, bytes], ...]
    """Rows, bytes a row, kind, and packed bytes."""

    @property
    def is_wide(self) -> bool:
        """Whether it lies across."""
        return self.size[0] > self.size[1]


# ---------------------------------------------------------------- printers


def printer_names() -> list[str]:
    """Return the names of the printers of this computer, the default one first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names: list[str] = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != default)


def facts_of(name: str) -> PrinterFacts:
    """Ask a printer what it can do. One in the network may take seconds to answer."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(name)
    modes = _modes()
    can = tuple(key for key, mode in modes.items() if mode in info.supportedDuplexModes())
    papers = [size.size(QPageSize.Unit.Millimeter) for size in info.supportedPageSizes()]
    resolution = QPrinter(info, QPrinter.PrinterMode.HighResolution).resolution()
    sizes = tuple((paper.width(), paper.height()) for paper in papers)
    return PrinterFacts(name, resolution, ("as_set", *can), sizes)


def _modes() -> dict[Duplex, QPrinter.DuplexMode]:
    from PySide6.QtPrintSupport import QPrinter

    mode = QPrinter.DuplexMode
    return {
        "one_sided": mode.DuplexNone,
        "long_side": mode.DuplexLongSide,
        "short_side": mode.DuplexShortSide,
    }


def open_printer(device: Device, name: str, file: str = "", dots: int = 0) -> QPrinter:
    """Return the printer set up for a job of some name.

    With ``file`` it is Qt's own, of so many ``dots`` an inch, whose paper is a PDF: for tests and the self-test.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(device.printer) if device.printer else QPrinterInfo.defaultPrinter()
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    source = QPrinter.PaperSource
    trays = {"upper": source.Upper, "middle": source.Middle, "lower": source.Lower, "manual": source.Manual}
    printer.setDocName(name)
    printer.setPaperSource({**trays, "large": source.LargeCapacity}.get(device.tray, source.Auto))
    wanted = _modes().get(device.duplex)
    if wanted is not None:
        printer.setDuplex(wanted if wanted in info.supportedDuplexModes() else QPrinter.DuplexMode.DuplexNone)
    printer.setCopyCount(device.copies)
    if file:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(file)
        printer.setResolution(dots)
    return printer


# ---------------------------------------------------------------- pages as pictures


def pictures(
    pdf: bytes, resolution: int, go_on: Callable[[int, int], bool], pages: str = "all"
) -> list[Picture] | None:
    """Draw the pages of a PDF that are wanted (``chosen_pages``) for a printer of a resolution (dots an inch).

    ``go_on`` is asked after each page, with the number drawn and of all; where it says False there is None.
    """
    document, buffer = _open(pdf)
    try:
        made = []
        wanted = chosen_pages(pages, document.pageCount())
        for page in wanted:
            made.append(_picture(document, page, dots(resolution)))
            if not go_on(len(made), len(wanted)):
                return None
        return made
    finally:
        document.close()
        buffer.close()


def _open(pdf: bytes) -> tuple[Any, QBuffer]:
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return document, buffer


def _picture(document: Any, page: int, fineness: int) -> Picture:
    points = document.pagePointSize(page)
    whole = QSize(round(points.width() * fineness / _POINTS), round(points.height() * fineness / _POINTS))
    kind = QImage.Format.Format_Grayscale8
    drawn = _drawn(document, page, whole, kind)
    if drawn is None:
        kind = QImage.Format.Format_RGB888
        drawn = _drawn(document, page, whole, kind)
    data, line = drawn or (b"", 0)
    strips, top = [], 0
    used = whole.width() * (1 if kind is QImage.Format.Format_Grayscale8 else 3)
    for end in (*_cuts(data, line, used, whole.height()), whole.height()):
        strips.append((end - top, line, kind, zlib.compress(data[top * line : end * line], 1)))
        top = end
    return Picture((points.width(), points.height()), whole.width(), whole.height(), tuple(strips))


def _drawn(document: Any, page: int, whole: QSize, kind: QImage.Format) -> tuple[bytes, int] | None:
    """The dots of a page on white paper, and how many bytes a row has; None where ``kind`` lacks its colours."""
    from PySide6.QtPdf import QPdfDocumentRenderOptions

    rows = []
    line = 0
    step = max(_DRAWN_DOTS // max(whole.width(), 1), 1)
    for top in range(0, whole.height(), step):
        count = min(step, whole.height() - top)
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        # Qt takes the last row and column of this for the edge: a page in strips is the page only with one more.
        options.setScaledClipRect(QRect(0, top, whole.width() + 1, count + 1))
        drawn = document.render(page, QSize(whole.width(), count), options)
        if kind is QImage.Format.Format_Grayscale8 and not drawn.allGray():
            return None
        strip = QImage(whole.width(), count, kind)
        strip.fill(0xFFFFFFFF)  # paper: what is drawn has none
        painter = QPainter(strip)
        painter.drawImage(0, 0, drawn)
        painter.end()
        line = strip.bytesPerLine()
        rows.append(bytes(strip.constBits()))
    return b"".join(rows), line


def _cuts(data: bytes, line: int, used: int, height: int) -> Iterator[int]:
    """Rows before which a page is cut: between lines of type and rules, if there is such a place in time.

    A row has ``line`` bytes, of which Qt leaves those after ``used`` to chance.
    """

    def dots_of(row: int) -> bytes:
        return data[row * line : row * line + used]

    at = 0
    while height - at > _MOST_ROWS:
        same = best = 0
        cut = at + _MOST_ROWS
        for row in range(at + _FEWEST_ROWS - _CALM, at + _MOST_ROWS):
            same = same + 1 if dots_of(row) == dots_of(row + 1) else 0
            if same > best:
                best, cut = same, row + 1 - same // 2
            if same == 2 * _CALM:
                break
        if not best:  # then where there is most white
            rows = range(at + _FEWEST_ROWS, at + _MOST_ROWS)
            cut = max(rows, key=lambda row: data.count(b"\xff", row * line, row * line + used))
        yield cut
        at = cut


# ---------------------------------------------------------------- pictures on a printer


def play(pages: list[Picture], printer: QPrinter, device: Device, go_on: Callable[[], bool]) -> bool:
    """Hand the pages to a printer as one job. Raises PrintError where it does not take them.

    ``go_on`` is asked after each page; where it says False the job is taken back, and False returned. Where the
    system cannot take it back it is finished: better a whole print too many than half a one.
    """
    if not pages:
        return True
    printer.setFullPage(True)
    painter = QPainter()
    for number, page in enumerate(pages, 1):
        _turn(printer, page)
        ready = printer.newPage() if painter.isActive() else painter.begin(printer)
        if not ready:
            if painter.isActive():
                painter.end()
            raise PrintError(number if number > 1 else 0)
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        _draw(painter, printer, page, device)
        if not go_on() and printer.abort():
            painter.end()
            return False
    painter.end()
    return True


def _turn(printer: QPrinter, page: Picture) -> None:
    """Give the printer the paper of a page; where it has none such, it keeps its own."""
    narrow, long = sorted(page.size)
    across = QPageLayout.Orientation.Landscape if page.is_wide else QPageLayout.Orientation.Portrait
    wanted = QPageSize(QSizeF(narrow, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    if printer.pageLayout().pageSize() != wanted:
        printer.setPageSize(wanted)
    if printer.pageLayout().orientation() != across:
        printer.setPageOrientation(across)


def paper_of(printer: QPrinter) -> tuple[tuple[float, float], Area]:
    """Return the size of a printer's paper, and what it reaches of it, in mm."""
    layout = printer.pageLayout()
    full = layout.fullRect(QPageLayout.Unit.Millimeter)
    edge: QMarginsF = layout.minimumMargins()
    unit = _MM / _POINTS if layout.units() is QPageLayout.Unit.Point else 1.0
    left, top, right, bottom = (one * unit for one in (edge.left(), edge.top(), edge.right(), edge.bottom()))
    reach = Area(left, top, full.width() - left - right, full.height() - top - bottom)
    return (full.width(), full.height()), reach


def fits(printer: QPrinter, page: Picture) -> bool:
    """Whether the printer's paper is that of a page."""
    size = page.size[0] * _MM / _POINTS, page.size[1] * _MM / _POINTS
    return is_same_paper(paper_of(printer)[0], size)


def _draw(painter: QPainter, printer: QPrinter, page: Picture, device: Device) -> None:
    """Draw a page where it belongs: its strips meet at whole dots, so that no seam is seen."""
    paper, reach = paper_of(printer)
    area = placed(page.size, paper, reach, device)
    a_mm = printer.resolution() / _MM
    left, width = round(area.x * a_mm), round(area.width * a_mm)
    top, height = area.y * a_mm, area.height * a_mm
    row = 0
    for rows, line, kind, packed in page.strips:
        data = zlib.decompress(packed)
        strip = QImage(data, page.width, rows, line, kind)
        above, below = (round(top + height * at / page.height) for at in (row, row + rows))
        painter.drawImage(QRectF(left, above, width, below - above), strip)
        row += rows
