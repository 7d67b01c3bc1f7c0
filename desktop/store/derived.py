"""A file with what is derived from other data: damage is mended by making it anew. One thread uses it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Derived:
    """A database that may be lost. Nothing is raised for damage: it begins anew, empty.

    Its tables are to hold one ``facts (key TEXT PRIMARY KEY, value TEXT NOT NULL)``.
    """

    def __init__(self, path: Path, tables: str, version: int) -> None:
        """Open a file; one that was not left whole, or is not of this version, is made anew."""
        self._path: Path | None = path
        self._tables, self._version = tables, version
        self._busy = False
        try:
            self._db = self._opened(path)
        except (sqlite3.Error, OSError):
            self._db = self._anew()

    def close(self) -> None:
        """Let go of the file, whole."""
        with suppress(sqlite3.Error):
            self._db.execute("INSERT OR REPLACE INTO facts VALUES ('whole', 'yes')")
            self._db.commit()
        self._db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make what is done inside one transaction, which is quicker for much.

        Begins anew where the file turns out to be damaged, or cannot be written any more.
        """
        if self._busy:
            yield
            return
        self._busy = True
        try:
            with self._db:
                yield
        except sqlite3.DatabaseError:
            self._db.close()
            self._begun_anew()
            self._db = self._anew()
        finally:
            self._busy = False

    def _begun_anew(self) -> None:
        """Forget what is known of the file: it is empty now."""

    def _opened(self, path: Path | None) -> sqlite3.Connection:
        """Open a file that was left whole, or make it. Raises sqlite3.Error where it is anything else."""
        db = sqlite3.connect(":memory:" if path is None else path, check_same_thread=False)
        try:
            # Nothing here is worth waiting for the disk: what a power cut leaves is not whole and made anew.
            db.execute("PRAGMA synchronous=OFF")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0 and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                db.executescript(self._tables)
                db.execute(f"PRAGMA user_version={self._version}")
            elif version != self._version or db.execute("DELETE FROM facts WHERE key = 'whole'").rowcount != 1:
                raise sqlite3.DatabaseError("not whole")  # noqa: TRY301 - closed below, like any other
            db.commit()
        except BaseException:
            db.close()
            raise
        return db

    def _anew(self) -> sqlite3.Connection:
        """Begin with an empty file; where no file can be, in memory."""
        if self._path is not None:
            try:
                for name in (self._path.name, f"{self._path.name}-journal"):
                    self._path.with_name(name).unlink(missing_ok=True)
                return self._opened(self._path)
            except (sqlite3.Error, OSError):
                self._path = None
        return self._opened(None)
