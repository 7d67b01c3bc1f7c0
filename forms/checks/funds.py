"""M: 资金. Amounts are 元; a blank counts as 0 in sums but is not 0."""

from __future__ import annotations

from decimal import Decimal

from forms.checks.facts import FUND_COLUMNS, BadAmount, Form
from forms.checks.registry import CONFIRM, ERROR, NO_BLANKS, WARNING, Hits, rule
from forms.checks.rows import Profile

YEAR_TOTAL = "funds.年度资金申请总额"
PROJECT_TOTAL = "funds.项目资金总额"
_YEAR_PARTS = ("funds.当年财政拨款", "funds.上年结转资金", "funds.年度其他资金")
_PROJECT_PARTS = ("funds.财政资金", "funds.其他资金")
_FUND_ROWS = 4
_TEN_THOUSAND = 10_000


def money(amount: Decimal) -> str:
    """Return an amount of 元 as messages show it."""
    return f"{amount:,.2f}"


def in_ten_thousand(*amounts: Decimal) -> tuple[str, ...]:
    """Return amounts of 元 as 万元, with as many decimals as it takes to tell them apart."""
    shown = tuple(money(amount / _TEN_THOUSAND) for amount in amounts)
    if len(set(shown)) < len(set(amounts)):
        shown = tuple(f"{amount / _TEN_THOUSAND:,.6f}" for amount in amounts)
    return shown


def _prints_year_total(profile: Profile) -> bool:
    return profile.prints(YEAR_TOTAL)


def _prints_project_total(profile: Profile) -> bool:
    return profile.prints(PROJECT_TOTAL)


@rule("M01", ERROR, "申评", "{place}应为不小于0、至多两位小数的金额：{why}", "表式")
def no_amount(form: Form) -> Hits:
    """An amount is no number, negative, or finer than 0.01 元."""
    for where, amount in form.amounts.items():
        if isinstance(amount, BadAmount) and form.profile.prints(where):
            yield where, {"why": amount}


def _differs(form: Form, total: str, parts: tuple[str, ...]) -> Hits:
    amount, parts_total = form.amount(total), form.total(*parts)
    if amount is not None and parts_total is not None and abs(amount - parts_total) > form.parameters.sum_tolerance:
        yield total, {"a": money(amount), "b": money(parts_total)}


@rule("M02", ERROR, "申", "年度资金申请总额（{a}）不等于分项合计（{b}）", "表式 公开代码", when=_prints_year_total)
def year_total_differs(form: Form) -> Hits:
    """年度资金申请总额 is not the sum of its parts."""
    yield from _differs(form, YEAR_TOTAL, _YEAR_PARTS)


@rule("M03", ERROR, "申", "项目资金总额（{a}）不等于财政资金与其他资金之和（{b}）", "表式", when=_prints_project_total)
def project_total_differs(form: Form) -> Hits:
    """项目资金总额 is filled in and not the sum of its parts."""
    yield from _differs(form, PROJECT_TOTAL, _PROJECT_PARTS)


@rule("M04", ERROR, "申", "项目资金总额（{a}）小于年度资金申请总额（{b}）", "逻辑", when=_prints_project_total)
def project_below_year(form: Form) -> Hits:
    """项目资金总额 is filled in and less than 年度资金申请总额."""
    project, year = form.amount(PROJECT_TOTAL), form.amount(YEAR_TOTAL)
    if project is not None and year is not None and project < year:
        yield PROJECT_TOTAL, {"a": money(project), "b": money(year)}


@rule("M05", WARNING, "申", "项目资金总额未填写", "表式", when=_prints_project_total)
def project_total_blank(form: Form) -> Hits:
    """项目资金总额 is blank."""
    if form.amounts.get(PROJECT_TOTAL) is None:
        yield PROJECT_TOTAL, NO_BLANKS


@rule("M06", ERROR, "申", "年度资金申请总额未填写", "表式", when=_prints_year_total)
def year_total_blank(form: Form) -> Hits:
    """年度资金申请总额 is blank."""
    if form.amounts.get(YEAR_TOTAL) is None:
        yield YEAR_TOTAL, NO_BLANKS


@rule("M07", CONFIRM, "申", "年度资金申请总额为0，请确认", "推断", when=_prints_year_total)
def year_total_zero(form: Form) -> Hits:
    """年度资金申请总额 is 0."""
    if form.amount(YEAR_TOTAL) == 0:
        yield YEAR_TOTAL, NO_BLANKS


@rule(
    "M08",
    WARNING,
    "申",
    "项目周期（{start}至{end}）与项目资金总额（{a}）不匹配，年度资金申请总额为{b}",
    "公开代码",
    when=_prints_project_total,
)
def period_and_total(form: Form) -> Hits:
    """Several years with equal totals, or one year with a greater 项目资金总额."""
    project, year = form.amount(PROJECT_TOTAL), form.amount(YEAR_TOTAL)
    if project is None or year is None or form.start is None or form.end is None:
        return
    within_one_year = form.start.year == form.end.year
    if (form.covers_years and project == year) or (within_one_year and project > year):
        yield (
            PROJECT_TOTAL,
            {"start": f"{form.start}", "end": f"{form.end}", "a": money(project), "b": money(year)},
        )


@rule("M09", ERROR, "评", "{place}（{a}）不等于分项合计（{b}）", "表式")
def column_differs(form: Form) -> Hits:
    """年度资金总额 of a column is not the sum of the rows below it."""
    for column in FUND_COLUMNS:
        yield from _differs(form, f"funds[0].{column}", tuple(f"funds[{row}].{column}" for row in range(1, _FUND_ROWS)))


@rule(
    "M10",
    WARNING,
    "申",
    "{place}的金额{v}元偏小（不足{least}元），单位是否应为“元”",
    "推断",
    when=lambda profile: profile.edition.amounts.per_unit == 1,
)
def amount_small(form: Form) -> Hits:
    """An amount is so small that it may have been meant as 万元."""
    least = form.parameters.amount_small
    for where, amount in form.amounts.items():
        if isinstance(amount, Decimal) and 0 < amount < least and form.profile.prints(where):
            yield where, {"v": money(amount), "least": f"{least:,f}"}


@rule("M11", ERROR, "评", "{place}未填写", "表式 推断")
def column_total_blank(form: Form) -> Hits:
    """年度资金总额 of a column is blank."""
    for column in FUND_COLUMNS:
        where = f"funds[0].{column}"
        if form.profile.prints(where) and form.amounts.get(where) is None:
            yield where, NO_BLANKS
