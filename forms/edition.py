"""Editions: one data file for each official form, read strictly.

Nothing of a form stands in code, so an edition that a person puts into the data folder works at once. An unknown or
missing key, a grid with holes, weights that are not 100 together: all name the file and the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any

from forms.documents import FormKind
from forms.edition_model import (
    EVIDENCE,
    Align,
    Amounts,
    Band,
    Cell,
    Column,
    ColumnKey,
    Decimals,
    Edition,
    EditionError,
    Field,
    FieldKind,
    Level1,
    Level2,
    Part,
    Sum,
    ValueStyle,
    WeightPreset,
    Years,
    without_period,
)
from forms.strict_toml import Table, read_toml

__all__ = [
    "SHIPPED",
    "Align",
    "Amounts",
    "Band",
    "Cell",
    "Column",
    "ColumnKey",
    "Decimals",
    "Edition",
    "EditionError",
    "Editions",
    "Field",
    "FieldKind",
    "Level1",
    "Level2",
    "Part",
    "Sum",
    "ValueStyle",
    "WeightPreset",
    "Years",
    "read_edition",
    "without_period",
]

SHIPPED = Path(__file__).parent / "editions"
PAPER = {"portrait": 210, "landscape": 297}
"""Width of the paper (A4) in mm: no table is wider."""
MAX_ROWS = 100
"""Rows of a band of cells."""

_ALIGNS = ("left", "center", "right", "top-left", "value")
_COLUMNS: Mapping[FormKind, tuple[str, ...]] = {
    "declaration": ("l1", "l2", "l3", "target", "mid_l3", "mid_target"),
    "evaluation": ("l1", "l2", "l3", "target", "actual", "points", "score", "reason"),
}
_KEY = r"[^.\[\]]+"
_PATHS: Mapping[FormKind, re.Pattern[str]] = {
    "declaration": re.compile(rf"fields\.({_KEY})|funds\.{_KEY}|overall_goal|annual_goal"),
    "evaluation": re.compile(rf"fields\.({_KEY})|funds\[[0-9]\]\.{_KEY}|expected|actual|total_points|total_score"),
}
"""What a cell may print. A label of a field or fund holds no dot and no bracket, or its path would be another's."""


class Editions(Mapping[str, Edition]):
    """The editions known, by id: those shipped, then those of other folders (which may replace shipped ones).

    A shipped one bears its id as the name of its file, and is read when it is first asked for.
    """

    def __init__(self, folders: Iterable[Path] = (), problems: list[str] | None = None) -> None:
        """Read all ``*.toml`` of the folders.

        Raises EditionError. With ``problems`` a wrong file of a folder that is not shipped is left out, and its
        sentence is added there: one bad file must not keep the program from starting.
        """
        self._known: dict[str, Edition | None] = {path.stem: None for path in sorted(SHIPPED.glob("*.toml"))}
        for folder in folders:
            self._add_all(folder, problems)
        for edition in [one for one in self._known.values() if one is not None]:
            try:
                self._check_link(edition)
            except EditionError as error:
                _note(error, problems)
                del self._known[edition.id]

    def _add_all(self, folder: Path, problems: list[str] | None) -> None:
        seen: dict[str, str] = {}
        for path in sorted(folder.glob("*.toml")):
            try:
                edition = read_edition(path)
                self._check_new(edition, path, seen)
            except EditionError as error:
                _note(error, problems)
            else:
                seen[edition.id] = path.name
                self._known[edition.id] = edition

    def _check_new(self, edition: Edition, path: Path, seen: Mapping[str, str]) -> None:
        if edition.id in seen:
            raise EditionError(f"表样文件“{path.name}”与“{seen[edition.id]}”的键“id”相同")
        known = self.get(edition.id)
        if known is not None and known.kind != edition.kind:
            raise EditionError(f"表样文件“{path.name}”的键“kind”与它要替换的表样“{edition.id}”不同")

    def _check_link(self, edition: Edition) -> None:
        other = edition.evaluation_edition
        if other is not None and (other not in self._known or self[other].kind != "evaluation"):
            raise EditionError(f"表样“{edition.id}”的键“evaluation_edition”所指的“{other}”不是已有的自评表表样")
        # What is no row of the evaluation would be lost in silence.
        rows = {cell.label for band in self[other].bands for cell in band.cells} if other is not None else set()
        for row in edition.evaluation_funds:
            if row not in rows:
                raise EditionError(f"表样“{edition.id}”的键“evaluation_funds”中的“{row}”不是“{other}”资金的行")

    def __getitem__(self, key: str) -> Edition:
        known = self._known[key]
        if known is None:
            known = self._known[key] = read_edition(SHIPPED / f"{key}.toml")
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def for_new(self, kind: FormKind, year: int) -> tuple[Edition, ...]:
        """Editions that a new form of that year may use, the surest first."""
        fitting = [one for one in self.values() if one.kind == kind and year in one.years]
        return tuple(sorted(fitting, key=lambda one: one.doubt))


