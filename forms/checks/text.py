"""What rules read in texts (rules.md 0.1). All of it ends in time that grows with the text, not faster.

Every function takes the text as typed and reads ``sq`` of it: NFKC without white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from forms.reading import sq
from forms.units import MEASURES, MONEY, RATE, TIME

NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}(?![0-9]))++(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)?)"
"""A number, perhaps with thousands. Possessive: a long run of digits is read once."""

UNITS = "|".join(sorted(MEASURES.union(MONEY, RATE, TIME), key=len, reverse=True))
"""All units of values.md 3, longest first."""

HAN = "\u4e00-\u9fff"
NUMERALS = "〇零一二两三四五六七八九十百千万亿"
MOST_QUANTITIES = 1000
"""So many quantities of a text are read; a goal has a handful."""
EMPTY_REASONS = ("", "无")

# The unit may be missing, so that each number is read once.
_COUNTED = re.compile(rf"({NUMBER})({UNITS})?")
_CALENDAR = "(?:[0-9]{1,2}日|[底末初])?"
_YEARS_RANGE = re.compile(r"(?<![0-9])20[0-9]{2}年?[-—–~至到]{1,2}20[0-9]{2}年")
_YEAR_SINCE = re.compile(rf"(?:自从|截至|早在|[在自从])20[0-9]{{2}}年(?![底末]?前|[0-9]{{1,2}}月{_CALENDAR}[之以]?前)")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")
# History and comparisons, of which rules.md names the words before: 2019年以来, 2022年修订, 较2024年增长, 始建于2008年.
_YEAR_PAST = re.compile(
    r"(?:(?:始建|成立|设立|创办|创建)于|截止|[较比])20[0-9]{2}年(?:度|同期|[0-9]{1,2}月)?+(?![底末]?前)"
    r"|[与同和]20[0-9]{2}年(?:度|同期)?(?:相比|比较|持平)"
    r"|〔20[0-9]{2}年〕"
    r"|20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
    r"(?:以来|起(?!草)|同期|版|学年|修订|修正|成立|设立|创办|创建|始建|(?:印发|发布|颁布|制定|出台|施行|实施)的)"
)
_ITEM = re.compile(r"(?:^|(?<=[。；;\n]))[ \t\u3000]*([0-9０-９]{1,2})([.．、])(?![0-9０-９])", re.MULTILINE)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
# 5个工作日, 5个百分点 and 3个方面 count no things.
_NO_THINGS = re.compile(r"工作日|自然日|交易日|小时|季度|星期|学期|学年|年度|年头|百分点|方面|环节|阶段|层面|维度")
_MAX_DEPTH = 5
_COUNTERS = ("数量", "数目", "次数", "总数", "情况")
_WORD_BEFORE = frozenset(".-—–~+*×/第")
_RANGE_MARKS = frozenset("-—–~至到")


class Quantity(NamedTuple):
    """A number with a unit that counts things, in ``sq`` of a text."""

    number: Decimal
    unit: str
    text: str
    start: int
    end: int


def no_titles(text: str) -> str:
    """``sq`` without every 《…》, the shortest from the left."""
    return "".join(piece for piece, is_title in _titles(sq(text)) if not is_title)


def length(text: str) -> int:
    """``len0``: characters that are no white space."""
    return len("".join(text.split()))


def cut(name: str, most: int = 20) -> str:
    """A name as messages show it: on one line, at most 20 characters and an ellipsis."""
    plain = " ".join(name.split())
    return plain if len(plain) <= most else f"{plain[:most]}…"


def is_empty_reason(text: str) -> bool:
    """Whether a 偏差原因 says nothing: blank or 无."""
    return sq(text) in EMPTY_REASONS


@lru_cache(maxsize=64)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, outside titles; none that is part of a range, a code or a product.

    A unit that goes on with ``/`` (人/场) counts something else and is none. Thousands are read as such.
    """
    return tuple(islice(_quantities(text), MOST_QUANTITIES))


def mentions(text: str) -> frozenset[tuple[Decimal, str]]:
    """All numbers directly followed by a counting unit, wherever they stand (``≥50家``, ``1-2场``)."""
    counted = _COUNTED.findall(sq(text))
    return frozenset((_decimal(digits), unit) for digits, unit in counted if unit in MEASURES)


@lru_cache(maxsize=256)
def years_named(text: str) -> tuple[int, ...]:
    """Return the years a text speaks of, each once: not those of ranges and of what lies behind (在2019年, 2019年以来).

    A deadline stays (在2026年底前). Which of them are right for a form, the form knows.
    """
    if "20" not in text and "２" not in text:
        return ()
    plain = _YEAR_PAST.sub("", _YEAR_SINCE.sub("", _YEARS_RANGE.sub("", no_titles(text))))
    return tuple(dict.fromkeys(int(year) for year in _YEAR.findall(plain)))


def item_marks(text: str) -> list[str]:
    """Return what follows the Arabic item numbers of a text: ``.`` or ``、``, in order."""
    return ["、" if match[2] == "、" else "." for match in _ITEM.finditer(text)]


def without_items(text: str) -> str:
    """Return the text without its Arabic item numbers."""
    return _ITEM.sub("", text)


def head(name: str) -> str:
    """Return the noun that an indicator name ends on, for telling its unit."""
    plain = sq(name)
    for _ in range(_MAX_DEPTH):
        plain = _BRACKETED.sub("", plain)
    plain = plain.rstrip("”’\"'》」』").removesuffix("等")
    return next((plain.removesuffix(word) for word in _COUNTERS if plain.endswith(word)), plain)


# ---------------------------------------------------------------- within


def _titles(plain: str) -> Iterator[tuple[str, bool]]:
    """Pieces of a text in turn, and whether each is a 《…》."""
    at = 0
    while True:
        start = plain.find("《", at)
        end = plain.find("》", start) if start >= 0 else -1
        if end < 0:
            break
        yield plain[at:start], False
        yield plain[start : end + 1], True
        at = end + 1
    yield plain[at:], False


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _quantities(text: str) -> Iterator[Quantity]:
    # Titles become blanks of their own length, so that positions stay those of sq(text).
    plain = "".join(" " * len(piece) if is_title else piece for piece, is_title in _titles(sq(text)))
    last_end = -1
    for match in _COUNTED.finditer(plain):
        digits, unit = match.groups()
        start, end = match.span()
        between, last_end = plain[last_end:start] if last_end >= 0 else "", end
        before, after = plain[start - 1 : start], plain[end : end + 2]
        if unit not in MEASURES or (unit == "个" and _NO_THINGS.match(plain, end)):
            continue
        if before in _WORD_BEFORE or _is_letter(before) or between in _RANGE_MARKS:
            continue
        if _is_letter(after[:1]) or after[:1].isdecimal() or after[:1] == "/":
            continue
        if after[:1] in _RANGE_MARKS and after[1:].isdecimal():
            continue
        yield Quantity(_decimal(digits), unit, plain[start:end], start, end)


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
