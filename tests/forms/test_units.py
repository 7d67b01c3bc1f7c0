from __future__ import annotations

from decimal import Decimal

import pytest

from forms.units import MEASURES, UNITS, is_known, is_percent, likely_units, normal_unit


def test_units_are_offered_once():
    offered = [unit for units in UNITS.values() for unit in units]
    assert len(offered) == len(set(offered))
    assert all(is_known(unit) for unit in offered)


def test_measures_count_things():
    assert {"人次", "场", "平方米", "吨"} <= MEASURES
    assert not MEASURES & {"天", "季度", "元", "万元", "万", "%", "倍", "人/场"}


@pytest.mark.parametrize("unit", ["%", "％", "百分比", " 百分 比"])
def test_percent_has_three_spellings(unit: str):
    assert is_percent(unit)


@pytest.mark.parametrize("unit", ["", "‰", "百分点", "个百分点", "5%"])
def test_other_rates_are_not_percent(unit: str):
    assert not is_percent(unit)


@pytest.mark.parametrize("unit", ["人/次", "亿元/项", "㎡", "％"])
def test_compounds_and_other_spellings_are_known(unit: str):
    assert is_known(unit)


@pytest.mark.parametrize("unit", ["", "起", "场/元", "天/次", "人/", "/场", "百分点", "万人次"])
def test_other_units_are_legal_but_not_known(unit: str):
    assert not is_known(unit)


@pytest.mark.parametrize(
    ("unit", "cost_row", "expected"),
    [
        ("％", False, ("%", 1)),
        ("百分比", False, ("%", 1)),
        ("‰", False, ("‰", 1)),
        ("百分点", False, ("百分点", 1)),
        ("1.3万元/次", True, ("元/次", 10_000)),
        ("元", False, ("元", 1)),
        ("万元", False, ("元", 10_000)),
        ("亿元", False, ("元", 10**8)),
        ("万元/场", False, ("元/场", 10_000)),
        ("万", True, ("元", 10_000)),
        ("万/场", True, ("元/场", 10_000)),
        ("万", False, ("", 10_000)),
        ("万人次", False, ("人次", 10_000)),
        ("万人/场", False, ("人/场", 10_000)),
        ("万达", False, ("万达", 1)),
        ("家", False, ("家", 1)),
        ("", False, ("", 1)),
        ("㎡", False, ("平方米", 1)),
    ],
)
def test_units_come_to_one_for_comparing(unit: str, cost_row: bool, expected: tuple[str, int]):
    name, factor = normal_unit(unit, cost_row=cost_row)
    assert (name, factor) == (expected[0], Decimal(expected[1]))


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("讲座场次", ("场",)),
        ("活动参与人数", ("人",)),
        ("培训人次", ("人次",)),
        ("参展企业满意度", ("%",)),
        ("企业参展", ("家",)),
        ("任务完成率", ("%",)),
        ("工作效率", ()),
        ("巡查频率", ("次",)),
        ("调研报告", ("份", "篇")),
        ("更新设备", ("台", "套")),
        ("绿化养护面积", ("平方米", "亩")),
        ("故障修复时间", ("天",)),
        ("", ()),
    ],
)
def test_the_name_suggests_the_unit(name: str, units: tuple[str, ...]):
    assert likely_units(name)[: len(units)] == units
    if not units:
        assert likely_units(name) == ()


def test_costs_are_money_first():
    assert likely_units("讲座费用", cost=True)[:2] == ("万元", "元")
    assert "场" in likely_units("讲座费用", cost=True)


def test_likely_units_are_known():
    from forms.units import _BY_NAME

    assert all(is_known(unit) for _, units in _BY_NAME for unit in units)
