"""What the open project can be compared with: its final copies, last year's project, any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.presenters.listed import Listed
from desktop.texts import text
from forms.documents import Project
from forms.reading import sq


@dataclass(frozen=True, slots=True)
class Partner:
    """Something to compare with: another project, or (``copy``) a final copy."""

    words: str
    project: int
    copy: int | None = None
    search: str = ""


def partners(number: int, project: Project, rows: Iterable[Listed], copies: Sequence[tuple[int, str]]) -> list[Partner]:
    """Return what a project may be compared with, the likeliest first.

    ``copies``: number and words of its final copies, newest first. Then the project of the same unit and name in the
    year before, others of that name, and all others.
    """
    made = [Partner(words, number, copy, sq(words)) for copy, words in copies]
    others = [row for row in rows if row.id != number]
    others.sort(key=lambda row: _distance(project, row))
    for row in others:
        name = row.name or text("window.unnamed")
        words = text("summaries.compare_project", name=name, unit=row.unit, year=row.year or "")
        made.append(Partner(words, row.id, None, sq(f"{name}{row.unit}{row.year}")))
    return made


def last_year(number: int, project: Project, rows: Iterable[Listed]) -> int | None:
    """Return the project of the same unit and name in the year before; None where there is none."""
    fitting = [row for row in rows if row.id != number and _distance(project, row) == (0, 0)]
    return fitting[0].id if fitting else None


def _distance(project: Project, row: Listed) -> tuple[int, int]:
    """How far another project is: of the same unit and name 0, of the same name 1, else 2; then how many years off."""
    same = _name(row.name, row.year) == _name(project.name, project.year)
    near = (0 if row.unit == project.unit else 1) if same else 2
    off = abs((row.year or 0) - ((project.year or 0) - 1))
    return near, off


def _name(name: str, year: int | None) -> str:
    """A name without its own year: 2025年培训 and 2026年培训 are one project."""
    return sq(name).replace(str(year or ""), "")
