"""I: 指标结构."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from forms.checks.facts import Form
from forms.checks.names import contained, numeral
from forms.checks.registry import CONFIRM, ERROR, NO_BLANKS, WARNING, Hits, rule
from forms.checks.rows import BENEFIT, COST, NUMBER_OF, OUTPUT, QUALITY, SATISFACTION, TIMELINESS, Profile, Row
from forms.checks.text import HAN, NUMBER, NUMERALS, UNITS, cut, length
from forms.units import normal_unit

ALL_ROWS = "indicators"
"""The place of what concerns the rows as a whole."""

END_MARKS = tuple("。；，、：．…·！？;,:.!?")
_TARGET_IN_NAME = re.compile(
    r"(?:不少于|不低于|不高于|不超过|达到|超过|至少|≥|≤|>=|<=)[0-9]"
    # 60岁以上老年人 and 500人以上大型活动 are no targets.
    rf"|(?<![0-9])[0-9]++(?:\.[0-9]++)?(?!周?岁|[年层]?级|人以[上下][{HAN}])[%{HAN}]{{0,3}}(?:以上|以下|以内)"
    r"|[0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?底?前完成"
)
_ENDS_IN_QUANTITY = re.compile(rf"({NUMBER}|[{NUMERALS}]{{1,8}})({UNITS})[。;]*$")
_LONGEST_QUANTITY = 40


@rule("I01", ERROR, "申评", "“{l1}–{l2}”不属于“{edition}”的指标体系", "表式", of="row")
def not_in_taxonomy(row: Row) -> Hits:
    """The taxonomy of the edition does not have these levels."""
    edition = row.profile.edition
    if edition.order_of(row.l1, row.l2) is None:
        level1 = edition.level1(row.l1)
        if level1 is not None and level1.open and row.l2.strip():
            return
        where = "l1" if level1 is None else "l2"
        yield where, {"l1": cut(row.l1), "l2": cut(row.l2), "edition": edition.name}


def _known(l1: str, l2: str = "") -> Callable[[Profile], bool]:
    """Whether the taxonomy has the level, so that a form can lack it."""

    def test(profile: Profile) -> bool:
        return profile.has_level2(l1, l2) if l2 else profile.edition.level1(l1) is not None

    return test


@rule("I02", ERROR, "申评", "缺少产出指标", "10号 101号", report="form", when=_known(OUTPUT))
def no_output(form: Form) -> Hits:
    """No 产出指标."""
    if OUTPUT not in form.levels:
        yield ALL_ROWS, NO_BLANKS


@rule("I03", ERROR, "申评", "缺少效益指标", "10号 101号", report="form", when=_known(BENEFIT))
def no_benefit(form: Form) -> Hits:
    """No 效益指标."""
    if BENEFIT not in form.levels:
        yield ALL_ROWS, NO_BLANKS


@rule(
    "I04",
    CONFIRM,
    "申评",
    "未设满意度指标，请确认项目不直接面向服务对象",
    "101号",
    report="form",
    when=_known(SATISFACTION),
)
def no_satisfaction(form: Form) -> Hits:
    """No 满意度指标; allowed where nobody is served directly."""
    if SATISFACTION not in form.levels:
        yield ALL_ROWS, NO_BLANKS


@rule("I05", CONFIRM, "申", "未设成本指标", "101号", report="form", when=_known(COST))
def no_cost(form: Form) -> Hits:
    """No 成本指标, where the edition has them as a level 1."""
    if COST not in form.levels:
        yield ALL_ROWS, NO_BLANKS


def _first_output(form: Form) -> str:
    return next(f"indicators[{at}].l2" for at, row in enumerate(form.rows) if row.l1 == OUTPUT)


@rule("I06", CONFIRM, "申评", "产出指标缺少{missing}", "10号", report="form")
def no_quantity_or_quality(form: Form) -> Hits:
    """产出 without 数量指标 or without 质量指标. Without any 产出 I02 speaks."""
    present = form.levels.get(OUTPUT)
    if present is not None:
        missing = [l2 for l2 in (NUMBER_OF, QUALITY) if form.profile.has_level2(OUTPUT, l2) and l2 not in present]
        if missing:
            yield _first_output(form), {"missing": "、".join(missing)}


@rule("I07", WARNING, "申评", "产出指标缺少时效指标", "10号", report="form", when=_known(OUTPUT, TIMELINESS))
def no_timeliness(form: Form) -> Hits:
    """产出 without 时效指标."""
    if TIMELINESS not in form.levels.get(OUTPUT, (TIMELINESS,)):
        yield _first_output(form), NO_BLANKS


@rule("I08", WARNING, "申评", "未设成本指标", "10号", report="form", default=False, when=_known(OUTPUT, COST))
def no_cost_under_output(form: Form) -> Hits:
    """产出 without 成本指标, where the edition has it there; off, since most published forms have none."""
    if COST not in form.levels.get(OUTPUT, (COST,)):
        yield _first_output(form), NO_BLANKS


@rule("I09", ERROR, "申评", "第{row}行三级指标名称未填写", "表式", of="row")
def name_blank(row: Row) -> Hits:
    """The name of a row is blank."""
    if not row.plain_name:
        yield "l3", NO_BLANKS


@rule("I10", CONFIRM, "申评", "指标“{i}”{more}重复{differ}", "推断", report="form")
def name_twice(form: Form) -> Hits:
    """The same name twice under one level 2; each later row is a place."""
    first: dict[tuple[str, str, str], int] = {}
    for at, row in enumerate(form.rows):
        other_at = first.setdefault((row.l1, row.l2, row.plain_name), at)
        if row.plain_name and other_at != at:
            other = form.rows[other_at]
            differ = f"，且指标值不一致：{other.target.strip()}／{row.target.strip()}"
            yield f"indicators[{at}].l3", {"differ": "" if other.plain_target == row.plain_target else differ}


@rule("I11", WARNING, "申评", "指标“{a}”与“{b}”{more}近似", "推断", report="form")
def names_alike(form: Form) -> Hits:
    """The same name under two level-2 indicators, or a name within another; the later or the longer is the place.

    A name that stands once under 成本 and once elsewhere is meant to be the same.
    """
    first: dict[tuple[str, bool], tuple[str, str]] = {}
    for at, row in enumerate(form.rows):
        if row.plain_name and first.setdefault((row.plain_name, row.is_cost), (row.l1, row.l2)) != (row.l1, row.l2):
            yield f"indicators[{at}].l3", {"a": cut(row.name), "b": cut(row.name)}
    for shorter, longer in contained(tuple(row.plain_name for row in form.rows)):
        yield f"indicators[{longer}].l3", {"a": cut(form.rows[longer].name), "b": cut(form.rows[shorter].name)}


@rule("I12", WARNING, "申", "三级指标{n}条，{word}（一般{least}—{most}条）", "推断", report="form")
def count_unusual(form: Form) -> Hits:
    """Fewer or more rows than usual."""
    least, most = form.parameters.indicators_min, form.parameters.indicators_max
    count = len(form.year_rows)
    if not least <= count <= most:
        word = "偏少" if count < least else "偏多"
        yield ALL_ROWS, {"n": str(count), "word": word, "least": str(least), "most": str(most)}


@rule("I13", WARNING, "申", "定量指标仅占{p}%（{total}条中{n}条），宜不低于{least}%", "细化量化", report="form")
def few_numbers(form: Form) -> Hits:
    """Less than half of the targets are numbers."""
    rows, least = form.year_rows, form.parameters.quantitative_share_min
    total, count = len(rows), sum(row.value.kind == "number" for row in rows)
    if total and Decimal(count) / total < least:
        share, bound = percent(Decimal(count) / total), percent(least)
        yield ALL_ROWS, {"p": share, "total": str(total), "n": str(count), "least": bound}


def percent(share: Decimal) -> str:
    """A share of 1 as whole percent, half up."""
    return f"{(share * 100).quantize(Decimal(1), ROUND_HALF_UP):f}"


@rule("I14", WARNING, "申评", "指标名称过长（{n}字，宜不超过{most}字）{more}", "推断", of="row", report="form")
def name_long(row: Row) -> Hits:
    """The name is long."""
    most = row.profile.parameters.name_max_chars
    count = length(row.name)
    if count > most:
        yield "l3", {"n": str(count), "most": str(most)}


@rule("I15", WARNING, "申评", "指标名称“{i}”{more}末尾有标点", "推断", of="row", report="form")
def name_ends_with_mark(row: Row) -> Hits:
    """The name ends with a punctuation mark that closes nothing."""
    if row.plain_name.endswith(END_MARKS):
        yield "l3", NO_BLANKS


@rule("I16", WARNING, "申评", "指标名称“{i}”{more}中含目标值，请移到指标值", "细化量化", of="row", report="form")
def target_in_name(row: Row) -> Hits:
    """The name says what the target should say."""
    if _TARGET_IN_NAME.search(row.plain_name) or _ends_with_target(row):
        yield "l3", NO_BLANKS


def _ends_with_target(row: Row) -> bool:
    if row.value.kind != "number":
        return False
    match = _ENDS_IN_QUANTITY.search(row.plain_name[-_LONGEST_QUANTITY:])
    if match is None or match[2] == "年":
        return False
    number = numeral(match[1])
    unit, factor = normal_unit(match[2], cost_row=row.is_cost)
    return row.normal.number == number * factor and row.normal.unit == unit


@rule("I17", WARNING, "申评", "指标顺序与表式不一致（“{i}”{more}），可用“自动重排”", "表式", report="form")
def order_differs(form: Form) -> Hits:
    """Rows do not stand in the order of the taxonomy; those that come too late are the places."""
    furthest = (-1, -1)
    for at, row in enumerate(form.rows):
        order = form.edition.order_of(row.l1, row.l2)
        if order is not None:
            if order < furthest:
                yield f"indicators[{at}].l2", NO_BLANKS
            furthest = max(furthest, order)
