"""Units of indicator values: which are known, what they mean, what one of them is in another (values.md 3, 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from forms.reading import sq

COUNTING = (
    *("人次", "人", "名", "位", "个", "家", "户", "场", "次", "届", "期", "份", "项", "件", "条", "篇", "本", "册"),
    *("版", "幅", "张", "段", "部", "堂", "节", "门", "课时", "学时", "台", "套", "辆", "栋", "处", "所", "支", "组"),
    *("批", "轮", "款", "株"),
)
SPACE = ("平方米", "公里", "米", "亩", "吨")
TIME = ("年", "季度", "个月", "月", "周", "日", "天", "小时", "分钟", "秒")
MONEY = ("亿元", "万元", "元", "万")
RATE = ("%", "百分比", "‰", "倍")
COMPOUND = ("人/场", "万元/场", "万元/次", "元/人")

UNITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"数量": COUNTING, "面积重量": SPACE, "时间": TIME, "金额": MONEY, "比率": RATE, "单价": COMPOUND}
)
"""Units offered for completion, by class."""

MEASURES = frozenset(COUNTING + SPACE)
"""``measure`` of the rules: units that count things, without time, money and rates."""

_KNOWN = MEASURES.union(TIME, MONEY, RATE)
_FACTORS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_LEADING_DIGITS = re.compile(r"^[0-9.,]+")


def is_percent(unit: str) -> bool:
    """``pct`` of the rules: ``%`` ``％`` ``百分比``, and no other."""
    return sq(unit) in ("%", "百分比")


def is_known(unit: str) -> bool:
    """Whether a unit needs no sign and no brackets to be recognised: one of the list, or 金额/数量, 数量/数量."""
    plain = _plain(unit)
    top, slash, below = plain.partition("/")
    if slash:
        return below in MEASURES and (top in MEASURES or top in MONEY)
    return plain in _KNOWN


def normal_unit(unit: str, *, cost_row: bool = False) -> tuple[str, Decimal]:
    """The unit in which values are compared, and what to multiply the number with.

    Percent is ``%``; money is 元, unit prices ``元/X``; digits in front are dropped (``1.3万元/次``); 万 alone is
    money in a cost row, else ten thousand of nothing named; ``万人次`` is ten thousand 人次.
    """
    plain = _LEADING_DIGITS.sub("", _plain(unit))
    if is_percent(plain):
        return "%", Decimal(1)
    top, slash, below = plain.partition("/")
    if top == "万" and cost_row:
        top = "万元"
    if top in _FACTORS:
        return f"元{slash}{below}", _FACTORS[top]
    if plain == "万":
        return "", Decimal(10_000)
    if top.startswith("万") and top[1:] in MEASURES:
        return plain[1:], Decimal(10_000)
    return plain, Decimal(1)


def _plain(unit: str) -> str:
    # To NFKC ㎡ is m2.
    return sq(unit.replace("㎡", "平方米"))
