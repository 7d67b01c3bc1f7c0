"""The unit's own library of indicators (本单位指标库): rows that a clerk kept for later forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from desktop.presenters.indicator_cells import Shown
from forms.documents import Indicator
from forms.library import shelf, without_year

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


def added(library: Iterable[OwnRow], more: Iterable[OwnRow]) -> tuple[OwnRow, ...]:
    """Return the library with more rows; one of the same indicator takes the place of the former."""
    by_key = {row.key: row for row in library} | {row.key: row for row in more}
    return tuple(sorted(by_key.values(), key=lambda row: (row.l1, row.l2, row.name)))
