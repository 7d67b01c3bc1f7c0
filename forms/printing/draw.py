"""What stands on a sheet of paper: texts, rules, the cells of a table. y grows downwards from the top edge."""

from __future__ import annotations

import hashlib
import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from forms.printing.fonts import face
from forms.printing.layout import MM, SIDE_PAD, set_upright
from forms.printing.options import Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forms.printing.embed import Typesetter
    from forms.printing.layout import Layout
    from forms.printing.linebreak import Line
    from forms.printing.options import Role
    from forms.printing.paginate import Piece, TablePage

ASCENT: Final = 0.88
"""Height of the em square above the baseline, in sizes of the type."""
FRAME: Final = 0.8
RULE: Final = 0.5
"""Weight of the frame and of the rules inside, in points."""
_LOOSEST: Final = 0.15
_LOOSEST_LONG: Final = 0.3
_LOOSEST_NARROW: Final = 0.1
"""Ems that a gap in a cell may be stretched by, so that lines end at one edge; in long lines; in a narrow cell."""
_LONG: Final = 20.0
"""Ems from which on lines are long."""
_DRAFT, _DRAFT_GREY, _DRAFT_SIZE, _DRAFT_TURN = "草稿", 0.9, 210.0, (0.6, 0.8)


class Spot(NamedTuple):
    """Where the text of a path is printed."""

    x: float
    y: float
    width: float
    height: float
    path: str


class Margins(NamedTuple):
    """Blanks at the left, the right and the foot of the text of a page, in points."""

    left: float
    right: float
    foot: float


_MARGINS: Final = Margins(20 * MM, 20 * MM, 20 * MM)


