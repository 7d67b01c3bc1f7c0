"""Amounts of money: exact, kept in 元 (values.md 8).

A blank amount is not 0: it is None here and nothing on paper.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from forms.documents import Declaration
from forms.edition import Amounts, Edition
from forms.reading import has_odd_digits, sq

MAX_WHOLE_DIGITS = 15
"""Digits before the point, in 元: up to 999,999,999,999,999.99."""

_MAX_CHARS = 40
_UNITS = {"": 1, "元": 1, "万": 10_000, "万元": 10_000, "亿": 100_000_000, "亿元": 100_000_000}
_AMOUNT = re.compile(r"¥?(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?P<unit>[万亿]?元?)")
_MINUS = re.compile(r"¥?[-\u2212–]¥?(?=[0-9])")
_CENT = Decimal("0.01")
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_SHOWN = 20


class AmountError(ValueError):
    """A text is no amount; the message is a sentence for the clerk."""


def parse_amount(text: str, amounts: Amounts | None = None) -> Decimal | None:
    """Read an amount as 元, with two decimals; None where nothing was typed.

    A bare number counts in the unit of ``amounts``, of a form of an edition; without it in 元.
    ``1,515,000.00``, ``700000``, ``¥12.5``, ``12。5``, ``１２万``, ``1.2亿元`` are understood.
    Raises AmountError for what is no number, negative, too large or finer than 0.01 元.
    """
    plain = sq(text).replace("。", ".")
    if not plain:
        return None
    shown = text.strip() if len(text.strip()) <= _SHOWN else f"{text.strip()[:_SHOWN]}…"
    if _MINUS.match(plain):
        raise AmountError(f"金额不能为负，请把“{shown}”改为不小于0的数字")
    if len(plain) > _MAX_CHARS:
        raise AmountError(f"“{shown}”过长，金额整数部分最多{MAX_WHOLE_DIGITS}位")
    match = _AMOUNT.fullmatch(plain)
    if match is None or has_odd_digits(text):
        raise AmountError(f"“{shown}”不是有效金额，请改为如 25.00 的数字")
    unit = _UNITS[match["unit"]] if match["unit"] or amounts is None else amounts.per_unit
    amount = _EXACT.multiply(Decimal(match["digits"].replace(",", "")), unit)
    if amount >= 10**MAX_WHOLE_DIGITS:
        raise AmountError(f"“{shown}”过大，金额整数部分最多{MAX_WHOLE_DIGITS}位")
    exact = amount.quantize(_CENT, context=_EXACT)
    if exact != amount:
        raise AmountError(f"“{shown}”的小数过多，金额以元计最多两位小数，请改为如 {exact} 的数字")
    return exact


def amount_in(text: str, amounts: Amounts) -> Decimal | None:
    """Return the 元 of an amount as a form has it, a bare number counting in the form's unit.

    None where nothing was typed, or no amount.
    """
    try:
        return parse_amount(text, amounts)
    except AmountError:
        return None


def budget_of(declaration: Declaration, edition: Edition) -> Decimal | None:
    """Return the 元 that a declaration asks for in its year.

    None where its edition has no such amount, nothing was typed, or no amount.
    """
    path = edition.year_total
    text = "" if path is None else declaration.funds.get(path.removeprefix("funds."), "")
    return amount_in(text, edition.amounts)


def converted(text: str, old: Amounts, new: Amounts) -> str:
    """Return an amount of a form as a form with another unit keeps it; what is no amount stays as it is."""
    amount = None if old.per_unit == new.per_unit else amount_in(text, old)
    return text if amount is None else exact_amount(amount, new)


def exact_amount(amount: Decimal, amounts: Amounts) -> str:
    """Return an amount of 元 as a form keeps it: ``#,##0.00`` in its unit, with as many decimals as it takes."""
    share = _EXACT.divide(amount, amounts.per_unit)
    if share == share.quantize(_CENT, context=_EXACT):
        return format_amount(amount, amounts)
    return f"{share.normalize(_EXACT):,f}"


def format_amount(amount: Decimal | None, amounts: Amounts) -> str:
    """Return an amount of 元 as an edition prints it: ``#,##0.00`` in its unit, half up; None as nothing."""
    if amount is None:
        return ""
    cents = _EXACT.divide(amount, amounts.per_unit).quantize(_CENT, context=_EXACT)
    # Adding 0 takes the sign of a negative zero away.
    return f"{_EXACT.add(cents, 0):,.2f}"
