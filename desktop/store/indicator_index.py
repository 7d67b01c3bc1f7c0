"""What the unit and others wrote in the cells of indicators, found by any part of a word or by pinyin initials.

The index is derived: of past projects, of the unit's own library and of the shipped one. It lies in a file of its own,
so that making it never holds up saving and a backup stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from desktop.store.derived import Derived
from desktop.store.initials import initials
from desktop.store.pairs import TOKENIZER, pairs, phrase, runs
from desktop.store.rows import storable

FILE = "library.db"
VERSION = 1
"""Of the shape of the file; one of another version is made anew."""

SHIPPED, OWN = -1, 0
"""Numbers under which the libraries are entered, beside the projects' own."""

NAMES_BELOW = 1 << 40
"""Phrases are numbered by kind, so that each kind is looked through by itself."""
_NEWEST, _OLDEST, _BEGINNING = 80, 60, 30
_ENOUGH = 8
MOST_VALUES = 60

_TABLES = f"""
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE phrases (
    id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL, aliases TEXT NOT NULL, UNIQUE (kind, text)
) STRICT;
CREATE TABLE places (
    phrase INTEGER NOT NULL, l2 TEXT NOT NULL, work TEXT NOT NULL, origin INTEGER NOT NULL, year INTEGER NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY (phrase, l2, work, origin)
) STRICT, WITHOUT ROWID;
CREATE INDEX places_by_work ON places (l2, work, count);
CREATE TABLE uses (
    id INTEGER PRIMARY KEY, phrase INTEGER NOT NULL, l2 TEXT NOT NULL, work TEXT NOT NULL, value TEXT NOT NULL,
    origin INTEGER NOT NULL, year INTEGER NOT NULL, count INTEGER NOT NULL,
    UNIQUE (phrase, l2, work, value, origin)
) STRICT;
CREATE TABLE given (
    project INTEGER NOT NULL, use INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (project, use)
) STRICT, WITHOUT ROWID;
CREATE TABLE entered (project INTEGER PRIMARY KEY, mark TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE found USING fts5 (words, initials, content='', columnsize=0, {TOKENIZER});
"""


class Kind(IntEnum):
    """What a phrase is."""

    NAME = 0
    REASON = 1


class Origin(IntEnum):
    """Where a phrase was written; the higher, the nearer to the clerk."""

    SHIPPED = 0
    PAST = 1
    OWN = 2


class Use(NamedTuple):
    """A phrase in its place. ``work`` is the kind of work (信息系统运维)."""

    kind: Kind
    text: str
    l2: str
    work: str
    value: str = ""


class Found(NamedTuple):
    """Where and how often a phrase is used; with a value, where one is asked for."""

    text: str
    l2: str
    work: str
    value: str
    origin: Origin
    year: int
    times: int


_NOTHING: tuple[int, Mapping[Use, int]] = (SHIPPED - 1, {})


