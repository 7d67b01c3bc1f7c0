"""selftest: the installed program checks itself and writes what it found as JSON."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import sys
import tempfile
import time
import tomllib
import traceback
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.commands.common import CommandError, Exit, folder_of, say
from desktop.commands.demo import fill, samples
from desktop.exchange.writing import write_file
from desktop.store import Store
from desktop.store.database import SQLITE_VERSION
from desktop.store.folder import FILE as DATABASE
from desktop.texts import RESOURCES, text
from desktop.version import version
from forms.checks import RULES, check_package
from forms.documents import Package, Project, put
from forms.edits import set_text
from forms.known_editions import SHIPPED, Editions
from forms.package import parse_package, read_package, write_package

ROOT = RESOURCES.parent
MANIFEST = ROOT / "manifest.json"
"""Written when a bundle is made: its data files with their SHA-256."""
OLD_FILES = ROOT / "tests" / "old_files"
"""Databases as each older version left them; the bundle carries them at the same place."""
REPORT = "selftest.json"


def selftest(arguments: Namespace) -> Exit:
    """``selftest [--report FILE] [--window] [--step NAME…]``: every step is tried; any fault makes the exit code 3.

    The report goes to standard output; to ``selftest.json`` of the data folder where there is none (a program with
    a window has none on Windows). It is written after every step: one that ends the program is seen, too.
    """
    steps = {name: step for name, step in STEPS.items() if name in (arguments.step or STEPS)}
    if not arguments.window and not arguments.step:
        del steps["window"], steps["printer"]
    path = Path(arguments.report) if arguments.report else None
    if path is None and sys.stdout is None:
        path = folder_of(arguments) / REPORT
        path.parent.mkdir(parents=True, exist_ok=True)
    results: list[dict[str, Any]] = []
    for name, step in steps.items():
        if path is not None:
            write_file(path, _report([*results, {"step": name, "ok": False, "detail": "not ended"}]).encode())
        results.append(_try(name, step))
    if path is not None:
        write_file(path, _report(results).encode())
    else:
        print(_report(results), end="")
    good = all(result["ok"] for result in results)
    say(text("cli.selftest_good" if good else "cli.selftest_bad"))
    return Exit.DONE if good else Exit.ENVIRONMENT


def _report(results: list[dict[str, Any]]) -> str:
    report = {
        "program": "jibiao",
        "version": version(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "python": platform.python_version(),
        "sqlite": SQLITE_VERSION,
        "system": platform.platform(),
        "ok": all(result["ok"] for result in results),
        "steps": results,
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _try(name: str, step: Callable[[], str]) -> dict[str, Any]:
    start = time.perf_counter()
    try:
        ok, detail = True, step()
    except Exception:  # noqa: BLE001 - whatever goes wrong is what the report is for
        ok, detail = False, traceback.format_exc()
    return {"step": name, "ok": ok, "ms": round((time.perf_counter() - start) * 1000), "detail": detail}


def _require(condition: object, what: str) -> None:
    if not condition:
        raise CommandError(Exit.ENVIRONMENT, what)


def _files() -> str:
    """Compare the data files with the manifest: an installation can lose files, or have them changed."""
    if not MANIFEST.is_file():
        _require(not getattr(sys, "frozen", False), "the manifest is missing")
        return "runs from its sources: no manifest"
    wanted: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    missing = [name for name in wanted if not (ROOT / name).is_file()]
    _require(not missing, f"missing: {' '.join(missing)}")
    changed = [name for name, value in wanted.items() if value != _sum(ROOT / name)]
    _require(not changed, f"changed: {' '.join(changed)}")
    return f"{len(wanted)} files"


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _editions() -> str:
    editions = Editions()
    files = len(list(SHIPPED.glob("*.toml")))
    _require(files and len(editions) == files, f"{files} edition files, {len(editions)} editions")
    return " ".join(editions)


def _texts() -> str:
    areas = sorted((RESOURCES / "texts" / "zh_CN").glob("*.toml"))
    count = sum(len(tomllib.loads(path.read_text(encoding="utf-8"))) for path in areas)
    _require(count, "no texts")
    _require(text("window.name") == "绩表", "the texts are not those of this program")
    _require((RESOURCES / "help" / "manual.md").stat().st_size, "the manual is empty")
    return f"{count} in {' '.join(path.stem for path in areas)}"


def _fonts() -> str:
    from forms.printing import has_glyph

    faces = sorted((RESOURCES / "fonts").glob("*.ttf"))
    _require(faces, "no faces")
    _require(all(has_glyph(char) for char in "绩效目标申报表≥％（𠮷"), "a character has no glyph")
    return f"{len(faces)} faces"


def _library() -> str:
    from desktop.store.initials import initials
    from forms.library import read_library

    library = read_library(RESOURCES / "library")
    _require(library.rows and library.reasons, "the library is empty")
    _require(initials("财务审批") == "cwsp", "no pinyin initials")
    return f"{len(library.themes)} themes, {len(library.rows)} indicators, {len(library.reasons)} reasons"


def _checks() -> str:
    editions = Editions()
    _require(samples(), "no samples")
    count = sum(len(check_package(read_package(path, editions), editions)) for path in samples())
    return f"{len(RULES)} rules, {count} findings on the samples"


def _database() -> str:
    editions = Editions()
    projects = [project for path in samples() for project in read_package(path, editions).projects]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder) as store:
            ids = store.create_many(projects)
            kind = projects[0].forms[0][0]
            edit = set_text(projects[0], f"{kind}.fields.项目名称", "自检", "自检")
            head = store.append(ids[0], edit, store.load(ids[0]).head)
            copy = store.backup(folder / "copy.db")
        with Store.open(folder) as store:
            _require(len(store.projects()) == len(projects), "projects were lost")
            _require(store.load(ids[0]).head == head, "the edit was lost")
            _require(store.load(ids[0]).project == edit.apply(projects[0]), "the edit came back otherwise")
        _require(copy.stat().st_size > 0, "the copy is empty")
    return f"{len(projects)} projects"


def _migration() -> str:
    told = []
    for old in sorted(OLD_FILES.glob("*.db")):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copy(old, folder / DATABASE)
            with Store.open(folder) as store:
                rows = [*store.projects(), *store.projects(recycled=True)]
                _require(rows, f"{old.name}: projects were lost")
                heads = sum(store.load(row.id).head for row in rows)
                store.backup(folder / "copy.db")  # which is verified
        told.append(f"{old.stem}: {len(rows)} projects, {heads} steps")
    _require(told or not MANIFEST.exists(), "no databases of older versions")
    return ", ".join(told) or "none here"


def _printing() -> str:
    from forms.printing import PrintOptions, print_package, read_attachment

    editions, seen = Editions(), set[str]()
    pages = 0
    for path in samples():
        package = read_package(path, editions)
        printed = print_package(package, editions, PrintOptions(booklet=package.booklet is not None))
        _require(read_attachment(printed.pdf) == write_package(package), f"{path.name}: attachment differs")
        pages += printed.pages
        seen |= {form.edition for project in package.projects for _, form in project.forms}
    for name in editions.keys() - seen:
        project = _as_edition(name, editions)
        printed = print_package(Package((project,)), editions, PrintOptions())
        again = parse_package(read_attachment(printed.pdf), name, editions)
        _require(again.projects[0] == project, f"{name}: attachment differs")
        pages += printed.pages
    return f"{pages} pages"


def _as_edition(name: str, editions: Editions) -> Project:
    """Return a sample project under another edition of its kind."""
    for path in samples():
        for project in read_package(path, editions).projects:
            for kind, form in project.forms:
                if kind == editions[name].kind:
                    only: Project = put(Project(), (kind,), form._replace(edition=name))
                    return only
    raise CommandError(Exit.ENVIRONMENT, f"no sample for {name}")


def _window() -> str:
    from desktop.app import run, surroundings
    from desktop.location import LOG

    _require(*_has_platform())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, Editions())
        code = run(folder, close_when_drawn=True)
        log = folder / LOG
        _require(not log.exists(), log.read_text(encoding="utf-8") if log.exists() else "")
    _require(code == 0, f"the window ended with {code}: no page of paper was seen")
    seen = surroundings()
    _require(seen["translation"], "Qt has no Chinese translation")
    return json.dumps(seen, ensure_ascii=False)


def _printer() -> str:
    """Print the test page by way of the process that prints, on Qt's own printer whose paper is a PDF."""
    from desktop.presenters.printing import Device
    from desktop.printer_process import PrinterProcess
    from forms.printing.trial_page import print_trial_page

    _require(*_has_platform())
    told: list[int] = []
    with tempfile.TemporaryDirectory() as name, PrinterProcess(lambda: True) as process:
        out = Path(name) / "printed.pdf"
        answer = process.print(
            print_trial_page(), "selftest", Device(), lambda made, _of: told.append(made), file=str(out), dots=300
        )
        _require(answer is not None and answer.get("pages") == 1 and told == [1], f"the printer answered {answer}")
        _require(out.read_bytes().startswith(b"%PDF"), "what was printed is no PDF")
        facts = process.facts("")
    return f"1 page, {facts.resolution if facts else 0} dots an inch"


def _has_platform() -> tuple[bool, str]:
    """Whether Qt has a plugin for its platform: without one it ends the program, with a message that waits."""
    from desktop.app import platform_plugins

    wanted, there = platform_plugins()
    return any(wanted in name for name in there), f"Qt has no platform plugin {wanted}, only {there}"


STEPS: dict[str, Callable[[], str]] = {
    "files": _files,
    "editions": _editions,
    "texts": _texts,
    "fonts": _fonts,
    "library": _library,
    "checks": _checks,
    "database": _database,
    "migration": _migration,
    "printing": _printing,
    "window": _window,
    "printer": _printer,
}
"""The steps in their order; the last two, which need a screen, only where ``--window`` asks for them."""
