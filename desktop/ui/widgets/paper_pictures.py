"""Pictures of pages: what looks as it did keeps its picture, wherever it stands now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from forms.printing.options import Look

MOST = 8
"""Pictures kept, those nearest to what is in sight: one takes megabytes, and a long form has hundreds of pages."""


@dataclass(slots=True)
class Picture:
    """A picture of a page."""

    scale: float
    """Pixels a point; 0 where it is that of another page, until the right one comes."""
    image: QImage
    code: bytes
    """Digest of the check code at its foot."""


class Pictures:
    """Of the pages that are shown, as far as they were drawn."""

    def __init__(self) -> None:
        self.looks: list[Look] = []
        """Digests of what is on each page."""
        self.of: dict[int, Picture] = {}

    def follow(self, looks: Sequence[Look]) -> None:
        """Go over to other pages; one that looks otherwise keeps the old picture until the new one comes."""
        known = {self.looks[at].page: one for at, one in self.of.items() if one.scale}
        stale = {at: replace(one, scale=0.0) for at, one in self.of.items()}
        kept = ((at, known.get(look.page) or stale.get(at)) for at, look in enumerate(looks))
        self.of = {at: replace(one) for at, one in kept if one is not None}
        self.looks = list(looks)

    def add(self, page: int, scale: float, image: QImage, *, here: int, in_sight: Collection[int]) -> None:
        """Keep the picture of a page, and let go of those farthest from ``here`` that are out of sight."""
        self.of[page] = Picture(scale, image, self.looks[page].code)
        near = sorted(self.of, key=lambda one: abs(one - here))
        for one in set(near[MOST:]).difference(in_sight):
            del self.of[one]

    def draw_foot(self, page: int, scale: float, foot: QImage) -> bool:
        """Draw the foot of a page over its picture; False where that has not so many pixels a point any more."""
        picture = self.of.get(page)
        if picture is None or picture.scale != scale:
            return False
        painter = QPainter(picture.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(0, picture.image.height() - foot.height(), foot)
        painter.end()
        picture.code = self.looks[page].code
        return True

    def is_right(self, page: int, scale: float) -> bool:
        """Whether a page has a picture of a size."""
        picture = self.of.get(page)
        return picture is not None and abs(picture.scale - scale) <= 0.001

    def wants_foot(self, page: int) -> bool:
        """Whether the picture of a page is right but for its foot."""
        return self.of[page].code != self.looks[page].code
