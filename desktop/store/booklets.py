"""What stood in a bound 编报册 whose check code is on paper, so that the code can be looked up for good."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from desktop.store.errors import Kind, trouble
from desktop.store.sums import sum_of
from forms.package import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Bound:
    """A booklet as it was when it was bound."""

    made_at: datetime
    """When it was first bound so."""
    projects: tuple[int, ...]
    """Numbers of its projects, in their order."""
    package: bytes
    """The exchange file with them, and with its title and statement where the clerk decided them."""


class Booklets:
    """Reads and writes them over one connection; inside a transaction of the caller's."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, code: str, projects: Sequence[int], package: bytes, at: str) -> None:
        """Keep a booklet under its check code; bound again unchanged it is kept already."""
        if self._db.execute("SELECT 1 FROM booklets WHERE code = ?", [code]).fetchone() is None:
            numbers, packed = json.dumps(list(projects)), zlib.compress(package)
            self._db.execute(
                "INSERT INTO booklets (code, made_at, projects, package, sum) VALUES (?, ?, ?, ?, ?)",
                [code, at, numbers, packed, sum_of(numbers, packed)],
            )

    def find(self, code: str) -> Bound | None:
        """Return the booklet of a check code; None where none was bound here."""
        row = self._db.execute(
            "SELECT id, made_at, projects, package, sum FROM booklets WHERE code = ?", [code]
        ).fetchone()
        if row is None:
            return None
        if sum_of(row["projects"], row["package"]) != row["sum"]:
            raise trouble(Kind.DAMAGED_BOOKLET, code=code)
        try:
            package = zlib.decompressobj().decompress(row["package"], MAX_BYTES)
        except zlib.error as error:
            raise trouble(Kind.DAMAGED_BOOKLET, code=code) from error
        return Bound(datetime.fromisoformat(row["made_at"]), tuple(json.loads(row["projects"])), package)
