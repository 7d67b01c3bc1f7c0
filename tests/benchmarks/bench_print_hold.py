"""How long the window's thread is held while a batch is printed at 600 dots an inch: in a process, and in a thread.

The program prints in a process of its own. The same work in a thread of the window stands beside it: Qt keeps Python
for itself while it draws on a printer.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.measure import line

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

DOTS = 600
PATIENCE = 120.0
FIELDS = ("declaration.fields.项目名称", "declaration.fields.主管部门")


class Beat:
    """The longest time between two beats of a timer of the window's thread, in ms.

    For how long the thread was ready but had no processor, as on a busy machine, is not counted where Linux tells it.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.longest, self.late = 0.0, 0
        self._facts = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._last, self._waited = time.perf_counter(), self._waiting()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def _beat(self) -> None:
        now, waited = time.perf_counter(), self._waiting()
        held = (now - self._last) * 1000 - (waited - self._waited)
        self.longest, self.late = max(self.longest, held), self.late + (held > 16)
        self._last, self._waited = now, waited

    def _waiting(self) -> float:
        return int(self._facts.read_text().split()[1]) / 1e6 if self._facts.exists() else 0.0

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()


def main() -> None:
    """Print the table."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop import app
    from desktop.commands.demo import fill
    from desktop.presenters.session import Session
    from desktop.store import Store
    from desktop.ui.main_window import MainWindow
    from desktop.ui.shell import Shell
    from desktop.ui.workbench import Workbench
    from forms.known_editions import Editions

    editions = Editions()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, editions)
        app.application()
        session = Session(Store.open(folder), editions)
        shell = Shell(folder, "")
        shell.show()
        window = MainWindow(Workbench(session, folder), shell)
        projects = tuple(session.peek(row.id) for row in session.rows())
        held(window, "nothing is printed", lambda _job: time.sleep(2))
        held(window, f"{len(projects)} projects, in a process", lambda job: _in_process(job, projects, folder))
        held(window, f"{len(projects)} projects, in a thread", lambda job: _in_thread(job, projects, folder))
        shell.close()
        window.end()


def held(window: MainWindow, what: str, work: Callable[[Any], object]) -> None:
    """Do something aside while the clerk goes from field to field, and print how long that held the window's thread."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    bench = window.bench
    while bench.checking.is_busy or not bench.paper_jobs.is_idle or not bench.long_jobs.is_idle:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    done: list[object] = []
    begun, beat = time.perf_counter(), Beat()
    bench.long_jobs.submit("hold", work, done.append)
    fields, turn = cycle(FIELDS), QTimer()
    turn.timeout.connect(lambda: window.editor.path_focused.emit(next(fields)))
    turn.start(500)
    while not done and time.perf_counter() < begun + PATIENCE:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    beat.stop()
    turn.stop()
    line(f"{what}: longest hold", beat.longest, goal="≤ 16 ms")
    line("… holds over 16 ms", beat.late, unit="")
    line("… whole time", time.perf_counter() - begun, unit="s")


def _parts(projects: tuple[Any, ...]) -> list[Any]:
    from desktop.presenters.printing import Content
    from desktop.ui.print_jobs import Order
    from forms.known_editions import Editions

    return Order(projects, Content(), Editions(), {}).parts(bound=False)


def _in_process(job: Any, projects: tuple[Any, ...], folder: Path) -> object:
    from desktop.presenters.printing import Device
    from desktop.ui import print_jobs

    usual = print_jobs.paper_of
    print_jobs.paper_of = lambda _device: (str(folder / "out.pdf"), DOTS)
    try:
        return print_jobs.to_printer(job, _parts(projects), Device())
    finally:
        print_jobs.paper_of = usual


def _in_thread(_job: Any, projects: tuple[Any, ...], folder: Path) -> object:
    from desktop.presenters.printing import Device
    from desktop.ui.printer import open_printer, pictures, play

    for part in _parts(projects):
        printer = open_printer(Device(), part.name, str(folder / "out.pdf"), DOTS)
        pages = pictures(part.make(lambda *_: True), DOTS, lambda *_: True)
        play(pages or [], printer, Device(), lambda: True)
    return True
