"""The real window on a real, scratch data folder."""

from __future__ import annotations

from functools import cache

import pytest

from desktop.store import database
from desktop.texts import RESOURCES
from desktop.ui.widgets import typist
from forms.documents import Project
from forms.package import read_package
from tests.robot.window import Robot
from tests.strategies import EDITIONS


@pytest.fixture(params=["log", "journal"])
def kind_of_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk of this computer, and one that counts as a network share: no test has a real share.

    There a journal takes the place of the write-ahead log, and whoever writes keeps all others out, readers too.
    """
    if request.param == "journal":
        monkeypatch.setattr(database, "is_fixed_disk", lambda _folder: False)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less for a locked file, yet long enough for the threads of the window to let one another write."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.25)


@pytest.fixture
def pause(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let a phrase count as typed after a short pause, in windows opened from now on; return a longer time (ms)."""
    monkeypatch.setattr(typist, "PAUSE_MS", 100)
    return 200


@cache
def sample_projects() -> tuple[Project, ...]:
    """The sample projects: values, so one reading serves all tests."""
    paths = sorted((RESOURCES / "samples").glob("*.json"))
    return tuple(project for path in paths for project in read_package(path, EDITIONS).projects)


@pytest.fixture
def with_samples(robot: Robot) -> Robot:
    """A window with the sample projects."""
    robot.session.open(robot.session.add(sample_projects())[0])
    robot.settle()
    return robot
