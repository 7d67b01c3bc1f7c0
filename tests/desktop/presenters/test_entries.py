"""What may be typed into a cell, and the edit it makes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.entries import (
    Entry,
    EntryError,
    EntryKind,
    edit_for,
    is_reachable,
    problem,
    read_amount,
    read_date,
    read_year,
    shown_text,
    stored_text,
)
from forms.documents import Declaration, Period, Project
from forms.edition import Amounts

YUAN, WAN = Amounts("元", 1), Amounts("万元", 10_000)
DATE = Entry("declaration.fields.计划开始日期", EntryKind.DATE, "计划开始日期")
AMOUNT = Entry("declaration.funds.财政资金", EntryKind.AMOUNT, "财政资金", amounts=YUAN)
START = Entry("declaration.overall_period.start", EntryKind.YEAR, "项目总体目标")
END = Entry("declaration.overall_period.end", EntryKind.YEAR, "项目总体目标")
PROJECT = Project(declaration=Declaration("x", 2025, {"计划开始日期": ""}, {}))


def after(entry: Entry, typed: str, *, finished: bool = True, project: Project = PROJECT) -> Project:
    edit = edit_for(project, entry, typed, finished=finished)
    return project if edit is None else edit.apply(project)


@pytest.mark.parametrize(
    "typed",
    ["2025.3.1", "2025年3月1日", "20250301", "2025-03-01", "2025/3/1", "２０２５。３。１", " 2025 年 3 月 1 日 "],
)
def test_dates_in_any_usual_spelling(typed: str) -> None:
    assert read_date(typed) == "2025-03-01"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_reads_back(day: date) -> None:
    assert read_date(day.isoformat()) == day.isoformat()
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_sentence(typed: str) -> None:
    sentence = problem(DATE, typed)
    assert sentence or not read_date(typed) or date.fromisoformat(read_date(typed))


def test_days_that_do_not_exist_are_named() -> None:
    with pytest.raises(EntryError, match="2025年2月没有31日"):
        read_date("2025.2.31")
    with pytest.raises(EntryError, match="不是日期"):
        read_date("明年")


def test_bare_amounts_count_in_the_unit_of_the_form() -> None:
    assert read_amount("75万", YUAN) == "750,000.00"
    assert read_amount("75", WAN) == "75.00"
    assert read_amount("750000元", WAN) == "75.00"
    assert read_amount("", WAN) == ""


def test_years() -> None:
    assert read_year("２０２５年度") == 2025
    for wrong in ("25", "", "0000", "二〇二五"):
        with pytest.raises(EntryError):
            read_year(wrong)


def test_blank_and_zero_are_kept_apart() -> None:
    assert stored_text(after(AMOUNT, "0"), AMOUNT.path) == "0.00"
    assert after(AMOUNT, "") == PROJECT  # an absent key stays absent
    zero = after(AMOUNT, "0")
    assert stored_text(after(AMOUNT, "", project=zero), AMOUNT.path) == ""
    assert "财政资金" in after(AMOUNT, "", project=zero).declaration.funds  # type: ignore[union-attr]


def test_wrong_text_is_kept_when_finished_and_waits_while_typing() -> None:
    assert after(DATE, "2025.2.31", finished=False) == PROJECT
    kept = after(DATE, "2025.2.31")
    assert stored_text(kept, DATE.path) == "2025.2.31"
    assert problem(DATE, "2025.2.31")
    assert not problem(DATE, "2025-02-28")


def test_the_same_again_is_no_edit() -> None:
    once = after(DATE, "20250301")
    assert edit_for(once, DATE, "2025.3.1") is None


def test_edit_is_named_after_the_field() -> None:
    edit = edit_for(PROJECT, DATE, "20250301")
    assert edit is not None
    assert edit.name == "修改“计划开始日期”"


def test_period_comes_into_being_whole() -> None:
    made = after(START, "2025")
    assert made.declaration is not None
    assert made.declaration.overall_period == Period(2025, 2025)
    longer = after(END, "2027", project=made)
    assert longer.declaration is not None
    assert longer.declaration.overall_period == Period(2025, 2027)
    earlier = after(START, "2024", project=longer)
    assert earlier.declaration is not None
    assert earlier.declaration.overall_period == Period(2024, 2027)
    with pytest.raises(EntryError):
        edit_for(made, START, "去年")
    assert edit_for(made, START, "去年", finished=False) is None


def test_places_that_are_not_there() -> None:
    assert stored_text(PROJECT, "evaluation.funds[0].分值") == ""
    assert not is_reachable(PROJECT, "evaluation.funds[0].分值")
    assert is_reachable(PROJECT, AMOUNT.path)


def test_amounts_are_shown_with_their_commas() -> None:
    assert shown_text(AMOUNT, "1515000") == "1,515,000.00"
    assert shown_text(AMOUNT, "1.2.3") == "1.2.3"
    assert shown_text(Entry("x", EntryKind.AMOUNT, "x", amounts=WAN), "75") == "75.00"
