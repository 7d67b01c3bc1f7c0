"""What a font file offers to one who may choose it: the faces in it, their names, and whether they can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.printing.options import FaceFile
from forms.printing.truetype import FontError, TrueType, face_count

if TYPE_CHECKING:
    from pathlib import Path

_ORDINARY = ("regular", "normal", "常规", "")


@dataclass(frozen=True, slots=True)
class FaceInfo:
    """A face of a file. ``trouble`` says for the clerk why it cannot be used; blank where it can."""

    file: FaceFile
    name: str
    """Family, and style unless it is the ordinary one: 仿宋, 宋体, 方正小标宋简体."""
    trouble: str = ""


def faces_in(path: Path) -> list[FaceInfo]:
    """Return the faces of a font file or collection in their order. Raises FontError where the file cannot be read."""
    try:
        return [_info(path, index) for index in range(max(face_count(path), 1))]
    except OSError as error:
        raise FontError(f"字体文件“{path.name}”打不开，请重新选择字体。") from error


def _info(path: Path, index: int) -> FaceInfo:
    file = FaceFile(str(path), index)
    try:
        family, style = TrueType(path, index).names()
    except FontError as error:
        return FaceInfo(file, path.stem, str(error))
    style = "" if style.lower() in _ORDINARY else f" {style}"
    return FaceInfo(file, (family or path.stem) + style)
