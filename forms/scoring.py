"""Scoring of an evaluation (rules.md 3): execution rate, proposals for the rows, total, grade.

Everything is exact and rounded once, at the end, half up. A proposal is only that: the clerk's score stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from forms.documents import Evaluation, Indicator
from forms.edition import Edition, WeightPreset
from forms.money import amount_in
from forms.parameters import Parameters, parameters_of
from forms.reading import plain_number, sq
from forms.values import LONGEST, Normal, Sign, Value, comparable, normal, parse, parse_actual

FUNDS_ROW = "年度资金总额"
TIERS = ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差")
"""定性档次, best first, as ``Indicator.tier`` has them."""
GRADES = ("优", "良", "中", "差")

_CENT = Decimal("0.01")
_ZERO = Decimal(0)
# Wide enough for products and quotients of any two values that are read as numbers, so that nothing is rounded before.
_EXACT = Context(prec=10 * LONGEST, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Derived:
    """What the program fills in, as printed; None where it cannot be derived."""

    execution_rate: str | None
    """``86.18%``."""
    execution_score: str | None
    """At most two decimals, no trailing zeros: ``8.62``, ``10``."""
    total_score: str | None
    """Two decimals: ``98.62``."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The scores a tier allows: from ``low`` to ``high``, the latter included or not."""

    low: Decimal
    high: Decimal
    closed: bool

    def __contains__(self, score: object) -> bool:
        return isinstance(score, Decimal) and (self.low <= score < self.high or (self.closed and score == self.high))


# ---------------------------------------------------------------- texts


def read_score(text: str) -> Decimal | None:
    """Read 分值 or 得分; None where the text is blank, ``—``, negative or no number."""
    return plain_number(text)


def score_text(score: Decimal) -> str:
    """Print a score: at most two decimals, no trailing zeros."""
    return f"{rounded(score).normalize(_EXACT):f}"


def total_text(total: Decimal) -> str:
    """Print 总分: two decimals."""
    return f"{rounded(total):f}"


def rate_text(rate: Decimal) -> str:
    """Print a rate that is in %: two decimals and the sign."""
    return f"{rounded(rate):f}%"


def rounded(number: Decimal) -> Decimal:
    """The number to two decimals, half up."""
    return number.quantize(_CENT, context=_EXACT)


# ---------------------------------------------------------------- funds


def funds_row(evaluation: Evaluation) -> Mapping[str, str]:
    """The row 年度资金总额 of the funds; empty where there is none."""
    return next((row for row in evaluation.funds if sq(row.get("row", "")) == FUNDS_ROW), {})


def execution_rate(budget: Decimal | None, spent: Decimal | None) -> Decimal | None:
    """全年执行数 ÷ 全年预算数 in %, not rounded; None without both, or with a budget of 0."""
    if not budget or spent is None:
        return None
    return _share(spent, budget, Decimal(100))


def execution_score(
    points: Decimal, budget: Decimal | None, spent: Decimal | None, parameters: Parameters
) -> Decimal | None:
    """The score of the execution rate, rounded; None where there is no rate."""
    rate = execution_rate(budget, spent)
    if budget is None or spent is None or rate is None:
        return None
    if parameters.execution_method == "interval":
        return _stepped(points, rate, _EXECUTION_STEPS)
    return rounded(min(points, _share(spent, budget, points)))


_EXECUTION_STEPS = ((Decimal(100), Decimal(1)), (Decimal(80), Decimal("0.7")), (Decimal(60), Decimal("0.5")))
_SATISFACTION_STEPS = ((Decimal(90), Decimal(1)), (Decimal(80), Decimal("0.8")), (Decimal(60), Decimal("0.5")))


def derived(evaluation: Evaluation, edition: Edition) -> Derived:
    """Return 执行率, its 得分 and 总分 as printed.

    With a budget of 0 the score of the execution rate is the clerk's, and the total counts it as typed.
    The total needs every score to be filled in and readable. Raises EditionError for a wrong parameter.
    """
    row = funds_row(evaluation)
    budget, spent = (amount_in(row.get(key, ""), edition.amounts) for key in ("全年预算数", "全年执行数"))
    points = read_score(row.get("分值", ""))
    rate = execution_rate(budget, spent)
    score = None if points is None else execution_score(points, budget, spent, parameters_of(edition))
    counted = read_score(row.get("得分", "")) if score is None else score
    total = total_score(counted, (read_score(one.score) for one in evaluation.indicators))
    return Derived(
        None if rate is None else rate_text(rate),
        None if score is None else score_text(score),
        None if total is None else total_text(total),
    )


def total_score(execution: Decimal | None, scores: Iterable[Decimal | None]) -> Decimal | None:
    """总分, not rounded: the score of the execution rate and those of all rows; None where one is missing."""
    total = _ZERO
    for score in (execution, *scores):
        if score is None:
            return None
        total = _EXACT.add(total, score)
    return total


