from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.edition import ValueStyle
from forms.known_editions import Editions
from forms.value_style import BuildError, build, restyle
from forms.values import parse

STYLES = {edition.id: edition.value_style for edition in Editions().values()}
SONGJIANG = STYLES["sh-songjiang-declaration-2025"]
CITY = STYLES["sh-declaration-2025"]
OLD = STYLES["sh-declaration-2022"]
AS_NEEDED = ValueStyle(("≥", "≤", "=", ">", "<"), "as-needed", "", "%")


@pytest.mark.parametrize(
    ("style", "fields", "text"),
    [
        (SONGJIANG, ("≥", "85", "%"), "≥85.00(%)"),
        (SONGJIANG, ("<=", "4", "万元/场"), "≤4.00(万元/场)"),
        (SONGJIANG, ("≤", "1.305", "万元"), "≤1.305(万元)"),
        (CITY, (">=", "90", "%"), "≥90.00(百分比)"),
        (CITY, ("=", "2", "场"), "=2(场)"),
        (CITY, ("=", "2.5", "场"), "=2.50(场)"),
        (CITY, ("≤", "10", "万元"), "≤10.00(万元)"),
        (CITY, ("≤", "10", "万"), "≤10.00(万)"),
        (CITY, ("≤", "3", "元/人"), "≤3.00(元/人)"),
        (CITY, ("≥", "2", "倍"), "≥2.00(倍)"),
        (CITY, ("≥", "100", "人/场"), "≥100(人/场)"),
        (OLD, ("≥", "85.00", "百分比"), ">=85%"),
        (OLD, ("≤", "30", "天"), "<=30天"),
        (OLD, ("=", "85.50", "％"), "=85.5%"),
        (AS_NEEDED, ("≥", "85.50", "%"), "≥85.5%"),
        (AS_NEEDED, (">", "100", ""), ">100"),
        (AS_NEEDED, ("<", "5", "小时"), "<5小时"),
        # As number fields are read.
        (SONGJIANG, ("＞＝", "３，０００．５", " 人 次 "), "≥3000.50(人次)"),
        (OLD, ("", "12。5", "万元"), "12.5万元"),
        # A bare unit would be read otherwise, so it gets brackets.
        (OLD, ("", "12", "起"), "12(起)"),
        (OLD, ("", "3", "年"), "3(年)"),
        (OLD, ("≥", "3", "家以上"), ">=3(家以上)"),
        (OLD, ("≤", "1.30", "1.3万元/次"), "<=1.3(1.3万元/次)"),
        (SONGJIANG, ("", "", ""), ""),
        (SONGJIANG, (" ", " ", "　"), ""),
    ],
)
def test_built_values(style: ValueStyle, fields: tuple[str, str, str], text: str):
    assert build(style, *fields) == text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (("≥", "", "家"), "请填写数值"),
        (("≥", "三", "家"), "“三”不是有效数值，请改为如 25 或 25.50 的数字"),
        (("≥", "-5", "家"), "“-5”不是有效数值，请改为如 25 或 25.50 的数字"),
        (("≥", "x" * 99, "家"), f"“{'x' * 20}”不是有效数值，请改为如 25 或 25.50 的数字"),
        (("不少于", "5", "家"), "“不少于”不是比较符号，请选≥、≤、=、>、<之一"),
        (("≥", "5", "家(个)"), "计量单位“家(个)”过长或含括号，请改为如“家”的单位"),
    ],
)
def test_fields_that_make_no_value_are_refused_in_words(fields: tuple[str, str, str], sentence: str):
    with pytest.raises(BuildError) as caught:
        build(SONGJIANG, *fields)
    assert str(caught.value) == sentence


def test_a_number_may_come_as_decimal():
    assert build(SONGJIANG, "≥", Decimal(85), "%") == "≥85.00(%)"
    for number in (Decimal(-5), Decimal("NaN"), Decimal("1E+9")):
        with pytest.raises(BuildError):
            build(SONGJIANG, "≥", number, "%")


@given(
    st.sampled_from(sorted(STYLES)),
    st.sampled_from(["", "≥", "≤", "=", ">", "<"]),
    st.decimals(0, 10**9, places=3),
    st.sampled_from(["", "%", "家", "万元/场", "年", "起"]),
)
def test_what_is_built_is_read_back(edition: str, sign: str, number: Decimal, unit: str):
    style = STYLES[edition]
    value = parse(build(style, sign, number, unit))
    assert (value.sign, value.number) == (sign, number)
    assert value.unit == (style.percent if unit == "%" else unit)


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        (">=85%", SONGJIANG, "≥85.00(%)"),
        ("≥85.00(%)", CITY, "≥85.00(百分比)"),
        ("≥ 3,000.00 （册）", OLD, ">=3000册"),
        ("=1.00(场)", CITY, "=1(场)"),
        ("≤1.30(1.3万元/次)", OLD, "<=1.3(1.3万元/次)"),
        ("=100", SONGJIANG, "=100.00"),
        ("≥" + "9" * 100 + "家", SONGJIANG, "≥" + "9" * 100 + ".00(家)"),
        # Longer than what is read as a number: stays.
        ("≥" + "9" * 198 + "家", SONGJIANG, "≥" + "9" * 198 + "家"),
        ("完成", SONGJIANG, "完成"),
        ("2023年12月31日前", SONGJIANG, "2023年12月31日前"),
        ("　", SONGJIANG, "　"),
    ],
)
def test_restyled_values(text: str, style: ValueStyle, expected: str):
    assert restyle(parse(text), style).raw == expected


def test_a_style_with_full_width_brackets():
    assert build(SONGJIANG._replace(brackets="（）"), "≥", "85", "%") == "≥85.00（%）"
