"""What a file says of itself: the same in the two places where programs look for it, and no time that is not true."""

from __future__ import annotations

from typing import Any, Final

from forms.documents import UNFIT
from forms.printing.lean import pdfdoc

CREATOR: Final = "绩表 jibiao"
LANGUAGE: Final = "zh-CN"
_NO_XML: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
"""What else XML may not hold."""
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{author}
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_AUTHOR: Final = "\n<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"


class Info(pdfdoc.PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """Title and author without dates: the same data give the same bytes on any day."""

    def __init__(self, title: str, author: str) -> None:
        super().__init__()
        self.title, self.author, self.subject, self.creator = title, author, "", CREATOR

    def format(self, document: Any) -> bytes:
        """Bytes in the file."""
        words = {"Title": self.title, "Author": self.author, "Creator": self.creator, "Producer": self.producer}
        told = {key: pdfdoc.PDFString(value) for key, value in words.items() if value}
        data: bytes = pdfdoc.PDFDictionary(told).format(document)
        return data


def describe(doc: Any, title: str, author: str) -> None:
    """Say title and author in reportlab's document; viewers show the title and not the name of the file."""
    doc.info = Info(title, author)
    creator = _AUTHOR.format(_xml(author)) if author else ""
    words = {"language": LANGUAGE, "title": _xml(title), "author": creator, "creator": CREATOR}
    text = _XMP.format(**words, producer=_xml(doc.info.producer))
    kind = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")})
    doc.Catalog.Metadata = pdfdoc.PDFStream(kind, text.encode("utf-8", "replace"))  # in the clear, for any program
    if title:
        doc.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})


def _xml(text: str) -> str:
    return UNFIT.sub("\ufffd", text).translate(_NO_XML).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
