"""Indicator values (指标值, 实际完成值): what was typed, read as sign, number and unit, as a date, or as words.

The text is kept to the character and printed so; reading it serves checks, scoring and the three-field editor
(符号 · 数 · 单位). Reading never fails: what fits no grammar is text. The grammar is values.md 2.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache
from typing import Literal

from forms.reading import has_odd_digits, sq
from forms.units import is_known, is_percent, normal_unit

__all__ = [
    "SIGNS",
    "Kind",
    "Normal",
    "Sign",
    "Value",
    "comparable",
    "format_value",
    "is_percent",
    "normal",
    "parse",
    "parse_actual",
    "sign_of",
    "sq",
]

Kind = Literal["empty", "number", "date", "text"]
Sign = Literal["", "≥", "≤", "=", ">", "<"]

SIGNS: tuple[Sign, ...] = ("≥", "≤", "=", ">", "<")
"""The meanings of signs, in the order of ``ValueStyle.signs``."""

LONGEST = 200
"""A longer text is words, whatever it begins with."""

_SIGN_OF: dict[str, Sign] = {
    "≥": "≥",
    "≧": "≥",
    "⩾": "≥",
    ">=": "≥",
    "≤": "≤",
    "≦": "≤",
    "⩽": "≤",
    "<=": "≤",
    "=": "=",
    ">": ">",
    "<": "<",
}
_NUMBER = re.compile(
    r"(?P<sign>>=|<=|[≥≤≧≦⩾⩽=><])?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?:\((?P<inner>[^()]*)\)|(?P<bare>[%‰]|[A-Za-z\u4e00-\u9fff]{1,8}(?:/[A-Za-z\u4e00-\u9fff]{1,4})?))?"
)
_TAIL = re.compile(r"(?:以上|以下|内|左右|前|后|多|余)$")
_CALENDAR_UNITS = ("年", "月", "日", "号")
_BEFORE = "(?:之前|以前|前)?"
_DATES = (
    re.compile(rf"([0-9]{{4}})年([0-9]{{1,2}})月([0-9]{{1,2}})日{_BEFORE}"),
    re.compile(rf"([0-9]{{4}})年([0-9]{{1,2}})月[底末]?{_BEFORE}"),
    re.compile(rf"([0-9]{{4}})年[底末]{_BEFORE}"),
    re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})"),
)
_DATE_INSIDE = re.compile(
    r"(?<![0-9A-Za-z./-])([0-9]{4})"
    r"(?:年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?|[底末])|([-./])([0-9]{1,2})\4([0-9]{1,2})(?![0-9]))"
)
_EXACT = Context(prec=4 * LONGEST)


@dataclass(frozen=True, slots=True)
class Value:
    """A value as read. ``raw`` is what was typed; the other texts are pieces of it without white space."""

    kind: Kind
    raw: str
    sign: Sign = ""
    number: Decimal | None = None
    """Of kind ``number`` always there."""
    sign_text: str = ""
    """The sign as spelt: ``>=``, ``≧``, ``＝``."""
    digits: str = ""
    """The number as written: ``2,000``, ``85.00``."""
    unit: str = ""
    """The unit as written, without its brackets."""
    bracket: str = ""
    """Opening and closing bracket around the unit as written, or nothing."""
    deadline: date | None = None
    """Of kind ``date`` always there; of kind ``text`` the first date that stands inside."""
    date_parts: tuple[int, ...] = ()
    """Of kind ``date``: year, perhaps month, perhaps day."""

    @property
    def is_percent(self) -> bool:
        """Whether this is a number in %."""
        return self.kind == "number" and is_percent(self.unit)

    @property
    def decimals(self) -> int:
        """Digits written after the point."""
        return len(sq(self.digits).partition(".")[2])

    @property
    def compact(self) -> str:
        """Of kind ``number``: the value put together from its pieces, which is ``raw`` without white space."""
        unit = f"{self.bracket[0]}{self.unit}{self.bracket[1]}" if self.bracket else self.unit
        return f"{self.sign_text}{self.digits}{unit}"


@dataclass(frozen=True, slots=True)
class Normal:
    """What a value means, for comparing: equal meanings are equal whatever their spelling (values.md 5)."""

    kind: Kind
    sign: Sign = ""
    number: Decimal | None = None
    unit: str = ""
    """``%``, ``元``, ``元/场``, ``家`` … or nothing."""
    deadline: date | None = None
    words: str = ""


def parse(text: str) -> Value:
    """Read a value. Never fails; what fits nothing is of kind ``text``."""
    # Sentences are not kept: a memory of long texts would grow large.
    return _parse_short(text) if len(text) <= LONGEST else _parse(text)


def parse_actual(text: str, target: Value) -> Value:
    """Read an 实际完成值 beside its target: ``1起`` is a number where the target is counted in 起, too.

    On its own a unit that is on no list would make it words (values.md 2).
    """
    found = parse(text)
    if found.kind != "text" or not target.unit:
        return found
    signed = parse(f"={text}")
    if signed.kind != "number" or normal_unit(signed.unit) != normal_unit(target.unit):
        return found
    return replace(signed, raw=text, sign="", sign_text="")


def format_value(value: Value) -> str:
    """Return the text as it was typed."""
    return value.raw


def sign_of(text: str) -> Sign:
    """The meaning of a sign however spelt; nothing where the text is no sign."""
    return _SIGN_OF.get(sq(text), "")


def normal(value: Value, *, cost_row: bool = False) -> Normal:
    """Return what the value means. ``cost_row``: whether it stands under 成本指标, where 万 alone is money."""
    if value.kind == "number" and value.number is not None:
        unit, factor = normal_unit(value.unit, cost_row=cost_row)
        return Normal("number", value.sign, _EXACT.multiply(value.number, factor), unit)
    if value.kind == "date":
        return Normal("date", deadline=value.deadline)
    return Normal(value.kind, words=sq(value.raw).removesuffix("。"))


def comparable(one: Value, other: Value, *, name: str = "", cost_row: bool = False) -> bool:
    """Whether two values are numbers that can be compared: of one unit after ``normal``.

    In a row whose ``name`` ends with 率 or 满意度 a number without a unit is read as %.
    """
    if one.kind != "number" or other.kind != "number":
        return False
    units = {normal(one, cost_row=cost_row).unit, normal(other, cost_row=cost_row).unit}
    return len(units) == 1 or (units == {"", "%"} and sq(name).endswith(("率", "满意度")))


# ---------------------------------------------------------------- reading


@lru_cache(maxsize=8192)
def _parse_short(text: str) -> Value:
    return _parse(text)


def _parse(text: str) -> Value:
    raw, plain = "".join(text.split()), sq(text)
    if not plain:
        return Value("empty", text)
    if len(raw) <= LONGEST:
        pieces = _Pieces(raw)
        found = _date(text, pieces.plain) or _number(text, pieces)
        if found is not None:
            return found
    return Value("text", text, deadline=_deadline_inside(plain))


class _Pieces:
    """A text without white space, and the same in NFKC, with the way back from the second to the first."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.plain = ""
        self._back: dict[int, int] = {}
        for at, char in enumerate(raw):
            self._back[len(self.plain)] = at
            # To NFKC ㎡ is m2; here it is the unit 平方米.
            self.plain += "平方米" if char == "㎡" else "".join(unicodedata.normalize("NFKC", char).split())
        self._back[len(self.plain)] = len(raw)

    def written(self, start: int, end: int) -> str | None:
        """What was written for a piece of ``plain``; None where one character stands across its edge (``⑴``)."""
        if start not in self._back or end not in self._back:
            return None
        return self.raw[self._back[start] : self._back[end]]


