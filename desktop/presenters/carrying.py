"""A project carried into the next year: the same words in a new form, its dates and period a year on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.presenters.entries import EntryError, read_date
from desktop.presenters.new_project import offer
from desktop.texts import text
from forms.documents import Declaration, Period, Project
from forms.edition import Edition

_DATES = ("计划开始日期", "计划完成日期")
_LEAP_DAY = "02-29"


def carried(
    project: Project, editions: Mapping[str, Edition], usual: Sequence[str | None] = ()
) -> tuple[Project | None, str]:
    """Return the project of the year after, or None and the sentence that says why there can be none.

    Where the old form's edition has ended, that of ``usual`` is taken which comes first: what the unit uses elsewhere.
    An evaluation stays behind, and what was confirmed of the old form: the new one is looked at anew. Words are
    taken over as they are: the checks point to years left in them.
    """
    old = project.declaration
    if old is None:
        return None, text("window.carry_no_declaration")
    year = old.year + 1
    fitting = (one for one in (old.edition, *usual) if one and one in editions and year in editions[one].years)
    choices = offer(editions, "declaration", year, next(fitting, None)).editions
    if not choices:
        return None, text("window.no_edition", year=year)
    return replace(project, declaration=_next(old, choices[0].id), evaluation=None, confirmations=()), ""


def _next(old: Declaration, edition: str) -> Declaration:
    fields = {key: _a_year_on(value) if key in _DATES else value for key, value in old.fields.items()}
    period = old.overall_period
    moved = None if period is None else Period(period.start + 1, period.end + 1, period.extra)
    return replace(old, edition=edition, year=old.year + 1, fields=fields, overall_period=moved)


def _a_year_on(value: str) -> str:
    try:
        plain = read_date(value)
    except EntryError:
        return value
    if not plain:
        return value
    year, day = plain.split("-", 1)
    return f"{int(year) + 1:04d}-{'02-28' if day == _LEAP_DAY else day}"
