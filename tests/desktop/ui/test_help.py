"""打开日志 and 导出问题报告."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.presenters.problem_log import note
from desktop.ui.dialogs.ask import WordsDialog
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def test_the_log_is_shown(robot: Robot) -> None:
    seen: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, WordsDialog)
        seen.append(dialog.lines.toPlainText())
        dialog.reject()

    robot.in_dialog(WordsDialog, read, then=lambda: robot.do("log"))
    note(robot.bench.folder, "ZeroDivisionError")
    robot.in_dialog(WordsDialog, read, then=lambda: robot.do("log"))
    assert seen[0] == "（没有记录）"
    assert "ZeroDivisionError" in seen[1]


@pytest.mark.parametrize("wanted", [True, False])
def test_a_report_is_read_before_it_is_written(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, wanted: bool
) -> None:
    robot, out, seen = with_samples, tmp_path / "报告.txt", list[str]()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(out), ""))

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, WordsDialog)
        seen.append(dialog.lines.toPlainText())
        dialog.accept() if wanted else dialog.reject()

    robot.in_dialog(WordsDialog, read, then=lambda: robot.do("problem"))
    robot.settle()
    assert "项目：12" in seen[0]
    assert not any(name in seen[0] for name in robot.listed())
    assert str(robot.bench.folder) not in seen[0]
    assert out.exists() == wanted
    if wanted:
        assert out.read_text("utf-8-sig") == seen[0]
