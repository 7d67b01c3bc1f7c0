"""M: 资金. Amounts are 元; a blank counts as 0 in sums but is not 0."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from forms.checks.facts import BadAmount, Form
from forms.checks.registry import CONFIRM, ERROR, NO_BLANKS, WARNING, Hits, rule
from forms.edition import Sum

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


@rule("M01", ERROR, "申评", "{place}应为不小于0、至多两位小数的金额：{why}", "表式")
def no_amount(form: Form) -> Hits:
    """An amount is no number, negative, or finer than 0.01 元."""
    for where, amount in form.amounts.items():
        if isinstance(amount, BadAmount) and form.profile.prints(where):
            yield where, {"why": amount}


def _differs(form: Form, one: Sum) -> Hits:
    """A sum of the edition of which total and parts are amounts, and are not the same."""
    total, parts = form.amount(one.total), form.total(*one.parts)
    if total is not None and parts is not None and abs(total - parts) > form.parameters.sum_tolerance:
        names = "与".join(form.words(part) for part in one.parts)
        yield one.total, {"a": form.money(total), "b": form.money(parts), "parts": names}


@rule("M02", ERROR, "申", "{place}（{a}）不等于分项合计（{b}）", "表式 公开代码")
def year_total_differs(form: Form) -> Hits:
    """The total of the year is not the sum of its parts."""
    for one in form.edition.sums:
        if one.of != "whole":
            yield from _differs(form, one)


@rule("M03", ERROR, "申", "{place}（{a}）不等于{parts}之和（{b}）", "表式")
def whole_total_differs(form: Form) -> Hits:
    """The total of all years is filled in and not the sum of its parts."""
    for one in form.edition.sums:
        if one.of == "whole":
            yield from _differs(form, one)


@rule("M04", ERROR, "申", "{place}（{a}）小于{year}（{b}）", "逻辑")
def whole_below_year(form: Form) -> Hits:
    """The total of all years is filled in and less than that of the year."""
    totals = _both_totals(form)
    if totals is not None and totals.whole < totals.year:
        yield totals.where, totals.words


class _Totals(NamedTuple):
    """The two totals of a declaration, in 元; ``where``: the place of that of all years."""

    where: str
    whole: Decimal
    year: Decimal
    words: Mapping[str, str]


def _both_totals(form: Form) -> _Totals | None:
    """The totals of a form in which both are filled in."""
    year_total, where = form.edition.year_total, form.edition.whole_total
    if year_total is None or where is None:
        return None
    whole, year = form.amount(where), form.amount(year_total)
    if whole is None or year is None:
        return None
    words = {"a": form.money(whole), "b": form.money(year), "year": form.words(year_total)}
    return _Totals(where, whole, year, words)


@rule("M05", WARNING, "申", "{place}未填写", "表式")
def whole_total_blank(form: Form) -> Hits:
    """The total of all years is blank."""
    yield from _blank(form, form.edition.whole_total)


@rule("M06", ERROR, "申", "{place}未填写", "表式")
def year_total_blank(form: Form) -> Hits:
    """The total of the year is blank."""
    yield from _blank(form, form.edition.year_total)


def _blank(form: Form, where: str | None) -> Hits:
    if where is not None and form.amounts.get(where) is None:
        yield where, NO_BLANKS


@rule("M07", CONFIRM, "申", "{place}为0，请确认", "推断")
def year_total_zero(form: Form) -> Hits:
    """The total of the year is 0."""
    if form.edition.year_total is not None and form.budget == 0:
        yield form.edition.year_total, NO_BLANKS


@rule("M08", WARNING, "申", "项目周期（{start}至{end}）与{place}（{a}）不匹配，{year}为{b}", "公开代码")
def period_and_total(form: Form) -> Hits:
    """Several years with equal totals, or one year with a greater total of all years."""
    totals = _both_totals(form)
    if totals is None or form.start is None or form.end is None:
        return
    within_one_year = form.start.year == form.end.year
    if (form.covers_years and totals.whole == totals.year) or (within_one_year and totals.whole > totals.year):
        yield totals.where, {"start": f"{form.start}", "end": f"{form.end}", **totals.words}


@rule("M09", ERROR, "评", "{place}（{a}）不等于分项合计（{b}）", "表式")
def column_differs(form: Form) -> Hits:
    """年度资金总额 of a column is not the sum of the rows below it."""
    for one in form.edition.sums:
        yield from _differs(form, one)


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
    for one in form.edition.sums:
        yield from _blank(form, one.total)
