"""What is put into a PDF beside its pages: the package, and the faces, each as one font with numbers of two bytes.

Every character of a document has a number of its own, so the text of the PDF is the text of the package, to the
character, those beyond U+FFFF too.
"""

from __future__ import annotations

import hashlib
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Final

from forms.printing.fonts import Glyph, glyphs
from forms.printing.pdf import Name

if TYPE_CHECKING:
    from forms.printing.fonts import Style
    from forms.printing.pdf import Pdf
    from forms.printing.truetype import TrueType

_NAME: Final = "jibiao.json"
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

    def add_to(self, pdf: Pdf) -> None:
        """Put the font into a file."""
        face = self.face
        base = Name(f"{_tag(self.name)}+{face.name}")
        content = face.subset([0, *(number for _, number in self._codes)])
        descriptor = {
            "Type": Name("FontDescriptor"),
            "FontName": base,
            "Flags": 4,
            "FontBBox": face.box,
            "ItalicAngle": 0,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.cap_height,
            "StemV": 50 + int((face.weight / 65) ** 2),
            "FontFile2": pdf.stream(content, {"Length1": len(content)}),
        }
        descendant = {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
            "CIDToGIDMap": Name("Identity"),
            "DW": 1000,
            "W": (1, self._widths),
            "FontDescriptor": pdf.add(descriptor),
        }
        font = {
            "Type": Name("Font"),
            "Subtype": Name("Type0"),
            "BaseFont": base,
            "Encoding": Name("Identity-H"),
            "DescendantFonts": (pdf.add(descendant),),
            "ToUnicode": pdf.stream(self._to_unicode().encode("ascii")),
        }
        pdf.fonts[self.name] = pdf.add(font)

    def _to_unicode(self) -> str:
        lines = [f"<{code:04X}> <{_utf16(char)}>" for (char, _), code in self._codes.items()]
        blocks = [lines[n : n + 100] for n in range(0, len(lines), 100)]
        return _TO_UNICODE.format(
            "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        )


def _utf16(char: str) -> str:
    """The code units of a character; what is no character (half of a pair) is written as the geta mark."""
    return ("〓" if unicodedata.category(char) == "Cs" else char).encode("utf-16-be").hex().upper()


def _tag(name: str) -> str:
    """The six letters in front of the name of a subset."""
    number = int(name[1:])
    return "JIBIA" + chr(ord("A") + number % 26)


class Typesetter:
    """The faces of one document: texts in, operands of PDF text operators out."""

    def __init__(self) -> None:
        self._subsets: dict[str, Subset] = {}

    def runs(self, text: str, advances: list[float], style: Style) -> list[tuple[str, float, str]]:
        """A text as pieces of one face each: font name, offset in ems, and the array of the TJ operator.

        ``advances`` says in ems how far each character moves on; where that is not its width, the array says so.
        """
        found: list[tuple[str, float, str]] = []
        x = 0.0
        placed = zip(text, glyphs(text, style), advances, strict=True)
        for face, run in groupby(placed, lambda one: one[1].face):
            if face.name not in self._subsets:
                self._subsets[face.name] = Subset(face, f"F{len(self._subsets) + 1}")
            subset = self._subsets[face.name]
            start, parts = x, [""]
            for char, one, advance in run:
                parts[-1] += f"{subset.code(char, one):04X}"
                kern = round((one.width - advance) * 1000, 1)
                if kern:
                    parts += [f"{kern:g}", ""]
                x += advance
            found.append((subset.name, start, _array(parts)))
        return found

    def embed(self, pdf: Pdf) -> None:
        """Put all fonts that were used into a file."""
        for subset in self._subsets.values():
            subset.add_to(pdf)


def _array(parts: list[str]) -> str:
    """Hexadecimal strings and, between them, movements."""
    return "[" + "".join(part if n % 2 else f"<{part}>" for n, part in enumerate(parts) if part) + "]"


def attach(pdf: Pdf, data: bytes) -> None:
    """Embed a package into a file."""
    digest = hashlib.md5(data, usedforsecurity=False).digest()
    kind = {"Type": Name("EmbeddedFile"), "Subtype": Name("application#2Fjson")}
    file = pdf.stream(data, {**kind, "Params": {"Size": len(data), "CheckSum": digest}})
    spec = pdf.add(
        {
            "Type": Name("Filespec"),
            "F": _NAME,
            "UF": _NAME,
            "Desc": "绩表数据包",
            "AFRelationship": Name("Source"),
            "EF": {"F": file, "UF": file},
        }
    )
    pdf.catalog["Names"] = {"EmbeddedFiles": {"Names": (_NAME, spec)}}
    pdf.catalog["AF"] = (spec,)
