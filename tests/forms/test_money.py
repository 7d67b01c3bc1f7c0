from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.edition import Amounts
from forms.money import AmountError, amount_in, exact_amount, format_amount, parse_amount

YUAN = Amounts("元", 1)
TEN_THOUSAND = Amounts("万元", 10_000)

AMOUNTS = st.integers(0, 10**17 - 1).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        # As the published forms print them.
        ("1,515,000.00", "1515000.00"),
        ("47,042.32", "47042.32"),
        ("700000", "700000.00"),
        ("1000000.00", "1000000.00"),
        ("1,036,440", "1036440.00"),
        ("0", "0.00"),
        ("0.00", "0.00"),
        # As a clerk types them.
        ("１２３．５", "123.50"),
        ("12。5", "12.50"),
        ("1，000", "1000.00"),
        ("12.5万", "125000.00"),
        ("12.5 万元", "125000.00"),
        ("1.2亿元", "120000000.00"),
        ("３亿", "300000000.00"),
        ("25.50元", "25.50"),
        ("¥25", "25.00"),
        ("￥ 1,000", "1000.00"),
        ("1.5000", "1.50"),
        ("0.000001万元", "0.01"),
        ("007", "7.00"),
        ("999,999,999,999.99", "999999999999.99"),
        ("999,999,999,999,999.99", "999999999999999.99"),
    ],
)
def test_amounts(text: str, amount: str):
    found = parse_amount(text)
    assert found is not None
    assert str(found) == amount


@pytest.mark.parametrize("text", ["", " ", "　", "\n"])
def test_blank_is_not_zero(text: str):
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.2.3", "“1.2.3”不是有效金额，请改为如 25.00 的数字"),
        ("-5", "金额不能为负，请把“-5”改为不小于0的数字"),
        ("－5万元", "金额不能为负，请把“－5万元”改为不小于0的数字"),
        ("¥-5", "金额不能为负，请把“¥-5”改为不小于0的数字"),
        ("1.234", "“1.234”的小数过多，金额以元计最多两位小数，请改为如 1.23 的数字"),
        ("0.0000005万元", "“0.0000005万元”的小数过多，金额以元计最多两位小数，请改为如 0.01 的数字"),
        ("1000000000000000", "“1000000000000000”过大，金额整数部分最多15位"),
        ("9999999亿元", None),
        ("10000000亿元", "“10000000亿元”过大，金额整数部分最多15位"),
        ("9" * 40, "“99999999999999999999…”过大，金额整数部分最多15位"),
        ("9" * 200_000, "“99999999999999999999…”过长，金额整数部分最多15位"),
    ],
    ids=lambda text: text and text[:20],
)
def test_refusals_say_what_to_do(text: str, sentence: str | None):
    if sentence is None:
        assert parse_amount(text) is not None
        return
    with pytest.raises(AmountError) as caught:
        parse_amount(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "1e5",
        "NaN",
        "Infinity",
        "abc",
        "12a",
        "—",
        "-",
        "1,00",
        "1,0000",
        "25.",
        ".5",
        "+5",
        "1_000",
        "万元",
        "¥",
        "٣",
        "5元元",
        "5元万",
        "$5",
        "5/7",
        "①",
        "1²",
        "½",
        "=5",
        "(5)",
        "五",
    ],
)
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(AmountError, match="不是有效金额"):
        parse_amount(text)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_blank_or_refused_in_words(text: str):
    try:
        found = parse_amount(text)
    except AmountError as error:
        found, said = None, str(error)
    else:
        said = "金额"
    assert "金额" in said
    assert found is None or found >= 0


@given(AMOUNTS)
def test_what_is_printed_in_yuan_is_read_back(amount: Decimal):
    assert parse_amount(format_amount(amount, YUAN)) == amount


@given(AMOUNTS)
def test_what_is_printed_in_ten_thousands_is_read_back_to_half_a_printed_cent(amount: Decimal):
    found = (
        parse_amount(format_amount(amount, TEN_THOUSAND).replace(",", "") + "万元") if amount < 10**15 - 50 else None
    )
    assert found is None or abs(found - amount) <= 50


@pytest.mark.parametrize(
    ("amount", "amounts", "text"),
    [
        (None, YUAN, ""),
        (Decimal(0), YUAN, "0.00"),
        (Decimal(1515000), YUAN, "1,515,000.00"),
        (Decimal("0.005"), YUAN, "0.01"),
        (Decimal("-0.001"), YUAN, "0.00"),
        (Decimal("-1234.5"), YUAN, "-1,234.50"),
        (Decimal("999999999999.99"), YUAN, "999,999,999,999.99"),
        (
            Decimal("999999999999999999999999999999999999.99"),
            YUAN,
            "999,999,999,999,999,999,999,999,999,999,999,999.99",
        ),
        (Decimal("47042.32"), TEN_THOUSAND, "4.70"),
        (Decimal(50), TEN_THOUSAND, "0.01"),
        (Decimal("49.99"), TEN_THOUSAND, "0.00"),
        (Decimal(12345678), TEN_THOUSAND, "1,234.57"),
        (Decimal(100), Amounts("三元", 3), "33.33"),
    ],
)
def test_printing(amount: Decimal | None, amounts: Amounts, text: str):
    assert format_amount(amount, amounts) == text


def test_the_surrounding_precision_does_not_matter():
    with localcontext() as context:
        context.prec = 3
        assert parse_amount("999,999,999,999.99") == Decimal("999999999999.99")
        assert format_amount(Decimal("999999999999.99"), YUAN) == "999,999,999,999.99"


@pytest.mark.parametrize(
    ("typed", "kept", "printed"),
    [
        ("108.832", "108.832", "108.83"),
        ("114", "114.00", "114.00"),
        ("5000元", "0.50", "0.50"),
        ("1,234.5万元", "1,234.50", "1,234.50"),
        ("0.000001", "0.000001", "0.00"),
    ],
)
def test_a_form_in_ten_thousands_keeps_what_was_typed_to_the_cent(typed: str, kept: str, printed: str) -> None:
    amount = parse_amount(typed, TEN_THOUSAND)
    assert amount is not None
    assert exact_amount(amount, TEN_THOUSAND) == kept
    assert parse_amount(kept, TEN_THOUSAND) == amount
    assert format_amount(amount, TEN_THOUSAND) == printed


@pytest.mark.parametrize(
    ("text", "amount"), [("", None), ("12.5", 125_000), ("12.5元", Decimal("12.5")), ("不详", None)]
)
def test_an_amount_of_a_form_counts_in_its_unit(text: str, amount: Decimal | None) -> None:
    assert amount_in(text, TEN_THOUSAND) == amount
