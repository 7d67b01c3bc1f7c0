"""Faces that the clerk chose: read from any file, drawn per character, embedded only where that is allowed."""

from __future__ import annotations

import os
import struct
import tempfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.documents import Narrative, Project, Section
from forms.printing import FaceFile, PrintOptions, glyph_check, has_glyph, print_package
from forms.printing.charmap import read_map
from forms.printing.facefiles import faces_in
from forms.printing.fonts import FOLDER, face, faces_of, shipped
from forms.printing.truetype import FontError, TrueType, assemble
from tests.forms.printing.samples import EDITIONS, declaration, judged, narrative, package
from tests.forms.printing.typefaces import COMMON, collection, font, patched, tables_of, without, written

FACES = ("table", "title", "text", "heading", "subheading")


def chosen(path: Path, *roles: str, index: int = 0) -> dict[str, FaceFile]:
    return dict.fromkeys(roles or FACES, FaceFile(str(path), index))


def base_fonts(pdf: bytes) -> set[str]:
    reader = pypdf.PdfReader(BytesIO(pdf))
    return {
        str(font.get_object()["/BaseFont"])[8:]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }


@pytest.mark.parametrize(
    "kind",
    [{}, {"lists": True}, {"map_format": 12}, {"short": True}, {"version": 1}, {"embedding": 4}, {"embedding": 0}],
    ids=str,
)
def test_maps_offsets_and_versions(kind: dict[str, Any], tmp_path: Path):
    one = TrueType(written(tmp_path, font(**kind)))
    model = face("NotoSansSC-Medium")
    numbers = [one.glyph(ord(char)) for char in dict.fromkeys(COMMON)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [one.glyph(code) for code in (0, ord("字"), 0xFFFF, 0x20BB7)] == [0, 0, 0, 0]
    for char, number in zip(dict.fromkeys(COMMON), numbers, strict=True):
        assert one.advance(number) == model.advance(model.glyph(ord(char)))
        (mine,), (wanted,) = one.outlines([number]), model.outlines([model.glyph(ord(char))])
        assert mine.rstrip(b"\0") == wanted.rstrip(b"\0")
    assert one.name == "Ceshi-Regular"
    assert one.names() == ("测试体", "Regular")
    assert one.cap_height > 500


def test_names_for_other_systems_are_passed_over(tmp_path: Path):
    mac = struct.pack(">6H", 1, 0, 0, 6, 3, 0)
    table = struct.pack(">3H", 0, 1, 18) + mac + b"Mac"
    data = assemble(tables_of(font()) | {"name": table})
    one = TrueType(written(tmp_path, data))
    assert (one.name, one.names()) == ("Face", ("", ""))
    assert faces_in(tmp_path / "chosen.ttf")[0].name == "chosen"


def test_a_subset_of_a_composite_glyph_brings_its_components(tmp_path: Path):
    one = TrueType(written(tmp_path, font("一二", composite="三")))
    number = one.glyph(ord("三"))
    assert number == 3
    for asked in ([0, number], [0, number, 1, number]):
        tables = tables_of(one.subset(asked))
        count = struct.unpack_from(">H", tables["maxp"], 4)[0]
        assert count == len(asked) + 1
        offsets = struct.unpack(f">{count + 1}I", tables["loca"])
        outlines = [tables["glyf"][a:b] for a, b in pairwise(offsets)]
        places = [struct.unpack_from(">H", outlines[1], at)[0] for at in (12, 18)]
        assert places == [len(asked)] * 2
        assert outlines[-1].rstrip(b"\0") == one.outlines([1])[0].rstrip(b"\0")
    assert one.contours(number) == []


def test_composite_glyphs_are_drawn(tmp_path: Path):
    path = written(tmp_path, font("一", composite="三"))

    def ink(text: str) -> int:
        project = Project(Narrative((Section("", text),)))
        options = PrintOptions(faces=chosen(path, "text"), numbers="none")
        document = pypdfium2.PdfDocument(print_package(package(project), EDITIONS, options).pdf)
        image = document[0].render(scale=2).to_pil().convert("L")
        document.close()
        return sum(image.crop((0, 300, image.width, image.height)).histogram()[:128])

    assert ink("一" * 20) * 1.2 < ink("三" * 20) < ink("一" * 20) * 2


def test_faces_of_a_collection(tmp_path: Path):
    path = written(tmp_path, collection(font("一"), font("二", chinese="新体", style="Bold")), "c.ttc")
    first, second = TrueType(path), TrueType(path, 1)
    assert (first.glyph(ord("一")), first.glyph(ord("二"))) == (1, 0)
    assert (second.glyph(ord("一")), second.glyph(ord("二"))) == (0, 1)
    assert [one.name for one in faces_in(path)] == ["测试体", "新体 Bold"]
    assert [one.file.number for one in faces_in(path)] == [0, 1]
    with pytest.raises(FontError, match="没有第3个字体"):
        TrueType(path, 2)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (font(embedding=2), "许可不允许嵌入PDF"),
        (font(embedding=0x0100), "不允许嵌入所用的部分字形"),
        (font(embedding=0x0204), "不允许嵌入所用的部分字形"),
        (b"OTTO" + font()[4:], "PostScript"),
        (b"", "完整"),
        (b"no font at all", "不是TrueType字体"),
        (font()[:300], "完整"),
        (without(font(), "glyf")[:400], "完整"),
        (without(font(), "cmap"), "完整"),
        (without(font(), "name"), "完整"),
        (patched(font(), "cmap", 2, b"\0\0"), "字符表"),
        (patched(font(), "cmap", 4, b"\0\1"), "字符表"),
        (patched(font(map_format=12), "cmap", 24, b"\0\xff\xff\xff"), "完整"),
        (patched(font(map_format=12), "cmap", 24, b"\0\0\0\x30"), "完整"),
        (patched(font(), "head", 18, b"\0\0"), "完整"),
        (patched(font(), "head", 50, b"\0\7"), "完整"),
        (patched(font(), "maxp", 4, b"\xff\xff"), "完整"),
        (patched(font(), "hhea", 34, b"\0\0"), "完整"),
    ],
    ids=range(18),
)
def test_files_that_cannot_be_used_are_refused_in_a_sentence(data: bytes, what: str, tmp_path: Path):
    path = written(tmp_path, data)
    with pytest.raises(FontError, match=what) as caught:
        TrueType(path)
    assert str(caught.value).startswith("字体文件“chosen.ttf”")
    assert str(caught.value).endswith("请改用其他字体。")
    if data:
        assert faces_in(path)[0].trouble == str(caught.value)
    with pytest.raises(FontError):
        print_package(package(declaration()), EDITIONS, PrintOptions(faces=chosen(path)))


