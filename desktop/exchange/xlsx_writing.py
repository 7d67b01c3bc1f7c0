"""Projects as a workbook in the official layout: one sheet a form, drawn from the same grid of cells as the paper.

Every cell is a text, so that ``=100%`` never becomes a formula and ``1,515,000.00`` stays as printed. Each sheet is
set up for A4, as wide as the page, the heading of the indicators repeated on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop.exchange.sheet_names import SheetKind, SheetNames
from desktop.exchange.tables import TableError
from desktop.exchange.xlsx_layout import SheetCell, SheetLayout, form_layout, narrative_layout
from desktop.texts import text
from forms.documents import Project
from forms.edition import Edition

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_CELL = 32_767
"""Characters that a cell of a workbook holds."""

_A4 = 9
_MARGIN_MM = 20
_PX_PER_MM = 96 / 25.4
_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def workbook_bytes(
    projects: Sequence[Project],
    editions: Mapping[str, Edition],
    go_on: Callable[[int, int], bool] = lambda _made, _total: True,
) -> bytes:
    """Return the projects as the bytes of an xlsx file; narrative, declaration, evaluation of each in this order.

    ``go_on`` is told how many projects of how many are made, and answers whether to go on. Raises TableError where it
    does not, where an edition is not known, and where a text is longer than a cell of a workbook may be.
    """
    book = _Book(editions)
    for made, project in enumerate(projects):
        if not go_on(made, len(projects)):
            raise TableError(text("tables.stopped"))
        book.add(project)
    return book.bytes()


class _Book:
    """A workbook that projects are added to."""

    def __init__(self, editions: Mapping[str, Edition]) -> None:
        from openpyxl import Workbook

        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._book.properties.creator = text("window.name")
        self._editions, self._names, self._styles = editions, SheetNames(), _Styles()
        self._count = 0

    def add(self, project: Project) -> None:
        """Add the sheets of a project."""
        self._count += 1
        if project.narrative is not None:
            self._draw("narrative", project.name, narrative_layout(project.narrative))
        for kind, form in project.forms:
            edition = self._editions.get(form.edition)
            if edition is None:
                raise TableError(text("tables.unknown_edition", project=project.name, edition=form.edition))
            landscape = edition.orientation == "landscape"
            self._draw(kind, project.name, form_layout(form, edition), landscape=landscape)

    def bytes(self) -> bytes:
        """Return the file."""
        if not self._book.worksheets:
            raise TableError(text("tables.nothing_to_export"))
        out = BytesIO()
        self._book.save(out)
        return out.getvalue()

    def _draw(self, kind: SheetKind, project: str, layout: SheetLayout, *, landscape: bool = False) -> None:
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(self._names.name(self._count, kind, project))
        for at, width in enumerate(layout.widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = round(max(width * _PX_PER_MM - 5, 1) / 7, 2)
        for at, height in enumerate(layout.heights, 1):
            sheet.row_dimensions[at].height = round(height, 1)
        for cell in layout.cells:
            _put(sheet, cell, layout, self._styles, project)
        _set_up_page(sheet, layout, landscape=landscape)


def _put(sheet: Worksheet, cell: SheetCell, layout: SheetLayout, styles: _Styles, project: str) -> None:
    words = _UNFIT.sub("\ufffd", cell.words)
    if len(words.encode("utf-16-le")) // 2 > MAX_CELL:
        raise TableError(
            text("tables.too_long_for_cell", project=project, begin=words[:10], count=len(words), most=MAX_CELL)
        )
    first: Any = sheet.cell(cell.row + 1, cell.column + 1)
    styles.give(first, cell, _frame(cell, layout))
    if words:
        first.value = _ESCAPE.sub("_x005F_", words)
        first.data_type = "s"  # whatever it begins with, it is no formula
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=cell.row + 1,
            end_row=cell.row + cell.rows,
            start_column=cell.column + 1,
            end_column=cell.column + cell.columns,
        )


def _frame(cell: SheetCell, layout: SheetLayout) -> tuple[str, ...]:
    """The rules at the left, right, top and bottom; merging the cells draws them around all of them."""
    if not cell.framed:
        return ()
    outer = (
        cell.column == 0,
        cell.column + cell.columns == len(layout.widths),
        cell.row == layout.top,
        cell.row + cell.rows == len(layout.heights),
    )
    return tuple("medium" if one else "thin" for one in outer)


class _Styles:
    """What the cells of a sheet look like. openpyxl takes its time over each style, so a known one is copied."""

    def __init__(self) -> None:
        self._known: dict[object, Any] = {}

    def give(self, one: Any, cell: SheetCell, frame: tuple[str, ...]) -> None:
        """Have a cell of the sheet look as the cell of the layout that it is part of."""
        key = (cell.size, cell.bold, cell.across, cell.down, cell.stacked, frame)
        if key not in self._known:
            _dress(one, cell, frame)
            self._known[key] = copy(one._style)
        one._style = copy(self._known[key])


def _dress(one: Any, cell: SheetCell, frame: tuple[str, ...]) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    one.font = Font(name="黑体" if cell.bold else "宋体", size=cell.size)
    turned = 255 if cell.stacked else 0
    one.alignment = Alignment(horizontal=cell.across, vertical=cell.down, wrap_text=True, text_rotation=turned)
    one.number_format = "@"
    if frame:
        left, right, top, bottom = (Side(style="medium" if rule == "medium" else "thin") for rule in frame)
        one.border = Border(left=left, right=right, top=top, bottom=bottom)


def _set_up_page(sheet: Worksheet, layout: SheetLayout, *, landscape: bool) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.print_area = f"A1:{get_column_letter(len(layout.widths))}{len(layout.heights)}"
    if layout.repeated is not None:
        sheet.print_title_rows = f"{layout.repeated + 1}:{layout.repeated + 1}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = _MARGIN_MM / 25.4
    sheet.print_options.horizontalCentered = True
    footer: Any = sheet.HeaderFooter.oddFooter
    footer.center.text = "- &P -"
    sheet.sheet_view.showGridLines = False
