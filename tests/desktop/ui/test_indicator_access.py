"""What a screen reader is told of the indicators, and keys for everything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.presenters.findings import marks_by_path
from forms.checks import Finding, Severity
from forms.documents import Evaluation, Indicator, Project
from tests.desktop.ui.test_indicator_page import COUNT, A, B, Desk, declared

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")


@pytest.fixture
def desk(qtbot: QtBot) -> Callable[..., Desk]:
    return lambda *rows: Desk(qtbot, declared(*rows))


def named(d: Desk, line: int, column: int = 0) -> str:
    """The name of a cell as the system's accessibility hears it; its headers stand before and above the cells."""
    table = QAccessible.queryAccessibleInterface(d.tree)
    cell = table.child((line + 1) * (d.model.columnCount() + 1) + column + 1)
    assert cell is not None
    return str(cell.text(QAccessible.Text.Name))


def said(d: Desk, row: int, column: int = 0) -> str:
    return named(d, d.model.row_index(row).row(), column)


def test_rows_and_cells_have_names(desk: Callable[..., Desk]) -> None:
    d = desk(A, B, Indicator(*COUNT))
    d.marks = marks_by_path(
        [Finding("V12", Severity.CONFIRM, 0, "declaration", "indicators[1].target", "太笼统", "", ())]
    )
    d.page.refresh(d.project, d.marks)
    assert said(d, 0) == "数量指标：a"
    assert [said(d, 0, column) for column in (1, 2, 3)] == ["符号：≥", "数值：3.00", "单位：场"]
    assert said(d, 1) == "数量指标：b，1 处提示：太笼统"
    assert said(d, 1, 2) == "指标值：完成"
    assert said(d, 1, 4) == "太笼统"
    assert (said(d, 2), said(d, 2, 2)) == ("数量指标：未填写", "数值：未填写")


def test_levels_have_names(desk: Callable[..., Desk]) -> None:
    d = desk(A, B)

    def head(name: str) -> str:
        return named(d, d.head(name).row())

    assert head("产出指标") == "一级指标 产出指标，2 条指标"
    assert head("质量指标").startswith("二级指标 质量指标，本版表样一般应有此项")
    d.model.fold(d.head("数量指标"))
    assert head("数量指标") == "二级指标 数量指标，2 条指标，已折叠"


def test_points_of_an_evaluation_have_names(qtbot: QtBot) -> None:
    row = Indicator(*COUNT, "a", points="10")
    d = Desk(qtbot, Project(evaluation=Evaluation("sh-evaluation-2025", 2025, indicators=(row,))))
    d.model.lock([0])
    assert said(d, 0) == "数量指标：a，分值已锁定"
    assert said(d, 0, 5) == "分值：10"
    assert named(d, d.head("数量指标").row(), 5) == "10"


def test_the_focus_is_always_to_be_seen(desk: Callable[..., Desk]) -> None:
    d = desk(A, B)
    d.go(0, "l3")
    QApplication.processEvents()
    with_focus = d.tree.grab().toImage()
    d.page.line.setFocus()
    d.tree.clearFocus()
    QApplication.processEvents()
    assert d.tree.grab().toImage() != with_focus


def test_all_that_can_be_clicked_is_in_the_menu(desk: Callable[..., Desk]) -> None:
    d = desk(A)
    names = {action.objectName() for action in d.page.actions_for_menu()}
    assert {f"indicators.{name}" for name in ("fold", "add", "accept", "accept_one", "evenly", "lock")} <= names
    d.tree.go_to(d.head("数量指标"))
    d.page.actions_by_name["fold"].trigger()
    assert d.model.is_folded(d.head("数量指标"))
    d.page.actions_by_name["fold"].trigger()
    assert not d.model.is_folded(d.head("数量指标"))
    d.go(0, "l3")
    d.page.actions_by_name["fold"].trigger()
    assert d.tree.currentIndex() == d.head("数量指标"), "a row folds the level it is in"
