"""What is offered while a cell of an indicator is typed, and what is asked for to find it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.presenters.indicator_cells import MID_TERM, Column, Shown, parts, spelt_value
from forms.edition import ValueStyle
from forms.library import in_year
from forms.value_style import restyle
from forms.values import parse

COMPLETED: tuple[Column, ...] = ("l3", "number", "mid_l3", "mid_target", "reason")
"""Columns that are completed; ``number`` takes the whole 指标值."""
_AS_YEAR: dict[Column, Column] = {"mid_l3": "l3", "mid_target": "number"}
"""What is offered for the medium term is what is offered for the year."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that is being typed, and the row in which it stands."""

    column: Column
    typed: str
    l2: str
    name: str
    """三级指标 name of the row, as it stands in the form."""
    category: str
    """项目类别 of the project."""
    project: str
    """项目名称."""
    style: ValueStyle
    year: int
    there: frozenset[str] = frozenset()
    """Names that the form has under the same 二级指标: not wanted twice."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A text for the cell, and what is said beside it: the usual value, or where it comes from."""

    text: str
    beside: str = ""


Answer = Callable[[Sequence[Offer]], None]


class Helper(Protocol):
    """Who knows what others wrote: the unit's own past forms and the shipped library."""

    def ask(self, wanted: Wanted, answer: Answer) -> None:
        """Find offers and hand them to ``answer``, at once or a little later; of several questions the last counts."""
        ...


def wanted_for(shown: Shown | None, row: int, column: Column, typed: str) -> Wanted | None:
    """Return what to ask for while a cell is typed; None where nothing is completed."""
    if shown is None or column not in COMPLETED or not 0 <= row < len(shown.rows):
        return None
    one, style = shown.rows[row], shown.edition.value_style
    is_mid = column in MID_TERM
    there = frozenset(
        other.mid_l3 if is_mid else other.l3 for other in shown.rows if other is not one and other.l2 == one.l2
    )
    name = one.mid_l3 if is_mid else one.l3
    return Wanted(
        _AS_YEAR.get(column, column), typed, one.l2, name, shown.category, shown.project, style, shown.year, there
    )


def in_style(value: str, style: ValueStyle, year: int) -> str:
    """Return a usual value as a form of a year writes it; words and dates as they are."""
    value = in_year(value, year)
    found = parse(value)
    if found.kind == "number":
        return restyle(found, style).raw
    begun = parts(value)
    if begun.sign and not begun.number:
        unit = style.percent if begun.unit == "%" else begun.unit
        return spelt_value(style, begun.sign, "", unit)
    return value
