"""Workbooks (xlsx) from outside as tables, sheet by sheet: the texts as shown, merged cells resolved.

openpyxl gives the values; what it does not tell of a workbook that it only reads (merged and hidden cells, formulas
without a result) is read from the sheet's own XML beside it.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from defusedxml.ElementTree import iterparse, parse

from desktop.exchange.number_text import cell_text
from desktop.exchange.tables import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Builder, Spot, Table, TableError
from desktop.exchange.xlsx_guard import check_workbook
from desktop.texts import text

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
MAX_SHEETS = 2_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that has something on it."""

    name: str
    table: Table


@dataclass(slots=True)
class _Facts:
    """What the XML of a sheet tells. Rows and columns count from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    formulas: int = 0
    cells: int = 0
    """Cells that hold something."""
    area: int = 0
    """Cells within merged ones."""
    row: int = 0
    """The row read last."""
    last_row: int = 0
    """The last row that holds something."""
    last_column: int = 0


def read_sheets(path: Path, go_on: Callable[[int, int], bool] = lambda _made, _total: True) -> list[Sheet]:
    """Return the sheets of a workbook that are not hidden and not blank; all or nothing.

    ``go_on`` is told how many sheets of how many are read, and answers whether to go on. Raises TableError.
    """
    notes = check_workbook(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out; what matters is told in notes
        try:
            return _read(path, notes, go_on)
        except TableError:
            raise
        except Exception as error:  # a file made to do harm may fail the reader in any way
            raise TableError(text("tables.broken_workbook", file=path.name)) from error


def _read(path: Path, notes: tuple[str, ...], go_on: Callable[[int, int], bool]) -> list[Sheet]:
    from openpyxl import load_workbook

    found: list[Sheet] = []
    hidden = 0
    # The reader leaves a file open that it opened itself and then cannot read.
    with path.open("rb") as opened, zipfile.ZipFile(path) as archive:
        places = _sheet_places(archive)
        if len(places) > MAX_SHEETS:
            raise TableError(text("tables.too_many_sheets", file=path.name, most=MAX_SHEETS))
        book = load_workbook(opened, read_only=True, data_only=True, keep_links=False)
        try:
            for made, (name, part, visible) in enumerate(places):
                if not go_on(made, len(places)):
                    raise TableError(text("tables.stopped"))
                if not visible:
                    hidden += 1
                    continue
                with archive.open(part) as file:
                    facts = _facts(file, name)
                if facts.last_row:
                    found.append(Sheet(name, _table(book[name], facts, notes)))
        finally:
            book.close()
    if not found:
        raise TableError(text("tables.no_sheet", file=path.name))
    if hidden:
        first = found[0].table
        told = (*first.notes, text("tables.hidden_sheets", count=hidden))
        found[0] = Sheet(found[0].name, Table(first.rows, first.filled, first.covered, told))
    return found


def _sheet_places(archive: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """The sheets in their order: name, part of the archive, whether it is shown."""
    parts = {}
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        for link in _root(file):
            target = str(link.get("Target", ""))
            within = PurePosixPath(target[1:]) if target.startswith("/") else PurePosixPath("xl", target)
            if str(link.get("Type", "")).endswith("/worksheet") and link.get("TargetMode") != "External":
                parts[link.get("Id")] = str(within)
    with archive.open("xl/workbook.xml") as file:
        sheets = _root(file).iter(f"{_MAIN}sheet")
        return [
            (str(one.get("name")), parts[one.get(_LINK)], one.get("state", "visible") == "visible")
            for one in sheets
            if one.get(_LINK) in parts
        ]


def _root(file: IO[bytes]) -> Any:
    return parse(file).getroot()


def _facts(file: IO[bytes], name: str) -> _Facts:
    facts = _Facts()
    data: Any = None
    for event, element in iterparse(file, events=("start", "end")):
        tag = element.tag
        if event == "start":
            data = element if tag == f"{_MAIN}sheetData" else data
        elif tag == f"{_MAIN}row":
            _take_row(element, facts, name)
            if data is not None:
                data.clear()
        elif tag == f"{_MAIN}col" and _is_on(element.get("hidden")):
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            facts.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
        elif tag == f"{_MAIN}mergeCell":
            _take_merge(element.get("ref", ""), facts)
    return facts


def _take_row(row: Any, facts: _Facts, name: str) -> None:
    facts.row = number = int(row.get("r") or facts.row + 1)
    if _is_on(row.get("hidden")) and number <= MAX_ROWS:
        facts.hidden_rows.add(number)
    column = 0
    for cell in row:
        place = cell.get("r", "")
        column = _spot(place)[1] if place else column + 1
        value, formula = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}f")
        if formula is not None:
            facts.formulas += 1
            if value is None or value.text is None:
                raise TableError(text("tables.no_result", sheet=name, place=place))
        if value is not None or cell.find(f"{_MAIN}is") is not None:
            facts.cells += 1
            facts.last_row, facts.last_column = number, max(facts.last_column, column)
    if facts.last_row > MAX_ROWS:
        raise TableError(text("tables.too_many_rows", most=MAX_ROWS))
    if facts.last_column > MAX_COLUMNS:
        raise TableError(text("tables.too_many_columns", most=MAX_COLUMNS))
    if facts.cells > MAX_CELLS:
        raise TableError(text("tables.too_many_cells", most=MAX_CELLS))


def _take_merge(ref: str, facts: _Facts) -> None:
    first, _, last = ref.partition(":")
    top, left = _spot(first)
    bottom, right = _spot(last or first)
    if top > MAX_ROWS or left > MAX_COLUMNS:
        return
    merge = (top, left, min(bottom, MAX_ROWS), min(right, MAX_COLUMNS))
    facts.area += (merge[2] - top + 1) * (merge[3] - left + 1)
    if facts.area > 4 * MAX_CELLS:
        raise TableError(text("tables.too_many_cells", most=MAX_CELLS))
    facts.merges.append(merge)


def _table(sheet: Any, facts: _Facts, notes: tuple[str, ...]) -> Table:
    """Put the cells of a sheet together, those that are shown."""
    bottom = max(facts.last_row, max((merge[2] for merge in facts.merges), default=0))
    right = max(facts.last_column, max((merge[3] for merge in facts.merges), default=0))
    merged = {
        (row, column): n
        for n, (top, left, low, far) in enumerate(facts.merges)
        for row in range(top, low + 1)
        for column in range(left, far + 1)
    }
    words_of: dict[int, str] = {}
    begun: set[int] = set()
    left_out = False
    builder = Builder()
    builder.notes += notes
    sheet.reset_dimensions()  # what a file says of its size is not to be trusted
    for row, cells in enumerate(sheet.iter_rows(min_row=1, max_row=bottom, max_col=right), 1):
        texts = [cell_text(cell.value, cell.number_format or "") if cell.value is not None else "" for cell in cells]
        texts += [""] * (right - len(texts))
        shown = row not in facts.hidden_rows
        if shown:
            builder.begin_row()
        for column, words in enumerate(texts, 1):
            n = merged.get((row, column))
            if n is not None:
                words_of.setdefault(n, words)  # the first cell of a merged one holds its text
            if not shown or column in facts.hidden_columns:
                left_out = left_out or bool(words.strip())
            elif n is None:
                builder.add(words)
            elif n not in begun:
                begun.add(n)
                builder.add(words_of[n], *_seen(facts, facts.merges[n], row, column))
    if left_out:
        builder.notes.append(text("tables.hidden_cells"))
    if facts.formulas:
        builder.notes.append(text("tables.formulas", count=facts.formulas))
    return builder.table()


def _seen(facts: _Facts, merge: tuple[int, int, int, int], row: int, column: int) -> Spot:
    """Rows and columns of a merged cell that are shown, from its first shown cell on."""
    _, _, bottom, right = merge
    down = sum(one not in facts.hidden_rows for one in range(row, bottom + 1))
    across = sum(one not in facts.hidden_columns for one in range(column, right + 1))
    return down, across


def _spot(place: str) -> Spot:
    match = _PLACE.fullmatch(place)
    if match is None:
        raise ValueError(place)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true")
