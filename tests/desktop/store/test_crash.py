"""The program dies at any moment: what it said to be saved is there."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store import Store
from desktop.store.folder import FILE
from desktop.store.migrations import SCHEMA
from tests.desktop.store import crashing, killed_upgrades

ROUNDS = 15
ROOT = Path(__file__).parents[3]


@pytest.mark.process
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_what_was_said_to_be_saved_is_there(folder: Path, seed: int) -> None:
    journal = ("wal", "delete")[seed % 2]
    child = subprocess.Popen(
        [sys.executable, "-m", crashing.__name__, str(folder), journal],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    for _ in range(random.Random(seed).randint(1, 80)):  # noqa: S311 - any moment will do
        child.stdout.readline()
    child.kill()
    said = [int(line) for line in child.communicate()[0].splitlines() if line.isdigit()]
    connection = sqlite3.connect(folder / FILE)
    assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    connection.close()
    with Store.open(folder) as store:
        (row,) = store.projects()
        stored, steps = store.load(row.id), [step.name.removeprefix("改名为") for step in store.history(row.id)]
    found = (stored.head, steps)
    known = crashing.states(crashing.CHANGES)
    assert found in known
    assert known.index(found) >= max(said, default=0)
    assert stored.project == crashing.document(*found)
    assert row.name == stored.project.name


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed so on POSIX systems only")
def test_killed_before_each_statement_of_an_upgrade_it_is_old_or_new(folder: Path) -> None:
    old = ROOT / "tests" / "old_files" / "v1.db"
    command = [sys.executable, "-m", killed_upgrades.__name__, str(old), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split(maxsplit=3) for line in done.stdout.splitlines()]
    assert len(lines) > 30
    assert all(line[1:] == ["True", "ok", "3"] for line in lines)
    versions = [int(line[0]) for line in lines]
    assert versions == sorted(versions)
    assert (versions[0], versions[-1]) == (1, len(SCHEMA._migrations))
    assert set(versions) == {versions[0], versions[-1]}
