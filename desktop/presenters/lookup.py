"""Finding what others wrote in the cells of indicators, ranked by nearness. Belongs to one thread, not the window's."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from math import log2
from pathlib import Path

from desktop.presenters.completing import Offer, Wanted, in_style
from desktop.presenters.indicator_cells import parts, spelt_value
from desktop.presenters.own_library import OwnRow
from desktop.store.indicator_index import OWN, SHIPPED, Found, IndicatorIndex, Kind, Origin, Use
from desktop.texts import RESOURCES, text
from forms.documents import Project
from forms.library import COMMON, Library, read_library, shelf, without_year
from forms.reading import sq

AT_ONCE = 5
"""So many projects are read from disk at a time."""
MOST_OFFERS = 8
MOST_VALUES = 40
_NO_REASON = ("", "无")

States = Callable[[], Mapping[int, str]]
Load = Callable[[Iterable[int]], Mapping[int, Project]]


class Lookup:
    """The index of a data folder with what is needed to fill and to ask it."""

    def __init__(self, folder: Path) -> None:
        self._index = IndicatorIndex(folder)
        self._waiting: list[tuple[int, str]] = []

    def close(self) -> None:
        """Let go of the file."""
        self._index.close()

    @cached_property
    def library(self) -> Library:
        """The shipped library."""
        return read_library(RESOURCES / "library")

    # ---------------------------------------------------------------- filling

    def compare(self, states: Mapping[int, str], own: Sequence[OwnRow]) -> None:
        """Enter the libraries, forget projects that are gone, and note those that have changed for ``go_on``."""
        entered = self._index.entered()
        shipped = self._shipped()
        mark = _mark(shipped)
        if entered.get(SHIPPED) != mark:
            aliases = {row.name: " ".join(row.aliases) for row in self.library.rows}
            self._index.put(SHIPPED, mark, shipped, aliases=aliases)
        kept = self._own(own)
        mark = _mark(kept)
        if entered.get(OWN) != mark:
            self._index.put(OWN, mark, kept)
        self._index.drop(number for number in entered if number > 0 and number not in states)
        self._waiting = [(number, state) for number, state in states.items() if entered.get(number) != state]

    def go_on(self, load: Load, seconds: float) -> bool:
        """Enter changed projects for a while; return whether more are left."""
        end = time.monotonic() + seconds
        while self._waiting and time.monotonic() < end:
            some = dict(self._waiting[:AT_ONCE])
            del self._waiting[:AT_ONCE]
            projects = load(some)
            with self._index.together():
                for number, state in some.items():
                    if number in projects:
                        self._enter(number, state, projects[number])
        return bool(self._waiting)

    def learn(self, number: int, project: Project) -> None:
        """Enter a project as it is being edited; when the window opens next it is compared with the disk."""
        self._waiting = [one for one in self._waiting if one[0] != number]
        self._enter(number, "", project)

    def _enter(self, number: int, state: str, project: Project) -> None:
        self._index.put(number, state, self._uses(project), project.year or 0)

    def _uses(self, project: Project) -> list[Use]:
        form = project.declaration or project.evaluation
        work = self._work(project.name, "" if form is None else form.fields.get("项目类别", ""))
        uses = []
        for kind, one in project.forms:
            for row in one.indicators:
                place = (shelf(row.l2), work)
                if row.l3.strip() and (kind == "declaration" or project.declaration is None):
                    uses.append(Use(Kind.NAME, row.l3, *place, without_year(row.target, one.year)))
                if row.mid_l3.strip():
                    uses.append(Use(Kind.NAME, row.mid_l3, *place, without_year(row.mid_target, one.year)))
                if sq(row.reason) not in _NO_REASON:
                    uses.append(Use(Kind.REASON, row.reason, *place))
        return uses

    def _shipped(self) -> list[Use]:
        names = [Use(Kind.NAME, row.name, row.l2, row.theme, row.value) for row in self.library.rows]
        return names + [Use(Kind.REASON, one.text, one.l2, one.theme) for one in self.library.reasons]

    def _own(self, own: Sequence[OwnRow]) -> list[Use]:
        return [
            Use(Kind.NAME, row.name, shelf(row.l2), self._work(row.project, row.category), row.value) for row in own
        ]

    def _work(self, project: str, category: str) -> str:
        """The kind of work that a project is; where its name does not tell, its 项目类别."""
        return self.library.theme_of(project) or category

    # ---------------------------------------------------------------- asking

    def offers(self, wanted: Wanted) -> list[Offer]:
        """Return what may be meant by a text that is being typed, the nearest first."""
        work = self._work(wanted.project, wanted.category)
        if wanted.column == "number":
            return self._values(wanted, work)
        kind = Kind.NAME if wanted.column == "l3" else Kind.REASON
        found = self._index.find(kind, wanted.typed, shelf(wanted.l2), (work, COMMON))
        if kind is Kind.NAME:
            found = [one for one in found if one.text not in wanted.there]
        ranked = _ranked(found, wanted, work, lambda one: one.text)[:MOST_OFFERS]
        usual = [self._usual_of(words, wanted, work) if kind is Kind.NAME else "" for words, _ in ranked]
        return [
            Offer(words, _beside(value, _nearest(uses))) for (words, uses), value in zip(ranked, usual, strict=True)
        ]

    def usual(self, wanted: Wanted) -> str:
        """Return the usual value of a name, as the edition writes it; nothing where the name is not known."""
        return self._usual_of(wanted.name, wanted, self._work(wanted.project, wanted.category))

    def _values(self, wanted: Wanted, work: str) -> list[Offer]:
        uses = self._index.values(wanted.name) or self._shapes(wanted, work)
        plain = sq(wanted.typed)
        offers: dict[str, Offer] = {}
        for value, found in _ranked(uses, wanted, work, lambda one: one.value)[:MOST_VALUES]:
            styled = in_style(value, wanted.style, wanted.year)
            if styled and plain in sq(styled):
                offers.setdefault(styled, Offer(styled, _where(_nearest(found))))
        return list(offers.values())[:MOST_OFFERS]

    def _shapes(self, wanted: Wanted, work: str) -> list[Found]:
        """Return what names with the same ending count: sign and unit without the number."""
        ending = sq(wanted.name)[-2:]
        if len(ending) < 2:
            return []
        found = self._index.find(Kind.NAME, ending, shelf(wanted.l2), (work, COMMON))
        alike = [one for one in found if one.l2 == shelf(wanted.l2) and sq(one.text).endswith(ending)]
        shapes = []
        for name, uses in _ranked(alike, wanted, work, lambda one: one.text)[:MOST_OFFERS]:
            seen = parts(self._usual_of(name, wanted, work))
            if seen.unit and not seen.words:
                value = spelt_value(wanted.style, seen.sign, "", seen.unit)
                shapes += [one._replace(value=value) for one in uses]
        return shapes

    def _usual_of(self, name: str, wanted: Wanted, work: str) -> str:
        uses = [one for one in self._index.values(name) if one.value]
        ranked = _ranked(uses, wanted, work, lambda one: one.value)
        return in_style(ranked[0][0], wanted.style, wanted.year) if ranked else ""


def _ranked(
    found: Iterable[Found], wanted: Wanted, work: str, key: Callable[[Found], str]
) -> list[tuple[str, list[Found]]]:
    """Return the uses by what they would write, the nearest first."""
    groups: dict[str, list[Found]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    typed = sq(wanted.typed).lower()

    def rank(group: tuple[str, list[Found]]) -> tuple[float, str]:
        words, uses = group
        plain = sq(words).lower()
        near = max(_nearness(one, wanted, work) for one in uses)
        often = log2(1 + sum(one.times for one in uses if one.origin is Origin.PAST))
        fit = (3 if plain.startswith(typed) else 1 if typed in plain else 0) if typed else 0
        return -(near + min(often, 4) + fit), words

    return sorted(groups.items(), key=rank)


def _nearness(one: Found, wanted: Wanted, work: str) -> float:
    """How near a use is: the same 二级指标, the same kind of work; kept by the unit, or used of late."""
    points = 5.0 * (one.l2 == shelf(wanted.l2)) + 3.0 * (bool(work) and one.work == work)
    points += {Origin.SHIPPED: 0.0, Origin.PAST: 1.5, Origin.OWN: 3.0}[one.origin]
    if one.origin is Origin.PAST:
        points += max(0.0, 2.0 - 0.5 * abs(wanted.year - one.year))
    return points


def _nearest(uses: Iterable[Found]) -> Found:
    return max(uses, key=lambda one: (one.origin, one.year))


def _where(one: Found) -> str:
    return text(f"indicators.from_{one.origin.name.lower()}", year=one.year)


def _beside(value: str, one: Found) -> str:
    where = _where(one)
    return f"{value}　{where}" if value else where


def _mark(uses: Sequence[Use]) -> str:
    return hashlib.sha256(json.dumps(uses).encode()).hexdigest()
