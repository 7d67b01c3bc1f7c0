"""The PDF file, put together with reportlab's documents.

Its canvas is left aside: our pages bring their operators themselves, compressed already, so that the pages of a
thousand forms can wait until they are numbered; and the canvas takes time to import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.printing.lean import pdfdoc
from forms.printing.metadata import LANGUAGE, describe

if TYPE_CHECKING:
    from forms.printing.draw import Sheet


class Paper:
    """A file in the making; the same calls give the same bytes."""

    def __init__(self, title: str, author: str = "") -> None:
        doc = pdfdoc.PDFDocument(compression=0, invariant=1, pdfVersion=(1, 7), lang=LANGUAGE)
        describe(doc, title, author)
        resources = pdfdoc.PDFResourceDictionary()
        resources.basicFonts()
        self.doc: Any = doc
        self._resources = doc.Reference(resources)
        self._destinations: dict[str, Any] = {}

    def page(self, sheet: Sheet) -> None:
        """Add a page."""
        packed = sheet.packed()
        page = pdfdoc.PDFPage()
        page.MediaBox = pdfdoc.PDFArray([0, 0, sheet.width, sheet.height])
        page.Resources = self._resources
        page.Contents = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), packed)
        self.doc.addPage(page)
        self.doc.updateSignature(packed)

    def bookmark(self, level: int, title: str) -> None:
        """Let a bookmark lead to the page added last; it stands below the last one of a higher level."""
        key = str(len(self._destinations))
        destination = self._destinations[key] = pdfdoc.Destination(key)
        destination.fit()
        destination.setPage(self.doc.Reference(self.doc.Pages[-1]))
        self.doc.outline.addOutlineEntry(key, level, title)

    def _bookmarkReference(self, key: str) -> Any:  # noqa: N802 - reportlab's outline asks its canvas for this
        return self._destinations[key]

    def show_outline(self) -> None:
        """Have viewers open the file with its bookmarks in sight."""
        self.doc.Catalog.showOutline()

    def save(self) -> bytes:
        """Return the whole file."""
        data: bytes = self.doc.GetPDFData(self)
        return data
