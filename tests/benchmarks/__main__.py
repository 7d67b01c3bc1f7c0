"""Run the benchmarks named, or all, and print their tables."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))


def main() -> None:
    """Run them one after the other."""
    wanted = [f"bench_{name}" for name in sys.argv[1:]] or NAMES
    for name in wanted:
        module = importlib.import_module(f"tests.benchmarks.{name}")
        print(f"\n{name.removeprefix('bench_')}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        module.main()


if __name__ == "__main__":
    main()
