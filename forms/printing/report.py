"""The report of a check on paper, set as running text like a narrative."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from forms.printing.booklet import Paper
from forms.printing.embed import Typesetter
from forms.printing.fonts import shipped
from forms.printing.footer import number_page
from forms.printing.narrative import Flow

if TYPE_CHECKING:
    from forms.checks.report import Report


def print_report(report: Report) -> bytes:
    """Return the PDF of a report. It carries no package: it is no form."""
    typesetter = Typesetter(shipped())
    flow = Flow(typesetter)
    flow.title(report.title)
    for part in report.parts:
        flow.section(part.heading, "\n".join(part.lines), None)
    out = BytesIO()
    canvas = Paper(out)
    canvas.setTitle(report.title)
    canvas.setCreator("绩表 jibiao")
    total = len(flow.sheets)
    for number, sheet in enumerate(flow.sheets, 1):
        if total > 1:
            number_page(sheet, number, total)
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.addLiteral(sheet.code)
        canvas.showPage()
    typesetter.embed(canvas._doc)
    canvas.save()
    return out.getvalue()
