"""The program around the window: opening, trouble at the start, unexpected errors."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import app, handover
from desktop.location import LOG
from desktop.store import Store
from desktop.ui.shell import Shell
from tests.robot.starting import start_in_trouble

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def test_window_opens_and_closes(qtbot: QtBot, tmp_path: Path) -> None:
    assert app.run(tmp_path / "新文件夹", close_at_once=True) == 0
    assert (tmp_path / "新文件夹" / "jibiao.db").exists()


def test_second_window_on_the_same_data_says_so(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(tmp_path):
        assert app.run(tmp_path) == app.ENVIRONMENT
    assert "已经打开" in capsys.readouterr().err


def test_an_inbox_left_by_a_crash_is_not_waited_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handover.open_inbox(tmp_path)
    monkeypatch.setattr(handover, "hand_over", lambda *_: pytest.fail("nobody is there"))
    assert app.run(tmp_path, close_at_once=True) == 0
    assert not handover.is_open(tmp_path)


def test_damaged_data_are_told_on_a_page(qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "jibiao.db").write_bytes(b"no database at all" * 100)
    seen: list[str] = []
    assert start_in_trouble(tmp_path, lambda page: seen.append(page.words.text())) == app.ENVIRONMENT
    assert str(tmp_path) in seen[0]
    assert (tmp_path / "jibiao.db").read_bytes() == b"no database at all" * 100


def test_unexpected_error_is_logged_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    former = sys.excepthook
    restore = app.watch(tmp_path, said.append)
    error = ZeroDivisionError("出错")
    sys.excepthook(type(error), error, error.__traceback__)
    restore()
    assert sys.excepthook is former
    assert LOG in said[0]
    assert "ZeroDivisionError: …" in (tmp_path / LOG).read_text(encoding="utf-8")


def test_place_and_size_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    app.application()
    first = Shell(tmp_path, "")
    first.setGeometry(0, 40, 760, 560)  # fits the 800 px of the offscreen screen
    first.show()
    first.close()
    second = Shell(tmp_path, "")
    assert (second.width(), second.height()) == (760, 560)
    (tmp_path / "window.geometry").write_bytes(b"rubbish")
    third = Shell(tmp_path, "")
    assert (third.width(), third.height()) == (784, 728)  # no larger than the screen has room
    for one in (first, second, third):
        one.deleteLater()
