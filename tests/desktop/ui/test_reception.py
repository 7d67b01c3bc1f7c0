"""A second start: the open window comes forward and reads the files in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import handover
from desktop.texts import RESOURCES
from desktop.ui.reception import Reception
from tests.robot.window import Robot

SAMPLE = min((RESOURCES / "samples").glob("*.json"))
pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "does not support raise", extend=True
)  # the offscreen platform


@pytest.fixture
def reception(robot: Robot) -> Iterator[Reception]:
    one = Reception(robot.bench.folder, robot.shell, robot.window.take)
    yield one
    one.close()
    assert not handover.is_open(robot.bench.folder)


def note(folder: Path, *files: Path) -> Path:
    """Leave a note as another process does."""
    path = folder / handover.INBOX / "1.json"
    path.write_text(json.dumps([str(one) for one in files]), encoding="utf-8")
    return path


def listed(robot: Robot) -> Callable[[], bool]:
    return lambda: len(robot.session.rows()) > 0


def test_files_are_read_in(robot: Robot, reception: Reception) -> None:
    robot.shell.setWindowState(Qt.WindowState.WindowMinimized)
    path = note(robot.bench.folder, SAMPLE)
    robot.wait(listed(robot))
    assert not path.exists()
    assert not robot.shell.isMinimized()
    robot.settle()


def test_a_question_is_answered_first(robot: Robot, reception: Reception) -> None:
    box = QMessageBox(robot.shell)
    seen: list[int] = []

    def look() -> None:
        if (robot.bench.folder / handover.INBOX / "1.json").exists():
            QTimer.singleShot(20, box, look)
            return
        seen.append(len(robot.session.rows()))
        box.accept()

    QTimer.singleShot(0, box, lambda: (note(robot.bench.folder, SAMPLE), look()))
    box.exec()
    box.deleteLater()
    assert seen == [0]
    robot.wait(listed(robot))
    assert QApplication.activeModalWidget() is None
    robot.settle()


def test_a_start_without_files_only_brings_the_window_forward(robot: Robot, reception: Reception) -> None:
    path = note(robot.bench.folder)
    robot.wait(lambda: not path.exists())
    assert robot.session.rows() == []
