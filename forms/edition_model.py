"""What an edition of an official form consists of. ``forms.edition`` reads it from its data file.

An edition says what a form prints (labels, grid, order), what it asks for (fields, taxonomy), how it writes values
and amounts, and where all that was seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from forms.documents import FormKind

Align = Literal["left", "center", "right", "top-left", "value"]
"""``value``: centred while on one line, else left."""

Part = Literal["fields", "funds", "goals", "indicators", "total"]
Decimals = Literal["none", "two", "two-except-counts", "as-needed"]
FieldKind = Literal["text", "choice", "date"]
ColumnKey = Literal["l1", "l2", "l3", "target", "actual", "points", "score", "reason"]


EVIDENCE = ("样张", "公开网页", "公开代码", "推断", "记忆")
"""Where what an edition says was seen, the surest first."""


class EditionError(ValueError):
    """An edition file is wrong; the sentence names the file and the key."""


@dataclass(frozen=True, slots=True)
class Years:
    """The years an edition is meant for; ``last`` None: still in use."""

    first: int
    last: int | None

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.first <= year and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Amounts:
    """How amounts are printed: always ``#,##0.00``, in a unit of so many 元."""

    unit: str
    per_unit: int


@dataclass(frozen=True, slots=True)
class ValueStyle:
    """How a value built in the three-field editor is written (values.md 6)."""

    signs: tuple[str, str, str, str, str]
    """Spellings of ≥ ≤ = > <, in this order."""
    decimals: Decimals
    brackets: str
    """Opening and closing bracket around the unit, or nothing."""
    percent: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form; ``choices`` is its code list (a text outside it is no error)."""

    key: str
    kind: FieldKind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a band. Rows and columns count from 0. It prints a label, or what stands at a path."""

    row: int
    column: int
    rows: int
    columns: int
    label: str | None
    path: str | None
    align: Align
    upright: int
    """Characters a line of a vertical label; 0: an ordinary, horizontal text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the indicator rows."""

    key: ColumnKey
    label: str
    align: Align


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of the grid that share their column edges (mm from the left edge of the table).

    A band has ``cells``; the indicator band has ``side`` (its vertical label) and ``columns`` instead.
    """

    part: Part
    edges: tuple[Decimal, ...]
    cells: tuple[Cell, ...] = ()
    header_rows: int = 0
    side: Cell | None = None
    columns: tuple[Column, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows of a band of cells."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Level2:
    """A 二级指标 of the taxonomy; ``expected``: a form of this edition normally has it."""

    name: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Level1:
    """A 一级指标 of the taxonomy with its 二级指标 in print order."""

    name: str
    l2: tuple[Level2, ...]


@dataclass(frozen=True, slots=True)
class WeightPreset:
    """Points of 预算执行率 and of each 一级指标; together 100."""

    name: str
    execution: Decimal
    points: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Edition:
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
    orientation: Literal["portrait", "landscape"]
    amounts: Amounts
    value_style: ValueStyle
    fields: tuple[Field, ...]
    bands: tuple[Band, ...]
    taxonomy: tuple[Level1, ...]
    weights: tuple[WeightPreset, ...] = ()
    pairs: tuple[Mapping[str, str], ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def verified(self) -> bool:
        """Whether the form was seen in a published document."""
        return self.evidence == "样张"

    @property
    def doubt(self) -> int:
        """How little what it says was seen: 0 in a published document, and rising."""
        return EVIDENCE.index(self.evidence)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the indicator rows."""
        return next(band.columns for band in self.bands if band.part == "indicators")

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
