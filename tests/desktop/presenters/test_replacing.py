"""Find and replace in the texts of projects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.replacing import MOST, Match, Query, Scope, find, replacing, spans
from forms.documents import Declaration, Evaluation, Indicator, Narrative, Project, Section
from tests.strategies import plain_projects

ROW = Indicator("产出指标", "数量指标", "讲座场次", "≥12场", "讲座 12 场", reason="讲座改期")
PROJECT = Project(
    Narrative((Section("一、项目概述", "举办讲座。\n讲座面向居民。"),)),
    Declaration(
        "sh-declaration-2025",
        2025,
        {"项目名称": "社区讲座"},
        {"财政资金": "讲座"},
        annual_goal="讲座12场",
        indicators=(ROW,),
    ),
    Evaluation("sh-evaluation-2025", 2025, {"项目名称": "社区讲座"}, expected="讲座", actual="讲座"),
)


def matches(words: str, scope: Scope = "project", *, loose: bool = True) -> tuple[Match, ...]:
    return find({7: PROJECT}, Query(words, scope, loose)).matches


def test_all_texts_are_looked_through_but_amounts() -> None:
    assert [one.where for one in matches("讲座")] == [
        "申报表 · 项目名称",
        "申报表 · 年度总体目标",
        "申报表 · 第 1 条指标的名称",
        "申报表 · 第 1 条指标的实际完成值",
        "申报表 · 第 1 条指标的偏差原因",
        "自评表 · 项目名称",
        "自评表 · 预期目标",
        "自评表 · 实际完成情况",
        "经费说明 · 一、项目概述",
        "经费说明 · 一、项目概述",
    ]
    assert {one.project for one in matches("讲座")} == {7}


def test_only_the_indicators() -> None:
    assert [one.path[-1] for one in matches("讲座", "indicators")] == ["l3", "actual", "reason"]


def test_what_stands_around_is_shown() -> None:
    second = matches("讲座")[-1]
    assert (second.before, second.found, second.behind) == ("举办讲座。↵", "讲座", "面向居民。")
    long = Project(declaration=Declaration("x", 1, annual_goal="前" * 50 + "a" + "后" * 50))
    far = find({1: long}, Query("a", "project"))
    assert far.matches[0].before == "…" + "前" * 24
    assert far.matches[0].behind == "后" * 24 + "…"


@pytest.mark.parametrize(
    ("words", "wanted", "loose", "found"),
    [
        ("１２场和12场", "12", True, [(0, 2), (4, 6)]),
        ("１２场和12场", "12", False, [(4, 6)]),
        ("ＡbC abc", "abc", True, [(0, 3), (4, 7)]),
        ("（元）", "(元)", True, [(0, 3)]),
        ("㎡", "m", True, []),
        ("㎡", "m2", True, [(0, 1)]),
        ("㎡m", "m", True, [(1, 2)]),
        ("aaa", "aa", True, [(0, 2)]),
        ("aaa", "aa", False, [(0, 2)]),
        ("abc", "", True, []),
        ("Straße", "STRASSE", True, [(0, 6)]),
    ],
)
def test_width_and_case(words: str, wanted: str, loose: bool, found: list[tuple[int, int]]) -> None:
    assert list(spans(words, wanted, loose=loose)) == found


@given(st.text(alphabet="aAａ１1①㎡讲 \n", max_size=20), st.text(alphabet="aAａ１1①㎡讲", min_size=1, max_size=3))
def test_matches_do_not_overlap_and_are_what_was_looked_for(words: str, wanted: str) -> None:
    import unicodedata

    def plain(text: str) -> str:
        return unicodedata.normalize("NFKC", text).casefold()

    end = 0
    for start, stop in spans(words, wanted, loose=True):
        assert start >= end
        assert plain(words[start:stop]) == plain(wanted)
        end = stop


def test_one_edit_replaces_what_was_chosen_and_can_be_taken_back() -> None:
    chosen = [one for one in matches("讲座") if one.path[0] == "narrative"][1:]
    edit = replacing(PROJECT, chosen, "课程")
    assert edit is not None
    assert edit.name == "替换为“课程”（1 处）"
    changed = edit.apply(PROJECT)
    assert changed.narrative is not None
    assert changed.narrative.sections[0].text == "举办讲座。\n课程面向居民。"
    assert edit.inverse().apply(changed) == PROJECT


def test_several_in_one_text() -> None:
    edit = replacing(PROJECT, matches("讲座"), "x")
    assert edit is not None
    assert not find({1: edit.apply(PROJECT)}, Query("讲座", "project")).matches


def test_what_changed_meanwhile_stays() -> None:
    found = matches("讲座")
    other = Project(declaration=Declaration("sh-declaration-2025", 2025, {"项目名称": "改过的讲座"}))
    assert replacing(other, found, "x") is None
    assert replacing(PROJECT, found, "讲座") is None


def test_control_characters_do_not_come_in() -> None:
    edit = replacing(PROJECT, matches("12场", "project")[:1], "a\x00b\r\n")
    assert edit is not None
    assert edit.changes[0].new == "讲座ab\n"  # type: ignore[union-attr]


def test_a_flood_is_cut_and_said() -> None:
    flood = Project(declaration=Declaration("x", 1, annual_goal="a" * (MOST + 1)))
    found = find({1: flood}, Query("a", "project"))
    assert len(found.matches) == MOST
    assert found.more
    assert find({1: flood}, Query("", "project")).matches == ()
    assert find({1: flood}, Query("a", "project"), lambda _made, _total: False).matches == ()


@given(plain_projects(4), st.sampled_from(["完成", "1", "绩", "=", "\n"]), st.booleans())
def test_replacing_by_the_same_characters_in_other_width_is_undone_exactly(
    project: Project, words: str, loose: bool
) -> None:
    found = find({1: project}, Query(words, "project", loose)).matches
    edit = replacing(project, found, "替")
    if edit is not None:
        assert edit.inverse().apply(edit.apply(project)) == project
