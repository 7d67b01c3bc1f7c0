"""The shipped faces: which face draws which character. No .notdef is ever drawn.

Noto Serif SC stands for 宋体 and 仿宋, its bold for 小标宋, Noto Sans SC for 黑体. A character that the face of
a style lacks is taken from the other faces; where none has it, the geta mark 〓 of the printers stands in its
place, and the text of the PDF keeps the character.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from forms.printing.truetype import TrueType

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "fonts"

Style: TypeAlias = Literal["body", "bold", "sans"]

_FACES: Final = {
    "body": ("NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Medium"),
    "bold": ("NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Medium"),
    "sans": ("NotoSansSC-Medium", "NotoSerifSC-Regular", "NotoSerifSC-Bold"),
}
_GETA: Final = "〓"
_DASH, _JOINED_DASH, _SINGLE_DASH = "—", "─", "―"
_BLANK_WIDTH: Final = 0.256


class Glyph(NamedTuple):
    """What draws a character; the width is in ems."""

    face: TrueType
    number: int
    width: float


@lru_cache
def face(name: str) -> TrueType:
    """A face of the font folder, read once. Raises FontError and OSError."""
    return TrueType(FOLDER / f"{name}.ttf")


@lru_cache
def _others() -> tuple[str, ...]:
    """Further faces in the folder, which only fill gaps."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.ttf") if path.stem not in _FACES["body"]))


def _look_up(char: str, style: Style) -> Glyph | None:
    for name in (*_FACES[style], *_others()):
        one = face(name)
        number = one.glyph(ord(char))
        if number:
            return Glyph(one, number, one.advance(number) / 1000)
    return None


def is_invisible(char: str) -> bool:
    """Whether a character has no shape of its own: joiners, variation selectors, soft marks."""
    return unicodedata.category(char) == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


@lru_cache(maxsize=1 << 15)
def has_glyph(char: str) -> bool:
    """Whether a character can be printed (rule P01). Blanks and invisible ones can."""
    return char.isspace() or is_invisible(char) or (unicodedata.category(char) != "Cc" and bool(_look_up(char, "body")))


@lru_cache(maxsize=1 << 15)
def glyph(char: str, style: Style = "body") -> Glyph:
    """What draws a character in a style."""
    if char == _DASH:  # a full em, at the height of Chinese marks
        char = _SINGLE_DASH
    found = _look_up(char, style)
    if found is None:
        stand_in = " " if char.isspace() or is_invisible(char) else _GETA
        one = face(_FACES[style][0])
        width = {" ": 0.0 if is_invisible(char) else _BLANK_WIDTH}.get(stand_in, 1.0)
        found = Glyph(one, one.glyph(ord(stand_in)), width)
    return found


def glyphs(text: str, style: Style) -> list[Glyph]:
    """What draws a text; two dashes side by side are one stroke."""
    found = [glyph(char, style) for char in text]
    at = text.find(_DASH * 2)
    while at >= 0:
        end = at
        while text[end : end + 1] == _DASH:
            found[end] = glyph(_JOINED_DASH, style)
            end += 1
        at = text.find(_DASH * 2, end)
    return found


@lru_cache
def measure(style: Style = "body") -> Callable[[str], float]:
    """Return the function that gives the width of a character in ems."""
    widths: dict[str, float] = {}

    def width(char: str) -> float:
        found = widths.get(char)
        if found is None:
            found = widths[char] = glyph(char, style).width
        return found

    return width
