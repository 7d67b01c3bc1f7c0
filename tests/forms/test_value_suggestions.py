from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.edition import ValueStyle
from forms.known_editions import Editions
from forms.value_suggestions import Row, suggest
from forms.values import normal, parse

OLD = Editions()["sh-declaration-2022"].value_style
CITY = Editions()["sh-declaration-2025"].value_style
BARE = ValueStyle(("≥", "≤", "=", ">", "<"), "as-needed", "", "%")


def offered(text: str, row: Row | None = None, style: ValueStyle = BARE) -> list[str]:
    return [" ".join(one.texts) for one in suggest(text, style, row)]


@pytest.mark.parametrize("word", ["不少于", "不低于", "不小于", "大于等于", "大于或等于", "至少", "不得少于"])
def test_words_for_at_least(word: str):
    assert offered(f"{word}35家") == ["≥35家"]


@pytest.mark.parametrize("word", ["不超过", "不高于", "不大于", "不多于", "小于等于", "至多", "不得超过"])
def test_words_for_at_most(word: str):
    assert offered(f"{word} 30 天") == ["≤30天"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35家以上", "≥35家"),
        ("35家及以上", "≥35家"),
        ("90%以上", "≥90%"),
        ("３０天以内", "≤30天"),
        ("3个月内", "≤3个月"),
        ("3小时以下", "≤3小时"),
        ("30天以外", ">30天"),
        ("大于80", ">80"),
        ("超过1,200人次", ">1200人次"),
        ("多于5个", ">5个"),
        ("高于90%", ">90%"),
        ("小于5‰", "<5‰"),
        ("少于5起", "<5起"),
        ("低于2.5万元/场", "<2.5万元/场"),
        ("不满5年", "<5年"),
        ("不少于35家以上", "≥35家"),
    ],
)
def test_words_before_and_behind_the_number(text: str, expected: str):
    assert offered(text) == [expected]


def test_offers_are_in_the_style_of_the_edition():
    assert offered("不低于90%", style=CITY) == ["≥90.00(百分比)"]
    assert offered("不低于90%", style=OLD) == [">=90%"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "　", "完成", "35家左右", "日均访问量大于80", "不少于35家以内", "2023-2024年", "1-2场次家", "1场-2次"),
        *("三级", "完成，通过", "≥35家", "≥35家，完成", "12", "2024年底", "12万", "至少5个百分点以内以上"),
        "不少于" * 100,
        "大于" + "9" * 60,
    ],
)
def test_nothing_is_offered_where_nothing_is_clear(text: str):
    assert suggest(text, BARE) == ()


@pytest.mark.parametrize(
    ("text", "row", "style", "expected"),
    [
        ("100", Row("项目完成率"), BARE, ["100%"]),
        ("≥85", Row("服务对象满意度"), CITY, ["≥85.00(百分比)"]),
        ("100", Row("工作效率"), BARE, []),
        ("85％", None, BARE, ["85%"]),
        ("≥85 百分比", None, BARE, ["≥85%"]),
        ("≥85%", None, CITY, ["≥85.00(百分比)"]),
        ("≥85(%)", None, BARE, []),
        ("≤12万", Row(cost=True), BARE, ["≤12万元"]),
        ("≤12万", Row(), BARE, []),
        ("2季度", Row(timeliness=True, year=2025), BARE, ["2025年6月30日前"]),
        ("<=4季度", Row(timeliness=True, year=2025), OLD, ["2025年12月31日前"]),
        ("5季度", Row(timeliness=True, year=2025), BARE, []),
        ("2季度", Row(timeliness=True), BARE, []),
        ("2季度", Row(year=2025), BARE, []),
    ],
)
def test_numbers(text: str, row: Row | None, style: ValueStyle, expected: list[str]):
    assert offered(text, row, style) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-2场", ["≥1场", "≤2场"]),
        ("5～8次", ["≥5次", "≤8次"]),
        ("80%—90%", ["≥80%", "≤90%"]),
        ("5至8", ["≥5", "≤8"]),
    ],
)
def test_one_bound_of_a_range(text: str, expected: list[str]):
    assert offered(text) == expected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("≥35家，≥3场", ("≥35家", "≥3场")),
        ("≥3,000(册)、 ≥2场；≤5天。", ("≥3,000(册)", "≥2场", "≤5天")),
        ("＞＝35家,＜＝3场", ("＞＝35家", "＜＝3场")),
    ],
)
def test_several_targets_become_rows(text: str, rows: tuple[str, ...]):
    (one,) = suggest(text, BARE)
    assert one.texts == rows
    assert one.reason == "一个指标宜只有一个指标值，可拆成多行"


def test_reasons_are_words():
    reasons = [one.reason for text in ("35家以上", "1-2场", "85％") for one in suggest(text, BARE)]
    assert reasons[0] == "“以上”宜用符号“≥”"
    assert all(reason and not reason.endswith("。") for reason in reasons)


@given(st.text(alphabet="0123456789.,-～至≥≤%(）万元家天季度不少于超过以上内及，；", max_size=15))
def test_what_is_offered_is_a_number_or_a_date_and_nothing_new_is_offered_for_the_same_again(text: str):
    for one in suggest(text, BARE, Row("完成率", cost=True, timeliness=True, year=2025)):
        for value in map(parse, one.texts):
            assert value.kind in ("number", "date")
            assert value.raw != text


def test_restyling_percent_keeps_its_meaning():
    ((text,),) = [one.texts for one in suggest("≥ 85.50（％）", CITY)]
    assert normal(parse(text)) == normal(parse("≥85.5%"))


def test_a_number_alone_gets_the_units_that_the_name_suggests():
    assert offered("=12", Row(name="调研报告"), CITY) == ["=12(份)", "=12(篇)"]
    assert offered("≤30", Row(name="场地费用", cost=True)) == ["≤30万元", "≤30元", "≤30万元/场"]
    assert offered("12", Row(name="甲乙")) == []


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("≥８（场）", "≥8（场）"),
        ("＞＝８．５（场）", ">=8.5（场）"),
        ("２０２５年１２月３１日前", "2025年12月31日前"),
    ],
)
def test_wide_figures_become_narrow(text: str, narrow: str) -> None:
    (found,) = suggest(text, Editions()["sh-songjiang-declaration-2025"].value_style)
    assert found.texts == (narrow,)
    assert suggest(narrow, Editions()["sh-songjiang-declaration-2025"].value_style) == ()
