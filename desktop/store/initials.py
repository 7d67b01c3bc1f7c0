"""Chinese words by the first letters of their pinyin: 财务审批 is found by ``cwsp``.

Only single characters are looked up. pypinyin's table of phrases is left alone: with it loading takes four times as
long and five times the memory, for first letters that differ in few words; where a character of official prose is read
in two ways, both are entered.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from itertools import islice, product
from types import ModuleType

MOST_READINGS = 8
"""A word is entered in so many ways at most."""

# Characters whose second reading is common in official prose and begins with another letter; the rarer ones of the
# dictionary would only find what nobody means.
_TWO_WAYS = {
    "长": "cz",
    "重": "zc",
    "行": "xh",
    "调": "dt",
    "会": "hk",
    "参": "cs",
    "传": "cz",
    "降": "jx",
    "藏": "cz",
    "校": "xj",
    "系": "xj",
    "弹": "dt",
    "单": "ds",
    "便": "bp",
    "朝": "cz",
    "乘": "cs",
    "盛": "sc",
    "解": "jx",
    "乐": "ly",
    "省": "sx",
    "提": "td",
    "折": "zs",
    "屏": "pb",
    "强": "qj",
    "查": "cz",
    "识": "sz",
    "属": "sz",
    "畜": "cx",
    "种": "zc",
    "幢": "zc",
    "给": "gj",
    "卡": "kq",
    "率": "ls",
    "约": "y",
    "圈": "qj",
    "核": "h",
}


def initials(text: str) -> str:
    """Return the first letters of a text, each way in which it may be read, with blanks between; Latin and digits stay.

    The first call loads the table of readings (about 60 ms): not for the thread that draws.
    """
    letters = [found for char in unicodedata.normalize("NFKC", text).lower() if (found := _letters(char))]
    return " ".join("".join(way) for way in islice(product(*letters), MOST_READINGS))


@cache
def _letters(char: str) -> str:
    if char in _TWO_WAYS:
        return _TWO_WAYS[char]
    if char.isascii():
        return char if char.isalnum() else ""
    style = _pypinyin().Style.FIRST_LETTER
    return "".join(_pypinyin().lazy_pinyin(char, style=style, errors="ignore", strict=False))[:1]


@cache
def _pypinyin() -> ModuleType:
    # Both are read when the library is imported.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    import pypinyin

    return pypinyin
