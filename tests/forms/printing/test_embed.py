"""Text in the PDF is the text of the package, to the character; the fonts are whole."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pypdfium2
import pytest

from forms.documents import Narrative, Project, Section
from forms.printing.embed import Typesetter
from forms.printing.fonts import shipped
from tests.forms.printing.samples import declaration, printed


def _document(text: str) -> bytes:
    sections = (Section("一、项目概述", text),)
    return printed(Project(Narrative(sections)), numbers="none").pdf


def _extracted(pdf: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize(
    "text",
    [
        "姓名𠮷野与𠀋",
        "一⼀㎡℃①×＝——……",
        "表情😀没有字形",
        "重音e\u0301与异体字葛\U000e0100",
        "<b>&amp;=SUM(A1)",
        "他说：“完成。”（注）",
        "\ue000私用区",
    ],
)
def test_text_survives(text: str):
    assert text in _extracted(_document(text))


def test_no_text_is_no_run():
    assert Typesetter(shipped()).runs("", [], "table") == []


def test_a_movement_that_rounds_to_nothing_is_none():
    ((_, _, plain),) = Typesetter(shipped()).runs("一", [1.0], "table")
    ((_, _, nearly),) = Typesetter(shipped()).runs("一", [1.00001], "table")
    assert plain == nearly == "[<0001>]"


def test_half_a_character_is_shown_as_missing():
    from forms.printing.embed import _utf16

    assert _utf16("\ud800") == "3013"
    assert _utf16("𠮷") == "D842DFB7"


def test_many_characters_and_a_copy_of_the_text_by_another_reader():
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 700))
    document = pypdfium2.PdfDocument(_document(text))
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert text in "".join(found.split())


def test_fonts_are_embedded_one_a_face_and_nothing_else():
    reader = pypdf.PdfReader(BytesIO(printed(declaration(fields={"项目名称": "𠮷"})).pdf))
    fonts = reader.pages[0]["/Resources"]["/Font"]
    found = {}
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        found[str(inner["/BaseFont"])[8:]] = inner["/FontDescriptor"]["/FontFile2"].get_data()[:4]
    assert found == dict.fromkeys(("NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSerifJP-Extra"), b"\0\1\0\0")


def test_the_page_can_be_rendered():
    document = pypdfium2.PdfDocument(printed(declaration()).pdf)
    image = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    assert 0.01 < sum(image.histogram()[:128]) / (image.width * image.height) < 0.2


@pytest.mark.parametrize(
    ("widths", "written"),
    [([], "[]"), ([1000, 1000], "[]"), ([1000, 500, 1000, 250.5, 300], "[2 [500] 4 [250.5 300]]"), ([0], "[1 [0]]")],
)
def test_only_widths_of_less_than_an_em_are_written(widths: list[float], written: str):
    from forms.printing.embed import _widths

    assert _widths(widths) == written
