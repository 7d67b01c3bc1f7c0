"""TrueType files, read as lazily as can be: widths, the character map, outlines, subsets.

The usual readers take 0.2 s a face, because they unpack the metrics of every glyph into Python lists. A form needs some
hundred glyphs, so here the tables stay bytes and are looked into; outlines are read from the file when they are
embedded. A file may be a collection (*.ttc). Files that the clerk chose are not trusted: what is broken raises
FontError and nothing else, and so does a face whose maker does not allow it to be embedded.
"""

from __future__ import annotations

import re
import struct
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias

from forms.printing.charmap import read_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

Point: TypeAlias = tuple[float, float]
Contour: TypeAlias = list[tuple[Point, bool]]
"""Points and whether each lies on the curve (else it is a control point of a quadratic curve)."""

_WANTED: Final = ("head", "hhea", "maxp", "hmtx", "loca", "cmap", "OS/2")
_HINTS: Final = ("cvt ", "fpgm", "prep")
_MAX_TABLE: Final = 64_000_000
_MAX_FACES: Final = 256
_MAX_GLYPHS: Final = 0xFFFF
_RESTRICTED, _LENIENT, _NO_SUBSET, _BITMAPS = 0x0002, 0x000C, 0x0100, 0x0200
"""Bits of fsType: no embedding; embedding for reading or editing; whole only; no outlines."""
_COMPONENT_WORDS, _COMPONENT_MORE = 0x0001, 0x0020
_COMPONENT_SCALES: Final = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
_CHINESE, _ENGLISH = 0x0804, 0x0409
_LANGUAGES: Final = (_CHINESE, _ENGLISH)


class FontError(ValueError):
    """A font file cannot be used; the sentence is for the clerk."""


