"""What is put into a PDF beside its pages: the package, and the faces, each as one font with numbers of two bytes.

reportlab's own TrueType fonts hold 256 characters each, map those beyond U+FFFF back to text wrongly and draw
what is missing as an empty box. Here every character of a document has a number of its own, so the text of
the PDF is the text of the package, to the character.
"""

from __future__ import annotations

import hashlib
import zlib
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from forms.printing.fonts import DASHES
from forms.printing.lean import pdfdoc

if TYPE_CHECKING:
    from forms.printing.fonts import Faces, Glyph
    from forms.printing.options import Role
    from forms.printing.truetype import TrueType

_NAME: Final = "jibiao.json"
_EM: Final = 1000
_EFFORT: Final = 4
"""How hard zlib tries on fonts: harder takes them half as long again, for two bytes in a hundred."""
_TO_UNICODE: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class Subset:
    """What a document uses of a face."""

    def __init__(self, face: TrueType, name: str) -> None:
        self.face, self.name = face, name
        self._codes: dict[tuple[str, int], int] = {}
        self._widths: list[float] = []

    def code(self, char: str, glyph: Glyph) -> int:
        """Number of a character; it is assigned at the first use, from 1."""
        key = (char, glyph.number)
        found = self._codes.get(key)
        if found is None:
            found = self._codes[key] = len(self._codes) + 1
            self._widths.append(glyph.width * 1000)
        return found

    def add_to(self, doc: Any) -> None:
        """Put the font objects into reportlab's document."""
        face = self.face
        base = pdfdoc.PDFName(f"{_tag(self.name)}+{face.name}")
        numbers = [number for _, number in self._codes]
        file = _stream(face.subset([0, *numbers]))
        file.dictionary["Length1"] = len(file.content)
        descriptor = {
            "Type": "/FontDescriptor",
            "FontName": base,
            "Flags": 4,
            "FontBBox": pdfdoc.PDFArray(face.box),
            "ItalicAngle": 0,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.cap_height,
            "StemV": 50 + int((face.weight / 65) ** 2),
            "FontFile2": doc.Reference(file),
        }
        system = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": base,
            "CIDSystemInfo": pdfdoc.PDFDictionary(system),
            "CIDToGIDMap": "/Identity",
            "DW": _EM,
            "W": _widths(self._widths),
            "FontDescriptor": doc.Reference(pdfdoc.PDFDictionary(descriptor)),
        }
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": base,
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(pdfdoc.PDFDictionary(descendant))]),
            "ToUnicode": doc.Reference(_stream(self._to_unicode().encode("ascii"))),
        }
        fonts = doc.idToObject["BasicFonts"].dict
        fonts[self.name] = doc.Reference(pdfdoc.PDFDictionary(font))

    def _to_unicode(self) -> str:
        lines = [f"<{code:04X}> <{_utf16(char)}>" for (char, _), code in self._codes.items()]
        blocks = [lines[n : n + 100] for n in range(0, len(lines), 100)]
        return _TO_UNICODE.format(
            "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        )


def _widths(widths: list[float]) -> str:
    """The widths of the characters from 1 on, as a font has them: runs of those that are not a whole em."""
    parts = []
    for usual, run in groupby(enumerate(widths, 1), lambda one: one[1] == _EM):
        if not usual:
            first, *_ = rows = list(run)
            parts.append(f"{first[0]} [{' '.join(f'{width:.6g}' for _, width in rows)}]")
    return f"[{' '.join(parts)}]"


def _utf16(char: str) -> str:
    """The code units of a character; what is no character (half of a pair) is written as the geta mark."""
    if "\ud800" <= char <= "\udfff":
        char = "〓"
    return f"{ord(char):04X}" if char <= "\uffff" else char.encode("utf-16-be").hex().upper()


def _tag(name: str) -> str:
    """The six letters in front of the name of a subset."""
    number = int(name[1:])
    return "JIBIA" + chr(ord("A") + number % 26)


def _stream(content: bytes) -> Any:
    packed = zlib.compress(content, _EFFORT)
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), packed)


