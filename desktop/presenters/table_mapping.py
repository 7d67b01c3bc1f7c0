"""What the columns of a foreign table mean: guessed from its headings, else from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Literal, TypeAlias

from desktop.exchange.tables import Table
from desktop.presenters.taxonomy_words import TaxonomyWords
from forms.documents import FormKind
from forms.edition import Edition
from forms.reading import plain_number, sq
from forms.units import is_known
from forms.values import parse, sign_of

Meaning: TypeAlias = Literal[
    "skip", "l1", "l2", "l3", "target", "sign", "number", "unit",
    "mid_l3", "mid_target", "actual", "points", "score", "reason",
]  # fmt: skip

MEANINGS: dict[FormKind, tuple[Meaning, ...]] = {
    "declaration": ("skip", "l1", "l2", "l3", "target", "sign", "number", "unit"),
    "evaluation": (
        *("skip", "l1", "l2", "l3", "target", "sign", "number", "unit"),
        *("actual", "points", "score", "reason"),
    ),
}
"""What a column may mean; each but ``skip`` belongs to one column."""
_HALVES: tuple[tuple[Meaning, Meaning], ...] = (("l3", "mid_l3"), ("target", "mid_target"))
"""Of a form with two halves: what is of the year, and what of the medium term."""

_LOOKED_AT = 15
"""Rows among which the headings are looked for."""
_SAMPLE = 60
_MOST = 0.6
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_MARKS = re.compile(r"[:/、*.,。]")
_YEARLY = "年度|当年|本年|全年|项目|预期|计划|年初|绩效|指标"
_HEADINGS: tuple[tuple[Meaning, str], ...] = (
    ("l1", r"一级(?:绩效)?(?:指标|目标)?(?:名称|类别)?|指标类[别型]"),
    ("l2", r"二级(?:绩效)?(?:指标|目标)?(?:名称|类别)?|指标分类|指标子类"),
    ("mid_l3", r"中期(?:[三四]级)?(?:绩效)?(?:指标|目标)(?:名称|内容)?"),
    ("mid_target", r"中期(?:绩效)?(?:指标|目标)值"),
    ("l3", r"[三四]级(?:绩效)?(?:指标|目标)?(?:名称|内容)?|指标(?:名称|内容)|具体指标|绩效指标名称"),
    ("sign", r"(?:计算|比较|运算|指标)?(?:符号|关系)|指标(?:性质|方向)"),
    ("unit", r"(?:计量|度量|指标值?|数量)?单位"),
    ("score", r"(?:自评|评价|实际|自评价)?得分|自评分值?"),
    ("points", r"(?:指标)?(?:分值|权重|权值|标准分值?|满分)"),
    ("reason", r".*(?:偏差|未完成原因|原因分析|改进措施).*"),
    ("actual", r".*(?:实际|完成值|完成情况|完成数).*"),
    ("target", rf"(?:{_YEARLY})*(?:指标值|目标值|标准值|计划值|预期值|目标)"),
    ("number", r"(?:指标)?(?:数值|数字|数量|值)"),
    ("skip", r"序号|编号|行次|绩效指标|指标编码|备注|说明"),
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """The meaning of each column, and the first row that is no heading."""

    columns: tuple[Meaning, ...]
    first: int = 0

    def column(self, meaning: Meaning) -> int | None:
        """The column of a meaning."""
        return self.columns.index(meaning) if meaning in self.columns else None

    def changed(self, column: int, meaning: Meaning) -> Mapping:
        """Give a column another meaning; the one that had it before is left out."""
        others = ("skip" if one == meaning else one for one in self.columns)
        columns = tuple(meaning if at == column else one for at, one in enumerate(others))
        return replace(self, columns=columns)

    @property
    def is_usable(self) -> bool:
        """Whether there is something to take in."""
        return any(one not in ("skip", "l1", "l2") for one in self.columns)


@lru_cache(maxsize=4096)
def heading(words: str) -> Meaning | None:
    """Return what a heading means; None where it is none."""
    if len(words) > 40:
        return None
    plain = _MARKS.sub("", _BRACKETS.sub("", sq(words)))
    return next((meaning for meaning, pattern in _HEADINGS if re.fullmatch(pattern, plain)), None)


def is_heading_row(row: Sequence[str]) -> bool:
    """Whether a row consists of headings, at least two of them."""
    found = 0
    for words in row:
        if words.strip():
            if heading(words) is None:
                return False
            found += 1
    return found > 1


def meanings(form: FormKind, edition: Edition) -> tuple[Meaning, ...]:
    """Return what a column of a table may mean for a form of an edition."""
    halves = (mid for _, mid in _HALVES) if edition.has_mid_term else ()
    return (*MEANINGS[form], *halves)


def guess(table: Table, form: FormKind, words: TaxonomyWords) -> Mapping:
    """Return what the columns most likely mean."""
    allowed = meanings(form, words.edition)
    best, at = 0, -1
    for number, row in enumerate(table.rows[:_LOOKED_AT]):
        known = {heading(cell) for cell in row} & {*allowed}
        if len(known) > max(best, 1) and known != {"skip"}:
            best, at = len(known), number
    if at < 0:
        return Mapping(_by_contents(table, 0, allowed, words))
    columns = _by_headings(table.rows[at], allowed)
    first = at + 1
    while first < len(table.rows) and is_heading_row(table.rows[first]):
        first += 1
    if "l3" not in columns and "target" not in columns and "number" not in columns:
        columns = _by_contents(table, first, allowed, words)
    return Mapping(columns, first)


def _by_headings(row: Sequence[str], allowed: Sequence[Meaning]) -> tuple[Meaning, ...]:
    columns: list[Meaning] = []
    found: list[Meaning] = [heading(cell) or "skip" for cell in row]
    for own, mid in _HALVES:
        # Both halves have the same headings: the first one is that of the medium term, as on paper.
        if mid in allowed and found.count(own) > 1:
            found[found.index(own)] = mid
    for meaning in found:
        columns.append(meaning if meaning in allowed and meaning not in columns else "skip")
    if "l3" not in columns:  # some tables call the third level by the name of all of them
        for at, cell in enumerate(row):
            if sq(cell) in ("绩效指标", "指标") and columns[at] == "skip":
                columns[at] = "l3"
                break
    if "target" in columns and "number" not in columns and ("unit" in columns or "sign" in columns):
        columns[columns.index("target")] = "number"
    return tuple(columns)


def _by_contents(table: Table, first: int, allowed: Sequence[Meaning], words: TaxonomyWords) -> tuple[Meaning, ...]:
    cells = [
        list(islice((row[at] for row in table.rows[first:] if row[at].strip()), _SAMPLE)) for at in range(table.width)
    ]
    found: dict[int, Meaning] = {at: "skip" for at, one in enumerate(cells) if not one or _counts(one)}
    if len(found) == table.width:  # nothing but numbers: they are no running numbers then
        found = {at: "skip" for at, one in enumerate(cells) if not one}

    def claim(meaning: Meaning, test: Callable[[str], bool], sure: Callable[[str], bool] | None = None) -> None:
        for at, one in enumerate(cells):
            if at not in found and _share(one, test) >= _MOST and any(map(sure or test, one)):
                found[at] = meaning
                return

    # Among known levels stand some that the edition has not: their rows are to be refused, not read as something else.
    claim("l1", lambda cell: words.is_l1(cell) or (_is_level(cell) and not words.is_l2(cell)), words.is_l1)
    claim("l2", lambda cell: words.is_l2(cell) or _is_level(cell), words.is_l2)
    if "l1" not in found.values():
        claim("l1", _is_level)
    claim("sign", lambda cell: bool(sign_of(sq(cell))))
    if len(cells) > 1:
        claim("unit", lambda cell: is_known(sq(cell).strip("()")))
    apart = "sign" in found.values() or "unit" in found.values()
    rest = [at for at in range(table.width) if at not in found]
    if rest and (len(rest) > 1 or _share(cells[rest[0]], _is_value) < _MOST):
        found[rest.pop(0)] = "l3"
    order: list[Meaning] = ["number" if apart else "target", "mid_l3", "mid_target"]
    order += ["actual", "points", "score", "reason"]
    for at, meaning in zip(rest, [one for one in order if one in allowed], strict=False):
        found[at] = meaning
    return tuple(found.get(at, "skip") for at in range(table.width))


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _is_value(cell: str) -> bool:
    return len(cell) <= 40 and (parse(cell).kind in ("number", "date") or plain_number(cell) is not None)


def _is_level(cell: str) -> bool:
    """Whether a cell looks as if it named a level."""
    return len(cell) <= 20 and sq(cell).endswith("指标")


def _counts(cells: Sequence[str]) -> bool:
    """Whether cells are running numbers."""
    return len(cells) > 1 and all(sq(cell).rstrip(".、") == str(at) for at, cell in enumerate(cells, 1))
