"""Work away from the window's thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.ui.jobs import Job, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs("test")
    yield made
    made.close()
    made.deleteLater()


def test_work_is_done_elsewhere_and_told_here(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[tuple[str, str]] = []
    jobs.submit(
        "a",
        lambda _job: threading.current_thread().name,
        lambda name: told.append((name, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("test", threading.current_thread().name)]


def test_newest_of_a_slot_wins(jobs: Jobs, qtbot: QtBot) -> None:
    gate, told = threading.Event(), []
    jobs.submit("print", lambda _job: gate.wait(5) and 1, told.append)
    jobs.submit("print", lambda _job: 2, told.append)
    jobs.submit("print", lambda _job: 3, told.append)
    jobs.submit("other", lambda _job: 4, told.append)
    gate.set()
    qtbot.waitUntil(lambda: 4 in told)
    assert told == [3, 4]


def test_progress_says_when_it_is_not_wanted_any_more(jobs: Jobs, qtbot: QtBot) -> None:
    begun, answers, seen = threading.Event(), [], []
    gate = threading.Event()
    jobs.progressed.connect(lambda job, made, total: seen.append((job.label, made, total)))

    def work(job: Job) -> None:
        answers.append(job.report(1, 2))
        begun.set()
        gate.wait(5)
        answers.append(job.report(2, 2))

    job = jobs.submit("a", work, lambda _none: answers.append("told"), label="工作")
    assert begun.wait(5)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: jobs.is_idle)
    qtbot.wait(20)
    assert answers == [True, False]
    assert seen == [("工作", 1, 2), ("工作", 2, 2)]


def test_failure_is_told_or_goes_where_unexpected_errors_go(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []

    def fail(_job: Job) -> None:
        raise ValueError("schlecht")

    jobs.submit("a", fail, told.append, failed=lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: told == ["schlecht"])
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _at: told.append(kind))
    jobs.submit("a", fail, told.append)
    qtbot.waitUntil(lambda: told[-1] is ValueError)


def test_closing_ends_the_thread_and_what_it_held(qtbot: QtBot) -> None:
    ended: list[str] = []
    jobs = Jobs("short")
    jobs.at_end = lambda: ended.append(threading.current_thread().name)
    done: list[int] = []
    jobs.submit("a", lambda _job: 1, done.append)
    jobs.close()
    assert ended == ["short"]
    jobs.submit("a", lambda _job: 2, done.append)
    qtbot.wait(20)
    assert 2 not in done
    jobs.deleteLater()


def test_called_off_by_the_clerk_what_was_done_is_told(qtbot: QtBot) -> None:
    jobs, told, done = Jobs("test"), [], []
    job = jobs.submit("a", lambda job: job.cancel() or 7, done.append, called_off=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert (told, done) == ([7], [])
    assert job.stopped.is_set()
    jobs.close()


def test_forgotten_nothing_is_told(qtbot: QtBot) -> None:
    jobs, done = Jobs("test"), []
    begun, go_on = threading.Event(), threading.Event()

    def work(_job: object) -> None:
        begun.set()
        go_on.wait(5)

    jobs.submit("a", work, done.append)
    jobs.submit("b", lambda _job: None, done.append)
    assert begun.wait(5)
    jobs.forget()
    go_on.set()
    qtbot.waitUntil(lambda: jobs.is_idle)
    jobs.submit("c", lambda _job: 3, done.append)
    qtbot.waitUntil(lambda: done == [3])
    jobs.close()


def test_who_is_gone_is_told_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[int] = []
    gate, asker = threading.Event(), QObject()
    jobs.submit("a", lambda _job: gate.wait(5) and 1, told.append, asker=asker)
    delete(asker)
    gate.set()
    other = QObject()
    jobs.submit("b", lambda _job: 2, told.append, asker=other)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [2]
