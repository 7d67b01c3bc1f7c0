"""Documents: paths, reading and writing at a path, typed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.documents import (
    NARRATIVE_TITLES,
    UNFIT,
    Declaration,
    Evaluation,
    Indicator,
    Project,
    clean_text,
    empty_narrative,
    format_path,
    get,
    parse_path,
    put,
)
from tests.strategies import places, projects

DECLARATION = Declaration("sh-declaration-2025", 2025, {"项目名称": "甲", "实施单位": "乙中心"})
EVALUATION = Evaluation("sh-evaluation-2025", 2026, {"项目名称": "丙"}, funds=({"row": "年度资金总额"},))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ()),
        ("declaration", ("declaration",)),
        ("declaration.fields.主管部门", ("declaration", "fields", "主管部门")),
        ("evaluation.funds[0].全年执行数", ("evaluation", "funds", 0, "全年执行数")),
        ("narrative.sections[12].text", ("narrative", "sections", 12, "text")),
        ("[0][1]", (0, 1)),
    ],
)
def test_paths_are_read_and_written(text: str, path: tuple[str | int, ...]):
    assert parse_path(text) == path
    assert format_path(path) == text


@pytest.mark.parametrize(
    "text", [".a", "a.", "a..b", ".", "a[0]b", "a[", "a[]", "a[-1]", "a[x]", "a]", "a[01]", "a.[0]", "a[٣]"]
)
def test_what_is_no_path_is_refused(text: str):
    with pytest.raises(ValueError, match="no path"):
        parse_path(text)


@given(st.text(st.sampled_from("ab.[]019项")))
def test_a_path_has_one_text(text: str):
    try:
        path = parse_path(text)
    except ValueError:
        return
    assert format_path(path) == text


_LABELS = st.text(min_size=1).filter(lambda label: not set(label) & set(".[]"))


@given(st.lists(st.integers(0, 99) | _LABELS))
def test_the_text_of_a_path_gives_the_path(steps: list[str | int]):
    assert parse_path(format_path(tuple(steps))) == tuple(steps)


@given(projects(), st.data())
def test_put_what_stands_there_changes_nothing(project: Project, data: st.DataObject):
    path = data.draw(st.sampled_from(places(project)))
    assert put(project, path, get(project, path)) == project


def test_put_changes_one_place_of_a_copy():
    project = Project(declaration=DECLARATION)
    changed = put(project, parse_path("declaration.fields.项目名称"), "新名称")
    assert changed.declaration.fields == {"项目名称": "新名称", "实施单位": "乙中心"}
    assert project.declaration == DECLARATION
    assert DECLARATION.fields["项目名称"] == "甲"


def test_none_takes_a_key_away_and_an_absent_key_reads_as_none():
    project = Project(declaration=DECLARATION)
    place = parse_path("declaration.fields.项目名称")
    without = put(project, place, None)
    assert without.declaration.fields == {"实施单位": "乙中心"}
    assert get(without, place) is None
    assert put(without, place, None) == without


def test_put_in_a_list():
    rows = (Indicator("产出指标", "数量指标"), Indicator("产出指标", "质量指标"))
    project = Project(declaration=Declaration("x", 2025, indicators=rows))
    changed = put(project, parse_path("declaration.indicators[1].target"), "≥1.00(场)")
    assert changed.declaration.indicators == (rows[0], Indicator("产出指标", "质量指标", target="≥1.00(场)"))


@pytest.mark.parametrize(
    "path",
    [
        ("nothing",),
        ("declaration", "name"),  # a property is no part
        ("declaration", 0),
        ("declaration", "indicators", 0),
        ("declaration", "indicators", "first"),
        ("evaluation", "funds", 1),
        ("evaluation", "funds", -1),
        ("evaluation", "fields", "项目名称", "x"),
        ("narrative", "sections"),
    ],
)
def test_a_path_that_leads_nowhere(path: tuple[str | int, ...]):
    project = Project(declaration=DECLARATION, evaluation=EVALUATION)
    with pytest.raises(LookupError):
        get(project, path)
    with pytest.raises(LookupError):
        put(project, path, "x")


def test_name_unit_and_year_are_those_of_the_first_form():
    both = Project(declaration=DECLARATION, evaluation=EVALUATION)
    assert (both.name, both.unit, both.year) == ("甲", "乙中心", 2025)
    assert [kind for kind, _ in both.forms] == ["declaration", "evaluation"]
    only = Project(evaluation=EVALUATION)
    assert (only.name, only.unit, only.year) == ("丙", "", 2026)
    none = Project(narrative=empty_narrative())
    assert (none.name, none.unit, none.year, none.forms) == ("", "", None, ())


def test_documents_do_not_change():
    with pytest.raises(AttributeError):
        DECLARATION.year = 2026  # type: ignore[misc]  # what the test is about


def test_an_empty_narrative_has_the_seven_headings():
    narrative = empty_narrative()
    assert tuple(section.title for section in narrative.sections) == NARRATIVE_TITLES
    assert len(NARRATIVE_TITLES) == 7
    assert {section.text for section in narrative.sections} == {""}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("软\v回\f车\x85行\u2028段\u2029", "软\n回\n车\n行\n段\n"),
        ("响\x07铃\x00删\x7f半\ud800字", "响铃删半字"),
        ("制表\t符、全角　空格、𠮷", "制表\t符、全角　空格、𠮷"),
        ("①≥85.00（%）…", "①≥85.00（%）…"),
    ],
)
def test_typed_text_loses_control_characters_only(typed: str, kept: str):
    assert clean_text(typed) == kept


@given(st.text(st.characters()))
def test_clean_text_is_fit_for_a_file(text: str):
    cleaned = clean_text(text)
    assert UNFIT.search(cleaned) is None
    assert clean_text(cleaned) == cleaned
