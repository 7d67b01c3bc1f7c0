"""Plain tables of our own making (汇总表, 计算过程, 对照表): one value for paper, workbook and window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and how its cells stand."""

    label: str
    width: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts as they are printed, each as long as ``columns``."""

    title: str
    subtitle: str
    """What stands below the title: unit, year; nothing where there is none."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()
    """A last row of sums; empty: none."""
    notes: tuple[str, ...] = ()
    """Lines below the table."""
    landscape: bool = False

    @property
    def name(self) -> str:
        """Title and subtitle in one line."""
        return f"{self.title}{f'（{self.subtitle}）' if self.subtitle else ''}"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart. ``share`` of the full length, from 0 to 1; ``text`` stands behind it."""

    label: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars below one another, in the order of a form or list."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]

    @property
    def name(self) -> str:
        """Title and subtitle in one line."""
        return f"{self.title}{f'（{self.subtitle}）' if self.subtitle else ''}"
