"""Scores on the page of indicators: they follow what is typed, by formula and by tier; what was declared is locked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMenu

from desktop.ui.pages.indicators import IndicatorsPage
from forms.documents import Evaluation
from forms.edits import set_text
from forms.scoring import TIERS
from tests.forms.checks.bases import BASES
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


@pytest.fixture
def evaluating(robot: Robot) -> Robot:
    """A window with an evaluation made from its declaration, its indicators in sight."""
    robot.session.open(robot.session.add([BASES["申2025"]()])[0])
    robot.settle()
    robot.do("evaluate")
    robot.settle()
    return robot


def evaluation(robot: Robot) -> Evaluation:
    found = robot.project.evaluation
    assert found is not None
    return found


def page(robot: Robot) -> IndicatorsPage:
    found = robot.window.editor.page
    assert isinstance(found, IndicatorsPage)
    return found


def type_into(robot: Robot, at: int, column: str, words: str) -> None:
    assert robot.window.editor.go_to(f"evaluation.indicators[{at}].{column}")
    robot.keys(f"{words}\n")


def act(robot: Robot, name: str) -> None:
    action = page(robot).actions_by_name[name]
    assert action.isVisible()
    action.trigger()
    robot.settle()


def test_a_score_follows_the_actual_value_in_one_step(evaluating: Robot) -> None:
    robot = evaluating
    type_into(robot, 2, "actual", "6场")
    row = evaluation(robot).indicators[2]
    assert (row.actual, row.score) == ("6场", "7.5")
    type_into(robot, 2, "actual", "7场")
    assert evaluation(robot).indicators[2].score == "8.75"
    robot.do("undo")
    row = evaluation(robot).indicators[2]
    assert (row.actual, row.score) == ("6场", "7.5")
    type_into(robot, 2, "score", "7")
    type_into(robot, 2, "actual", "7场")
    assert evaluation(robot).indicators[2].score == "7"
    robot.settle()
    index = page(robot).model.row_index(2, page(robot).model.columns.index("score"))
    tip = page(robot).model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert "完成值 7 ÷ 指标值 8 × 分值 10 = 8.75；填写的得分相差 -1.75" in tip


def test_a_long_reason_leaves_the_other_rows_in_sight_and_is_whole_in_its_tip(evaluating: Robot) -> None:
    robot = evaluating
    reason = "汛期持续降雨，室外活动三次改期，受邀单位未能全部到场。" * 6
    type_into(robot, 2, "reason", reason)
    tree, model = page(robot).tree, page(robot).model
    index = model.row_index(2, model.columns.index("reason"))
    robot.wait(lambda: tree.rowHeight(index.row()) > tree.delegate.least_height())
    assert tree.rowHeight(index.row()) < 8 * tree.fontMetrics().lineSpacing()
    tip = str(model.data(index, Qt.ItemDataRole.ToolTipRole))
    assert reason in tip
    assert tip.startswith("<p>"), "so that its lines are broken, by the rules of Chinese"
    assert evaluation(robot).indicators[2].reason == reason


def test_words_score_by_tier_and_blank_scores_by_formula(evaluating: Robot) -> None:
    robot = evaluating
    robot.window.editor.go_to("evaluation.indicators[4].actual")
    menu = page(robot).actions_by_name["tier"].menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text() == TIERS[0]).trigger()
    robot.settle()
    row = evaluation(robot).indicators[4]
    assert (row.tier, row.score) == (TIERS[0], row.points)
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text() == "不选档次").trigger()
    assert (evaluation(robot).indicators[4].tier, evaluation(robot).indicators[4].score) == ("", "")
    type_into(robot, 2, "actual", "8场")
    robot.session.do(set_text(robot.project, "evaluation.indicators[2].score", "", "清空"))
    act(robot, "score")
    assert evaluation(robot).indicators[2].score == "10"
    assert "已按公式打分 1 条" in robot.window.shell.statusBar().currentMessage()
    act(robot, "score")
    assert "已按公式打分 0 条" in robot.window.shell.statusBar().currentMessage()


def test_what_was_declared_is_locked_until_there_is_a_reason(
    evaluating: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = evaluating
    before = evaluation(robot).indicators[2]
    type_into(robot, 2, "target", "6")
    assert evaluation(robot).indicators[2] == before
    index = page(robot).model.row_index(2, 0)
    assert "已锁定" in page(robot).model.data(index, Qt.ItemDataRole.ToolTipRole)
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *_: ("  ", True))
    robot.window.editor.go_to("evaluation.indicators[2].actual")
    act(robot, "adjust")
    type_into(robot, 2, "target", "6")
    assert evaluation(robot).indicators[2] == before
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *_: ("预算调减", True))
    robot.window.editor.go_to("evaluation.indicators[2].actual")
    act(robot, "adjust")
    robot.window.editor.go_to("evaluation.indicators[2].actual")
    act(robot, "adjust")
    assert "没有锁定" in robot.window.shell.statusBar().currentMessage()
    type_into(robot, 2, "target", "6")
    type_into(robot, 2, "l3", "居民培训场次")
    assert evaluation(robot).indicators[2].target == "≥6.00(场)"
    assert evaluation(robot).extra["change_reasons"]["居民培训场次"] == "预算调减"
    robot.settle()
    assert not any("不一致" in one for one in robot.findings())
