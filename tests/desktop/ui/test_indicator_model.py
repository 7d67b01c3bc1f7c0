"""The model tells of every change truly, and of no more than changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.presenters.indicator_cells import Shown
from desktop.ui.models.indicator_model import IndicatorModel
from forms.documents import Declaration, Indicator, Project
from forms.edits import Edit
from forms.indicators import (
    Rows,
    assign,
    change_cell,
    delete,
    duplicate,
    insert_after,
    insert_under,
    move,
    sort_rows,
)
from forms.known_editions import Editions

EDITION = Editions()["sh-songjiang-declaration-2025"]
LEVELS = [(one.name, two.name) for one in EDITION.taxonomy for two in one.l2]
COUNT, QUALITY, TIME = LEVELS[3:6]


def shown(rows: Rows) -> Shown:
    return Shown("declaration", rows, EDITION, 2025)


def rows_of(*names: str) -> Rows:
    """Rows of 数量指标, but those named q… of 质量指标."""
    return tuple(Indicator(*(QUALITY if name[0] == "q" else COUNT), name) for name in names)


def applied(edit: Edit, rows: Rows) -> Rows:
    project = edit.apply(Project(declaration=Declaration(EDITION.id, 2025, indicators=rows)))
    assert project.declaration is not None
    return project.declaration.indicators


def outline(model: IndicatorModel) -> list[list[object]]:
    """All that the model shows, read through Qt's interface."""
    return [
        [model.index(line, column).data() for column in range(model.columnCount())] for line in range(model.rowCount())
    ]


def row_indexes(model: IndicatorModel) -> list[QModelIndex]:
    found = [model.index(line, 0) for line in range(model.rowCount())]
    return [index for index in found if model.row_of(index) >= 0]


class Signals:
    """Counts what the model tells."""

    def __init__(self, model: IndicatorModel) -> None:
        self.told: list[str] = []
        for name in ("rowsInserted", "rowsRemoved", "rowsMoved", "dataChanged", "modelReset"):
            getattr(model, name).connect(lambda *_args, name=name: self.told.append(name))


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[IndicatorModel]:
    model = IndicatorModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    yield model
    tester.deleteLater()
    model.deleteLater()


class TestSignals:
    ROWS = rows_of("a", "b", "c", "q")

    @pytest.mark.parametrize(
        ("edit", "told"),
        [
            (change_cell("declaration", ROWS, 1, "target", "≥1(家)"), ["dataChanged"]),
            (insert_after("declaration", ROWS, 0), ["rowsInserted"]),
            (insert_under("declaration", ROWS, EDITION, TIME), ["rowsInserted", "dataChanged"]),  # it was offered
            (insert_under("declaration", ROWS, EDITION, LEVELS[1]), ["rowsInserted", "dataChanged"]),
            (delete("declaration", ROWS, [0, 1]), ["rowsRemoved"]),
            (delete("declaration", ROWS, [0, 2]), ["rowsRemoved", "rowsRemoved"]),
            (delete("declaration", ROWS, [3]), ["rowsRemoved", "dataChanged"]),
            (duplicate("declaration", ROWS, [0, 1]), ["rowsInserted"]),
            (move("declaration", ROWS, [0], 1), ["rowsMoved"]),
            (move("declaration", ROWS, [2], -1), ["rowsMoved"]),
            (move("declaration", ROWS, [2], 1), ["rowsMoved", "dataChanged"]),
            (assign("declaration", ROWS, EDITION, [0], QUALITY), ["rowsMoved", "dataChanged"]),
        ],
        ids=lambda value: value.name if isinstance(value, Edit) else None,
    )
    def test_few_signals_an_edit(self, model: IndicatorModel, edit: Edit, told: list[str]) -> None:
        model.show(shown(self.ROWS), {})
        signals = Signals(model)
        model.refresh(shown(applied(edit, self.ROWS)), {})
        assert signals.told == told

    def test_nothing_is_told_where_nothing_changed(self, model: IndicatorModel) -> None:
        model.show(shown(self.ROWS), {})
        signals = Signals(model)
        model.refresh(shown(tuple(row._replace() for row in self.ROWS)), {})
        assert signals.told == []

    def test_a_row_that_moves_far_moves_once(self, model: IndicatorModel) -> None:
        model.show(shown(self.ROWS), {})
        signals = Signals(model)
        a, b, c, q = self.ROWS
        model.refresh(shown((b, c, a, q)), {})
        assert signals.told == ["rowsMoved"]

    def test_another_edition_is_shown_from_its_beginning(self, model: IndicatorModel) -> None:
        model.show(shown(self.ROWS), {})
        signals = Signals(model)
        model.refresh(replace(shown(self.ROWS), form="evaluation"), {})
        assert signals.told == ["modelReset"]
        assert model.columnCount() == 9


