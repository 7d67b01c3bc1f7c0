"""Units of indicator values: which are known, what they mean, what one of them is in another (values.md 3, 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
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
_LONGEST_REMEMBERED = 40
_LEADING_DIGITS = re.compile(r"^[0-9.,]+")


_BY_NAME: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("满意度", "率", "比例", "占比", "比重"), ("%",)),
    (("增幅", "倍数"), ("%", "倍")),
    (("人次",), ("人次",)),
    (("人数", "人员", "学员", "居民", "群众", "志愿者", "参会", "参训"), ("人", "人次", "名")),
    (("场次", "讲座", "演出", "会议", "论坛", "沙龙", "展览", "展会", "活动", "场"), ("场", "次")),
    (("次数", "频次", "频率", "次"), ("次",)),
    (("企业", "机构", "单位", "商户", "学校", "家数", "家"), ("家", "个")),
    (("户数", "家庭", "户"), ("户",)),
    (("报告", "材料", "资料", "问卷", "份数", "份"), ("份", "篇")),
    (("文章", "稿件", "推文", "论文", "新闻", "篇"), ("篇", "条")),
    (("信息", "建议", "线索", "数据", "条"), ("条",)),
    (("课题", "项目", "任务", "成果", "专利", "制度", "标准", "项"), ("项", "个")),
    (("课程", "门"), ("门", "节", "课时")),
    (("课时", "学时"), ("课时", "学时")),
    (("培训班", "班次", "期数", "期"), ("期", "次")),
    (("图书", "手册", "画册", "册"), ("册", "本")),
    (("设备", "仪器", "终端", "服务器", "电脑", "台"), ("台", "套")),
    (("系统", "软件", "装备", "套"), ("套", "个")),
    (("车辆", "辆"), ("辆",)),
    (("点位", "站点", "网点", "场所", "设施", "处"), ("处", "个")),
    (("视频", "影片", "节目", "短片", "部"), ("部", "条")),
    (("面积", "绿化"), ("平方米", "亩")),
    (("里程", "长度", "管线"), ("公里", "米")),
    (("重量", "产量", "处置量"), ("吨",)),
    (("苗木", "树木", "株"), ("株",)),
    (("样品", "批次", "批"), ("批", "件")),
    (("时长", "小时"), ("小时", "分钟")),
    (("天数", "工期", "周期", "时限", "时间"), ("天", "个月", "小时")),
)
"""Words of the name of an indicator, and the units that such a thing is usually counted in (values.md 3)."""

_NO_RATE = ("效率", "频率", "功率", "汇率", "利率")


def likely_units(name: str, *, cost: bool = False) -> tuple[str, ...]:
    """The units that the name of an indicator suggests, the likeliest first: what stands last in a name is counted."""
    plain = sq(name)
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for words, units in _BY_NAME:
        ends = [(plain.rfind(word) + len(word), len(word), word) for word in words if word in plain]
        ends = [one for one in ends if not (one[2] == "率" and plain[: one[0]].endswith(_NO_RATE))]
        if ends:
            end, length, _ = max(ends)
            found.append((end, length, units))
    found.sort(key=lambda one: one[:2], reverse=True)
    by_name = [unit for _, _, units in found for unit in units]
    return tuple(dict.fromkeys([*(("万元", "元", "万元/场", "万元/次") if cost else ()), *by_name]))


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
    return (_normal_unit if len(unit) <= _LONGEST_REMEMBERED else _normal_unit.__wrapped__)(unit, cost_row)


@lru_cache(maxsize=1024)
def _normal_unit(unit: str, cost_row: bool) -> tuple[str, Decimal]:  # noqa: FBT001 - only positions make one key
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
