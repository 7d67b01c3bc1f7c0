"""Indicators copied into another project or year: which projects may take them, and the edit that puts them there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.presenters.listed import Listed
from desktop.texts import text
from forms.documents import FormKind, Indicator, Project
from forms.edition import Edition
from forms.edits import Edit
from forms.indicators import Rows, place_for, put_rows
from forms.reading import sq


@dataclass(frozen=True, slots=True)
class Place:
    """A project that may take copies."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Copying:
    """What copying comes to."""

    edit: Edit | None
    """None: there is nothing to be done."""
    sentence: str
    """What was done, or why it cannot be."""


def places(rows: Iterable[Listed], own: int | None, words: str = "") -> list[Place]:
    """Return the other projects that have a form, the newest years first; only those whose line holds some words."""
    found = [
        Place(row.id, text("indicators.copy_place", year=row.year or "—", name=row.name, unit=row.unit))
        for row in sorted(rows, key=lambda row: (-(row.year or 0), row.unit, row.name, row.id))
        if row.id != own and row.kind != "narrative"
    ]
    wanted = sq(words).casefold()
    return [one for one in found if wanted in sq(one.words).casefold()]


def copying(target: Project, kind: FormKind, chosen: Sequence[Indicator], editions: Mapping[str, Edition]) -> Copying:
    """Return the edit that puts copies of rows into a project, each at the place that its edition gives it.

    They go into the form of the same kind, or into the one that the project has; a declaration takes name and
    指标值 alone. A row that stands there already, with the same levels, name and 指标值, is not put there again.
    """
    forms = dict(target.forms)
    into: FormKind = kind if kind in forms else "declaration" if "declaration" in forms else "evaluation"
    form = forms.get(into)
    edition = None if form is None else editions.get(form.edition)
    if form is None or edition is None:
        return Copying(None, text("indicators.copy_no_form", name=target.name))
    rows: Rows = form.indicators
    there = {_known_by(row) for row in rows}
    count = strange = 0
    for row in chosen:
        if _known_by(row) in there:
            continue
        levels = row.l1, row.l2
        copy = row._replace(extra={})
        if into == "declaration":
            copy = copy._replace(actual="", points="", score="", reason="", tier="")
        at = place_for(rows, edition, levels)
        rows = (*rows[:at], copy, *rows[at:])
        count += 1
        strange += edition.order_of(*levels) is None
    same = len(chosen) - count
    sentence = text("indicators.copied", count=count, name=target.name)
    sentence += text("indicators.copied_same", count=same) if same else ""
    sentence += text("indicators.copied_strange", count=strange) if strange else ""
    edit = put_rows(into, text("indicators.edit_copied", count=count), form.indicators, rows)
    return Copying(edit if count else None, sentence if count else text("indicators.copied_none", name=target.name))


def _known_by(row: Indicator) -> tuple[str, ...]:
    return row.l1, row.l2, row.l3, row.target, row.mid_l3, row.mid_target
