"""定稿, the list of final copies, stamps and 查验, as a clerk uses them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from desktop.store import Store
from desktop.ui.dialogs.ask import WordsDialog
from desktop.ui.dialogs.final_copies import FinalCopiesDialog
from desktop.ui.dialogs.freeze import FreezeDialog, StampDialog
from desktop.ui.dialogs.verify import VerifyDialog
from forms.check_code import check_code
from forms.known_editions import Editions
from forms.package import parse_package
from forms.printing import read_attachment
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs
GOOD = "公共文化活动配送"


def keep(name: str, widget: QWidget) -> None:
    """A picture of a dialog for whoever wants to look: ``JIBIAO_SHOTS=folder``."""
    import os

    if folder := os.environ.get("JIBIAO_SHOTS"):
        widget.grab().save(f"{folder}/{name}.png")


def freeze(robot: Robot) -> str:
    """Freeze the open project; return what was asked."""
    asked: list[str] = []

    def accept(dialog: QDialog) -> None:
        assert isinstance(dialog, FreezeDialog)
        keep(f"freeze-{len(dialog.lines.toPlainText())}", dialog)
        asked.append(f"{dialog.sentence.text()}\n{dialog.lines.toPlainText()}")
        dialog.accept()

    robot.in_dialog(FreezeDialog, accept, then=lambda: robot.do("final"))
    robot.settle()
    return asked[0]


def read_words(robot: Robot, then: object) -> str:
    """Return what a dialog with words says."""
    told: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, WordsDialog)
        keep("words", dialog)
        told.append(f"{dialog.sentence.text()}\n{dialog.lines.toPlainText()}")
        dialog.reject()

    robot.in_dialog(WordsDialog, read, then=then)  # type: ignore[arg-type]
    return told[0]


def verdict(robot: Robot, typed: str) -> str:
    """Type a code into 查验 and return what it says."""
    found: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, VerifyDialog)
        robot.qtbot.keyClicks(dialog.code, typed)
        robot.qtbot.keyClick(dialog.code, Qt.Key.Key_Return)  # as a scanner does
        robot.wait(dialog.act.isEnabled)
        keep(f"verify-{len(found)}-{typed[:4].strip()}", dialog)
        found.append(f"{dialog.verdict.text()}\n{dialog.changes.toPlainText()}")
        dialog.reject()

    robot.in_dialog(VerifyDialog, look, then=lambda: robot.do("verify"))
    return found[0]


def test_a_code_is_looked_up_for_a_window_that_was_closed(with_samples: Robot) -> None:
    def leave(dialog: QDialog) -> None:
        assert isinstance(dialog, VerifyDialog)
        robot.qtbot.keyClicks(dialog.code, "AAAA-BBBB-CCCC")
        robot.qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
        dialog.reject()

    robot = with_samples
    robot.in_dialog(VerifyDialog, leave, then=lambda: robot.do("verify"))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # it is gone now
    robot.settle()  # an error here would fail the test


@pytest.fixture
def good(with_samples: Robot) -> Robot:
    """A window with a project that can be frozen."""
    robot = with_samples
    robot.open(next(name for name in robot.listed() if name == GOOD))
    return robot


def test_a_project_is_frozen_and_the_next_copy_tells_what_changed(good: Robot) -> None:
    robot = good
    assert "稿 " not in robot.window.editor.facts.text()
    assert "定为第1稿" in freeze(robot)
    assert "第1稿 已定稿" in robot.window.editor.facts.text()
    (copy,) = robot.session.finals.copies()
    frozen = robot.session.finals.frozen(copy.id)
    assert copy.code == check_code(robot.project)
    assert parse_package(frozen.package, "", Editions()).projects == (robot.project,)
    assert parse_package(read_attachment(frozen.pdf), "", Editions()).projects == (robot.project,)
    assert "校验" in frozen.report
    assert "不必再次定稿" in read_words(robot, lambda: robot.do("final"))
    robot.type("declaration.fields.主管部门", "改过的局")
    robot.settle()
    assert "第1稿定稿之后有改动" in robot.window.editor.facts.text()
    asked = freeze(robot)
    assert "定为第2稿" in asked
    assert "改为“改过的局”" in asked
    second, first = robot.session.finals.copies()
    assert (second.number, first) == (2, copy)
    assert robot.session.finals.frozen(first.id) == frozen
    assert "改为“改过的局”" in robot.session.finals.frozen(second.id).differences[0]


@pytest.mark.parametrize("is_open", [True, False])
def test_what_stands_against_it_is_told_at_once_where_it_is_in_sight(with_samples: Robot, *, is_open: bool) -> None:
    robot = with_samples
    bad = next(row.id for row in robot.session.rows() if row.name == "数字文化馆平台运行")
    told: list[str] = []
    go_on = threading.Event()

    def read(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.buttons()[0].click()

    if is_open:
        robot.open("数字文化馆平台运行")
        # The others are still being checked.
        robot.bench.check_jobs.submit("mark", lambda _job: go_on.wait(20), lambda _found: None)
    else:
        robot.window.projects.choose([bad])
        assert robot.session.project_id != bad
    robot.in_dialog(QMessageBox, read, then=lambda: robot.do("final") if is_open else freeze(robot))
    go_on.set()
    assert "不能定稿" in told[0]
    assert robot.session.finals.copies() == []


def test_the_list_opens_saves_compares_and_stamps(good: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = good
    freeze(robot)
    robot.type("declaration.fields.主管部门", "改过的局")
    robot.settle()
    (copy,) = robot.session.finals.copies()
    pdf = robot.session.finals.frozen(copy.id).pdf
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(Path(url.toLocalFile())) or True))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(tmp_path / "again.pdf"), ""))

    def use(dialog: QDialog) -> None:
        assert isinstance(dialog, FinalCopiesDialog)
        dialog.only.setChecked(True)
        assert dialog.table.rowCount() == 1
        assert dialog.table.item(0, 3).text() == copy.code
        dialog.buttons["open"].click()
        dialog.buttons["save"].click()
        assert "改为“改过的局”" in read_words(robot, dialog.buttons["compare"].click)
        assert "校验报告" in read_words(robot, dialog.buttons["report"].click)
        robot.in_dialog(StampDialog, stamp, then=dialog.buttons["stamp"].click)
        keep("finals", dialog)
        assert dialog.table.item(0, 4).text() == "已盖章（2025年3月5日）：一式三份"
        dialog.reject()

    def stamp(dialog: QDialog) -> None:
        assert isinstance(dialog, StampDialog)
        dialog.day.show_value("昨天")
        dialog.act.click()
        assert "不是日期" in dialog.hint.text()
        keep("stamp", dialog)
        dialog.day.show_value("2025年3月5日")
        dialog.note.setText("一式三份")
        dialog.act.click()

    robot.in_dialog(FinalCopiesDialog, use, then=lambda: robot.do("finals"))
    robot.settle()
    assert opened[0].read_bytes() == pdf
    assert (tmp_path / "again.pdf").read_bytes() == pdf
    opened[0].unlink()
    opened[0].parent.rmdir()


def test_an_empty_list_says_how_to_begin(robot: Robot) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, FinalCopiesDialog)
        assert "还没有定稿" in dialog.none.text()
        assert not dialog.buttons["open"].isEnabled()
        dialog.reject()

    robot.in_dialog(FinalCopiesDialog, look, then=lambda: robot.do("finals"))


def test_a_code_tells_what_a_paper_is(good: Robot) -> None:
    robot = good
    before = check_code(robot.project)
    assert "现有的内容完全相同，但这一内容没有定稿" in verdict(robot, before.lower().replace("-", " "))
    freeze(robot)
    told = verdict(robot, before)
    assert f"“{GOOD}”第1稿" in told
    assert "完全相同" in told
    robot.type("declaration.fields.主管部门", "甲局")
    middle = check_code(robot.project)
    robot.type("declaration.fields.主管部门", "乙局")
    told = verdict(robot, before)
    assert "此后改动了 1 处" in told
    assert "改为“乙局”" in told
    told = verdict(robot, middle)
    assert "以前的内容（1 步修改之前）" in told
    assert "“甲局”改为“乙局”" in told
    assert "不是有效的校验码" in verdict(robot, "7K3M")
    assert "都不相同" in verdict(robot, "0000-0000-0000")


def test_frozen_copies_outlive_their_project(good: Robot) -> None:
    robot = good
    freeze(robot)
    number = robot.session.project_id
    robot.do("recycle")
    robot.window.projects.bin.click()
    robot.window.projects.list.selectAll()
    told: list[str] = []

    def read(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        next(one for one in box.buttons() if one.text() == "彻底删除").click()

    robot.in_dialog(QMessageBox, read, then=robot.window.projects.purge.click)
    assert "1 份定稿" in told[0]
    assert robot.session.finals.copies(number)[0].name == GOOD
    robot.close()
    with Store.open(robot.bench.folder) as store:
        assert store.final_copies()[0].name == GOOD
