"""Nothing that a clerk reads is cut off on a panel of 1366×768, at every size of text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.texts import RESOURCES
from desktop.ui.pages.indicators import IndicatorsPage
from desktop.ui.theme import FRAME
from forms.known_editions import Editions
from forms.package import read_package
from tests.robot.fitting import cut_off
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
SIZES = ["small", "medium", "large"]
DIALOGS = (
    "about",
    "booklet",
    "carry",
    "compare",
    "final",
    "finals",
    "new",
    "print",
    "rename",
    "switches",
    "test_page",
    "verify",
)
WINDOWS = ("charts", "help", "register", "replace", "results", "rules", "search", "side_by_side", "summary")


@pytest.fixture
def desk(open_window: Callable[..., Robot], request: pytest.FixtureRequest) -> Robot:
    robot = open_window(width=1366, height=700)
    robot.do(request.param)
    paths = sorted((RESOURCES / "samples").glob("*.json"))
    projects = [project for path in paths for project in read_package(path, Editions()).projects]
    robot.session.open(robot.session.add(projects)[0])
    robot.settle()
    return robot


@pytest.mark.parametrize("desk", SIZES, indirect=True)
def test_main_window(desk: Robot) -> None:
    found = []
    for name in desk.listed():
        desk.open(name)
        tabs = desk.window.editor.tabs
        for at in range(tabs.count()):
            tabs.setCurrentIndex(at)
            desk.settle()
            found += [f"{name}, {tabs.tabText(at)}: {one}" for one in cut_off(desk.shell)]
            page = desk.window.editor.page
            if isinstance(page, IndicatorsPage) and not desk.window.actions_["large"].isChecked():
                beyond = page.tree.horizontalScrollBar().maximum()
                found += [f"{name}: columns {beyond} px beyond the table"] if beyond else []
    desk.do("check")
    desk.settle()
    found += cut_off(desk.shell)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("desk", SIZES, indirect=True)
def test_dialogs(desk: Robot) -> None:
    found: list[str] = []

    def look(dialog: QDialog) -> None:
        QApplication.processEvents()
        found.extend(cut_off(dialog))
        dialog.reject()

    for name in DIALOGS:
        desk.in_dialog(QDialog, look, then=partial(desk.do, name))
        desk.settle()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("desk", ["large"], indirect=True)
def test_no_window_is_larger_than_the_screen(desk: Robot) -> None:
    room = desk.shell.screen().availableSize()  # of this platform 800×800, less than most windows would like

    def look(dialog: QDialog) -> None:
        assert dialog.width() < room.width()
        assert dialog.height() < room.height()
        dialog.reject()

    for name in DIALOGS:
        desk.in_dialog(QDialog, look, then=partial(desk.do, name))
        desk.settle()
    small = desk.shell.minimumSize()
    assert small.width() <= 1366 // 2 - FRAME.width(), "an office panel at 200 %"
    assert small.height() <= 768 // 2 - FRAME.height()


@pytest.mark.parametrize("desk", SIZES, indirect=True)
def test_other_windows(desk: Robot) -> None:
    found: list[str] = []
    for name in WINDOWS:
        desk.do(name)
        desk.wait(lambda: len(others(desk)) == 1)
        desk.settle()
        (other,) = others(desk)
        found += cut_off(other)
        other.close()
        desk.activate()
    assert not found, "\n".join(found)


def others(desk: Robot) -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one is not desk.shell and one.isVisible()]
