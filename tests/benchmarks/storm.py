"""The program is killed at any moment, again and again: nothing that was shown as saved may be gone.

``python -m tests.benchmarks.storm [--rounds 1000] [--seed 1]``: each round starts ``storm_child`` as a process of its
own (every tenth with the real window, every seventh on a database of the first version, which is brought up), kills
it at a random moment, and looks at what is left. Prints figures; losses and half files must be 0.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from desktop.store import Store, database
from desktop.store.copies import contents, copies_in
from desktop.store.folder import BACKUPS, FILE
from desktop.store.packs import unpacked
from forms.check_code import check_code
from forms.known_editions import Editions
from forms.package import parse_package
from forms.printing import read_attachment

ROOT = Path(__file__).parents[2]
OLD = ROOT / "tests" / "old_files" / "v1.db"
ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "QT_LOGGING_RULES": "*=false"}
FRESH = 40
"""After so many rounds a new data folder is begun."""


@dataclass
class Figures:
    """What came of it."""

    rounds: int = 0
    steps: int = 0
    acknowledged: int = 0
    imports: int = 0
    frozen: int = 0
    files: int = 0
    backups: int = 0
    upgraded: int = 0
    windows: int = 0
    losses: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)


@dataclass
class Known:
    """What the processes said so far about one data folder."""

    codes: dict[int, list[str]] = field(default_factory=dict)
    acks: Counter[int] = field(default_factory=Counter)
    imports: dict[str, int] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)
    frozen: Counter[str] = field(default_factory=Counter)


def main(rounds: int, seed: int, place: Path) -> Figures:
    """Run the rounds in a scratch folder and return the figures."""
    figures, dice = Figures(), random.Random(seed)  # noqa: S311 - any moment will do
    folder, out, known = place / "data", place / "out", Known()
    for n in range(rounds):
        if n % FRESH == 0 or n % 7 == 3:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(out, ignore_errors=True)
            folder.mkdir()
            out.mkdir()
            known = Known()
            if n % 7 == 3:
                shutil.copyfile(OLD, folder / FILE)
                figures.upgraded += 1
        window = n % 10 == 5
        figures.windows += window
        _round(folder, out, seed * 1_000_000 + n, known, figures, dice, window=window)
        if figures.rounds % 100 == 0:
            print(f"  … {figures.rounds} rounds, {figures.acknowledged} acknowledged", flush=True)
    return figures


def _round(  # noqa: PLR0917 - a script's own
    folder: Path, out: Path, seed: int, known: Known, figures: Figures, dice: random.Random, *, window: bool
) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.storm_child", str(folder), str(out), str(seed)]
    child = subprocess.Popen(
        [*command, "--window"] if window else command,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # what ``readline`` took ahead ``communicate`` would not see
    )
    assert child.stdout is not None
    child.stdout.readline()  # begin
    time.sleep(dice.choice((0.05, 0.3, 1.5, 4.0)) * dice.random())
    child.kill()
    said, errors = child.communicate()
    if child.returncode != -9:
        figures.losses.append(f"{seed}: ended by itself ({child.returncode}): {errors.decode()[-500:]}")
    for line in said.decode("utf-8", "replace").splitlines():
        _note(line.split(" "), known, figures)
    figures.rounds += 1
    _look(folder, out, known, figures, seed)


def _note(words: list[str], known: Known, figures: Figures) -> None:
    match words:
        case ["op", number, code]:
            known.codes.setdefault(int(number), []).append(code)
            figures.steps += 1
        case ["ack", number]:
            known.acks[int(number)] += 1
            figures.acknowledged += 1
        case ["import", tag, count]:
            known.imports[tag] = int(count)
        case ["imported", tag]:
            known.imported.add(tag)
            figures.imports += 1
        case ["frozen", code]:
            known.frozen[code] += 1
            figures.frozen += 1


def _look(folder: Path, out: Path, known: Known, figures: Figures, seed: int) -> None:
    """Look at what is left; afterwards what is there is what is known."""
    with Store.open(folder) as store:
        with closing(database.connect(store.path)) as db:
            database.check_whole(db, store.path, thoroughly=True)
        found: dict[int, str] = {}
        tags: Counter[str] = Counter()
        for row in store.projects():
            stored = store.load(row.id)
            store.history(row.id)
            found[row.id] = check_code(stored.project)
            if row.name != stored.project.name:
                figures.losses.append(f"{seed}: the list says {row.name}, the project {stored.project.name}")
            if row.name.startswith("导入"):
                tags[row.name.removeprefix("导入")] += 1
        frozen = Counter(copy.code for copy in store.final_copies())
        for copy in store.final_copies():
            store.frozen(copy.id)
    for number, codes in known.codes.items():
        acknowledged = known.acks[number]
        if found.get(number) not in codes[max(acknowledged - 1, 0) :] and (acknowledged or number not in found):
            figures.losses.append(f"{seed}: project {number}: {acknowledged} acknowledged of {len(codes)}")
    for tag, count in known.imports.items():
        if tags[tag] not in ((count,) if tag in known.imported else (0, count)):
            figures.losses.append(f"{seed}: import {tag}: {tags[tag]} of {count}")
    if any(frozen[code] < count for code, count in known.frozen.items()):
        figures.losses.append(f"{seed}: a final copy is gone")
    known.codes = {number: [code] for number, code in found.items()}
    known.acks = Counter(dict.fromkeys(found, 1))
    known.imports = {tag: tags[tag] for tag in known.imports}
    _look_at_files(folder, out, figures, seed)


def _look_at_files(folder: Path, out: Path, figures: Figures, seed: int) -> None:
    for path in out.glob("[!.]*.pdf"):
        figures.files += 1
        try:
            parse_package(read_attachment(path.read_bytes()), path.name, EDITIONS)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it
            figures.half.append(f"{seed}: {path.name}: {error!r}")
    for copy in copies_in(folder / BACKUPS):
        figures.backups += 1
        try:
            contents(copy.path)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it
            figures.half.append(f"{seed}: {copy.path.name}: {error!r}")
    for path in out.glob("*.jbpack"):
        figures.files += 1
        try:
            unpacked(path, out / "look")
            contents(out / "look")
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it
            figures.half.append(f"{seed}: {path.name}: {error!r}")


EDITIONS = Editions()

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        came = main(given.rounds, given.seed, Path(scratch))
    print(
        f"rounds {came.rounds} (windows {came.windows}, upgraded {came.upgraded}), steps {came.steps},"
        f" acknowledged {came.acknowledged}, imports {came.imports}, frozen {came.frozen},"
        f" files looked at {came.files}, backups looked at {came.backups},"
        f" losses {len(came.losses)}, half files {len(came.half)}"
    )
    for one in (*came.losses, *came.half):
        print(f"  {one}")
    sys.exit(bool(came.losses or came.half))
