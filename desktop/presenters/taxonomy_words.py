"""The 一级 and 二级指标 that a word of a foreign table means: in full or short, with numbers, by older names."""

from __future__ import annotations

import re
from collections.abc import Collection

from desktop.texts import text
from forms.cycle.carry import home_of
from forms.documents import Indicator
from forms.edition import Edition, Level1
from forms.indicators import Levels
from forms.reading import sq

_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十0-9]{1,3}[)、.,:]|[①-⑳])+")
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]$")
_ENDING = re.compile(r"(?:类)?(?:绩效)?(?:指标|目标)$")
_LONGEST = 40

_OTHER_NAMES = {
    "效果": "效益",
    "满意": "满意度",
    **dict.fromkeys(("产出数量", "工作数量"), "数量"),
    **dict.fromkeys(("产出质量", "工作质量"), "质量"),
    **dict.fromkeys(("产出时效", "进度", "时间", "完成时间", "时限", "及时性"), "时效"),
    "产出成本": "成本",
    **dict.fromkeys(("经济", "经济影响"), "经济效益"),
    **dict.fromkeys(("社会", "社会影响"), "社会效益"),
    **dict.fromkeys(("生态", "环境", "生态环境", "环境效益", "生态环境效益", "环保效益"), "生态效益"),
    **dict.fromkeys(
        ("可持续", "可持续发展", "可持续发展影响", "可持续影响力", "可持续性影响", "可持续效益"), "可持续影响"
    ),
    **dict.fromkeys(
        (
            *("满意度", "服务对象", "服务对象满意", "受益对象满意度", "社会公众满意度", "公众满意度", "受益者满意度"),
            *("社会公众或服务对象满意度", "服务对象或社会公众满意度", "服务对象或公众满意度"),
        ),
        "服务对象满意度",
    ),
}
"""Names of other years and places, by what they mean here; all without 指标."""


class TaxonomyWords:
    """Reads the words of a table by an edition. ``known``: levels that a form has beside those of its edition."""

    def __init__(self, edition: Edition, known: Collection[Levels] = ()) -> None:
        self.edition = edition
        self._told: dict[tuple[str, str], Levels | str] = {}
        self._known = frozenset(known)
        self._l1 = {_plain(one.name): one for one in edition.taxonomy}
        self._l2 = {one.name: {_plain(two.name): two.name for two in one.l2} for one in edition.taxonomy}

    def is_l1(self, words: str) -> bool:
        """Whether a cell names a 一级指标."""
        return self._find1(words) is not None

    def is_l2(self, words: str) -> bool:
        """Whether a cell names a 二级指标 of whatever 一级指标."""
        return any(self._find2(l1, words) for l1 in self._l2)

    def levels(self, l1: str, l2: str, home: Levels | None) -> Levels | str:
        """Return the levels that two cells mean, or a sentence on why they cannot be told.

        Where both are blank the row goes to ``home``.
        """
        if not l1.strip() and not l2.strip():
            return home or text("tables.no_levels")
        if (l1, l2) not in self._told:  # the same few words stand on all rows
            self._told[l1, l2] = self._levels(l1, l2)
        return self._told[l1, l2]

    def _levels(self, l1: str, l2: str) -> Levels | str:
        if (l1, l2) in self._known:
            return l1, l2
        if not l1.strip():
            return self._by_l2(l2)
        one = self._find1(l1)
        if one is not None:
            return self._within(one, l2)
        if not l2.strip():  # a table with one column of levels
            found = self._by_l2(l1)
            return found if isinstance(found, tuple) else text("tables.unknown_l1", name=_shown(l1))
        return self._elsewhere(l1, l2) or text("tables.unknown_l1", name=_shown(l1))

    def _within(self, one: Level1, l2: str) -> Levels | str:
        if not l2.strip():
            return (one.name, one.l2[0].name) if len(one.l2) == 1 else text("tables.no_l2", l1=one.name)
        name = self._find2(one.name, l2)
        if name:
            return one.name, name
        found = self._elsewhere(one.name, l2) or ((one.name, l2.strip()) if one.open else None)
        return found or text("tables.unknown_l2", l1=one.name, name=_shown(l2))

    def _elsewhere(self, l1: str, l2: str) -> Levels | None:
        """Where the edition has the costs that the form of another year has under these levels."""
        row = Indicator(f"{_plain(l1)}指标", f"{_plain(l2)}指标")
        return home_of(row, self.edition) if "成本指标" in (row.l1, row.l2) else None

    def _by_l2(self, words: str) -> Levels | str:
        found = [(l1, name) for l1 in self._l2 if (name := self._find2(l1, words))]
        if len(found) == 1:
            return found[0]
        return text("tables.doubtful_l2" if found else "tables.unknown_l2_alone", name=_shown(words))

    def _find1(self, words: str) -> Level1 | None:
        plain = _plain(words)
        return self._l1.get(plain) or self._l1.get(_OTHER_NAMES.get(plain, ""))

    def _find2(self, l1: str, words: str) -> str:
        plain, names = _plain(words), self._l2[l1]
        return names.get(plain) or names.get(_OTHER_NAMES.get(plain, "")) or ""


def _plain(words: str) -> str:
    if len(words) > _LONGEST:
        return ""
    short = _NUMBERING.sub("", sq(words))
    short = _BRACKETS.sub("", short).rstrip(":")
    return _ENDING.sub("", short) or short


def _shown(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 12 else f"{flat[:12]}…"
