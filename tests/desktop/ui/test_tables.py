"""Summaries, workings, charts and comparisons in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog

from desktop.ui.dialogs.compare import CompareDialog
from desktop.ui.dialogs.table_window import TableWindow
from forms.edits import set_text
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def window(robot: Robot, name: str) -> TableWindow:
    robot.do(name)
    robot.settle()
    return robot.window.shell.findChildren(TableWindow)[-1]


def button(dialog: TableWindow, words: str) -> QAbstractButton:
    return next(one for one in dialog.buttons.buttons() if one.text() == words)


def test_a_summary_is_shown_saved_and_closed(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = with_samples
    shown = window(robot, "summary")
    assert shown.windowTitle().startswith("项目绩效目标汇总表")
    assert shown.document.pageCount() >= 1
    out = tmp_path / "汇总.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    button(shown, "另存为PDF…").click()
    robot.settle()
    assert "项目绩效目标汇总表" in PdfReader(out).pages[0].extract_text().replace(" ", "")
    book = tmp_path / "汇总"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(book), ""))
    button(shown, "另存为Excel…").click()
    robot.settle()
    assert load_workbook(f"{book}.xlsx").worksheets[0]["A1"].value == "项目绩效目标汇总表"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    button(shown, "另存为Excel…").click()
    button(shown, "关闭").click()
    robot.settle()
    assert robot.window.shell.findChildren(TableWindow) == []


def test_results_workings_and_charts_of_evaluations(with_samples: Robot) -> None:
    robot = with_samples
    window(robot, "results").close()
    window(robot, "charts").close()
    robot.do("evaluate")
    shown = window(robot, "working")
    assert shown.windowTitle().startswith("绩效自评得分计算表")
    shown.close()
    robot.settle()


def test_without_evaluation_there_is_no_working(with_samples: Robot) -> None:
    robot = with_samples
    robot.do("working")
    robot.settle()
    assert robot.window.shell.statusBar().currentMessage() == "所选项目中没有自评表，没有可计算的得分。"


def test_the_open_project_is_compared_with_another(with_samples: Robot) -> None:
    robot = with_samples

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, CompareDialog)
        count = dialog.list.count()
        dialog.words.setText("没有这样的项目")
        assert dialog.chosen is None
        assert not dialog.act.isEnabled()
        dialog.words.clear()
        assert dialog.list.count() == count
        dialog.list.setCurrentRow(0)
        dialog.act.click()

    robot.do("copy")
    robot.session.do(set_text(robot.project, "declaration.annual_goal", "改过的目标", "改"))
    robot.in_dialog(CompareDialog, choose, then=lambda: robot.do("compare"))
    robot.settle()
    shown = robot.window.shell.findChildren(TableWindow)[-1]
    assert shown.windowTitle().startswith("对照表")
    shown.close()
    robot.in_dialog(CompareDialog, lambda dialog: dialog.reject(), then=lambda: robot.do("compare"))
    window(robot, "side_by_side").close()
    robot.settle()


def test_alone_there_is_nothing_to_compare_with(robot: Robot) -> None:
    robot.new(name="项目", unit="单位", year=2026, edition="sh-declaration-2025")
    robot.do("compare")
    assert robot.window.shell.statusBar().currentMessage() == "没有可以对照的其他项目或定稿。"
