"""After closing, and after a crash, the window stands as it stood."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.texts import RESOURCES
from desktop.ui.pages.indicators import IndicatorsPage
from forms.known_editions import Editions
from forms.package import read_package
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs
PLACE = "declaration.indicators[9].target"


def look_around(robot: Robot) -> None:
    """Open the second project at an indicator far down, with another zoom, other widths and other panes."""
    file = RESOURCES / "samples" / "popular-science-2025.json"
    robot.session.open(robot.session.add(read_package(file, Editions()).projects)[0])
    robot.settle()
    robot.open(robot.listed()[1])
    robot.window.view.go_to(PLACE)
    page = robot.window.editor.page
    assert isinstance(page, IndicatorsPage)
    page.tree.horizontalHeader().resizeSection(2, 150)
    bar = page.tree.verticalScrollBar()
    assert bar.maximum() > 30
    bar.setValue(30)
    robot.window.paper.view.set_zoom(1.4)
    robot.settle()
    robot.window.paper.view.verticalScrollBar().setValue(333)
    robot.window.panes.setSizes([300, 600, 500])
    robot.settle()


def seen(robot: Robot) -> dict[str, object]:
    robot.settle()
    page = robot.window.editor.page
    assert isinstance(page, IndicatorsPage)
    return {
        "project": robot.project.name,
        "tab": robot.window.editor.tab,
        "place": robot.window.view.path,
        "scroll": page.tree.verticalScrollBar().value(),
        "width": page.tree.columnWidth(2),
        "zoom": robot.window.paper.view.zoom,
        "paper": robot.window.paper.view.verticalScrollBar().value(),
        "panes": robot.window.panes.sizes(),
        "undo": robot.session.undo_name,
    }


def test_after_a_crash(open_window: Callable[..., Robot], tmp_path: Path) -> None:
    robot = open_window(height=560)
    look_around(robot)
    robot.window.kept_view.keep()
    robot.session.flush()
    crashed = tmp_path / "crashed"
    shutil.copytree(robot.bench.folder, crashed, ignore=shutil.ignore_patterns("*.lock"))
    before = seen(robot)
    assert (before["scroll"], before["width"], before["place"]) == (30, 150, PLACE)
    robot.close()
    shutil.rmtree(robot.bench.folder)
    shutil.copytree(crashed, robot.bench.folder)
    after = seen(open_window(height=560))
    assert after == before


def test_after_closing(open_window: Callable[..., Robot]) -> None:
    robot = open_window(height=560)
    look_around(robot)
    before = seen(robot)
    robot.close()
    assert seen(open_window(height=560)) == before


def test_nothing_is_written_where_nothing_changed(open_window: Callable[..., Robot]) -> None:
    robot = open_window(height=560)
    look_around(robot)
    robot.window.kept_view.keep()
    robot.session.flush()
    with closing(sqlite3.connect(robot.session.data.store.path)) as other:
        version = "PRAGMA data_version"  # another one once somebody else has written
        before = other.execute(version).fetchone()
        robot.window.kept_view.keep()
        robot.session.flush()
        assert other.execute(version).fetchone() == before
        robot.session.kept.set_setting("x", 1)
        robot.session.flush()
        assert other.execute(version).fetchone() != before


def test_rubbish_in_what_was_kept_does_no_harm(open_window: Callable[..., Robot]) -> None:
    robot = open_window()
    look_around(robot)
    number = robot.session.project_id
    assert number is not None
    other = next(row.id for row in robot.session.rows() if row.id != number)
    rubbish = {"tab": 7, "place": ["x"], "scroll": "weit", "panes": "breit", "zoom": None, "paper": [], "right": [1]}
    rubbish["locks"] = ["x", -3, 9999]
    robot.session.kept.set_view(other, rubbish)
    robot.session.kept.set_setting("indicator_widths", ["x"])
    robot.window.view.open_project(other)
    robot.settle()
    assert robot.session.project_id == other


def test_locked_points_stay_locked(open_window: Callable[..., Robot]) -> None:
    def page(robot: Robot) -> IndicatorsPage:
        robot.settle()
        found = robot.window.editor.page
        assert isinstance(found, IndicatorsPage)
        return found

    robot = open_window()
    packages = [read_package(file, Editions()) for file in sorted((RESOURCES / "samples").glob("*evaluation*.json"))]
    one, other = robot.session.add(package.projects[0] for package in packages)
    robot.window.view.open_project(one)
    robot.do("indicators")
    page(robot).tree.select_rows([1, 3])
    page(robot).actions_by_name["lock"].trigger()
    robot.window.editor.show_tab("basics")
    robot.window.view.open_project(other)
    robot.do("indicators")
    assert page(robot).locks() == []
    robot.window.view.open_project(one)
    robot.do("indicators")
    assert page(robot).locks() == [1, 3]
    robot.window.editor.show_tab("basics")
    robot.close()
    robot = open_window()
    robot.do("indicators")
    assert page(robot).locks() == [1, 3]
    page(robot).tree.select_rows([1, 3])
    page(robot).actions_by_name["lock"].trigger()
    robot.window.editor.show_tab("basics")
    robot.do("indicators")
    assert page(robot).locks() == []


def test_a_project_opened_for_the_first_time_has_the_cursor_in_its_first_field(with_samples: Robot) -> None:
    with_samples.open(with_samples.listed()[2])
    with_samples.wait(lambda: with_samples.window.view.path == "declaration.year")
    assert with_samples.window.editor.isAncestorOf(with_samples.focused())


def test_the_indicators_are_a_key_away_from_the_list(with_samples: Robot) -> None:
    with_samples.window.projects.unit.setFocus()
    with_samples.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    page = with_samples.window.editor.page
    assert isinstance(page, IndicatorsPage)
    assert page.tree.hasFocus()
    with_samples.press(Qt.Key.Key_Down)
    assert page.tree.currentIndex().row() == 1
    assert with_samples.window.projects.unit.currentIndex() == 0
