"""A value in three fields, and what typing into them means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.indicator_cells import (
    COLUMNS,
    Column,
    Parts,
    Shown,
    is_editable,
    parts,
    suggestions,
    table_cells,
    text_of,
    typed,
)
from forms.documents import Indicator
from forms.edition import Edition
from forms.edits import Put
from forms.known_editions import Editions

EDITIONS = Editions()
BRACKETS = EDITIONS["sh-songjiang-declaration-2025"]
BARE = EDITIONS["sh-declaration-2022"]


def after(target: str, column: Column, text: str, edition: Edition = BRACKETS) -> str | None:
    """The value after typing into a column; None where that is no edit."""
    shown = Shown("declaration", (Indicator("产出指标", "数量指标", "a", target),), edition, 2025)
    edit = typed(shown, 0, column, text)
    if edit is None:
        return None
    (change,) = edit.changes
    assert isinstance(change, Put)
    assert change.path == ("declaration", "indicators", 0, "target")
    return change.new


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("≥85.00(%)", Parts("≥", "85.00", "%")),
        ("＞＝ 85％", Parts("≥", "85", "％")),
        ("=100", Parts("=", "100", "")),
        ("12次", Parts("", "12", "次")),
        ("  ", Parts()),
        ("≥", Parts("≥", "", "")),
        (">=(家)", Parts("≥", "", "家")),
        ("完成", Parts("", "完成", "", words=True)),
        ("2025年12月31日前", Parts("", "2025年12月31日前", "", words=True)),
        ("≥完成", Parts("", "≥完成", "", words=True)),
    ],
)
def test_parts(target: str, found: Parts) -> None:
    assert parts(target) == found


@pytest.mark.parametrize(
    "text", [">=85%", "≥85.00(%)", "不低于85％", "完成", "2025年12月31日前", " １２３．５ ", "90", "=SUM(A1)"]
)
def test_a_whole_value_is_kept_to_the_character(text: str) -> None:
    assert after("", "number", text) == text
    assert after("完成了", "number", text) == text


def test_a_value_with_a_sign_replaces_the_whole() -> None:
    assert after("≥85.00(%)", "number", "<=30天") == "<=30天"
    assert after("≥85.00(%)", "number", "通过") == "通过"
    assert after("≥85.00(%)", "number", "") == ""


@pytest.mark.parametrize(
    ("target", "column", "text", "value"),
    [
        ("≥85.00(%)", "number", "90", "≥90.00(%)"),
        ("≥85.00(%)", "number", "９０。5", "≥90.50(%)"),
        ("≥85.00(%)", "sign", "=", "=85.00(%)"),
        ("≥85.00(%)", "sign", "", "85.00(%)"),
        ("≥85.00(%)", "unit", "家", "≥85.00(家)"),
        ("≥85.00(%)", "unit", "（家）", "≥85.00(家)"),
        ("≥85.00(%)", "unit", "", "≥85.00"),
        ("90", "sign", "≥", "≥90.00"),
        ("", "sign", "≥", "≥"),
        ("≥", "unit", "家", "≥(家)"),
        ("≥(家)", "number", "3", "≥3.00(家)"),
        ("", "unit", "家", "(家)"),
    ],
)
def test_one_field_of_three_builds_the_value_in_the_style_of_the_edition(
    target: str, column: Column, text: str, value: str
) -> None:
    assert after(target, column, text) == value


def test_an_older_edition_writes_bare_units_and_ascii_signs() -> None:
    assert after(">=85%", "number", "90", BARE) == ">=90%"
    assert after("", "sign", "≥", BARE) == ">="
    assert after(">=", "unit", "家", BARE) == ">=家"
    assert after(">=家", "number", "3", BARE) == ">=3家"


def test_an_odd_unit_is_kept_as_typed() -> None:
    assert after("≥85.00(%)", "unit", "家(次)和(份") == "≥85.00(家(次)和(份)"


@given(st.text(), st.sampled_from(["l3", "sign", "number", "unit"]))
def test_what_was_not_touched_makes_no_edit(target: str, column: Column) -> None:
    row = Indicator("产出指标", "数量指标", "a", target)
    assert typed(Shown("declaration", (row,), BRACKETS, 2025), 0, column, text_of(row, column)) is None


@given(st.text())
def test_any_text_typed_over_words_is_the_value(text: str) -> None:
    assert after("完成", "number", text) in (text, None)


def test_other_columns() -> None:
    row = Indicator("产出指标", "数量指标", "a", "完成", "12次", "10", "9.5", "无")
    shown = Shown("evaluation", (row,), EDITIONS["sh-evaluation-2022"], 2023)
    assert [text_of(row, column) for column in COLUMNS["evaluation"]] == [
        "a",
        "",
        "完成",
        "",
        "12次",
        "10",
        "9.5",
        "无",
        "",
    ]
    assert [column for column in COLUMNS["evaluation"] if not is_editable(row, column)] == ["sign", "unit", "hint"]
    edit = typed(shown, 0, "points", " 20 ")
    assert edit is not None
    assert edit.name == "修改指标“a”的分值"


def test_a_suggestion_knows_its_row() -> None:
    rows = (
        Indicator("产出指标", "数量指标", "参与单位", "35家以上"),
        Indicator("产出指标", "时效指标", "完成", "=2(季度)"),
    )
    shown = Shown("declaration", rows, BRACKETS, 2025)
    assert suggestions(shown, 0)[0].texts == ("≥35.00(家)",)
    assert suggestions(shown, 1)[0].texts == ("2025年6月30日前",)


def test_a_table_for_a_spreadsheet() -> None:
    rows = (Indicator("产出指标", "数量指标", 'a\t"b"\nc', "≥1(家)", "2家", "10", "10", "无"),)
    assert table_cells("declaration", rows) == [["产出指标", "数量指标", 'a\t"b"\nc', "≥1(家)"]]
    assert table_cells("evaluation", rows)[0][4:] == ["2家", "10", "10", "无"]
