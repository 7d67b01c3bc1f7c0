"""Places of indicators as paths of the project: which form is shown, which cell a path names, which path a cell has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from desktop.presenters.indicator_cells import Column, Shown, key_of
from desktop.presenters.indicator_tree import Facts
from forms.cycle.evaluate import locked_rows
from forms.documents import Evaluation, FormKind, Project
from forms.edition import Edition

_PLACE = re.compile(r"(declaration|evaluation)\.indicators(?:\[(\d+)\](?:\.(\w+))?)?")


class Place(NamedTuple):
    """A row of the form that is shown, and the key of a cell; ``l1`` and ``l2`` are the lines above it. Row -1: all."""

    row: int
    key: str


def shown_of(project: Project, editions: Mapping[str, Edition], wanted: FormKind | None) -> Shown | None:
    """Return the indicators of a project's form, by default of its first; None where there is none to show."""
    for kind, form in project.forms:
        edition = editions.get(form.edition)
        if wanted in (None, kind) and edition is not None:
            declared = project.declaration or form
            category = declared.fields.get("项目类别", "")
            evaluation = form if isinstance(form, Evaluation) else None
            locked = frozenset() if evaluation is None else locked_rows(evaluation)
            return Shown(kind, form.indicators, edition, form.year, project.name, category, evaluation, locked)
    return None


def place_of(shown: Shown | None, path: str) -> Place | None:
    """Return the place that a path names in the form that is shown; None where it names none there."""
    match = _PLACE.fullmatch(path)
    if match is None or shown is None or match[1] != shown.form:
        return None
    row = -1 if match[2] is None else int(match[2])
    return Place(row, match[3] or "l3") if row < len(shown.rows) else None


def path_of(shown: Shown | None, facts: Facts | None, column: Column) -> str:
    """Return the path of a cell; of a line of the first two levels that of its first row, nothing where it has none."""
    if facts is None or shown is None or facts.row < 0:
        return ""
    key = key_of(column) if facts.indicator is not None else f"l{facts.depth}"
    return f"{shown.form}.indicators[{facts.row}].{key}"
