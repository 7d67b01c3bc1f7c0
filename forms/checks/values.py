"""V: 指标值. A blank value raises V01 alone; a rule about evaluations looks at the target, never at 实际完成值."""

from __future__ import annotations

import re
from decimal import Decimal

from forms.checks.facts import Form
from forms.checks.name_units import units_for
from forms.checks.registry import CONFIRM, ERROR, NO_BLANKS, WARNING, Hits, rule
from forms.checks.rows import Row
from forms.checks.text import HAN, UNITS
from forms.edition import Decimals
from forms.reading import sq
from forms.units import normal_unit
from forms.value_style import is_rate_or_money
from forms.values import Value

_GROWTH = ("增长", "增幅", "增加", "提高", "同比", "倍")
_IN_TIME = ("及时", "按时", "按期", "按计划", "准时", "年底", "月底", "季度", "时间")
_FINE_UNDER_TIME = frozenset(("及时",))
_FINE_UNDER_QUALITY = frozenset(("通过", "达标", "合格"))
_NEGATIVE = re.compile(rf"(?:>=|<=|[≥≤=><])?[-\u2212][0-9]+(?:\.[0-9]+)?(?:\([^()]*\)|[%‰{HAN}]{{0,8}})")
_DATE = re.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{4}([-./])[0-9]{1,2}\1[0-9]{1,2}"
)
_SPAN = re.compile(
    r"(?:[≥≤><]|>=|<=|不超过|[大小]于|T\+)?[0-9]++(?:\.[0-9]++)?"
    r"(?:个?(?:工作|自然)日|个?季度|个?小时|个?月|天|日|年|周|分钟|秒)(?:之?内|以内)?"
)
_MONTH = re.compile(r"20[0-9]{2}\.(?:0?[1-9]|1[0-2])")
_PRODUCT = re.compile(r"(?<![0-9])[0-9]++(?:[*×][0-9]++)++")
_TARGET_INSIDE = re.compile(rf"(?:[≥≤><]|>=|<=|[大小多少]于|不少于|不低于|不?超过|达到)[0-9]|[0-9](?:{UNITS})")


def _is_wordless(row: Row) -> bool:
    """Whether the target is neither blank nor a number."""
    return row.value.kind not in ("empty", "number")


def _is_month(row: Row) -> bool:
    """Whether the target of a 时效指标 is 2025.12: a month, and no number."""
    return row.is_time and _MONTH.fullmatch(row.plain_target) is not None


def unit_of(row: Row) -> str:
    """The unit as written, for messages."""
    return row.value.unit.strip()


