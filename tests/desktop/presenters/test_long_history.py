"""Undo reaches back 500 steps and more, also after a crash."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.presenters.session import Session
from desktop.store import Store
from forms.edits import set_text
from forms.known_editions import Editions
from tests.desktop.store.samples import sample

STEPS = 620


def test_five_hundred_steps_outlive_a_crash(tmp_path: Path) -> None:
    session = Session(Store.open(tmp_path / "data"), Editions())
    number = session.add([sample()])[0]
    session.open(number)
    for n in range(STEPS):
        project = session.project
        assert project is not None
        session.do(set_text(project, "declaration.annual_goal", str(n), f"第{n}步"))
    session.flush()
    shutil.copytree(tmp_path / "data", tmp_path / "crashed", ignore=shutil.ignore_patterns("*.lock"))
    session.close()
    session = Session(Store.open(tmp_path / "crashed"), Editions())
    session.open(number)
    for n in reversed(range(STEPS)):
        assert session.undo_name == f"第{n}步"
        session.undo()
    assert session.project == sample()
    assert session.undo_name is None
    for _ in range(STEPS):
        session.redo()
    assert session.project is not None
    assert session.project.declaration is not None
    assert session.project.declaration.annual_goal == str(STEPS - 1)
    session.close()
