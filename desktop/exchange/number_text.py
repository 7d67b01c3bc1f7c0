"""The value of a cell of a workbook as the clerk sees it there: 0.85 in the format ``0%`` is 85%."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_NOISE = re.compile(r"\[[^\]]*\]|_.|\*.|\\")
_PLACES = re.compile(r'^((?:"[^"]*")*)([#0?,]+)(?:\.([0#?]+))?(%?)((?:"[^"]*")*)$')
_QUOTED = re.compile(r'"([^"]*)"')
_SLASHED = ("mm-dd-yy", "yyyy/m/d", "yyyy/mm/dd")


def cell_text(value: object, number_format: str = "General") -> str:
    """Return the text of a value in a number format; of an odd format, the number as it was typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float, Decimal)):
        return _number(Decimal(repr(value) if isinstance(value, float) else value), number_format)
    if isinstance(value, (datetime, date)):
        return _date(value, number_format.lower())
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)


def _number(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return str(value)
    wanted = _NOISE.sub("", number_format.split(";", maxsplit=1)[0]).strip()
    match = _PLACES.match(wanted)
    if match is None:
        return _plain(value)
    before, whole, places, percent, after = match.groups()
    number = value * 100 if percent else value
    least, most = (places or "").count("0"), len(places or "")
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP) if abs(number) < Decimal(10) ** 20 else number
    digits = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if most > least:
        head, _, tail = digits.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        digits = f"{head}.{tail}" if tail else head
    return f"{_bare(before)}{digits}{percent}{_bare(after)}"


def _plain(value: Decimal) -> str:
    """A number without exponent and needless zeros, in the fifteen digits that a workbook keeps."""
    rounded = Decimal(f"{value:.14e}")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bare(quoted: str) -> str:
    return "".join(_QUOTED.findall(quoted))


def _date(value: date, number_format: str) -> str:
    if "年" in number_format:
        day = f"{value.day}日" if "d" in number_format else ""
        return f"{value.year}年{value.month}月{day}"
    if any(one in number_format for one in _SLASHED):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(sep=" ", timespec="minutes")
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
