"""What the benchmarks share: percentiles and one line a figure."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]


def timed(work: Callable[[], object]) -> float:
    """Return the time of one call in ms."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p95(times: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def processes(*commands: Sequence[str], times: int = 9) -> list[float]:
    """Return the median times in ms of whole Python processes, run by turns; page cache and bytecode are warm."""
    rounds = [[timed(lambda: output_of(command)) for command in commands] for _ in range(times + 1)][1:]  # noqa: B023 - called at once
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def output_of(command: Sequence[str]) -> str:
    """Run a Python process and return what it prints. Raises CalledProcessError."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = [sys.executable, *command]
    return subprocess.run(run, cwd=ROOT, check=True, capture_output=True, env=env, text=True).stdout


def line(what: str, value: float, unit: str = "ms", *, beside: float | None = None, goal: str = "") -> None:
    """Print one figure, as a ratio too where there is something beside it."""
    ratio = "" if beside is None else f"  = {value / beside:5.2f} ×"
    print(f"  {what:<58} {value:9.2f} {unit}{ratio}{f'  (goal {goal})' if goal else ''}", flush=True)
