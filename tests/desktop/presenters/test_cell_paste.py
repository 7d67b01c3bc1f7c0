"""Cells pasted onto an evaluation, where some are locked and others follow."""

from __future__ import annotations

import pytest

from desktop.exchange.tables import table_of
from desktop.presenters.cell_paste import cell_words, cleared, paste_cells
from desktop.presenters.indicator_cells import COLUMNS, Column, Shown, typed
from forms.cycle.evaluate import reasons, unlocking
from forms.documents import Evaluation, Indicator, Project
from forms.known_editions import Editions

EDITION = Editions()["sh-evaluation-2025"]
LEVELS = "产出指标", "数量指标"
ROWS = (
    Indicator(*LEVELS, "甲", "≥10场", "10", "10", "10"),
    Indicator(*LEVELS, "乙", "≥20场", "20", "10", "10"),
    Indicator(*LEVELS, "丙", "≥30场", "30", "10", "10"),
)
FORM = Evaluation(EDITION.id, 2025, indicators=ROWS)


def shown(form: Evaluation = FORM, locked: frozenset[int] = frozenset()) -> Shown:
    return Shown("evaluation", form.indicators, EDITION, 2025, evaluation=form, locked=locked)


def after(at: Shown, words: str, row: int, column: Column, chosen: tuple[int, ...] = ()) -> Evaluation:
    edit = paste_cells(at, table_of([[words]]), row, column, chosen)
    assert edit is not None
    form = edit.apply(Project(evaluation=at.evaluation)).evaluation
    assert form is not None
    return form


def test_a_locked_row_stays_and_its_neighbours_do_not() -> None:
    form = after(shown(locked=frozenset({1})), "丁", 0, "l3", (0, 1, 2))
    assert [row.l3 for row in form.indicators] == ["丁", "乙", "丁"]


@pytest.mark.parametrize(("column", "words"), [("actual", "15"), ("number", "≥40场"), ("unit", "次"), ("points", "5")])
def test_a_cell_pasted_is_a_cell_typed(column: Column, words: str) -> None:
    edit = typed(shown(), 1, column, words)
    assert edit is not None
    assert after(shown(), words, 1, column) == edit.apply(Project(evaluation=FORM)).evaluation


@pytest.mark.parametrize("column", COLUMNS["evaluation"])
@pytest.mark.parametrize("block", [[["a"]], [["1", "2"]], [["≥1场"], [""]], [["a"] * 9]])
def test_a_block_may_be_pasted_with_the_cursor_anywhere(column: Column, block: list[list[str]]) -> None:
    edit = paste_cells(shown(), table_of(block), 1, column)
    assert edit is None or edit.apply(Project(evaluation=FORM)).evaluation is not None
    if column == "hint":
        assert edit is None


def test_the_reasons_for_changes_go_along_with_the_names() -> None:
    form = FORM
    for row in (0, 1):
        changed = unlocking(form, row, f"理由{row}").apply(Project(evaluation=form)).evaluation
        assert changed is not None
        form = changed
    at = shown(form)
    block = table_of([["新甲"], ["新乙"]])
    edit = paste_cells(at, block, 0, "l3")
    assert edit is not None
    project = Project(evaluation=form)
    changed = edit.apply(project).evaluation
    assert changed is not None
    assert {name: reasons(changed)[name] for name in ("新甲", "新乙")} == {"新甲": "理由0", "新乙": "理由1"}
    assert edit.inverse().apply(project._replace(evaluation=changed)) == project


def test_what_is_copied_and_cut_of_a_cell() -> None:
    assert [cell_words(shown(), 0, one) for one in COLUMNS["evaluation"][:4]] == ["甲", "≥", "≥10场", "场"]
    edit = cleared(shown(), 0, "reason")
    assert edit is None
    edit = cleared(shown(), 0, "number")
    assert edit is not None
    assert edit.name == "剪切单元格"
    assert cleared(shown(locked=frozenset({0})), 0, "l3") is None
    assert cleared(shown(), 0, "hint") is None
