"""The tables and charts that the window offers, and what they are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from desktop.texts import text
from forms.comparison import differences_table, years_table
from forms.documents import Project
from forms.edition import Edition
from forms.summary import declared_table, evaluated_table, execution_chart, scores_chart, working_table
from forms.tables import Chart, Table

Kind: TypeAlias = Literal["declared", "evaluated", "working", "charts"]
Sheets: TypeAlias = list[Table | Chart]

_CHART_AFTER = 1
"""A chart of execution rates says something from two projects on."""


def sheets(kind: Kind, projects: Sequence[Project], editions: Mapping[str, Edition]) -> Sheets:
    """Return the tables of a kind for projects; none where there is nothing to show.

    Forms of an edition that is not known are left out.
    """
    known = [one for one in projects if all(form.edition in editions for _, form in one.forms)]
    declared = [one for one in known if one.declaration is not None]
    evaluated = [one for one in known if one.evaluation is not None]
    if kind == "declared":
        return [declared_table(declared, editions)] if declared else []
    if kind == "evaluated":
        return [evaluated_table(evaluated, editions)] if evaluated else []
    forms = [one.evaluation for one in evaluated if one.evaluation is not None]
    if kind == "working":
        return [working_table(one, editions[one.edition]) for one in forms]
    charts: Sheets = [scores_chart(one, editions[one.edition]) for one in forms]
    return [execution_chart(evaluated, editions), *charts] if len(forms) > _CHART_AFTER else charts


def comparison(old: Project, new: Project, names: tuple[str, str]) -> Sheets:
    """Return what differs between two projects."""
    return [differences_table(old, new, names)]


def side_by_side(last: Project | None, this: Project) -> Sheets:
    """Return last year's targets, this year's, and what was reached."""
    return [years_table(last, this)]


def nothing_to_show(kind: Kind) -> str:
    """Return the sentence that says why there is no such table."""
    return text(f"summaries.none_{kind}")


def file_name(shown: Sequence[Table | Chart]) -> str:
    """Return the file name that is proposed, without its ending."""
    from desktop.exchange.writing import safe_name

    return safe_name(shown[0].name if shown else text("window.unnamed"))
