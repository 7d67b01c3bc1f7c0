"""Field and paper tied together: which cell of which page shows a place, and which place a point of a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class PlaceLike(Protocol):
    """A cell on a page, in points from its top left."""

    @property
    def page(self) -> int:
        """From 0."""

    @property
    def x(self) -> float:
        """Left edge."""

    @property
    def y(self) -> float:
        """Upper edge."""

    @property
    def width(self) -> float:
        """Width."""

    @property
    def height(self) -> float:
        """Height."""

    @property
    def path(self) -> str:
        """What it shows, as a path of the project."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle on a page, in points from its top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


class PaperMap:
    """The places of a printed project."""

    def __init__(self, places: Iterable[PlaceLike] = ()) -> None:
        self._by_page: dict[int, list[PlaceLike]] = {}
        self._by_path: dict[str, list[Spot]] = {}
        for one in places:
            self._by_page.setdefault(one.page, []).append(one)
            self._by_path.setdefault(one.path, []).append(Spot(one.page, one.x, one.y, one.width, one.height))

    def spots(self, path: str) -> Sequence[Spot]:
        """Return the cells that show a place; a cell that runs over pages has several."""
        return self._by_path.get(path, ())

    def path_at(self, page: int, x: float, y: float) -> str:
        """Return what the smallest cell at a point shows; nothing where there is none."""
        hit = [
            one
            for one in self._by_page.get(page, ())
            if one.x <= x <= one.x + one.width and one.y <= y <= one.y + one.height
        ]
        return min(hit, key=lambda one: one.width * one.height).path if hit else ""
