"""print of one package as a whole process, beside the start of Python and the import of reportlab's canvas."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.texts import RESOURCES
from forms.documents import Package
from forms.known_editions import Editions
from forms.package import read_package, write_package
from forms.printing import PrintOptions, print_package
from tests.benchmarks.measure import line, processes, timed


def main() -> None:
    """Print the table."""
    editions = Editions()
    packages = {path: read_package(path, editions) for path in sorted((RESOURCES / "samples").glob("*.json"))}
    package = min(packages.values(), key=lambda one: len(one.projects))
    with tempfile.TemporaryDirectory() as name:
        out = str(Path(name) / "a.pdf")
        one = Path(name) / "one.json"
        one.write_bytes(write_package(Package(package.projects[:1])))
        start, canvas, whole = processes(
            ("-c", "pass"),
            ("-c", "import reportlab.pdfgen.canvas"),
            ("-m", "desktop", "print", str(one), "--out", out),
        )
        line("python -c pass", start)
        line("import reportlab.pdfgen.canvas", canvas)
        line("print of one project, whole process", whole, beside=canvas, goal="≤ 2 ×")
        size = Path(out).stat().st_size / 1024
        line("its PDF", size, "KiB")
    projects = [project for one in packages.values() for project in one.projects]
    print_package(Package(tuple(projects[:1])), editions, PrintOptions())
    took = timed(lambda: [print_package(Package((project,)), editions, PrintOptions()) for project in projects])
    line(f"{len(projects)} projects one by one in one process, each", took / len(projects))
