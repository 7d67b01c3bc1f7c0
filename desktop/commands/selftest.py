"""selftest: the installed program checks itself and writes what it found as JSON."""

from __future__ import annotations

import json
import platform
import tempfile
import traceback
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.commands.common import CommandError, Exit, say
from desktop.commands.demo import samples
from desktop.exchange.writing import write_file
from desktop.store import Store
from desktop.texts import RESOURCES, text
from forms.checks import RULES, check_package
from forms.documents import Package, Project, put
from forms.edition import SHIPPED, Editions
from forms.edits import set_text
from forms.package import parse_package, read_package, write_package


def selftest(arguments: Namespace) -> Exit:
    """``selftest [--report FILE] [--window]``: every step is tried; any fault makes the exit code 3."""
    steps: list[tuple[str, Callable[[], str]]] = [
        ("editions", _editions),
        ("texts", _texts),
        ("fonts", _fonts),
        ("checks", _checks),
        ("database", _database),
        ("printing", _printing),
    ]
    if arguments.window:
        steps.append(("window", _window))
    results = [_try(name, step) for name, step in steps]
    good = all(result["ok"] for result in results)
    report = {"program": "jibiao", "python": platform.python_version(), "ok": good, "steps": results}
    plain = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    if arguments.report:
        write_file(Path(arguments.report), plain.encode())
    else:
        print(plain, end="")
    say(text("cli.selftest_good" if good else "cli.selftest_bad"))
    return Exit.DONE if good else Exit.ENVIRONMENT


def _try(name: str, step: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"step": name, "ok": True, "detail": step()}
    except Exception:  # noqa: BLE001 - whatever goes wrong is what the report is for
        return {"step": name, "ok": False, "detail": traceback.format_exc()}


def _require(condition: object, what: str) -> None:
    if not condition:
        raise CommandError(Exit.ENVIRONMENT, what)


def _editions() -> str:
    editions = Editions()
    files = len(list(SHIPPED.glob("*.toml")))
    _require(files and len(editions) == files, f"{files} edition files, {len(editions)} editions")
    return " ".join(editions)


def _texts() -> str:
    areas = sorted((RESOURCES / "texts" / "zh_CN").glob("*.toml"))
    _require(areas, "no texts")
    return " ".join(path.stem for path in areas)


def _fonts() -> str:
    from forms.printing import has_glyph

    _require(all(has_glyph(char) for char in "绩效目标申报表≥％（𠮷"), "a character has no glyph")
    return "ok"


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
                    only: Project = put(Project(), (kind,), replace(form, edition=name))
                    return only
    raise CommandError(Exit.ENVIRONMENT, f"no sample for {name}")


def _window() -> str:
    from desktop.app import run

    with tempfile.TemporaryDirectory() as name:
        code = run(Path(name), close_at_once=True)
    _require(code == 0, f"the window ended with {code}")
    return "opened and closed"
