"""Trouble with the disk while the clerk works: told in a sentence, nothing is lost, saved again when it is over."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.presenters.safekeeping import Safekeeping
from desktop.presenters.session import Session
from desktop.store import Store, database
from desktop.store.copies import copies_in
from desktop.store.folder import FILE
from forms.edits import set_text
from forms.known_editions import Editions
from tests.desktop.store.disks import read_only, scratch_disk
from tests.desktop.store.samples import sample
from tests.robot.starting import start_in_trouble
from tests.robot.window import Robot

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),  # the offscreen platform, on dialogs
    pytest.mark.usefixtures("kind_of_disk"),
]
PLACE = "declaration.fields.主管部门"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 3 MB."""
    with scratch_disk(tmp_path / "disk", "3m") as place:
        yield place


def begin(robot: Robot) -> int:
    number = robot.session.add([sample()])[0]
    robot.session.open(number)
    robot.settle()
    return number


def type_in_trouble(robot: Robot, words: str, sentence: str) -> None:
    """Type, and see that it is told that nothing can be saved; go on typing."""
    robot.type(PLACE, "前")
    robot.type(PLACE, "", leave=False)
    robot.commit(words)
    robot.press(Qt.Key.Key_Tab)
    robot.wait(lambda: robot.session.save_state.kind == "failed")
    robot.wait(robot.window.banner.isVisible)
    assert sentence in robot.window.banner.words.text()
    assert "未能保存" in robot.title
    robot.type("declaration.fields.项目名称", "后来的名称")
    assert robot.shown(PLACE) == words
    assert robot.project.name == "后来的名称"


def over(robot: Robot, number: int, words: str, *, by_key: bool = False) -> None:
    """After the trouble all is saved, and the banner goes."""
    if by_key:
        robot.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    else:
        robot.window.banner.button.click()
    robot.wait(lambda: robot.session.save_state.kind == "saved")
    robot.wait(lambda: not robot.window.banner.isVisible())
    robot.wait(lambda: "已保存" in robot.title)
    robot.close()
    with Store.open(robot.bench.folder) as store:
        project = store.load(number).project
    assert project.name == "后来的名称"
    assert project.declaration is not None
    assert project.declaration.fields["主管部门"] == words


def test_a_full_disk(disk: Path, open_window: Callable[..., Robot]) -> None:
    robot = open_window(disk / "data")
    number = begin(robot)
    filler = disk / "filler"
    subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=4k"], check=False, capture_output=True)
    words = "字" * 3000
    type_in_trouble(robot, words, "磁盘已满")
    filler.unlink()
    over(robot, number, words)


def test_another_program_holds_the_file(impatient: None, tmp_path: Path, open_window: Callable[..., Robot]) -> None:
    robot = open_window(tmp_path / "data")
    number = begin(robot)
    robot.session.flush()
    other = sqlite3.connect(tmp_path / "data" / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    type_in_trouble(robot, "占用时填写的", "占用")
    other.execute("ROLLBACK")
    other.close()
    over(robot, number, "占用时填写的", by_key=True)


def test_a_stick_or_share_that_goes_away_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: Callable[..., Robot]
) -> None:
    monkeypatch.setattr(database, "is_fixed_disk", lambda _: False)  # as on a stick or a share: no write-ahead log
    folder = tmp_path / "data"
    robot = open_window(folder)
    number = begin(robot)
    robot.session.flush()
    folder.rename(tmp_path / "拔出")
    type_in_trouble(robot, "断开时填写的", "是否存在")
    (tmp_path / "拔出").rename(folder)
    over(robot, number, "断开时填写的")


def test_a_data_file_that_is_moved_away_under_the_open_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: Callable[..., Robot]
) -> None:
    monkeypatch.setattr(database, "is_fixed_disk", lambda _: True)  # with a write-ahead log
    folder = tmp_path / "data"
    robot = open_window(folder)
    number = begin(robot)
    robot.session.flush()
    (folder / FILE).rename(tmp_path / "移走.db")
    type_in_trouble(robot, "移走时填写的", "不见了")
    told: list[str] = []
    monkeypatch.setattr("desktop.ui.commands.backups.tell", lambda *words: told.extend(words[:2]))
    robot.do("backup")
    robot.wait(lambda: bool(told))
    assert "不见了" in told[1]
    assert not (folder / FILE).exists()
    (tmp_path / "移走.db").rename(folder / FILE)  # no empty file came to be in its place
    over(robot, number, "移走时填写的")


def test_a_folder_that_may_not_be_written_is_told_at_the_start(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    with Store.open(folder) as store:
        store.create(sample())
    seen: list[str] = []
    with read_only(folder):
        assert start_in_trouble(folder, lambda page: seen.append(page.words.text())) == app.ENVIRONMENT
    assert "只读" in seen[0]


def test_what_is_done_unasked_waits_while_another_program_holds_the_file(
    impatient: None, open_window: Callable[..., Robot], tmp_path: Path
) -> None:
    robot = open_window(tmp_path / "data")
    begin(robot)
    robot.session.flush()
    other = sqlite3.connect(robot.bench.folder / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    robot.window.commands.backups.look()
    robot.window.kept_view.keep()
    robot.settle()
    other.execute("ROLLBACK")
    other.close()
    robot.window.commands.backups.look()
    robot.settle()
    assert len(copies_in(robot.bench.folder / "backups")) == 1
    robot.close()


def test_a_clock_that_is_set_back(tmp_path: Path) -> None:
    times = [datetime.fromisoformat("2025-03-05T10:00:00")]
    session = Session(Store.open(tmp_path, clock=lambda: times[0]), Editions())
    number = session.add([sample()])[0]
    project = session.open(number)
    safe = Safekeeping(session, tmp_path)
    safe.make()
    times[0] -= timedelta(days=40)
    session.do(set_text(project, PLACE, "早一月", "改"))
    session.flush()
    assert safe.is_due(times[0])  # the last backup is from the future: how old it is nobody knows
    safe.make()
    found = copies_in(tmp_path / "backups")
    assert len(found) == 2  # neither is thinned away
    session.undo()
    session.redo()
    assert [step.name for step in session.history(number)] == ["改"]
    assert session.close()
    with Store.open(tmp_path) as store:
        assert store.load(number).undo_name == "改"


def test_what_goes_wrong_at_the_end_is_told_at_the_start(
    open_window: Callable[..., Robot], monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = open_window()
    begin(robot)
    (robot.bench.folder / "backups").write_text("a file where the folder should be", encoding="utf-8")
    robot.close()
    robot = open_window()
    robot.window.commands.backups.look()
    assert "上次退出时没有备份成" in robot.window.hint.words.text()
    robot.settle()
    (robot.bench.folder / "backups").unlink()
    robot.close()
    robot = open_window()
    robot.window.commands.backups.look()
    robot.settle()
    assert robot.window.hint.isHidden()
