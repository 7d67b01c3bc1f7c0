"""A process that saves edit after edit and says so, until it is killed: ``FOLDER WAL|DELETE``."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.store import Store, Writer, database
from forms.documents import Project
from tests.desktop.store.samples import naming, sample

CHANGES = 150
BURST = 7
"""Changes that are queued at once."""


def states(count: int) -> list[tuple[int, list[str]]]:
    """Return head and names of all steps after so many changes: every fifth takes the last step back."""
    head, steps = 0, []
    found = [(0, [])]
    for n in range(1, count + 1):
        if n % 5:
            steps = [*steps[:head], str(n)]
            head += 1
        else:
            head -= 1
        found.append((head, steps))
    return found


def document(head: int, steps: list[str]) -> Project:
    """Return the project in such a state."""
    return sample(steps[head - 1]) if head else sample()


def main(folder: Path, journal: str) -> None:
    """Make a project, say its number, then each change that is saved."""
    database.is_fixed_disk = lambda _: journal == "wal"
    with Store.open(folder) as store:
        saved = 0

        def on_saved(*_: object) -> None:
            nonlocal saved
            saved += 1
            print(saved, flush=True)

        writer = Writer(store, on_saved=on_saved, on_failed=lambda error: print(repr(error), flush=True))
        number = writer.run(lambda own: own.create(sample()))
        print(number, flush=True)
        known = states(CHANGES)
        for n, ((head, steps), before) in enumerate(zip(known[1:], known, strict=False), 1):
            if n % 5:
                writer.append(number, naming(document(*before), steps[head - 1]), before[0])
            else:
                writer.move(number, head)
            if n % BURST == 0:
                writer.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
