"""Faces: the shipped files, fallback from face to face, and what no face has."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.printing.fonts import FOLDER, face, has_glyph, is_invisible, shipped
from forms.printing.truetype import TrueType

SMALL = FOLDER / "NotoSerifJP-Extra.ttf"
SHIPPED = shipped()


def test_what_a_face_knows():
    serif = face("NotoSerifSC-Regular")
    assert (serif.em, serif.ascent, serif.descent) == (1000, 880, -120)
    assert serif.advance(serif.glyph(ord("财"))) == 1000
    assert serif.glyph(0x10FFFF) == 0
    assert serif.glyph(0) == 0
    assert face("NotoSerifSC-Regular") is serif


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttf")), ids=lambda path: path.stem)
def test_shipped_faces_have_simple_glyphs_only(path: Path):
    one = TrueType(path)
    assert not [n for n, data in enumerate(one.outlines(range(one.glyphs))) if data and data[0] & 0x80]


def test_a_subset_is_a_font_with_the_same_outlines_in_the_order_asked_for(tmp_path: Path):
    serif = face("NotoSerifSC-Regular")
    numbers = [0, serif.glyph(ord("财")), serif.glyph(ord("a")), serif.glyph(ord("财"))]
    data = serif.subset(numbers)
    count = struct.unpack_from(">H", data, 4)[0]
    directory = {data[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">4xII", data, 16 + 16 * n) for n in range(count)}
    assert list(directory) == sorted(directory)

    def table(tag: bytes) -> bytes:
        offset, length = directory[tag]
        return data[offset : offset + length]

    offsets = struct.unpack(">5I", table(b"loca"))
    glyf = table(b"glyf")
    found = [glyf[a:b] for a, b in pairwise(offsets)]
    for one, wanted in zip(found, serif.outlines(numbers), strict=True):
        assert one.rstrip(b"\0") == wanted.rstrip(b"\0")
    widths = [struct.unpack_from(">H", table(b"hmtx"), 4 * n)[0] for n in range(4)]
    assert widths == [serif.advance(n) for n in numbers]
    assert struct.unpack_from(">H", table(b"maxp"), 4)[0] == struct.unpack_from(">H", table(b"hhea"), 34)[0] == 4


def test_outlines_as_contours():
    sans = face("NotoSansSC-Medium")
    contours = sans.contours(sans.glyph(ord("一")))
    assert len(contours) == 1
    points = [point for point, _ in contours[0]]
    assert min(x for x, _ in points) > 0
    assert max(x for x, _ in points) < 1000
    assert sans.contours(sans.glyph(ord(" "))) == []
    inked = [c for c in "草稿" if sans.contours(sans.glyph(ord(c)))]
    assert inked == ["草", "稿"]


def test_advances_beyond_the_metrics_repeat_the_last_one(tmp_path: Path):
    one = TrueType(SMALL)
    one._metrics = 2
    assert one.advance(1) == one.advance(5)
    assert one._bearing(5) == struct.unpack_from(">h", one.tables["hmtx"], 8 + 6)[0]


@pytest.mark.parametrize(
    ("char", "role", "name"),
    [
        ("财", "table", "NotoSerifSC-Regular"),
        ("财", "title", "NotoSerifSC-Bold"),
        ("财", "heading", "NotoSansSC-Medium"),
        ("𠮷", "table", "NotoSerifJP-Extra"),
        ("𠮷", "heading", "NotoSerifJP-Extra"),
    ],
)
def test_which_face_draws_a_character(char: str, role: str, name: str):
    found = SHIPPED.glyph(char, role)
    assert found.face.name == name
    assert found.number > 0


def test_what_no_face_has_is_the_mark_of_the_printers():
    geta = SHIPPED.glyph("〓")
    assert not has_glyph("😀")
    assert SHIPPED.glyph("😀") == geta
    assert not has_glyph("\x07")
    assert not has_glyph("\ud800")
    assert has_glyph("𠮷")


def test_blanks_and_invisible_characters_draw_nothing():
    assert is_invisible("\u200b")
    assert is_invisible("\ufe0f")
    assert is_invisible("\U000e0101")
    assert not is_invisible("字")
    space = SHIPPED.glyph(" ")
    for char, width in (("\u200b", 0), ("\ufe0f", 0), ("\t", 0.256), ("\u2009", 0.256)):
        assert has_glyph(char)
        assert (SHIPPED.glyph(char).number, SHIPPED.measure()(char)) == (space.number, width)
    assert SHIPPED.measure()("\u3000") == 1


def test_dashes_are_a_full_em_and_two_of_them_one_stroke():
    assert SHIPPED.measure()("—") == 1
    pair = SHIPPED.glyphs("甲——乙—丙——", "table")
    assert pair[1] == pair[2] == SHIPPED.glyph("─")
    assert pair[4] == SHIPPED.glyph("―")
    assert pair[6] == pair[7] == SHIPPED.glyph("─")


@given(st.characters())
def test_every_character_has_something_to_draw(char: str):
    assert SHIPPED.glyph(char).number > 0
    assert 0 <= SHIPPED.measure("heading")(char) < 3
