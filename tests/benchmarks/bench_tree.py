"""The indicator tree in the real window at 24, 300 and nearly 5,000 rows: from the key to rest.

Of every step three figures of what the thread that draws works, each a 95th percentile:

``shown``    from the key until the tree has painted the change, with all else that was done by then
``longest``  the longest single stretch from the key until rest: so long does a key pressed meanwhile wait at most
``in all``   all stretches worth speaking of from the key until rest

Rest is: checks and paper of the step are shown, too. At 5,000 rows (the most that a form may have, with those that the
steps add) the paper takes seconds; there the steps follow one another as a quick clerk would make them, and what comes
of checks and paper is a line of its own. ``clock`` is what the clerk waits for ``shown`` while checks and paper of the
step before are made beside it.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from desktop.presenters.session import Session
from desktop.store import Store
from forms.known_editions import Editions
from forms.package import MAX_INDICATORS as MOST
from tests.benchmarks.bench_editing import sample
from tests.benchmarks.measure import line, p95

if TYPE_CHECKING:
    from desktop.presenters.indicator_cells import Shown
    from desktop.ui.pages.indicators import IndicatorsPage

ROUNDS = 24
DELIVERIES = 3
PASTED = 500
QUIET_SECONDS = 60.0
LEAST_PAUSE = 0.25
"""Seconds between two steps of a quick clerk."""
TURN_MS = 0.5
"""A turn of the event loop that does nothing takes less."""


class Cost(NamedTuple):
    """What a step cost, in ms."""

    shown: float
    clock: float
    longest: float
    whole: float


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

    @property
    def page(self) -> IndicatorsPage:
        """The page of indicators."""
        return cast("IndicatorsPage", self.window.editor.page)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is left to be shown."""
        bench = self.window.bench
        is_idle = bench.jobs.is_idle and bench.librarian.jobs.is_idle
        is_idle = is_idle and not bench.soon.isActive()
        return is_idle and not bench.checking.is_busy and self.window.paper.source.is_current

    def rest(self, seconds: float = QUIET_SECONDS) -> None:
        """Let checks and paper come."""
        begun = time.monotonic()
        while time.monotonic() < begun + seconds:
            self.app.processEvents()
            if self.is_quiet and time.monotonic() - begun > LEAST_PAUSE:
                return
            time.sleep(0.002)

    def timed(self, act: Callable[[], object], *, quick: bool = False, changes: bool = False) -> Cost:
        """Do something and wait for rest, or as long as a ``quick`` clerk does; tell what it cost.

        What ``changes`` the form is not shown before it has.

        A timer that is always due tells the turns of the event loop, those of a dialog as well.
        """
        from PySide6.QtCore import QEvent, QObject, QTimer

        stretches: list[float] = []
        shown: list[tuple[float, float]] = []
        before = self.page.model.shown if changes else None
        last = begun = time.thread_time()
        clock = time.perf_counter()

        def turn() -> None:
            nonlocal last
            now = time.thread_time()
            stretches.append((now - last) * 1000)
            last = now

        desk = self

        class Painted(QObject):
            """Sees the tree being painted; what comes first after that is the end of the painting."""

            def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
                """Note a painting."""
                if event.type() == QEvent.Type.Paint and not shown and desk.page.model.shown is not before:
                    QTimer.singleShot(0, lambda: shown or shown.append((time.thread_time(), time.perf_counter())))
                return False

        painted, pulse = Painted(), QTimer(interval=0)
        self.page.tree.viewport().installEventFilter(painted)
        pulse.timeout.connect(turn)
        pulse.start()
        act()
        while (passed := time.perf_counter() - clock) < QUIET_SECONDS:
            self.app.processEvents()
            if (quick or self.is_quiet) and (passed > LEAST_PAUSE or (shown and not quick)) and (shown or not changes):
                break  # what had nothing to paint is over, too
        pulse.stop()
        self.page.tree.viewport().removeEventFilter(painted)
        turn()
        thread_end, clock_end = shown[0] if shown else (last, time.perf_counter())
        whole = sum(one for one in stretches if one > TURN_MS)
        return Cost((thread_end - begun) * 1000, (clock_end - clock) * 1000, max(stretches), whole)


