"""Bring a database of the first version up, and die before the nth statement: ``OLD FOLDER`` prints a line a death.

Each line: the version found afterwards, whether its tables are those of that version, and what the check of the
file says. The last statement is past the end: there nothing dies.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

from desktop.store import Store, database
from desktop.store.folder import FILE


def main(old: Path, folder: Path) -> None:
    n = alive = 0
    while not alive:
        n += 1
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copyfile(old, folder / FILE)
        child = os.fork()
        if not child:
            _bring_up(folder, n)
            os._exit(0)
        alive = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        connection = sqlite3.connect(folder / FILE)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        (check,) = connection.execute("PRAGMA integrity_check").fetchone()
        count = connection.execute("SELECT count(*) FROM projects").fetchone()[0]
        connection.close()
        fits = ("final_copies" in tables) == ("stamps" in tables) == ("searched" in tables) == (version > 1)
        print(version, fits, check, count, flush=True)
        with Store.open(folder) as store:
            assert store.load(1).head == 60


def _bring_up(folder: Path, deadly: int) -> None:
    """Open the folder; the ``deadly``-th statement of the upgrade is not reached."""
    count = 0

    def look(_statement: str) -> None:
        nonlocal count
        count += 1
        if count == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    upgrade = database.bring_up

    def watched(db: database.Database, path: Path) -> None:
        db.conn.set_trace_callback(look)
        upgrade(db, path)

    from desktop.store import store as opening

    opening.bring_up = watched
    Store.open(folder).close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
