"""What a damaged database holds: its rows, told from one another by what they look like.

Every table that the migrations make is either carried over (``PROJECTS``, ``TABLES``) or ``DERIVED`` from others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from desktop.store.pages import Pages, Row, Value
from desktop.store.sums import sum_of

Values: TypeAlias = tuple[Value, ...]

LONG_AGO = "2000-01-01T00:00:00"
"""For what has no time that can be read."""
MOST = 1 << 40
"""No number of a project or row is as high: it would leave no room for the next."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PROJECT, _EDIT = (16, 17), (5, 6)
"""Columns of a project and of an edit before and since there are sums."""


# ---------------------------------------------------------------- what a column may hold


def is_text(value: Value) -> bool:
    """Whether it is a text."""
    return isinstance(value, str)


def is_bytes(value: Value) -> bool:
    """Whether it is bytes."""
    return isinstance(value, bytes)


def is_whole(value: Value) -> bool:
    """Whether it is a whole number."""
    return isinstance(value, int)


def is_number(value: Value) -> bool:
    """Whether it is the number of a row."""
    return isinstance(value, int) and 0 < value < MOST


def is_year(value: Value) -> bool:
    """Whether it is a year, or none is known."""
    return value is None or isinstance(value, int)


def is_uuid(value: Value) -> bool:
    """Whether it is a UUID as the journal writes it."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_time(value: Value) -> bool:
    """Whether it is a moment or a day in ISO 8601."""
    with suppress(ValueError):
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    return False


def is_day(value: Value) -> bool:
    """Whether it is a day."""
    return isinstance(value, str) and len(value) == 10 and is_time(value)


def is_json(value: Value) -> bool:
    """Whether it is a JSON value."""
    with suppress(ValueError, RecursionError):
        return isinstance(value, str) and json.loads(value) is not ...
    return False


# ---------------------------------------------------------------- the tables


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are carried over one by one, each as it was written, or not at all."""

    columns: tuple[Callable[[Value], bool], ...]
    """What each may hold. By the first, which may be the number of the row, a row is known."""
    owner: str = ""
    """The table to whose row the column ``owned`` leads: without that row this one would say nothing."""
    owned: int = 0
    summed: slice | None = None
    """Columns whose sum is the last one."""
    mended: Mapping[int, Value] = field(default_factory=dict)
    """What stands in for a column that cannot be read."""

    def fitting(self, row: Row) -> Values | None:
        """Return the values of a row of this table, the number in its place; None where it is none, or damaged."""
        if row.rowid is None or len(row.values) != len(self.columns):
            return None
        values = list(row.values)
        values[0] = row.rowid if values[0] is None else values[0]
        for at, instead in self.mended.items():
            values[at] = values[at] if self.columns[at](values[at]) else instead
        fits = all(may_hold(value) for may_hold, value in zip(self.columns, values, strict=True))
        whole = self.summed is None or (fits and sum_of(*values[self.summed]) == values[-1])  # type: ignore[arg-type]  # looked at just now
        return tuple(values) if fits and whole else None


PROJECTS = ("projects", "edits")
"""Carried over by replaying the history."""

TABLES: dict[str, Table] = {
    "final_copies": Table(
        (is_number, is_number, is_uuid, is_whole, is_time, is_text, is_year, *(is_text,) * 2, *(is_bytes,) * 2,
         *(is_text,) * 2, is_whole),
        summed=slice(9, 13),
        mended={4: LONG_AGO},
    ),
    "stamps": Table((is_number, is_number, is_day, is_text, is_time), owner="final_copies", owned=1),
    "booklets": Table((is_number, is_text, is_time, is_json, is_bytes, is_whole), summed=slice(3, 5)),
    "views": Table((is_number, is_json), owner="projects"),
    "settings": Table((is_text, is_json)),
}  # fmt: skip
"""Carried over row by row, in this order."""