class TestCells:
    def test_level_lines_cannot_be_typed_into(self, model: IndicatorModel) -> None:
        model.show(shown(rows_of("a")), {})
        assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
        assert not model.setData(model.index(0, 0), "x")
        assert model.index(0, 1).data() == "", "its other cells are blank"

    def test_typing_makes_an_edit_and_changes_nothing_by_itself(self, model: IndicatorModel) -> None:
        rows = rows_of("a")
        model.show(shown(rows), {})
        edits: list[Edit] = []
        model.edit_made.connect(edits.append)
        index = row_indexes(model)[0].siblingAtColumn(2)
        assert model.setData(index, ">=85%")
        assert index.data() == ""
        model.refresh(shown(applied(edits[0], rows)), {})
        assert [index.siblingAtColumn(column).data() for column in range(1, 4)] == ["≥", "85", "%"]
        assert not model.setData(index, "85"), "the same text is no edit"

    def test_words_take_the_place_of_sign_and_unit(self, model: IndicatorModel) -> None:
        model.show(shown((Indicator(*COUNT, "a", "完成"),)), {})
        index = row_indexes(model)[0]
        flags = [bool(model.flags(index.siblingAtColumn(column)) & Qt.ItemFlag.ItemIsEditable) for column in range(5)]
        assert flags == [True, False, True, False, False]
        assert index.siblingAtColumn(2).data() == "完成"

    def test_an_index_of_a_line_that_is_gone_is_harmless(self, model: IndicatorModel) -> None:
        model.show(shown(rows_of("a", "b")), {})
        index = row_indexes(model)[1]
        model.show(None, {})
        assert model.facts(index) is None
        assert model.flags(index) == Qt.ItemFlag.NoItemFlags

    def test_without_a_form_it_is_empty(self, model: IndicatorModel) -> None:
        model.show(None, {})
        assert model.rowCount() == 0


# ---------------------------------------------------------------- random operations

level_pairs = st.sampled_from([*LEVELS[2:6], LEVELS[7], ("产出指标", "其他指标"), ("怪指标", "数量指标")])


@st.composite
def _edits(draw: st.DrawFn) -> object:
    """A function that makes an edit for the rows as they then are."""
    numbers = draw(st.lists(st.integers(0, 30), min_size=1, max_size=4))
    kind = draw(st.sampled_from(["insert", "under", "delete", "copy", "up", "down", "assign", "cell", "sort"]))
    levels = draw(level_pairs)
    name = draw(st.sampled_from(["", "a", "b"]))

    def make(rows: Rows) -> Edit:
        new = [Indicator("", "", name)]
        if not rows or kind == "under":
            return insert_under("declaration", rows, EDITION, levels, new)
        chosen = {number % len(rows) for number in numbers}
        makers: dict[str, Callable[[], Edit]] = {
            "insert": lambda: insert_after("declaration", rows, min(chosen)),
            "delete": lambda: delete("declaration", rows, chosen),
            "copy": lambda: duplicate("declaration", rows, chosen),
            "up": lambda: move("declaration", rows, chosen, -1),
            "down": lambda: move("declaration", rows, chosen, 1),
            "assign": lambda: assign("declaration", rows, EDITION, chosen, levels),
            "cell": lambda: change_cell("declaration", rows, min(chosen), "l3", name),
            "sort": lambda: sort_rows("declaration", rows, EDITION),
        }
        return makers[kind]()

    return make


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(_edits(), max_size=8), st.lists(level_pairs, max_size=8))
def test_the_model_follows_any_edits_and_their_undo(model: IndicatorModel, edits: list, begin: list) -> None:
    rows = tuple(Indicator(*pair, str(at)) for at, pair in enumerate(begin))
    model.show(shown(rows), {})
    states = [rows]
    for make in edits:
        states.append(applied(make(states[-1]), states[-1]))
    for state in [*states[1:], *reversed(states[:-1])]:
        assert model.shown is not None
        kept = {id(row): QPersistentModelIndex(model.row_index(at)) for at, row in enumerate(model.shown.rows)}
        model.refresh(shown(state), {})
        fresh = IndicatorModel()
        fresh.show(shown(state), {})
        assert outline(model) == outline(fresh)
        assert [model.row_of(index) for index in row_indexes(model)] == list(range(len(state)))
        for at, row in enumerate(state):
            index = kept.get(id(row))
            assert index is None or model.row_of(index) == at, "a row that stayed has kept its index"
        fresh.deleteLater()
