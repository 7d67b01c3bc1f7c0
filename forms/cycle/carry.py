"""去年 → 今年: a declaration in the form of a later year, with a list of all that is changed on the way.

What comes along is chosen by parts. A plan holds the project as it comes, and the moves: years and dates that are the
form's own are moved, others only proposed; indicators of an older taxonomy go where the new edition has them, their
values into its style. The clerk may leave out any move and take any proposal; the result is made from those chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from forms.blank import blank_project
from forms.cycle.carried import marked
from forms.cycle.years import moved
from forms.documents import Declaration, Indicator, Narrative, Path, Period, Project, get, parse_path, put
from forms.edition import Edition
from forms.indicators import in_order
from forms.money import converted
from forms.value_style import restyle
from forms.values import format_value, parse

_ROWS: Path = ("declaration", "indicators")
_WORDS = ("l3", "target", "mid_l3", "mid_target")


@dataclass(frozen=True, slots=True)
class Choice:
    """What comes along."""

    fields: bool = True
    funds: bool = True
    goals: bool = True
    indicators: Literal["values", "names", "none"] = "values"
    """With their values, without them, or not at all."""
    narrative: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """One change on the way. ``old`` stands at position ``at`` of the text at ``path`` and becomes ``new``."""

    kind: Literal["year", "period", "taxonomy", "style"]
    path: str
    """Place in the new project, with the row as it was numbered in the old one."""
    old: str
    new: str
    certain: bool
    """Whether it is made unless the clerk says no; else it is made only where the clerk says so."""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A project as it comes from another year, and what is to be changed in it."""

    project: Project
    edition: Edition
    year_before: int
    moves: tuple[Move, ...]

    def result(self, chosen: Collection[Move] | None = None) -> Project:
        """Return the new project after the chosen moves (None: those that are certain), marked 待核对.

        Its indicators stand in the order of the edition.
        """
        wanted = [one for one in self.moves if (one.certain if chosen is None else one in chosen)]
        project = self.project
        # From the end of each text, so that the positions of the others stay right.
        for move in sorted(wanted, key=lambda one: one.at, reverse=True):
            project = _made(project, move)
        return marked(put(project, _ROWS, in_order(get(project, _ROWS), self.edition)), self.year_before)


def plan(
    project: Project, edition: Edition, year: int, choice: Choice | None = None, was: Edition | None = None
) -> Plan:
    """Return how a project's declaration comes into a form of ``edition`` for ``year``.

    ``was`` is the edition that it has; None: what it calls things, and the unit it counts in, are those of the new one.
    Raises ValueError where the project has no declaration. Evaluation and confirmations stay behind.
    """
    old, choice = project.declaration, choice or Choice()
    if old is None:
        raise ValueError("there is no declaration to carry")
    new = _declaration(old, was or edition, edition, year, choice)
    narrative = project.narrative if choice.narrative else None
    base = Project(narrative, new, None, project.extra)
    moves = (
        *_period(old, new),
        *_years(new, narrative, old.year),
        *_rows(new, edition, styled=old.edition != edition.id),
    )
    return Plan(base, edition, old.year, moves)


def _declaration(old: Declaration, was: Edition, edition: Edition, year: int, choice: Choice) -> Declaration:
    blank = blank_project(edition, year, old.fields.get("实施单位", "")).declaration
    if blank is None:
        raise ValueError(f"{edition.id} is no edition of declarations")
    fields, funds = blank.fields, blank.funds
    if choice.fields:
        fields = {one.key: was.meant(old.fields, one.means) for one in edition.fields}
    if choice.funds:
        funds = {key: _fund(old, was, edition, key) for key in blank.funds}
    rows: tuple[Indicator, ...] = ()
    if choice.indicators != "none":
        kept = (one for one in old.indicators if edition.has_mid_term or not one.is_mid_term)
        rows = tuple(_row(one, edition, values=choice.indicators == "values") for one in kept)
    goals = (old.overall_goal, old.annual_goal) if choice.goals else ("", "")
    period = None if blank.overall_period is None else old.overall_period or blank.overall_period
    return blank._replace(
        fields=fields,
        funds=funds,
        overall_period=period,
        overall_goal=goals[0],
        annual_goal=goals[1],
        indicators=rows,
    )