class Sheet:
    """A page in the making: PDF operators in the order they are painted."""

    def __init__(self, width: float, height: float, typesetter: Typesetter, margins: Margins = _MARGINS) -> None:
        """Begin a page; ``margins`` are the blanks around what stands on it."""
        self.width, self.height, self.margins = width, height, margins
        self.typesetter = typesetter
        self._code: list[str] = []
        self._packed, self._checksum = b"", zlib.adler32(b"")
        begun = struct.pack(">2d", width, height) + typesetter.faces.names.encode()
        self._look = hashlib.blake2b(begun, digest_size=16)
        self._code_look = self._look.copy()
        self.places: list[Spot] = []

    @property
    def code(self) -> str:
        """The operators that are not packed yet."""
        return "".join(f"{one}\n" for one in self._code)

    def pack(self) -> None:
        """Compress what was painted so far; what comes later is compressed on its own."""
        code = self.code.encode("ascii")
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        self._packed += packer.compress(code) + packer.flush(zlib.Z_FULL_FLUSH)
        self._checksum = zlib.adler32(code, self._checksum)
        self._code = []

    def packed(self) -> bytes:
        """All operators in zlib's format: its header, the parts, an empty last block, the checksum."""
        self.pack()
        return b"\x78\x9c" + self._packed + b"\x03\x00" + self._checksum.to_bytes(4, "big")

    @property
    def look(self) -> Look:
        """Digests of what is painted: sheets of one look are painted alike."""
        return Look(self._look.digest(), self._code_look.digest())

    @contextmanager
    def check_code(self) -> Iterator[None]:
        """What is drawn meanwhile is the check code, which is told apart in the look."""
        self._look, self._code_look = self._code_look, self._look
        yield
        self._look, self._code_look = self._code_look, self._look

    @contextmanager
    def grey(self, shade: float) -> Iterator[None]:
        """What is drawn meanwhile is grey: 0 is black, 1 is white."""
        self._paint(f"q {_n(shade)} g")
        yield
        self._paint("Q")

    def rule(self, x0: float, y0: float, x1: float, y1: float, weight: float = RULE) -> None:
        """Draw a line."""
        top = self.height
        self._paint(f"{_n(weight)} w {_n(x0)} {_n(top - y0)} m {_n(x1)} {_n(top - y1)} l S")

    def bar(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """Fill a rectangle with a grey: 0 is black, 1 white."""
        place = f"{_n(x)} {_n(self.height - y - height)} {_n(width)} {_n(height)}"
        self._paint(f"q {_n(grey)} g {place} re f Q")

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the frame of a table."""
        self._paint(f"{_n(FRAME)} w {_n(x)} {_n(self.height - y - height)} {_n(width)} {_n(height)} re S")

    def line(self, line: Line, x: float, baseline: float, size: float, role: Role = "table", *,
             width: float = 0.0, loosest: float = 0.0, lead: int = 0) -> None:  # fmt: skip
        """Draw a line of text, stretched to a width if no gap grows by more than ``loosest`` ems.

        The last line of a paragraph is not. ``lead`` characters at its beginning are a heading in the line.
        """
        text, paragraph = line.text, line.paragraph
        if not text:
            return
        end = line.start + len(text)
        slack = width / size - line.width if width else 0.0
        advances = paragraph.spread(line.start, end, slack, 0.0 if line.last else loosest)
        x -= paragraph.hang(line.start) * size
        if self.typesetter.looks:
            self._look.update(f"{role} {lead} {size} {x} {baseline} {text}\0".encode("utf-8", "surrogatepass"))
            self._look.update(struct.pack(f">{len(advances)}d", *advances))
        pieces = self.typesetter.runs(text, advances, role, lead)
        code = ["BT"]
        for name, offset, array in pieces:
            code.append(
                f"/{name} {_n(size)} Tf 1 0 0 1 {_n(x + offset * size)} {_n(self.height - baseline)} Tm {array} TJ"
            )
        self._code.append(" ".join((*code, "ET")))  # whose numbers of characters hang on the other pages

    def _paint(self, operators: str) -> None:
        """Add operators that are the same wherever the page stands."""
        self._code.append(operators)
        self._look.update(operators.encode("ascii"))

    def draft_mark(self) -> None:
        """草稿 across the page in light grey: as outlines, so that the text of the page stays the text of the form."""
        sans = face("NotoSansSC-Medium")
        cos, sin, scale = *_DRAFT_TURN, _DRAFT_SIZE / 1000
        place = [cos * scale, sin * scale, -sin * scale, cos * scale, self.width / 2, self.height / 2]
        code = [f"q {_DRAFT_GREY} g", " ".join(map(_n, place)), "cm"]
        for n, char in enumerate(_DRAFT):
            left = 1000 * (n - len(_DRAFT) / 2)
            for contour in sans.contours(sans.glyph(ord(char))):
                code += _curves([((x + left, y - 380), on) for (x, y), on in contour])
        self._code.insert(0, " ".join((*code, "f Q")))  # below everything else
        self._look.update(_DRAFT.encode())

    # ------------------------------------------------------------ tables

    def table(self, page: TablePage, layout: Layout, x: float, y: float) -> None:
        """Draw the part of a form that stands on this page, its left top corner at x, y.

        Cells come in the order they are read in: row by row, a label over several rows where it begins.
        """
        rules: set[tuple[float, float, float, float]] = set()
        width = layout.edges[0][-1]
        for piece in sorted(page.pieces, key=lambda piece: (piece.top, piece.box.column)):
            left, right = layout.span(piece.box)
            if left > 0:
                rules.add((left, piece.top, left, piece.bottom))
            if piece.top > 0:
                rules.add((left, piece.top, right, piece.top))
            self._cell(piece, layout, x, y)
        for x0, y0, x1, y1 in _joined(rules):
            self.rule(x + x0, y + y0, x + x1, y + y1)
        self.frame(x, y, width, page.height)

    def _cell(self, piece: Piece, layout: Layout, x: float, y: float) -> None:
        box, setting = piece.box, layout.setting
        left, right = layout.span(box)
        height = piece.bottom - piece.top
        lines, leading = piece.lines, setting.leading
        if lines is None:
            lines, leading = set_upright(box, setting, layout.room(box), height)
        size = setting.size
        block = size + (len(lines) - 1) * leading
        top = piece.top + (height - block) / 2
        alone = len(lines) == 1 and layout.grid.parts[box.band] == "indicators"  # 无 stands in the middle of its row
        if piece.cut or (box.align == "top-left" and not alone):
            top = piece.top + setting.pad
        align, room = box.align, right - left - 2 * SIDE_PAD
        if align == "value":
            alone = len(lines) == 1 and not piece.cut and lines[0].width * size <= room
            align = "center" if alone else "left"
        loosest = _LOOSEST_LONG if room >= _LONG * size else _LOOSEST
        if not align.endswith("left"):
            room = 0.0
        elif not layout.is_justified(box):  # all lines of a narrow cell end at one edge, or none
            loosest = 0.0 if any(line.looseness(room / size) > _LOOSEST_NARROW for line in lines) else _LOOSEST_NARROW
        for n, line in enumerate(lines):
            at = left + SIDE_PAD
            if align == "center":
                at = line.centred(left, right, size)
            elif align == "right":
                at = right - SIDE_PAD - line.width * size
            self.line(line, x + at, y + top + n * leading + ASCENT * size, size, width=room, loosest=loosest)
        if box.path is not None:
            self.places.append(Spot(x + left, y + piece.top, right - left, height, box.path))


def _n(number: float) -> str:
    """A number as PDF has it, to a thousandth of a point."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _joined(rules: Iterable[tuple[float, float, float, float]]) -> list[tuple[float, float, float, float]]:
    """Rules that touch end to end as one."""
    found: list[tuple[float, float, float, float]] = []
    for x0, y0, x1, y1 in sorted(rules, key=lambda r: (r[0] == r[2], r[0] if r[0] == r[2] else r[1], r)):
        if found:
            a0, b0, a1, b1 = found[-1]
            if x0 == x1 == a0 == a1 and abs(y0 - b1) < 1e-6:
                found[-1] = (a0, b0, x1, y1)
                continue
            if y0 == y1 == b0 == b1 and abs(x0 - a1) < 1e-6:
                found[-1] = (a0, b0, x1, y1)
                continue
        found.append((x0, y0, x1, y1))
    return found


def _curves(contour: list[tuple[tuple[float, float], bool]]) -> list[str]:
    """A closed contour of quadratic curves as PDF operators."""
    points: list[tuple[tuple[float, float], bool]] = []
    for n, (point, on) in enumerate(contour):
        before, was_on = contour[n - 1]
        if not on and not was_on:
            points.append((_middle(before, point), True))
        points.append((point, on))
    start = next(n for n, (_, on) in enumerate(points) if on)
    points = [*points[start:], *points[: start + 1]]
    here, control = points[0][0], None
    code = [f"{_n(here[0])} {_n(here[1])} m"]
    for point, on in points[1:]:
        if not on:
            control = point
        elif control is None:
            code.append(f"{_n(point[0])} {_n(point[1])} l")
            here = point
        else:
            pairs = (_third(here, control), _third(point, control), point)
            code.append(" ".join(f"{_n(a)} {_n(b)}" for a, b in pairs) + " c")
            here, control = point, None
    return [*code, "h"]


def _middle(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _third(end: tuple[float, float], control: tuple[float, float]) -> tuple[float, float]:
    """The control point of a cubic curve that is the same as the quadratic one."""
    return end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1])
