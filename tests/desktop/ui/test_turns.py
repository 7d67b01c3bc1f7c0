"""One thing a turn of the event loop: results of work and the drawing of a window, with room for keys between."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QStringListModel, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QHeaderView, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.jobs import Jobs
from desktop.ui.turns import PaintTurn, in_turn
from desktop.ui.widgets.row_numbers import RowNumbers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Painted(QWidget):
    """Notes when it is drawn."""

    def __init__(self, told: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumSize(40, 20)
        self._told = told

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Note it."""
        self._told.append("drawn")
        super().paintEvent(event)


@pytest.fixture
def told(qapp: QApplication) -> Iterator[list[str]]:
    """What happened, with a stroke for every turn in which something did."""
    found: list[str] = []
    pulse = QTimer(qapp, interval=0)
    pulse.timeout.connect(lambda: found.append("|") if found and found[-1] != "|" else None)
    pulse.start()
    yield found
    pulse.stop()
    pulse.deleteLater()


def test_each_has_a_turn_by_itself(qtbot: QtBot, told: list[str]) -> None:
    owner, gone = QObject(), QObject()
    for name in "ab":
        in_turn(owner, lambda name=name: told.append(name))
    in_turn(gone, lambda: told.append("gone"))
    in_turn(owner, lambda: told.append("c"))
    gone.deleteLater()
    qtbot.waitUntil(lambda: "c" in told)
    assert "".join(told).strip("|") == "a|b|c"


def test_the_others_go_on_while_a_dialog_is_open(qtbot: QtBot, told: list[str]) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    in_turn(dialog, dialog.exec)
    in_turn(dialog, lambda: told.append("a"))
    in_turn(dialog, dialog.reject)
    in_turn(dialog, lambda: told.append("b"))
    qtbot.waitUntil(lambda: "b" in told)
    assert not dialog.isVisible()


def test_results_that_come_together_are_told_one_by_one(qtbot: QtBot, told: list[str]) -> None:
    both, all_jobs = threading.Barrier(3), [Jobs("a"), Jobs("b")]
    for jobs, name in zip(all_jobs, "ab", strict=True):
        jobs.submit("work", lambda _job, name=name: (both.wait(5), name)[1], told.append)
    assert not any(jobs.is_idle for jobs in all_jobs)
    both.wait(5)
    qtbot.waitUntil(lambda: all(jobs.is_idle for jobs in all_jobs))
    assert sorted("".join(told).strip("|")) == sorted("a|b")
    for jobs in all_jobs:
        jobs.close()


def test_a_window_is_drawn_once_and_after_the_change(qtbot: QtBot, told: list[str]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    PaintTurn(window)
    layout = QVBoxLayout(window)
    layout.addWidget(Painted(told, window))
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: "drawn" in told)
    qtbot.wait(20)
    told.clear()

    def change() -> None:
        told.append("changed")
        window.findChild(Painted).update()

    in_turn(window, change)
    in_turn(window, change)
    qtbot.waitUntil(lambda: "drawn" in told)
    qtbot.wait(20)
    assert "".join(told).strip("|") == "changed|changed|drawn"


def test_a_window_that_goes_before_it_is_drawn_is_let_go(qtbot: QtBot) -> None:
    window = QWidget()
    PaintTurn(window)
    with qtbot.waitExposed(window):
        window.show()
    window.update()
    QApplication.processEvents()
    window.deleteLater()
    qtbot.wait(20)


def test_numbers_of_rows_have_the_room_that_qt_would_give_them(qtbot: QtBot) -> None:
    for count in (0, 9, 1200):
        model = QStringListModel(["x"] * count)
        own, plain = QTableView(), QTableView()
        for view in (own, plain):
            qtbot.addWidget(view)
        own.setVerticalHeader(RowNumbers(own))
        for view in (own, plain):
            view.setModel(model)
        header = plain.verticalHeader()
        assert own.verticalHeader().sizeHint().width() >= (header.sizeHint().width() if count else 0)
        assert isinstance(header, QHeaderView)
        assert own.verticalHeader().sectionsClickable() == header.sectionsClickable()
        assert own.verticalHeader().highlightSections() == header.highlightSections()
