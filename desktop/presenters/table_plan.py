"""What becomes of the rows that are to come in, told before anything happens: one line a row, and one edit for all."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from desktop.presenters.indicator_cells import Shown
from desktop.presenters.table_rows import Incoming
from desktop.texts import text
from forms.documents import Indicator
from forms.edits import Edit
from forms.indicators import CELL_NAMES, CellKey, Levels, Rows, place_for, put_rows
from forms.package import MAX_INDICATORS
from forms.reading import sq

Mode = Literal["append", "update", "replace"]
"""Put behind what is there; change rows of the same name and add the others; put in place of all."""
MODES: tuple[Mode, ...] = ("append", "update", "replace")

Fate = Literal["new", "changed", "same", "refused", "left_out"]
ALL_CELLS: frozenset[CellKey] = frozenset(CELL_NAMES)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What becomes of a row of the table."""

    line: int
    fate: Fate
    row: Indicator | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it. ``edit`` None: nothing would change, or ``trouble`` says why nothing can."""

    lines: tuple[PlanLine, ...]
    edit: Edit | None
    removed: int = 0
    """Rows of the form that would go."""
    trouble: str = ""

    def count(self, fate: Fate) -> int:
        """Rows of a fate."""
        return sum(one.fate == fate for one in self.lines)

    @property
    def summary(self) -> str:
        """One line on the whole."""
        counts = Counter(one.fate for one in self.lines)
        fates: tuple[Fate, ...] = ("new", "changed", "same", "refused", "left_out")
        parts = [text(f"tables.count_{fate}", count=counts[fate]) for fate in fates if counts[fate]]
        if self.removed:
            parts.append(text("tables.count_removed", count=self.removed))
        return text("tables.list_comma").join(parts)


def default_mode(shown: Shown, rows: Iterable[Incoming]) -> Mode:
    """Update where a row of the form is named, else append."""
    there = {_key(row) for row in shown.rows if row.name.strip()}
    return "update" if any(one.row is not None and _key(one.row) in there for one in rows) else "append"


def plan(shown: Shown, rows: Iterable[Incoming], mode: Mode, cells: Collection[CellKey], name: str = "") -> Plan:
    """Return what taking rows in would do. ``cells``: what the table says of a row; others stay as they are.

    ``name``: what the edit calls the act (粘贴, 导入). A blank cell never wipes out a text, but in ``replace`` mode.
    """
    there: dict[tuple[str, str, str], deque[int]] = {}
    if mode != "append":
        for at, old in enumerate(shown.rows):
            there.setdefault(_key(old), deque()).append(at)
    lines: list[PlanLine] = []
    kept: dict[int, Indicator] = {}
    order: list[Indicator] = []
    fresh: dict[Levels, list[Indicator]] = {}
    for one in rows:
        if one.row is None:
            lines.append(PlanLine(one.line, "refused" if one.refused else "left_out", reason=one.reason))
            continue
        places = there.get(_key(one.row))
        if places:
            at = places.popleft()
            row = _merged(shown.rows[at], one.row, cells, wipe=mode == "replace")
            kept[at] = row
            same = row is shown.rows[at]
            lines.append(PlanLine(one.line, "same" if same else "changed", row, _told(shown.rows[at], row)))
        else:
            row = one.row
            fresh.setdefault((row.l1, row.l2), []).append(row)
            lines.append(PlanLine(one.line, "new", row))
        order.append(row)
    new = tuple(order) if mode == "replace" else _put_in(shown, kept, fresh)
    removed = len(shown.rows) - len(kept) if mode == "replace" else 0
    return _finished(shown, tuple(lines), new, removed, name or text("tables.paste"))


def _finished(shown: Shown, lines: tuple[PlanLine, ...], new: Rows, removed: int, name: str) -> Plan:
    if len(new) > MAX_INDICATORS:
        return Plan(lines, None, removed, text("tables.too_many_indicators", most=MAX_INDICATORS))
    taken = sum(one.fate in ("new", "changed") for one in lines)
    if removed and not any(one.row is not None for one in lines):
        return Plan(lines, None, 0, text("tables.nothing_to_take"))
    edit = put_rows(shown.form, text("tables.edit", act=name, count=taken), shown.rows, new)
    if edit.is_empty:
        return Plan(lines, None, removed, text("tables.nothing_new" if lines else "tables.nothing_to_take"))
    return Plan(lines, edit, removed)


def _put_in(shown: Shown, kept: dict[int, Indicator], fresh: dict[Levels, list[Indicator]]) -> Rows:
    rows: Rows = tuple(kept.get(at, row) for at, row in enumerate(shown.rows))
    for levels, added in fresh.items():
        at = place_for(rows, shown.edition, levels)
        rows = (*rows[:at], *added, *rows[at:])
    return rows


def _merged(old: Indicator, new: Indicator, cells: Collection[CellKey], *, wipe: bool) -> Indicator:
    """The row of the form with what the table says; the row itself where that is nothing new."""
    row = old._replace(**{key: getattr(new, key) for key in cells if wipe or getattr(new, key).strip()})
    return old if row == old else row


def _told(old: Indicator, new: Indicator) -> str:
    changed = [name for key, name in CELL_NAMES.items() if getattr(old, key) != getattr(new, key)]
    return text("tables.list_stop").join(
        text("tables.was", name=CELL_NAMES[key], old=_short(getattr(old, key)), new=_short(getattr(new, key)))
        for key in CELL_NAMES
        if CELL_NAMES[key] in changed
    )


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return (flat if len(flat) <= 20 else f"{flat[:20]}…") or text("tables.blank")


def _key(row: Indicator) -> tuple[str, str, str]:
    return sq(row.l1), sq(row.l2), sq(row.name)
