"""A table as it comes from outside: rows of text cells, merged cells resolved, whatever program it came from.

The readers beside this module (HTML and tab-separated text from the clipboard, xlsx files) all build one, through a
``Builder`` that keeps the limits. What a reader left out, or took otherwise than it stood there, it says in ``notes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desktop.texts import text
from forms.documents import clean_text
from forms.package import PackageError

MAX_ROWS = 6_000
"""The most indicators of a form are 5,000; headings and blank rows may come on top."""
MAX_COLUMNS = 60
MAX_CELLS = 150_000
MAX_TEXT = 200_000
"""Characters of one cell, as in a package."""
MAX_CHARACTERS = 20_000_000
"""Characters, or bytes, of all that is read."""

Spot: TypeAlias = tuple[int, int]
"""Row and column, from 0."""


class TableError(ValueError):
    """A table cannot be read; the message is a sentence for the clerk."""


class OtherTableError(PackageError):
    """A workbook that can be read, with a sheet that is no form: its rows may be indicators all the same."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one length. A merged cell repeats its text downwards; to the right of its first column it is blank."""

    rows: tuple[tuple[str, ...], ...]
    filled: frozenset[Spot] = frozenset()
    """Cells that repeat the text of a merged cell that begins above."""
    covered: frozenset[Spot] = frozenset()
    """Cells to the right of the first column of a merged cell."""
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0


class Builder:
    """Takes cells from left to right and from top to bottom, as HTML has them. Raises TableError beyond a limit."""

    def __init__(self) -> None:
        self._rows: list[dict[int, str]] = []
        self._pending: dict[int, tuple[int, str, bool]] = {}
        """Columns that a merged cell reaches down into: rows left, its text, whether it is its first column."""
        self._filled: set[Spot] = set()
        self._covered: set[Spot] = set()
        self._hidden: set[int] = set()
        self._cells = 0
        self._characters = 0
        self._column = 0
        self.notes: list[str] = []

    def begin_row(self, *, hidden: bool = False) -> None:
        """Go on to the next row. A hidden one is not in the table, but merged cells reach through it."""
        if len(self._rows) >= MAX_ROWS:
            raise TableError(text("tables.too_many_rows", most=MAX_ROWS))
        self._rows.append({})
        if hidden:
            self._hidden.add(len(self._rows) - 1)
        self._column = 0
        self._fill_down()

    def add(self, words: str, down: int = 1, across: int = 1) -> None:
        """Put the next cell; it spans ``down`` rows and ``across`` columns."""
        if not self._rows:
            self.begin_row()
        words = clean_text(words)
        if len(words) > MAX_TEXT:
            raise TableError(text("tables.cell_too_long", row=len(self._rows), count=len(words), most=MAX_TEXT))
        across, down = max(1, min(across, MAX_COLUMNS)), max(1, min(down, MAX_ROWS))
        row = len(self._rows) - 1
        for step in range(across):
            self._put(row, self._column + step, words if step == 0 else "")
            if step:
                self._covered.add((row, self._column + step))
            if down > 1:
                self._pending[self._column + step] = (down - 1, words if step == 0 else "", step == 0)
        self._column += across
        self._skip_taken()

    def table(self) -> Table:
        """Return what was built, without the blank columns at the right and the blank rows at the end."""
        kept = [at for at in range(len(self._rows)) if at not in self._hidden]
        wide = max((column for at in kept for column, words in self._rows[at].items() if words.strip()), default=-1) + 1
        rows = [tuple(self._rows[at].get(column, "") for column in range(wide)) for at in kept]
        while rows and not any(words.strip() for words in rows[-1]):
            rows.pop()
        if not rows:
            raise TableError(text("tables.empty"))
        place = {was: now for now, was in enumerate(kept[: len(rows)])}
        filled, covered = (
            frozenset((place[row], column) for row, column in spots if row in place and column < wide)
            for spots in (self._filled, self._covered)
        )
        return Table(tuple(rows), filled, covered, tuple(self.notes))

    def _put(self, row: int, column: int, words: str) -> None:
        if column >= MAX_COLUMNS:
            if words.strip():
                raise TableError(text("tables.too_many_columns", most=MAX_COLUMNS))
            return
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise TableError(text("tables.too_many_cells", most=MAX_CELLS))
        self._characters += len(words)
        if self._characters > MAX_CHARACTERS:
            raise TableError(text("tables.too_long", most=MAX_CHARACTERS // 10_000))
        self._rows[row][column] = words

    def _fill_down(self) -> None:
        """Put what merged cells of the rows above reach down with."""
        row = len(self._rows) - 1
        for column, (left, words, first) in sorted(self._pending.items()):
            self._put(row, column, words)
            (self._filled if first else self._covered).add((row, column))
            if left > 1:
                self._pending[column] = (left - 1, words, first)
            else:
                del self._pending[column]
        self._skip_taken()

    def _skip_taken(self) -> None:
        while self._column in self._rows[-1]:
            self._column += 1


def table_of(rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> Table:
    """Return a table of plain cells. Raises TableError beyond a limit, or where all is blank."""
    builder = Builder()
    builder.notes += notes
    for row in rows:
        builder.begin_row()
        for words in row:
            builder.add(words)
    return builder.table()
