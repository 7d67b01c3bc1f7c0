"""What two states of a sequence have in common: what an edit need not speak of, and a window need not draw anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import compress, count
from operator import is_not, ne


def common_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many items at the beginning, and how many of the others at the end, are the very same objects."""
    return _common_ends(old, new, is_not)


def equal_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """As ``common_ends``, of items that are equal."""
    return _common_ends(old, new, ne)


def _common_ends(
    old: Sequence[object], new: Sequence[object], differ: Callable[[object, object], bool]
) -> tuple[int, int]:
    """Thousands of items are compared whenever a key is pressed: no step of it is Python's own."""
    shorter = min(len(old), len(new))
    head = next(compress(count(), map(differ, old, new)), shorter)
    tail = next(compress(count(), map(differ, reversed(old), reversed(new))), shorter)
    return head, min(tail, shorter - head)


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


def differences(old: Sequence[object], new: Sequence[object], *, most: int) -> list[tuple[int, int, int, int]]:
    """Which stretches of ``old`` became which stretches of ``new``: (start, stop, start, stop), from the front.

    Items are told apart as objects. Where there are more than ``most`` stretches, one covers them all.
    """
    head, tail = common_ends(old, new)
    old_stop, new_stop = len(old) - tail, len(new) - tail
    places = {id(item): at for at, item in enumerate(old[head:old_stop], head)}
    pairs = [(places[id(item)], at) for at, item in enumerate(new[head:new_stop], head) if id(item) in places]
    if len({was for was, _ in pairs}) < len(pairs):  # an object that stands twice cannot be told from itself
        pairs = []
    kept = longest_rising([was for was, _ in pairs])
    found: list[tuple[int, int, int, int]] = []
    was, now = head, head
    for old_at, new_at in [*(pair for pair in pairs if pair[0] in kept), (old_stop, new_stop)]:
        if was < old_at or now < new_at:
            found.append((was, old_at, now, new_at))
        was, now = old_at + 1, new_at + 1
    return found if len(found) <= most else [(found[0][0], found[-1][1], found[0][2], found[-1][3])]
