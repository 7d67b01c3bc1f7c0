"""The unit's own library of indicators (本单位指标库): rows that a clerk kept for later forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from desktop.presenters.completing import in_style
from desktop.presenters.indicator_cells import Shown
from desktop.texts import text
from forms.documents import Indicator
from forms.edits import Edit
from forms.indicators import place_for, put_rows
from forms.library import levels_in, shelf, without_year

SETTING = "own_library"


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An indicator of the unit's own library. ``value`` is the usual one, ``{year}`` in it the year of the form."""

    l1: str
    l2: str
    name: str
    value: str
    category: str
    project: str
    """项目名称 of the project where it was kept."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same indicator: 二级指标 and name."""
        return shelf(self.l2), self.name


def read_own(setting: Any) -> tuple[OwnRow, ...]:
    """Return the library from its setting; what is no row of it is passed over."""
    names = [field.name for field in fields(OwnRow)]
    return tuple(
        OwnRow(**{name: one[name] for name in names})
        for one in (setting if isinstance(setting, list) else ())
        if isinstance(one, dict) and all(isinstance(one.get(name), str) for name in names)
    )


def to_setting(rows: Iterable[OwnRow]) -> list[dict[str, str]]:
    """Return what is kept of a library."""
    return [asdict(row) for row in rows]


def kept_from(shown: Shown, chosen: Iterable[int]) -> tuple[OwnRow, ...]:
    """Return chosen rows of a form as rows for the library; those without a name are left out."""
    return tuple(_kept(shown, shown.rows[at]) for at in chosen if shown.rows[at].l3.strip())


def _kept(shown: Shown, row: Indicator) -> OwnRow:
    value = without_year(row.target, shown.year)
    return OwnRow(row.l1, row.l2, row.l3, value, shown.category, shown.project)


def add_to_form(shown: Shown, picked: Iterable[OwnRow]) -> tuple[Edit, int]:
    """Return the edit that adds rows of a library to a form, and how many it adds.

    Each goes under its 二级指标, written as the edition does. A name that stands there already, and a 二级指标 that
    the edition does not have, is passed over.
    """
    known = {one.name: tuple(two.name for two in one.l2) for one in shown.edition.taxonomy}
    rows = shown.rows
    for one in picked:
        levels = levels_in(one.l1, one.l2, known)
        if levels is None or any((row.l1, row.l2, row.l3) == (*levels, one.name) for row in rows):
            continue
        at = place_for(rows, shown.edition, levels)
        value = in_style(one.value, shown.edition.value_style, shown.year)
        rows = (*rows[:at], Indicator(*levels, one.name, value), *rows[at:])
    count = len(rows) - len(shown.rows)
    return put_rows(shown.form, text("library.step", count=count), shown.rows, rows), count


def added(library: Iterable[OwnRow], more: Iterable[OwnRow]) -> tuple[OwnRow, ...]:
    """Return the library with more rows; one of the same indicator takes the place of the former."""
    by_key = {row.key: row for row in library} | {row.key: row for row in more}
    return tuple(sorted(by_key.values(), key=lambda row: (row.l1, row.l2, row.name)))
