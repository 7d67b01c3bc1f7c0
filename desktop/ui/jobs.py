"""Work away from the window's thread. A job gets plain data and gives plain data back; it never touches a widget."""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.ui.turns import in_turn

SWITCH_SECONDS = 0.001
"""How long the window may have to wait for a job that computes: Python's own 5 ms are felt while typing."""


@dataclass(eq=False)
class Job:
    """A piece of work and what is told about it."""

    work: Callable[[Job], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    slot: str
    label: str
    """What the status line calls it; nothing: not worth a word."""
    announce: Callable[[Job, int, int], None]
    called_off: Callable[[Any], None] | None = None
    """Told what was done (None: nothing) when the clerk called it off; without it nothing is told."""
    asker: QObject | None = None
    """Who is told: once it is gone, as a dialog that was closed, nothing is."""
    stopped: threading.Event = field(default_factory=threading.Event)

    def report(self, made: int, total: int) -> bool:
        """Tell how far it is; False where the result is no longer wanted. For use inside the work."""
        self.announce(self, made, total)
        return not self.stopped.is_set()

    def cancel(self) -> None:
        """Want no result any more."""
        self.stopped.set()


class Jobs(QObject):
    """One thread that does one job after another. Of jobs in the same slot only the newest counts."""

    progressed = Signal(object, int, int)
    """Job, done, total (0: not known)."""
    ended = Signal(object)
    _arrived = Signal(object, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._queue: deque[Job] = deque()
        self._running: Job | None = None
        self._untold: list[Job] = []
        """Jobs that are done, but not told yet."""
        self._more = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None
        self.at_end: Callable[[], None] | None = None
        """What the thread does last: let go of what only it may touch."""
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        slot: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        label: str = "",
        called_off: Callable[[Any], None] | None = None,
        asker: QObject | None = None,
    ) -> Job:
        """Have ``work`` done; ``done`` (or ``failed``, or ``called_off``) is called in the window's thread."""
        job = Job(work, done, failed, slot, label, self.progressed.emit, called_off, asker)
        with self._more:
            self._drop(slot)
            if not self._closed:
                self._queue.append(job)
            self._more.notify()
        if self._thread is None and not self._closed:
            sys.setswitchinterval(SWITCH_SECONDS)
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        return job

    def drop(self, slot: str) -> None:
        """Want nothing any more of what a slot holds."""
        with self._more:
            self._drop(slot)

    def _drop(self, slot: str) -> None:
        for other in self._open_jobs():
            if other.slot == slot:
                other.cancel()
        self._queue = deque(one for one in self._queue if one.slot != slot)

    def _open_jobs(self) -> list[Job]:
        """The jobs that wait, the one that is being done, and those that are not told yet."""
        return [one for one in (*self._queue, self._running, *self._untold) if one is not None]

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being done or waits to be, and everything was told."""
        with self._more:
            return not self._open_jobs()

    def forget(self) -> None:
        """Want no result of anything that is being done or waits to be."""
        with self._more:
            for one in self._open_jobs():
                one.cancel()
            self._queue.clear()

    def close(self) -> None:
        """Cancel everything and wait for the thread to end."""
        self.forget()
        with self._more:
            self._closed = True
            self._more.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        self._work_off()
        if self.at_end is not None:
            self.at_end()

    def _work_off(self) -> None:
        while True:
            with self._more:
                self._running = None
                while not self._queue and not self._closed:
                    self._more.wait()
                if self._closed:
                    return
                job = self._running = self._queue.popleft()
            result: Any = None
            error: Exception | None = None
            try:
                result = job.work(job)
            except Exception as caught:  # noqa: BLE001 - told in the window's thread
                error = caught
            with self._more:
                self._untold.append(job)
            self._arrived.emit(job, result, error)
            del job, result, error

    def _take(self, job: Job, result: Any, error: Exception | None) -> None:
        in_turn(self, lambda: self._deliver(job, result, error))

    def _deliver(self, job: Job, result: Any, error: Exception | None) -> None:
        with self._more:
            self._untold.remove(job)
        if self._closed:
            return
        self.ended.emit(job)
        if job.stopped.is_set():
            if job.called_off is not None:
                job.called_off(result)
            return
        if job.asker is not None and not isValid(job.asker):
            return
        if error is None:
            job.done(result)
        elif job.failed is not None:
            job.failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
