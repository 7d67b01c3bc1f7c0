"""Names of sheets: unlike one another, allowed by Excel, and telling which sheets belong to one project."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from desktop.texts import text

SheetKind: TypeAlias = Literal["narrative", "declaration", "evaluation"]
KINDS: tuple[SheetKind, ...] = ("narrative", "declaration", "evaluation")

_MOST = 31
_NOT_ALLOWED = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_NUMBER = re.compile(r"([1-9][0-9]{0,4}) \S")


class SheetNames:
    """Gives the sheets of a workbook their names."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, number: int, kind: SheetKind, project: str) -> str:
        """Return ``1 申报表 产业调研``; the number is that of the project in the workbook."""
        words = _NOT_ALLOWED.sub(" ", f"{number} {text(f'tables.sheet_{kind}')} {project}")
        found = _cut(" ".join(words.split()), _MOST).strip("' ")
        while found.casefold() in self._taken:  # a letter with two forms; the number makes all others unlike
            found = f"{_cut(found, _MOST - 2)}_2"
        self._taken.add(found.casefold())
        return found


def project_number(name: str) -> int | None:
    """Return the number of the project that a sheet belongs to; None where its name tells none."""
    match = _NUMBER.match(name)
    return int(match[1]) if match else None


def _cut(words: str, most: int) -> str:
    """A text of at most so many units of UTF-16, in which Excel counts."""
    return words.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