def test_files_that_are_not_there(tmp_path: Path):
    with pytest.raises(OSError, match="none"):
        TrueType(tmp_path / "none.ttf")
    for path in (tmp_path / "none.ttf", tmp_path):
        with pytest.raises(FontError, match="打不开"):
            faces_of(chosen(path))
        with pytest.raises(FontError, match="打不开"):
            faces_in(path)
    with pytest.raises(FontError, match="打不开"):
        faces_of({"table": FaceFile("a\0b")})


def test_outlines_outside_the_file_are_refused(tmp_path: Path):
    one = TrueType(written(tmp_path, patched(font(), "loca", 8, b"\xff\xff\xff\xff")))
    with pytest.raises(FontError):
        one.outlines([1])
    broken = TrueType(written(tmp_path, patched(font("一", composite="三"), "loca", 8, b"\0\0\0\0")))
    broken.tables["loca"] = broken.tables["loca"][:-1]
    with pytest.raises(FontError):
        broken.outlines([2])


def test_components_that_are_not_there_are_refused(tmp_path: Path):
    data = font("一", composite="三")
    at = tables_of(data)["glyf"].index(struct.pack(">5h", -1, 0, 0, 1000, 1000))
    one = TrueType(written(tmp_path, patched(data, "glyf", at + 12, b"\x7f\xff")))
    with pytest.raises(FontError):
        one.subset([0, 2])


