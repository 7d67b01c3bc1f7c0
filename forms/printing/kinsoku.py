"""Where a Chinese text may be broken between two lines, and where it must not (forms.md 16, values.md 10).

Each gap between two characters has a level: the lower, the better a break is there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from forms.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

FREE: Final = 0
RELUCTANT: Final = 1
"""Inside what belongs together: a date after 年, a number and its longer unit, an enumerator and its text."""
JOINT: Final = 2
"""Inside what is one thing: a number and its unit or sign, an address; only where it is wider than the line."""
SEAM: Final = 3
"""Inside a single number or word that is wider than the line: where its parts meet, 2025-|06, 5%|ESG|2025."""
RUN: Final = 4
"""Inside a part of it: only where even that is wider than the line."""
FORBIDDEN: Final = 5
"""Before a closing mark, after an opening one: only where nothing else is left."""
CLUSTER: Final = 6
"""Before a combining mark."""

CLOSING: Final = frozenset("，。、；：？！）》〉」』】〕”’")
"""Full-width marks whose right half is blank."""
OPENING: Final = frozenset("（《〈「『【〔“‘")
"""Full-width marks whose left half is blank."""

_NO_START = CLOSING | frozenset("％%‰℃℉°′″…—―–.,;:!?)]}»·•‧・／/～〜々〻ー゛゜ヽヾゝゞ\uff5d\uff3d")
_TIES = frozenset("-－_\\|#&@*+~")
"""Marks that stay with a word before them, and may begin a line after a Chinese character."""
_NO_END = OPENING | frozenset("([{￥¥$«№\uff5b\uff3b")

_LIKE_ASCII = {
    **dict.fromkeys((*range(0xC0, 0x250), *range(0x370, 0x500), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)), "a"),
    **dict.fromkeys(range(0xFF10, 0xFF1A), "0"),
}
"""For Latin, Greek, Cyrillic and full-width letters and digits: numbers and words are looked for in a text where these
stand for them, as patterns of many far ranges take long to load."""
_WORD = "A-Za-z0-9"
_SIGN = r"=＝≥≤≧≦⩾⩽><＞＜≈±+＋\-−"  # noqa: RUF001  the minus sign is meant
# A number or word: 1,234.56 · 98.5% · 2025-01-01 · G60; and one with what holds it together: >=85% · 7*24 · a@b.cn
_RUNS = re.compile(rf"[{_WORD}]+(?:[.,%][{_WORD}]+|-[0-9]+)*[%％‰]?")
_JOINTS = re.compile(
    rf"(?:(?<![{_WORD}])[{_SIGN}]+)?[{_WORD}]+(?:[.,:%'’_@&*×~～–−+][{_WORD}]+|-[0-9]+[{_WORD}]*|/[{_WORD}]{{1,4}}(?![{_WORD}/]))*[%％‰℃]?"  # noqa: RUF001  as above
)
_UNITS = sorted({unit for units in UNITS.values() for unit in units if unit.isalpha()}, key=lambda u: (-len(u), u))
_UNIT = rf"[万亿]?(?:{'|'.join(_UNITS)})"
_MEASURED = re.compile(rf"(?<![{_WORD}.,])[0-9][0-9.,]*({_UNIT}(?:/{_UNIT})?|[万亿])?")
_DATE = re.compile(r"(?:\d{4}年(?:\d{1,2}月)?|\d{1,2}月)(?:(?<=月)\d{1,2}日)?(?:底|末)?(?:之前|以前|前)?")
_BRACKET_UNIT = re.compile(r"(?<=[0-9])[(（][^()（）]{1,6}[)）]")
_ITEM = re.compile(r"(?:^|(?<=[。；：;:\s]))(?:\d{1,2}[.、．)）]|[(（][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳])(?=\S)")
_ORDINAL = re.compile(r"第(?=[\d一二三四五六七八九十])")
_PLAIN_MARKS = "，。、；："
_MARKLESS = str.maketrans("", "", _PLAIN_MARKS)


@lru_cache(maxsize=1 << 16)
def _pair(a: str, b: str) -> int:
    """Level between two characters whatever stands around them."""
    if "\u4e00" <= a <= "\u9fff" and "\u4e00" <= b <= "\u9fff":
        return FREE
    if b == "\u200d" or a == "\u200d" or unicodedata.category(b) in ("Mn", "Me", "Mc"):
        return CLUSTER
    if b.isspace():
        return FORBIDDEN  # blanks hang at the end of their line
    if b in _NO_START or a in _NO_END:
        return FORBIDDEN
    if a.isspace() or "\u4e00" <= a <= "\u9fff":
        return FREE
    return RUN if b in _TIES else RELUCTANT if b in "<>=" else FREE


def levels(text: str, words: Iterable[str] = ()) -> bytearray:
    """Level of the gap before each character, and at the end; ``words`` are kept whole if need be (labels)."""
    bare = text.translate(_MARKLESS)
    is_plain = min(bare, default="\u4e00") >= "\u4e00" and max(bare, default="\u4e00") <= "\u9fff"
    if is_plain:
        found = bytearray(len(text) + 1)
        for mark in _PLAIN_MARKS:
            at = text.find(mark, 1)
            while at > 0:
                found[at] = FORBIDDEN
                at = text.find(mark, at + 1)
    else:
        found = bytearray((FREE, *map(_pair, text, text[1:]), FREE))
    for word in words:
        at = text.find(word)
        while at >= 0:
            _raise(found, at + 1, at + len(word), RELUCTANT)
            at = text.find(word, at + len(word))
    if not is_plain:
        _raise_runs(found, text)
        _raise_quotes(found, text)
    return found


def _raise(found: bytearray, start: int, end: int, level: int) -> None:
    """Gaps from ``start`` to before ``end`` are at least of a level."""
    for i in range(start, end):
        found[i] = max(found[i], level)


def _raise_runs(found: bytearray, text: str) -> None:
    """Numbers, words, dates, units, enumerators."""
    ascii_text = text.translate(_LIKE_ASCII)
    for match in _JOINTS.finditer(ascii_text):
        _raise_joined(found, text, match.start(), match.end())
    for match in _RUNS.finditer(ascii_text):
        _raise_run(found, text, match.start(), match.end())
    for match in _MEASURED.finditer(ascii_text):
        end = match.end()
        if match[1]:
            unit = match.start(1)
            _raise(found, unit, unit + 1, JOINT if end - unit <= 2 else RELUCTANT)
            _raise(found, unit + 1, end, JOINT)
        elif text[end : end + 1] > "\u2e7f":
            _raise(found, end, end + 1, RELUCTANT)  # 3类, 5大: a measure word we do not know
    for match in _DATE.finditer(text):
        _raise_date(found, text, match.start(), match.end())
    for match in _BRACKET_UNIT.finditer(text):
        short = match.end() - match.start() <= 4  # (%), (万元): the number and its unit are one
        _raise(found, match.start() + (not short), match.end(), JOINT if short else RELUCTANT)
    for pattern in (_ITEM, _ORDINAL):
        for match in pattern.finditer(text):
            _raise(found, match.end(), match.end() + 1, RELUCTANT)


def _raise_run(found: bytearray, text: str, start: int, end: int) -> None:
    """A number or word that has to be broken is broken where its parts meet."""
    for i in range(start + 1, end):
        _raise(found, i, i + 1, SEAM if _is_seam(text[i - 1], text[i]) else RUN)


def _is_seam(a: str, b: str) -> bool:
    """Whether parts of a number or word meet between two characters."""
    return b.isalnum() and (a in "-%％,'’_@&*×/" or (a.isalnum() and a.isdecimal() != b.isdecimal()))


def _raise_joined(found: bytearray, text: str, start: int, end: int) -> None:
    """A mark in the middle of a number or an address stays with what is before it, a sign with what is after it."""
    inside = False
    for i in range(start + 1, end):
        inside = inside or text[i - 1].isalnum()
        _raise(found, i, i + 1, JOINT if inside and text[i].isalnum() else RUN)


def _raise_date(found: bytearray, text: str, start: int, end: int) -> None:
    """A date that has to be broken is broken after 年 or 月."""
    for i in range(start + 1, end):
        _raise(found, i, i + 1, RELUCTANT if text[i - 1] in "年月" and text[i].isdigit() else JOINT)


def _raise_quotes(found: bytearray, text: str) -> None:
    """Straight quotation marks open and close in turn."""
    for mark in "\"'":
        opens = True
        for i, char in enumerate(text):
            if char == mark and not (mark == "'" and found[i] == found[i + 1] == JOINT):
                at = i + 1 if opens else i
                if 0 < at < len(text):
                    found[at] = max(found[at], JOINT)
                opens = not opens