class TrueType:
    """One face. Lengths are in thousandths of the em."""

    def __init__(self, path: Path, index: int = 0, name: str | None = None) -> None:
        """Read the small tables; ``name`` is that of the font in a PDF, else the file says it.

        Raises FontError, and OSError where the file cannot be read.
        """
        self.path = path
        with self._reading(), path.open("rb") as file:
            self._at = self._directory(file, index)
            present = (*_WANTED, *(tag for tag in _HINTS if tag in self._at))
            self.tables = {tag: self._table(file, tag) for tag in present}
            self._names = {} if name is not None else _read_names(self._table(file, "name"))
            self._read_numbers()
            self._map = read_map(self.tables["cmap"])
        if self._map is None:
            raise self._wrong("没有可用的字符表")
        plain = re.sub(r"[^A-Za-z0-9-]", "", self._names.get((6, _ENGLISH), ""))
        self.name = name or plain[:60] or "Face"

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (struct.error, KeyError, IndexError, OverflowError) as error:
            raise self._wrong("不是完整的TrueType字体") from error

    def _wrong(self, what: str) -> FontError:
        return FontError(f"字体文件“{self.path.name}”{what}，请改用其他字体。")

    def _directory(self, file: BinaryIO, index: int) -> dict[str, tuple[int, int]]:
        """Offset and length of each table of the face."""
        at = 0
        if file.read(4) == b"ttcf":
            count = struct.unpack(">4xI", file.read(8))[0]
            if not 0 <= index < min(count, _MAX_FACES):
                raise self._wrong(f"中没有第{index + 1}个字体")
            file.seek(12 + 4 * index)
            at = struct.unpack(">I", file.read(4))[0]
        file.seek(at)
        kind, count = struct.unpack(">4sH6x", file.read(12))
        if kind == b"OTTO":
            raise self._wrong("是OpenType（PostScript）字体，不能嵌入PDF")
        if kind not in (b"\0\1\0\0", b"true"):
            raise self._wrong("不是TrueType字体")
        entries = struct.iter_unpack(">4s4xII", file.read(16 * count))
        return {tag.decode("latin-1"): (offset, length) for tag, offset, length in entries}

    def _table(self, file: BinaryIO, tag: str) -> bytes:
        offset, length = self._at[tag]
        file.seek(offset)
        data = file.read(min(length, _MAX_TABLE))
        if len(data) < length:
            raise self._wrong("不完整")
        return data

    def _read_numbers(self) -> None:
        head, os2 = self.tables["head"], self.tables["OS/2"]
        self.em: int = struct.unpack_from(">H", head, 18)[0]
        self.glyphs: int = struct.unpack_from(">H", self.tables["maxp"], 4)[0]
        self._metrics: int = struct.unpack_from(">H", self.tables["hhea"], 34)[0]
        self._loca = {0: ">2H", 1: ">2I"}[struct.unpack_from(">h", head, 50)[0]]
        step = struct.calcsize(self._loca) // 2
        if not (self.em and self.glyphs and self._metrics) or len(self.tables["loca"]) < step * (self.glyphs + 1):
            raise self._wrong("不完整")
        wanted = 4 * self._metrics + 2 * max(self.glyphs - self._metrics, 0)
        self.tables["hmtx"] = self.tables["hmtx"].ljust(wanted, b"\0")  # some leave out the bearings of the last glyphs
        self.box = tuple(self._scaled(n) for n in struct.unpack_from(">4h", head, 36))
        version, self.weight, embedding = struct.unpack_from(">H2xH2xH", os2)
        self.ascent, self.descent = (self._scaled(n) for n in struct.unpack_from(">2h", os2, 68))
        self.cap_height = self._scaled(struct.unpack_from(">h", os2, 88)[0]) if version > 1 else 0.7 * self.ascent
        if embedding & _RESTRICTED and not embedding & _LENIENT:
            raise self._wrong("的许可不允许嵌入PDF")
        if embedding & (_NO_SUBSET | _BITMAPS):
            raise self._wrong("的许可不允许嵌入所用的部分字形")

    def _scaled(self, length: float) -> float:
        return length * 1000 / self.em

    def names(self) -> tuple[str, str]:
        """Family and style as the file says them, in Chinese where it does; blank where the face was given a name."""
        found = (self._names.get((16, language), "") or self._names.get((1, language), "") for language in _LANGUAGES)
        return next(filter(None, found), ""), self._names.get((2, _ENGLISH), "")

    def glyph(self, code: int) -> int:
        """Glyph of a code point; 0 where the face has none."""
        number = self._map(code) if self._map is not None else 0
        return number if number < self.glyphs else 0

    def advance(self, glyph: int) -> float:
        """Width of a glyph."""
        return self._scaled(self._advance(glyph))

    def _advance(self, glyph: int) -> int:
        advance: int = struct.unpack_from(">H", self.tables["hmtx"], 4 * min(glyph, self._metrics - 1))[0]
        return advance

    def _bearing(self, glyph: int) -> int:
        at = 4 * glyph + 2 if glyph < self._metrics else 4 * self._metrics + 2 * (glyph - self._metrics)
        bearing: int = struct.unpack_from(">h", self.tables["hmtx"], at)[0]
        return bearing

    def outlines(self, glyphs: Sequence[int]) -> list[bytes]:
        """The ``glyf`` entries of glyphs, as they stand in the file. Raises FontError, and OSError."""
        found = []
        step = struct.calcsize(self._loca) // 2
        unit = 2 if step == 2 else 1  # short offsets count in words
        with self._reading(), self.path.open("rb", buffering=0) as file:  # pieces here and there
            glyf, length = self._at["glyf"]
            for glyph in glyphs:
                start, end = (unit * n for n in struct.unpack_from(self._loca, self.tables["loca"], step * glyph))
                if not start <= end <= length:
                    raise self._wrong("不完整")
                file.seek(glyf + start)
                data = file.read(end - start)
                found.append(data if len(data) >= 10 else b"")  # nothing is shorter than its head
        return found

    # ------------------------------------------------------------ subsets

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """Return a font with these glyphs, numbered as they stand; the first must be 0.

        A glyph may stand there more than once: two characters of one shape stay two characters. Glyphs of which others
        are composed come after them. Raises FontError, and OSError where the file cannot be read.
        """
        with self._reading():
            order, data = self._whole(glyphs)
            return self._built(order, data)

    def _whole(self, glyphs: Sequence[int]) -> tuple[list[int], list[bytes]]:
        """The glyphs and their components, and the outlines of all, which name components by their new numbers."""
        order = list(glyphs)
        data = self.outlines(order)
        numbers: dict[int, int] = {}
        n = 0
        while n < len(data):
            if data[n][:1] >= b"\x80":  # a negative count of contours
                outline = bytearray(data[n])
                for at in _components(outline):
                    component = struct.unpack_from(">H", outline, at)[0]
                    if component not in numbers:
                        if component >= self.glyphs or len(order) > _MAX_GLYPHS:
                            raise self._wrong("不完整")
                        numbers[component] = len(order)
                        order.append(component)
                        data += self.outlines([component])
                    struct.pack_into(">H", outline, at, numbers[component])
                data[n] = bytes(outline)
            n += 1
        return order, data

    def _built(self, order: list[int], data: list[bytes]) -> bytes:
        padded = [one + bytes(-len(one) % 4) for one in data]
        offsets = [0]
        for one in padded:
            offsets.append(offsets[-1] + len(one))
        metrics = [(self._advance(glyph), self._bearing(glyph)) for glyph in order]
        head, count = self.tables["head"], struct.pack(">H", len(order))
        tables = {
            "head": head[:8] + bytes(4) + head[12:50] + b"\0\1" + head[52:54],
            "hhea": self.tables["hhea"][:34] + count,
            "maxp": self.tables["maxp"][:4] + count + self.tables["maxp"][6:],
            "hmtx": b"".join(struct.pack(">Hh", *one) for one in metrics),
            "loca": struct.pack(f">{len(offsets)}I", *offsets),
            "glyf": b"".join(padded),
        }
        tables |= {tag: self.tables[tag] for tag in _HINTS if tag in self.tables}
        return assemble(tables)

    # ------------------------------------------------------------ outlines as curves

    def contours(self, glyph: int) -> list[Contour]:
        """The outline of a simple glyph in thousandths of the em; nothing of a composite one."""
        data = self.outlines([glyph])[0]
        count = struct.unpack_from(">h", data)[0] if data else 0
        if count <= 0:
            return []
        ends = struct.unpack_from(f">{count}H", data, 10)
        at = 12 + 2 * count + struct.unpack_from(">H", data, 10 + 2 * count)[0]
        flags = bytearray()
        while len(flags) <= ends[-1]:
            repeat = data[at + 1] if data[at] & 8 else 0
            flags += data[at : at + 1] * (1 + repeat)
            at += 2 if data[at] & 8 else 1
        rows = []
        for short, same in ((2, 16), (4, 32)):
            value, row = 0, []
            for flag in flags:
                if flag & short:
                    value += data[at] if flag & same else -data[at]
                    at += 1
                elif not flag & same:
                    value += struct.unpack_from(">h", data, at)[0]
                    at += 2
                row.append(self._scaled(value))
            rows.append(row)
        points = [((x, y), bool(flag & 1)) for x, y, flag in zip(*rows, flags, strict=True)]
        return [points[a:b] for a, b in zip((0, *(end + 1 for end in ends)), (end + 1 for end in ends), strict=False)]


