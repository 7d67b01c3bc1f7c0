"""The process that alone touches printers and their drivers: the program itself, started with an internal command.

Qt holds Python, and with it the window, while it draws on a printer; and a driver that hangs or crashes takes its
process along. So a job starts one of these and talks with it in lines of JSON: requests on its standard input, answers
on its standard output. Where its input ends before it has answered, nobody wants the answer any more.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self

from desktop.presenters.printing import Device, PrinterFacts

COMMAND = "printer-service"
GRACE_SECONDS = 3.0
"""How long a process that nobody wants any more may take to leave things whole, before it is ended."""
_LOOK_SECONDS = 0.05
"""How often one looks whether an answer is still wanted."""

Answer = dict[str, Any]


class ProcessLost(Exception):  # noqa: N818  it is the process that is lost
    """The process ended without an answer: a driver crashed, or somebody ended it."""


class NotStarted(ProcessLost):
    """The process could not even be started, as where some guard of the system forbids it."""


class PrinterProcess:
    """The process, for the thread of one job; at the end of the ``with`` it is gone. Raises ProcessLost."""

    def __init__(self, wanted: Callable[[], bool]) -> None:
        """Start it; ``wanted`` tells whether its answers still are."""
        self._wanted = wanted
        self._answers: SimpleQueue[Answer | None] = SimpleQueue()
        self._folder = tempfile.TemporaryDirectory(prefix="jibiao-", ignore_cleanup_errors=True)
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
        try:
            self.process = subprocess.Popen(  # noqa: S603 - the program itself
                [*program, COMMAND],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).resolve().parents[1],
                creationflags=_FLAGS,
            )
        except OSError as error:
            self._folder.cleanup()
            raise NotStarted from error
        self._reader = threading.Thread(target=self._read, name="printer answers", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._dismiss()
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._folder.cleanup()

    def facts(self, printer: str) -> PrinterFacts | None:
        """Ask a printer what it can do; None where nobody wants to know any more."""
        answer = self._ask({"facts": printer})
        if answer is None:
            return None
        papers = tuple((width, height) for width, height in answer["papers"])
        return PrinterFacts(answer["name"], answer["resolution"], tuple(answer["duplex"]), papers)

    def print(
        self,
        pdf: bytes,
        name: str,
        device: Device,
        told: Callable[[int, int], object],
        *,
        file: str = "",
        dots: int = 0,
    ) -> Answer | None:
        """Print a PDF as one job of some name; ``told`` hears how many pages are drawn and of how many.

        Return ``pages`` and ``fitted`` (its paper is another, so they were made to fit), or ``broken``: the page at
        which the printer broke off, 0 where it did not begin; None where it was called off. With ``file`` the printer
        is Qt's own, of so many ``dots`` an inch, and its paper a PDF.
        """
        path = Path(self._folder.name) / "print.pdf"  # a pipe would hold this thread up until it is read
        path.write_bytes(pdf)
        return self._ask(
            {"pdf": str(path), "name": name, "device": asdict(device), "file": file, "dots": dots},
            lambda answer: told(answer["made"], answer["of"]),
        )

    # ---------------------------------------------------------------- talking

    def _ask(self, request: Mapping[str, Any], told: Callable[[Answer], object] = lambda _: None) -> Answer | None:
        """Send a request and wait for its answer; None where nobody wants it any more."""
        if not self._wanted():
            return None
        try:
            self._send(request)
        except OSError as error:
            raise ProcessLost from error
        while (answer := self._next()) is not None:
            if "made" in answer:
                told(answer)
            else:
                return None if "off" in answer else answer
        if self._wanted():
            raise ProcessLost
        return None

    def _next(self) -> Answer | None:
        """Wait for what the process says next; None where it has ended, as it does when nobody wants it any more."""
        unwanted = 0.0
        while True:
            if not self._wanted():
                self._dismiss()
                unwanted = unwanted or time.monotonic()
                if time.monotonic() > unwanted + GRACE_SECONDS:
                    self.process.kill()
            with contextlib.suppress(Empty):
                return self._answers.get(timeout=_LOOK_SECONDS)

    def _send(self, request: Mapping[str, Any]) -> None:
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            self.process.stdin.flush()

    def _dismiss(self) -> None:
        """Tell the process that nothing more is wanted."""
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._answers.put(json.loads(line))
        self._answers.put(None)


_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""On Windows: no black window, and the one in use comes first."""
