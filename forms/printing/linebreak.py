"""Texts broken into lines. Widths are in ems, so one preparation serves every size of type.

Full-width punctuation is set tight: of two marks side by side the blank half between them goes, and a mark
at the end or the beginning of a line may lose its blank half to the margin, as printers do.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from forms.printing.kinsoku import CLOSING, CLUSTER, FREE, JOINT, OPENING, RELUCTANT, levels
from forms.printing.totalfit import refined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_NEWLINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_HALF, _QUARTER = 0.5, 0.25
_SQUEEZE = 0.8
"""Share of the blank of a mark that a line may take to get one character more."""
_CHINESE = "\u2e7f"
"""Chinese characters and marks stand beyond this one."""
_EPSILON = 1e-6
_KEPT_LENGTH, _KEPT_WIDTHS = 4_000, 24
"""Characters of a text that is kept, and for how many widths its lines are."""
_WIDE = re.compile(f"[{''.join(sorted(CLOSING | OPENING))}]")
_NARROW = re.compile("[,;:!?](?!$)")
"""Half-width marks: in Chinese text some blank follows them, as it does in the full-width ones."""
_IDEOGRAPH = "\u33ff"
_SPACE = re.compile(r"\s")
_UP_TO = [bytes(0 if one <= level else 1 for one in range(256)) for level in range(FREE, CLUSTER + 1)]


class Paragraph:
    """A text without line feeds, prepared to be broken at any width."""

    __slots__ = ("_blanks", "_gaps", "_stretches", "_wide", "_widths", "advances", "ends", "levels", "starts", "text")

    def __init__(self, text: str, measure: Callable[[str], float], words: Iterable[str] = ()) -> None:
        self.text = text
        self.levels = levels(text, words)
        advances = array("d", map(measure, text))
        wide = {match.start() for match in _WIDE.finditer(text) if advances[match.start()] == 1}
        blanks = {i: _HALF for i in wide if text[i] in CLOSING}
        for i in wide:
            if i + 1 in wide and (text[i] in CLOSING or text[i + 1] in OPENING):
                advances[i] -= _HALF
                blanks.pop(i, None)
        for match in _NARROW.finditer(text):
            i = match.start()
            if text[i + 1] > _IDEOGRAPH and i + 1 not in wide:
                advances[i] += _QUARTER
                blanks[i] = _QUARTER
        self.advances, self._wide, self._blanks = advances, wide, blanks
        self._widths: dict[int, list[float]] = {}
        self._gaps: dict[int, bytearray] = {}
        self._stretches: list[int] = []
        # Where the ink of a line begins that starts before character i, and ends that stops before it.
        edges = array("d", accumulate(advances, initial=0.0))
        self.starts, self.ends = edges[:-1], edges
        for i in wide:
            self.starts[i] += self.hang(i)
        for i in sorted({*blanks, *(match.start() for match in _SPACE.finditer(text))}):
            edges[i + 1] = edges[i + 1] - blanks[i] if i in blanks else edges[i]

    def width(self, start: int, end: int) -> float:
        """Width of the ink of a line."""
        return self.ends[end] - self.starts[start] if start < end else 0.0

    def hang(self, start: int) -> float:
        """Blank in front of the ink of a line that starts here, which goes into the margin."""
        return _HALF if start and start in self._wide and self.text[start] in OPENING else 0.0

    @property
    def blank_head(self) -> float:
        """Blank in front of the ink of the whole."""
        return _HALF if 0 in self._wide and self.text[0] in OPENING else 0.0

    @property
    def stretches(self) -> list[int]:
        """How much a justified line is widened before each character, in shares.

        Beside Chinese type, and twice as much at a blank; not inside what is one.
        """
        if not self._stretches:
            self._stretches = [0, *map(_stretch, self.text, self.text[1:], self.levels[1:])]
        return self._stretches

    def gives(self, gap: int) -> float:
        """Ems by which the line may be squeezed here: at the blank of a full-width mark, or behind a half-width one."""
        blank = self._blanks.get(gap - 1, 0.0)
        if not blank and gap in self._wide and self.text[gap] in OPENING and self.advances[gap - 1] >= _HALF:
            blank = 0.0 if gap - 1 in self._wide else _HALF
        return _SQUEEZE * blank

    def spread(self, start: int, end: int, slack: float, loosest: float) -> list[float]:
        """Advances of the characters of a line that is too short by so many ems, or too long.

        It stays as it is where a share (``stretches``) would be more than ``loosest``.
        """
        advances = list(self.advances[start:end])
        if slack > 0 and loosest:
            shares = self.stretches[start + 1 : end]
            more = slack / (sum(shares) or 1)
            for i, count in enumerate(shares if more <= loosest else ()):
                advances[i] += count * more
        elif slack < 0:
            given = [self.gives(i) for i in range(start + 1, end)]
            share = min(-slack / sum(given), 1.0) if any(given) else 0.0
            for i, most in enumerate(given):
                advances[i] -= share * most
        return advances

    def last_gap(self, level: int, upto: int) -> int:
        """The last gap of at most a level, not after ``upto``; 0 where there is none."""
        return max(self._marked(level).rfind(0, 1, upto + 1), 0)

    def _marked(self, level: int) -> bytearray:
        """A mark for each gap: 0 where it is of at most a level."""
        found = self._gaps.get(level)
        if found is None:
            found = self._gaps[level] = self.levels.translate(_UP_TO[level])
        return found

    def first_piece(self) -> float:
        """Width of what stands before the first gap."""
        return next(self._pieces(JOINT), 0.0)

    def widest_piece(self, limit: float, level: int = JOINT) -> float:
        """Width of the widest piece between gaps below a level, of those not wider than a limit."""
        known = self._widths.get(level)
        if known is None:
            known = self._widths[level] = [0.0, *sorted(set(self._pieces(level)))]
        return known[max(bisect_right(known, limit) - 1, 0)]

    def _pieces(self, level: int) -> Iterator[float]:
        start = 0
        for i in range(1, len(self.text) + 1):
            if i == len(self.text) or self.levels[i] < level:
                yield self.width(start, i)
                start = i

    def breaks(self, width: float, first: float | None = None) -> list[tuple[int, int]]:
        """Lines of at most a width (the first one perhaps narrower), as ranges of characters.

        A character that is wider than the line gets a line of its own. No character is lost.
        """
        length, start = len(self.text), 0
        if length and self.starts[0] + (width if first is None else first) + _EPSILON >= self.ends[length]:
            return [(0, length)]
        lines: list[tuple[int, int]] = []
        while start < length:
            limit = self.starts[start] + (width if lines or first is None else first) + _EPSILON
            fits = bisect_right(self.ends, limit, start + 1) - 1
            if fits >= length:
                lines.append((start, length))
                break
            fits = max(fits, start + 1)
            end = self.levels.rfind(FREE, start + 1, fits + 1)
            if end < 0:
                gaps = (self._marked(level).rfind(0, start + 1, fits + 1) for level in range(RELUCTANT, CLUSTER + 1))
                end = next((gap for gap in gaps if gap > start), fits)
            lines.append((start, end))
            start = end
        return lines or [(0, 0)]


class Line(NamedTuple):
    """A line of a paragraph; ``last`` is not to be stretched."""

    paragraph: Paragraph
    start: int
    end: int
    last: bool

    @property
    def width(self) -> float:
        """Width of its ink in ems."""
        return self.paragraph.width(self.start, self.end)

    def centred(self, left: float, right: float, size: float) -> float:
        """Return x at which its ink stands in the middle: an opening mark at its head has a blank half."""
        blank = self.paragraph.blank_head if self.start == 0 else 0.0
        return (left + right - (self.width + blank) * size) / 2

    def looseness(self, room: float) -> float:
        """Ems by which its gaps grow where it fills a room, a share of them; none for a last line."""
        if self.last:
            return 0.0
        text = self.text
        gaps = sum(self.paragraph.stretches[self.start + 1 : self.start + len(text)])
        return (room - self.width) / max(gaps, 1) if text else 0.0

    @property
    def text(self) -> str:
        """Its characters, without the blanks at its end."""
        return self.paragraph.text[self.start : self.end].rstrip()


class Text:
    """A text of one or more paragraphs."""

    __slots__ = ("_known", "natural_width", "paragraphs")

    def __init__(self, text: str, measure: Callable[[str], float], words: Iterable[str] = ()) -> None:
        words = tuple(words)
        self._known: dict[tuple[float, bool, bool], list[Line]] = {}
        parts = _NEWLINE.split(text.strip("\n\r")) if text.strip() else []
        self.paragraphs = [Paragraph(part, measure, words) for part in parts]
        self.natural_width = max((one.width(0, len(one.text)) for one in self.paragraphs), default=0.0)
        """Width in ems where no paragraph is broken."""

    def widest_piece(self, limit: float, level: int = JOINT) -> float:
        """Width in ems of the widest piece that should not be broken; pieces wider than a limit have to be."""
        return max([one.widest_piece(limit, level) for one in self.paragraphs], default=0.0)

    def count(self, width: float) -> int:
        """Count the lines at a width."""
        if self.natural_width <= width:
            return len(self.paragraphs)
        return sum([len(one.breaks(width)) for one in self.paragraphs])

    def lines(self, width: float, *, balanced: bool = False, fine: bool = False) -> list[Line]:
        """Return the lines at a width; ``balanced`` ones are of even length, as centred text wants.

        ``fine`` ones are weighed together, for justified text: no more of them, and some may be a little too long, to
        be squeezed at their punctuation.
        """
        key = width, balanced, fine
        if key not in self._known:
            if len(self._known) >= _KEPT_WIDTHS:
                self._known.clear()
            self._known[key] = self._lines(width, balanced=balanced, fine=fine)
        return self._known[key]

    def _lines(self, width: float, *, balanced: bool, fine: bool) -> list[Line]:
        found: list[Line] = []
        for one in self.paragraphs:
            ranges = one.breaks(width)
            if len(ranges) > 1:
                ranges = _balance(one, width, ranges) if balanced else _without_runt(one, width, ranges)
            if fine and not balanced:
                ranges = refined(one, width, ranges)
            found += [Line(one, start, end, end == len(one.text)) for start, end in ranges]
        return found


def _stretch(before: str, after: str, level: int) -> int:
    """Shares by which a justified line is widened between two characters."""
    if level >= JOINT:
        return 0
    return 2 if before.isspace() else int(before > _CHINESE or after > _CHINESE)


def prepared(text: str, measure: Callable[[str], float], words: tuple[str, ...] = ()) -> Text:
    """Return a text prepared to be broken; one that was prepared a short while ago is not prepared anew.

    The labels of all forms are the same, and so is most of a form that is printed again after each key.
    """
    return (_prepared if len(text) <= _KEPT_LENGTH else Text)(text, measure, words)


@lru_cache(maxsize=2048)
def _prepared(text: str, measure: Callable[[str], float], words: tuple[str, ...]) -> Text:
    return Text(text, measure, words)


def _balance(paragraph: Paragraph, width: float, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The narrowest setting that needs no more lines and no worse gaps."""

    def cost(ranges: list[tuple[int, int]]) -> tuple[int, int]:
        return len(ranges), sum(paragraph.levels[end] for _, end in ranges[:-1])

    low, high, best, wanted = width / len(ranges) / 2, width, ranges, cost(ranges)
    for _ in range(8):
        middle = (low + high) / 2
        tried = paragraph.breaks(middle)
        if cost(tried) <= wanted:
            best, high, wanted = tried, middle, cost(tried)
        else:
            low = middle
    return best


def _without_runt(paragraph: Paragraph, width: float, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A last line of a single character takes some of the line before it along."""
    (start, end), (_, length) = ranges[-2:]
    if sum(char not in CLOSING for char in paragraph.text[end:length]) > 1:
        return ranges
    gap = paragraph.last_gap(FREE, end - 1)
    if gap > start and paragraph.width(gap, length) <= width:
        return [*ranges[:-2], (start, gap), (gap, length)]
    return ranges
