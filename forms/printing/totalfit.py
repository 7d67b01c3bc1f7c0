"""Paragraphs broken anew where the quick way leaves ugly lines: all lines are weighed together.

A line may be squeezed at its punctuation or widened at its gaps, a little each. The costs are of our own choice, in the
measure of a page read at arm's length: a gap wider by six hundredths of an em is just seen and costs 1.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from forms.printing.kinsoku import CLOSING, JOINT, RELUCTANT

if TYPE_CHECKING:
    from forms.printing.linebreak import Paragraph

    Ranges = list[tuple[int, int]]

_SEEN: Final = 0.06
"""Ems: a gap that grows by less is not seen."""
_RAGGED: Final = 12.0
"""A line too loose to be justified costs this, and as much more as it is short."""
_SPLIT: Final = 1.2
"""A break inside what belongs together."""
_SQUEEZED: Final = 1.5
"""A line whose punctuation is as narrow as it may be."""
_RUNT: Final = (8.0, 4.0, 1.0)
"""A last line of no, one, two characters."""
_SHORTEST: Final = 8.0
"""Ems that a line may be too short, else it is not considered."""
_LONGEST: Final = 5_000
"""Characters; a paragraph beyond that is broken the quick way alone."""
_TINY: Final = 1e-6


def refined(paragraph: Paragraph, width: float, ranges: Ranges, first: float | None = None) -> Ranges:
    """Return better lines of a width, in ems, than the quick ones: never more lines, the same where they are good.

    ``first`` is the width of the first line where it differs. Where a number or word had to be broken the quick ones
    stay.
    """
    length = len(paragraph.text)
    first = width if first is None else first
    if len(ranges) < 2 or length > _LONGEST or any(paragraph.levels[end] >= JOINT for _, end in ranges[:-1]):
        return ranges
    weigher = _Weigher(paragraph, width, first)
    now = sum(weigher.cost(start, end) for start, end in ranges)
    if now <= len(ranges) - 1 and all(weigher.cost(*one) < 1 + _SPLIT for one in ranges):
        return ranges
    found = weigher.best()
    if not found or len(found) > len(ranges) or sum(weigher.cost(*one) for one in found) >= now:
        return ranges
    return found


class _Weigher:
    def __init__(self, paragraph: Paragraph, width: float, first: float) -> None:
        self.paragraph, self.width, self.first = paragraph, width, first
        self.length = len(paragraph.text)
        gaps = range(1, self.length)
        self.gives = [0.0, *accumulate(map(paragraph.gives, gaps), initial=0.0)]
        self.gaps = [0, *accumulate(paragraph.stretches[1:], initial=0)]

    def slack(self, start: int, end: int) -> float:
        """Ems by which a line is too short; negative where it is too long."""
        return (self.width if start else self.first) - self.paragraph.width(start, end)

    def cost(self, start: int, end: int) -> float:
        """How ugly a line is; infinite where it does not fit."""
        slack = self.slack(start, end)
        split = _SPLIT if end < self.length and self.paragraph.levels[end] >= RELUCTANT else 0.0
        if slack < -_TINY:
            room = self.gives[end] - self.gives[start + 1]
            return split + _SQUEEZED * (slack / room) ** 2 if room >= -slack else float("inf")
        if end == self.length:
            words = sum(char not in CLOSING for char in self.paragraph.text[start:end][:3])
            return _RUNT[words] if start and words < len(_RUNT) else 0.0
        gaps = self.gaps[end] - self.gaps[start + 1]
        loose = (slack / gaps / _SEEN) ** 2 if gaps else _RAGGED
        return split + (loose if loose < _RAGGED else _RAGGED + slack)

    def best(self) -> Ranges:
        """The lines that cost the least together; none where there are none that fit."""
        levels, starts, ends = self.paragraph.levels, self.paragraph.starts, self.paragraph.ends
        reached = [0]
        places = [starts[0]]
        costs: dict[int, tuple[float, int]] = {0: (0.0, 0)}
        for end in range(1, self.length + 1):
            if end < self.length and levels[end] > RELUCTANT:
                continue
            shortest = 0.0 if end == self.length else self.width - _SHORTEST
            found: tuple[float, int] | None = None
            for n in range(bisect_right(places, ends[end] - shortest) - 1, -1, -1):
                start = reached[n]
                if self.slack(start, end) + self.gives[end] - self.gives[start + 1] < -_TINY:
                    break
                total = costs[start][0] + self.cost(start, end)
                if found is None or total < found[0]:
                    found = total, start
            if found is not None and found[0] < float("inf") and end < self.length:
                reached.append(end)
                places.append(starts[end])
            if found is not None:
                costs[end] = found
        if self.length not in costs:
            return []
        lines: Ranges = []
        end = self.length
        while end:
            start = costs[end][1]
            lines.append((start, end))
            end = start
        return lines[::-1]
