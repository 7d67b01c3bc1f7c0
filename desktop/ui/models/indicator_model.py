"""The indicator tree for Qt: a table of its visible lines, and few signals from one state of the form to the next.

A tree of thousands of rows is laid out anew by Qt at every change, a table is not; so folding and filtering are done
here, by lines that come and go. After a change lines that stay keep their indexes, so that the view keeps its cursor,
selection, scrolling and an open editor, through undo as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.presenters.findings import Mark
from desktop.presenters.indicator_cells import COLUMNS, Column, Shown, is_editable, is_locked, text_of, typed
from desktop.presenters.indicator_lines import LineBook, Lines, runs
from desktop.presenters.indicator_tree import Facts, gravest_first, signs, spoken
from desktop.presenters.scoring_steps import formula_of
from desktop.texts import text
from forms.documents import Indicator
from forms.edits import Edit
from forms.indicators import is_sorted
from forms.sequences import longest_rising

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_MANY_SIGNALS = 200
_CENTRE = Qt.AlignmentFlag.AlignVCenter
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_SIDES: dict[Column, Qt.AlignmentFlag] = {
    **dict.fromkeys(("number", "points", "score"), Qt.AlignmentFlag.AlignRight),
    **dict.fromkeys(("sign", "hint"), Qt.AlignmentFlag.AlignHCenter),
}


class IndicatorModel(QAbstractTableModel):
    """The indicators of one form."""

    edit_made = Signal(object)
    """Carries the ``Edit`` that typing into a cell made; the model shows it when it is shown the changed form."""
    lines_changed = Signal(list)
    """The lines (their lasting numbers) that say something else than before, so that they may need another height."""

    settled = Signal()
    """Everything was told of a change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = LineBook()
        self._lines: Lines | None = None
        self._columns = COLUMNS["declaration"]
        self._visible: list[int] = []
        """The lines as Qt knows them at this moment: between two states some have not come yet."""
        self._marks: dict[int, tuple[Mark, ...]] = {}
        self._folded: set[int] = set()
        self._locked: set[int] = set()
        self._wanted: set[int] | None = None

    # ---------------------------------------------------------------- what is shown

    @property
    def shown(self) -> Shown | None:
        """The form; None where there is none."""
        return None if self._lines is None else self._lines.shown

    def show(self, shown: Shown | None, marks: Mapping[int, tuple[Mark, ...]]) -> None:
        """Show another form from its beginning. ``marks`` are those of its rows."""
        self.beginResetModel()
        self._folded.clear()
        self._locked.clear()
        self._wanted = None
        self._lines = None if shown is None else self._book.begin(shown)
        self._columns = COLUMNS["declaration" if shown is None else shown.form]
        self._take_marks(marks)
        self._visible = self._arranged()
        self.endResetModel()
        self.settled.emit()

    def refresh(self, shown: Shown, marks: Mapping[int, tuple[Mark, ...]] | None = None) -> None:
        """Show the same form after a change. Without ``marks`` the rows keep those they have."""
        old = self._lines
        if old is None or (old.shown.form, old.shown.edition.id) != (shown.form, shown.edition.id):
            self.show(shown, marks or {})
            return
        self._lines, changed = self._book.follow(old, shown)
        if self._wanted is not None:
            self._wanted |= set(self._lines.ids).difference(old.ids)
        if marks is not None:
            before = dict(self._marks)
            self._take_marks(marks)
            changed += [
                line for line in before.keys() | self._marks.keys() if before.get(line) != self._marks.get(line)
            ]
        self._settle(self._arranged())
        self._tell(changed)

    def _take_marks(self, marks: Mapping[int, tuple[Mark, ...]]) -> None:
        ids = [] if self._lines is None else self._lines.ids
        self._marks = {ids[row]: here for row, here in marks.items() if row < len(ids)}

    def _arranged(self) -> list[int]:
        if self._lines is None:
            return []
        self._lines.arrange(self._folded, self._wanted)
        return self._lines.visible

    # ---------------------------------------------------------------- folding and filtering

    def is_folded(self, index: Index) -> bool:
        """Whether the lines beneath one of the first two levels are folded away."""
        return index.isValid() and self._visible[index.row()] in self._folded

    def fold(self, index: Index, *, folded: bool = True) -> None:
        """Fold the lines beneath one of the first two levels away, or show them again."""
        facts = self.facts(index)
        if facts is not None and facts.depth < 3:
            line = self._visible[index.row()]
            (self._folded.add if folded else self._folded.discard)(line)
            self._settle(self._arranged())
            self._tell([line])

    def fold_all(self, *, depths: Collection[int]) -> None:
        """Fold all lines of these levels, and no others."""
        lines = self._lines
        if lines is not None:
            self._folded = {lines.head_ids[head.key] for head in lines.heads if head.depth in depths}
            self._settle(self._arranged())
            self._tell(self._visible)

    def unfold_row(self, row: int) -> None:
        """Bring a row into sight that is folded away or left out by the filter."""
        lines = self._lines
        if lines is None or lines.line_of(row) >= 0:
            return
        if self._wanted is not None:
            self.filter(None)
        self._folded -= {lines.head_ids[lines.head_of(row, depth).key] for depth in (1, 2)}
        self._settle(self._arranged())
        self._tell([line for line in self._visible if line < 0])

    @property
    def is_filtered(self) -> bool:
        """Whether only some rows are shown."""
        return self._wanted is not None

    @property
    def visible_rows(self) -> int:
        """How many rows are shown."""
        return sum(1 for line in self._visible if line > 0)

    def filter(self, wanted: Callable[[Indicator], bool] | None) -> None:
        """Show only the rows wanted, with their heads; None: all. Rows that come or change later stay in sight."""
        lines = self._lines
        rows = () if lines is None or wanted is None else zip(lines.ids, lines.shown.rows, strict=True)
        self._wanted = None if wanted is None else {line for line, row in rows if wanted(row)}
        self._settle(self._arranged())
        self.settled.emit()

    # ---------------------------------------------------------------- locked points

    def lock(self, rows: Collection[int]) -> None:
        """Lock the points of rows, or unlock them where all of them are locked."""
        lines = [] if self._lines is None else [self._lines.ids[row] for row in rows]
        if self._locked.issuperset(lines):
            self._locked.difference_update(lines)
        else:
            self._locked.update(lines)
        self._tell(lines)

    def locked_rows(self) -> set[int]:
        """The rows whose points are locked."""
        about = {} if self._lines is None else self._lines.about
        return {row for line in self._locked if isinstance(row := about.get(line), int)}

    # ---------------------------------------------------------------- lines

    def facts(self, index: Index) -> Facts | None:
        """What a line says; None for an index whose line is gone."""
        lines, at = self._lines, index.row()
        if lines is None or not 0 <= at < len(self._visible):
            return None
        line = self._visible[at]
        about = lines.about.get(line)
        if about is None:
            return None
        rows = lines.shown.rows
        if isinstance(about, int):
            row = rows[about]
            marks, locked = self._marks.get(line, ()), line in self._locked
            return Facts((row.l1, row.l2), 3, about, row, marks=marks, stop=about + 1, is_locked=locked)
        is_folded = line in self._folded and self._wanted is None
        marks = ()
        if is_folded and self._marks:
            found = [self._marks[one] for one in lines.ids[about.start : about.stop] if one in self._marks]
            marks = gravest_first(mark for here in found for mark in here)
        start = about.start if about.stop > about.start else -1
        return Facts(
            about.levels,
            about.depth,
            start,
            None,
            about.standing,
            about.points,
            about.score,
            marks,
            about.stop,
            is_folded,
        )

    def line(self, index: Index) -> int:
        """The number that the line of an index keeps while it lives."""
        return self._visible[index.row()]

    @property
    def visible(self) -> Sequence[int]:
        """The numbers of all visible lines, from top to bottom."""
        return self._visible

    def row_of(self, index: Index) -> int:
        """The row of the form that an index shows; -1 for a line of the first two levels."""
        facts = self.facts(index)
        return -1 if facts is None or facts.indicator is None else facts.row

    @property
    def is_sorted(self) -> bool:
        """Whether the rows are in the edition's order."""
        lines = self._lines
        return lines is None or is_sorted(lines.shown.edition, lines.tree)

    def row_index(self, row: int, column: int = 0) -> QModelIndex:
        """The index of a row; an invalid one where it is folded away or left out."""
        lines = self._lines
        if lines is None or not 0 <= row < len(lines.ids):
            return QModelIndex()
        return self.index(lines.line_of(row), column)

    def head_index(self, row: int, depth: int) -> QModelIndex:
        """The index of the 一级 or 二级指标 above a row; an invalid one where it is folded away."""
        lines = self._lines
        if lines is None:
            return QModelIndex()
        line = lines.head_ids[lines.head_of(row, depth).key]
        return self.index(self._visible.index(line), 0) if line in self._visible else QModelIndex()

    def parent_index(self, index: Index) -> QModelIndex:
        """The index of the line above an index in the tree; an invalid one for the first level."""
        facts = self.facts(index)
        depth = 1 if facts is None else facts.depth
        for at in range(index.row() - 1, -1, -1) if depth > 1 else ():
            above = self.facts(self.index(at, 0))
            if above is not None and above.depth < depth:
                return self.index(at, 0)
        return QModelIndex()

    def indexes_of(self, lines: Iterable[int]) -> list[QModelIndex]:
        """The indexes of those of some lines that are visible, from top to bottom."""
        wanted = set(lines)
        return [self.index(at, 0) for at, line in enumerate(self._visible) if line in wanted]

    def column(self, index: Index) -> Column:
        """The column of an index."""
        return self.columns[index.column()]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the form."""
        return self._columns

    # ---------------------------------------------------------------- what Qt asks

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Return the index of a cell. Qt's own would ask for both counts first, which takes four times as long."""
        if parent.isValid() or not (0 <= row < len(self._visible) and 0 <= column < len(self._columns)):
            return QModelIndex()
        return self.createIndex(row, column)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of visible lines."""
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns of the form."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be typed into; lines of the first two levels only be chosen."""
        facts = self.facts(index)
        if facts is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if facts.indicator is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            column, shown = self.column(index), self.shown
            locked = shown is not None and is_locked(shown, self.row_of(index), column)
            if not locked and is_editable(facts.indicator, column):
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return text(f"indicators.column_{self.columns[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES.get(self.columns[section], Qt.AlignmentFlag.AlignLeft) | _CENTRE
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell; the sentences of the findings as tooltip of the whole line."""
        facts = self.facts(index) if role in _ROLES else None
        if facts is None:
            return None
        column = self.column(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(facts, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            shown, row = self.shown, self.row_of(index)
            formula = formula_of(shown, row) if shown is not None and column == "score" and row >= 0 else ""
            tip = _tip(facts, locked=shown is not None and row in shown.locked)
            return "\n".join(part for part in (tip, formula) if part)
        if facts.indicator is not None:
            return signs(facts.marks) if column == "hint" else text_of(facts.indicator, column)
        return {"l3": facts.name, "points": facts.points, "score": facts.score}.get(column, "")

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emit the edit that a typed text means; the text itself is shown when the form comes back with it."""
        edit = self.meant(index, str(value)) if role == Qt.ItemDataRole.EditRole else None
        if edit is not None:
            self.edit_made.emit(edit)
        return edit is not None

    def meant(self, index: Index, words: str) -> Edit | None:
        """Return the edit that a text typed into a cell means; None where it changes nothing."""
        row, shown = self.row_of(index), self.shown
        return None if row < 0 or shown is None else typed(shown, row, self.column(index), words)

    # ---------------------------------------------------------------- from one state to the next

    def _settle(self, wanted: list[int]) -> None:
        """Bring the visible lines into a new state, telling what goes, moves and comes."""
        now = self._visible
        if now == wanted:
            return
        head, tail = _equal_ends(now, wanted)
        middle = wanted[head : len(wanted) - tail]
        kept = set(now[head : len(now) - tail]) & set(middle)
        gone = list(runs(at for at in range(head, len(now) - tail) if now[at] not in kept))
        came = list(runs(at for at in range(head, len(wanted) - tail) if wanted[at] not in kept))
        order = [line for line in middle if line in kept]
        places = {line: at for at, line in enumerate(line for line in now[head : len(now) - tail] if line in kept)}
        rising = longest_rising([places[line] for line in order])
        if len(gone) + len(came) + len(order) - len(rising) > _MANY_SIGNALS:
            self.beginResetModel()  # a view takes a while for a signal; so much change is another list
            self._visible = wanted
            self.endResetModel()
            return
        self._visible = now = list(now)
        for first, last in reversed(gone):
            self.beginRemoveRows(_ROOT, first, last)
            del now[first : last + 1]
            self.endRemoveRows()
        self._move(order, {line for line in order if places[line] in rising}, head)
        for first, last in came:
            self.beginInsertRows(_ROOT, first, last)
            now[first:first] = wanted[first : last + 1]
            self.endInsertRows()

    def _move(self, order: Sequence[int], settled: set[int], start: int) -> None:
        """Bring lines, which stand from ``start`` on, into an order; neighbours that stay so move together."""
        now = self._visible
        at = 0
        while at < len(order):
            if order[at] in settled:
                at += 1
                continue
            first = now.index(order[at])
            size = 1
            while (
                at + size < len(order)
                and order[at + size] not in settled
                and (first + size < len(now) and now[first + size] == order[at + size])
            ):
                size += 1
            # Those before it in the order stand already, so its place is behind the one before.
            place = now.index(order[at - 1]) + 1 if at else start
            if self.beginMoveRows(_ROOT, first, first + size - 1, _ROOT, place):
                block = now[first : first + size]
                del now[first : first + size]
                place -= size if first < place else 0
                now[place:place] = block
                self.endMoveRows()
            settled.update(order[at : at + size])
            at += size

    def _tell(self, lines: Collection[int]) -> None:
        """Tell of the lines that say something else, as one stretch: views ask only for what can be seen."""
        wanted = set(lines)
        places = [at for at, line in enumerate(self._visible) if line in wanted] if wanted else []
        if places:
            self.lines_changed.emit(list(lines))
            self.dataChanged.emit(self.index(places[0], 0), self.index(places[-1], len(self.columns) - 1))
        self.settled.emit()


def _tip(facts: Facts, *, locked: bool) -> str:
    if facts.indicator is not None:
        said = [f"{mark.sign} {mark.sentence}" for mark in facts.marks]
        return "\n".join([*said, text("indicators.locked_tip")] if locked else said)
    return "" if facts.standing == "fine" else text(f"indicators.{facts.standing}_tip")


def _equal_ends(now: list[int], wanted: list[int]) -> tuple[int, int]:
    """``common_ends`` of long lists of numbers."""
    head = next((at for at, (a, b) in enumerate(zip(now, wanted, strict=False)) if a != b), min(len(now), len(wanted)))
    room = min(len(now), len(wanted)) - head
    backwards = zip(reversed(now), reversed(wanted), strict=False)
    tail = next((at for at, (a, b) in enumerate(backwards) if a != b), room)
    return head, min(tail, room)