class IndicatorIndex(Derived):
    """The index in a folder; ``entered`` is empty where it was begun anew."""

    def __init__(self, folder: Path) -> None:
        """Open the index of a folder; one that is not whole or not of this version is made anew."""
        self._cached = _NOTHING
        super().__init__(folder / FILE, _TABLES, VERSION)

    def _begun_anew(self) -> None:
        self._cached = _NOTHING

    # ---------------------------------------------------------------- entering

    def entered(self) -> dict[int, str]:
        """Return the marks of all that is entered, by number."""
        found: dict[int, str] = {}
        with self.together():
            found.update(self._db.execute("SELECT project, mark FROM entered").fetchall())
        return found

    def put(
        self, number: int, mark: str, uses: Iterable[Use], year: int = 0, aliases: Mapping[str, str] | None = None
    ) -> None:
        """Enter what a project of a year (or a library) says now, in place of what it said before.

        ``aliases``: more words by which a name is found, with blanks between.
        """
        wanted = Counter(Use(use.kind, *map(storable, use[1:])) for use in uses)
        with self.together():
            before = self._cached[1] if self._cached[0] == number else self._given(number)
            self._cached = _NOTHING  # until all is done
            for use in before.keys() - wanted.keys():
                self._count(number, use, -before[use], year)
            for use, count in wanted.items():
                if count != before.get(use, 0):
                    self._count(number, use, count - before.get(use, 0), year)
            for text, words in (aliases or {}).items():
                self._name(text, words)
            self._db.execute("INSERT OR REPLACE INTO entered VALUES (?, ?)", [number, mark])
            self._cached = number, wanted

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget projects."""
        for number in numbers:
            self.put(number, "", ())
            with self.together():
                self._db.execute("DELETE FROM entered WHERE project = ?", [number])

    def _given(self, number: int) -> Mapping[Use, int]:
        rows = self._db.execute(
            "SELECT kind, text, l2, work, value, given.count FROM given"
            " JOIN uses ON uses.id = given.use JOIN phrases ON phrases.id = uses.phrase WHERE project = ?",
            [number],
        )
        return {Use(Kind(row[0]), *row[1:5]): row[5] for row in rows}

    def _count(self, number: int, use: Use, more: int, year: int) -> None:
        """Count a use so many times more, or fewer; what is used no more is forgotten."""
        phrase_id = self._phrase(use.kind, use.text)
        place = [phrase_id, use.l2, use.work, _origin(number)]
        self._db.execute(
            "INSERT INTO places (phrase, l2, work, origin, year, count) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET count = count + excluded.count, year = max(year, excluded.year)",
            [*place, year, more],
        )
        at = self._db.execute(
            "INSERT INTO uses (phrase, l2, work, origin, value, year, count) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET count = count + excluded.count, year = max(year, excluded.year)"
            " RETURNING id, count",
            [*place, use.value, year, more],
        ).fetchone()
        self._db.execute(
            "INSERT INTO given VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            [number, at[0], more],
        )
        if more < 0:
            self._db.execute("DELETE FROM given WHERE project = ? AND use = ? AND count <= 0", [number, at[0]])
            if at[1] <= 0:
                self._db.execute("DELETE FROM uses WHERE id = ?", [at[0]])
                self._db.execute("DELETE FROM places WHERE phrase = ? AND count <= 0", [phrase_id])
                self._forget_unused(phrase_id)

    def _phrase(self, kind: Kind, text: str) -> int:
        """Return the number of a phrase, which is entered where it is new."""
        row = self._db.execute("SELECT id FROM phrases WHERE kind = ? AND text = ?", [kind, text]).fetchone()
        if row is not None:
            return int(row[0])
        last = self._db.execute("SELECT max(id) FROM phrases WHERE id < ?", [(kind + 1) * NAMES_BELOW]).fetchone()[0]
        new = max(last or 0, kind * NAMES_BELOW) + 1
        self._db.execute("INSERT INTO phrases VALUES (?, ?, ?, '')", [new, kind, text])
        self._enter(new, text, "")
        return int(new)

    def _name(self, text: str, aliases: str) -> None:
        """Have a name found by more words."""
        row = self._db.execute(
            "SELECT id, aliases FROM phrases WHERE kind = ? AND text = ?", [Kind.NAME, text]
        ).fetchone()
        if row is not None and row[1] != aliases:
            self._enter(row[0], text, row[1], undo=True)
            self._db.execute("UPDATE phrases SET aliases = ? WHERE id = ?", [aliases, row[0]])
            self._enter(row[0], text, aliases)

    def _forget_unused(self, number: int) -> None:
        if self._db.execute("SELECT 1 FROM places WHERE phrase = ? LIMIT 1", [number]).fetchone() is None:
            text, aliases = self._db.execute("SELECT text, aliases FROM phrases WHERE id = ?", [number]).fetchone()
            self._enter(number, text, aliases, undo=True)
            self._db.execute("DELETE FROM phrases WHERE id = ?", [number])

    def _enter(self, number: int, text: str, aliases: str, *, undo: bool = False) -> None:
        """Enter a phrase into the full-text index, or take it out, which needs the very words entered."""
        words = " ".join(pair for run in runs(f"{text} {aliases}") for pair in pairs(run))
        letters = " ".join(pair for run in initials(text).split() for pair in pairs(run))
        if undo:
            self._db.execute(
                "INSERT INTO found (found, rowid, words, initials) VALUES ('delete', ?, ?, ?)", [number, words, letters]
            )
        else:
            self._db.execute("INSERT INTO found (rowid, words, initials) VALUES (?, ?, ?)", [number, words, letters])

    # ---------------------------------------------------------------- finding

    def find(self, kind: Kind, words: str, l2: str, works: Sequence[str]) -> list[Found]:
        """Return where phrases are used that hold all words, or whose initials do; in no order, without values.

        Those of the 二级指标 come alone where they are enough. Without words: what is used most there, in some kinds of
        work. Of very many the newest, the oldest (which are the shipped ones) and those that begin so.
        """
        found: list[Found] = []
        words = storable(words)
        with self.together():
            query = _query(words)
            ids = self._matching(kind, words, query) if query else self._usual(kind, l2, works)
            found = self._placed(ids, "l2 = ?", l2)
            if query and len({one.text for one in found}) < _ENOUGH:
                found += self._placed(ids, "l2 <> ?", l2)
        return found

    def values(self, name: str) -> list[Found]:
        """Return the uses of a name, with the values that it had: of very many the unit's own, and the latest."""
        rows: list[tuple[str, str, str, int, int, int]] = []
        with self.together():
            rows = self._db.execute(
                "SELECT l2, work, value, origin, year, count FROM uses WHERE phrase ="
                " (SELECT id FROM phrases WHERE kind = ? AND text = ?)"
                " ORDER BY origin DESC, year DESC, count DESC LIMIT ?",
                [Kind.NAME, storable(name), MOST_VALUES],
            ).fetchall()
        return [
            Found(name, l2, work, value, Origin(origin), year, count) for l2, work, value, origin, year, count in rows
        ]

    def _matching(self, kind: Kind, words: str, query: str) -> list[int]:
        within = [kind * NAMES_BELOW, (kind + 1) * NAMES_BELOW]
        matching = "SELECT rowid FROM found WHERE found MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid"
        newest = self._db.execute(f"{matching} DESC LIMIT {_NEWEST}", [query, *within])
        oldest = self._db.execute(f"{matching} LIMIT {_OLDEST}", [query, *within])
        begun = self._db.execute(
            "SELECT id FROM phrases WHERE kind = ? AND text >= ? AND text < ? LIMIT ?",
            [kind, words, words + chr(0x10FFFF), _BEGINNING],
        )
        return list({row[0] for rows in (newest, oldest, begun) for row in rows})

    def _usual(self, kind: Kind, l2: str, works: Sequence[str]) -> list[int]:
        least, most = kind * NAMES_BELOW, (kind + 1) * NAMES_BELOW
        rows = [
            row[0]
            for work in works
            for row in self._db.execute(
                "SELECT phrase FROM places WHERE l2 = ? AND work = ? ORDER BY count DESC LIMIT ?", [l2, work, _NEWEST]
            )
        ]
        return list({row for row in rows if least < row < most})

    def _placed(self, ids: Sequence[int], condition: str, l2: str) -> list[Found]:
        marks = ", ".join("?" * len(ids))
        rows = self._db.execute(
            "SELECT text, l2, work, origin, year, count FROM places"  # noqa: S608 - question marks, and our condition
            f" JOIN phrases ON phrases.id = places.phrase WHERE phrase IN ({marks}) AND {condition}",
            [*ids, l2],
        )
        return [Found(name, l2, work, "", Origin(origin), year, count) for name, l2, work, origin, year, count in rows]


def _origin(number: int) -> Origin:
    return {SHIPPED: Origin.SHIPPED, OWN: Origin.OWN}.get(number, Origin.PAST)


def _query(words: str) -> str:
    """Return what finds all words of a text, in the words of FTS5; nothing where there are none."""
    parts = []
    for run in runs(words):
        one = f"words : {phrase(run)}"
        if run.isascii() and run.isalpha():
            # A single letter would be somewhere in every name.
            letters = f'^ "{run}" *' if len(run) == 1 else phrase(run)
            one = f"({one} OR initials : {letters})"
        parts.append(one)
    return " AND ".join(parts)
