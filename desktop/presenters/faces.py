"""The faces that are printed with: the shipped ones, or those of this computer that the clerk chose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from forms.printing.options import FaceFile, Role

SHIPPED: Final[Mapping[Role, FaceFile]] = MappingProxyType({})
"""No face is chosen."""


def faces_of_this_computer() -> dict[Role, FaceFile]:
    """Return the best installed face of each role. Looks through the folders of fonts."""
    from desktop.installed_faces import installed_faces

    return {role: found[0].file for role, found in installed_faces().items()}


def printable(faces: Mapping[Role, FaceFile]) -> Callable[[str], bool]:
    """Return what tells whether a character can be printed with faces and the shipped ones behind them (rule P01)."""
    from forms.printing import glyph_check, has_glyph
    from forms.printing.truetype import FontError

    try:
        return glyph_check(faces)
    except FontError:  # a file is gone: printing will say so, and which
        return has_glyph
