"""The report of a check on paper, set as running text like a narrative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.printing.embed import Typesetter
from forms.printing.fonts import shipped
from forms.printing.narrative import Flow
from forms.printing.plain_paper import plain_pdf

if TYPE_CHECKING:
    from forms.checks.report import Report


def print_report(report: Report) -> bytes:
    """Return the PDF of a report. It carries no package: it is no form."""
    typesetter = Typesetter(shipped())
    flow = Flow(typesetter)
    flow.title(report.title)
    for part in report.parts:
        flow.section(part.heading, "\n".join(part.lines), None)
    return plain_pdf(report.title, flow.sheets, typesetter)
