"""Reads one edition from its data file, strictly; ``forms.edition_grid`` reads the bands of its grid.

Nothing of a form stands in code, so an edition that a person puts into the data folder works at once. An unknown or
missing key, a grid with holes, weights that are not 100 together: all name the file and the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from forms.documents import FormKind
from forms.edition import (
    Amounts,
    Edition,
    EditionError,
    Field,
    FieldKind,
    Level1,
    Level2,
    Sum,
    ValueStyle,
    WeightPreset,
    Years,
)
from forms.edition_grid import KEY, BandReader
from forms.evidence import EVIDENCE
from forms.strict_toml import Table, read_toml


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
    top.refuse_twice("fields", [one.key for one in fields])
    top.refuse_twice("taxonomy", [one.name for one in taxonomy])
    keys = {one.key for one in fields}
    reader = BandReader(kind, keys, orientation)
    edition = Edition(
        id=top.filled("id"),
        kind=kind,
        name=top.filled("name"),
        title=top.filled("title"),
        title_numbered=top.take("title_numbered", bool),
        year_line=top.with_blanks("year_line", "{year}"),
        years=_years(top.table("years")),
        evidence=top.one_of("evidence", tuple(EVIDENCE)),
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
    top.refuse_twice("sums", [one.of for one in edition.sums if one.of])
    for key in edition.evaluation_funds.values():
        if f"funds.{key}" not in amounts:
            raise top.wrong("evaluation_funds", f"中的“{key}”不是这种表上的金额")


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
    if not re.fullmatch(KEY, key):
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
    table.refuse_twice("l2", [one.name for one in found])
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