def memory() -> float:
    """Return the resident memory of this process in MB; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if statm.exists() else 0.0


Act = Callable[[], object]


def steps(desk: Desk, count: int) -> dict[str, tuple[Act, Act]]:
    """What is measured, by name: what is done before, and the step itself."""
    page = desk.page
    chance = random.Random(1)  # noqa: S311 - it hides nothing
    actions, tree = page.actions_by_name, page.tree
    words = cycle(["报告", "率", "活动", "2025", ""])
    undo, redo = desk.window.actions_["undo"].trigger, desk.window.actions_["redo"].trigger

    def somewhere() -> None:
        page.focus_path(f"declaration.indicators[{chance.randrange(1, count)}].l3")
        desk.app.processEvents()

    def named() -> None:
        """Somewhere where to go up changes anything: blank rows beside one another look the same."""
        somewhere()
        row, rows = tree.current_cell(), cast("Shown", page.model.shown).rows
        while row is None or not (rows[row[0]].l3 and rows[row[0] - 1].l3):
            somewhere()
            row = tree.current_cell()

    def change() -> None:
        page.model.setData(tree.currentIndex(), f"名称{chance.random()}")

    def fold() -> None:
        page.model.fold(page.model.parent_index(tree.currentIndex()))

    def unfolded() -> None:
        tree.expand_all()
        somewhere()

    def nothing() -> None:
        pass

    bar = tree.verticalScrollBar()
    found: dict[str, tuple[Act, Act]] = {
        "cursor": (nothing, somewhere),
        "insert": (somewhere, actions["add"].trigger),
        "cell": (somewhere, change),
        "undo": (nothing, undo),
        "redo": (nothing, redo),
        "move": (named, actions["up"].trigger),
        "duplicate": (somewhere, actions["duplicate"].trigger),
        "delete": (somewhere, actions["delete"].trigger),
        "fold": (unfolded, fold),
        "type to filter": (page.filter.show, lambda: page.filter.words.setText(next(words))),
        "scroll": (
            page.filter.end,
            lambda: bar.setValue((bar.value() + tree.viewport().height()) % (bar.maximum() or 1)),
        ),
    }
    return found


def pastes(desk: Desk) -> dict[str, tuple[Act, Act]]:
    """As ``steps``, with the clipboard; each paste is taken back before the next."""
    actions, tree = desk.page.actions_by_name, desk.page.tree
    undo, paste = desk.window.actions_["undo"].trigger, actions["paste"].trigger

    def back() -> None:
        desk.rest(LEAST_PAUSE)
        if len(desk.page.model.shown.rows) > MOST - PASTED:  # type: ignore[union-attr]  # a form is shown
            undo()

    def copied() -> None:
        back()
        tree.select_rows(range(PASTED))
        actions["copy"].trigger()

    def pasted() -> None:
        copied()
        rows = desk.page.model.shown
        paste()
        while desk.page.model.shown is rows:
            desk.app.processEvents()

    return {
        f"paste of {PASTED} rows": (copied, paste),
        f"undo of a paste of {PASTED} rows": (pasted, undo),
        f"paste of {PASTED} rows from a spreadsheet": (foreign(desk, back), paste),
    }


def foreign(desk: Desk, before: Act) -> Act:
    """Put a range of a spreadsheet on the clipboard; the dialog that will ask is answered as soon as it may be."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.ui.mime import mime_data

    numbers = iter(range(10**9))

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.take.isEnabled():  # type: ignore[attr-defined]  # the dialog of paste
            QTimer.singleShot(5, answer)
        else:
            dialog.accept()  # type: ignore[attr-defined]  # as above

    def prepare() -> None:
        before()
        rows = [("产出指标", "数量指标", f"新增活动{next(numbers)}", "≥3场") for _ in range(PASTED)]
        lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        data = mime_data()
        data.setHtml(f"<html><body><table>{lines}</table></body></html>")
        data.setText("\n".join("\t".join(row) for row in rows))
        QApplication.clipboard().setMimeData(data)
        QTimer.singleShot(5, answer)

    return prepare


def measure(desk: Desk, count: int, wanted: dict[str, tuple[Act, Act]], rounds: int, first: dict[str, float]) -> None:
    """Print the figures of steps at one size, beside those of the first."""
    many = count > 300
    for name, (before, act) in wanted.items():
        costs = []
        for _ in range(rounds):
            before()
            desk.rest(LEAST_PAUSE if many else QUIET_SECONDS)
            costs.append(desk.timed(act, quick=many, changes="paste" in name))
        shown, clock, longest, whole = (p95(column) for column in zip(*costs, strict=True))
        line(f"{count} rows: {name}, shown", shown, beside=first.setdefault(name, shown), goal="≤ 16 ms")
        line(f"{count} rows: {name}, longest", longest, goal="≤ 16 ms")
        line(f"{count} rows: {name}, in all", whole)
        line(f"{count} rows: {name}, clock", clock)


def deliver(desk: Desk, count: int) -> None:
    """Print how long checks and paper of a long form hold the thread up when they come."""
    before, act = steps(desk, count)["cell"]
    costs = []
    for _ in range(DELIVERIES):
        before()
        costs.append(desk.timed(act))
    line(f"{count} rows: checks and paper come, longest", max(one.longest for one in costs), goal="≤ 16 ms")


def main() -> None:
    """Print the table."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name))
        empty = memory()
        for count in (24, 300, MOST - 2 * ROUNDS):
            desk.open(count)
            measure(desk, count, steps(desk, count), ROUNDS, first)
            line(f"{count} rows: memory above the empty window", memory() - empty, "MB", goal="≤ 150 MB")
        deliver(desk, count)
        desk.open(MOST - PASTED)
        measure(desk, MOST - PASTED, pastes(desk), ROUNDS, first)
        desk.rest()
        desk.window.may_close()
