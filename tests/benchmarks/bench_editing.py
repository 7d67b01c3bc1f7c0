"""An edit until it is saved on disk and checked, at 24, 300 and 5,000 indicators, beside a bare SQLite commit."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from desktop.presenters.session import Session
from desktop.store import Store
from desktop.texts import RESOURCES
from forms.checks import check_project
from forms.documents import Declaration, Project
from forms.edits import set_text
from forms.known_editions import Editions
from forms.package import read_package
from tests.benchmarks.measure import line, p95, timed

ROUNDS = 200


def sample(count: int, editions: Editions) -> Project:
    """Return a sample declaration with so many indicators, their names all different."""
    packages = [read_package(path, editions) for path in sorted((RESOURCES / "samples").glob("*.json"))]
    project = max(
        (project for package in packages for project in package.projects if project.declaration),
        key=lambda project: len(project.declaration.indicators if project.declaration else ()),
    )
    form = project.declaration
    assert isinstance(form, Declaration)
    rows = [form.indicators[n % len(form.indicators)] for n in range(count)]
    rows = [row._replace(l3=f"{row.l3}{n}") if n >= len(form.indicators) else row for n, row in enumerate(rows)]
    order = {key: n for n, key in enumerate(dict.fromkeys((row.l1, row.l2) for row in rows))}
    rows.sort(key=lambda row: order[row.l1, row.l2])
    return project._replace(declaration=form._replace(indicators=tuple(rows)))


def bare_commit(folder: Path) -> float:
    """Return the p95 of one durable SQLite commit of a short row in the same folder."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table t (a text)")
    times = [timed(lambda: connection.execute("insert into t values (?)", ["x" * 200])) for _ in range(ROUNDS)]
    connection.close()
    return p95(times)


def main() -> None:
    """Print the table."""
    editions = Editions()
    with tempfile.TemporaryDirectory() as name:
        bare = bare_commit(Path(name))
        line("bare SQLite commit, p95", bare)
        for count in (24, 300, 5000):
            session = Session(Store.open(Path(name) / str(count)), editions)
            session.open(session.add([sample(count, editions)])[0])
            check_project(session.project, editions)  # type: ignore[arg-type]  # as when the project was opened
            whole, checks, drawing = [], [], []
            for n in range(ROUNDS if count < 5000 else 40):
                project = session.project
                assert project is not None
                place = f"declaration.indicators[{n % count}].target"
                edit = set_text(project, place, f"≥{n + 1}.00(份)", "修改指标值")
                drawing.append(timed(lambda: session.do(edit)))  # noqa: B023 - called at once
                checks.append(timed(lambda: check_project(session.project, editions)))  # type: ignore[arg-type]  # noqa: B023
                whole.append(drawing[-1] + checks[-1] + timed(session.flush))
            session.close()
            line(f"{count} indicators: in memory (thread that draws), p95", p95(drawing))
            line(f"{count} indicators: all checks, p95", p95(checks))
            goal = "≤ 16 ms" if count <= 300 else ""
            line(f"{count} indicators: edit → checked and saved, p95", p95(whole), beside=bare, goal=goal)
