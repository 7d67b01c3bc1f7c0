"""汇总下级单位 in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.presenters.new_project import make
from desktop.ui.dialogs.rollup import RollUpDialog
from forms.documents import Package, Project
from forms.known_editions import Editions
from forms.package import write_package
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs
EDITIONS = Editions()


def project(name: str, unit: str, goal: str) -> Project:
    made = make(EDITIONS["sh-declaration-2025"], 2026, unit, name)
    return made._replace(declaration=made.declaration._replace(annual_goal=goal))


def test_files_of_units_are_listed_and_taken(robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "报来的文件"
    folder.mkdir()
    for unit in ("甲中心", "乙中心", "丙中心"):
        (folder / f"{unit}.json").write_bytes(write_package(Package((project("培训", unit, "办班8场"),))))
    (folder / "坏.json").write_text("[]", encoding="utf-8")
    robot.session.open(
        robot.session.add([project("培训", "甲中心", "旧的目标"), project("培训", "乙中心", "办班8场")])[0]
    )
    robot.settle()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, RollUpDialog)
        rows = [dialog.tree.topLevelItem(at) for at in range(dialog.tree.topLevelItemCount())]
        results = {row.text(4): row.text(3)[:4] for row in rows if row}
        assert results == {
            "丙中心.json": "新项目",
            "乙中心.json": "相同：与",
            "坏.json": "不能读取",
            "甲中心.json": "内容不同",
        }
        for row in rows:
            assert row is not None
            dialog.tree.setCurrentItem(row)
            assert dialog.line.text() == row.text(3)
            if row.text(4) == "甲中心.json":
                row.setCheckState(0, Qt.CheckState.Unchecked)
                row.setCheckState(0, Qt.CheckState.Checked)
        assert dialog.act.isEnabled()
        dialog.act.click()

    def roll_up() -> None:
        robot.do("rollup")
        robot.settle()

    robot.in_dialog(RollUpDialog, take, then=roll_up)
    robot.settle()
    assert len(robot.listed()) == 3
    assert robot.project.declaration is not None
    assert robot.project.declaration.annual_goal == "办班8场"
    robot.do("undo")
    assert robot.project.declaration is not None
    assert robot.project.declaration.annual_goal == "旧的目标"


def test_an_empty_folder_and_no_folder_say_so(robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    robot.do("rollup")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "没有"))
    robot.do("rollup")
    robot.settle()
    assert "没有可以读取的文件" in robot.window.shell.statusBar().currentMessage()
