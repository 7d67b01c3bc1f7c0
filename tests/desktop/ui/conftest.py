"""The real window on a real, scratch data folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.texts import RESOURCES
from forms.edition import Editions
from forms.package import read_package
from tests.robot.window import Robot


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Robot]]:
    """Open a window, as often as wanted; those left open are closed in the end."""
    opened: list[Robot] = []

    def open_one(**more: int) -> Robot:
        opened.append(Robot(qtbot, tmp_path / "data", **more))
        return opened[-1]

    yield open_one
    for robot in opened:
        robot.take_apart()


@pytest.fixture
def robot(open_window: Callable[..., Robot]) -> Robot:
    """A window without projects."""
    return open_window()


@pytest.fixture
def with_samples(robot: Robot) -> Robot:
    """A window with the sample projects."""
    paths = sorted((RESOURCES / "samples").glob("*.json"))
    editions = Editions()
    projects = [project for path in paths for project in read_package(path, editions).projects]
    robot.session.open(robot.session.add(projects)[0])
    robot.settle()
    return robot