def grade(total: Decimal, parameters: Parameters) -> str:
    """优 良 中 差; shown and listed, never printed on the Shanghai form."""
    reached = (name for name, bound in zip(GRADES, parameters.grade_bounds, strict=False) if total >= bound)
    return next(reached, GRADES[-1])


def preset_for(edition: Edition, names: Iterable[str]) -> WeightPreset | None:
    """The weights meant for a form that has exactly these level-1 indicators; None where none is on record."""
    present = set(names)
    return next((preset for preset in edition.weights if set(preset.points) == present), None)


# ---------------------------------------------------------------- rows


def propose(indicator: Indicator, edition: Edition) -> Decimal | None:
    """The score that rules.md 3.2–3.4 give a row, rounded; None where the clerk has to judge.

    Numbers of one unit score by formula, a chosen tier or a date only where the target is met.
    Raises EditionError for a wrong parameter.
    """
    points = read_score(indicator.points)
    if not points:
        return None
    target = parse(indicator.target)
    actual = parse_actual(indicator.actual, target)
    cost = is_cost_row(indicator)
    if comparable(target, actual, name=indicator.l3, cost_row=cost):
        goal, result = normal(target, cost_row=cost), normal(actual, cost_row=cost)
        parameters = parameters_of(edition)
        if parameters.satisfaction_tiers and "满意度" in indicator.l2 and "%" in (goal.unit, result.unit):
            return _stepped(points, result.number or _ZERO, _SATISFACTION_STEPS)
        return numeric_score(goal, result, points, parameters)
    if indicator.tier:
        return points if tier_of(indicator.tier) == 0 else None
    return points if _in_time(target, actual) else None


def is_cost_row(indicator: Indicator) -> bool:
    """Whether a row belongs to 成本指标, at level 1 or 2."""
    return "成本指标" in (indicator.l1, indicator.l2)


def numeric_score(target: Normal, actual: Normal, points: Decimal, parameters: Parameters) -> Decimal | None:
    """Score a number against a target of the same unit (rules.md 3.2), rounded; the sign of ``actual`` is ignored.

    A target without a sign is met like ``=``. A 季度 is a deadline and not an amount: met, or no proposal.
    """
    if target.number is None or actual.number is None:
        return None
    if _is_met(target.sign, target.number, actual.number):
        return rounded(points)
    if target.unit == "季度":
        return None
    return _missed(target.sign, target.number, actual.number, points, parameters)


def _is_met(sign: Sign, target: Decimal, actual: Decimal) -> bool:
    # “=0起”: nothing may happen, so here = is a limit.
    if sign in ("≤", "<") or (not target and sign not in ("≥", ">")):
        return actual <= target
    return actual >= target


def _missed(sign: Sign, target: Decimal, actual: Decimal, points: Decimal, parameters: Parameters) -> Decimal:
    if not target:
        return rounded(_ZERO)
    if sign not in ("≤", "<"):
        return rounded(_share(actual, target, points))
    if parameters.reverse_method == "quotient":
        return rounded(_share(target, actual, points))
    left = _EXACT.subtract(_EXACT.multiply(target, Decimal(2)), actual)
    return rounded(max(_ZERO, _share(left, target, points)))


def deviation(target: Normal, actual: Normal) -> Decimal | None:
    """How far the actual value is from the target, in % of the target, rounded; None with a target of 0."""
    if not target.number or actual.number is None:
        return None
    return rounded(_share(_EXACT.subtract(actual.number, target.number), target.number, Decimal(100)))


def tier_of(text: str) -> int | None:
    """Position in ``TIERS`` of a tier, also by its short name (达成, 部分达成, 未达成); None for another word."""
    plain = sq(text)
    return next((at for at, tier in enumerate(TIERS) if plain and tier.startswith(plain)), None)


def tier_interval(tier: str, points: Decimal, parameters: Parameters) -> Interval | None:
    """The scores that a tier allows (rules.md 3.3), bounds not rounded; None for a word that is no tier."""
    at = tier_of(tier)
    if at is None:
        return None
    bounds = (Decimal(1), *parameters.tier_bounds, _ZERO)
    return Interval(_EXACT.multiply(bounds[at + 1], points), _EXACT.multiply(bounds[at], points), closed=at == 0)


def _in_time(target: Value, actual: Value) -> bool:
    return target.deadline is not None and actual.deadline is not None and actual.deadline <= target.deadline


def _stepped(points: Decimal, rate: Decimal, steps: tuple[tuple[Decimal, Decimal], ...]) -> Decimal:
    share = next((share for bound, share in steps if rate >= bound), _ZERO)
    return rounded(_EXACT.multiply(points, share))


def _share(part: Decimal, whole: Decimal, of: Decimal) -> Decimal:
    return _EXACT.divide(_EXACT.multiply(of, part), whole)
