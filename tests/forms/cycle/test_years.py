from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.cycle.years import moved, put_in


def certain(text: str, year: int = 2025) -> str:
    return put_in(text, tuple(one for one in moved(text, year) if one.certain))


def proposed(text: str, year: int = 2025) -> list[tuple[str, str]]:
    return [(one.old, one.new) for one in moved(text, year) if not one.certain]


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2025年完成全部培训", "2026年完成全部培训"),
        ("2025年度工作", "2026年度工作"),
        ("2025年12月31日前", "2026年12月31日前"),
        ("2025年6月底前", "2026年6月底前"),
        ("截至2025年底", "截至2026年底"),
        ("2025-03-01", "2026-03-01"),
        ("2025.3.1至2025/12/31", "2026.3.1至2026/12/31"),
        ("２０２５年", "２０２６年"),
        ("2025年和2025年", "2026年和2026年"),
    ],
)
def test_the_own_year_goes_along(text: str, later: str) -> None:
    assert certain(text) == later


@pytest.mark.parametrize(("text", "later"), [("2024年2月29日", "2025年2月28日"), ("2024-02-29", "2025-02-28")])
def test_a_leap_day_becomes_the_last_of_february(text: str, later: str) -> None:
    assert certain(text, 2024) == later


@pytest.mark.parametrize(
    "text",
    [
        "《2025年工作要点》",
        "沪财〔2025〕6号",
        "沪财[2025]6号",
        "自2018年以来",
        "2019年建成",
        "2015年-2020年",
        "12025年",
        "编号2025",
        "1.2025年",
        "",
    ],
)
def test_history_names_and_numbers_stay(text: str) -> None:
    assert moved(text, 2025) == ()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("2024年已完成", [("2024年", "2025年")]),
        ("2026年继续", [("2026年", "2027年")]),
        ("自2025年起", [("2025年", "2026年")]),
        ("2024年-2026年", [("2024年-2026年", "2025年-2027年")]),
        ("2024至2025年", [("2024至2025年", "2025至2026年")]),
        ("2026-01-15", [("2026-01-15", "2027-01-15")]),
    ],
)
def test_other_years_are_only_proposed(text: str, offered: list[tuple[str, str]]) -> None:
    assert certain(text) == text
    assert proposed(text) == offered


def test_a_range_that_runs_backwards_is_none() -> None:
    assert moved("2025至2019年", 2025) == ()


@given(
    st.text(st.sampled_from("2025４6年度月日-./至《》〔〕自前 底1"), max_size=40),
    st.integers(2020, 2030),
    st.integers(1, 3),
)
def test_mentions_stand_where_they_say_and_apart(text: str, year: int, years: int) -> None:
    found = moved(text, year, years)
    end = 0
    for one in found:
        assert one.start >= end
        assert text.startswith(one.old, one.start)
        end = one.start + len(one.old)
    assert len(put_in(text, found)) == len(text)
