"""The real window on a real, scratch data folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.store import database
from desktop.texts import RESOURCES
from forms.known_editions import Editions
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


@pytest.fixture(params=["log", "journal"])
def kind_of_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk of this computer, and one that counts as a network share: no test has a real share.

    There a journal takes the place of the write-ahead log, and whoever writes keeps all others out, readers too.
    """
    if request.param == "journal":
        monkeypatch.setattr(database, "is_fixed_disk", lambda _folder: False)


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
