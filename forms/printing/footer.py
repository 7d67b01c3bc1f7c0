"""The foot of a page: its number, and in small grey type the check code of the data and 第x页/共y页."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from forms.printing.layout import MM
from forms.printing.linebreak import prepared

if TYPE_CHECKING:
    from forms.printing.draw import Sheet
    from forms.printing.options import Numbers

_NUMBER_SIZE: Final = 10.5
_OFFICIAL_SIZE: Final = 14.0
_NUMBER_Y: Final = 12 * MM
"""Baseline of the page number above the lower edge."""
_OFFICIAL_GAP: Final = 7 * MM
_DASH_HEIGHT: Final = 0.38
"""Of a dash above the baseline, in sizes of the type."""
_CODE_SIZE, _CODE_GREY = 8.0, 0.45
_MODULE: Final = 0.25 * MM
"""Width of the narrowest bar; office scanners read 0.25 mm from any laser print."""
_BARS_Y, _BARS_HEIGHT = 5.5 * MM, 4.5 * MM
"""Lower edge above the edge of the paper, where most printers still print; and height."""


def number_page(sheet: Sheet, number: int, total: int, style: Numbers = "dash") -> None:
    """Set the number of a page at its foot."""
    size = _NUMBER_SIZE
    if style == "none":
        return
    words = {"dash": f"- {number} -", "of": f"{number} / {total}", "official": f"— {number} —"}[style]
    size = _OFFICIAL_SIZE if style == "official" else size
    line = prepared(words, sheet.typesetter.faces.measure()).lines(sheet.width)[0]
    x, y = line.centred(0, sheet.width, size), _NUMBER_Y
    if style == "official":
        # GB/T 9704-2012, 7.5: odd pages at the right, even ones at the left, one character from the margin, the dashes
        # 7 mm below the text.
        left, right, foot = sheet.margins
        x = left + size if number % 2 == 0 else sheet.width - right - size - line.width * size
        y = foot - _OFFICIAL_GAP - _DASH_HEIGHT * size
    sheet.line(line, x, sheet.height - y, size)


def sign_page(sheet: Sheet, code: str, number: int, total: int, *, left: bool, barcode: bool = False) -> None:
    """Set the check code and which page of the coded whole this is into an outer corner of the foot.

    ``barcode``: its characters, without hyphens, as bars below it, too.
    """
    words = f"校验码 {code}\u3000第{number}页/共{total}页"
    line = prepared(words, sheet.typesetter.faces.measure()).lines(sheet.width)[0]
    x = sheet.margins.left if left else sheet.width - sheet.margins.right - line.width * _CODE_SIZE
    with sheet.check_code():
        with sheet.grey(_CODE_GREY):
            sheet.line(line, x, sheet.height - _NUMBER_Y, _CODE_SIZE)
        if barcode:
            _bars(sheet, code.replace("-", ""), left=left)


def _bars(sheet: Sheet, characters: str, *, left: bool) -> None:
    """Draw Code 128 in black. The encoder is reportlab's; it is imported only where bars are wanted."""
    from reportlab.graphics.barcode.code128 import Code128

    made = Code128(characters)
    made.validate()
    made.encode()
    made.decompose()
    # One letter an element: its place in the alphabet is the width, capitals are bars and small ones spaces.
    widths = [(ord(one.lower()) - ord("a") + 1, one.isupper()) for one in made.decomposed]
    x = sheet.margins.left if left else sheet.width - sheet.margins.right - _MODULE * sum(width for width, _ in widths)
    for width, is_bar in widths:
        if is_bar:
            sheet.bar(x, sheet.height - _BARS_Y - _BARS_HEIGHT, width * _MODULE, _BARS_HEIGHT, 0.0)
        x += width * _MODULE
