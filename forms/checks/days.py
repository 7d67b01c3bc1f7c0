"""A day as people write it in a date field: more ways than an indicator value has."""

from __future__ import annotations

import re
from datetime import date

from forms.reading import sq
from forms.values import parse

_CLOCK = re.compile(r"[ \tT]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?$")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMERALS = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([元正一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_FROM_OR_TO = re.compile(r"([0-9]日)(?:起|止|前)$")
_DAY_WORD = re.compile(r"([0-9])号")
_LONGEST = 40
_VALUES = {"\u3007": 0, "零": 0, "○": 0, "元": 1, "正": 1} | {char: n for n, char in enumerate("一二三四五六七八九", 1)}


def day_of(text: str) -> date | None:
    """The day that a text names; None where it names none, or one that the calendar does not have.

    Beside ``2025-01-31``, ``2025.1.31`` and ``2025年1月31日``: ``20250131``, ``2025年1月31号``, ``2025年1月31日起``,
    ``二〇二五年一月三十一日``, and with the time of day that spreadsheets add (``2025-01-31 00:00:00``).
    """
    if len(text) > _LONGEST:
        return None
    plain = sq(_CLOCK.sub("", text.strip()))
    parts = _DIGITS.fullmatch(plain)
    if parts is not None:
        return _day(*map(int, parts.groups()))
    words = _NUMERALS.fullmatch(plain)
    if words is not None:
        year = int("".join(str(_VALUES[char]) for char in words[1]))
        return _day(year, _small(words[2]), _small(words[3]))
    value = parse(_FROM_OR_TO.sub(r"\1", _DAY_WORD.sub(r"\1日", plain)))
    return value.deadline if value.kind == "date" and len(value.date_parts) == 3 else None


def _small(numeral: str) -> int:
    """The number of a numeral below 100: 三十一, 十, 二十; of what is none something that is no day."""
    tens, ten, ones = numeral.rpartition("十")
    return (_VALUES.get(tens, 99) if tens else 1) * 10 * bool(ten) + (_VALUES.get(ones, 99) if ones else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
