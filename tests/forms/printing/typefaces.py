"""Font files like those of Windows, made of shipped outlines: format 4 maps, short offsets, composites, collections."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

from forms.printing.fonts import face
from forms.printing.truetype import assemble

COMMON = "项目绩效指标说明概述财政资金（）一二、。，0123456789年"


def tables_of(data: bytes) -> dict[str, bytes]:
    """The tables of a font file."""
    entries = struct.iter_unpack(">4s4xII", data[12 : 12 + 16 * struct.unpack_from(">H", data, 4)[0]])
    return {tag.decode(): data[at : at + length] for tag, at, length in entries}


def format_4(glyphs: Mapping[int, int], *, lists: bool = False) -> bytes:
    """A character map of format 4 with one segment a character; ``lists`` names the glyphs in a list behind."""
    codes = sorted(code for code in glyphs if code < 0xFFFF)
    count = len(codes) + 1
    ends = starts = [*codes, 0xFFFF]
    deltas = [0 if lists else (glyphs[code] - code) & 0xFFFF for code in codes] + [1]
    offsets = [2 * count if lists else 0 for _ in codes] + [0]
    words = [*ends, 0, *starts, *deltas, *offsets, *((glyphs[code] for code in codes) if lists else ())]
    body = struct.pack(f">3H4H{len(words)}H", 4, 14 + 2 * len(words), 0, 2 * count, 0, 0, 0, *words)
    return struct.pack(">4HI", 0, 1, 3, 1, 12) + body


def format_12(glyphs: Mapping[int, int]) -> bytes:
    """A character map of format 12."""
    rows = b"".join(struct.pack(">3I", code, code, glyphs[code]) for code in sorted(glyphs))
    return struct.pack(">4HI2H3I", 0, 1, 3, 10, 12, 12, 0, 16 + len(rows), 0, len(glyphs)) + rows


def names(**given: str) -> bytes:
    """A table of names for Windows: family, style and PostScript name in English, the family in Chinese."""
    wanted = [(0x0409, 1, "family"), (0x0409, 2, "style"), (0x0409, 6, "postscript"), (0x0804, 1, "chinese")]
    records, texts = b"", b""
    found = [(language, number, given[key].encode("utf-16-be")) for language, number, key in wanted if key in given]
    for language, number, text in found:
        records += struct.pack(">6H", 3, 1, language, number, len(text), len(texts))
        texts += text
    return struct.pack(">3H", 0, len(found), 6 + len(records)) + records + texts


def font(
    chars: str = COMMON,
    *,
    map_format: int = 4,
    lists: bool = False,
    embedding: int = 8,
    short: bool = False,
    version: int = 3,
    composite: str = "",
    **named: str,
) -> bytes:
    """A font file with the glyphs of some characters; ``composite`` is drawn by the glyph of the first one, twice."""
    one = face("NotoSansSC-Medium")
    chars = "".join(dict.fromkeys(chars))
    tables = tables_of(one.subset([0, *(one.glyph(ord(char)) for char in chars)]))
    glyphs = {ord(char): n for n, char in enumerate(chars, 1)}
    if composite:
        glyphs[ord(composite)] = len(glyphs) + 1
        tables = _with_composite(tables)
    if short:
        offsets = struct.unpack(f">{len(tables['loca']) // 4}I", tables["loca"])
        tables["loca"] = struct.pack(f">{len(offsets)}H", *(offset // 2 for offset in offsets))
        tables["head"] = tables["head"][:50] + b"\0\0" + tables["head"][52:]
    tables["cmap"] = format_12(glyphs) if map_format == 12 else format_4(glyphs, lists=lists)
    os2 = bytearray(one.tables["OS/2"])
    struct.pack_into(">H", os2, 0, version)
    struct.pack_into(">H", os2, 8, embedding)
    tables["OS/2"] = bytes(os2[: 96 if version > 1 else 86])
    plain = {"family": "Ceshi", "style": "Regular", "postscript": "Ceshi-Regular", "chinese": "测试体"}
    tables["name"] = names(**(plain | named))
    return assemble(tables)


def _with_composite(tables: dict[str, bytes]) -> dict[str, bytes]:
    """One glyph more, composed of glyph 1 twice, the second time moved and scaled."""
    parts = struct.pack(">5h", -1, 0, 0, 1000, 1000) + struct.pack(">2H2b", 0x0022, 1, 0, 0)
    parts += struct.pack(">2H3h", 0x000B, 1, 50, 0, 8192)
    parts += bytes(-len(parts) % 4)
    offsets = struct.unpack(f">{len(tables['loca']) // 4}I", tables["loca"])
    count = struct.pack(">H", len(offsets))
    return tables | {
        "glyf": tables["glyf"] + parts,
        "loca": tables["loca"] + struct.pack(">I", offsets[-1] + len(parts)),
        "hmtx": tables["hmtx"] + struct.pack(">Hh", 1000, 0),
        "maxp": tables["maxp"][:4] + count + tables["maxp"][6:],
        "hhea": tables["hhea"][:34] + count,
    }


def collection(*fonts: bytes) -> bytes:
    """A collection of font files."""
    at = 12 + 4 * len(fonts)
    starts, bodies = [], []
    for data in fonts:
        count = struct.unpack_from(">H", data, 4)[0]
        moved = bytearray(data)
        for n in range(count):
            offset = struct.unpack_from(">I", data, 12 + 16 * n + 8)[0]
            struct.pack_into(">I", moved, 12 + 16 * n + 8, offset + at)
        starts.append(at)
        bodies.append(bytes(moved))
        at += len(moved)
    return struct.pack(f">4s2I{len(fonts)}I", b"ttcf", 0x00010000, len(fonts), *starts) + b"".join(bodies)


def written(folder: Path, data: bytes, name: str = "chosen.ttf") -> Path:
    """The file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def patched(data: bytes, tag: str, at: int, change: bytes) -> bytes:
    """A font file with other bytes in a table."""
    raw = bytearray(data)
    start = raw.index(tag.encode(), 12)
    offset = struct.unpack_from(">I", raw, start + 8)[0]
    raw[offset + at : offset + at + len(change)] = change
    return bytes(raw)


def without(data: bytes, *tags: str) -> bytes:
    """A font file without some tables."""
    return assemble({tag: table for tag, table in tables_of(data).items() if tag not in tags})
