"""Every kind of output, read by two other programs without a warning, and what a file says of itself."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.documents import Booklet, Package, Project
from forms.package import write_package
from forms.printing import PrintOptions, print_package, read_attachment
from forms.printing.metadata import describe
from tests.forms.printing.samples import (
    EDITIONS,
    EVALUATED,
    FILLED,
    SHANGHAI,
    SONGJIANG,
    declaration,
    evaluation,
    narrative,
    package,
    printed,
    prose,
    rows,
)
from tests.forms.printing.test_faces import chosen
from tests.forms.printing.typefaces import COMMON, font, written

SET = Package(
    (
        Project(narrative(300), declaration(fields={"项目名称": "𠮷野 & <b>“题名”"})),
        Project(declaration=declaration(FILLED, indicators=rows(60)), evaluation=evaluation()),
    ),
    Booklet("某某单位2025年财政支出项目绩效目标申报表", prose(120)),
)
KINDS: dict[str, tuple[Package, dict[str, Any]]] = {
    **{edition: (package(declaration(edition)), {}) for edition in (SONGJIANG, SHANGHAI, FILLED)},
    **{edition: (package(evaluation(edition)), {}) for edition in (EVALUATED, "sh-evaluation-2025")},
    "booklet": (SET, {"booklet": True}),
    "booklet with footer": (SET, {"booklet": True, "footer": True, "numbers": "official"}),
    "draft": (SET, {"draft": True}),
    "sign-off": (SET, {"sign_off": True, "footer": True, "numbers": "of"}),
    "forms only, across": (SET, {"forms_only": True, "landscape_evaluation": True, "numbers": "none"}),
    "empty set": (Package(()), {"booklet": True}),
    "narrative alone": (package(Project(narrative(2000))), {"footer": True}),
}


def read_without_a_word(pdf: bytes, caplog: pytest.LogCaptureFixture) -> str:
    """The text of a file that neither qpdf nor pypdf has anything to say about."""
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert document.get_warnings() == []
        for page in document.pages:
            pikepdf.parse_content_stream(page)
    with caplog.at_level(logging.WARNING):
        reader = pypdf.PdfReader(BytesIO(pdf), strict=True)
        text = "\n".join(page.extract_text() for page in reader.pages)
        assert reader.outline is not None
        assert set(reader.attachments) == {"jibiao.json"}
    assert not caplog.records
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_other_programs_read_it_without_a_warning(kind: str, caplog: pytest.LogCaptureFixture):
    one, options = KINDS[kind]
    pdf = print_package(one, EDITIONS, PrintOptions(**options)).pdf
    if one.projects:
        read_without_a_word(pdf, caplog)
    assert read_attachment(pdf) == write_package(one)


def test_also_in_chosen_faces(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    faces = chosen(written(tmp_path, font(COMMON, composite="三", short=True)))
    pdf = print_package(SET, EDITIONS, PrintOptions(booklet=True, faces=faces)).pdf
    assert "𠮷野&<b>“题名”" in "".join(read_without_a_word(pdf, caplog).split())


def test_text_is_read_in_the_order_of_the_form():
    one = declaration(indicators=rows(9, 6))
    text = "".join(pypdf.PdfReader(BytesIO(printed(one).pdf)).pages[0].extract_text().split())
    heads = (
        "申报表",
        "年度）",
        "项目名称",
        "主管部门",
        "项目资金（元）",
        "项目资金总额",
        "其中：财政资金",
        "1,515,000.00",
    )
    goals = ("项目绩效目标", "项目总体目标", "年度总体目标", "绩效指标一级指标", "三级指标")
    words = (*heads, *goals, *(word for row in one.indicators for word in (row.l1, row.l2, "".join(row.l3.split()))))
    at = -1
    for n, word in enumerate(words):
        if word in words[:n]:  # a label stands there once, at its first row
            continue
        at = text.index(word, at + 1)


def test_what_a_file_says_of_itself_is_the_same_in_both_places():
    with pikepdf.open(BytesIO(print_package(SET, EDITIONS, PrintOptions(booklet=True)).pdf)) as document:
        assert {key: str(value) for key, value in document.docinfo.items()} | {"/Producer": ""} == {
            "/Title": SET.booklet.title if SET.booklet else "",
            "/Author": "某某中心",
            "/Creator": "绩表 jibiao",
            "/Producer": "",
        }
        with document.open_metadata() as xmp:
            assert xmp["dc:title"] == str(document.docinfo.Title)
            assert xmp["dc:creator"] == [str(document.docinfo.Author)]
            assert xmp["dc:language"] == {"zh-CN"}
            assert xmp["xmp:CreatorTool"] == str(document.docinfo.Creator)
            assert xmp["pdf:Producer"] == str(document.docinfo.Producer)
        assert str(document.Root.Lang) == "zh-CN"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.Root.PageMode) == "/UseOutlines"


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20), st.text(max_size=5))
def test_any_title_is_well_formed(title: str, unit: str):
    form = declaration(fields={"项目名称": "", "实施单位": unit})
    one = package(form)._replace(booklet=Booklet(title, ""))
    try:
        write_package(one)
    except ValueError:
        return
    with (
        pikepdf.open(BytesIO(print_package(one, EDITIONS, PrintOptions()).pdf)) as document,
        document.open_metadata() as xmp,
    ):
        assert xmp["pdf:Producer"]


def test_a_file_without_a_title_does_not_show_one():
    from reportlab.pdfbase import pdfdoc

    doc = pdfdoc.PDFDocument()
    describe(doc, "", "")
    assert not hasattr(doc.Catalog, "ViewerPreferences")
    assert b"dc:creator" not in doc.Catalog.Metadata.content
