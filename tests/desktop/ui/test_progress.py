"""Long work in the status line."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.jobs import Job, Jobs
from desktop.ui.widgets.progress import ProgressLine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform


@pytest.fixture
def line(qtbot: QtBot) -> ProgressLine:
    jobs = Jobs("long")
    made = ProgressLine(jobs)
    made.jobs = jobs  # type: ignore[attr-defined]  # for the test alone
    qtbot.addWidget(made, before_close_func=lambda _line: jobs.close())
    return made


def test_long_work_shows_how_far_it_is_and_can_be_stopped(line: ProgressLine, qtbot: QtBot) -> None:
    seen: list[bool] = []
    told: list[int] = []
    go_on = threading.Event()

    def work(job: Job) -> int:
        made = 0
        while made < 99 and job.report(made, 100):
            made += 1
            go_on.wait(0.02)
        seen.append(True)
        return made

    line.jobs.submit("print", work, told.append, label="正在打印")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not line.isHidden())
    assert "正在打印" in line.words.text()
    assert "约剩" in line.words.text()
    line.cancel.click()
    assert line.isHidden()
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(50)
    assert told == []


def test_short_work_shows_nothing(line: ProgressLine, qtbot: QtBot) -> None:
    told: list[bool] = []
    line.jobs.submit("a", lambda job: job.report(1, 2), told.append, label="很快")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: told == [True])
    assert line.isHidden()
