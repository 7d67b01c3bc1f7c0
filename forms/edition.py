"""Editions: one data file for each official form, read strictly.

The file says what a form prints (labels, grid, order), what it asks for (fields, taxonomy), how it writes
values and amounts, and where all that was seen. Nothing of it stands in code, so an edition that a person
puts into the data folder works at once. An unknown or missing key names the file and the key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from forms.documents import FormKind, parse_path

SHIPPED = Path(__file__).parent / "editions"
MAX_BYTES = 1_000_000

Align = Literal["left", "center", "right", "top-left", "value"]
"""``value``: centred while on one line, else left."""

Part = Literal["fields", "funds", "goals", "indicators", "total"]
Decimals = Literal["none", "two", "two-except-counts", "as-needed"]
FieldKind = Literal["text", "choice", "date"]
ColumnKey = Literal["l1", "l2", "l3", "target", "actual", "points", "score", "reason"]


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


class Editions(Mapping[str, Edition]):
    """The editions known, by id: those shipped, then those of other folders (which may replace shipped ones)."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Read all ``*.toml`` of the folders. Raises EditionError."""
        self._known: dict[str, Edition] = {}
        for folder in (SHIPPED, *folders):
            for path in sorted(folder.glob("*.toml")):
                edition = read_edition(path)
                self._known[edition.id] = edition

    def __getitem__(self, key: str) -> Edition:
        return self._known[key]

    def __iter__(self) -> Any:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def for_new(self, kind: FormKind, year: int) -> tuple[Edition, ...]:
        """Editions that a new form of that year may use, verified ones first."""
        fitting = [one for one in self._known.values() if one.kind == kind and year in one.years]
        return tuple(sorted(fitting, key=lambda one: not one.verified))


# ---------------------------------------------------------------- the strict reader


