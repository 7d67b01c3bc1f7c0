"""Years that a text names, and what they become when the form goes into another year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGIT = "[0-9０-９]"
_TITLE = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|\uff3b[^\uff3b\uff3d]*\uff3d|\[[^\[\]]*\]")
_TO = r"[ \u3000]*(?:-|—{1,2}|–|~|～|－|至|到)[ \u3000]*"
_RANGE = re.compile(rf"(?<!{_DIGIT})({_DIGIT}{{4}})(?:年度?)?{_TO}({_DIGIT}{{4}})年")
_MENTION = re.compile(
    rf"(?<![0-9０-９.\-/－])({_DIGIT}{{4}})"
    rf"(?:年(?:({_DIGIT}{{1,2}})(月)({_DIGIT}{{1,2}})(?=日))?|([-./])({_DIGIT}{{1,2}})\5({_DIGIT}{{1,2}})(?!{_DIGIT}))"
)
_SINCE = re.compile(r"(?:自|从|自从|早在|始于)$")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


class Mention(NamedTuple):
    """A year, a date or a range of years in a text, and what it becomes."""

    start: int
    old: str
    new: str
    certain: bool
    """Whether it is the form's own year; what is not is proposed only."""


def moved(text: str, year: int, years: int = 1) -> tuple[Mention, ...]:
    """Return what speaks of ``year`` or of the years beside it, with what it becomes so many years on.

    Names of documents (《…》, 〔…〕) stay, and so do years that lie further back: they are history. A range of years
    that reaches ``year``, the year before, a later year, and a beginning (自2025年) are only proposed.
    """
    titles = [match.span() for match in _TITLE.finditer(text)]
    found = [one for one in _all(text, year, years) if not any(a <= one.start < b for a, b in titles)]
    return tuple(sorted(found))


def put_in(text: str, mentions: tuple[Mention, ...]) -> str:
    """Return the text with what the mentions become; they must be of this text and apart from one another."""
    for one in sorted(mentions, reverse=True):
        text = f"{text[: one.start]}{one.new}{text[one.start + len(one.old) :]}"
    return text


def _all(text: str, year: int, years: int) -> Iterator[Mention]:
    ranges = []
    for match in _RANGE.finditer(text):
        ranges.append(match.span())
        first, last = int(match[1]), int(match[2])
        if first <= last and last >= year:
            new = text[match.start() : match.end()]
            for group in (2, 1):
                a, b = (at - match.start() for at in match.span(group))
                new = f"{new[:a]}{_written(int(match[group]) + years, match[group])}{new[b:]}"
            yield Mention(match.start(), match[0], new, certain=False)
    for match in _MENTION.finditer(text):
        if any(a <= match.start() < b for a, b in ranges):
            continue
        named = int(match[1])
        if year - 1 <= named <= year + 5:
            own = named == year and not _SINCE.search(text[: match.start()])
            yield Mention(match.start(), match[0], _later(match, years), own)


def _later(match: re.Match[str], years: int) -> str:
    """A year or a date so many years on; the 29th of February becomes the 28th where there is none."""
    new = int(match[1]) + years
    month, day = match[2] or match[6], match[4] or match[7]
    text = match[0]
    if month and day and (int(month), int(day)) == (2, 29) and not calendar.isleap(new):
        text = f"{text[: -len(day)]}{_written(28, day)}"
    return f"{_written(new, match[1])}{text[len(match[1]) :]}"


def _written(number: int, like: str) -> str:
    """A number in digits of the width that another text has."""
    return str(number).translate(_FULL_WIDTH) if like[0] in "０１２３４５６７８９" else str(number)
