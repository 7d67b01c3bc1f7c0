"""Texts brought to a plain form for reading and comparing. What was typed is never changed by it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MAX_DIGITS = 40
"""Characters, thousands separators included, of a number that a field takes."""

_PIECE = 1000
_LONGEST_RUN = 30

_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


def sq(text: str) -> str:
    """NFKC, then all white space removed (rules.md 0.1)."""
    return "".join((text if text.isascii() else _nfkc(text)).split())


def plain_number(text: str) -> Decimal | None:
    """The number in a number field: full-width digits, thousands and ``。`` for the point are understood.

    None where the text is blank or no number: a sign, an exponent, a letter, more than ``MAX_DIGITS`` characters.
    """
    plain = sq(text).replace("。", ".")
    if len(plain) > MAX_DIGITS or has_odd_digits(text) or _NUMBER.fullmatch(plain) is None:
        return None
    return Decimal(plain.replace(",", ""))


def has_odd_digits(text: str) -> bool:
    """Whether a text has characters such as ① ² ½: digits to NFKC, but nobody writes amounts with them."""
    return any(not char.isdecimal() and _DIGIT.search(unicodedata.normalize("NFKC", char)) for char in text)


def _nfkc(text: str) -> str:
    """NFKC in pieces: on one long run of combining marks CPython takes time by the square of its length."""
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces = []
    start = 0
    while start < len(text):
        end = start + _PIECE
        # A mark stays with its letter, in all texts that people write.
        while end < min(len(text), start + _PIECE + _LONGEST_RUN) and unicodedata.combining(text[end]):
            end += 1
        pieces.append(unicodedata.normalize("NFKC", text[start:end]))
        start = end
    return "".join(pieces)