def _fund(old: Declaration, was: Edition, edition: Edition, key: str) -> str:
    """An amount of the same name, or the same of the two totals, in the unit of the new form."""
    role = next((one.of for one in edition.sums if one.total == f"funds.{key}"), "")
    total = next((one.total.removeprefix("funds.") for one in was.sums if one.of and one.of == role), "")
    return converted(old.funds.get(key, old.funds.get(total, "")), was.amounts, edition.amounts)


def _row(row: Indicator, edition: Edition, *, values: bool) -> Indicator:
    """A row as it comes along, without what the new form has no place for."""
    if not edition.has_mid_term and (row.mid_l3 or row.mid_target):
        row = row._replace(mid_l3="", mid_target="")
    return row if values else row._replace(target="", mid_target="")


# ---------------------------------------------------------------- moves


def _period(old: Declaration, new: Declaration) -> Iterator[Move]:
    """The period of a project of one year goes along; a longer one is only proposed, once it is over."""
    period, years = new.overall_period, new.year - old.year
    if period is None or period.end >= new.year:
        return
    later = Period(period.start + years, period.end + years)
    own = period.start == period.end == old.year
    yield Move("period", "declaration.overall_period", _period_text(period), _period_text(later), own)


def _period_text(period: Period) -> str:
    return f"{period.start}年-{period.end}年"


def _years(declaration: Declaration, narrative: Narrative | None, year_before: int) -> Iterator[Move]:
    for path, text in _words(declaration, narrative):
        for one in moved(text, year_before, declaration.year - year_before):
            yield Move("year", path, one.old, one.new, one.certain, one.start)


def _words(declaration: Declaration, narrative: Narrative | None) -> Iterator[tuple[str, str]]:
    yield from ((f"declaration.fields.{key}", text) for key, text in declaration.fields.items())
    yield "declaration.overall_goal", declaration.overall_goal
    yield "declaration.annual_goal", declaration.annual_goal
    for at, row in enumerate(declaration.indicators):
        for key in _WORDS:
            yield f"declaration.indicators[{at}].{key}", getattr(row, key)
    if narrative is not None:
        for at, section in enumerate(narrative.sections):
            yield f"narrative.sections[{at}].text", section.text


def _rows(declaration: Declaration, edition: Edition, *, styled: bool) -> Iterator[Move]:
    for at, row in enumerate(declaration.indicators):
        home = home_of(row, edition)
        if home is not None and home != (row.l1, row.l2):
            path = f"declaration.indicators[{at}]"
            yield Move("taxonomy", path, _levels_text(row.l1, row.l2), _levels_text(*home), certain=True)
        for key in ("target", "mid_target") if styled else ():
            text = getattr(row, key)
            value = format_value(restyle(parse(text), edition.value_style))
            if value != text:
                yield Move("style", f"declaration.indicators[{at}].{key}", text, value, certain=True)


def home_of(row: Indicator, edition: Edition) -> tuple[str, str] | None:
    """Return the 一级 and 二级 under which an edition has a row of another one; None where that cannot be told."""
    if edition.order_of(row.l1, row.l2) is not None:
        return row.l1, row.l2
    pairs = [(one.name, two.name) for one in edition.taxonomy for two in one.l2]
    if "成本指标" in (row.l1, row.l2):  # before 2025 under 产出指标, since then a 一级 of its own
        costs = [pair for pair in pairs if "成本指标" in pair]
        return costs[0] if costs else None
    same = [pair for pair in pairs if pair[1] == row.l2] or [
        pair for pair in pairs if "满意度" in row.l2 and "满意度" in pair[1]
    ]
    return same[0] if len(same) == 1 else None


def _levels_text(l1: str, l2: str) -> str:
    return f"{l1} / {l2}"


def _made(project: Project, move: Move) -> Project:
    path = parse_path(move.path)
    standing = get(project, path)
    new: object
    if move.kind == "taxonomy":
        l1, _, l2 = move.new.partition(" / ")
        new = standing._replace(l1=l1, l2=l2)
    elif move.kind == "period":
        start, _, end = move.new.replace("年", "").partition("-")
        new = standing._replace(start=int(start), end=int(end))
    else:
        new = f"{standing[: move.at]}{move.new}{standing[move.at + len(move.old) :]}"
    changed: Project = put(project, path, new)
    return changed