def test_a_glyph_composed_of_itself_ends(tmp_path: Path):
    data = font("一", composite="三")
    at = tables_of(data)["glyf"].index(struct.pack(">5h", -1, 0, 0, 1000, 1000))
    one = TrueType(written(tmp_path, patched(data, "glyf", at + 12, b"\0\2")))
    assert one.subset([0, 2])


SMALL = {kind: font("一二三。（12", composite="四", map_format=kind, short=kind == 4) for kind in (4, 12)}
SEEDS = [*SMALL.values(), collection(*SMALL.values())]


@settings(max_examples=300)
@given(st.data())
def test_broken_files_raise_nothing_but_font_errors(data: st.DataObject):
    raw = bytearray(data.draw(st.sampled_from(SEEDS)))
    small = st.integers(0, min(len(raw), 1500) - 1)  # where the tables of numbers stand
    for at in data.draw(st.lists(st.one_of(small, st.integers(0, len(raw) - 1)), max_size=12)):
        raw[at] = data.draw(st.sampled_from([0, 1, 2, 0x7F, 0x80, 0xFF]))
    raw = raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw
    path = Path(tempfile.gettempdir()) / f"fuzz-{os.getpid()}.ttc"
    path.write_bytes(raw)
    try:
        for index in (0, 1):
            try:
                one = TrueType(path, index)
                numbers = [one.glyph(ord(char)) for char in "一二三四。（12五\u3000"] + [one.glyph(0x20BB7)]
                assert all(0 <= number < one.glyphs for number in numbers)
                assert all(one.advance(number) >= 0 for number in numbers)
                one.names()
                one.subset([0, *numbers])
            except FontError:
                continue
        faces_in(path)
    finally:
        path.unlink()


# ---------------------------------------------------------------- on paper


def test_characters_that_a_chosen_face_lacks_come_from_the_shipped_ones(tmp_path: Path):
    faces = faces_of(chosen(written(tmp_path, font("一二", composite="\ue123")), "text"))
    assert faces.glyph("一", "text").face.name == "Ceshi-Regular"
    assert faces.glyph("三", "text").face.name == "NotoSerifSC-Regular"
    assert faces.glyph("𠮷", "text").face.name == "NotoSerifJP-Extra"
    assert faces.glyph("一", "table").face.name == "NotoSerifSC-Regular"
    assert faces.glyph("😀", "text") == shipped().glyph("〓", "text")
    # What only a face chosen for another role has is taken from there.
    assert faces.glyph("\ue123", "table").face.name == "Ceshi-Regular"
    assert faces.has("\ue123")
    assert not has_glyph("\ue123")
    assert not faces.has("😀")


def test_an_absurd_width_is_no_glyph(tmp_path: Path):
    data = patched(font("一二"), "hmtx", 4, b"\xff\xff")
    faces = faces_of(chosen(written(tmp_path, data)))
    assert faces.glyph("一").face.name == "NotoSerifSC-Regular"
    assert faces.glyph("二").face.name == "Ceshi-Regular"


def test_dashes_of_less_than_an_em_are_not_joined(tmp_path: Path):
    data = font("―─一")
    short = patched(patched(data, "hmtx", 4, b"\2\0"), "hmtx", 8, b"\2\0")
    for made, name in ((data, "Ceshi-Regular"), (short, "NotoSerifSC-Regular")):
        faces = faces_of(chosen(written(tmp_path, made, f"{name}.ttf")))
        assert {one.face.name for one in faces.glyphs("——", "table")} == {name}
        assert {one.width for one in faces.glyphs("一——一—", "table")} == {1}
        assert faces.glyph("—").face.name == name


