"""A new project: which editions a year allows, which one is proposed, and what must be said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.texts import text
from forms.blank import blank_project
from forms.documents import FormKind, Path, Project, get
from forms.edition import Edition
from forms.edits import Edit, Put

UNSEEN_YEARS = (2023, 2024)
"""Declarations of these years were never seen in print: the clerk is asked (forms.md 1)."""


SEASON = 7
"""The month from which on the budget of the next year is drawn up, and forms are for that year or the one that ends."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The editions for a kind and year, the proposed one first."""

    editions: tuple[Edition, ...]
    hint: str
    """What the clerk should know before choosing."""


def offer(editions: Mapping[str, Edition], kind: FormKind, year: int, usual: str | None = None) -> Offer:
    """Return what may be chosen; ``usual`` is the id that the unit chose last."""
    fitting = [one for one in editions.values() if one.kind == kind and year in one.years]
    fitting.sort(key=lambda one: (one.id != usual, one.doubt))
    if not fitting:
        return Offer((), text("window.no_edition", year=year))
    if kind == "declaration" and year in UNSEEN_YEARS:
        return Offer(tuple(fitting), text("window.unseen_year", year=year))
    return Offer(tuple(fitting), "")


def usual_years(today: date, newest: int = 0) -> dict[FormKind, int]:
    """Return the years that forms are most likely for, by their kind; ``newest``: the latest that has projects.

    A declaration is for the budget that is being drawn up, an evaluation for the year that is over or ending.
    """
    is_late = today.month >= SEASON
    return {"declaration": max(today.year + is_late, newest), "evaluation": today.year - (not is_late)}


def edition_line(edition: Edition) -> str:
    """Return the name of an edition as the list of choices has it."""
    return edition.name if edition.verified else text("window.edition_unverified", name=edition.name)


def make(edition: Edition, year: int, unit: str, name: str) -> Project:
    """Return a blank project of an edition with unit and name filled in."""
    project = blank_project(edition, year, unit.strip())
    where: Path = (edition.kind, "fields", "项目名称")
    return Edit("", (Put(where, get(project, where), name.strip()),)).apply(project)
