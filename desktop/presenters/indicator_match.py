"""Which row of the form before a change is which one after it, so that the window keeps cursor, folds and scrolling."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Hashable, Iterator, Sequence

from forms.documents import Indicator
from forms.indicators import Rows


def match_rows(old: Rows, new: Rows) -> list[int | None]:
    """For each new row the old one that it was; None for a row that came in. No old row is named twice."""
    shorter = min(len(old), len(new))
    head = tail = 0
    while head < shorter and old[head] is new[head]:
        head += 1
    while tail < shorter - head and old[-1 - tail] is new[-1 - tail]:
        tail += 1
    found: list[int | None] = [None] * len(new)
    found[:head] = range(head)
    found[len(new) - tail :] = range(len(old) - tail, len(old))
    left_old = list(range(head, len(old) - tail))
    left_new = list(range(head, len(new) - tail))
    # From the surest sign on: an edit leaves the rows it does not change the same objects; a step read back from
    # the journal brings equal ones; then all cells but the levels (moved), levels and name (another value).
    for key in (id, _cells, _cells_without_levels, _levels_and_name):
        for was, now in _pairs([(at, key(old[at])) for at in left_old], [(at, key(new[at])) for at in left_new]):
            found[now] = was
        taken = set(found)
        left_old = [at for at in left_old if at not in taken]
        left_new = [at for at in left_new if found[at] is None]
    if len(left_old) == len(left_new):
        for was, now in zip(left_old, left_new, strict=True):
            found[now] = was
    return found


def _pairs(old: list[tuple[int, Hashable]], new: list[tuple[int, Hashable]]) -> Iterator[tuple[int, int]]:
    """Pair rows of equal keys in their order; a key of None pairs with nothing."""
    waiting: dict[Hashable, deque[int]] = {}
    for at, key in old:
        waiting.setdefault(key, deque()).append(at)
    for at, key in new:
        if key is not None and waiting.get(key):
            yield waiting[key].popleft(), at


def _cells(row: Indicator) -> tuple[str, ...]:
    return (row.l1, row.l2, row.l3, row.target, row.actual, row.points, row.score, row.reason)


def _cells_without_levels(row: Indicator) -> tuple[str, ...]:
    return _cells(row)[2:]


def _levels_and_name(row: Indicator) -> tuple[str, ...] | None:
    return _cells(row)[:3] if row.l3 else None


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """Members of a longest rising selection of distinct numbers: the items that need not be moved."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tops, number)
        before[number] = tops[at - 1] if at else None
        tops[at : at + 1] = [number]
    kept: set[int] = set()
    current = tops[-1] if tops else None
    while current is not None:
        kept.add(current)
        current = before[current]
    return kept
