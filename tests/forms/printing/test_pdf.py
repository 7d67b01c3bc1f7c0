"""The writer of PDF files, read back by other programs."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.printing.pdf import Name, Pdf


def made(pages: int = 1, marks: tuple[tuple[int, str], ...] = (), **info: str) -> bytes:
    """A file with pages that say their numbers, each with the bookmarks of the same place."""
    out = BytesIO()
    pdf = Pdf(out)
    for n in range(pages):
        pdf.page(595.27559, 841.88976, zlib.compress(b"%% page %d" % n))
        for level, title in marks[n : n + 1]:
            pdf.bookmark(level, title)
    pdf.info |= info
    pdf.close()
    return out.getvalue()


def test_pages_come_in_order_with_their_operators():
    with pikepdf.open(BytesIO(made(3))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [bytes(page.Contents.read_bytes()) for page in pdf.pages] == [b"% page 0", b"% page 1", b"% page 2"]
        assert [float(x) for x in pdf.pages[0].MediaBox] == [0, 0, 595.276, 841.89]
        assert pdf.Root.Lang == "zh-CN"


@pytest.mark.parametrize("count", [195, 196, 197, 1000])
def test_a_file_of_more_objects_than_one_stream_holds(count: int):
    with pikepdf.open(BytesIO(made(count))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == count
        assert bytes(pdf.pages[-1].Contents.read_bytes()) == b"%% page %d" % (count - 1)


def test_a_file_without_pages():
    with pikepdf.open(BytesIO(made(0))) as pdf:
        assert len(pdf.pages) == 0


def test_bookmarks_stand_below_one_another():
    marks = ((0, "前言"), (0, "1 甲"), (1, "说明"), (1, "表"), (0, "2 乙"), (2, "深"), (1, "浅"))
    reader = pypdf.PdfReader(BytesIO(made(7, marks)))

    def shape(outline: list[object]) -> list[object]:
        return [shape(one) if isinstance(one, list) else one["/Title"] for one in outline]  # type: ignore[index]  # pypdf: a mapping

    assert shape(reader.outline) == ["前言", "1 甲", ["说明", "表"], "2 乙", ["深", "浅"]]
    flat = [one for one in reader.outline if not isinstance(one, list)]
    assert [reader.get_destination_page_number(one) for one in flat] == [0, 1, 4]
    assert reader.trailer["/Root"]["/Outlines"]["/Count"] == 7
    assert "/Outlines" not in pypdf.PdfReader(BytesIO(made(1))).trailer["/Root"]


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_is_kept(text: str):
    with pikepdf.open(BytesIO(made(1, Title=text))) as pdf:
        assert str(pdf.docinfo["/Title"]) == text


def test_half_a_character_is_left_out():
    with pikepdf.open(BytesIO(made(1, Title="甲\ud800乙"))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "甲乙"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, b"true"),
        (False, b"false"),
        (-3, b"-3"),
        (0.5, b"0.5"),
        (2.0, b"2"),
        (b"\x00\xff", b"<00ff>"),
        (Name("A"), b"/A"),
        ("a(b)\\", rb"(a\(b\)\\)"),
        ((1, [2.25, {"K": Name("V")}]), b"[1 [2.25 <</K /V>>]]"),
    ],
)
def test_values(value: object, written: bytes):
    out = BytesIO()
    pdf = Pdf(out)
    pdf.catalog["X"] = pdf.add([value])
    pdf.close()
    with pikepdf.open(BytesIO(out.getvalue())) as read:
        assert read.Root.X.unparse(resolved=True) == pikepdf.Object.parse(b"[" + written + b"]").unparse()


def test_a_value_of_another_kind_is_a_bug():
    with pytest.raises(KeyError):
        Pdf(BytesIO()).add(None)


def test_the_same_calls_give_the_same_bytes():
    assert made(300, ((0, "甲"),)) == made(300, ((0, "甲"),))
    assert made(1) != made(2)
