"""Values written in the style of an edition (values.md 6): built from three fields, or spelt anew on request.

Nothing here is applied to a text by itself: what a clerk typed keeps its spelling until the clerk asks.
"""

from __future__ import annotations

from decimal import Decimal

from forms.edition import ValueStyle
from forms.reading import plain_number
from forms.units import is_percent, normal_unit
from forms.values import SIGNS, Sign, Value, normal, parse, sign_of


class BuildError(ValueError):
    """The three fields make no value; the message is a sentence for the clerk."""


def build(style: ValueStyle, sign: str, number: str | Decimal, unit: str) -> str:
    """Write sign, number and unit as the edition does: ``≥85.00(%)`` or ``>=85%``. All blank: nothing.

    The sign may be spelt in any way or be missing; the number is read as number fields are (full-width digits,
    thousands, ``。``). No digit of the number is ever lost. Where a bare unit would not be read back as typed
    (``12起`` without a sign) it is put into brackets. Raises BuildError.
    """
    sign, unit = sign.strip(), "".join(unit.split())
    if not (sign or str(number).strip() or unit):
        return ""
    meaning = sign_of(sign)
    if sign and not meaning:
        raise BuildError(f"“{sign}”不是比较符号，请选≥、≤、=、>、<之一")
    text = _write(style, meaning, _read(str(number)), unit)
    if parse(text).kind != "number":
        raise BuildError(f"计量单位“{unit}”过长或含括号，请改为如“家”的单位")
    return text


def restyle(value: Value, style: ValueStyle) -> Value:
    """Return the value spelt in the style; its meaning (``normal``) stays. Dates, words and blanks stay as they are."""
    if value.number is None:
        return value
    anew = parse(_write(style, value.sign, value.number, value.unit))
    return anew if normal(anew) == normal(value) else value


def _read(text: str) -> Decimal:
    if not text.strip():
        raise BuildError("请填写数值")
    number = plain_number(text)
    if number is None:
        raise BuildError(f"“{text.strip()[:20]}”不是有效数值，请改为如 25 或 25.50 的数字")
    return number


def _write(style: ValueStyle, sign: Sign, number: Decimal, unit: str) -> str:
    if is_percent(unit):
        unit = style.percent
    head = f"{style.signs[SIGNS.index(sign)] if sign else ''}{_digits(style, number, unit)}"
    if not unit:
        return head
    if not style.brackets:
        bare = parse(f"{head}{unit}")
        if (bare.number, bare.unit) == (number, unit):
            return bare.raw
    brackets = style.brackets or "()"
    return f"{head}{brackets[0]}{unit}{brackets[1]}"


def _digits(style: ValueStyle, number: Decimal, unit: str) -> str:
    """The number without thousands; decimals by the style, and as many as it takes to lose nothing."""
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    if style.decimals == "two" or (style.decimals == "two-except-counts" and (decimals or is_rate_or_money(unit))):
        decimals = decimals.ljust(2, "0")
    return f"{whole}.{decimals}" if decimals else whole


def is_rate_or_money(unit: str) -> bool:
    """Whether ``two-except-counts`` writes numbers of a unit with two decimals."""
    plain, _ = normal_unit(unit, cost_row=True)
    return plain in ("%", "‰", "倍") or plain.partition("/")[0] == "元"
