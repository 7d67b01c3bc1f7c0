"""An input method composes in every editor of the window: nothing is handed over before it commits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.pages.indicators import IndicatorsPage
from forms.documents import Declaration, Evaluation, Indicator, Project, empty_narrative
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
COUNT = ("产出指标", "数量指标")
ROW = Indicator(*COUNT, "名称", "≥3.00(场)", "3场", "10", "10", "无")
WORDS = "有数"


@pytest.fixture
def desk(robot: Robot) -> Robot:
    declaration = Declaration("sh-songjiang-declaration-2025", 2025, {"项目名称": "甲"}, indicators=(ROW,))
    evaluation = Evaluation("sh-evaluation-2025", 2025, {"项目名称": "甲"}, indicators=(ROW,))
    project = Project(empty_narrative(), declaration, evaluation)
    robot.session.open(robot.session.add([project])[0])
    robot.settle()
    return robot


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("column", ["l3", "target", "actual", "points", "score", "reason"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape])
def test_in_every_cell_of_the_indicators(desk: Robot, column: str, key: Qt.Key) -> None:
    desk.window.view.go_to(f"evaluation.indicators[0].{column}")
    page = desk.window.editor.page
    assert isinstance(page, IndicatorsPage)
    before = desk.project
    for preedit in ("y", "you", "youshu"):
        compose(desk.focused(), preedit)  # the first key opens the cell
    desk.qtbot.keyClick(desk.focused(), key)
    assert desk.project is before
    compose(desk.focused(), "", WORDS)
    page.commit()
    assert desk.project.evaluation is not None
    assert getattr(desk.project.evaluation.indicators[0], column) == WORDS


@pytest.mark.parametrize("column", [1, 3])
def test_in_the_cells_of_sign_and_unit(desk: Robot, column: int) -> None:
    desk.window.view.go_to("declaration.indicators[0].target")
    page = desk.window.editor.page
    assert isinstance(page, IndicatorsPage)
    page.tree.go_to(page.model.row_index(0, column))
    before = desk.project
    compose(desk.focused(), "ci")
    desk.qtbot.keyClick(desk.focused(), Qt.Key.Key_Return)
    assert desk.project is before
    compose(desk.focused(), "", "次")
    page.commit()
    assert desk.project.declaration is not None
    assert "次" in desk.project.declaration.indicators[0].target


@pytest.mark.parametrize(
    "path",
    [
        "declaration.fields.项目名称",
        "declaration.fields.主管部门",
        "declaration.fields.项目类别",
        "declaration.annual_goal",
        "narrative.sections[0].text",
        "evaluation.actual",
    ],
)
def test_in_every_kind_of_field(pause: int, desk: Robot, path: str) -> None:
    field = desk.field(path)
    editor = field.editor_widget
    editor.setFocus()
    editor.selectAll()
    before = desk.project
    compose(desk.focused(), "youshu")
    assert field.composing
    desk.qtbot.wait(pause)
    assert desk.project is before, "half a word is not the clerk's"
    compose(desk.focused(), "", WORDS)
    assert not field.composing
    desk.window.editor.commit()
    assert desk.shown(path) == WORDS


def test_in_the_boxes_that_narrow_lists(desk: Robot) -> None:
    desk.window.view.go_to("declaration.indicators[0].l3")
    page = desk.window.editor.page
    assert isinstance(page, IndicatorsPage)
    rows: Callable[[], int] = page.model.rowCount
    page.actions_by_name["filter"].trigger()
    everything = rows()
    compose(desk.focused(), "youshu")
    assert rows() == everything
    compose(desk.focused(), "", WORDS)
    assert rows() == 0
    projects = desk.window.projects
    projects.filter.setFocus()
    compose(projects.filter, "youshu")
    assert len(desk.listed()) == 1
    compose(projects.filter, "", "没有")
    desk.wait(lambda: not desk.listed())
