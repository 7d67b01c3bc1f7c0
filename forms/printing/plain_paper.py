"""Sheets that are no form, put into a PDF: it carries no package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.printing.footer import number_page
from forms.printing.pdf import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.printing.draw import Sheet
    from forms.printing.embed import Typesetter


def plain_pdf(title: str, sheets: Sequence[Sheet], typesetter: Typesetter) -> bytes:
    """Return the PDF of sheets that were set with a typesetter; several are numbered."""
    paper = Paper(title)
    for number, sheet in enumerate(sheets, 1):
        if len(sheets) > 1:
            number_page(sheet, number, len(sheets))
        paper.page(sheet)
    typesetter.embed(paper.doc)
    return paper.save()