DERIVED = ("searched", "search_index")
"""Made anew from the others; with all that begins so, as the tables of an index do."""

WITNESSES = {"final_copies_by_code": "final_copies", "sqlite_autoindex_booklets_1": "booklets"}
"""Indexes of codes, which tell of rows of a table that may be gone."""


@dataclass
class Found:
    """The rows found, by their keys; what stands in trees that can be followed goes before what lies about."""

    projects: dict[int, Values] = field(default_factory=dict)
    edits: dict[tuple[int, int], Values] = field(default_factory=dict)
    rows: dict[str, dict[Value, Values]] = field(default_factory=lambda: {name: {} for name in TABLES})
    spoken: dict[str, set[Value]] = field(default_factory=lambda: {name: set() for name in TABLES})
    """Keys of the rows that there should be."""
    named: dict[int, str] = field(default_factory=dict)
    """Every project that is spoken of anywhere, with its name where that is known."""


def gather(pages: Pages) -> Found:
    """Read all rows that can be read."""
    found = Found()
    reached: set[int] = {1}
    for name, root in pages.roots.items():
        tree = pages.tree(root)
        reached.update(tree)
        for row in _rows(pages, tree):
            if name in _TAKERS:
                _TAKERS[name](found, row)
            elif name in TABLES:
                _take(found, name, row, strayed=False)
            elif name in WITNESSES and len(row.values) == 2 and is_number(row.values[1]):
                found.spoken[WITNESSES[name]].add(row.values[1])
    if pages.trouble or not set(PROJECTS) <= set(pages.roots):
        # Ways are broken: what lies on pages that none leads to any more may be what they led to.
        for row in _rows(pages, [n for n in range(1, pages.count + 1) if n not in reached and n not in pages.free]):
            for take in _TAKERS.values():
                take(found, row)
            for name in TABLES:
                _take(found, name, row, strayed=True)
    return found


def _rows(pages: Pages, numbers: Iterable[int]) -> Iterable[Row]:
    return (row for number in numbers for row in pages.rows(number))


def _take(found: Found, name: str, row: Row, *, strayed: bool) -> None:
    """Take a row where it is one of a table's; note that of a known table's is missing."""
    values = TABLES[name].fitting(row)
    if values is not None:
        found.rows[name].setdefault(values[0], values)
        found.spoken[name].add(values[0])
    elif not strayed:
        key = next(iter(row.values), None)
        found.spoken[name].add(row.rowid if key is None else key)


def _take_project(found: Found, row: Row) -> None:
    values = row.values
    if row.rowid is not None and is_number(row.rowid) and len(values) in _PROJECT and is_text(values[13]):
        found.projects.setdefault(row.rowid, values)
        if isinstance(values[4], str):
            found.named.setdefault(row.rowid, values[4])


def _take_edit(found: Found, row: Row) -> None:
    values = row.values
    if row.rowid is None and len(values) in _EDIT and all(map(is_text, values[2:5])):
        project, seq = values[:2]
        if isinstance(project, int) and is_number(project) and isinstance(seq, int):
            found.edits.setdefault((project, seq), values)
            found.named.setdefault(project, "")


def _take_listed(found: Found, row: Row) -> None:
    if row.rowid is None and len(row.values) == 13:
        name, number = row.values[4], row.values[12]
        if isinstance(name, str) and isinstance(number, int) and is_number(number):
            found.named[number] = name


def _take_uuid(found: Found, row: Row) -> None:
    if row.rowid is None and len(row.values) == 2:
        uuid, number = row.values
        if is_uuid(uuid) and isinstance(number, int) and is_number(number):
            found.named.setdefault(number, "")


_TAKERS: dict[str, Callable[[Found, Row], None]] = {
    "projects": _take_project,
    "edits": _take_edit,
    "projects_listed": _take_listed,
    "sqlite_autoindex_projects_1": _take_uuid,
}
"""Take a row where it is one of a table of the projects, or of an index that names them."""
