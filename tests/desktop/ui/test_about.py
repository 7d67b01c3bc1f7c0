"""帮助 · 关于绩表: version and licences."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox

from desktop.texts import text
from desktop.ui.dialogs.manual import ManualWindow
from desktop.version import version
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def test_about_says_version_and_folder_and_leads_to_the_licences(robot: Robot) -> None:
    said: list[str] = []

    def press(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        assert not box.iconPixmap().isNull()
        next(one for one in box.buttons() if one.text() == text("window.licences")).click()

    robot.in_dialog(QMessageBox, press, then=lambda: robot.do("about"))
    assert version() in said[0]
    assert str(robot.bench.folder) in said[0]
    books = robot.shell.findChildren(ManualWindow)
    assert [book.windowTitle() for book in books] == [text("licences.title")]
    assert "MIT" in books[0].toPlainText()
    books[0].close()
