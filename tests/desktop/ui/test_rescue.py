"""A damaged database at the start: what can be done is shown on a page, and done."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.store import Store, StoreError
from desktop.store.folder import FILE
from desktop.ui.shell import Shell
from desktop.ui.widgets.trouble import TroublePage
from tests.benchmarks import damage
from tests.robot.starting import start_in_trouble

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def spoil(folder: Path, at: int, to: int | None = None) -> bytes:
    """Wipe a stretch of the database out, or cut it off there."""
    path = folder / FILE
    data = bytearray(path.read_bytes())
    if to is None:
        del data[at:]
    else:
        data[at:to] = bytes(to - at)
    path.write_bytes(data)
    return bytes(data)


def run(folder: Path, choose: Callable[[TroublePage], None]) -> int:
    """Run the program, do something on the page when its ways are shown, and close the window once it stands."""
    application = app.application()

    def look() -> None:
        shells = [one for one in QApplication.topLevelWidgets() if isinstance(one, Shell) and one.isVisible()]
        pages = [page for one in shells for page in one.findChildren(TroublePage)]
        if any(one.inside is not None for one in shells):
            shells[0].close()
        elif pages and (pages[0].way_buttons or "没有可用的备份" in pages[0].more.text()):
            if where := os.environ.get("JIBIAO_SHOTS"):
                shells[0].grab().save(f"{where}/rescue.png")
            choose(pages[0])
            if shells[0].isVisible():
                QTimer.singleShot(50, application, look)
        elif shells:
            QTimer.singleShot(20, application, look)

    QTimer.singleShot(0, application, look)
    return app.run(folder)


def names(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        assert store.examine() == ()
        return [row.name for row in store.projects()]


def test_the_newest_backup_takes_the_place_of_what_is_cut_off(qtbot: QtBot, tmp_path: Path) -> None:
    damage.make(tmp_path)
    left = spoil(tmp_path, 150_000)
    said: list[str] = []

    def choose(page: TroublePage) -> None:
        said.append(page.findChildren(type(page.words))[-1].text())
        page.way_buttons[0].click()

    assert run(tmp_path, choose) == 0
    assert len(names(tmp_path)) == 5
    (aside,) = (tmp_path / "backups").glob("损坏的数据*")
    assert aside.read_bytes() == left
    assert not (tmp_path / "rescued.db").exists()


def test_where_all_can_be_read_that_comes_first(qtbot: QtBot, tmp_path: Path) -> None:
    damage.make(tmp_path)
    spoil(tmp_path, 40, 99)  # the header: the mark of our databases and the number of the version are gone
    acts: list[str] = []

    def choose(page: TroublePage) -> None:
        acts.extend(button.text() for button in page.way_buttons)
        page.way_buttons[0].click()

    assert run(tmp_path, choose) == 0
    assert acts == ["使用读出的内容", "恢复这份备份"]
    with Store.open(tmp_path) as store:
        assert store.load(1).head == 61  # the backup has one step fewer


@pytest.mark.parametrize(
    "damaged",
    ["projects SET changed_at = 'gestern' WHERE id = 3", "settings SET value = '{'"],
)
def test_what_keeps_the_window_from_being_filled_is_told(qtbot: QtBot, tmp_path: Path, damaged: str) -> None:
    damage.make(tmp_path)
    db = sqlite3.connect(tmp_path / FILE)
    db.execute(f"UPDATE {damaged}")
    db.commit()
    db.close()

    def choose(page: TroublePage) -> None:
        assert "已损坏" in page.words.text()
        next(button for button in page.way_buttons if button.text() == "使用读出的内容").click()

    assert run(tmp_path, choose) == 0
    assert len(names(tmp_path)) == 5


@pytest.mark.parametrize(("way", "count"), [("恢复这份备份", 5), ("从空白开始", 0)])
def test_a_file_that_is_gone_is_told_and_never_silently_made_anew(
    qtbot: QtBot, tmp_path: Path, way: str, count: int
) -> None:
    damage.make(tmp_path)
    (tmp_path / FILE).unlink()

    def choose(page: TroublePage) -> None:
        assert "不见了" in page.words.text()
        next(button for button in page.way_buttons if button.text() == way).click()

    assert run(tmp_path, choose) == 0
    assert len(names(tmp_path)) == count
    assert list((tmp_path / "backups").glob("备份*.db"))
    assert not (tmp_path / "rescued.db").exists()


def test_where_nothing_is_left_that_is_said(qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILE).write_bytes(b"x" * 9000)
    assert run(tmp_path, lambda page: page.button.click()) == app.ENVIRONMENT
    assert (tmp_path / FILE).read_bytes() == b"x" * 9000


def test_a_way_that_fails_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    damage.make(tmp_path)
    spoil(tmp_path, 150_000)

    def choose(page: TroublePage) -> None:
        with Store.open(tmp_path / "other") as other:  # what the clerk chose is gone meanwhile
            other.backup()
        for path in (tmp_path / "backups").glob("*.db"):
            path.unlink()
        page.way_buttons[0].click()
        assert "没有成功" in page.more.text()
        page.button.click()

    assert run(tmp_path, choose) == app.ENVIRONMENT
    with pytest.raises(StoreError):
        Store.open(tmp_path)


def test_a_foreign_database_is_left_alone(qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("CREATE TABLE t (x)")
    connection.close()

    def read(page: TroublePage) -> None:
        assert not page.way_buttons

    assert start_in_trouble(tmp_path, read) == app.ENVIRONMENT