class _Table:
    """A TOML table of which every key must be asked for; ``close`` refuses what is left over."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, dict):
            raise EditionError(f"{where}应为表（table）")
        self.where, self.left = where, dict(data)

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        if key not in self.left:
            if default is ...:
                raise EditionError(f"{self.where}缺少键“{key}”")
            return default
        value = self.left.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise EditionError(f"{self.where}的键“{key}”类型不对")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: Any = ...) -> Any:
        value = self.take(key, str, default)
        if value not in allowed:
            raise EditionError(f"{self.where}的键“{key}”应为{'、'.join(allowed)}之一")
        return value

    def strings(self, key: str, default: Any = ...) -> tuple[str, ...]:
        values = self.take(key, list, default)
        if not all(isinstance(value, str) for value in values):
            raise EditionError(f"{self.where}的键“{key}”应为文字列表")
        return tuple(values)

    def tables(self, key: str, default: Any = ...) -> list[_Table]:
        return [_Table(f"{self.where}的{key}第{n}项", one) for n, one in enumerate(self.take(key, list, default), 1)]

    def table(self, key: str) -> _Table:
        return _Table(f"{self.where}的{key}", self.take(key, dict))

    def close(self) -> None:
        if self.left:
            raise EditionError(f"{self.where}有不认识的键“{next(iter(self.left))}”")


def read_edition(path: Path) -> Edition:
    """Read one edition file. Raises EditionError with the file and the key, OSError where it cannot be read."""
    where = f"表样文件“{path.name}”"
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise EditionError(f"{where}过大")
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise EditionError(f"{where}不是有效的TOML文件：{error}") from error
    top = _Table(where, data)
    edition = Edition(
        id=top.take("id", str),
        kind=top.one_of("kind", ("declaration", "evaluation")),
        name=top.take("name", str),
        title=top.take("title", str),
        title_numbered=top.take("title_numbered", bool),
        year_line=top.take("year_line", str),
        years=_years(top.table("years")),
        evidence=top.one_of("evidence", ("样张", "公开网页", "公开代码", "推断", "记忆")),
        sources=top.strings("sources"),
        evaluation_edition=top.take("evaluation_edition", str, None),
        orientation=top.one_of("orientation", ("portrait", "landscape")),
        amounts=_amounts(top.table("amounts")),
        value_style=_value_style(top.table("value_style")),
        fields=tuple(_field(one) for one in top.tables("fields")),
        bands=tuple(_band(one) for one in top.tables("bands")),
        taxonomy=tuple(_level1(one) for one in top.tables("taxonomy")),
        weights=tuple(_preset(one) for one in top.tables("weights", [])),
        pairs=tuple(_pair(one) for one in top.tables("pairs", [])),
        parameters=MappingProxyType(top.take("parameters", dict, {})),
    )
    top.close()
    if sum(band.part == "indicators" for band in edition.bands) != 1:
        raise EditionError(f"{where}应恰有一个part为indicators的bands项")
    return edition


def _years(table: _Table) -> Years:
    years = Years(table.take("from", int), table.take("to", int, None))
    table.close()
    return years


def _amounts(table: _Table) -> Amounts:
    amounts = Amounts(table.take("unit", str), table.take("per_unit", int))
    if amounts.per_unit < 1:
        raise EditionError(f"{table.where}的键“per_unit”应为正整数")
    table.close()
    return amounts


def _value_style(table: _Table) -> ValueStyle:
    signs = table.strings("signs")
    if len(signs) != 5:
        raise EditionError(f"{table.where}的键“signs”应有五项")
    brackets = table.take("brackets", str)
    if len(brackets) not in (0, 2):
        raise EditionError(f"{table.where}的键“brackets”应为空或一对括号")
    style = ValueStyle(
        (signs[0], signs[1], signs[2], signs[3], signs[4]),
        table.one_of("decimals", ("none", "two", "two-except-counts", "as-needed")),
        brackets,
        table.take("percent", str),
    )
    table.close()
    return style


def _field(table: _Table) -> Field:
    one = Field(
        table.take("key", str), table.one_of("kind", ("text", "choice", "date")), table.strings("choices", [])
    )
    table.close()
    return one


def _place(table: _Table, key: str, default: Any = ...) -> tuple[int, int]:
    pair = table.take(key, list, default)
    if len(pair) != 2 or not all(isinstance(n, int) and n >= 1 for n in pair):
        raise EditionError(f"{table.where}的键“{key}”应为两个正整数")
    return pair[0], pair[1]


def _cell(table: _Table) -> Cell:
    row, column = _place(table, "at", [1, 1])
    rows, columns = _place(table, "span", [1, 1])
    label, path = table.take("label", str, None), table.take("path", str, None)
    if (label is None) == (path is None):
        raise EditionError(f"{table.where}应恰有label与path之一")
    if path is not None:
        try:
            parse_path(path)
        except ValueError as error:
            raise EditionError(f"{table.where}的path“{path}”无效") from error
    cell = Cell(
        row - 1,
        column - 1,
        rows,
        columns,
        label,
        path,
        table.one_of("align", ("left", "center", "right", "top-left", "value"), "center"),
        table.take("upright", int, 0),
    )
    table.close()
    return cell


def _column(table: _Table) -> Column:
    keys = ("l1", "l2", "l3", "target", "actual", "points", "score", "reason")
    column = Column(
        table.one_of("key", keys),
        table.take("label", str),
        table.one_of("align", ("left", "center", "right", "top-left", "value")),
    )
    table.close()
    return column


def _band(table: _Table) -> Band:
    part = table.one_of("part", ("fields", "funds", "goals", "indicators", "total"))
    edges = table.take("edges", list)
    if not all(isinstance(edge, (int, float)) for edge in edges) or edges != sorted(set(edges)) or len(edges) < 2:
        raise EditionError(f"{table.where}的键“edges”应为递增的数")
    width = len(edges) - 1
    exact = tuple(Decimal(str(edge)) for edge in edges)
    if "columns" in table.left:
        side = _cell(table.table("side"))
        columns = tuple(_column(one) for one in table.tables("columns"))
        if len(columns) != width - 1 or [one.key for one in columns[:3]] != ["l1", "l2", "l3"]:
            raise EditionError(f"{table.where}的columns应以l1、l2、l3开头，并与edges相配")
        band = Band(part, exact, side=side, columns=columns)
    else:
        cells = tuple(_cell(one) for one in table.tables("cells"))
        band = Band(part, exact, cells, table.take("header_rows", int, 0))
        taken = [
            (cell.row + i, cell.column + k) for cell in cells for i in range(cell.rows) for k in range(cell.columns)
        ]
        if len(set(taken)) != len(taken) or len(taken) != band.row_count * width:
            raise EditionError(f"{table.where}的cells应恰好铺满网格")
    table.close()
    return band


def _level1(table: _Table) -> Level1:
    name = table.take("l1", str)
    found = []
    for one in table.tables("l2"):
        found.append(Level2(one.take("name", str), one.take("expected", bool, default=False)))
        one.close()
    table.close()
    return Level1(name, tuple(found))


def _preset(table: _Table) -> WeightPreset:
    name = table.take("name", str)
    execution = Decimal(str(table.take("execution", (int, float))))
    points = {}
    for key, value in table.take("points", dict).items():
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise EditionError(f"{table.where}的points“{key}”应为数")
        points[key] = Decimal(str(value))
    if execution + sum(points.values()) != 100:
        raise EditionError(f"{table.where}的分值合计应为100")
    table.close()
    return WeightPreset(name, execution, MappingProxyType(points))


def _pair(table: _Table) -> Mapping[str, str]:
    pair = {key: table.take(key, str) for key in tuple(table.left)}
    return MappingProxyType(pair)
