"""The cells of an indicator row: how a value falls into 符号, 数值 and 单位, and what typing into them means.

What is typed as a whole value is kept to the character. Only where one of the three fields changes beside the
others is the value built anew, in the style of the edition. A cell that was not changed makes no edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from forms.cycle.evaluate import renamed, scored
from forms.documents import Evaluation, FormKind, Indicator
from forms.edition import Edition, ValueStyle
from forms.edits import Edit, Put, Splice
from forms.indicators import CellKey, Rows, change_cell
from forms.package import MAX_INDICATORS
from forms.reading import plain_number, sq
from forms.scoring import is_cost_row
from forms.units import UNITS, is_known, likely_units
from forms.value_style import BuildError, build
from forms.values import SIGNS, Sign, parse, sign_of

if TYPE_CHECKING:
    from forms.value_suggestions import Suggestion

Column = Literal[
    "l3", "sign", "number", "unit", "mid_l3", "mid_target", "actual", "points", "score", "reason", "hint"
]  # fmt: skip

COLUMNS: dict[FormKind, tuple[Column, ...]] = {
    "declaration": ("l3", "sign", "number", "unit", "hint"),
    "evaluation": ("l3", "sign", "number", "unit", "actual", "points", "score", "reason", "hint"),
}
MID_TERM: tuple[Column, ...] = ("mid_l3", "mid_target")
VALUE_COLUMNS = ("sign", "number", "unit")

_BEGUN = re.compile(r"(?P<sign>>=|<=|[≥≤≧≦⩾⩽=><])?(?:\((?P<inner>[^()0-9]+)\)|(?P<bare>[^()0-9]+))?")


@dataclass(frozen=True, slots=True)
class Shown:
    """The indicators of one form of a project, and what is needed to show and change them."""

    form: FormKind
    rows: Rows
    edition: Edition
    year: int
    project: str = ""
    """项目名称."""
    category: str = ""
    """项目类别, of which an evaluation has none of its own."""
    evaluation: Evaluation | None = None
    """The form itself, where it is one."""
    locked: frozenset[int] = frozenset()
    """Rows whose name and target are as declared, and stay so until there is a reason."""

    def is_same(self, other: Shown | None) -> bool:
        """Whether nothing changed, told at once however many rows there are."""
        return (
            other is not None
            and self.rows is other.rows
            and self.edition is other.edition
            and self.evaluation is other.evaluation
            and self.locked == other.locked
            and (self.form, self.year, self.project, self.category)
            == (other.form, other.year, other.project, other.category)
        )


def columns_of(shown: Shown) -> tuple[Column, ...]:
    """The columns of a form; those of the medium term where its edition has them, behind the ones of the year."""
    columns = COLUMNS[shown.form]
    return (*columns[:-1], *MID_TERM, columns[-1]) if shown.edition.has_mid_term else columns


@dataclass(frozen=True, slots=True)
class Parts:
    """A value in three fields. ``words``: it does not fall apart, and stands in ``number`` as it is."""

    sign: Sign = ""
    number: str = ""
    unit: str = ""
    words: bool = False


@lru_cache(maxsize=8192)
def parts(text: str) -> Parts:
    """Part a value. A value begun with a sign or a known unit alone is parted too."""
    value = parse(text)
    if value.kind == "number":
        return Parts(value.sign, value.digits, value.unit)
    if value.kind == "empty":
        return Parts()
    begun = _BEGUN.fullmatch(sq(text))
    if begun is not None:
        unit = begun["inner"] or begun["bare"] or ""
        if not unit or is_known(unit):
            return Parts(sign_of(begun["sign"] or ""), "", unit)
    return Parts(number=text, words=True)


def text_of(row: Indicator, column: Column) -> str:
    """The text of a cell, as it is edited."""
    if column in VALUE_COLUMNS:
        found: str = getattr(parts(row.target), column)
        return found
    return "" if column == "hint" else str(getattr(row, key_of(column)))


def key_of(column: Column) -> CellKey:
    """The cell of the row that a column belongs to."""
    match column:
        case "sign" | "number" | "unit":
            return "target"
        case "hint":
            return "l3"
        case _:
            return column


def is_editable(row: Indicator, column: Column) -> bool:
    """Whether the cell takes typing; words leave no room for a sign and a unit."""
    return column != "hint" and not (column in ("sign", "unit") and parts(row.target).words)


def is_locked(shown: Shown, at: int, column: Column) -> bool:
    """Whether a cell of row ``at`` is as declared and stays so."""
    return at in shown.locked and key_of(column) in ("l3", "target")


def typed(shown: Shown, at: int, column: Column, text: str) -> Edit | None:
    """The edit that a text typed into a cell of row ``at`` means; None where it means no change.

    A score that followed the formula follows it further; the reason for a change goes along with a new name.
    """
    row = shown.rows[at]
    if text == text_of(row, column) or is_locked(shown, at, column):
        return None
    new = _value(parts(row.target), column, text, shown.edition.value_style) if column in VALUE_COLUMNS else text
    edit = change_cell(shown.form, shown.rows, at, key_of(column), new)
    return None if edit.is_empty else Edit(edit.name, (*edit.changes, *_following(shown, at, key_of(column), new)))


def _following(shown: Shown, at: int, key: CellKey, new: str) -> Iterator[Put]:
    """What changes in an evaluation along with a cell."""
    row = shown.rows[at]
    if shown.evaluation is None:
        return
    if key == "l3":
        put = renamed(shown.evaluation, row.l3, new)
        if put is not None:
            yield put
    if key in ("target", "actual"):
        after = row._replace(target=new) if key == "target" else row._replace(actual=new)
        score = scored(row, after, shown.edition).score
        if score != row.score:
            yield Put(("evaluation", "indicators", at, "score"), row.score, score)


def _value(now: Parts, column: Column, text: str, style: ValueStyle) -> str:
    """The value after one of its three fields was changed."""
    sign, number, unit = now.sign, now.number, now.unit
    if column == "number":
        # A bare number beside a sign or a unit is one field of three; anything else is the whole value.
        if not (now.sign or now.unit) or plain_number(text) is None:
            return text
        number = text
    elif column == "sign":
        sign = sign_of(text)
    else:
        unit = text.strip().removeprefix("(").removeprefix("（").removesuffix(")").removesuffix("）")
    return assembled(style, sign, number, unit)


def assembled(style: ValueStyle, sign: Sign, number: str, unit: str) -> str:
    """Return the value of three fields in the style of an edition; what makes no value is put together as it is."""
    return spelt_value(style, sign, number, unit)


def spelt_value(style: ValueStyle, sign: Sign, number: str, unit: str) -> str:
    """Return sign, number and unit as an edition writes them, also where the number is still to come."""
    try:
        if number:
            return build(style, sign, number, unit)
    except BuildError:
        pass  # an odd unit: kept as typed, the checks will speak of it
    spelt = style.signs[SIGNS.index(sign)] if sign else ""
    return f"{spelt}{number}{style.brackets[:1]}{unit}{style.brackets[1:]}" if unit else f"{spelt}{number}"


def suggestions(shown: Shown, at: int, *, mid_term: bool = False) -> tuple[Suggestion, ...]:
    """What the clerk may have meant by the 指标值 of row ``at``, of the year or of the medium term."""
    from forms.value_suggestions import Row, suggest  # not before somebody asks: the window is to stand first

    row = shown.rows[at]
    name, value = (row.mid_l3, row.mid_target) if mid_term else (row.l3, row.target)
    about = Row(name=name, cost=is_cost_row(row), timeliness=row.l2 == "时效指标", year=shown.year)
    found = suggest(value, shown.edition.value_style, about)
    # A row of its own for each part would double the half of the year.
    return tuple(one for one in found if len(one.texts) == 1) if mid_term else found


def is_too_many(shown: Shown, edit: Edit) -> bool:
    """Whether a form would have more rows after an edit than a package may hold, and more than before."""
    path = (shown.form, "indicators")
    splices = [one for one in edit.changes if isinstance(one, Splice) and one.path == path]
    more = sum(len(one.inserted) - len(one.removed) for one in splices)
    return more > 0 and len(shown.rows) + more > MAX_INDICATORS


def units_for(row: Indicator) -> list[str]:
    """All units to choose from, those that the name of the row suggests first."""
    likely = likely_units(row.l3, cost=is_cost_row(row))
    return list(dict.fromkeys([*likely, *(unit for units in UNITS.values() for unit in units)]))


def table_cells(form: FormKind, rows: Rows, *, mid_term: bool = False) -> list[list[str]]:
    """Return rows as the cells of a spreadsheet: the levels on every line, the value as one cell."""
    keys = ["l1", "l2", "l3", "target"]
    if form == "evaluation":
        keys += ["actual", "points", "score", "reason"]
    if mid_term:
        keys += MID_TERM
    return [[str(getattr(row, key)) for key in keys] for row in rows]
