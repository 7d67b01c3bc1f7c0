"""Comparing the names of many indicators without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from forms.checks.text import NUMERALS

SHORTEST = 6
"""A shorter name stands in others by chance (I11)."""

_LONGEST = 400
_MOST_STEPS = 400_000
_MOST_PAIRS = 500
_DIGITS = dict(zip(NUMERALS, (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=False))
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


def numeral(text: str) -> Decimal:
    """The number of Arabic digits (perhaps with thousands) or of a Chinese numeral, read as it comes."""
    if text[0].isdecimal():
        return Decimal(text.replace(",", ""))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char]
        elif char in _POWERS:
            section, digit = section + (digit or 1) * _POWERS[char], 0
        else:
            total, section, digit = (total + section + digit) * _MYRIADS[char], 0, 0
    return Decimal(total + section + digit)


@lru_cache(maxsize=8)
def contained(names: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return positions (shorter, longer) of names of six characters or more that stand within another.

    Of equal names the first stands for all. The work is bounded: of thousands of very long and like names not all
    pairs are found.
    """
    first: dict[str, int] = {}
    for at, name in enumerate(names):
        first.setdefault(name[:_LONGEST], at)
    lengths: dict[str, list[int]] = {}
    for name in sorted(first, key=len):
        if len(name) >= SHORTEST:
            known = lengths.setdefault(name[:SHORTEST], [])
            if not known or known[-1] != len(name):
                known.append(len(name))
    return tuple(sorted(_pairs(first, lengths), key=lambda pair: (pair[1], pair[0])))


def _pairs(first: dict[str, int], lengths: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    steps = pairs = 0
    for name, at in first.items():
        found: set[int] = set()
        for start in range(len(name) - SHORTEST + 1):
            for length in lengths.get(name[start : start + SHORTEST], ()):
                steps += 1
                other = first.get(name[start : start + length])
                if other is not None and other != at:
                    found.add(other)
            steps += 1
            if steps > _MOST_STEPS:
                return
        for other in sorted(found):
            yield other, at
            pairs += 1
            if pairs == _MOST_PAIRS:
                return