class _Coded(NamedTuple):
    """A character in the PDF: its font, its number there in hexadecimal digits, its width in ems."""

    subset: Subset
    code: str
    width: float


class Typesetter:
    """The faces of one document: texts in, operands of PDF text operators out."""

    def __init__(self, faces: Faces, *, looks: bool = True) -> None:
        """``looks``: the sheets set with it tell what is painted on them."""
        self.faces, self.looks = faces, looks
        self._subsets: dict[TrueType, Subset] = {}
        self._known: dict[Role, dict[str, _Coded]] = {}

    def runs(self, text: str, advances: list[float], role: Role, lead: int = 0) -> list[tuple[str, float, str]]:
        """A text as pieces of one face each: font name, offset in ems, and the array of the TJ operator.

        ``advances`` says in ems how far each character moves on; where that is not its width, the array says so.
        ``lead`` characters at the beginning are a heading in the line.
        """
        coded = self._coded(text[:lead], "subheading") if lead else []
        coded += self._coded(text[lead:], role)
        if not coded:
            return []
        subsets, codes, widths = zip(*coded, strict=True)
        if list(widths) == advances and subsets.count(subsets[0]) == len(subsets):  # most lines are as simple
            return [(subsets[0].name, 0.0, f"[<{''.join(codes)}>]")]
        found: list[tuple[str, float, list[str]]] = []
        x, now, parts = 0.0, None, [""]
        for (subset, code, width), advance in zip(coded, advances, strict=True):
            if subset is not now:
                now, parts = subset, []
                found.append((subset.name, x, parts))
            parts.append(code)
            if width != advance:
                kern = round((width - advance) * 1000, 1)
                if kern:
                    parts.append(f">{kern:g}<")
            x += advance
        return [(name, start, f"[<{''.join(parts)}>]".replace("<>", "")) for name, start, parts in found]

    def _coded(self, text: str, role: Role) -> list[_Coded]:
        """What the characters of a text are in the PDF."""
        if DASHES in text:  # the glyph of a dash depends on its neighbours
            return [self._code(char, glyph) for char, glyph in zip(text, self.faces.glyphs(text, role), strict=True)]
        known = self._known.setdefault(role, {})
        for char in text:
            if char not in known:
                known[char] = self._code(char, self.faces.glyph(char, role))
        return [known[char] for char in text]

    def _code(self, char: str, glyph: Glyph) -> _Coded:
        subset = self._subsets.get(glyph.face)
        if subset is None:
            subset = self._subsets[glyph.face] = Subset(glyph.face, f"F{len(self._subsets) + 1}")
        return _Coded(subset, f"{subset.code(char, glyph):04X}", glyph.width)

    def embed(self, doc: Any) -> None:
        """Put all fonts that were used into reportlab's document."""
        for subset in self._subsets.values():
            subset.add_to(doc)


def attach(doc: Any, data: bytes) -> None:
    """Embed a package into reportlab's document."""
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    params = pdfdoc.PDFDictionary({"Size": len(data), "CheckSum": _Hex(digest)})
    kind = {"Type": "/EmbeddedFile", "Subtype": "/application#2Fjson", "Params": params}
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(kind), data, [pdfdoc.PDFZCompress])
    file = doc.Reference(stream)
    spec = doc.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": "/Filespec",
                "F": pdfdoc.PDFString(_NAME),
                "UF": pdfdoc.PDFString(_NAME),
                "Desc": pdfdoc.PDFString("绩表数据包"),
                "AFRelationship": "/Source",
                "EF": pdfdoc.PDFDictionary({"F": file, "UF": file}),
            }
        )
    )
    names = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(_NAME), spec])})
    catalog = doc.Catalog
    catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": names})
    catalog.AF = pdfdoc.PDFArray([spec])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]


class _Hex(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """A hexadecimal string."""

    def __init__(self, digits: str) -> None:
        self.digits = digits

    def format(self, document: Any) -> bytes:  # noqa: ARG002  reportlab's interface
        """Bytes in the file."""
        return f"<{self.digits}>".encode("ascii")
