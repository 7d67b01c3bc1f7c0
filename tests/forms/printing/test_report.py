"""The report of a check as a PDF."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from forms.checks.report import Part, Report
from forms.printing import AttachmentError, read_attachment
from forms.printing.report import print_report

REPORT = Report("绩效目标校验报告", (Part("一、检查范围", ("单位：示例中心", "项目：1个")), Part("二、项目1", ())))


def test_text_of_the_report_stands_on_the_page() -> None:
    pdf = print_report(REPORT)
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "绩效目标校验报告"
    assert reader.pages[0].extract_text().split() == [
        "绩效目标校验报告",
        "一、检查范围",
        "单位：示例中心",
        "项目：1个",
        "二、项目1",
    ]
    assert print_report(REPORT) == pdf


def test_a_long_one_has_numbered_pages() -> None:
    long = Report(REPORT.title, (Part("一、项目", tuple(f"第{n}条" for n in range(60))),))
    pages = PdfReader(BytesIO(print_report(long))).pages
    assert len(pages) == 3
    assert "- 3 -" in pages[2].extract_text()
    assert all(f"第{n}条" in "".join(page.extract_text() for page in pages) for n in range(60))


def test_it_carries_no_package() -> None:
    with pytest.raises(AttachmentError):
        read_attachment(print_report(REPORT))
