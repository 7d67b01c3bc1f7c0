"""Sheets in the official layout as projects: what ``xlsx_writing`` wrote, also after a clerk changed its cells.

A sheet is read band by band beside the grid of an edition: every label must stand where the edition has it, and what
stands between the labels is the form. What a sheet does not show (the keys of a package that are not printed) it
cannot give back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.exchange.sheet_names import project_number
from desktop.exchange.tables import OtherTableError, Table, TableError
from desktop.exchange.xlsx_layout import NARRATIVE_TITLE
from desktop.exchange.xlsx_reading import Sheet, read_sheets
from desktop.texts import text
from forms.blank import blank_project
from forms.documents import (
    NARRATIVE_TITLES,
    Declaration,
    Evaluation,
    Indicator,
    Narrative,
    Package,
    Period,
    Project,
    Section,
    parse_path,
    put,
)
from forms.edition import Band, Cell, Edition, without_period
from forms.package import PackageError, parse_package, write_package
from forms.reading import sq

_YEAR = re.compile(r"([12]\d{3})年")


class _MismatchError(Exception):
    """A sheet is no form of an edition; ``row`` is where they part (from 0)."""

    def __init__(self, row: int, wanted: str) -> None:
        super().__init__(row, wanted)
        self.row, self.wanted = row, wanted


def read_workbook(path: Path, editions: Mapping[str, Edition]) -> Package:
    """Return the projects of a workbook in the official layout; all of its sheets or none.

    Raises PackageError with a sentence for the clerk.
    """
    try:
        sheets = read_sheets(path)
    except TableError as error:
        raise PackageError(str(error)) from error
    projects: list[Project] = []
    last: int | None = None
    for sheet in sheets:
        part = _read(sheet, editions, path.name)
        number = project_number(sheet.name)
        if projects and number is not None and number == last and _fits(projects[-1], part):
            projects[-1] = _joined(projects[-1], part)
        else:
            projects.append(part)
        last = number
    # What a package may not hold, a workbook may not bring in.
    return parse_package(write_package(Package(tuple(projects))), path.name, editions)


def _fits(project: Project, part: Project) -> bool:
    """Whether a sheet goes on with the project of the sheet before it."""
    return (
        (part.declaration is None or (project.declaration is None and project.evaluation is None))
        and (part.evaluation is None or project.evaluation is None)
        and part.narrative is None
    )


def _joined(project: Project, part: Project) -> Project:
    return project._replace(
        declaration=project.declaration or part.declaration,
        evaluation=project.evaluation or part.evaluation,
    )


def _read(sheet: Sheet, editions: Mapping[str, Edition], file: str) -> Project:
    table = sheet.table
    if sq(_first(table, 0)) == NARRATIVE_TITLE:
        return Project(narrative=_narrative(table))
    titled = [one for one in editions.values() if sq(_first(table, 0)).rstrip("0123456789") == sq(one.title)]
    if not titled:
        raise OtherTableError(text("tables.no_official_sheet", file=file, sheet=sheet.name))
    match = _YEAR.search(sq(_first(table, 1)))
    if match is None:
        raise PackageError(text("tables.no_year_on_sheet", file=file, sheet=sheet.name))
    year = int(match[1])
    furthest = _MismatchError(-1, "")
    for edition in sorted(titled, key=lambda one: year not in one.years):
        try:
            return _Walk(table, edition, year).project()
        except _MismatchError as mismatch:
            furthest = max(furthest, mismatch, key=lambda one: one.row)
    raise PackageError(
        text("tables.other_layout", file=file, sheet=sheet.name, row=furthest.row + 1, wanted=furthest.wanted)
    )


def _first(table: Table, row: int) -> str:
    """The first words of a row."""
    return next((words for words in table.rows[row] if words.strip()), "") if row < len(table.rows) else ""


def _narrative(table: Table) -> Narrative:
    texts: dict[str, list[str]] = {}
    for at in range(1, len(table.rows)):
        words = _first(table, at)
        title = next((one for one in NARRATIVE_TITLES[len(texts) :] if sq(one) == sq(words)), None)
        if title is not None:
            texts[title] = []
        elif texts and (at, 0) not in table.filled:
            texts[[*texts][-1]].append(words)
    return Narrative(tuple(Section(one, "\n".join(texts.get(one, ())).rstrip("\n")) for one in NARRATIVE_TITLES))


@dataclass(slots=True)
class _Walk:
    """Goes down a sheet beside the bands of an edition."""

    table: Table
    edition: Edition
    year: int
    row: int = 2
    period: Period | None = None

    def project(self) -> Project:
        """Return the form. Raises _MismatchError."""
        project = blank_project(self.edition, self.year, "")
        form: Declaration | Evaluation | None = project.declaration or project.evaluation
        for band in self.edition.bands:
            if band.side is not None:
                form = put(form, ("indicators",), tuple(self._indicators(band)))
                continue
            for at in range(band.row_count):
                for path, words in self._cells(band, at):
                    form = put(form, parse_path(path), words)
            form = self._with_period(form, band)
        self._skip()
        if self.row < len(self.table.rows):
            raise _MismatchError(self.row, text("tables.end_of_form"))
        return Project(declaration=form) if isinstance(form, Declaration) else Project(evaluation=form)

    def _skip(self) -> None:
        """Pass over rows that only carry on the row above, and blank ones."""
        while self.row < len(self.table.rows):
            row = self.table.rows[self.row]
            spots = {(self.row, at) for at, words in enumerate(row) if words.strip()}
            if not spots <= self.table.filled:
                return
            bare = [at for at in range(len(row)) if (self.row, at) not in self.table.filled | self.table.covered]
            if bare:
                return
            self.row += 1

    def _line(self) -> list[str]:
        """The cells of the row at hand, merged ones once."""
        if self.row >= len(self.table.rows):
            return []
        row = self.table.rows[self.row]
        return [words for at, words in enumerate(row) if (self.row, at) not in self.table.covered]

    def _cells(self, band: Band, at: int) -> Iterator[tuple[str, str]]:
        """The places of a row of a band with what stands there."""
        self._skip()
        wanted = sorted((one for one in band.cells if one.row <= at < one.row + one.rows), key=lambda one: one.column)
        line = self._line()
        line += [""] * (len(wanted) - len(line))
        for cell, words in zip(wanted, line, strict=False):
            if cell.path is None:
                self._expect(cell, words)
            elif cell.row == at:
                yield cell.path, words
        if any(words.strip() for words in line[len(wanted) :]):
            raise _MismatchError(self.row, text("tables.end_of_row"))
        self.row += 1

    def _expect(self, cell: Cell, words: str) -> None:
        label = cell.label or ""
        years = _years_asked(label).fullmatch(sq(words)) if "{" in label else None
        if years is not None:
            self.period = Period(int(years[1]), int(years[2]))
        elif sq(words).rstrip(":") != sq(without_period(label)).rstrip(":"):
            raise _MismatchError(self.row, " ".join(label.partition("{")[0].split()).rstrip("(（") or label)

    def _with_period(self, form: Declaration | Evaluation | None, band: Band) -> Declaration | Evaluation | None:
        """The form with the years of a label that has them."""
        if not isinstance(form, Declaration) or not any("{" in (cell.label or "") for cell in band.cells):
            return form
        return form._replace(overall_period=self.period)

    def _indicators(self, band: Band) -> Iterator[Indicator]:
        self._skip()
        heads = [band.side.label or "" if band.side else "", *(column.label for column in band.columns)]
        for label, words in zip(heads, [*self._line(), *[""] * len(heads)], strict=False):
            if sq(label) != sq(words):
                raise _MismatchError(self.row, "".join(label.split()))
        self.row += 1
        end = self._label_below(band)
        while True:
            self._skip()
            line = self._line()
            if not line or (end and sq(line[0]) == end):
                return
            if sq(line[0]) != sq(heads[0]):
                raise _MismatchError(self.row, heads[0])
            cells: dict[str, Any] = {"l1": "", "l2": ""}
            for column, words in zip(band.columns, line[1:], strict=False):
                cells[column.key] = cells.get(column.key) or words  # both halves have a 二级指标
            yield Indicator(**cells)
            self.row += 1

    def _label_below(self, band: Band) -> str:
        """The label that ends the rows of indicators; nothing where the form ends with them."""
        below = self.edition.bands[self.edition.bands.index(band) + 1 :]
        return next((sq(cell.label) for one in below for cell in one.cells if cell.label), "")


def _years_asked(label: str) -> re.Pattern[str]:
    """What a label looks like with its years filled in, in ``sq``."""
    pattern = re.escape(sq(label).replace("{from}年", "{from}").replace("{to}年", "{to}"))
    pattern = re.sub(r"\\-|—", "[-—–~至]", pattern)
    for blank in ("{from}", "{to}"):
        pattern = pattern.replace(re.escape(blank), r"([12]\d{3})年?")
    return re.compile(pattern)
