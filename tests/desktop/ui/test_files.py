"""Asking for files: where the dialogs begin, and what is written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from desktop.ui.dialogs.files import documents
from desktop.ui.dialogs.new_project import NewProjectDialog
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def answering(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Have the system's dialog answer with a path; what it was to begin with is in the list."""
    begun: list[str] = []

    def choose(_window: object, _title: str, begin: str, _kinds: str) -> tuple[str, str]:
        begun.append(begin)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return begun


def test_files_go_to_the_documents_first_and_then_where_the_last_went(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = answering(monkeypatch, tmp_path / "甲.jibiao")
    for _ in range(2):
        with_samples.do("export")
        with_samples.settle()
    assert [Path(one).parent for one in begun] == [documents(), tmp_path]
    assert documents().is_absolute()


def test_a_file_that_gets_its_ending_afterwards_is_not_written_over_unasked(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "甲.jibiao"
    there.write_text("别的", encoding="utf-8")
    answering(monkeypatch, tmp_path / "甲")

    def answer(words: str) -> None:
        def press(box: QDialog) -> None:
            assert isinstance(box, QMessageBox)
            assert "“甲.jibiao”已经有了" in box.text()
            next(one for one in box.buttons() if one.text() == words).click()

        with_samples.in_dialog(QMessageBox, press, then=lambda: with_samples.do("export"))
        with_samples.settle()

    answer("取消")
    assert there.read_text(encoding="utf-8") == "别的"
    answer("替换")
    assert there.read_text(encoding="utf-8") != "别的"


def test_a_file_without_projects_is_told(robot: Robot, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_text('{"format": "jibiao-package", "version": 1, "projects": []}', encoding="utf-8")
    robot.window.take([path])
    robot.wait(lambda: "没有项目" in robot.shell.statusBar().currentMessage())
    assert robot.listed() == []


def test_a_project_without_anything_can_be_looked_at(robot: Robot, tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text('{"format": "jibiao-package", "version": 1, "projects": [{}]}', encoding="utf-8")
    robot.window.take([path])
    robot.wait(lambda: bool(robot.listed()))
    robot.settle()
    assert robot.window.editor.name.text() == "未命名项目"


def test_enter_does_what_most_want_first(robot: Robot) -> None:
    assert robot.focused() is robot.window.start.buttons["new"]
    robot.in_dialog(NewProjectDialog, QDialog.reject, then=lambda: robot.press(Qt.Key.Key_Return))
