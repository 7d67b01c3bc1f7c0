"""Nearly equal texts among many (G07), without comparing each with each at full length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

SHORTEST_WITHIN = 60
"""A shorter text stands in others by chance."""

MOST_STEPS = 4_000_000
"""Comparisons of characters for one set."""

_MOST_COMPARED = 30_000


def alike(texts: list[str], ratio: Decimal, most_steps: int = MOST_STEPS) -> Iterator[tuple[int, int]]:
    """Yield positions (earlier, later) of texts that are nearly the same, each later one once.

    Nearly the same: 2·M/T of difflib is at least ``ratio``, or the shorter (60 characters or more) stands in the
    other. Blank texts are like none. The work is bounded: of thousands of long texts only equal ones and parts are
    sure to be found.
    """
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for at, text in enumerate(texts):
        if text and first.setdefault(text, at) != at:
            found[at] = first[text]
    distinct = sorted(first.items(), key=lambda item: len(item[0]))
    for shorter, longer in (*_within(first, most_steps), *_near(distinct, float(ratio), most_steps)):
        early, late = sorted((shorter, longer))
        found.setdefault(late, early)
    yield from ((early, late) for late, early in sorted(found.items()))


def _within(first: dict[str, int], most_steps: int) -> Iterator[tuple[int, int]]:
    heads: dict[str, list[str]] = {}
    for text in first:
        if len(text) >= SHORTEST_WITHIN:
            heads.setdefault(text[:SHORTEST_WITHIN], []).append(text)
    if len(first) < 2:
        return
    steps = 0
    for text, at in first.items():
        for start in range(len(text) - SHORTEST_WITHIN + 1):
            for other in heads.get(text[start : start + SHORTEST_WITHIN], ()):
                if first[other] != at and text.startswith(other, start):
                    yield first[other], at
                steps += 1 + len(other) // 1000
            steps += 1
            if steps > most_steps:
                return


def _near(distinct: list[tuple[str, int]], ratio: float, most_steps: int) -> Iterator[tuple[int, int]]:
    """Pairs by difflib. Length and letters bound the ratio from above and spare most comparisons."""
    letters = [Counter(text) for text, _ in distinct]
    compared = steps = 0
    for k, (text, at) in enumerate(distinct):
        for n in range(k + 1, len(distinct)):
            other, other_at = distinct[n]
            total = len(text) + len(other)
            compared += 1
            if compared > _MOST_COMPARED:
                return
            if 2 * len(text) < ratio * total:
                break
            if 2 * sum(min(count, letters[n][char]) for char, count in letters[k].items()) < ratio * total:
                continue
            steps += sum(count * letters[n][char] for char, count in letters[k].items())
            if steps > most_steps:
                return
            if SequenceMatcher(None, text, other, autojunk=False).ratio() >= ratio:
                yield at, other_at
