"""Which row of the form before a change is which one after it, so that the window keeps cursor, folds and scrolling."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator

from forms.documents import Indicator
from forms.indicators import Rows
from forms.sequences import common_ends


def match_rows(old: Rows, new: Rows) -> list[int | None]:
    """For each new row the old one that it was; None for a row that came in. No old row is named twice."""
    head, tail = common_ends(old, new)
    found: list[int | None] = [None] * len(new)
    found[:head] = range(head)
    found[len(new) - tail :] = range(len(old) - tail, len(old))
    left_old = list(range(head, len(old) - tail))
    left_new = list(range(head, len(new) - tail))
    # From the surest sign on: an edit leaves the rows it does not change the same objects; a step read back from
    # the journal brings equal ones; then all cells but the levels (moved), levels and name (another value).
    for key in (id, _cells, _cells_without_levels, _levels_and_name):
        if not left_old or not left_new:
            break
        pairs = list(_pairs([(at, key(old[at])) for at in left_old], [(at, key(new[at])) for at in left_new]))
        for was, now in pairs:
            found[now] = was
        taken = {was for was, _ in pairs}
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
    cells = row.l1, row.l2, row.l3, row.target, row.actual, row.points, row.score, row.reason
    return (*cells, row.mid_l3, row.mid_target)


def _cells_without_levels(row: Indicator) -> tuple[str, ...]:
    return _cells(row)[2:]


def _levels_and_name(row: Indicator) -> tuple[str, ...] | None:
    return (row.l1, row.l2, row.name) if row.name else None
