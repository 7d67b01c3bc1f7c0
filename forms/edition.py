"""What an edition of an official form consists of. ``forms.edition_file`` reads one from its data file.

An edition says what a form prints (labels, grid, order), what it asks for (fields, taxonomy), how it writes values
and amounts, and where all that was seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from forms.documents import FormKind
from forms.evidence import EVIDENCE

Align = Literal["left", "center", "right", "top-left", "value"]
"""``value``: centred while on one line, else left."""

Part = Literal["fields", "funds", "goals", "indicators", "total"]
Decimals = Literal["none", "two", "two-except-counts", "as-needed"]
Orientation = Literal["portrait", "landscape"]
FieldKind = Literal["text", "choice", "date"]
ColumnKey = Literal["l1", "l2", "l3", "target", "mid_l3", "mid_target", "actual", "points", "score", "reason"]
SumOf = Literal["year", "whole", ""]
MID_TERM: tuple[ColumnKey, ...] = ("mid_l3", "mid_target")
_PERIOD = re.compile(r"[（(][^（()）]*\{[^（()）]*[）)]")


class EditionError(ValueError):
    """An edition file is wrong; the sentence names the file and the key."""


class Years(NamedTuple):
    """The years an edition is meant for; ``last`` None: still in use."""

    first: int
    last: int | None

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.first <= year and (self.last is None or year <= self.last)


class Amounts(NamedTuple):
    """How amounts are printed: always ``#,##0.00``, in a unit of so many 元."""

    unit: str
    per_unit: int


class ValueStyle(NamedTuple):
    """How a value built in the three-field editor is written (values.md 6)."""

    signs: tuple[str, str, str, str, str]
    """Spellings of ≥ ≤ = > <, in this order."""
    decimals: Decimals
    brackets: str
    """Opening and closing bracket around the unit, or nothing."""
    percent: str


class Field(NamedTuple):
    """A field of the form; ``choices`` is its code list (a text outside it is no error)."""

    key: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    means: str = ""
    """What other forms call it (主管部门 for 主管部门及代码); the key itself where they call it so, too."""


class Cell(NamedTuple):
    """A cell of a band. Rows and columns count from 0. It prints a label, or what stands at a path."""

    row: int
    column: int
    rows: int
    columns: int
    label: str | None = None
    path: str | None = None
    align: Align = "center"
    upright: int = 0
    """Characters a line of a vertical label; 0: an ordinary, horizontal text."""


def without_period(label: str) -> str:
    """Return a label without what asks for a period: the bracket around it, or else its whole line."""
    lines = (_PERIOD.sub("", line) for line in label.split("\n"))
    return "\n".join(line for line in lines if line and "{" not in line)


class Column(NamedTuple):
    """A column of the indicator rows."""

    key: ColumnKey
    label: str
    align: Align


class Band(NamedTuple):
    """Rows of the grid that share their column edges (mm from the left edge of the table).

    A band has ``cells``; the indicator band has ``side`` (its vertical label) and ``columns`` instead.
    """

    part: Part
    edges: tuple[Decimal, ...]
    cells: tuple[Cell, ...] = ()
    header_rows: int = 0
    side: Cell | None = None
    columns: tuple[Column, ...] = ()

    def labels_above(self, cell: Cell) -> list[str]:
        """The labels above a cell, from top to bottom, without the periods that they ask for."""
        return [
            without_period(one.label)
            for one in self.cells
            if one.label and one.row < cell.row and one.column <= cell.column < one.column + one.columns
        ]

    @property
    def row_count(self) -> int:
        """Rows of a band of cells."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)


class Sum(NamedTuple):
    """An amount of the form and those that it is the sum of, by their paths.

    ``of``: ``year``, the money of the form's year; ``whole``, that of all its years; blank, neither.
    """

    total: str
    parts: tuple[str, ...]
    of: SumOf = ""


class Level2(NamedTuple):
    """A 二级指标 of the taxonomy; ``expected``: a form of this edition normally has it."""

    name: str
    expected: bool


class Level1(NamedTuple):
    """A 一级指标 of the taxonomy with its 二级指标 in print order; ``open``: a form may have others, too."""

    name: str
    l2: tuple[Level2, ...]
    open: bool = False


class WeightPreset(NamedTuple):
    """Points of 预算执行率 and of each 一级指标; together 100."""

    name: str
    execution: Decimal
    points: Mapping[str, Decimal]


class Edition(NamedTuple):
    """An official form."""

    id: str
    kind: FormKind
    name: str
    title: str
    title_numbered: bool
    year_line: str
    years: Years
    evidence: str
    sources: tuple[str, ...]
    evaluation_edition: str | None
    orientation: Orientation
    amounts: Amounts
    value_style: ValueStyle
    fields: tuple[Field, ...]
    bands: tuple[Band, ...]
    taxonomy: tuple[Level1, ...]
    sums: tuple[Sum, ...] = ()
    evaluation_funds: Mapping[str, str] = MappingProxyType({})
    """Which declared amount each row of funds of the evaluation begins with, by the name of the row."""
    weights: tuple[WeightPreset, ...] = ()
    pairs: tuple[Mapping[str, str], ...] = ()
    parameters: Mapping[str, Any] = MappingProxyType({})

    @property
    def verified(self) -> bool:
        """Whether the form was seen in a published document."""
        return self.evidence == "样张"

    @property
    def doubt(self) -> int:
        """How little what it says was seen: 0 in a published document, and rising."""
        return tuple(EVIDENCE).index(self.evidence)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the indicator rows."""
        return next(band.columns for band in self.bands if band.part == "indicators")

    @property
    def year_total(self) -> str | None:
        """The path of the amount that a declaration asks for in its year."""
        return self._total("year")

    @property
    def whole_total(self) -> str | None:
        """The path of the amount for all years of a declared project."""
        return self._total("whole")

    def _total(self, of: SumOf) -> str | None:
        return next((one.total for one in self.sums if one.of == of), None)

    @property
    def has_mid_term(self) -> bool:
        """Whether its rows have a half for the medium term beside that of the year."""
        return any(column.key in MID_TERM for column in self.columns)

    def meant(self, fields: Mapping[str, str], meaning: str) -> str:
        """The text of the field that means something; blank where the edition has none."""
        return next((fields.get(one.key, "") for one in self.fields if one.means == meaning), "")

    def field(self, key: str) -> Field | None:
        """The field of a key; None where the edition does not have it."""
        return next((one for one in self.fields if one.key == key), None)

    def level1(self, name: str) -> Level1 | None:
        """The 一级指标 of a name."""
        return next((one for one in self.taxonomy if one.name == name), None)

    def order_of(self, l1: str, l2: str) -> tuple[int, int] | None:
        """Place of a 二级指标 in the taxonomy, for sorting; None where it does not belong to it."""
        for i, one in enumerate(self.taxonomy):
            if one.name == l1:
                for k, two in enumerate(one.l2):
                    if two.name == l2:
                        return i, k
        return None