def _note(error: EditionError, problems: list[str] | None) -> None:
    if problems is None:
        raise error
    problems.append(str(error))


# ---------------------------------------------------------------- the strict reader


def read_edition(path: Path) -> Edition:
    """Read one edition file. Raises EditionError with the file and the key."""
    top = read_toml(path, f"表样文件“{path.name}”")
    kind: FormKind = top.one_of("kind", ("declaration", "evaluation"))
    orientation = top.one_of("orientation", ("portrait", "landscape"))
    evaluation = top.take("evaluation_edition", str, None)
    if evaluation is not None and kind == "evaluation":
        raise top.wrong("evaluation_edition", "只用于申报表")
    fields = tuple(_field(one) for one in top.tables("fields"))
    taxonomy = tuple(_level1(one) for one in top.tables("taxonomy"))
    _refuse_twice(top, "fields", [one.key for one in fields])
    _refuse_twice(top, "taxonomy", [one.name for one in taxonomy])
    keys = {one.key for one in fields}
    reader = _BandReader(kind, keys, PAPER[orientation])
    edition = Edition(
        id=top.filled("id"),
        kind=kind,
        name=top.filled("name"),
        title=top.filled("title"),
        title_numbered=top.take("title_numbered", bool),
        year_line=_blanks(top, "year_line", "{year}"),
        years=_years(top.table("years")),
        evidence=top.one_of("evidence", EVIDENCE),
        sources=top.strings("sources"),
        evaluation_edition=evaluation,
        orientation=orientation,
        amounts=_amounts(top.table("amounts")),
        value_style=_value_style(top.table("value_style")),
        fields=fields,
        bands=tuple(reader.band(one) for one in top.tables("bands")),
        taxonomy=taxonomy,
        sums=tuple(_sum(one) for one in top.tables("sums")),
        evaluation_funds={} if evaluation is None else _evaluation_funds(top.table("evaluation_funds")),
        weights=tuple(_preset(one, {l1.name for l1 in taxonomy}) for one in top.tables("weights", [])),
        pairs=tuple(_pair(one, keys) for one in top.tables("pairs", [])),
        parameters=MappingProxyType(top.take("parameters", dict, {})),
    )
    top.close()
    if sum(band.part == "indicators" for band in edition.bands) != 1:
        raise top.wrong("bands", "应恰有一个part为indicators的项")
    if len({band.edges[-1] for band in edition.bands}) != 1:
        raise top.wrong("bands", "各项的edges应止于同一个数（表宽）")
    _check_amounts(top, edition)
    if edition.parameters:
        _check_parameters(top, edition)
    return edition


def _check_parameters(top: Table, edition: Edition) -> None:
    from forms.parameters import parameters_of  # few editions have any: who only prints does without

    try:
        parameters_of(edition)
    except EditionError as error:
        raise EditionError(f"{top.where}：{error}") from error


def _check_amounts(top: Table, edition: Edition) -> None:
    """What adds up and what an evaluation begins with must be amounts of the form."""
    amounts = {cell.path for band in edition.bands for cell in band.cells if (cell.path or "").startswith("funds")}
    for one in edition.sums:
        for path in (one.total, *one.parts):
            if path not in amounts:
                raise top.wrong("sums", f"中的“{path}”不是这种表上的金额")
    _refuse_twice(top, "sums", [one.of for one in edition.sums if one.of])
    for key in edition.evaluation_funds.values():
        if f"funds.{key}" not in amounts:
            raise top.wrong("evaluation_funds", f"中的“{key}”不是这种表上的金额")


