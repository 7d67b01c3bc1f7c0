"""The real window, offscreen: for how long it pauses to collect garbage at a rest, beside a walk over all objects."""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.bench_editing import sample
from tests.benchmarks.measure import line, timed

RESTS, EDITS = 8, 3
PATIENCE = 60.0


def main() -> None:
    """Print the table."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop import app
    from desktop.presenters.session import Session
    from desktop.store import Store
    from desktop.ui import collector as module
    from desktop.ui.main_window import MainWindow
    from desktop.ui.shell import Shell
    from desktop.ui.workbench import Workbench
    from forms.edits import set_text
    from forms.known_editions import Editions

    editions = Editions()
    with tempfile.TemporaryDirectory() as name:
        running = app.application()
        session = Session(Store.open(Path(name)), editions)
        shell = Shell(Path(name), "")
        shell.resize(1600, 900)
        shell.show()
        window = MainWindow(Workbench(session, Path(name)), shell)
        collector = window._collector
        collector._timer.stop()
        module.REST_MS = -1  # it rests whenever it is asked

        def settle() -> None:
            """Wait until checks and paper are those of the document."""
            until = time.monotonic() + PATIENCE
            while True:
                running.processEvents()
                if (not window.bench.checking.is_busy and window.paper.source.is_current) or time.monotonic() > until:
                    return
                time.sleep(0.005)

        for count in (24, 300, 5000):
            session.open(session.add([sample(count, editions)])[0])
            settle()
            pauses: list[float] = []
            for n in range(RESTS):
                for k in range(EDITS):
                    project = session.project
                    assert project is not None
                    window.bench.do(set_text(project, "declaration.annual_goal", f"{n} {k}", "x"))
                    settle()
                collector.busy()
                pauses += [timed(collector.tick) for _ in range(3)]
            blocks = sys.getallocatedblocks()
            gc.unfreeze()
            whole = timed(gc.collect)
            freed = blocks - sys.getallocatedblocks()
            line(f"{count} indicators: all objects are walked over", whole)
            line(f"{count} indicators: a rest, longest pause of {len(pauses)}", max(pauses), beside=whole, goal="< 16")
            line(f"{count} indicators: a rest, median pause", statistics.median(pauses), beside=whole)
            line(f"{count} indicators: left after {RESTS} rests, of the memory", freed / blocks * 100, "%")
        window.end()
        shell.deleteLater()
        running.processEvents()


if __name__ == "__main__":
    main()
