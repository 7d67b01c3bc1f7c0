"""What printing takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

Numbers: TypeAlias = Literal["dash", "of", "official", "none"]
"""Page numbers: ``- 5 -``, ``5 / 13``, ``— 5 —`` outside as official documents have it, or none."""

Role: TypeAlias = Literal["table", "title", "text", "heading", "subheading"]
"""What a face is for: tables (宋体), titles (小标宋), running text (仿宋), its 一、 (黑体) and （一） (楷体)."""


class FaceFile(NamedTuple):
    """A font file that the clerk chose for a role, and which of its faces, where it is a collection (*.ttc)."""

    path: str
    number: int = 0
    """Counted from 0."""


class PrintCancelled(Exception):  # noqa: N818  it is no error
    """Printing was called off by the one who asked for it."""


class PrintOptions(NamedTuple):
    """How a package is printed."""

    forms_only: bool = False
    """Leave the narratives out."""
    booklet: bool = False
    """Bind: title and statement in front, running numbers behind the titles."""
    draft: bool = False
    """草稿 in light grey across every page."""
    sign_off: bool = False
    """The sign-off line (签章行) below each form."""
    numbers: Numbers = "dash"
    """A single page carries none."""
    landscape_evaluation: bool = False
    """Print evaluations across."""
    footer: bool = False
    """Check code and 第x页/共y页, small and grey, at the foot of each page; left off for what is published."""
    printed_only: bool = False
    """Attach to the PDF only what its pages show: no confirmations and notes, no narrative that is left out."""
    barcode: bool = False
    """The check code as a bar code (Code 128) beside the footer, for scanners; only where there is a footer."""
    looks: bool = True
    """Tell what is painted on each page, for one who shows pages anew; who only prints does without."""
    faces: Mapping[Role, FaceFile] = MappingProxyType({})
    """Installed faces instead of the shipped ones; a character they lack is drawn by the shipped ones."""

    def for_public(self) -> PrintOptions:
        """Return it for what is published (公开): without check code, and with no data beyond what the pages show."""
        return self._replace(footer=False, barcode=False, printed_only=True)


class Place(NamedTuple):
    """Where on paper something stands: page from 0; points from the left and top edge of the page.

    ``project`` counts from 0 and is -1 for what belongs to the booklet; ``path`` is that of the document. A value
    that runs over pages has a place on each; a merged 一级 or 二级 cell has the path of its first row.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    project: int
    path: str


CODE_BAND: Final = 17 * 72 / 25.4
"""Points from the lower edge of a page within which its check code stands, and nothing of a form or a narrative."""


class Look(NamedTuple):
    """Digests of what is painted on a page: pages of one look, in whichever file, are drawn alike.

    The check code follows every change of the data, the rest of a page mostly does not: so it is told apart.
    """

    page: bytes
    """Of all but the check code."""
    code: bytes
    """Of the check code with its page count, in the ``CODE_BAND``."""


class Printed(NamedTuple):
    """A finished PDF."""

    pdf: bytes
    pages: int
    places: tuple[Place, ...]
    looks: tuple[Look, ...]
    """What is painted on each page; nothing where it was not asked for."""