def face_count(path: Path) -> int:
    """Count the faces of a file: 1 unless it is a collection. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(12)
    return min(int.from_bytes(head[8:12], "big"), _MAX_FACES) if head[:4] == b"ttcf" else 1


def assemble(tables: dict[str, bytes]) -> bytes:
    """Return the font file of tables."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x00010000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    at = 12 + 16 * count
    directory, body = [], []
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + bytes(-len(data) % 4)
        directory.append(struct.pack(">4sIII", tag.encode(), _sum(padded), at, len(data)))
        body.append(padded)
        at += len(padded)
    return b"".join((header, *directory, *body))


def _sum(padded: bytes) -> int:
    """Checksum of a table: the sum of its numbers of four bytes."""
    numbers = array("I", padded)
    numbers.byteswap()  # the machines we run on have the other order of bytes
    return sum(numbers) & 0xFFFFFFFF


def _components(outline: bytes | bytearray) -> Iterator[int]:
    """Where the numbers of the components of a composite glyph stand."""
    at, flags = 10, _COMPONENT_MORE
    while flags & _COMPONENT_MORE:
        flags = struct.unpack_from(">H", outline, at)[0]
        yield at + 2
        at += 4 + (4 if flags & _COMPONENT_WORDS else 2)
        at += next((size for bit, size in _COMPONENT_SCALES if flags & bit), 0)


def _read_names(table: bytes) -> dict[tuple[int, int], str]:
    """The names for Windows by number and language."""
    count, start = struct.unpack_from(">2xHH", table)
    found = {}
    for n in range(count):
        platform, encoding, language, number, length, offset = struct.unpack_from(">6H", table, 6 + 12 * n)
        if platform == 3 and encoding in (0, 1, 10):
            raw = table[start + offset : start + offset + length]
            found[number, language] = raw.decode("utf-16-be", "replace").strip("\0 ")
    return found
