"""The bundle beside the sources: a command, and the window from start to a page of paper on the screen."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import ROOT, line, timed

PROGRAM = ROOT / "dist" / "jibiao" / ("jibiao.exe" if os.name == "nt" else "jibiao")


def main() -> None:
    """Print the table."""
    if not PROGRAM.exists():
        print("  no bundle was made: python3 dev.py bundle")
        return
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        for what, words in {
            "jibiao list": ["--data-dir", str(Path(name) / "data"), "list"],
            "window from start to a page of paper": ["selftest", "--step", "window"],
        }.items():
            source, bundle = _by_turns([sys.executable, "-m", "desktop", *words], [str(PROGRAM), *words], env=env)
            line(f"{what}: from the sources", source)
            line(f"{what}: from the bundle", bundle, beside=source, goal="≤ 1 ×")


def _by_turns(*commands: list[str], env: dict[str, str], times: int = 9) -> list[float]:
    def once(command: list[str]) -> float:
        return timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=env))

    rounds = [[once(command) for command in commands] for _ in range(times + 1)][1:]
    return [statistics.median(one) for one in zip(*rounds, strict=True)]
