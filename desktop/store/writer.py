"""Saving behind the clerk's back: one thread, with its own connection, writes everything in order.

What cannot be written (a full disk, a locked file) stays in the queue, in order, and is tried again:
nothing is dropped, nothing overtakes.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from desktop.store.store import Store
from forms.edits import Edit

T = TypeVar("T")

RETRIES = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds to wait after one failure, two, …; the last for all further ones."""


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """A piece of work; ``answer`` where somebody waits for it, who is told of a failure instead of a retry."""

    work: Callable[[Store], object]
    project_id: int | None = None
    head: int | None = None
    answer: Future[Any] | None = None


class Writer:
    """Writes to the database of a store on a thread of its own.

    ``on_saved(project_id, head, at)`` tells of each edit, undo and redo that is on disk for good, and with
    ``None, None`` of each setting and view; ``on_failed(error)`` of each failed attempt.
    Both are called on the writer's thread.
    """

    def __init__(
        self,
        store: Store,
        *,
        on_saved: Callable[[int | None, int | None, datetime], None],
        on_failed: Callable[[Exception], None],
        retries: tuple[float, ...] = RETRIES,
    ) -> None:
        self._store = store
        self._on_saved = on_saved
        self._on_failed = on_failed
        self._retries = retries
        self._queue: deque[_Task] = deque()
        self._changed = threading.Condition()
        self._begun = self._failed = 0
        """Attempts begun so far, and the last of them that failed."""
        self._hurry = False
        self._stopping = False
        # A daemon: if the program ends without closing, SQLite keeps what was said to be saved.
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    # ---------------------------------------------------------------- from any thread

    def append(self, project_id: int, edit: Edit, expected_head: int, *, merge: bool = False) -> None:
        """Save an edit made upon step ``expected_head`` (``merge``: in place of it)."""
        head = expected_head if merge else expected_head + 1
        self._add(_Task(lambda store: store.append(project_id, edit, expected_head, merge=merge), project_id, head))

    def move(self, project_id: int, to_head: int) -> None:
        """Save an undo or a redo."""
        self._add(_Task(lambda store: store.move(project_id, to_head), project_id, to_head))

    def set_view(self, project_id: int, state: Mapping[str, Any]) -> None:
        """Save how a project is looked at."""
        self._add(_Task(lambda store: store.set_view(project_id, state)))

    def set_setting(self, key: str, value: Any) -> None:
        """Save a setting."""
        self._add(_Task(lambda store: store.set_setting(key, value)))

    def run(self, work: Callable[[Store], T]) -> T:
        """Do something with the writer's store after everything queued before; wait for it, return its result.

        Raises what the work raises, or the reason why what was queued before cannot be saved; it is then not done.
        """
        answer: Future[T] = Future()
        self._add(_Task(work, answer=answer), hurry=True)
        return answer.result()

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all is saved. Return False when an attempt begun from now on fails, or the time (s) is over."""
        with self._changed:
            begun = self._begun
            self._hurry = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._queue or self._failed > begun or self._stopping, timeout)
            return not self._queue

    def close(self, timeout: float | None = None) -> bool:
        """Save what is left, then end the thread. Return False where something could not be saved: it is lost."""
        saved = self.flush(timeout)
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join()
        return saved

    def _add(self, task: _Task, *, hurry: bool = False) -> None:
        with self._changed:
            if self._stopping:
                raise RuntimeError("the writer is closed")
            self._queue.append(task)
            self._hurry = self._hurry or hurry
            self._changed.notify_all()

    # ---------------------------------------------------------------- on the writer's thread

    def _run(self) -> None:
        store: Store | None = None
        failed = 0
        while (task := self._next(failed)) is not None:
            try:
                store = store or self._store.twin()
                result = task.work(store)
            except Exception as error:  # noqa: BLE001 - whatever it is, the clerk's work stays in the queue
                failed = self._fail(task, error, failed)
            else:
                failed = 0
                self._done(task, result, store)
        if store is not None:
            store.close()
        for task in self._queue:
            if task.answer is not None:
                task.answer.set_exception(RuntimeError("the writer is closed"))

    def _next(self, failed: int) -> _Task | None:
        """Wait for the next piece of work, or until it is time to try again; None: the end."""
        with self._changed:
            if failed:
                wait = self._retries[min(failed, len(self._retries)) - 1]
                self._changed.wait_for(lambda: self._hurry or self._stopping, wait)
            self._changed.wait_for(lambda: self._queue or self._stopping)
            self._hurry = False
            self._begun += 1
            return None if self._stopping else self._queue[0]

    def _done(self, task: _Task, result: object, store: Store) -> None:
        if task.answer is None:
            _tell(lambda: self._on_saved(task.project_id, task.head, store.now()))
        with self._changed:
            self._queue.popleft()
            self._changed.notify_all()
        if task.answer is not None:
            task.answer.set_result(result)

    def _fail(self, task: _Task, error: Exception, failed: int) -> int:
        """Tell of a failure; return how often the first task in the queue has failed now."""
        if task.answer is None:
            _tell(lambda: self._on_failed(error))
        with self._changed:
            # Whoever waits for work behind an edit that cannot be saved is told of that, and not left waiting.
            told = [one for one in self._queue if one.answer is not None] if task.answer is None else [task]
            self._queue = deque(one for one in self._queue if one not in told)
            if task.answer is None:
                self._failed = self._begun
            self._changed.notify_all()
        for answer in [one.answer for one in told if one.answer is not None]:
            answer.set_exception(error)
        return failed + 1 if task.answer is None else 0


def _tell(listener: Callable[[], None]) -> None:
    """Call a listener; whatever goes wrong there is told as a bug of a thread, and saving goes on."""
    try:
        listener()
    except Exception:  # noqa: BLE001 - see above
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
