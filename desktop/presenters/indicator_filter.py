"""Which indicators are shown while the clerk types words to narrow the list."""

from __future__ import annotations

from operator import attrgetter

from forms.indicators import Rows
from forms.reading import sq
from forms.sequences import common_ends

_SAID = attrgetter("l1", "l2", "l3", "target", "mid_l3", "mid_target", "actual", "reason")


class RowTexts:
    """What the rows of a form say, read a stretch at a time: thousands of rows take longer than a key may."""

    def __init__(self) -> None:
        self._rows: Rows = ()
        self._texts: list[str] = []
        """Of the rows from the first on, as far as they are read."""
        self._tail: list[str] = []
        """Of the last rows, known from before a change; between them and the first there are others to be read."""

    def read(self, rows: Rows, most: int) -> bool:
        """Read so many rows more that are not known yet; return whether all are known now."""
        self._follow(rows)
        start, stop = len(self._texts), len(rows) - len(self._tail)
        self._texts += [sq("|".join(_SAID(row))).casefold() for row in rows[start : min(start + most, stop)]]
        if len(self._texts) < stop:
            return False
        self._texts += self._tail
        self._tail = []
        return True

    def rows_with(self, words: str) -> list[int] | None:
        """The rows that hold all of the words, in any cell; None where there are no words.

        Width and case of the letters do not count: ８５％ finds 85%.
        """
        parts = [part.casefold() for word in words.split() if (part := sq(word))]
        if not parts:
            return None
        found: list[int] = list(range(len(self._texts)))
        for part in parts:
            found = [row for row in found if part in self._texts[row]]
        return found

    def _follow(self, rows: Rows) -> None:
        """Keep what is known of rows that stay."""
        if rows is not self._rows:
            head, tail = common_ends(self._rows, rows)
            known = self._texts if len(self._texts) == len(self._rows) else self._tail
            self._tail = known[max(len(known) - tail, 0) :]
            self._texts = self._texts[:head]
            self._rows = rows
