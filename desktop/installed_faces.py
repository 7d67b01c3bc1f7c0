"""Where the faces of official documents are installed on this computer: 宋体, 仿宋, 黑体, 楷体, 小标宋.

They come with Windows or were bought by the unit. 绩表 never ships them; the clerk may have them drawn instead of the
shipped ones.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from forms.printing.facefiles import FaceInfo, faces_in
from forms.printing.options import Role
from forms.printing.truetype import FontError

FILES: Final[Mapping[Role, tuple[str, ...]]] = {
    "table": ("simsun.ttc", "simsun.ttf", "宋体.ttf"),
    "title": ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "小标宋体.ttf"),
    "text": ("仿宋_gb2312.ttf", "fs_gb2312.ttf", "simfang.ttf", "仿宋.ttf"),
    "heading": ("simhei.ttf", "黑体.ttf"),
    "subheading": ("楷体_gb2312.ttf", "kt_gb2312.ttf", "simkai.ttf", "楷体.ttf"),
}
"""Names of the files for each role, the one that GB/T 9704 asks for first; in small letters."""


def folders() -> tuple[Path, ...]:
    """Folders of installed faces: those of the computer, then those of this user."""
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = os.environ.get("LOCALAPPDATA", "")
        return (windows / "Fonts", *([Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []))
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local" / "share" / "fonts")


def installed_faces(places: Iterable[Path] | None = None) -> dict[Role, tuple[FaceInfo, ...]]:
    """Return the faces of each role that can be used, the best first; a role without any is not there.

    ``places`` are the folders to look into, those of ``folders`` where none are given.
    """
    found: dict[str, Path] = {}
    for place in folders() if places is None else places:
        for path in _files(place):
            found.setdefault(path.name.lower(), path)
    offered = {role: tuple(_usable(found[name] for name in names if name in found)) for role, names in FILES.items()}
    return {role: faces for role, faces in offered.items() if faces}


def _files(place: Path) -> list[Path]:
    try:
        return sorted(path for path in place.rglob("*") if path.suffix.lower() in (".ttf", ".ttc"))
    except OSError:
        return []


def _usable(paths: Iterable[Path]) -> Iterable[FaceInfo]:
    """The first face of each file, if it can be used: 宋体 of 宋体 and 新宋体."""
    for path in paths:
        try:
            first = faces_in(path)[0]
        except FontError:
            continue
        if not first.trouble:
            yield first
