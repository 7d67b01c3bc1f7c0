"""C: 成本指标 against the budget. All in 元; 万 alone is money in a cost row, digits before a unit are dropped."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checks.facts import Form
from forms.checks.funds import in_ten_thousand
from forms.checks.registry import CONFIRM, NO_BLANKS, WARNING, Hits, rule
from forms.checks.rows import Profile, Row
from forms.checks.structure import percent


def _since_cost_is_level1(profile: Profile) -> bool:
    return profile.has_cost_level1


def _total_costs(form: Form) -> Iterator[tuple[int, Row, Decimal]]:
    """Cost rows in money."""
    for at, row in enumerate(form.rows):
        if row.is_cost and row.normal.unit == "元" and row.normal.number is not None:
            yield at, row, row.normal.number


def _unit_prices(form: Form) -> Iterator[tuple[int, Row, Decimal, str]]:
    """Cost rows in money per something."""
    for at, row in enumerate(form.rows):
        if row.is_cost and row.normal.number is not None:
            top, _, below = row.normal.unit.partition("/")
            if top == "元" and below:
                yield at, row, row.normal.number, below


def _quantity(form: Form, unit: str) -> Decimal | None:
    """The largest number of a 数量指标 with that unit."""
    units = form.by_unit.get(unit)
    numbers = [row.normal.number for row in units.rows if row.is_number] if units else []
    return max((number for number in numbers if number is not None), default=None)


@rule(
    "C01",
    CONFIRM,
    "申",
    "成本指标合计{a}万元，超过年度预算{b}万元",
    "相应匹配",
    report="form",
    when=_since_cost_is_level1,
)
def costs_exceed_budget(form: Form) -> Hits:
    """The total costs are more than the year's budget; the place is the first of them."""
    budget = form.budget
    costs = list(_total_costs(form))
    total = sum((cost for _, _, cost in costs), Decimal(0))
    if budget is not None and costs and total > budget:
        a, b = in_ten_thousand(total, budget)
        yield f"indicators[{costs[0][0]}].target", {"a": a, "b": b}


@rule("C02", CONFIRM, "申", "“{i}”上限{a}万元超过年度预算{b}万元", "相应匹配", when=_since_cost_is_level1)
def cost_exceeds_budget(form: Form) -> Hits:
    """One cost, a unit price as it stands, is more than the year's budget."""
    budget = form.budget
    if budget is None:
        return
    costs = [(at, cost) for at, _, cost in _total_costs(form)]
    costs += [(at, cost) for at, _, cost, _ in _unit_prices(form)]
    for at, cost in costs:
        if cost > budget:
            a, b = in_ten_thousand(cost, budget)
            yield f"indicators[{at}].target", {"a": a, "b": b}


@rule(
    "C03",
    WARNING,
    "申",
    "成本指标只覆盖预算的{p}%（{a}万元，年度预算{b}万元）",
    "相应匹配",
    report="form",
    when=_since_cost_is_level1,
)
def costs_cover_little(form: Form) -> Hits:
    """Total costs and unit prices by quantity are less than half of the year's budget."""
    budget = form.budget
    costs = [(at, cost) for at, _, cost in _total_costs(form)]
    costs += [(at, cost * (_quantity(form, unit) or 1)) for at, _, cost, unit in _unit_prices(form)]
    covered = sum((cost for _, cost in costs), Decimal(0))
    if costs and budget and covered < form.parameters.cost_coverage_min * budget:
        a, b = in_ten_thousand(covered, budget)
        yield f"indicators[{min(costs)[0]}].target", {"p": percent(covered / budget), "a": a, "b": b}


@rule("C04", CONFIRM, "申评", "成本指标“{i}”（{v}）应控制上限，请用“≤”", "公开代码", of="row")
def cost_from_below(row: Row) -> Hits:
    """A cost with ≥ or >."""
    if row.is_cost and row.value.sign in ("≥", ">"):
        yield "target", {"v": row.target.strip()}


@rule("C05", WARNING, "申评", "成本指标“{i}”（{v}）建议用“≤”", "推断", of="row")
def cost_exactly(row: Row) -> Hits:
    """A cost with =."""
    if row.is_cost and row.value.sign == "=":
        yield "target", {"v": row.target.strip()}


@rule("C06", WARNING, "申评", "成本指标“{i}”{more}未量化", "101号", of="row", report="form")
def cost_in_words(row: Row) -> Hits:
    """A cost that is no number."""
    if row.is_cost and row.value.kind in ("date", "text"):
        yield "target", NO_BLANKS


@rule(
    "C07",
    WARNING,
    "申",
    "单价指标“{i}”{more}没有对应数量（数量指标中无单位“{u}”）",
    "推断",
    report="form",
    when=_since_cost_is_level1,
)
def price_without_quantity(form: Form) -> Hits:
    """A unit price per X, and no 数量指标 in X."""
    for at, _, _, unit in _unit_prices(form):
        if _quantity(form, unit) is None:
            yield f"indicators[{at}].target", {"u": unit}
