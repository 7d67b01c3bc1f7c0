"""Garbage waits for a rest, and then only as much is looked through as nobody notices; yet it does not pile up."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from desktop.ui import collector as module
from desktop.ui.collector import MOST, Collector
from desktop.ui.dialogs.new_project import NewProjectDialog
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform


class Ring:
    """Objects that hold one another: only a collection lets go of them."""

    def __init__(self, size: int = 1) -> None:
        self.others = [[self] for _ in range(size)]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> list[Qt.ApplicationState]:
    """Whether the clerk is in this program: the last of the list."""
    states = [Qt.ApplicationState.ApplicationActive]
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: states[-1])
    return states


@pytest.fixture
def collector(qapp: object, state: list[Qt.ApplicationState], monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """One whose clerk rests all the time; it ticks by hand."""
    monkeypatch.setattr(module, "REST_MS", -1)
    gc.collect()
    parent = QObject()
    made = Collector(parent)
    made._timer.stop()
    yield made
    made.stop()
    assert gc.isenabled()
    parent.deleteLater()


def made_and_left(size: int = 1) -> weakref.ref[Ring]:
    return weakref.ref(Ring(size))


def rest(collector: Collector) -> None:
    """As the clerk does something, and then nothing for a while."""
    collector.busy()
    for _ in range(4):
        collector.tick()


def test_while_the_clerk_works_nothing_is_collected(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST_MS", 60_000)
    assert not gc.isenabled()
    ring = made_and_left()
    rest(collector)
    assert ring() is not None


def test_what_is_new_is_looked_through_at_a_rest(collector: Collector) -> None:
    ring = made_and_left(100)
    rest(collector)
    assert ring() is None


def test_what_lasted_a_while_is_looked_through_later(collector: Collector) -> None:
    old = Ring()
    rest(collector)
    ring = weakref.ref(old)
    del old
    held = []
    while ring() is not None and len(held) < 5:  # with what else lasts until it is worth a look
        held.append([[] for _ in range(MOST - 1000)])
        rest(collector)
    assert ring() is None


def test_too_many_to_look_through_are_set_aside_until_memory_grew(
    collector: Collector, state: list[Qt.ApplicationState], monkeypatch: pytest.MonkeyPatch
) -> None:
    rest(collector)
    ring = made_and_left(3 * MOST)
    rest(collector)
    assert ring() is not None
    monkeypatch.setattr(module, "LITTLE", 5 * MOST)  # an object of these is two blocks
    rest(collector)
    assert ring() is not None, "the clerk is looking"
    state.append(Qt.ApplicationState.ApplicationInactive)
    rest(collector)
    assert ring() is None
    gc.collect()
    again = made_and_left(MOST * 3 // 2)
    rest(collector)
    assert again() is not None, "memory has not grown by enough since"


def test_where_memory_grew_by_much_the_clerk_need_not_be_away(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MUCH", 2 * MOST)
    ring = made_and_left(3 * MOST)
    rest(collector)
    assert ring() is not None, "a rest must be long for that"
    monkeypatch.setattr(module, "LONG_REST_MS", -1)
    rest(collector)
    assert ring() is None


def test_garbage_does_not_pile_up(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MUCH", 20 * MOST)
    monkeypatch.setattr(module, "LONG_REST_MS", -1)
    large: list[weakref.ref[Ring]] = []
    small: list[weakref.ref[Ring]] = []
    for _ in range(60):
        large.append(made_and_left(2 * MOST))
        rest(collector)
        small.append(made_and_left())
        rest(collector)
        assert sum(one() is not None for one in large) <= 12
        assert sum(one() is not None for one in small) <= 1


def test_a_dialog_that_was_closed_is_let_go_at_the_next_rest(
    with_samples: Robot, state: list[Qt.ApplicationState], monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, collector = with_samples, with_samples.window._collector
    monkeypatch.setattr(module, "REST_MS", -1)
    rest(collector)
    seen: list[weakref.ref[QDialog]] = []

    def act(dialog: QDialog) -> None:
        seen.append(weakref.ref(dialog))
        dialog.reject()

    robot.in_dialog(NewProjectDialog, act, then=lambda: robot.do("new"))
    robot.settle()
    rest(collector)
    assert seen[0]() is None
