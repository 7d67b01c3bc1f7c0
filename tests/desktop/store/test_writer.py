"""The writing thread: in order, nothing dropped, whatever the disk does."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from queue import Queue

import pytest

from desktop.store import Kind, Store, StoreError, Writer, database
from desktop.store.folder import FILE
from tests.desktop.store.samples import named, naming, sample


class Heard:
    """What a writer told."""

    def __init__(self) -> None:
        self.saved: list[tuple[int | None, int | None]] = []
        self.failed: Queue[Exception] = Queue()
        self.threads: set[str] = set()

    def on_saved(self, project_id: int | None, head: int | None, at: datetime) -> None:
        assert at.microsecond == 0
        self.threads.add(threading.current_thread().name)
        self.saved.append((project_id, head))

    def on_failed(self, error: Exception) -> None:
        self.threads.add(threading.current_thread().name)
        self.failed.put(error)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def writer(store: Store, heard: Heard, impatient: None) -> Iterator[Writer]:
    one = Writer(store, on_saved=heard.on_saved, on_failed=heard.on_failed, retries=(0.01, 60))
    yield one
    one.close(5)


@pytest.fixture
def other_program(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    yield connection
    connection.close()


def test_everything_is_saved_in_order(store: Store, writer: Writer, heard: Heard) -> None:
    number = store.create(sample())
    for head, edit in enumerate(named(20)):
        writer.append(number, edit, head)
    writer.move(number, 18)
    writer.move(number, 19)
    writer.append(number, naming(sample("18"), "乙"), 19, merge=True)
    writer.set_setting("字号", 12)
    writer.set_view(number, {"tab": 1})
    assert writer.flush()
    assert heard.saved == [(number, head) for head in (*range(1, 21), 18, 19, 19)] + [(None, None)] * 2
    assert heard.threads == {"writer"}
    assert store.load(number).project == sample("乙")
    assert (store.setting("字号"), store.view(number)) == (12, {"tab": 1})
    assert heard.failed.empty()


def test_work_waits_for_what_was_queued_before(store: Store, writer: Writer) -> None:
    number = store.create(sample())
    for head, edit in enumerate(named(5)):
        writer.append(number, edit, head)
    assert writer.run(lambda own: own.load(number).head) == 5
    assert writer.run(lambda own: own is store) is False


def test_closing_saves_what_is_left(store: Store, writer: Writer, heard: Heard) -> None:
    number = store.create(sample())
    for head, edit in enumerate(named(30)):
        writer.append(number, edit, head)
    assert writer.close()
    assert store.load(number).head == 30
    with pytest.raises(RuntimeError):
        writer.move(number, 1)


def test_what_cannot_be_saved_waits_in_order(
    store: Store, writer: Writer, heard: Heard, other_program: sqlite3.Connection
) -> None:
    number = store.create(sample())
    other_program.execute("BEGIN IMMEDIATE")
    for head, edit in enumerate(named(3)):
        writer.append(number, edit, head)
    for _ in range(2):  # tried again by itself
        error = heard.failed.get(timeout=30)
        assert isinstance(error, StoreError)
        assert error.kind == Kind.LOCKED
    assert heard.saved == []
    assert not writer.flush()  # tries at once, in spite of the minute to wait
    with pytest.raises(StoreError) as told:
        writer.run(lambda own: own.create(sample("不")))
    assert told.value.kind == Kind.LOCKED
    assert store.load(number).head == 0
    other_program.execute("ROLLBACK")
    writer.move(number, 2)
    assert writer.flush()
    assert heard.saved == [(number, head) for head in (1, 2, 3, 2)]
    assert store.load(number).project == sample("2")
    assert len(store.projects()) == 1


def test_a_failure_of_work_that_somebody_waits_for_holds_nothing_up(store: Store, writer: Writer, heard: Heard) -> None:
    number = store.create(sample())
    with pytest.raises(ZeroDivisionError):
        writer.run(lambda _: 1 // 0)
    writer.append(number, named(1)[0], 0)
    assert writer.flush()
    assert heard.failed.empty()


def test_closing_without_being_able_to_save(
    store: Store, writer: Writer, heard: Heard, other_program: sqlite3.Connection
) -> None:
    number = store.create(sample())
    other_program.execute("BEGIN IMMEDIATE")
    writer.append(number, named(1)[0], 0)
    assert isinstance(heard.failed.get(timeout=30), StoreError)
    assert not writer.close()
    assert heard.saved == []


def test_a_bug_in_an_edit_drops_nothing(store: Store, writer: Writer, heard: Heard) -> None:
    number = store.create(sample())
    writer.append(number, naming(sample("别的"), "乙"), 0)
    writer.append(number, named(1)[0], 0)
    assert type(heard.failed.get(timeout=30)).__name__ == "StaleEditError"
    assert not writer.flush()
    assert heard.saved == []


def test_time_runs_out(store: Store, writer: Writer) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(_: Store) -> None:
        begun.set()
        go_on.wait()

    waiting = threading.Thread(target=lambda: writer.run(work))
    waiting.start()
    begun.wait()
    assert not writer.flush(0.01)
    go_on.set()
    waiting.join()
    assert writer.flush()


def test_work_that_comes_too_late_is_refused(store: Store, writer: Writer) -> None:
    begun, go_on = threading.Event(), threading.Event()
    told: list[BaseException] = []

    def work(_: Store) -> None:
        begun.set()
        go_on.wait()

    def late() -> None:
        try:
            writer.run(lambda _: None)
        except RuntimeError as error:
            told.append(error)

    first = threading.Thread(target=lambda: writer.run(work))
    first.start()
    begun.wait()
    second = threading.Thread(target=late)
    second.start()
    while len(writer._queue) < 2:
        pass
    closing = threading.Thread(target=lambda: writer.close(0.0))
    closing.start()
    while not writer._stopping:
        pass
    go_on.set()
    for thread in (first, second, closing):
        thread.join()
    assert [str(error) for error in told] == ["the writer is closed"]


def test_a_listener_with_a_bug_does_not_stop_the_saving(
    store: Store, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[type[BaseException] | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: bugs.append(told.exc_type))

    def on_saved(*_: object) -> None:
        raise ZeroDivisionError

    writer = Writer(store, on_saved=on_saved, on_failed=heard.on_failed)
    number = store.create(sample())
    for head, edit in enumerate(named(2)):
        writer.append(number, edit, head)
    assert writer.close()
    assert store.load(number).head == 2
    assert bugs == [ZeroDivisionError] * 2


def test_a_writer_that_had_nothing_to_do(store: Store, heard: Heard) -> None:
    assert Writer(store, on_saved=heard.on_saved, on_failed=heard.on_failed).close()


def test_an_attempt_under_way_is_not_the_last_one(
    folder: Path, store: Store, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was tried before somebody wants all to be saved may fail; then it is tried once more."""
    number = store.create(sample())
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.5)  # long enough for the flush to begin meanwhile
    other = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)

    def failed(_error: Exception) -> None:
        if other.in_transaction:
            other.execute("ROLLBACK")

    writer = Writer(store, on_saved=heard.on_saved, on_failed=failed, retries=(60,))
    other.execute("BEGIN IMMEDIATE")
    (edit,) = named(1)
    writer.append(number, edit, 0)
    time.sleep(0.1)  # the attempt is under way
    assert writer.flush(10)
    assert heard.saved == [(number, 1)]
    assert writer.close(5)
    other.close()