def _number(text: str, pieces: _Pieces) -> Value | None:
    match = _NUMBER.fullmatch(pieces.plain)
    if match is None:
        return None
    sign, bare, inner = match["sign"] or "", match["bare"] or "", match["inner"]
    if _TAIL.search(bare) or (bare and not sign and (bare in _CALENDAR_UNITS or not is_known(bare))):
        return None
    unit_span = match.span("bare") if inner is None else match.span("inner")
    if unit_span[0] < 0:
        unit_span = (len(pieces.plain), len(pieces.plain))
    sign_text = pieces.written(0, match.start("digits"))
    digits = pieces.written(*match.span("digits"))
    unit = pieces.written(*unit_span)
    if sign_text is None or digits is None or unit is None or has_odd_digits(digits):
        return None
    bracket = ""
    if inner is not None:
        bracket = f"{pieces.written(match.end('digits'), unit_span[0])}{pieces.written(unit_span[1], match.end())}"
    return Value(
        "number",
        text,
        sign_of(sign),
        Decimal(match["digits"].replace(",", "")),
        sign_text,
        digits,
        unit,
        bracket,
    )


def _date(text: str, plain: str) -> Value | None:
    for pattern in _DATES:
        match = pattern.fullmatch(plain)
        if match is not None:
            parts = tuple(int(part) for part in match.groups() if part.isdecimal())
            deadline = _last_day(parts)
            return None if deadline is None else Value("date", text, deadline=deadline, date_parts=parts)
    return None


def _deadline_inside(plain: str) -> date | None:
    for match in _DATE_INSIDE.finditer(plain):
        year, month, day, _, month2, day2 = match.groups()
        parts = tuple(int(part) for part in (year, month or month2, day or day2) if part)
        deadline = _last_day(parts)
        if deadline is not None:
            return deadline
    return None


def _last_day(parts: tuple[int, ...]) -> date | None:
    """The last day of a year, a month or a day; None where the calendar has no such."""
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    try:
        return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])
    except ValueError:
        return None
