"""编报册 of a unit and year: the order of its projects, its title, and its statement with figures that are derived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.documents import Booklet, Package, Project, clean_text
from forms.edition import Edition
from forms.printing.statement import filled, statement, template, title

SETTING = "booklets"
"""Setting: what the clerk decided of each booklet, by ``key``."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the clerk decided. ``statement`` holds 【…】 where figures of the set belong."""

    title: str = ""
    statement: str = ""
    order: tuple[int, ...] = ()
    """Numbers of the projects, first to last."""


def key(projects: Sequence[Project]) -> str:
    """Return under which name the plan of a set is kept: its years and units."""
    years = sorted({str(one.year or "") for one in projects})
    units = sorted({one.unit for one in projects})
    return "\n".join((*years, *units))


def usual(projects: Sequence[Project]) -> Plan:
    """Return the plan of a set that nothing was decided of."""
    package = Package(tuple(projects))
    return Plan(title(package), template(package))


def plan_from(kept: Any, projects: Sequence[Project]) -> Plan:
    """Return the plan of a set as it was kept; what is missing or cannot be read is as usual."""
    found = kept.get(key(projects)) if isinstance(kept, Mapping) else None
    plan = usual(projects)
    if not isinstance(found, Mapping):
        return plan
    words = {name: text for name in ("title", "statement") if isinstance(text := found.get(name), str)}
    order = found.get("order")
    numbers = tuple(one for one in order if isinstance(one, int)) if isinstance(order, list) else ()
    return Plan(words.get("title", plan.title), words.get("statement", plan.statement), numbers)


def with_plan(kept: Any, projects: Sequence[Project], plan: Plan) -> dict[str, Any]:
    """Return what is to be kept, with the plan of a set; one that says nothing of its own is not kept."""
    plans = {name: value for name, value in kept.items() if name != key(projects)} if isinstance(kept, Mapping) else {}
    if plan == usual(projects):
        return plans
    return {**plans, key(projects): {"title": plan.title, "statement": plan.statement, "order": list(plan.order)}}


def ordered(projects: Mapping[int, Project], plan: Plan) -> dict[int, Project]:
    """Return the projects in the order of the plan; those it does not name follow as they came."""
    known = [number for number in dict.fromkeys(plan.order) if number in projects]
    return {number: projects[number] for number in (*known, *(one for one in projects if one not in known))}


def planned(
    kept: Any, projects: Mapping[int, Project], editions: Mapping[str, Edition]
) -> tuple[dict[int, Project], Booklet | None]:
    """Return a set in the order, and with title and statement, that the clerk decided of it.

    As it came and with None where nothing was decided: title and statement are then those of the pattern.
    """
    found = list(projects.values())
    if not isinstance(kept, Mapping) or key(found) not in kept:
        return dict(projects), None
    plan = plan_from(kept, found)
    bound = ordered(projects, plan)
    return bound, booklet(plan, list(bound.values()), editions)


def front(package: Package, editions: Mapping[str, Edition]) -> Booklet:
    """Return title and statement as they stand before a bound set."""
    return package.booklet or Booklet(title(package), statement(package, editions))


def booklet(plan: Plan, projects: Sequence[Project], editions: Mapping[str, Edition]) -> Booklet:
    """Return title and statement as they are printed."""
    package = Package(tuple(projects))
    heading, statement = (clean_text(filled(words, package, editions)) for words in (plan.title, plan.statement))
    return Booklet(heading, statement)


def remarks(plan: Plan, projects: Sequence[Project], editions: Mapping[str, Edition]) -> tuple[str, ...]:
    """Return what the checks find in the booklet itself: counts, sums, words of the title."""
    from forms.checks import SET, check_set

    try:
        found = check_set(Package(tuple(projects), booklet(plan, projects, editions)), editions)
    except KeyError:
        return ()
    return tuple(one.message for one in found if one.project == SET)
