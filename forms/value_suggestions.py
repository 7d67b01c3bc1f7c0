"""What could have been meant by a typed value: offers for the clerk, never silent changes (values.md 7)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from decimal import Decimal

from forms.edition import ValueStyle
from forms.reading import sq
from forms.units import is_known, likely_units
from forms.value_style import BuildError, build, restyle
from forms.values import LONGEST, Value, parse

# Digits, point, percent and signs; brackets stay as they are, forms print both.
_NARROW = {wide: wide - 0xFEE0 for wide in map(ord, "０１２３４５６７８９．％＝＜＞")}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer: the texts to put in place of the value (several: one a row), and why, in words for the clerk."""

    texts: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """What a suggestion needs to know of the indicator row in which the value stands."""

    name: str = ""
    """三级指标 name."""
    cost: bool = False
    """Whether it is a row of 成本指标."""
    timeliness: bool = False
    """Whether it is a row of 时效指标."""
    year: int | None = None
    """Year of the form."""


_MOST_UNITS = 3
_AT_LEAST = ("不得少于", "不得低于", "不少于", "不低于", "不小于", "大于或等于", "大于等于", "至少")
_AT_MOST = ("不得超过", "不得高于", "不超过", "不高于", "不大于", "不多于", "小于或等于", "小于等于", "至多")
_MORE = ("大于", "超过", "多于", "高于")
_LESS = ("小于", "少于", "低于", "不满")
_BEFORE = {
    **dict.fromkeys(_AT_LEAST, "≥"),
    **dict.fromkeys(_AT_MOST, "≤"),
    **dict.fromkeys(_MORE, ">"),
    **dict.fromkeys(_LESS, "<"),
}
# 以上, 以下, 以内 include the number itself, 以外 does not.
_AFTER = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤", "内": "≤", "以外": ">"}

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_UNIT = r"[%‰]|[A-Za-z\u4e00-\u9fff]{1,8}?(?:/[A-Za-z\u4e00-\u9fff]{1,4}?)?"
_WORDED = re.compile(
    rf"(?P<before>{'|'.join(_BEFORE)})?(?P<number>{_DIGITS})(?P<unit>{_UNIT})?(?P<after>{'|'.join(_AFTER)})?"
)
_RANGE = re.compile(
    rf"(?P<low>{_DIGITS})(?P<low_unit>{_UNIT})?(?:[-—–~]{{1,2}}|至|到)(?P<high>{_DIGITS})(?P<unit>{_UNIT})?"
)
_BETWEEN = re.compile(r"[，,、；;]\s*(?=[≥≤≧≦⩾⩽=><＝＞＜])")


def suggest(text: str, style: ValueStyle, row: Row | None = None) -> tuple[Suggestion, ...]:
    """Return what the clerk may have meant, in the style of the edition; nothing where the text is fine."""
    plain = sq(text)
    if not plain or len(plain) > LONGEST:
        return ()
    value = parse(text)
    found = (
        _of_number(value, style, row or Row())
        if value.kind == "number"
        else (*_of_words(plain, style), *_of_range(plain, style), *_of_list(text))
        if value.kind == "text"
        else ()
    )
    narrow = Suggestion((text.translate(_NARROW),), "全角的数字和符号改为半角")
    if value.kind != "text" and not found:
        found = (narrow,)
    return tuple(one for one in found if one.texts != (text,))


def _of_number(value: Value, style: ValueStyle, row: Row) -> tuple[Suggestion, ...]:
    number = value.number or Decimal(0)
    name = sq(row.name)
    if not value.unit and name.endswith(("率", "满意度")) and not name.endswith("效率"):
        return _offer(style, value.sign, number, "%", "名称为比率，补上百分号")
    if value.is_percent and value.unit != style.percent:
        return (Suggestion((restyle(value, style).raw,), f"本版表样的百分比写作“{style.percent}”"),)
    if sq(value.unit) == "万" and row.cost:
        return _offer(style, value.sign, number, "万元", "金额的单位应写“万元”")
    if sq(value.unit) == "季度" and row.timeliness and row.year is not None and number in (1, 2, 3, 4):
        month = int(number) * 3
        day = calendar.monthrange(row.year, month)[1]
        return (Suggestion((f"{row.year}年{month}月{day}日前",), "时效指标宜写完成时间"),)
    if not value.unit:
        units = likely_units(row.name, cost=row.cost)[:_MOST_UNITS]
        return tuple(one for unit in units for one in _offer(style, value.sign, number, unit, "按名称补上计量单位"))
    return ()


def _of_words(plain: str, style: ValueStyle) -> tuple[Suggestion, ...]:
    match = _WORDED.fullmatch(plain)
    if match is None:
        return ()
    before, after = match["before"], match["after"]
    signs = {sign for sign in (_BEFORE.get(before or ""), _AFTER.get(after or "")) if sign}
    # 不超过30天以内 says one thing twice, 不少于30天以内 two things.
    unit = match["unit"] or ""
    if len(signs) != 1 or unit.endswith(tuple(_AFTER)):
        return ()
    words = before or after
    sign = signs.pop()
    return _offer(style, sign, match["number"], unit, f"“{words}”宜用符号“{sign}”")


def _of_range(plain: str, style: ValueStyle) -> tuple[Suggestion, ...]:
    match = _RANGE.fullmatch(plain)
    if match is None:
        return ()
    unit, low_unit = match["unit"] or "", match["low_unit"] or ""
    # 2024-2025年 is a period and not a quantity.
    if unit in ("年", "月", "日") or (unit and not is_known(unit)) or low_unit not in ("", unit):
        return ()
    return (
        *_offer(style, "≥", match["low"], unit, "指标值宜只写一个界限：取下限"),
        *_offer(style, "≤", match["high"], unit, "指标值宜只写一个界限：取上限"),
    )


def _of_list(text: str) -> tuple[Suggestion, ...]:
    parts = tuple(part.strip() for part in _BETWEEN.split(text.strip().removesuffix("。")))
    if len(parts) < 2 or not all(parse(part).sign for part in parts):
        return ()
    return (Suggestion(parts, "一个指标宜只有一个指标值，可拆成多行"),)


def _offer(style: ValueStyle, sign: str, number: str | Decimal, unit: str, reason: str) -> tuple[Suggestion, ...]:
    try:
        return (Suggestion((build(style, sign, number, unit),), reason),)
    except BuildError:
        return ()
