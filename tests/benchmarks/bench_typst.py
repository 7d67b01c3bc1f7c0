"""The same declarations, from package files to PDF, by 绩表 and by Typst: time, memory and bytes.

Typst gets the same package and edition files, the shipped faces and a template with the same columns, merges, repeated
header and values (typst/forms.typ); size of type and paper are what 绩表 chose. It runs as its Python package does:
import, compile, write. Ours embeds the package in every PDF; Typst's files carry none.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

import pypdf

from desktop.texts import RESOURCES
from forms.documents import Package, Project
from forms.known_editions import SHIPPED, Editions
from forms.package import read_package, write_package
from forms.printing import PrintOptions, print_package
from tests.benchmarks.measure import line, output_of, processes
from tests.published import FOLDER

MANY = 1000
TEMPLATE = Path(__file__).parent / "typst" / "forms.typ"
FONTS = RESOURCES / "fonts"

TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3], font_paths=[sys.argv[4]], ignore_system_fonts=True)
"""
GROWTH = """
import resource, sys
from pathlib import Path
from forms.known_editions import Editions
from forms.package import read_package
from forms.printing import PrintOptions, print_package
editions = Editions()
package = read_package(Path(sys.argv[1]), editions)
print_package(type(package)(package.projects[:1]), editions, PrintOptions())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
told = []
printed = print_package(package, editions, PrintOptions(), lambda *done: told.append(done) or True)
assert len(told) == len(package.projects)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
LOADED = "from forms.printing.lean import pdfdoc"
TYPST_GROWTH = TYPST.replace("typst.compile", "import resource\ntypst.compile") + (
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
)


class Folder:
    """Where both programs find the same declarations; each as it wants them."""

    def __init__(self, path: Path, editions: Editions) -> None:
        self.path, self.editions = path, editions
        self.jobs: list[dict[str, object]] = []
        self.packages: list[Path] = []
        (path / "packages").mkdir(parents=True)
        shutil.copytree(SHIPPED, path / "editions")
        shutil.copy(TEMPLATE, path)

    def add(self, name: str, projects: list[Project]) -> None:
        """Add a package of declarations."""
        file = self.path / "packages" / name
        file.write_bytes(write_package(Package(tuple(projects))))
        sizes = {id(project): size_of(project, self.editions) for project in projects[:60]}
        values = cycle(sizes.values())
        self.packages.append(file)
        self.jobs.append({"package": name, "sizes": [sizes.get(id(one), next(values)) for one in projects]})
        (self.path / "jobs.json").write_text(json.dumps(self.jobs), encoding="utf-8")

    @property
    def ours(self) -> list[str]:
        """What runs 绩表."""
        return ["-m", "desktop", "print", "--public", "--out", str(self.path / "ours.pdf"), *map(str, self.packages)]

    @property
    def nothing(self) -> list[str]:
        """What imports all that a print needs, and prints nothing."""
        return ["-c", "import desktop.cli, desktop.commands.files, forms.printing.booklet"]

    @property
    def typst(self) -> list[str]:
        """What runs Typst."""
        template, out = self.path / TEMPLATE.name, self.path / "typst.pdf"
        return ["-c", TYPST, str(template), str(out), str(self.path), str(FONTS)]


def size_of(project: Project, editions: Editions) -> float:
    """Size of type that 绩表 sets a form in."""
    pdf = print_package(Package((project,)), editions, PrintOptions()).pdf
    content = pypdf.PdfReader(BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    sizes = [float(size) for size in re.findall(rb"/F\d+ ([\d.]+) Tf", content.get_data())]
    return max(set(sizes), key=sizes.count)


def declarations(editions: Editions) -> list[tuple[str, list[Project]]]:
    """The declarations of the published forms where they are at hand, else of the shipped samples, by package."""
    folder = FOLDER if FOLDER.is_dir() else RESOURCES / "samples"
    found = []
    for path in sorted(folder.glob("*.json")):
        projects = [Project(declaration=one.declaration) for one in read_package(path, editions).projects]
        kept = [one for one in projects if one.declaration is not None]
        if kept:
            found.append((path.name, kept))
    return found


def many(projects: list[Project]) -> list[Project]:
    """A thousand declarations, no goal, name or indicator of which stands in another one."""
    found = []
    for n, project in enumerate(islice(cycle(projects), MANY)):
        form = project.declaration
        assert form is not None
        own = f"（第{n + 1}项）"
        rows = tuple(row._replace(l3=row.l3 + own) for row in form.indicators)
        fields = {**form.fields, "项目名称": project.name + own}
        goals = {"annual_goal": own + form.annual_goal, "overall_goal": form.overall_goal and own + form.overall_goal}
        found.append(project._replace(declaration=form._replace(fields=fields, indicators=rows, **goals)))
    return found


def main() -> None:
    """Print the table."""
    editions = Editions()
    packages = declarations(editions)
    projects = [project for _, kept in packages for project in kept]
    with tempfile.TemporaryDirectory() as name:
        every = Folder(Path(name) / "every", editions)
        for file, kept in packages:
            every.add(file, kept)
        ours, typst, bare, loaded, nothing = processes(
            every.ours, every.typst, ["-c", ""], ["-c", LOADED], every.nothing
        )
        line(f"Typst: {len(projects)} declarations in one process", typst)
        line(f"绩表: {len(projects)} declarations in one process", ours, beside=typst, goal="≤ 1 ×")
        line("what bounds it: Python alone", bare, beside=typst)
        line("what bounds it: and reportlab's documents imported", loaded, beside=typst)
        line("what bounds it: and all of 绩表 that a print needs", nothing, beside=typst)
        one_by_one(Path(name), packages, editions)
        thousand(Path(name), projects, editions)


def one_by_one(root: Path, packages: list[tuple[str, list[Project]]], editions: Editions) -> None:
    """Each declaration as a file of its own: bytes, and time of a whole process."""
    sizes = []
    singles = []
    for n, project in enumerate(project for _, kept in packages for project in kept):
        single = Folder(root / f"single-{n}", editions)
        single.add("one.json", [project])
        singles.append(single)
        output_of(single.ours)
        output_of(single.typst)
        sizes.append([(single.path / f"{who}.pdf").stat().st_size / 1024 for who in ("ours", "typst")])
    mine, theirs = (sum(row) / len(row) for row in zip(*sizes, strict=True))
    line("Typst: a declaration alone, bytes", theirs, "KiB")
    line("绩表: a declaration alone, with its package, bytes", mine, "KiB", beside=theirs, goal="≤ 1 ×")
    ours, typst = processes(singles[0].ours, singles[0].typst, times=7)
    line("Typst: one declaration, whole process", typst)
    line("绩表: one declaration, whole process", ours, beside=typst)


def thousand(root: Path, projects: list[Project], editions: Editions) -> None:
    """A thousand forms in one file."""
    folder = Folder(root / "many", editions)
    folder.add("many.json", many(projects))
    ours, typst = processes(folder.ours, folder.typst, times=2)
    line(f"Typst: {MANY:,} declarations, each", typst / MANY)
    line(f"绩表: {MANY:,} declarations, each", ours / MANY, beside=typst / MANY, goal="≤ 1 ×")
    mine, theirs = ((folder.path / f"{who}.pdf").stat().st_size / 1024 / MANY for who in ("ours", "typst"))
    line("Typst: bytes of each", theirs, "KiB")
    line("绩表: bytes of each, with its package", mine, "KiB", beside=theirs, goal="≤ 1 ×")
    grown = float(output_of(["-c", GROWTH, str(folder.packages[0])]))
    line("绩表: memory grows by", grown, "MiB", goal="≤ 100 MB")
    peak = float(output_of(["-c", TYPST_GROWTH, *folder.typst[2:]]))
    line("Typst: memory at most, in all", peak, "MiB")
