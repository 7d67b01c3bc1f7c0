"""G: 目标, and whether indicators answer to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from forms.checks.facts import Form
from forms.checks.registry import ERROR, NO_BLANKS, WARNING, Hits, rule
from forms.checks.rows import Row
from forms.checks.text import NUMERALS, UNITS, Quantity, cut, item_marks, no_titles, quantities, without_items
from forms.reading import sq

_REACH = 12
_WORDS_SHARED: Final = 2
_PROMISES: tuple[str, ...] = (
    "不少于",
    "不低于",
    "至少",
    "超过",
    "超",
    "达到",
    "达",
    "完成",
    "举办",
    "组织",
    "开展",
    "召开",
)
_PROMISES += ("形成", "新增", "≥", ">=")
_LONGEST_PROMISE = max(map(len, _PROMISES))
_NO_WORDS = re.compile(r"[\W_]+")
_NAMES_WITH_DIGITS = re.compile(r"[0-9A-Za-z]++")
_PRODUCT = re.compile(r"(?<![0-9])[0-9]++(?:[*×][0-9]++)++")
_COUNTED = re.compile(rf"[0-9]|[{NUMERALS}](?:{UNITS})")


@rule("G01", ERROR, "申评", "{goal}未填写", "88号")
def goal_blank(form: Form) -> Hits:
    """The annual goal is blank."""
    where, text = form.goal
    if not sq(text):
        yield where, {"goal": form.words(where) if where == "annual_goal" else "年度总体目标的预期目标"}


def _overall_blank(form: Form) -> bool:
    return form.profile.prints("overall_goal") and not sq(form.declaration.overall_goal)


@rule("G02", WARNING, "申", "{place}未填写（项目周期{start}至{end}）", "表式")
def overall_goal_blank(form: Form) -> Hits:
    """The overall goal of a project over several years is blank."""
    if form.covers_years and _overall_blank(form):
        start, end = form.span
        yield "overall_goal", {"start": start, "end": end}


@rule("G02", WARNING, "申", "{place}未填写", "表式", default=False, part="single")
def overall_goal_blank_in_one_year(form: Form) -> Hits:
    """The overall goal of a project within one year is blank; usual in published forms."""
    if not form.covers_years and _overall_blank(form):
        yield "overall_goal", NO_BLANKS


@rule("G03", WARNING, "申", "年度目标过于简略（{n}字，宜不少于{least}字）", "细化量化")
def goal_short(form: Form) -> Hits:
    """The annual goal has few characters."""
    text = form.declaration.annual_goal
    least = form.parameters.goal_min_chars
    count = len(_NO_WORDS.sub("", text))
    if sq(text) and count < least:
        yield "annual_goal", {"n": str(count), "least": str(least)}


@rule("G04", WARNING, "申", "年度目标未体现量化内容", "细化量化")
def goal_without_figures(form: Form) -> Hits:
    """The annual goal has no figure: no digit but those of item numbers and names (G60), no 三场."""
    text = form.declaration.annual_goal
    if not sq(text):
        return
    plain = _PRODUCT.sub("", no_titles(without_items(text)))
    plain = _NAMES_WITH_DIGITS.sub(lambda found: found[0] if found[0].isdecimal() else "", plain)
    if not _COUNTED.search(plain):
        yield "annual_goal", NO_BLANKS


@rule("G05", WARNING, "申评", "目标写“{x}”{more}，指标“{name}”为“{v}”", "相应匹配", report="form")
def goal_and_indicator_differ(form: Form) -> Hits:
    """A quantity of the goal, and an indicator of the same words and unit with another number."""
    where, _ = form.goal
    for quantity, row in _unanswered(form):
        if row is not None:
            yield where, {"x": quantity.text, "name": cut(row.name), "v": row.target.strip()}


@rule("G06", WARNING, "申评", "目标“{x}”{more}没有对应指标", "相应匹配", report="form")
def goal_without_indicator(form: Form) -> Hits:
    """A quantity that the goal promises, and no indicator of its words and unit."""
    where, text = form.goal
    plain = sq(text)
    for quantity, row in _unanswered(form):
        if row is None and plain[max(0, quantity.start - _LONGEST_PROMISE) : quantity.start].endswith(_PROMISES):
            yield where, {"x": quantity.text}


def _unanswered(form: Form) -> Iterator[tuple[Quantity, Row | None]]:
    """Quantities of the goal that no indicator has, each with the indicator that speaks of the same."""
    _, text = form.goal
    plain = sq(text)
    for quantity in quantities(text):
        units = form.by_unit.get(quantity.unit)
        if (units is not None and quantity.number in units.numbers) or (
            (quantity.number, quantity.unit) in form.mentions
        ):
            continue
        context = plain[max(0, quantity.start - _REACH) : quantity.end + _REACH]
        yield quantity, None if units is None else units.sharing(context, _WORDS_SHARED)


@rule("G08", WARNING, "评", "实际完成情况照抄预期目标，请写实际结果", "10号")
def actual_copied(form: Form) -> Hits:
    """实际完成情况 is the same text as 预期目标."""
    actual = sq(form.evaluation.actual)
    if actual and actual == sq(form.evaluation.expected):
        yield "actual", NO_BLANKS


@rule("G09", ERROR, "评", "实际完成情况未填写", "表式")
def actual_blank(form: Form) -> Hits:
    """实际完成情况 is blank."""
    if not sq(form.evaluation.actual):
        yield "actual", NO_BLANKS


@rule("G10", WARNING, "申", "目标编号样式不一致（既有“1.”也有“1、”）", "推断")
def items_differ(form: Form) -> Hits:
    """Item numbers of the annual goal are partly 1. and partly 1、."""
    if len(set(item_marks(form.declaration.annual_goal))) > 1:
        yield "annual_goal", NO_BLANKS


@rule("G11", WARNING, "申", "项目总目标与年度目标完全相同", "推断", default=False)
def goals_equal(form: Form) -> Hits:
    """Both goals are the same text; usual in the declarations of 2022."""
    annual = sq(form.declaration.annual_goal)
    if annual and annual == sq(form.declaration.overall_goal):
        yield "overall_goal", NO_BLANKS