def number_text(number: Decimal | None) -> str:
    """A number without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@rule("V01", CONFIRM, "申评", "指标“{i}”未填写指标值", "公开代码", of="row")
def value_blank(row: Row) -> Hits:
    """The target is blank."""
    if row.value.kind == "empty":
        yield "target", NO_BLANKS


@rule("V02", CONFIRM, "申评", "指标“{i}”的指标值“{v}”缺少计量单位", "公开代码", of="row")
def unit_missing(row: Row) -> Hits:
    """A number without a unit."""
    if row.value.kind == "number" and not sq(row.value.unit) and not _is_month(row):
        yield "target", {"v": row.target.strip()}


@rule("V03", WARNING, "申评", "指标“{i}”的计量单位“{u}”不规范，单位中不应有数字", "推断", of="row")
def unit_with_digit(row: Row) -> Hits:
    """A unit with a digit in it: 1.3万元/次."""
    if any(char.isdecimal() for char in row.value.unit):
        yield "target", {"u": unit_of(row)}


@rule("V04", WARNING, "申评", "指标“{i}”：{what}", "公开代码", of="row")
def bare_ten_thousand(row: Row) -> Hits:
    """The unit is just 万."""
    if sq(row.value.unit) == "万":
        yield "target", {"what": "单位“万”应写“万元”" if row.is_cost else "“万”后应补计量单位"}


@rule("V05", CONFIRM, "申评", "指标“{i}”的指标值“{v}”：百分比超过100", "公开代码", of="row")
def percent_above_hundred(row: Row) -> Hits:
    """More than 100 %, where nothing grows."""
    number = row.value.number
    grows = any(word in row.plain_name for word in _GROWTH)
    if row.value.is_percent and number is not None and number > 100 and not grows:
        yield "target", {"v": row.target.strip()}


@rule("V06", ERROR, "申评", "指标“{i}”的指标值“{v}”：指标值不能为负", "逻辑", of="row")
def value_negative(row: Row) -> Hits:
    """A number below 0."""
    if _NEGATIVE.fullmatch(row.plain_target):
        yield "target", {"v": row.target.strip()}


@rule("V07", CONFIRM, "申评", "数量指标“{i}”{more}应填“运算符+数+单位”", "细化量化", of="row", report="form")
def quantity_in_words(row: Row) -> Hits:
    """A 数量指标 that is no number."""
    if row.is_number and _is_wordless(row):
        yield "target", NO_BLANKS


@rule("V08", WARNING, "申评", "“{i}”{more}是比率，宜放质量指标或改为数量", "101号", of="row", report="form")
def quantity_in_percent(row: Row) -> Hits:
    """A 数量指标 in percent."""
    if row.is_number and row.value.is_percent:
        yield "target", NO_BLANKS


@rule("V09", WARNING, "申评", "“{i}”（{v}）{more}像数量指标", "101号", of="row", report="form")
def quality_counted(row: Row) -> Hits:
    """A 质量指标 with a unit that is no percent."""
    value = row.value
    if row.is_quality and value.kind == "number" and sq(value.unit) and not value.is_percent:
        yield "target", {"v": row.target.strip()}


@rule("V10", WARNING, "申评", "“{i}”{more}为比率，指标值应为百分比", "细化量化", of="row", report="form")
def rate_without_percent(row: Row) -> Hits:
    """A name on 率 (not 效率) whose target is no percentage."""
    is_rate = row.plain_name.endswith("率") and not row.plain_name.endswith("效率")
    if is_rate and row.value.kind != "empty" and not row.value.is_percent:
        yield "target", NO_BLANKS


@rule("V11", WARNING, "申评", "时效指标“{i}”{more}应写完成时间", "101号", of="row", report="form")
def time_in_words(row: Row) -> Hits:
    """A 时效指标 in words that tell no time."""
    if row.is_time and row.value.kind == "text":
        words = row.plain_target
        if not any(char.isdecimal() for char in words) and not any(word in words for word in _IN_TIME):
            yield "target", NO_BLANKS


@rule("V12", WARNING, "申评", "有{count}条指标值仅为“{w}”等，无法衡量", "细化量化", of="row", report="form")
def value_vague(row: Row) -> Hits:
    """The target is nothing but a word that cannot be measured (``vague_words``)."""
    fine = _FINE_UNDER_TIME if row.is_time else _FINE_UNDER_QUALITY if row.is_quality else frozenset()
    if row.wording in row.profile.vague_words and row.wording not in fine:
        yield "target", {"w": row.wording}


@rule("V14", WARNING, "申评", "指标“{i}”{more}的指标值照抄指标名称", "细化量化", of="row", report="form")
def value_copies_name(row: Row) -> Hits:
    """The target stands in the name."""
    if row.value.kind == "text" and len(row.wording) > 3 and row.wording in row.plain_name:
        yield "target", NO_BLANKS


@rule("V15", WARNING, "申评", "指标“{i}”{more}的指标值含数量，宜拆为数量指标", "细化量化", of="row", report="form")
def number_in_words(row: Row) -> Hits:
    """Words with a comparison or a quantity in them; dates and 7*24 are none."""
    if row.value.kind == "text":
        words = _DATE.sub("", _PRODUCT.sub("", row.plain_target.replace("㎡", "平方米")))
        if row.is_time:  # 30个工作日 is what such an indicator should say
            words = _SPAN.sub("", words)
        if _TARGET_INSIDE.search(words):
            yield "target", NO_BLANKS


@rule("V16", CONFIRM, "申评", "满意度指标“{i}”应为“≥x%”，现为“{v}”", "101号", of="row")
def satisfaction_in_words(row: Row) -> Hits:
    """A 满意度指标 that is no number."""
    if row.is_satisfaction and _is_wordless(row):
        yield "target", {"v": row.target.strip()[:20]}


@rule("V17", WARNING, "申评", "满意度指标“{i}”的单位应为%，现为“{u}”", "推断", of="row")
def satisfaction_unit(row: Row) -> Hits:
    """A 满意度指标 that is a number of something else than percent, or of nothing."""
    if row.is_satisfaction and row.value.kind == "number" and not row.value.is_percent:
        yield "target", {"u": unit_of(row) or "无单位"}


@rule("V18", WARNING, "申评", "满意度指标“{i}”宜用“≥”，现为“{v}”", "推断", of="row")
def satisfaction_sign(row: Row) -> Hits:
    """A 满意度指标 with another sign than ≥, or with none."""
    if row.is_satisfaction and row.value.kind == "number" and row.value.sign != "≥":
        yield "target", {"v": row.target.strip()}


@rule("V19", WARNING, "申评", "满意度目标“{v}”{word}（一般不低于{low}%，也不取{full}%）", "推断", of="row")
def satisfaction_unusual(row: Row) -> Hits:
    """A 满意度指标 below 80 % or of 100 %."""
    number, parameters = row.value.number, row.profile.parameters
    if not row.is_satisfaction or not row.value.is_percent or number is None:
        return
    low, full = parameters.satisfaction_low, parameters.satisfaction_full
    if number < low or number == full:
        word = "偏低" if number < low else "偏高"
        yield "target", {"v": row.target.strip(), "word": word, "low": number_text(low), "full": number_text(full)}


@rule("V20", WARNING, "申评", "“{i}”的单位“{u}”{more}疑似有误", "推断", of="row", report="form")
def unit_and_name(row: Row) -> Hits:
    """The unit of a 数量指标 does not agree with what the name counts."""
    if not row.is_number or row.value.kind != "number" or not sq(row.value.unit):
        return
    agreeing = units_for(row.name)
    unit = normal_unit(row.value.unit)[0]
    if agreeing and unit not in agreeing and unit.partition("/")[0] not in agreeing and not _names_unit(row.name, unit):
        yield "target", {"u": unit_of(row)}


def _names_unit(name: str, unit: str) -> bool:
    """Whether a name ends on its unit: 参训人次 in 人次, 设备保养次数 in 次."""
    plain = sq(name)
    return plain.endswith((f"{unit}数", f"{unit}数量")) or (len(unit) > 1 and plain.endswith(unit))


@rule("V21", WARNING, "申评", "指标“{i}”的目标值{v}偏低（完成类一般不低于{low}%）", "合理可行", of="row")
def completion_low(row: Row) -> Hits:
    """Something is to be completed to less than 80 %."""
    value, low = row.value, row.profile.parameters.completion_low
    is_wanted = "完成" in row.plain_name and value.is_percent and value.sign in ("=", "≥")
    if is_wanted and value.number is not None and value.number < low:
        yield "target", {"v": row.target.strip(), "low": number_text(low)}


@rule(
    "V23",
    WARNING,
    "申",
    "指标值小数位不一致：{most}个{with_}，“{v}”{more}不同，可统一小数位",
    "推断",
    report="form",
)
def decimals_differ(form: Form) -> Hits:
    """Some numbers are written with decimals and some without; the fewer are the places.

    Counts, and rates with money, are looked at by themselves where the edition writes them differently.
    """
    for rows in decimal_groups(tuple(row.value for row in form.rows), form.edition.value_style.decimals):
        with_, without = ([at for at in rows if (form.rows[at].decimals > 0) is has] for has in (True, False))
        if with_ and without:
            fewer, most = (with_, without) if len(with_) < len(without) else (without, with_)
            words = {"most": str(len(most)), "with_": "无小数" if fewer is with_ else "带小数"}
            for at in fewer:
                yield f"indicators[{at}].target", {**words, "v": form.rows[at].target.strip()}


def decimal_groups(values: tuple[Value, ...], decimals: Decimals) -> tuple[tuple[int, ...], ...]:
    """Return the positions of numbers that are to be written alike: all, or rates and money apart from counts.

    A count that is no whole number (``2.5万人次``) needs its decimals, and is left out.
    """
    numbers = [(at, one.number, one.unit) for at, one in enumerate(values) if one.number is not None]
    if decimals != "two-except-counts":
        return (tuple(at for at, _, _ in numbers),)
    rates = tuple(at for at, _, unit in numbers if is_rate_or_money(unit))
    counts = tuple(
        at for at, number, unit in numbers if not is_rate_or_money(unit) and number == number.to_integral_value()
    )
    return rates, counts


@rule("V24", WARNING, "申评", "指标“{i}”的指标值“{v}”缺少比较符号", "公开代码", of="row")
def sign_missing(row: Row) -> Hits:
    """A number without a sign."""
    if row.value.kind == "number" and not row.value.sign and not _is_month(row):
        yield "target", {"v": row.target.strip()}
