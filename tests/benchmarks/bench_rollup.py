"""Gathering 1,000 packages of as many units: files a second, memory."""

from __future__ import annotations

import gc
import tempfile
import tracemalloc
from pathlib import Path
from time import perf_counter

from desktop.presenters.rollup import files_beneath, read_all
from forms.documents import Package, Project
from forms.known_editions import Editions
from forms.package import write_package
from tests.benchmarks.bench_editing import sample
from tests.benchmarks.measure import line

FILES = 1000


def main() -> None:
    """Print the table."""
    editions = Editions()
    project = sample(24, editions)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(FILES):
            (folder / f"{n:04d}.json").write_bytes(write_package(Package((_of_unit(project, n),))))
        began = perf_counter()
        found = read_all(files_beneath(folder), editions, (), {}.__getitem__, lambda _made, _total: True)
        spent = perf_counter() - began
        line(f"{len(found)} packages of 24 indicators, a second", len(found) / spent, "files", goal="≥ 100 files")
        for count in (100, FILES):
            gc.collect()
            tracemalloc.start()
            kept = read_all(files_beneath(folder)[:count], editions, (), {}.__getitem__, lambda _made, _total: True)
            held, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            line(f"memory for each of {len(kept)} while reading", peak / count / 1024, "KiB")
            line(f"memory for each of {len(kept)} kept", held / count / 1024, "KiB")


def _of_unit(project: Project, n: int) -> Project:
    form = project.declaration
    assert form is not None
    return project._replace(declaration=form._replace(fields={**form.fields, "实施单位": f"第{n}个单位"}))