def _refuse_twice(table: Table, key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise table.wrong(key, f"中“{name}”重复")


def _blanks(table: Table, key: str, *allowed: str) -> str:
    """Return a text in which no braces stand but those of the blanks that are filled in."""
    text: str = table.take(key, str)
    rest = text
    for blank in allowed:
        rest = rest.replace(blank, "")
    if "{" in rest or "}" in rest:
        raise table.wrong(key, f"中的花括号只能用于{'、'.join(allowed)}")
    return text


def _years(table: Table) -> Years:
    first = table.whole("from", 1, 9999)
    last = table.whole("to", first, 9999) if "to" in table.left else None
    table.close()
    return Years(first, last)


def _amounts(table: Table) -> Amounts:
    amounts = Amounts(table.filled("unit"), table.whole("per_unit", 1, 10**12))
    table.close()
    return amounts


def _value_style(table: Table) -> ValueStyle:
    signs = table.strings("signs")
    if len(signs) != 5 or not all(signs):
        raise table.wrong("signs", "应有五项")
    brackets = table.take("brackets", str)
    if len(brackets) not in (0, 2):
        raise table.wrong("brackets", "应为空或一对括号")
    style = ValueStyle(
        (signs[0], signs[1], signs[2], signs[3], signs[4]),
        table.one_of("decimals", ("none", "two", "two-except-counts", "as-needed")),
        brackets,
        table.filled("percent"),
    )
    table.close()
    return style


def _field(table: Table) -> Field:
    key = table.filled("key")
    if not re.fullmatch(_KEY, key):
        raise table.wrong("key", "不能含有点和方括号")
    kind: FieldKind = table.one_of("kind", ("text", "choice", "date"))
    one = Field(key, kind, table.strings("choices", []), table.take("means", str, key))
    table.close()
    return one


def _sum(table: Table) -> Sum:
    one = Sum(table.filled("total"), table.strings("parts"), table.one_of("of", ("year", "whole", ""), ""))
    table.close()
    return one


def _evaluation_funds(table: Table) -> Mapping[str, str]:
    return MappingProxyType({row: table.filled(row) for row in tuple(table.left)})


def _level1(table: Table) -> Level1:
    name = table.filled("l1")
    found = []
    for one in table.tables("l2"):
        found.append(Level2(one.filled("name"), one.take("expected", bool, default=False)))
        one.close()
    _refuse_twice(table, "l2", [one.name for one in found])
    level1 = Level1(name, tuple(found), table.take("open", bool, default=False))
    table.close()
    return level1


def _points(table: Table, key: str) -> Decimal:
    number = table.take(key, (int, float))
    if not 0 <= number <= 100:  # not so of NaN, either
        raise table.wrong(key, "应为0至100的数")
    return Decimal(str(number))


def _preset(table: Table, level1: set[str]) -> WeightPreset:
    name, execution = table.filled("name"), _points(table, "execution")
    inner = table.table("points")
    points = {key: _points(inner, key) for key in tuple(inner.left)}
    unknown = [key for key in points if key not in level1]
    if unknown:
        raise table.wrong("points", f"中的“{unknown[0]}”不在taxonomy里")
    if execution + sum(points.values()) != 100:
        raise table.wrong("points", "与execution合计应为100")
    table.close()
    return WeightPreset(name, execution, MappingProxyType(points))


def _pair(table: Table, fields: set[str]) -> Mapping[str, str]:
    pair = {key: table.take(key, str) for key in tuple(table.left)}
    for key in pair:
        if key not in fields:
            raise table.wrong(key, "不在fields里")
    return MappingProxyType(pair)


class _BandReader:
    """Reads the bands of a form of a kind, with its fields, on paper of a width in mm."""

    def __init__(self, kind: FormKind, fields: set[str], paper: int) -> None:
        self.kind, self.fields, self.paper = kind, fields, paper

    def band(self, table: Table) -> Band:
        part: Part = table.one_of("part", ("fields", "funds", "goals", "indicators", "total"))
        edges = self._edges(table)
        band = self._rows(table, edges) if part == "indicators" else self._grid(table, part, edges)
        table.close()
        return band

    def _edges(self, table: Table) -> tuple[Decimal, ...]:
        edges = table.take("edges", list)
        if not all(isinstance(edge, (int, float)) and not isinstance(edge, bool) and isfinite(edge) for edge in edges):
            raise table.wrong("edges", "应为数的列表")
        if len(edges) < 2 or edges[0] != 0 or edges != sorted(set(edges)) or edges[-1] > self.paper:
            raise table.wrong("edges", f"应从0起递增，至多{self.paper}")
        return tuple(Decimal(str(edge)) for edge in edges)

    def _rows(self, table: Table, edges: tuple[Decimal, ...]) -> Band:
        side = self._cell(table.table("side"))
        if side.label is None:
            raise table.wrong("side", "应有label")
        columns = tuple(_column(one) for one in table.tables("columns"))
        keys = [column.key for column in columns]
        # The half of the medium term and that of the year each show their 二级指标.
        _refuse_twice(table, "columns", [key for at, key in enumerate(keys) if key != "l2" or at == 1])
        allowed = _COLUMNS[self.kind]
        if keys[:2] != ["l1", "l2"] or "l3" not in keys or not set(keys) <= set(allowed):
            raise table.wrong("columns", f"应以l1、l2开头，含有l3，只能用{'、'.join(allowed)}")
        if len(columns) != len(edges) - 2:
            raise table.wrong("columns", "应与edges相配")
        return Band("indicators", edges, side=side, columns=columns)

    def _grid(self, table: Table, part: Part, edges: tuple[Decimal, ...]) -> Band:
        width = len(edges) - 1
        cells = tuple(self._cell(one) for one in table.tables("cells"))
        taken: set[tuple[int, int]] = set()
        for n, cell in enumerate(cells, 1):
            if cell.column + cell.columns > width or cell.row + cell.rows > MAX_ROWS:
                raise table.wrong("cells", f"第{n}项超出网格")
            places = {(cell.row + i, cell.column + k) for i in range(cell.rows) for k in range(cell.columns)}
            if taken & places:
                raise table.wrong("cells", f"第{n}项与前面的重叠")
            taken |= places
        rows = max((cell.row + cell.rows for cell in cells), default=0)
        if not cells or len(taken) != rows * width:
            raise table.wrong("cells", "应恰好铺满网格")
        return Band(part, edges, cells, table.whole("header_rows", 0, rows, 0))

    def _cell(self, table: Table) -> Cell:
        row, column = _place(table, "at")
        rows, columns = _place(table, "span")
        label = _blanks(table, "label", "{from}", "{to}") if "label" in table.left else None
        path = table.take("path", str, None)
        if (label is None) == (path is None):
            raise EditionError(f"{table.where}应恰有label与path之一")
        if path is not None:
            self._check_path(table, path)
        align: Align = table.one_of("align", _ALIGNS, "center")
        cell = Cell(row - 1, column - 1, rows, columns, label, path, align, table.whole("upright", 0, 20, 0))
        table.close()
        return cell

    def _check_path(self, table: Table, path: str) -> None:
        place = _PATHS[self.kind].fullmatch(path)
        if place is None:
            raise table.wrong("path", f"“{path}”不是这种表上的位置")
        if place[1] is not None and place[1] not in self.fields:
            raise table.wrong("path", f"“{path}”不在fields里")


def _place(table: Table, key: str) -> tuple[int, int]:
    pair: list[Any] = table.take(key, list, [1, 1])
    if len(pair) != 2 or not all(isinstance(n, int) and not isinstance(n, bool) and 1 <= n <= MAX_ROWS for n in pair):
        raise table.wrong(key, f"应为两个1至{MAX_ROWS}的整数")
    return pair[0], pair[1]


def _column(table: Table) -> Column:
    key: ColumnKey = table.one_of("key", tuple(dict.fromkeys(one for keys in _COLUMNS.values() for one in keys)))
    column = Column(key, table.take("label", str), table.one_of("align", _ALIGNS))
    table.close()
    return column
