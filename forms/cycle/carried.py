"""待核对: what a form holds from another year stays marked until it is confirmed, or is no longer what it was.

The marks are the extra key ``carried`` of the project: the year it comes from, a short sum of the text of each place,
and of each indicator row. A mark holds while the same text stands there (a row may move), so an edit takes it away by
itself, and undo brings it back. Confirming is that of the checks (rule K01).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from forms.documents import Declaration, Indicator, Project

KEY = "carried"


def marked(project: Project, year: int) -> Project:
    """Return the project with all that stands in its declaration and narrative marked as carried from a year."""
    places = {path: _sum(text) for path, text in _texts(project) if text.strip()}
    rows = [] if project.declaration is None else [_row_sum(row) for row in project.declaration.indicators]
    return project._replace(extra={**project.extra, KEY: {"year": year, "places": places, "rows": rows}})


def still_carried(project: Project) -> tuple[tuple[str, ...], int]:
    """Return the places (a row: ``declaration.indicators[3]``) that are as they came, and the year they came from.

    Whether they were confirmed the checks know. Marks that cannot be read count as none.
    """
    marks = project.extra.get(KEY)
    if not isinstance(marks, Mapping) or not isinstance(year := marks.get("year"), int):
        return (), 0
    places, rows = marks.get("places"), marks.get("rows")
    found = []
    if isinstance(places, Mapping):
        found += [path for path, text in _texts(project) if text.strip() and places.get(path) == _sum(text)]
    if isinstance(rows, list) and project.declaration is not None:
        found += _rows(project.declaration, rows)
    return tuple(found), year


def _rows(declaration: Declaration, marks: list[Any]) -> Iterator[str]:
    left = Counter(one for one in marks if isinstance(one, str))
    for at, row in enumerate(declaration.indicators):
        known = _row_sum(row)
        if left[known]:
            left[known] -= 1
            yield f"declaration.indicators[{at}]"


def _texts(project: Project) -> Iterator[tuple[str, str]]:
    declaration = project.declaration
    if declaration is not None:
        yield from ((f"declaration.fields.{key}", text) for key, text in declaration.fields.items())
        yield from ((f"declaration.funds.{key}", text) for key, text in declaration.funds.items())
        yield "declaration.overall_goal", declaration.overall_goal
        yield "declaration.annual_goal", declaration.annual_goal
    if project.narrative is not None:
        for at, section in enumerate(project.narrative.sections):
            yield f"narrative.sections[{at}].text", section.text


def _row_sum(row: Indicator) -> str:
    mid_term = f"\0{row.mid_l3}\0{row.mid_target}" if row.mid_l3 or row.mid_target else ""
    return _sum(f"{row.l1}\0{row.l2}\0{row.l3}\0{row.target}{mid_term}")


def _sum(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
