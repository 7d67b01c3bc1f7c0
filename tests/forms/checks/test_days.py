"""Days of the fields of dates, as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks.days import day_of

DIGITS = "\u3007一二三四五六七八九"
SMALL = ["", *"一二三四五六七八九十", *(f"十{one}" for one in "一二三四五六七八九"), "二十"]
SMALL += [*(f"二十{one}" for one in "一二三四五六七八九"), "三十", "三十一"]


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_spelling_of_a_day(day: date) -> None:
    numerals = "".join(DIGITS[int(digit)] for digit in f"{day.year:04}")
    for text in (
        f"{day:%Y%m%d}",
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 号",
        f"{day.year}年{day.month}月{day.day}日止",
        f"{day:%Y-%m-%d} 00:00:00",
        f"{day:%Y-%m-%d}T08:30",
        f"{numerals}年{SMALL[day.month]}月{SMALL[day.day]}日",
    ):
        assert day_of(text) == day, text


@pytest.mark.parametrize(
    "text",
    [
        *("", "长期", "2025年1月", "2025.01", "2025-02-30", "20251331", "二〇二五年十三月一日", "二〇二五年十十月一日"),
        *("二〇二五年一月一二日", "45658", "2025-01-01" + " " * 50, "1/1/2025", "2025年1月1日起止"),
    ],
)
def test_what_names_no_day(text: str) -> None:
    assert day_of(text) is None


@given(st.text(alphabet="\u3007一二三十元年月日号0123456789-./: T前起", max_size=24))
def test_no_text_raises(text: str) -> None:
    found = day_of(text)
    assert found is None or 1 <= found.year <= 9999
