"""The working of an evaluation (rules.md 3): for each score the formula with its figures, as a person would check it.

The figures are those of ``forms.scoring``, so what is shown here is what is proposed, checked and printed. Amounts in
the formulas are in 元, values in the unit that both sides have in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.documents import Evaluation, Indicator
from forms.edition import Edition
from forms.money import amount_in, exact_amount
from forms.parameters import Parameters, parameters_of
from forms.reading import sq
from forms.scoring import (
    FUNDS_ROW,
    derived,
    deviation,
    execution_rate,
    grade,
    is_cost_row,
    propose,
    rate_text,
    read_score,
    score_text,
    tier_interval,
    total_text,
)
from forms.values import Normal, comparable, normal, parse, parse_actual

EXECUTION = "预算执行率"
TOTAL = "总分"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Line:
    """One score with the way it comes about."""

    path: str
    """Place of the score in the project."""
    name: str
    target: str
    actual: str
    points: str
    formula: str
    """A sentence or a formula with figures: ``完成值 8 ÷ 指标值 10 × 分值 10 = 8.00``."""
    proposed: Decimal | None
    """What the formula gives, rounded; None where the clerk has to judge."""
    given: Decimal | None
    """得分 as it stands; None where it is blank or no number."""
    deviation: str = ""
    """How far the actual value is from the target: ``-20.00%``."""
    reason: str = ""

    @property
    def difference(self) -> Decimal | None:
        """得分 less what the formula gives; None where either is missing or both are equal."""
        if self.proposed is None or self.given is None or self.proposed == self.given:
            return None
        return self.given - self.proposed


def working(evaluation: Evaluation, edition: Edition) -> tuple[Line, ...]:
    """Return the working of the execution rate, of every row, and of the total, in this order.

    Raises EditionError for a wrong parameter of the edition.
    """
    parameters = parameters_of(edition)
    rows = tuple(_row(at, one, edition, parameters) for at, one in enumerate(evaluation.indicators))
    execution = _execution(evaluation, edition, parameters)
    return (execution, *rows, _total(evaluation, edition, parameters, execution, rows))


# ---------------------------------------------------------------- money


def _execution(evaluation: Evaluation, edition: Edition, parameters: Parameters) -> Line:
    at = next((n for n, row in enumerate(evaluation.funds) if sq(row.get("row", "")) == FUNDS_ROW), 0)
    row = evaluation.funds[at] if at < len(evaluation.funds) else {}
    budget, spent = (amount_in(row.get(key, ""), edition.amounts) for key in ("全年预算数", "全年执行数"))
    points = read_score(row.get("分值", ""))
    rate, score = execution_rate(budget, spent), derived(evaluation, edition).execution_score
    if budget is None or spent is None:
        formula = "全年预算数、全年执行数填写后计算"
    elif rate is None:
        formula = "全年预算数为 0，不计算执行率，得分由填报人确定"
    else:
        dividend, divisor = (exact_amount(one, edition.amounts) for one in (spent, budget))
        shares = f"全年执行数 {dividend} ÷ 全年预算数 {divisor}"
        formula = f"{shares} × 100% = {rate_text(rate)}"
        if points is not None and score is not None:
            formula += f"；{_execution_words(shares, points, Decimal(score), rate, parameters)}"
    return Line(
        f"evaluation.funds[{at}].得分",
        EXECUTION,
        row.get("全年预算数", "") if budget is None else exact_amount(budget, edition.amounts),
        row.get("全年执行数", "") if spent is None else exact_amount(spent, edition.amounts),
        row.get("分值", ""),
        formula,
        None if score is None else Decimal(score),
        read_score(row.get("得分", "")) if score is None else Decimal(score),
    )


def _execution_words(shares: str, points: Decimal, score: Decimal, rate: Decimal, parameters: Parameters) -> str:
    if parameters.execution_method == "interval":
        return f"按执行率所在区间，分值 {score_text(points)} 得 {score:.2f}"
    if rate > _HUNDRED:
        return f"执行率超过 100%，得满分 {score:.2f}"
    return f"{shares} × 分值 {score_text(points)} = {score:.2f}"


# ---------------------------------------------------------------- rows


def _row(at: int, row: Indicator, edition: Edition, parameters: Parameters) -> Line:
    points, proposed = read_score(row.points), propose(row, edition)
    cost = is_cost_row(row)
    target = parse(row.target)
    actual = parse_actual(row.actual, target)
    goal, result = normal(target, cost_row=cost), normal(actual, cost_row=cost)
    away = ""
    if not points:
        formula = "分值填写后计算"
    elif actual.kind == "empty" and not row.tier:
        formula = "实际完成值填写后计算"
    elif comparable(target, actual, name=row.l3, cost_row=cost):
        far = deviation(goal, result)
        away = "" if far is None else f"{far:+f}%" if far else "0.00%"
        tiers = parameters.satisfaction_tiers and "满意度" in row.l2 and "%" in (goal.unit, result.unit)
        formula = _numeric(goal, result, points, proposed, "tiers" if tiers else parameters.reverse_method)
    elif row.tier:
        formula = _tier(row, points, proposed, parameters)
    elif target.deadline is not None and actual.deadline is not None:
        formula = _date(target.deadline.isoformat(), actual.deadline.isoformat(), proposed)
    else:
        formula = "定性指标，请按完成情况选择档次并打分"
    return Line(
        f"evaluation.indicators[{at}].score",
        row.l3,
        row.target,
        row.actual,
        row.points,
        formula,
        proposed,
        read_score(row.score),
        away,
        row.reason,
    )


def _numeric(goal: Normal, result: Normal, points: Decimal, proposed: Decimal | None, method: str) -> str:
    if goal.number is None or result.number is None or proposed is None:
        return "季度为完成期限，请按完成情况打分"
    a, b, w = _number(goal.number), _number(result.number), score_text(points)
    if method == "tiers":
        words = f"完成值 {b}{result.unit}，按满意度所在区间，分值 {w} 得 {proposed:.2f}"
    elif proposed == points:
        words = f"完成值 {b}{result.unit}，达到指标值 {goal.sign}{a}{goal.unit}，得满分 {proposed:.2f}"
    elif not goal.number or not proposed:
        words = f"完成值 {b}{result.unit}，未达到指标值 {goal.sign}{a}{goal.unit}，得 0.00"
    elif goal.sign not in ("≤", "<"):
        words = f"完成值 {b} ÷ 指标值 {a} × 分值 {w} = {proposed:.2f}"
    elif method == "quotient":
        words = f"指标值 {a} ÷ 完成值 {b} × 分值 {w} = {proposed:.2f}"
    else:
        words = f"（1 －（完成值 {b} － 指标值 {a}）÷ 指标值 {a}）× 分值 {w} = {proposed:.2f}"
    return words


def _tier(row: Indicator, points: Decimal, proposed: Decimal | None, parameters: Parameters) -> str:
    found = tier_interval(row.tier, points, parameters)
    if found is None:
        return f"档次“{row.tier}”不是规定的三档之一，请重新选择"
    bounds = f"{score_text(found.low)} ≤ 得分 {'≤' if found.closed else '<'} {score_text(found.high)}"
    words = f"定性指标，{row.tier}：{bounds}"
    return words if proposed is None else f"{words}，建议 {proposed:.2f}"


def _date(deadline: str, done: str, proposed: Decimal | None) -> str:
    if proposed is None:
        return f"完成日期 {done}，晚于期限 {deadline}，请按完成情况打分"
    return f"完成日期 {done}，不晚于期限 {deadline}，得满分 {proposed:.2f}"


# ---------------------------------------------------------------- total


def _total(
    evaluation: Evaluation, edition: Edition, parameters: Parameters, execution: Line, rows: tuple[Line, ...]
) -> Line:
    shown = derived(evaluation, edition).total_score
    blank = sum(one.given is None for one in (execution, *rows))
    if shown is None:
        formula = f"还有 {blank} 项得分未填写或不是数字"
    else:
        sum_of_rows = sum((one.given for one in rows if one.given is not None), Decimal(0))
        formula = (
            f"{EXECUTION}得分 {_fixed(execution.given)} ＋ 指标得分合计 {_fixed(sum_of_rows)} = {shown}，"
            f"等级：{grade(Decimal(shown), parameters)}"
        )
    total = None if shown is None else Decimal(shown)
    return Line("evaluation.total_score", TOTAL, "", "", evaluation.total_points, formula, total, total)


def _fixed(number: Decimal | None) -> str:
    return "" if number is None else total_text(number)


def _number(number: Decimal) -> str:
    return f"{number.normalize():,f}"
