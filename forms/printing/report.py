"""The report of a check on paper, set as running text like a narrative."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from forms.printing.embed import Typesetter
from forms.printing.footer import number_page
from forms.printing.narrative import Flow
from forms.printing.pdf import Pdf

if TYPE_CHECKING:
    from forms.checks.report import Report


def print_report(report: Report) -> bytes:
    """Return the PDF of a report. It carries no package: it is no form."""
    typesetter = Typesetter()
    flow = Flow(typesetter)
    flow.title(report.title)
    for part in report.parts:
        flow.section(part.heading, "\n".join(part.lines), None)
    out = BytesIO()
    pdf = Pdf(out)
    pdf.info["Title"] = report.title
    total = len(flow.sheets)
    for number, sheet in enumerate(flow.sheets, 1):
        if total > 1:
            number_page(sheet, number, total)
        pdf.page(sheet.width, sheet.height, sheet.packed())
    typesetter.embed(pdf)
    pdf.close()
    return out.getvalue()
