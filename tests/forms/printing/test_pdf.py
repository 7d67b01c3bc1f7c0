"""The file around the pages: streams in parts, bookmarks of several levels, an identity of its own."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
import pypdf
from hypothesis import given
from hypothesis import strategies as st

from forms.printing.draw import Sheet
from forms.printing.embed import Typesetter
from forms.printing.fonts import shipped
from forms.printing.pdf import Paper


def ruled(*parts: int) -> tuple[Sheet, str]:
    """A sheet with so many rules in each part that was packed, and its operators as they were painted."""
    sheet, code = Sheet(595, 842, Typesetter(shipped())), ""
    for count in parts:
        for n in range(count):
            sheet.rule(n, 1, n, 2)
        code += sheet.code
        sheet.pack()
    return sheet, code


@given(st.lists(st.integers(0, 400), max_size=5))
def test_a_page_packed_in_parts_is_one_stream(parts: list[int]):
    sheet, code = ruled(*parts)
    assert zlib.decompress(sheet.packed()).decode() == code
    assert sheet.code == ""


def test_other_programs_read_a_page_of_parts():
    sheet, code = ruled(3, 5)
    paper = Paper("题名", "单位")
    paper.page(sheet)
    with pikepdf.open(BytesIO(paper.save())) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pages[0].Contents.read_bytes().decode() == code
        assert [float(x) for x in pdf.pages[0].MediaBox] == [0, 0, 595, 842]
        assert (str(pdf.docinfo["/Title"]), str(pdf.docinfo["/Author"])) == ("题名", "单位")


def test_bookmarks_lead_to_their_pages():
    paper = Paper("题名")
    for n in range(3):
        paper.page(ruled(n)[0])
        paper.bookmark(0, f"第{n}")
        paper.bookmark(1, f"其{n}")
    reader = pypdf.PdfReader(BytesIO(paper.save()))
    titles = [[one["/Title"] for one in each] if isinstance(each, list) else each["/Title"] for each in reader.outline]
    assert titles == ["第0", ["其0"], "第1", ["其1"], "第2", ["其2"]]
    marks = [one for each in reader.outline for one in (each if isinstance(each, list) else [each])]
    assert [reader.get_destination_page_number(mark) for mark in marks] == [0, 0, 1, 1, 2, 2]


def test_what_is_on_the_pages_makes_the_identity_of_the_file():
    def made(count: int) -> bytes:
        paper = Paper("题名")
        paper.page(ruled(count)[0])
        return paper.save()

    assert made(2) == made(2)
    first, second = (pypdf.PdfReader(BytesIO(made(n))).trailer["/ID"] for n in (1, 2))
    assert first != second
