"""What a bound set says about itself: its title and the statement 绩效目标设置情况 (forms.md 12)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from forms.first_level import common_first_level
from forms.money import budget_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.documents import Package
    from forms.edition import Edition

HEADING: Final = "绩效目标设置情况"
_DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_WAN: Final = Decimal(10_000)
_TOKEN: Final = re.compile(r"【([^【】]*)】")
_WHOLE_SINCE: Final = 2025
"""From this year on an amount that is whole stands without decimals."""


def title(package: Package) -> str:
    """Title of a set of declarations after the pattern of the published ones; nothing for other sets."""
    year = _year(package)
    unit = next((project.unit for project in package.projects if project.unit), "")
    if year is None or not unit:
        return ""
    if any(project.narrative for project in package.projects):
        return f"{unit}{year}年财政支出项目绩效目标申报表"
    return f"{unit}{year}年度项目绩效目标汇总表"


TOKENS: Final = ("单位", "年度", "预算单位数", "项目数", "金额", "一级项目", "二级项目数")
"""What a template may ask for, as 【项目数】; 金额 is the sum of what they ask for in their year, in 万元."""
_FIRST: Final = (
    "按照本市预算绩效管理工作的总体要求，本部门【预算单位数】个预算单位开展了【年度】年项目预算绩效目标编报工作"
)
_PART: Final = "。“【一级项目】”项目包含【二级项目数】个二级项目"
_LAST: Final = "，编报绩效目标的项目【项目数】个，涉及项目预算资金【金额】万元。"


def statement(
    package: Package, editions: Mapping[str, Edition], first_level: str = "", units: int | None = None
) -> str:
    """The sentence on the projects of a set of declarations; nothing for other sets.

    ``first_level`` names the 一级项目 of which those of the set are parts (else the one that all of them name);
    ``units`` is the number of budget units (else as many as 实施单位 differ).
    """
    return filled(template(package, first_level), package, editions, first_level, units)


def template(package: Package, first_level: str = "") -> str:
    """The sentence with 【…】 where figures of the set belong; nothing for a set without declarations."""
    if _year(package) is None:
        return ""
    return f"{_FIRST}{_PART if first_level or common_first_level(package.projects) else ''}{_LAST}"


def filled(
    text: str, package: Package, editions: Mapping[str, Edition], first_level: str = "", units: int | None = None
) -> str:
    """A template with the figures of a set in place of its ``TOKENS``; other 【…】 stay as they are.

    An amount that cannot be read, or is of an edition not known, cannot be counted.
    """
    declarations = [project.declaration for project in package.projects if project.declaration]
    names = list(dict.fromkeys(one.fields.get("实施单位", "") for one in declarations))
    year, count = _year(package), len(declarations)
    figures = {
        "单位": names[0] if len(names) == 1 else "",
        "年度": "" if year is None else str(year),
        "预算单位数": str(units or len(names)),
        "项目数": str(count),
        "金额": "" if year is None else _in_wan(_total(package, editions), year),
        "一级项目": first_level or common_first_level(package.projects),
        "二级项目数": numeral(count),
    }
    return _TOKEN.sub(lambda match: figures.get(match[1], match[0]), text)


def numeral(number: int) -> str:
    """A number from 0 to 9999 in Chinese: 三, 十二, 二十, 一百零五."""
    if number == 0:
        return _DIGITS[0]
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (_DIGITS[0] if gap and text else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _year(package: Package) -> int | None:
    """Year of the declarations; None where there is none."""
    return next((project.declaration.year for project in package.projects if project.declaration), None)


def _total(package: Package, editions: Mapping[str, Edition]) -> Decimal:
    declarations = [project.declaration for project in package.projects if project.declaration]
    budgets = [budget_of(one, editions[one.edition]) for one in declarations if one.edition in editions]
    return sum((budget for budget in budgets if budget is not None), Decimal(0))


def _in_wan(amount: Decimal, year: int) -> str:
    wan = amount / _WAN
    text = f"{wan:,.2f}" if wan == wan.quantize(Decimal("0.01")) else f"{wan.normalize():,f}"
    return text.removesuffix(".00") if year >= _WHOLE_SINCE else text
