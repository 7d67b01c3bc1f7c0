"""The character map of a font file (``cmap``): formats 4 and 12, which all faces for Chinese have.

Lookups happen in the bytes of the table, since a form needs some hundred of tens of thousands of characters. Nothing is
taken for granted: a map that contradicts itself gives no glyph.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_BY_UNICODE: Final = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platforms and encodings that go by Unicode, the widest first."""


def read_map(table: bytes) -> Callable[[int], int] | None:
    """Return the function that gives the glyph of a code point, 0 where there is none.

    None where the table has no map that goes by Unicode in one of the two formats. Raises struct.error.
    """
    count = struct.unpack_from(">H", table, 2)[0]
    found = {}
    for n in range(count):
        platform, encoding, at = struct.unpack_from(">2HI", table, 4 + 8 * n)
        found[platform, encoding] = at, struct.unpack_from(">H", table, at)[0]
    readers = {4: _segments, 12: _groups}
    for kind in _BY_UNICODE:
        at, number = found.get(kind, (0, 0))
        if number in readers:
            return readers[number](table, at)
    return None


def _groups(table: bytes, at: int) -> Callable[[int], int]:
    """Format 12: runs of code points, beyond U+FFFF too."""
    count = struct.unpack_from(">I", table, at + 12)[0]
    data = table[at + 16 : at + 16 + 12 * count]
    if len(data) < 12 * count:
        raise struct.error
    groups = array("I", data)
    groups.byteswap()  # the machines we run on have the other order of bytes
    first, last, start = groups[0::3], groups[1::3], groups[2::3]

    def glyph(code: int) -> int:
        n = bisect_right(first, code) - 1
        return start[n] + code - first[n] if n >= 0 and code <= last[n] else 0

    return glyph


def _segments(table: bytes, at: int) -> Callable[[int], int]:
    """Format 4: runs of code points up to U+FFFF, each with a difference or a list of glyphs."""
    count = struct.unpack_from(">H", table, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, at + 14)
    starts, deltas, ranges = (struct.unpack_from(f">{count}H", table, at + 16 + 2 * k * count) for k in (1, 2, 3))
    lists = at + 16 + 6 * count

    def glyph(code: int) -> int:
        n = bisect_left(ends, code)
        if n >= count or code < starts[n]:
            return 0
        number = code
        if ranges[n]:
            place = lists + 2 * n + ranges[n] + 2 * (code - starts[n])
            number = int.from_bytes(table[place : place + 2], "big")
        return (number + deltas[n]) & 0xFFFF if number or not ranges[n] else 0

    return glyph
