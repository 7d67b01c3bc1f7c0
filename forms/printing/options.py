"""What printing takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Numbers: TypeAlias = Literal["dash", "of", "official", "none"]
"""Page numbers: ``- 5 -``, ``5 / 13``, ``— 5 —`` outside as official documents have it, or none."""


class PrintCancelled(Exception):  # noqa: N818  it is no error
    """Printing was called off by the one who asked for it."""


@dataclass(frozen=True, slots=True)
class PrintOptions:
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


@dataclass(frozen=True, slots=True)
class Place:
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


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF."""

    pdf: bytes
    pages: int
    places: tuple[Place, ...]
