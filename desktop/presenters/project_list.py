"""The list at the left: which projects, in which order, with which mark, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from desktop.presenters.findings import Worst, found_line, sign, state
from desktop.presenters.listed import Listed
from desktop.texts import text
from forms.edition import Amounts
from forms.money import format_amount
from forms.reading import sq

SORTS = ("added", "name", "amount", "changed", "marks")
_SEVERITIES = ("error", "confirm", "warning", "clean")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list."""

    id: int
    name: str
    kind: str
    mark: str
    """Shape of the worst finding; nothing while it is not known."""
    severity: str
    count: str
    tip: str

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return "，".join(part for part in (self.name, self.kind, self.tip) if part)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the clerk looks at; None: all."""

    unit: str | None = None
    year: int | None = None
    words: str = ""
    sort: str = "added"
    found: frozenset[int] = frozenset()
    """Projects that contain the words somewhere in their texts."""


def units(rows: Iterable[Listed]) -> tuple[str, ...]:
    """Return the units that have projects, in the order of their first."""
    return tuple(dict.fromkeys(row.unit for row in rows))


def years(rows: Iterable[Listed]) -> tuple[int, ...]:
    """Return the years that have projects, latest first."""
    return tuple(sorted({row.year for row in rows if row.year is not None}, reverse=True))


def chosen(rows: Sequence[Listed], choice: Choice, marks: Mapping[int, Worst]) -> list[Listed]:
    """Return the rows that fit a choice, in its order."""
    fitting = [row for row in rows if choice.unit in (None, row.unit) and choice.year in (None, row.year)]
    words = [sq(word).lower() for word in choice.words.split()]
    if words:
        named = fitting
        for word in words:
            named = [row for row in named if word in _squeezed(row.name, row.unit)]
        wanted = {row.id for row in named} | choice.found
        fitting = [row for row in fitting if row.id in wanted]
    if choice.sort == "name":
        fitting.sort(key=lambda row: row.name)
    elif choice.sort == "amount":
        fitting.sort(key=lambda row: row.amount or Decimal(-1), reverse=True)
    elif choice.sort == "changed":
        fitting.sort(key=lambda row: row.changed_at, reverse=True)
    elif choice.sort == "marks":
        fitting.sort(key=lambda row: _gravity(marks.get(row.id)))
    return fitting


@lru_cache(maxsize=20_000)
def _squeezed(name: str, unit: str) -> str:
    return sq(f"{name}{unit}").lower()


def item(row: Listed, worst: Worst | None, *, both_kinds: bool = True) -> Item:
    """Return the line of a project. ``both_kinds``: the list holds declarations and evaluations, so each says which."""
    name = row.name or text("window.unnamed")
    kind = text(f"window.kind_{row.kind}") if both_kinds else ""
    if worst is None:
        return Item(row.id, name, kind, "", "clean", "", state(None))
    tip = text("findings.state_tip", state=state(worst), found=found_line(worst))
    return Item(row.id, name, kind, sign(worst.severity), worst.severity, str(worst.count or ""), tip)


def total_line(rows: Sequence[Listed], *, selected: bool = False) -> str:
    """Return 6 个项目，合计 300.00 万元, or as much of the selected ones."""
    amount = sum((row.amount for row in rows if row.amount is not None), Decimal(0))
    shown = format_amount(amount, Amounts(text("window.wan"), 10_000))
    return text("window.selected" if selected else "window.totals", count=len(rows), amount=shown)


def _gravity(worst: Worst | None) -> tuple[int, int]:
    if worst is None:
        return len(_SEVERITIES), 0
    return _SEVERITIES.index(worst.severity), -worst.count
