"""The indicator tree in the real window at 24, 300 and 5,000 rows: from the key to the painted line.

``thread`` is the time that the thread that draws works, ``clock`` what the clerk waits while checks and paper of the
step before are made beside it. Both are 95th percentiles.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.presenters.session import Session
from desktop.store import Store
from forms.edition import Editions
from tests.benchmarks.bench_editing import sample
from tests.benchmarks.measure import line, p95

ROUNDS = 24
QUIET_SECONDS = 60
LEAST_PAUSE = 0.25
"""Seconds between two steps of a quick clerk."""


class Desk:
    """A window with a project of so many rows."""

    def __init__(self, folder: Path) -> None:
        from desktop import app
        from desktop.ui.main_window import MainWindow
        from desktop.ui.shell import Shell
        from desktop.ui.workbench import Workbench

        self.app = app.application()
        self.session = Session(Store.open(folder), Editions())
        self.shell = Shell(folder, "")
        self.shell.resize(1366, 768)
        self.shell.show()
        self.window = MainWindow(Workbench(self.session, folder), self.shell)
        self.rest()

    def open(self, count: int) -> None:
        """Open a project with so many rows, at its indicators."""
        self.window.view.open_project(self.session.add([sample(count, Editions())])[0])
        self.window.editor.show_tab("indicators")
        self.rest()

    def rest(self, seconds: float = QUIET_SECONDS) -> None:
        """Let checks and paper come."""
        end = time.monotonic() + seconds
        begun = time.monotonic()
        while time.monotonic() < end:
            self.app.processEvents()
            quiet = not self.window.bench.is_checking and self.window.paper.source.is_current
            if quiet and time.monotonic() - begun > LEAST_PAUSE:
                return
            time.sleep(0.002)

    def timed(self, act: Callable[[], object]) -> tuple[float, float]:
        """Do something until it is painted; return ms of the thread and of the clock."""
        thread, clock = time.thread_time(), time.perf_counter()
        act()
        self.app.processEvents()
        return (time.thread_time() - thread) * 1000, (time.perf_counter() - clock) * 1000


def memory() -> float:
    """Return the resident memory of this process in MB; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if statm.exists() else 0.0


def steps(desk: Desk, count: int) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """What is measured, by name: what is done before, and the step itself."""
    from desktop.ui.pages.indicators import IndicatorsPage

    page = desk.window.editor.page
    assert isinstance(page, IndicatorsPage)
    chance = random.Random(1)  # noqa: S311 - it hides nothing
    actions, tree = page.actions_by_name, page.tree

    def somewhere() -> None:
        page.focus_path(f"declaration.indicators[{chance.randrange(count)}].l3")
        desk.app.processEvents()

    def change() -> None:
        page.model.setData(tree.currentIndex(), f"名称{chance.random()}")

    def narrow() -> None:
        page.filter.words.setText(chance.choice(["报告", "率", "活动", "2025", ""]))

    def nothing() -> None:
        pass

    bar = tree.verticalScrollBar()
    return {
        "cursor": (nothing, somewhere),
        "insert": (somewhere, actions["add"].trigger),
        "cell": (somewhere, change),
        "undo": (nothing, desk.window.actions_["undo"].trigger),
        "redo": (nothing, desk.window.actions_["redo"].trigger),
        "move": (somewhere, actions["up"].trigger),
        "duplicate": (somewhere, actions["duplicate"].trigger),
        "delete": (somewhere, actions["delete"].trigger),
        "fold": (somewhere, lambda: page.model.fold(page.model.parent_index(tree.currentIndex()))),
        "type to filter": (page.filter.show, narrow),
        "scroll": (
            page.filter.end,
            lambda: bar.setValue((bar.value() + tree.viewport().height()) % (bar.maximum() or 1)),
        ),
    }


def measure(desk: Desk, count: int, first: dict[str, float]) -> None:
    """Print the figures of one size, beside those of the first."""
    for name, (before, act) in steps(desk, count).items():
        thread, clock = [], []
        for _ in range(ROUNDS):
            before()
            desk.rest(LEAST_PAUSE if count > 300 else QUIET_SECONDS)
            one, other = desk.timed(act)
            thread.append(one)
            clock.append(other)
            if name == "fold":
                desk.window.editor.page.tree.expand_all()  # type: ignore[union-attr]  # it is the page of indicators
        line(f"{count} rows: {name}, thread", p95(thread), beside=first.setdefault(name, p95(thread)), goal="≤ 16 ms")
        line(f"{count} rows: {name}, clock, checks running", p95(clock))


def main() -> None:
    """Print the table."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name))
        empty = memory()
        for count in (24, 300, 5000):
            desk.open(count)
            measure(desk, count, first)
            line(f"{count} rows: memory above the empty window", memory() - empty, "MB", goal="≤ 150 MB")
        desk.rest()
        desk.window.may_close()
