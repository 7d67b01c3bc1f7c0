"""Databases with flipped bytes or cut off: each opens sound, or is told and what can be read is saved.

``python -m tests.benchmarks.damage [--copies 500] [--seed 1]``. Silent losses and crashes must be 0.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from desktop.store import Store, StoreError
from desktop.store.backup import restore_from
from desktop.store.copies import newest_good
from desktop.store.folder import BACKUPS, FILE
from desktop.store.salvage import salvage
from desktop.texts import RESOURCES
from forms.edits import set_text
from forms.known_editions import Editions
from forms.package import read_package

GOAL = "declaration.annual_goal"


def make(folder: Path) -> None:
    """Make a data folder with projects, long histories, a final copy, settings, and a backup a little older."""
    from desktop.store import Frozen

    paths = sorted((RESOURCES / "samples").glob("*2025.json"))
    projects = [project for path in paths for project in read_package(path, Editions()).projects]
    with Store.open(folder) as store:
        for number, first in zip(store.create_many(projects), projects, strict=True):
            project = first
            if project.declaration is None:
                continue
            for head in range(60):
                edit = set_text(project, GOAL, f"目标{head} " + "字" * head, "修改")
                store.append(number, edit, head)
                project = edit.apply(project)
            store.set_view(number, {"tab": "funds"})
        store.freeze(1, projects[0], "A", Frozen(b"{}" * 3000, b"%PDF" * 9000, "报告", ("一",)))
        store.recycle([2])
        store.set_setting("text_size", "large")
        store.backup()
        store.append(1, set_text(store.load(1).project, GOAL, "最后", "修改"), 60)


def state(store: Store) -> dict[str, Any]:
    """Return everything that a clerk would miss."""
    rows = [*store.projects(), *store.projects(recycled=True)]
    return {
        "rows": rows,
        "loaded": [store.load(row.id) for row in rows],
        "steps": [[store.step(row.id, step.seq) for step in store.history(row.id)] for row in rows],
        "copies": [(copy, store.frozen(copy.id)) for copy in store.final_copies()],
    }


def spoil(data: bytes, dice: random.Random) -> bytes:
    """Return the bytes with one to eight of them changed, a stretch wiped out, or the end cut off."""
    how = dice.random()
    if how < 0.2:
        return data[: dice.randrange(len(data))]
    found = bytearray(data)
    if how < 0.35:
        at = dice.randrange(len(found))
        found[at : at + 4096] = bytes(len(found[at : at + 4096]))
        return bytes(found)
    for _ in range(dice.randint(1, 8)):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def main(copies: int, seed: int, place: Path) -> tuple[Counter[str], list[str]]:
    """Spoil copies; return how they fared, and what went wrong."""
    dice, came, wrong = random.Random(seed), Counter[str](), list[str]()  # noqa: S311 - any damage will do
    whole = place / "whole"
    make(whole)
    with Store.open(whole) as store:
        sound = state(store)
    data = (whole / FILE).read_bytes()
    folder = place / "spoilt"
    for n in range(copies):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        (folder / FILE).write_bytes(spoil(data, dice))
        try:
            came[_one(folder, sound)] += 1
        except Exception as error:  # noqa: BLE001 - a crash is what is looked for
            came["crash"] += 1
            wrong.append(f"copy {n}: {error!r}")
    return came, wrong


def _one(folder: Path, sound: dict[str, Any]) -> str:
    try:
        with Store.open(folder) as store:
            told = store.examine()
            if not told:
                return "opens sound" if state(store) == sound else "SILENT LOSS"
            for row in store.projects():
                with told_only():
                    store.load(row.id)
    except StoreError:
        pass
    assert newest_good(folder / BACKUPS) is not None
    out = folder / "saved.db"
    came = salvage(folder / FILE, out)
    assert came.sentences
    restore_from(folder, out, whatever=True)
    with closing(Store.open(folder)) as store:
        assert store.examine() == ()
        found = state(store)
    count = len(came.whole) + len(came.partly) + len(came.lost)
    if count < len(sound["rows"]) and not came.pages_lost:
        return "SILENT LOSS"
    same = {(one.id, one.head): one.project for one in sound["loaded"]}
    whole = [one for one in found["loaded"] if same.get((one.id, one.head)) == one.project]
    if len(whole) < len(came.whole):
        return "SILENT LOSS"
    return "told, all saved" if len(whole) == len(sound["rows"]) else "told, partly saved"


@contextmanager
def told_only() -> Iterator[None]:
    """Let what is told in words be."""
    try:
        yield
    except StoreError:
        return


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        fared, troubles = main(given.copies, given.seed, Path(scratch))
    print(", ".join(f"{what} {count}" for what, count in sorted(fared.items())))
    for one in troubles:
        print(f"  {one}")
    sys.exit(bool(fared["SILENT LOSS"] or fared["crash"]))
