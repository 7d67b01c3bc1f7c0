"""Which indicators are shown while the clerk types words to narrow the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from forms.documents import Indicator
from forms.reading import sq


def wanted_by(words: str) -> Callable[[Indicator], bool] | None:
    """Return what tells the rows that hold all of the words, in any cell; None where there are no words.

    Width and case of the letters do not count: ８５％ finds 85%.
    """
    parts = [part.casefold() for word in words.split() if (part := sq(word))]
    if not parts:
        return None

    def wanted(row: Indicator) -> bool:
        said = _plain(row.l1, row.l2, row.l3, row.target, row.mid_l3, row.mid_target, row.actual, row.reason)
        return all(part in said for part in parts)

    return wanted


@lru_cache(maxsize=20_000)
def _plain(*texts: str) -> str:
    # All cells at once: thousands of rows are read at the first key.
    return sq("|".join(texts)).casefold()
