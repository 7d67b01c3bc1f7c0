"""The editor of booklets in the real window."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QPushButton

from desktop.store.folder import FILE
from desktop.ui.dialogs.booklet import BookletDialog
from desktop.ui.dialogs.printing import PrintDialog
from tests.desktop.presenters.test_booklets import SET, project
from tests.desktop.ui.test_finals import verdict
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def button(dialog: QDialog, words: str) -> QPushButton:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    return next(one for one in box.buttons() if one.text() == words)


def test_order_and_words_are_decided_once_and_used_when_printed(
    robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot.session.open(robot.session.add([*SET, project("丙", "0")])[0])
    robot.settle()

    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, BookletDialog)
        assert "编报绩效目标的项目3个，涉及项目预算资金100万元" in dialog.shown.text()
        up, down = dialog.list.actions()
        assert (up.shortcut().toString(), down.shortcut().toString()) == ("Alt+Up", "Alt+Down")
        dialog.list.setCurrentRow(0)
        down.trigger()
        up.trigger()
        up.trigger()
        dialog.list.setCurrentRow(1)
        up.trigger()
        assert [dialog.list.item(at).text() for at in range(3)] == ["1　乙", "2　甲", "3　丙"]
        dialog.heading.setText("某中心绩效目标编报册")
        dialog.statement.setPlainText("共编报4个项目。编报绩效目标的项目4个。")
        robot.qtbot.waitUntil(lambda: "实有3张表" in dialog.remarks.text())
        dialog.usual.click()
        robot.qtbot.waitUntil(lambda: not dialog.remarks.isVisible())
        dialog.heading.setText("某中心绩效目标编报册")
        dialog.insert.menu().actions()[0].trigger()
        assert dialog.statement.toPlainText().startswith("【单位】")
        button(dialog, "保存").click()

    robot.in_dialog(BookletDialog, decide, then=lambda: robot.do("booklet"))
    out = tmp_path / "册.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))

    def to_pdf(dialog: QDialog) -> None:
        assert isinstance(dialog, BookletDialog)
        assert dialog.heading.text() == "某中心绩效目标编报册"
        button(dialog, "另存为PDF…").click()

    def agree(dialog: QDialog) -> None:
        dialog.accept()

    robot.in_dialog(
        BookletDialog,
        to_pdf,
        then=lambda: robot.in_dialog(PrintDialog, agree, then=lambda: robot.do("booklet")),
    )
    robot.settle()
    text = "".join(page.extract_text() for page in PdfReader(out).pages).replace("\n", "").replace(" ", "")
    assert "某中心绩效目标编报册" in text
    assert "某中心按照本市预算绩效管理工作" in text
    assert text.index("乙") < text.index("甲")
    code = text.partition("校验码")[2].lstrip("：:")[:14]
    said = verdict(robot, code)
    assert "编报册“某中心绩效目标编报册”" in said
    assert "共 3 个项目" in said
    assert "完全相同" in said
    robot.type("declaration.fields.主管部门", "改过的局")
    robot.settle()
    assert "此后改动了 1 处" in verdict(robot, code)


def test_without_projects_there_is_nothing_to_bind(robot: Robot) -> None:
    robot.window.commands.booklets.edit()
    robot.settle()
    assert "请先在左栏选中" in robot.window.shell.statusBar().currentMessage()


def test_where_nothing_can_be_kept_it_is_told_and_printed_all_the_same(
    impatient: None, robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot.session.open(robot.session.add(SET)[0])
    robot.settle()
    out = tmp_path / "册.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    told: list[str] = []
    monkeypatch.setattr("desktop.ui.commands.output.tell", lambda *words: told.extend(words[:2]))
    other = sqlite3.connect(robot.bench.folder / FILE)
    other.execute("BEGIN IMMEDIATE")  # another program holds the file
    robot.in_dialog(
        BookletDialog,
        lambda dialog: button(dialog, "另存为PDF…").click(),
        then=lambda: robot.in_dialog(PrintDialog, lambda dialog: dialog.accept(), then=lambda: robot.do("booklet")),
    )
    robot.wait(lambda: bool(told) and out.exists())
    other.close()
    assert "以后不能按校验码查验" in told[0]
    assert "占用" in told[1]
