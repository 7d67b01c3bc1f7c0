"""What every test gets: no display, no noise. Leftover threads, windows and timers fail the test that left them."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.robot.window import Robot

os.environ["QT_QPA_PLATFORM"] = os.environ.get("JIBIAO_TEST_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.fonts=false")  # the offscreen platform speaks of missing system fonts

settings.register_profile("jibiao", deadline=None)  # a busy machine is no fault
settings.load_profile("jibiao")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept``: what is compared with something accepted before is accepted anew."""
    parser.addoption("--accept", action="store_true", help="accept the printed pages as they are now")


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail where a test leaves a thread, a window or a running timer."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.name.startswith("pytest")]
    for thread in left:
        thread.join(2)
    left = [thread.name for thread in left if thread.is_alive()]
    assert not left, f"threads left running: {left}"
    if "PySide6.QtWidgets" in sys.modules:
        _no_windows_or_timers()


def _no_windows_or_timers() -> None:
    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken, isValid

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [type(w).__name__ for w in app.topLevelWidgets() if isValid(w) and w.isVisible()]
    for widget in app.topLevelWidgets():
        if isValid(widget):
            widget.close()
    assert not windows, f"windows left open: {windows}"
    # Only the objects of Qt are looked through: to walk over all of Python's takes longer than most tests.
    timers = [one for one in Shiboken.getAllValidWrappers() if isinstance(one, QTimer) and one.isActive()]
    assert not timers, f"timers left running: {[(timer.objectName(), timer.parent()) for timer in timers]}"


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Robot]]:
    """Open a window, as often as wanted, on ``data`` or another folder; those left open are closed in the end."""
    from tests.robot.window import Robot

    opened: list[Robot] = []

    def open_one(folder: Path = tmp_path / "data", **more: int) -> Robot:
        opened.append(Robot(qtbot, folder, **more))
        return opened[-1]

    yield open_one
    for robot in opened:
        robot.take_apart()


@pytest.fixture
def robot(open_window: Callable[..., Robot]) -> Robot:
    """A window without projects."""
    return open_window()
