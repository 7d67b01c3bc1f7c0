"""TrueType files, read as lazily as can be: widths, the character map, outlines, subsets.

reportlab's own reader takes 0.2 s a face, because it unpacks the metrics of every glyph into Python
lists. A form needs some hundred glyphs, so here the tables stay bytes and are looked into; outlines are
read from the file when they are embedded. Only what the shipped faces have is understood: simple ``glyf``
outlines, long ``loca``, and a format 12 character map.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Point: TypeAlias = tuple[float, float]
Contour: TypeAlias = list[tuple[Point, bool]]
"""Points and whether each lies on the curve (else it is a control point of a quadratic curve)."""


class FontError(ValueError):
    """A font file is not of the kind that can be embedded."""


class TrueType:
    """One face. Lengths are in thousandths of the em."""

    def __init__(self, path: Path) -> None:
        """Read the small tables. Raises FontError, and OSError where the file cannot be read."""
        self.path = path
        self.name = path.stem
        try:
            with path.open("rb") as file:
                count = struct.unpack(">4xH6x", file.read(12))[0]
                directory = file.read(16 * count)
                entries = [struct.unpack_from(">4s4xII", directory, 16 * n) for n in range(count)]
                self._at = {tag.decode("latin-1"): (offset, length) for tag, offset, length in entries}
                wanted = ("head", "hhea", "maxp", "hmtx", "loca", "cmap", "OS/2", "post")
                self.tables: dict[str, bytes] = {}
                for tag in (*wanted, *(tag for tag in ("cvt ", "fpgm", "prep") if tag in self._at)):
                    file.seek(self._at[tag][0])
                    self.tables[tag] = file.read(self._at[tag][1])
            self._read_numbers()
            self._read_map()
        except (struct.error, KeyError, IndexError) as error:
            raise FontError(f"{path.name}: {error!r}") from error

    def _read_numbers(self) -> None:
        head, os2 = self.tables["head"], self.tables["OS/2"]
        self.em: int = struct.unpack_from(">H", head, 18)[0]
        self.box = tuple(self._scaled(n) for n in struct.unpack_from(">4h", head, 36))
        if struct.unpack_from(">H", head, 50)[0] != 1 or self.em == 0:
            raise FontError(f"{self.path.name}: short loca")
        self.glyphs = struct.unpack_from(">H", self.tables["maxp"], 4)[0]
        self._metrics = struct.unpack_from(">H", self.tables["hhea"], 34)[0]
        self.weight = struct.unpack_from(">H", os2, 4)[0]
        self.ascent, self.descent = (self._scaled(n) for n in struct.unpack_from(">2h", os2, 68))
        self.cap_height = self._scaled(struct.unpack_from(">h", os2, 88)[0])

    def _read_map(self) -> None:
        table = self.tables["cmap"]
        places = [struct.unpack_from(">I", table, 8 + 8 * n)[0] for n in range(struct.unpack_from(">H", table, 2)[0])]
        offset = next((at for at in places if struct.unpack_from(">H", table, at)[0] == 12), None)
        if offset is None:
            raise FontError(f"{self.path.name}: no cmap of format 12")
        groups = struct.unpack_from(f">{3 * struct.unpack_from('>I', table, offset + 12)[0]}I", table, offset + 16)
        self._first, self._last, self._start = groups[0::3], groups[1::3], groups[2::3]

    def _scaled(self, length: float) -> float:
        return length * 1000 / self.em

    def glyph(self, code: int) -> int:
        """Glyph of a code point; 0 where the face has none."""
        n = bisect_right(self._first, code) - 1
        return self._start[n] + code - self._first[n] if n >= 0 and code <= self._last[n] else 0

    def advance(self, glyph: int) -> float:
        """Width of a glyph."""
        at = 4 * min(glyph, self._metrics - 1)
        return self._scaled(struct.unpack_from(">H", self.tables["hmtx"], at)[0])

    def _bearing(self, glyph: int) -> int:
        at = 4 * glyph + 2 if glyph < self._metrics else 4 * self._metrics + 2 * (glyph - self._metrics)
        bearing: int = struct.unpack_from(">h", self.tables["hmtx"], at)[0]
        return bearing

    def outlines(self, glyphs: Sequence[int]) -> list[bytes]:
        """The ``glyf`` entries of glyphs, as they stand in the file."""
        found = []
        with self.path.open("rb") as file:
            for glyph in glyphs:
                start, end = struct.unpack_from(">2I", self.tables["loca"], 4 * glyph)
                file.seek(self._at["glyf"][0] + start)
                found.append(file.read(end - start))
        return found

    # ------------------------------------------------------------ subsets

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """Return a font with these glyphs, numbered as they stand; the first must be 0.

        A glyph may stand there more than once: two characters of one shape stay two characters.
        """
        order = list(glyphs)
        data = self.outlines(order)
        padded = [one + bytes(-len(one) % 4) for one in data]
        offsets = [0]
        for one in padded:
            offsets.append(offsets[-1] + len(one))
        advances = [struct.unpack_from(">H", self.tables["hmtx"], 4 * min(g, self._metrics - 1))[0] for g in order]
        tables = {
            "head": self.tables["head"][:8] + bytes(4) + self.tables["head"][12:],
            "hhea": self.tables["hhea"][:34] + struct.pack(">H", len(order)),
            "maxp": self.tables["maxp"][:4] + struct.pack(">H", len(order)) + self.tables["maxp"][6:],
            "hmtx": b"".join(struct.pack(">Hh", a, self._bearing(g)) for a, g in zip(advances, order, strict=True)),
            "loca": struct.pack(f">{len(offsets)}I", *offsets),
            "glyf": b"".join(padded),
        }
        tables |= {tag: self.tables[tag] for tag in ("cvt ", "fpgm", "prep") if tag in self.tables}
        return _assemble(tables)

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


def _assemble(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x00010000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    at = 12 + 16 * count
    directory, body = [], []
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory.append(struct.pack(">4sIII", tag.encode(), checksum, at, len(data)))
        body.append(padded)
        at += len(padded)
    return b"".join((header, *directory, *body))
