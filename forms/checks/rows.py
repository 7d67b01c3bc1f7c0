"""Editions as the rules ask them, indicator rows and what is read from them once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from forms.checks.findings import FindingForm
from forms.checks.text import HAN, mentions, years_named
from forms.documents import Indicator
from forms.edition import Edition
from forms.parameters import Parameters, parameters_of
from forms.reading import plain_number, sq
from forms.values import Normal, Value, normal, parse, parse_actual

COST, OUTPUT, BENEFIT, SATISFACTION = "成本指标", "产出指标", "效益指标", "满意度指标"
NUMBER_OF, QUALITY, TIMELINESS = "数量指标", "质量指标", "时效指标"

ROW_TEXTS = ("l3", "target", "actual", "reason")
"""Columns of a row that a clerk writes in words."""

COLUMN_WORDS = {
    "l1": "一级指标",
    "l2": "二级指标",
    "l3": "三级指标名称",
    "target": "指标值",
    "actual": "实际完成值",
    "points": "分值",
    "score": "得分",
    "reason": "偏差原因",
    "tier": "定性档次",
    "mid_l3": "中期三级指标名称",
    "mid_target": "中期指标值",
}
_NOWHERE = (999, 0, 0)


_LONGEST_NAME = 400
"""Of longer names and targets only so many characters are compared with others."""


def points_of(text: str) -> Decimal | None:
    """The number in a cell of points or scores, where 10分 is 10; None where it is blank or no number."""
    return plain_number(text.strip().removesuffix("分"))


class Profile:
    """An edition as the rules ask it. One for each edition and kind of form; compared by identity."""

    def __init__(self, edition: Edition, kind: FindingForm) -> None:
        self.edition = edition
        self.kind = kind
        self.parameters: Parameters = parameters_of(edition)
        self.vague_words = frozenset(self.parameters.vague_words)
        self.has_cost_level1 = edition.level1(COST) is not None
        """Whether 成本 is a level 1 of its own, as since 2025, and not a level 2 of 产出."""
        self.has_mid_term = edition.has_mid_term
        self.goal_names = {
            cell.path: "".join(above[-1].split())
            for band in edition.bands
            for cell in band.cells
            if band.part == "goals" and cell.path is not None and (above := band.labels_above(cell))
        }
        """What the form calls its goals."""
        self._order: dict[str, tuple[int, int, int]] = {"year": (-1, 0, 0)}
        self._columns: dict[str, int] = {}
        self._rows_at = 0
        for at, band in enumerate(edition.bands):
            if band.columns:
                self._rows_at = at
                self._order["indicators"] = (at, -1, 0)
                self._columns = {column.key: n for n, column in enumerate(band.columns)}
            for cell in band.cells:
                if cell.path is not None:
                    self._order[cell.path] = (at, cell.row, cell.column)

    def prints(self, path: str) -> bool:
        """Whether the form has a cell for this path."""
        return path in self._order

    def has_level2(self, l1: str, l2: str) -> bool:
        """Whether the taxonomy has this level-2 indicator."""
        return self.edition.order_of(l1, l2) is not None

    def place(self, where: str) -> tuple[int, int, int]:
        """Return a key that sorts places from top to bottom and left to right of the form."""
        if where.startswith("indicators["):
            row, _, column = where[len("indicators[") :].partition("].")
            return self._rows_at, int(row), self._columns.get(column, len(self._columns))
        return self._order.get(where, _NOWHERE)


class Row:
    """An indicator row and what can be read from it alone; made once for equal rows (``engine.read_row``)."""

    __slots__ = (
        *("actual", "actual_value", "chars", "decimals", "is_cost", "is_number", "is_quality", "is_satisfaction"),
        *(
            "is_time",
            "l1",
            "l2",
            "mentions",
            "name",
            "normal",
            "normal_actual",
            "plain_actual",
            "plain_name",
            "plain_target",
        ),
        *("points_number", "profile", "reason", "score", "score_number", "target", "texts", "tier", "value", "years"),
    )

    def __init__(self, profile: Profile, source: Indicator) -> None:
        self.profile = profile
        self.l1, self.l2, self.name = source.l1, source.l2, source.l3
        self.target, self.actual, self.reason = source.target, source.actual, source.reason
        self.score, self.tier = source.score, source.tier
        self.points_number = points_of(source.points) if source.points else None
        self.score_number = points_of(source.score) if source.score else None
        self.is_cost = COST in (source.l1, source.l2)
        self.is_number = source.l2 == NUMBER_OF
        self.is_quality = source.l2 == QUALITY
        self.is_time = source.l2 == TIMELINESS
        self.is_satisfaction = source.l1 == SATISFACTION
        self.plain_name, self.plain_target = sq(source.l3), sq(source.target)
        self.plain_actual = sq(source.actual) if source.actual else ""
        self.value: Value = parse(source.target)
        self.actual_value: Value = parse_actual(source.actual, self.value)
        self.decimals = self.value.decimals
        self.normal: Normal = normal(self.value, cost_row=self.is_cost)
        self.normal_actual: Normal = normal(self.actual_value, cost_row=self.is_cost)
        written = (source.l3, source.target, source.actual, source.reason)
        self.texts = tuple((column, text) for column, text in zip(ROW_TEXTS, written, strict=True) if text)
        """The texts that are not blank, by column."""
        self.chars = frozenset().union(*(text for _, text in self.texts))
        self.years = tuple((column, year) for column, text in self.texts for year in years_named(text))
        self.mentions = mentions(source.l3[:_LONGEST_NAME]) | mentions(source.target[:_LONGEST_NAME])

    @property
    def wording(self) -> str:
        """A target of words, without white space and a full stop; nothing for other kinds."""
        return self.normal.words


@dataclass(frozen=True)
class Units:
    """Numeric indicators of one unit: the numbers, and who shares which neighbouring characters."""

    numbers: frozenset[Decimal]
    rows: tuple[Row, ...]

    def sharing(self, context: str, run: Literal[2, 4]) -> Row | None:
        """Return the first row whose name shares 2 汉字 or 4 characters running with a text."""
        grams = self._grams(run)
        found = [grams[piece] for piece in _pieces(context, run) if piece in grams]
        return self.rows[min(found)] if found else None

    @cached_property
    def _known(self) -> dict[int, dict[str, int]]:
        return {}

    def _grams(self, run: Literal[2, 4]) -> dict[str, int]:
        grams = self._known.get(run)
        if grams is None:
            grams = self._known[run] = {}
            # From the last to the first, so that the first row of a piece stays.
            for at in range(len(self.rows) - 1, -1, -1):
                grams.update(dict.fromkeys(_pieces(self.rows[at].plain_name[:_LONGEST_NAME], run), at))
        return grams


_TWO_HAN = re.compile(rf"(?=([{HAN}]{{2}}))")


def _pieces(text: str, run: Literal[2, 4]) -> list[str]:
    if run == 2:
        return _TWO_HAN.findall(text)
    return [text[at : at + run] for at in range(len(text) - run + 1)]
