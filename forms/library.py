"""The shipped library of common 三级指标, read strictly from data files; no file changes a form by itself.

A file is a theme (信息系统运维, 会议培训 …): the words by which a project of the theme is known, and groups of
indicators of one 二级指标 with what they rest on. Levels are those of the editions from 2025 on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from forms.evidence import EVIDENCE, Source
from forms.indicators import Levels
from forms.strict_toml import read_toml

SOURCES_FILE = "sources.toml"
COMMON = "通用"
"""The theme of what is usual in any kind of work."""
COST = "经济成本指标"
_OLD_COST = "成本指标"
_YEAR = "{year}"


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A common indicator."""

    theme: str
    categories: tuple[str, ...]
    """项目类别 for which it is usual."""
    l1: str
    l2: str
    name: str
    value: str
    """The usual 指标值; without a number where that is the unit's own to set: ``≥(场)``.

    ``{year}`` stands for the year of the form.
    """
    aliases: tuple[str, ...]
    """Other words by which it is looked for."""
    source: Source


@dataclass(frozen=True, slots=True)
class LibraryReason:
    """A common 偏差原因及改进措施."""

    theme: str
    categories: tuple[str, ...]
    l2: str
    text: str


@dataclass(frozen=True, slots=True)
class Library:
    """All files of a folder together."""

    themes: Mapping[str, tuple[str, ...]]
    """Words in a project's name by which it belongs to a theme."""
    rows: tuple[LibraryRow, ...]
    reasons: tuple[LibraryReason, ...]

    def theme_of(self, project_name: str) -> str:
        """Return the theme of which most words stand in a project's name (of equals the first); blank: of none."""
        best, most = "", 0
        for theme, words in self.themes.items():
            found = sum(word in project_name for word in words)
            if found > most:
                best, most = theme, found
        return best


def read_library(folder: Path) -> Library:
    """Read every file of a folder. Raises EditionError, which names the file and the key that is wrong."""
    sources = _sources(folder)
    themes: dict[str, tuple[str, ...]] = {}
    rows: list[LibraryRow] = []
    reasons: list[LibraryReason] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == SOURCES_FILE:
            continue
        table = read_toml(path, f"指标库文件{path.name}")
        theme, words, categories = table.filled("theme"), table.strings("keywords"), table.strings("categories")
        if theme in themes:
            raise table.wrong("theme", "与另一个文件重复")
        themes[theme] = words
        for group in table.tables("groups"):
            l1, l2 = group.filled("l1"), group.filled("l2")
            source = sources[group.one_of("source", tuple(sources))]
            for row in group.tables("rows"):
                name, value, aliases = row.filled("name"), row.filled("value"), row.strings("aliases", [])
                row.close()
                rows.append(LibraryRow(theme, categories, l1, l2, name, value, aliases, source))
            reasons += [LibraryReason(theme, categories, l2, text) for text in group.strings("reasons", [])]
            group.close()
        table.close()
    return Library(MappingProxyType(themes), tuple(rows), tuple(reasons))


def _sources(folder: Path) -> Mapping[str, Source]:
    table = read_toml(folder / SOURCES_FILE, f"指标库文件{SOURCES_FILE}")
    found = {}
    for key in tuple(table.left):
        one = table.table(key)
        shown, title, mark = one.filled("shown"), one.filled("title"), one.one_of("mark", tuple(EVIDENCE))
        number, date, verified = (one.take(name, str) for name in ("number", "date", "verified"))
        found[key] = Source(shown, title, number, date, mark, verified)
        one.close()
    return found


def in_year(value: str, year: int) -> str:
    """Return a usual value with the year of a form in it."""
    return value.replace(_YEAR, str(year))


def without_year(value: str, year: int) -> str:
    """Return a value of a form of a year as a usual one: its own year becomes the year of whatever form."""
    return re.sub(rf"(?<!\d){year}(?=年)", _YEAR, value)


def shelf(l2: str) -> str:
    """Return the 二级指标 under which names are kept: 成本指标 of the older editions is 经济成本指标 today."""
    return COST if l2 == _OLD_COST else l2


def levels_in(l1: str, l2: str, known: Mapping[str, tuple[str, ...]]) -> Levels | None:
    """Return where a row of the library belongs in an edition (its 二级 by 一级); None: the edition has no place."""
    if l2 in known.get(l1, ()):
        return l1, l2
    if l2 == COST and _OLD_COST in known.get("产出指标", ()):
        return "产出指标", _OLD_COST
    return None
