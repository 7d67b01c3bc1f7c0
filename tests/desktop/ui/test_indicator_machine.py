"""Any operations in any order, with undo, redo, saving and opening again: the tree shows what the project has."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QEvent, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.presenters.session import Session
from desktop.store import Store
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.pages.indicators import IndicatorsPage
from forms.documents import Evaluation, Indicator, Project
from forms.edits import Edit
from forms.indicators import Rows, change_rows
from forms.known_editions import Editions
from forms.value_suggestions import Suggestion

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
EDITIONS = Editions()
EDITION = EDITIONS["sh-evaluation-2025"]
LEVELS = [*((one.name, two.name) for one in EDITION.taxonomy for two in one.l2), ("怪指标", "甲"), ("产出指标", "乙")]
levels = st.sampled_from(LEVELS)
numbers = st.integers(0, 60)
chosen = st.sets(numbers, min_size=1, max_size=4)
words = st.sampled_from(["", "a", "b", "≥85%", "完成", ">=3", "12", "10\n行"])


class Machine(RuleBasedStateMachine):
    """A page on a real session, and beside it the plain list of states that undo and redo must lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.session = Session(Store.open(Path(self.folder.name)), EDITIONS)
        self.page = IndicatorsPage(self.session, "evaluation")
        self.page.edit_made.connect(self.do)
        self.tester = QAbstractItemModelTester(self.page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        self.page.resize(640, 500)
        self.states: list[Rows] = []
        self.at = 0
        self.kept: dict[int, QPersistentModelIndex] = {}

    @initialize(begin=st.lists(levels, max_size=8))
    def begin(self, begin: list[tuple[str, str]]) -> None:
        rows = tuple(Indicator(*pair, f"r{at}", "≥1.00(场)") for at, pair in enumerate(begin))
        funds = ({"row": "年度资金总额", "分值": "10"},)
        number = self.session.add([Project(evaluation=Evaluation(EDITION.id, 2025, funds=funds, indicators=rows))])[0]
        self.page.show_project(self.session.open(number), {})
        self.page.show()
        self.states = [self.rows]

    @property
    def rows(self) -> Rows:
        project = self.session.project
        assert project is not None
        assert project.evaluation is not None
        return project.evaluation.indicators

    def do(self, edit: Edit) -> None:
        self.session.do(edit)
        self.refresh()
        del self.states[self.at + 1 :]
        self.states.append(self.rows)
        self.at += 1

    def refresh(self) -> None:
        model = self.page.model
        assert model.shown is not None
        kept = {id(row): QPersistentModelIndex(model.row_index(at)) for at, row in enumerate(model.shown.rows)}
        assert self.session.project is not None
        self.page.refresh(self.session.project, {})
        for at, row in enumerate(self.rows):
            index = kept.get(id(row))
            if index is not None and index.isValid():
                assert model.row_of(index) == at, "a row that stayed has kept its index"

    def choose(self, wanted: set[int]) -> list[int]:
        rows = sorted({at % len(self.rows) for at in wanted})
        self.page.tree.select_rows(rows)
        assert self.page.tree.selected_rows() == rows
        return rows

    has_rows = precondition(lambda self: bool(self.rows))

    @rule(pair=levels)
    def add(self, pair: tuple[str, str]) -> None:
        self.page.steps.add_levels(pair)
        assert self.page.tree.current_cell() is not None

    @has_rows
    @rule(wanted=chosen, name=st.sampled_from(["add", "duplicate", "delete", "up", "down", "lock"]))
    def act(self, wanted: set[int], name: str) -> None:
        self.choose(wanted)
        self.page.actions_by_name[name].trigger()

    @rule(name=st.sampled_from(["sort", "evenly", "proportion", "expand", "collapse"]))
    def act_on_all(self, name: str) -> None:
        self.page.actions_by_name[name].trigger()

    @has_rows
    @rule(wanted=chosen, pair=levels)
    def assign(self, wanted: set[int], pair: tuple[str, str]) -> None:
        self.choose(wanted)
        self.page.steps.assign(pair)

    @has_rows
    @rule(wanted=chosen, place=numbers)
    def drag(self, wanted: set[int], place: int) -> None:
        before = sorted((row.l3, row.target) for row in self.rows)
        rows = self.choose(wanted)
        at = place % (len(self.rows) + 1)
        row = self.rows[min(at, len(self.rows) - 1)]
        self.page.steps.put(rows, (row.l1, row.l2), at)
        assert sorted((row.l3, row.target) for row in self.rows) == before, "none is lost or doubled"

    @has_rows
    @rule(at=numbers, column=st.integers(0, 7), text=words)
    def type(self, at: int, column: int, text: str) -> None:
        self.page.model.unfold_row(at % len(self.rows))
        self.page.model.setData(self.page.model.row_index(at % len(self.rows), column), text)

    @has_rows
    @rule(at=numbers)
    def accept(self, at: int) -> None:
        self.choose({at})
        self.page.steps.accept(Suggestion(("≥1", "≥2"), ""))

    @has_rows
    @rule(wanted=st.sets(numbers, min_size=1), text=words)
    def replace_many(self, wanted: set[int], text: str) -> None:
        new = {at % len(self.rows): Indicator("产出指标", "数量指标", text) for at in wanted}
        edit = change_rows("evaluation", self.rows, new, "替换")
        if not edit.is_empty:
            self.do(edit)

    @rule(line=numbers)
    def fold(self, line: int) -> None:
        model = self.page.model
        if model.rowCount():
            self.page.tree.turn(model.index(line % model.rowCount(), 0))

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            if self.session.undo() is not None:
                self.at -= 1
                self.refresh()

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            if self.session.redo() is not None:
                self.at += 1
                self.refresh()

    @rule()
    def save_and_open_again(self) -> None:
        number = self.session.project_id
        assert number is not None
        assert self.session.close()
        self.session = Session(Store.open(Path(self.folder.name)), EDITIONS)
        self.page.show_project(self.session.open(number), {})

    @invariant()
    def the_tree_is_the_form(self) -> None:
        if not self.states:
            return
        assert self.rows == self.states[self.at]
        model = self.page.model
        assert model.shown is not None
        assert model.shown.rows == self.rows
        seen = [model.row_of(model.index(line, 0)) for line in range(model.rowCount())]
        rows = [row for row in seen if row >= 0]
        assert rows == sorted(set(rows))
        hidden = set(range(len(self.rows))) - set(rows)
        assert all(not model.row_index(row).isValid() for row in hidden)
        for row in rows:
            assert model.row_index(row).data() == self.rows[row].l3
        if not any(model.is_folded(model.index(line, 0)) for line in range(model.rowCount())):
            assert not hidden
            fresh = IndicatorModel()
            fresh.show(model.shown, {})
            assert outline(model) == outline(fresh)
            fresh.deleteLater()

    def teardown(self) -> None:
        self.session.close()
        self.tester.deleteLater()
        self.page.close()
        self.page.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.folder.cleanup()


def outline(model: IndicatorModel) -> list[list[object]]:
    """All that a model shows."""
    columns = range(model.columnCount())
    return [[model.index(line, column).data() for column in columns] for line in range(model.rowCount())]


def test_any_operations_in_any_order(qtbot: QtBot) -> None:
    assert qtbot is not None  # there is an application, and its warnings fail this test
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
