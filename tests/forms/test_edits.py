"""Edits: applied, taken back, refused when stale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.documents import Declaration, Indicator, Project, get, parse_path
from forms.edits import Edit, Put, Splice, StaleEditError, set_text
from tests.strategies import edits, projects

ROWS = tuple(Indicator("产出指标", "数量指标", f"指标{n}") for n in range(4))
PROJECT = Project(declaration=Declaration("x", 2025, {"项目名称": "甲"}, indicators=ROWS))
INDICATORS = ("declaration", "indicators")


@given(projects(), st.data())
def test_an_edit_and_its_inverse_give_the_same_project(project: Project, data: st.DataObject):
    edit = data.draw(edits(project))
    changed = edit.apply(project)
    assert edit.inverse().apply(changed) == project
    assert edit.inverse().inverse() == edit
    assert edit.inverse().name == edit.name
    if edit.is_empty:
        assert changed == project


@given(projects(), st.data())
def test_redo_after_undo_gives_the_changed_project(project: Project, data: st.DataObject):
    edit = data.draw(edits(project))
    changed = edit.apply(project)
    assert edit.inverse().inverse().apply(edit.inverse().apply(changed)) == changed


def test_set_text():
    edit = set_text(PROJECT, "declaration.fields.项目名称", "乙\x07\r\n丙", "修改“项目名称”")
    assert edit == Edit("修改“项目名称”", (Put(("declaration", "fields", "项目名称"), "甲", "乙\n丙"),))
    assert edit.apply(PROJECT).name == "乙\n丙"
    assert not edit.is_empty


def test_set_text_of_an_absent_key_and_taking_a_key_away():
    edit = set_text(PROJECT, "declaration.fields.主管部门", "某局", "填写")
    filled = edit.apply(PROJECT)
    assert get(filled, parse_path("declaration.fields.主管部门")) == "某局"
    assert edit.inverse().apply(filled) == PROJECT
    assert set_text(filled, "declaration.fields.主管部门", None, "删去").apply(filled) == PROJECT


def test_set_text_to_what_stands_there_is_empty():
    assert set_text(PROJECT, "declaration.fields.项目名称", "甲", "修改").is_empty


@pytest.mark.parametrize(("where", "error"), [("declaration..x", ValueError), ("evaluation.expected", LookupError)])
def test_set_text_at_no_place(where: str, error: type[Exception]):
    with pytest.raises(error):
        set_text(PROJECT, where, "x", "修改")


def test_splice_replaces_inserts_and_removes():
    new = Indicator("效益指标", "社会效益指标", "新")
    replaced = Splice(INDICATORS, 1, ROWS[1:3], (new,)).apply(PROJECT)
    assert get(replaced, INDICATORS) == (ROWS[0], new, ROWS[3])
    inserted = Splice(INDICATORS, 4, (), (new,)).apply(PROJECT)
    assert get(inserted, INDICATORS) == (*ROWS, new)
    removed = Splice(INDICATORS, 0, ROWS, ()).apply(PROJECT)
    assert get(removed, INDICATORS) == ()
    assert Edit("", (Splice(INDICATORS, 1, ROWS[1:2], ROWS[1:2]),)).is_empty
    assert not Edit("", (Splice(INDICATORS, 1, ROWS[1:2], ()),)).is_empty


@pytest.mark.parametrize(
    "change",
    [
        Put(("declaration", "fields", "项目名称"), "别的", "乙"),
        Put(("declaration", "fields", "主管部门"), "", "乙"),  # absent is not blank
        Put(("evaluation", "expected"), "", "乙"),
        Put(("declaration", "indicators", 4, "target"), "", "乙"),
        Splice(INDICATORS, 1, ROWS[:1], ()),
        Splice(INDICATORS, 3, (ROWS[3], ROWS[3]), ()),
        Splice(INDICATORS, 5, (), ROWS[:1]),
        Splice(INDICATORS, -1, (), ROWS[:1]),
        Splice(("declaration", "fields"), 0, (), ("x",)),
        Splice(("evaluation", "indicators"), 0, (), ()),
    ],
)
def test_a_stale_edit_is_refused_whole(change: Put | Splice):
    first = Put(("declaration", "annual_goal"), "", "目标")
    with pytest.raises(StaleEditError):
        Edit("两处", (first, change)).apply(PROJECT)
    assert PROJECT.declaration is not None
    assert PROJECT.declaration.annual_goal == ""


def test_the_inverse_goes_backwards():
    edit = Edit(
        "两次", (Put(("declaration", "annual_goal"), "", "一"), Put(("declaration", "annual_goal"), "一", "二"))
    )
    changed = edit.apply(PROJECT)
    assert get(changed, ("declaration", "annual_goal")) == "二"
    assert edit.inverse().apply(changed) == PROJECT
