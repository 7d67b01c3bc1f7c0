"""台账: all projects of all units and years with their state, and what they come to beside the units' budgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from desktop.presenters.findings import Worst, state
from desktop.presenters.listed import Listed
from desktop.texts import text
from forms.check_code import check_code
from forms.documents import Project
from forms.edition import Amounts, Edition
from forms.first_level import first_level_of
from forms.money import AmountError, format_amount, parse_amount
from forms.reading import sq
from forms.scoring import derived, read_score

if TYPE_CHECKING:
    from desktop.presenters.freezing import FinalCopy

COLUMNS = ("unit", "year", "first_level", "name", "kind", "state", "amount", "score")
_WAN = 10_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register tells of a project beyond its row in the list."""

    first_level: str = ""
    standing: Literal["draft", "final", "stamped", "changed"] = "draft"
    """How it stands to its newest final copy."""
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register: texts by ``COLUMNS``, and what they are sorted by."""

    id: int
    texts: tuple[str, ...]
    keys: tuple[Any, ...]
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Total:
    """What the projects of a unit and a year come to. Amounts in 元."""

    unit: str
    year: int | None
    count: int
    amount: Decimal
    budget: Decimal | None
    """The unit's budget, where the clerk has written it down."""

    @property
    def left(self) -> Decimal | None:
        """The budget less what was declared; negative where that is more."""
        return None if self.budget is None else self.budget - self.amount


def facts_of(project: Project, copies: Sequence[FinalCopy], editions: Mapping[str, Edition]) -> Facts:
    """Return the facts of a project; ``copies`` are its final copies, newest first."""
    from desktop.presenters.freezing import standing

    found = standing(copies, check_code(project)) if copies else "draft"
    return Facts(first_level_of(project), found, _score(project, editions))


def line_of(row: Listed, facts: Facts | None, worst: Worst | None) -> Line:
    """Return the line of a project; facts and worst finding may not be known yet."""
    facts = facts or Facts()
    state_text = text(f"register.{facts.standing}") if facts.standing in ("final", "stamped") else state(worst)
    if facts.standing == "changed":
        state_text = text("register.changed", state=state_text)
    amount = "" if row.amount is None else format_amount(row.amount, Amounts("元", 1))
    texts = (
        row.unit or text("window.no_unit"),
        "" if row.year is None else str(row.year),
        facts.first_level,
        row.name or text("window.unnamed"),
        text(f"register.kind_{row.kind}"),
        state_text,
        amount,
        "" if facts.score is None else f"{facts.score:.2f}",
    )
    keys = (*texts[:6], row.amount if row.amount is not None else Decimal(-1), facts.score or Decimal(-1))
    return Line(row.id, texts, keys, row.amount)


def fitting(lines: Iterable[Line], words: str) -> list[Line]:
    """Return the lines that hold all the words, in whichever column."""
    wanted = [sq(word).lower() for word in words.split()]
    return [one for one in lines if all(word in sq("\n".join(one.texts)).lower() for word in wanted)]


def ordered(lines: Iterable[Line], column: int, *, descending: bool = False) -> list[Line]:
    """Return the lines by a column; equal ones keep their order."""
    return sorted(lines, key=lambda one: one.keys[column], reverse=descending)


def totals(rows: Iterable[Listed], budgets: Mapping[str, str]) -> tuple[Total, ...]:
    """Return the sums by unit and year, latest year first; ``budgets`` as the clerk wrote them down."""
    sums: dict[tuple[str, int | None], list[Decimal]] = {}
    for row in rows:
        sums.setdefault((row.unit, row.year), []).append(row.amount or Decimal(0))
    made = [
        Total(unit, year, len(amounts), sum(amounts, Decimal(0)), _amount(budgets.get(budget_key(unit, year), "")))
        for (unit, year), amounts in sums.items()
    ]
    return tuple(sorted(made, key=lambda one: (-(one.year or 0), one.unit)))


def total_texts(total: Total) -> tuple[str, ...]:
    """Return unit, year, number, sum, budget and what is left, in 万元."""
    left = "" if total.left is None else _wan(total.left)
    return (
        total.unit or text("window.no_unit"),
        "" if total.year is None else str(total.year),
        str(total.count),
        _wan(total.amount),
        "" if total.budget is None else _wan(total.budget),
        text("register.over", amount=_wan(-total.left)) if total.left is not None and total.left < 0 else left,
    )


def budget_key(unit: str, year: int | None) -> str:
    """Return the key under which the budget of a unit is kept."""
    return f"{year or ''}\n{unit}"


def read_budget(typed: str) -> str:
    """Return a budget, typed in 万元 (or with its unit), as it is kept: in 元. Blank takes it away.

    Raises AmountError with a sentence for the clerk.
    """
    plain = sq(typed)
    if not plain:
        return ""
    amount = parse_amount(f"{plain}万元" if plain[-1:].isdigit() else plain)
    return "" if amount is None else f"{amount:f}"


# ---------------------------------------------------------------- pieces


def _score(project: Project, editions: Mapping[str, Edition]) -> Decimal | None:
    form = project.evaluation
    edition = None if form is None else editions.get(form.edition)
    if form is None or edition is None:
        return None
    return read_score(derived(form, edition).total_score or form.total_score)


def _wan(amount: Decimal) -> str:
    return format_amount(amount, Amounts("万元", _WAN))


def _amount(typed: str) -> Decimal | None:
    try:
        return parse_amount(typed)
    except AmountError:
        return None
