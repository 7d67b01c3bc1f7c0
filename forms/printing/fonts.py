"""Faces: which face draws which character. No .notdef is ever drawn.

Of the shipped ones Noto Serif SC stands for 宋体, 仿宋 and 楷体, its bold for 小标宋, Noto Sans SC for 黑体. The clerk
may choose an installed face for each role instead. A character that the face of a role lacks is taken from the other
faces; where none has it, the geta mark 〓 of the printers stands in its place, and the text of the PDF keeps it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from forms.printing.truetype import FontError, TrueType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from forms.printing.options import FaceFile, Role

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "fonts"

_SERIF, _BOLD, _SANS = "NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Medium"
_SHIPPED: Final[Mapping[Role, tuple[str, ...]]] = {
    "table": (_SERIF, _BOLD, _SANS),
    "title": (_BOLD, _SERIF, _SANS),
    "text": (_SERIF, _BOLD, _SANS),
    "heading": (_SANS, _SERIF, _BOLD),
    "subheading": (_SERIF, _BOLD, _SANS),
}
_GETA: Final = "〓"
DASHES: Final = "——"
"""A dash of two ems, drawn as one stroke."""
_DASH, _JOINED_DASH, _SINGLE_DASH = "—", "─", "―"
_BLANK_WIDTH: Final = 0.256
_WIDEST: Final = 3.0
"""Ems; what a face says to be wider is no character of a text."""


class Glyph(NamedTuple):
    """What draws a character; the width is in ems."""

    face: TrueType
    number: int
    width: float


@lru_cache
def face(name: str) -> TrueType:
    """A face of the font folder, read once. Raises FontError and OSError."""
    return TrueType(FOLDER / f"{name}.ttf", name=name)


@lru_cache
def _others() -> tuple[str, ...]:
    """Further faces in the folder, which only fill gaps."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.ttf") if path.stem not in _SHIPPED["table"]))


def is_invisible(char: str) -> bool:
    """Whether a character has no shape of its own: joiners, variation selectors, soft marks."""
    return unicodedata.category(char) == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


class Faces:
    """The faces of a print. A character has the same glyph and width as long as the object lives."""

    def __init__(self, chosen: Mapping[Role, TrueType]) -> None:
        self._chosen = chosen
        self.names = " ".join(f"{role}={one.name}" for role, one in sorted(chosen.items()))
        """What was chosen for which role."""
        self._known: dict[tuple[str, Role], Glyph] = {}
        self._printable: dict[str, bool] = {}
        self._measures: dict[Role, Callable[[str], float]] = {}

    def _look_up(self, char: str, role: Role) -> Glyph | None:
        """From the face chosen for the role, then the shipped ones, then what was chosen for other roles."""
        code = ord(char)
        own = self._chosen.get(role)
        found = own and _glyph_of(own, code)
        for name in () if found else (*_SHIPPED[role], *_others()):
            found = _glyph_of(face(name), code)
            if found:
                break
        else:
            found = found or next(filter(None, (_glyph_of(one, code) for one in self._chosen.values())), None)
        return found

    def has(self, char: str) -> bool:
        """Whether a character can be printed (rule P01). Blanks and invisible ones can."""
        found = self._printable.get(char)
        if found is None:
            found = char.isspace() or is_invisible(char)
            found = found or (unicodedata.category(char) != "Cc" and self._look_up(char, "table") is not None)
            self._printable[char] = found
        return found

    def glyph(self, char: str, role: Role = "table") -> Glyph:
        """What draws a character in a role."""
        found = self._known.get((char, role))
        if found is None:
            found = self._dash(_SINGLE_DASH, role) if char == _DASH else self._look_up(char, role)
            found = self._known[char, role] = found or self._stand_in(char, role)
        return found

    def _dash(self, char: str, role: Role) -> Glyph | None:
        """A dash is a full em, at the height of Chinese marks; faces for other scripts have shorter ones."""
        found = self._look_up(char, role)
        return found if found and found.width == 1 else _glyph_of(face(_SHIPPED[role][0]), ord(char))

    def _stand_in(self, char: str, role: Role) -> Glyph:
        blank = char.isspace() or is_invisible(char)
        one = face(_SHIPPED[role][0])
        width = 1.0 if not blank else 0.0 if is_invisible(char) else _BLANK_WIDTH
        return Glyph(one, one.glyph(ord(" " if blank else _GETA)), width)

    def glyphs(self, text: str, role: Role) -> list[Glyph]:
        """What draws a text; two dashes side by side are one stroke."""
        found = [self.glyph(char, role) for char in text]
        at = text.find(DASHES)
        while at >= 0:
            end = at
            while text[end : end + 1] == _DASH:
                found[end] = self._dash(_JOINED_DASH, role) or found[end]
                end += 1
            at = text.find(DASHES, end)
        return found

    def measure(self, role: Role = "table") -> Callable[[str], float]:
        """Return the function that gives the width of a character in ems."""
        if role not in self._measures:
            self._measures[role] = _Widths(self, role).__getitem__
        return self._measures[role]


class _Widths(dict[str, float]):
    """Widths by character, looked up once."""

    def __init__(self, faces: Faces, role: Role) -> None:
        super().__init__()
        self._faces, self._role = faces, role

    def __missing__(self, char: str) -> float:
        width = self[char] = self._faces.glyph(char, self._role).width
        return width


def _glyph_of(one: TrueType, code: int) -> Glyph | None:
    number = one.glyph(code)
    width = one.advance(number) / 1000 if number else _WIDEST + 1
    return Glyph(one, number, width) if width <= _WIDEST else None


@lru_cache
def shipped() -> Faces:
    """The shipped faces alone."""
    return Faces({})


def faces_of(chosen: Mapping[Role, FaceFile]) -> Faces:
    """Chosen faces with the shipped ones behind them, kept while the files stay as they are.

    Raises FontError where a file cannot be read or used.
    """
    files = []
    for role, one in sorted(chosen.items()):
        try:
            facts = Path(one.path).stat()
        except (OSError, ValueError) as error:
            raise FontError(f"字体文件“{Path(one.path).name}”打不开，请重新选择字体。") from error
        files.append((role, one, facts.st_mtime_ns, facts.st_size))
    return _faces_of(tuple(files)) if files else shipped()


@lru_cache(maxsize=4)
def _faces_of(files: tuple[tuple[Role, FaceFile, int, int], ...]) -> Faces:
    opened: dict[FaceFile, TrueType] = {}
    for _, one, _, _ in files:
        try:
            opened[one] = opened.get(one) or TrueType(Path(one.path), one.number)
        except OSError as error:
            raise FontError(f"字体文件“{Path(one.path).name}”打不开，请重新选择字体。") from error
    return Faces({role: opened[one] for role, one, _, _ in files})


def has_glyph(char: str) -> bool:
    """Whether the shipped faces can print a character (rule P01)."""
    return shipped().has(char)


def glyph_check(chosen: Mapping[Role, FaceFile]) -> Callable[[str], bool]:
    """Return what ``has_glyph`` is for chosen faces. Raises FontError."""
    return faces_of(chosen).has
