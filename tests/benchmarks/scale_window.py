"""The window in a process of its own, for ``bench_scale``: ``FOLDER BEGUN [WORDS]`` prints ms to the list, …, MB."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desktop import app
from desktop.ui.main_window import MainWindow
from desktop.ui.shell import Shell


def main(folder: Path, begun: float, words: str) -> None:
    """Open the window, measure, and end at once."""
    running = app.application()
    shell = Shell(folder, "")
    program = app._Program(shell, folder, [], close_at_once=False, close_when_drawn=False)

    def timed(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        running.processEvents()
        return (time.perf_counter() - start) * 1000

    def figures(window: MainWindow) -> None:
        dice = random.Random(2)  # noqa: S311 - the same every time
        asked = ["".join(dice.choice(words) for _ in range(dice.randint(1, 3))) for _ in range(60)]
        asked += ["示例单位7", "9", "文", "培训", "社区 2024", ""]
        typed = [timed(lambda one=one: window.projects.filter.setText(one)) for one in asked]
        print(*(f"{one:.2f}" for one in typed), flush=True)
        numbers = dice.sample(window.projects.listed(), 20)
        print(*(f"{timed(lambda n=n: window.view.open_project(n)):.2f}" for n in numbers), flush=True)

    def fill() -> None:
        program.fill()
        running.processEvents()
        window = program._window
        assert window is not None
        print((time.time() - begun) * 1000, flush=True)
        if words:
            figures(window)
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS"):
                print(int(line.split()[1]) / 1024, flush=True)
        os._exit(0)

    shell.painted.connect(fill)
    shell.show()
    running.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), "".join(sys.argv[3:]))
