"""Backups, restore, the second place and 迁移包, as a clerk uses them; and the backups nobody asks for."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from desktop.location import data_folder
from desktop.presenters import open_data
from desktop.presenters.safekeeping import own_folder
from desktop.store.backup import Phase
from desktop.store.copies import copies_in
from desktop.store.folder import FILE
from desktop.texts import RESOURCES
from desktop.ui.dialogs.restore import RestoreDialog
from desktop.ui.dialogs.restoring import RestoringDialog
from desktop.ui.dialogs.take_back import TakeBackDialog
from desktop.ui.jobs import Job
from tests.desktop.store.holding import held_by_another
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def keep(name: str, widget: QWidget) -> None:
    """A picture for whoever wants to look: ``JIBIAO_SHOTS=folder``."""
    if folder := os.environ.get("JIBIAO_SHOTS"):
        widget.grab().save(f"{folder}/{name}.png")


def backups(robot: Robot) -> list[str]:
    return [one.reason for one in copies_in(robot.bench.folder / "backups")]


def restore(robot: Robot, other: Path | None = None, before: Callable[[], object] = lambda: None) -> str:
    """Restore the newest backup, or another file; return what was shown before. ``before``: as it is pressed."""
    shown: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        if other is not None:
            dialog.other.click()
        robot.wait(lambda: dialog.act.isEnabled() or "“" in dialog.facts.text())
        keep("restore", dialog)
        shown.append(f"{dialog.facts.text()}\n{dialog.changes.toPlainText()}")
        before()
        (dialog.act if dialog.act.isEnabled() else dialog.leave).click()

    robot.in_dialog(RestoreDialog, act, then=lambda: robot.do("restore_from"))
    robot.settle()
    return shown[0]


def test_a_backup_is_shown_before_it_is_restored(with_samples: Robot) -> None:
    robot = with_samples
    before = robot.listed()
    robot.do("backup")
    robot.settle()
    assert backups(robot) == ["backup"]
    robot.do("recycle")
    assert robot.listed() != before
    shown = restore(robot)
    assert f"{len(before)} 个项目" in shown
    assert "1 个项目的内容与现在不同" in shown
    assert robot.listed() == before
    assert backups(robot) == ["restored", "backup"]


def take_back(robot: Robot, *names: str, accept: bool = True) -> list[str]:
    """Take projects of the newest backup back; return how all of them were listed."""
    lines: list[str] = []

    def tick(dialog: QDialog) -> None:
        assert isinstance(dialog, TakeBackDialog)
        assert not dialog.act.isEnabled()
        items = dialog._items()
        for name in names:
            dialog.filter.setText(name)
            item = next(one for one in items if not one.isHidden())
            item.setCheckState(Qt.CheckState.Checked)
        dialog.filter.clear()
        lines.extend(one.text() for one in items)
        keep("take-back", dialog)
        if accept:
            dialog.act.click()
        else:
            dialog.reject()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        robot.wait(dialog.part.isEnabled)
        keep("restore-part", dialog)
        robot.in_dialog(TakeBackDialog, tick, then=dialog.part.click)
        if not accept:
            assert dialog.some == []
            dialog.reject()

    robot.in_dialog(RestoreDialog, act, then=lambda: robot.do("restore_from"))
    robot.settle()
    return lines


def test_one_project_comes_back_beside_the_one_that_was_spoilt(with_samples: Robot) -> None:
    robot = with_samples
    before, name = robot.listed(), robot.project.name
    number, good = robot.session.project_id, robot.project
    robot.do("backup")
    robot.settle()
    robot.type("declaration.fields.主管部门", "写坏了")
    spoilt = robot.project
    assert take_back(robot, name, accept=False)[0].startswith(f"与现在不同　{name}")
    assert robot.listed() == before
    take_back(robot, name)
    assert sorted(robot.listed()) == sorted([*before, f"{name}（取自备份）"])
    assert robot.project.name == f"{name}（取自备份）"
    robot.do("undo")  # the name; what stands in it is as it was
    assert robot.project == good
    assert number is not None
    assert robot.session.peek(number) == spoilt
    assert "已取回 1 个项目" in robot.shell.statusBar().currentMessage()


def test_a_project_that_is_gone_comes_back_under_its_name(with_samples: Robot) -> None:
    robot = with_samples
    before, name = robot.listed(), robot.project.name
    robot.do("backup")
    robot.settle()
    robot.do("recycle")
    assert any(line.startswith(f"在回收站中　{name}") for line in take_back(robot, name))
    assert sorted(robot.listed()) == sorted(before)


def test_a_project_of_a_backup_that_cannot_be_read_is_told(
    with_samples: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = with_samples
    before, name = robot.listed(), robot.project.name
    robot.do("backup")
    robot.settle()
    connection = sqlite3.connect(copies_in(robot.bench.folder / "backups")[0].path)
    connection.execute("UPDATE projects SET sum = 1")
    connection.commit()
    connection.close()
    told: list[str] = []
    monkeypatch.setattr("desktop.ui.commands.backups.tell", lambda *words: told.extend(words[:2]))
    take_back(robot, name)
    assert told[0] == "没有取回"
    assert name in told[1]
    assert robot.listed() == before


def test_a_file_that_is_no_backup_is_told(with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    robot, bad = with_samples, tmp_path / "x.db"
    bad.write_bytes(b"nothing of the kind" * 100)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(bad), ""))
    assert "不是绩表的数据文件" in restore(robot, bad)


# ---------------------------------------------------------------- the way back, whole or not at all


class Gate:
    """Has a restore wait after it has told of a phase, until it is opened; the restore itself is the real one."""

    def __init__(self, robot: Robot, monkeypatch: pytest.MonkeyPatch, phase: Phase) -> None:
        self.robot, self.phase = robot, phase
        self.reached, self.open = threading.Event(), threading.Event()
        former = open_data.restored

        def restored(*given: Any) -> Path | None:
            *others, enter = given

            def enter_and_wait(phase: Phase) -> None:
                enter(phase)
                if phase == self.phase:
                    self.reached.set()
                    assert self.open.wait(20)

            return former(*others, enter_and_wait)

        monkeypatch.setattr(open_data, "restored", restored)
        submit = robot.bench.long_jobs.submit

        def begun(slot: str, *given: Any, **more: Any) -> Job:
            """A quick one: the phase is told before whoever submits it goes on."""
            job = submit(slot, *given, **more)
            assert slot != "restore" or self.reached.wait(20)
            return job

        monkeypatch.setattr(robot.bench.long_jobs, "submit", begun)

    def dialog(self) -> RestoringDialog:
        """What the clerk sees meanwhile."""
        self.robot.wait(self.reached.is_set)
        QApplication.processEvents()
        found = QApplication.activeModalWidget()
        assert isinstance(found, RestoringDialog)
        assert found.isModal()
        return found

    def go_on(self) -> None:
        self.open.set()
        self.robot.settle()
        self.robot.wait(lambda: QApplication.activeModalWidget() is None)


def back_up_and_recycle(robot: Robot) -> None:
    """Have a backup that holds one project more than what is there."""
    robot.window.commands.backups.stop()
    robot.do("backup")
    robot.settle()
    robot.do("recycle")
    robot.window.view.open_project(robot.window.projects.listed()[0])
    robot.settle()


def begin(robot: Robot, monkeypatch: pytest.MonkeyPatch, phase: Phase) -> tuple[Gate, list[str]]:
    """Begin to go back to a backup that has one project more; return what stops it, and what is listed now."""
    back_up_and_recycle(robot)
    gate = Gate(robot, monkeypatch, phase)

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        robot.wait(dialog.act.isEnabled)
        dialog.act.click()

    robot.in_dialog(RestoreDialog, act, then=lambda: robot.do("restore_from"))
    return gate, robot.listed()


def goes_on(robot: Robot, listed: list[str]) -> None:
    """What was there is there, is edited and saved."""
    assert robot.listed() == listed
    robot.activate()
    robot.type("declaration.fields.主管部门", "照常填写")
    assert robot.session.flush()
    assert robot.project.declaration.fields["主管部门"] == "照常填写"


def test_the_window_stays_alive_while_a_backup_is_read(with_samples: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = with_samples
    gate, listed = begin(robot, monkeypatch, Phase.READING)
    dialog = gate.dialog()
    assert "读取并核对备份" in dialog.words.text()
    assert dialog.leave.isEnabled()
    keep("restoring", dialog)
    robot.shell.close()  # not now: half of the data would be there
    assert robot.shell.isVisible()
    gate.go_on()
    assert len(robot.listed()) == len(listed) + 1
    assert robot.session.project is None
    assert "已恢复" in robot.shell.statusBar().currentMessage()


@pytest.mark.parametrize("way", [lambda dialog: dialog.leave.click(), lambda dialog: dialog.close()])
def test_a_restore_that_is_called_off(
    with_samples: Robot, monkeypatch: pytest.MonkeyPatch, way: Callable[[RestoringDialog], object]
) -> None:
    robot = with_samples
    gate, listed = begin(robot, monkeypatch, Phase.KEEPING)
    dialog = gate.dialog()
    way(dialog)
    assert dialog.isVisible()  # until everything is as it was
    assert "现有数据原样保留" in dialog.words.text()
    assert not dialog.leave.isEnabled()
    gate.go_on()
    goes_on(robot, listed)


def test_once_the_backup_takes_its_place_there_is_no_way_back(
    with_samples: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = with_samples
    gate, listed = begin(robot, monkeypatch, Phase.PLACING)
    dialog = gate.dialog()
    robot.wait(lambda: not dialog.leave.isEnabled())
    dialog.reject()
    assert "不要关机" in dialog.words.text()
    gate.go_on()
    assert len(robot.listed()) == len(listed) + 1


def told_of_failure(robot: Robot, monkeypatch: pytest.MonkeyPatch, before: Callable[[], object]) -> list[str]:
    """Have a restore fail by what happens as it is begun; return what was told."""
    told: list[str] = []
    monkeypatch.setattr("desktop.ui.commands.backups.tell", lambda *words: told.extend(words[:2]))
    restore(robot, before=before)
    robot.wait(lambda: bool(told))
    return told


def test_a_backup_that_is_damaged_changes_nothing(with_samples: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = with_samples
    back_up_and_recycle(robot)
    listed, file = robot.listed(), copies_in(robot.bench.folder / "backups")[0].path

    def damage() -> None:  # between the look at it and the restore
        whole = file.read_bytes()
        file.write_bytes(whole[:8192] + bytes(4096) + whole[12288:])

    title, sentence = told_of_failure(robot, monkeypatch, damage)
    assert title == "没有恢复"
    assert f"“{file}”已损坏" in sentence
    assert "现有数据原样保留" in sentence
    goes_on(robot, listed)


def test_data_that_another_process_holds_stay(
    impatient: None, with_samples: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = with_samples
    back_up_and_recycle(robot)
    robot.session.flush()
    listed = robot.listed()
    with ExitStack() as held:
        file = robot.bench.folder / FILE
        told = told_of_failure(robot, monkeypatch, lambda: held.enter_context(held_by_another(file)))
    assert "占用" in told[1]
    assert "现有数据原样保留" in told[1]
    goes_on(robot, listed)


def test_on_exit_there_is_a_backup_where_something_changed(open_window: Callable[..., Robot]) -> None:
    robot = open_window()
    robot.close()
    assert backups(robot) == []  # nothing to lose yet
    robot = open_window()
    robot.new(name="甲", unit="单位", year=2025, edition="sh-declaration-2025")
    robot.close()
    assert backups(robot) == ["auto"]
    robot = open_window()
    robot.close()
    assert backups(robot) == ["auto"]


def test_while_work_goes_on_there_is_one_an_hour(with_samples: Robot) -> None:
    robot = with_samples
    robot.window.commands.backups.look()
    robot.settle()
    assert backups(robot) == ["auto"]
    robot.type("declaration.fields.主管部门", "甲局")
    robot.session.flush()
    robot.window.commands.backups.look()
    robot.settle()
    assert backups(robot) == ["auto"]  # not again within the hour
    for path in (robot.bench.folder / "backups").iterdir():
        past = datetime.now().astimezone() - timedelta(hours=2)
        path.rename(path.with_name(f"自动备份 {past:%Y-%m-%d %H%M%S}.db"))
    robot.window.commands.backups.look()
    robot.settle()
    assert backups(robot) == ["auto", "auto"]


def test_before_many_are_imported_there_is_a_backup(with_samples: Robot) -> None:
    robot = with_samples
    robot.window.commands.backups.stop()  # that of the day comes by the clock, on a slow machine in the midst of this
    there = backups(robot)
    robot.window.commands.projects.import_files([RESOURCES / "samples" / "public-culture-2025.json"])
    robot.settle()
    assert backups(robot) == there
    robot.window.commands.projects.samples()
    robot.settle()
    assert sorted(backups(robot)) == sorted(["import", *there])


def test_the_second_place_gets_each_backup_and_is_missed(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, stick = with_samples, tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_more: str(stick))

    def choose(words: str) -> Callable[[QDialog], None]:
        return lambda box: next(
            one
            for one in box.buttons()
            if one.text() == words  # type: ignore[attr-defined]
        ).click()

    robot.in_dialog(QMessageBox, choose("选择文件夹…"), then=lambda: robot.do("second"))
    robot.settle()
    (own,) = stick.iterdir()  # of this computer, user and data folder
    assert own.name.startswith("绩表备份 ")
    assert [one.path.name for one in copies_in(own)] == [
        one.path.name for one in copies_in(robot.bench.folder / "backups")
    ]
    shutil.move(stick, tmp_path / "拔出")  # the stick is pulled out
    robot.do("backup")
    robot.settle()
    assert "第二备份位置没有写成" in robot.shell.statusBar().currentMessage()
    assert robot.window.hint.isHidden()
    long_ago = (datetime.now().astimezone().replace(tzinfo=None) - timedelta(days=9)).isoformat()
    robot.bench.safe._second_at = long_ago
    robot.window.commands.backups.look()
    robot.settle()
    assert "已有 9 天没有更新" in robot.window.hint.words.text()
    keep("hint", robot.shell)
    shutil.move(tmp_path / "拔出", stick)
    robot.do("backup")
    robot.settle()
    assert robot.window.hint.isHidden()
    assert len(copies_in(own)) == 2
    robot.in_dialog(QMessageBox, choose("不再使用"), then=lambda: robot.do("second"))
    assert robot.bench.safe.second is None


def test_several_computers_may_share_a_second_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = set()
    for computer in ("PC01", 'PC/02"'):
        monkeypatch.setenv("COMPUTERNAME", computer)
        names |= {own_folder(tmp_path), own_folder(tmp_path / "other"), own_folder(data_folder())}
    assert len(names) == 6
    assert not any(set(name) & set('/\\:"') for name in names)

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert own_folder(data_folder()).startswith("绩表备份 PC_02_")


def test_everything_goes_to_another_computer_and_back(
    with_samples: Robot, open_window: Callable[..., Robot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, out = with_samples, tmp_path / "搬家.jbpack"
    before = robot.listed()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(out), ""))
    robot.do("pack")
    robot.settle()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [out.name]
    robot.window.projects.list.selectAll()
    robot.do("recycle")
    assert robot.listed() == []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(out), ""))
    assert f"{len(before)} 个项目" in restore(robot, out)
    assert robot.listed() == before


def test_the_folder_of_backups_is_shown(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile()) or True))
    robot.do("backups")
    assert opened == [str(robot.bench.folder / "backups")]
    assert Path(opened[0]).is_dir()


def test_what_was_still_being_looked_at_is_told_to_nobody(with_samples: Robot) -> None:
    robot = with_samples
    robot.do("backup")
    robot.settle()
    robot.in_dialog(RestoreDialog, lambda dialog: dialog.reject(), then=lambda: robot.do("restore_from"))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the dialog is gone now
    robot.settle()  # an error here would fail the test
    assert robot.session.project is not None
