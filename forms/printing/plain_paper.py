"""Sheets that are no form, put into a PDF: it carries no package."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from forms.printing.booklet import Paper
from forms.printing.footer import number_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.printing.draw import Sheet
    from forms.printing.embed import Typesetter


def plain_pdf(title: str, sheets: Sequence[Sheet], typesetter: Typesetter) -> bytes:
    """Return the PDF of sheets that were set with a typesetter; several are numbered."""
    out = BytesIO()
    canvas = Paper(out)
    canvas.setTitle(title)
    canvas.setCreator("绩表 jibiao")
    total = len(sheets)
    for number, sheet in enumerate(sheets, 1):
        if total > 1:
            number_page(sheet, number, total)
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.addLiteral(sheet.code)
        canvas.showPage()
    typesetter.embed(canvas._doc)
    canvas.save()
    return out.getvalue()
