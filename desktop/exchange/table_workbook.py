"""Plain tables as a workbook: a sheet each, ready to print, every cell the very text (``=100%`` is no formula)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from forms.tables import Chart, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_UNFIT = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
"""Excel's own limits."""
_WIDTH = {True: 130.0, False: 88.0}
"""Characters across a page that lies (True) or stands."""


def workbook(tables: Sequence[Table | Chart]) -> bytes:
    """Return the bytes of an xlsx file; a chart becomes the table of its figures."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for one in tables:
        _fill(book.create_sheet(_name(one.title, book.sheetnames)), one)
    if not book.worksheets:
        book.create_sheet("Sheet1")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, one: Table | Chart) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    labels, widths, aligns, rows = _content(one)
    last = len(labels)
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row, (words, size) in enumerate(((one.title, 16), (one.subtitle, 11)), 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        cell = _write(sheet, row, 1, words)
        cell.font = Font(name="宋体", size=size, bold=row == 1)
        cell.alignment = Alignment(horizontal="center", vertical="center")
    for at, line in enumerate((labels, *rows), 3):
        for column, words in enumerate(line, 1):
            cell = _write(sheet, at, column, words)
            cell.font = Font(name="宋体", size=10.5, bold=at == 3)
            centred = at == 3 or aligns[column - 1] == "center"
            where = "center" if centred else aligns[column - 1]
            cell.alignment = Alignment(horizontal=where, vertical="center", wrap_text=True)
            cell.border = border
    end = 3 + len(rows)
    for at, note in enumerate(one.notes if isinstance(one, Table) else (), end + 1):
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=last)
        _write(sheet, at, 1, note).font = Font(name="宋体", size=10.5)
        end = at
    across = isinstance(one, Table) and one.landscape
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = max(5.0, _WIDTH[across] * width / sum(widths))
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.print_area = f"A1:{get_column_letter(last)}{end}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if across else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _content(one: Table | Chart) -> tuple[tuple[str, ...], tuple[float, ...], tuple[str, ...], list[tuple[str, ...]]]:
    """Headings, widths, alignments and rows, the sums last."""
    if isinstance(one, Chart):
        bars: list[tuple[str, ...]] = [(bar.label, bar.text, f"{bar.share * 100:.2f}%") for bar in one.bars]
        return ("项目", "数值", "占比"), (5.0, 2.0, 2.0), ("left", "center", "center"), bars
    columns = one.columns
    rows: list[tuple[str, ...]] = [*one.rows, *([one.totals] if one.totals else [])]
    labels = tuple(column.label for column in columns)
    return labels, tuple(column.width for column in columns), tuple(column.align for column in columns), rows


def _write(sheet: Worksheet, row: int, column: int, words: str) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)[:_LONGEST_CELL]
    cell.data_type = "s"  # a text that begins with = stays a text
    return cell


def _name(title: str, taken: Sequence[str]) -> str:
    """A name that a sheet may have and no other sheet has."""
    base = _UNFIT.sub("", title).strip("' ")[:_LONGEST_NAME] or "表"
    names = (base, *(f"{base[: _LONGEST_NAME - 4]}({n})" for n in range(2, len(taken) + 3)))
    known = {one.lower() for one in taken}
    return next(one for one in names if one.lower() not in known)