def test_missing_characters_are_known_before_printing(tmp_path: Path):
    check = glyph_check(chosen(written(tmp_path, font("一", composite="\ue123"))))
    assert [check(char) for char in ("一", "字", "\ue123", "😀", "\x07")] == [True, True, True, False, False]
    assert glyph_check({})("字")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection whose second face has all the common characters."""
    chars = "".join(chr(code) for code in range(0x4E00, 0x9FA6)) + COMMON + "，：；“”《》"
    data = collection(font("一"), font(chars, map_format=12, postscript="Everything"))
    return written(tmp_path_factory.mktemp("faces"), data, "every.ttc")


def test_a_print_in_chosen_faces_is_whole(everything: Path, tmp_path: Path):
    one = package(Project(narrative(200), declaration()))
    faces = chosen(everything, index=1)
    assert judged(one, tmp_path, faces=faces, footer=True, numbers="official") == []
    found = base_fonts(print_package(one, EDITIONS, PrintOptions(faces=faces)).pdf)
    assert "Everything" in found
    assert "NotoSansSC-Medium" not in found  # 黑体 is chosen, too


def test_the_same_face_gives_the_same_bytes_wherever_it_lies(everything: Path, tmp_path: Path):
    one = package(Project(narrative(100), declaration()))
    other = written(tmp_path, everything.read_bytes(), "renamed.ttc")
    first, second = (
        print_package(one, EDITIONS, PrintOptions(faces=chosen(path, index=1))).pdf for path in (everything, other)
    )
    assert first == second
    assert first != print_package(one, EDITIONS, PrintOptions()).pdf


def test_a_file_that_changed_is_read_again(tmp_path: Path):
    path = written(tmp_path, font("一"))
    before = faces_of(chosen(path))
    assert faces_of(chosen(path)) is before
    written(tmp_path, font("一二"))
    assert faces_of(chosen(path)).glyph("二").face.name == "Ceshi-Regular"
    assert FOLDER.is_dir()


def test_headings_of_the_second_level_are_set_in_their_own_face(tmp_path: Path):
    path = written(tmp_path, font("（一二）抽样。按月", postscript="Kaiti"))
    texts = {
        "（一）抽样。按月抽样": 1,
        "（一）抽样": 1,
        "（一）抽样，按月抽样。": 0,
        "抽样（一）抽样。": 0,
        "（一）" + "抽" * 40: 0,
    }
    for text, wanted in texts.items():
        project = Project(Narrative((Section("", text),)))
        options = PrintOptions(faces=chosen(path, "subheading"), numbers="none")
        pdf = print_package(package(project), EDITIONS, options).pdf
        assert ("Kaiti" in base_fonts(pdf)) == bool(wanted), text
        assert "".join(pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text().split()).endswith(text)


def test_a_heading_in_the_line_of_another_width_stays_in_the_face_of_the_text(tmp_path: Path):
    path = written(tmp_path, patched(font("（一二）抽样。", postscript="Kaiti"), "hmtx", 8, b"\1\1"))
    project = Project(Narrative((Section("", "（一）抽样。按月抽样"),)))
    options = PrintOptions(faces=chosen(path, "subheading"))
    assert "Kaiti" not in base_fonts(print_package(package(project), EDITIONS, options).pdf)


def test_a_character_map_that_ends_too_soon_is_refused():
    head = struct.pack(">2H2HI", 0, 1, 3, 10, 12)
    with pytest.raises(struct.error):
        read_map(head + struct.pack(">2H3I3I", 12, 0, 40, 0, 2, 65, 66, 1))
    whole = read_map(head + struct.pack(">2H3I3I", 12, 0, 28, 0, 1, 65, 66, 1))
    assert whole is not None
    assert [whole(code) for code in (64, 65, 66, 67)] == [0, 1, 2, 0]
