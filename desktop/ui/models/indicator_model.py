"""The indicator tree for Qt: a table of its visible lines, and few signals from one state of the form to the next.

A tree of thousands of rows is laid out anew by Qt at every change, a table is not; so folding and filtering are done
here, by lines that come and go. After a change lines that stay keep their indexes, so that the view keeps its cursor,
selection, scrolling and an open editor, through undo as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.presenters.indicator_cells import COLUMNS, Column, Shown, columns_of, is_editable, is_locked, typed
from desktop.presenters.indicator_lines import LineBook
from desktop.presenters.indicator_sight import Marks, Sight
from desktop.presenters.indicator_tree import Facts, cell_text, spoken, tip
from desktop.presenters.line_steps import Gone, LineStep, Moved, line_steps
from desktop.texts import text
from desktop.ui.models.column_sides import alignment
from forms.documents import Indicator
from forms.edits import Edit
from forms.indicators import is_sorted

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


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
        self._sight: Sight | None = None
        self._columns = COLUMNS["declaration"]
        self._visible: list[int] = []
        """The lines as Qt knows them at this moment: between two states some have not come yet."""

    # ---------------------------------------------------------------- what is shown

    @property
    def shown(self) -> Shown | None:
        """The form; None where there is none."""
        return None if self._sight is None else self._sight.shown

    def show(self, shown: Shown | None, marks: Marks) -> None:
        """Show another form from its beginning. ``marks`` are those of its rows."""
        self.beginResetModel()
        self._sight = None if shown is None else Sight(self._book, shown, marks)
        self._columns = COLUMNS["declaration"] if shown is None else columns_of(shown)
        self._visible = [] if self._sight is None else self._sight.arranged()
        self.endResetModel()
        self.settled.emit()

    def refresh(self, shown: Shown, marks: Marks | None = None) -> None:
        """Show the same form after a change. Without ``marks`` the rows keep those they have."""
        sight = self._sight
        if sight is None or (sight.shown.form, sight.shown.edition.id) != (shown.form, shown.edition.id):
            self.show(shown, marks or {})
            return
        changed = sight.follow(shown, marks)
        self._settle(sight)
        self._tell(changed)

    def mark(self, marks: Marks) -> None:
        """Show what was found about the form as it is."""
        if self._sight is not None:
            self._repaint(self._sight.mark(marks))

    # ---------------------------------------------------------------- folding and filtering

    def is_folded(self, index: Index) -> bool:
        """Whether the lines beneath one of the first two levels are folded away."""
        return self._sight is not None and index.isValid() and self._sight.is_folded(self.line(index))

    def fold(self, index: Index, *, folded: bool = True) -> None:
        """Fold the lines beneath one of the first two levels away, or show them again."""
        facts, sight = self.facts(index), self._sight
        if sight is not None and facts is not None and facts.depth < 3:
            sight.fold(self.line(index), folded=folded)
            self._settle(sight)
            self._tell([self.line(index)])

    def fold_all(self, *, depths: Collection[int]) -> None:
        """Fold all lines of these levels, and no others."""
        if self._sight is not None:
            self._sight.fold_all(depths)
            self._settle(self._sight)
            self._tell(self._visible)

    def unfold_row(self, row: int) -> None:
        """Bring a row into sight that is folded away or left out by the filter."""
        sight = self._sight
        if sight is not None and sight.lines.line_of(row) < 0:
            sight.reveal(row)
            self._settle(sight)
            self._tell([line for line in self._visible if line < 0])

    @property
    def is_filtered(self) -> bool:
        """Whether only some rows are shown."""
        return self._sight is not None and self._sight.is_narrowed

    @property
    def visible_rows(self) -> int:
        """How many rows are shown."""
        return sum(1 for line in self._visible if line > 0)

    def filter(self, wanted: Callable[[Indicator], bool] | None) -> None:
        """Show only the rows wanted, with their heads; None: all. Rows that come or change later stay in sight."""
        if self._sight is not None:
            self._sight.narrow(wanted)
            self._settle(self._sight)
        self.settled.emit()

    # ---------------------------------------------------------------- locked points

    def lock(self, rows: Collection[int]) -> None:
        """Lock the points of rows, or unlock them where all of them are locked."""
        self._tell([] if self._sight is None else self._sight.lock(rows))

    def locked_rows(self) -> set[int]:
        """The rows whose points are locked."""
        return set() if self._sight is None else self._sight.locked_rows()

    # ---------------------------------------------------------------- lines

    def facts(self, index: Index) -> Facts | None:
        """What a line says; None for an index whose line is gone."""
        at = index.row()
        return None if self._sight is None or not 0 <= at < len(self._visible) else self._sight.facts(self._visible[at])

    def rows_at(self, places: Iterable[int], *, parents: bool = False) -> list[int]:
        """The rows that visible lines are; with ``parents`` those beneath lines of the first two levels, too."""
        lines = [self._visible[at] for at in places]
        return [] if self._sight is None else self._sight.rows_of(lines, parents=parents)

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
        sight = self._sight
        return sight is None or is_sorted(sight.shown.edition, sight.lines.tree)

    def row_index(self, row: int, column: int = 0) -> QModelIndex:
        """The index of a row; an invalid one where it is folded away or left out."""
        sight = self._sight
        if sight is None or not 0 <= row < len(sight.lines.ids):
            return QModelIndex()
        return self.index(sight.lines.line_of(row), column)

    def head_index(self, row: int, depth: int) -> QModelIndex:
        """The index of the 一级 or 二级指标 above a row; an invalid one where it is folded away."""
        line = 0 if self._sight is None else self._sight.head_line(row, depth)
        return next(iter(self.indexes_of([line])), QModelIndex())

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
        facts, shown = self.facts(index), self.shown
        if facts is None or shown is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if facts.indicator is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            column = self.column(index)
            if is_editable(facts.indicator, column) and not is_locked(shown, facts.row, column):
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return text(f"indicators.column_{self.columns[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section]) | Qt.AlignmentFlag.AlignVCenter
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
            return "" if self.shown is None else tip(self.shown, facts, column)
        return cell_text(facts, column)

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

    def _settle(self, sight: Sight) -> None:
        """Bring the visible lines into a new state, telling what goes, moves and comes."""
        wanted = sight.arranged()
        if self._visible == wanted:
            return
        steps = line_steps(self._visible, wanted)
        if steps is None:
            self.beginResetModel()
            self._visible = wanted
            self.endResetModel()
            return
        self._visible = list(self._visible)
        for step in steps:
            begin, end = self._telling(step)
            begin()
            step.apply(self._visible)
            end()

    def _telling(self, step: LineStep) -> tuple[Callable[[], object], Callable[[], None]]:
        """What tells Qt of a step before and after it."""
        if isinstance(step, Gone):
            return partial(self.beginRemoveRows, _ROOT, step.first, step.last), self.endRemoveRows
        if isinstance(step, Moved):
            return partial(self.beginMoveRows, _ROOT, step.first, step.last, _ROOT, step.place), self.endMoveRows
        return partial(self.beginInsertRows, _ROOT, step.first, step.first + len(step.lines) - 1), self.endInsertRows

    def _tell(self, lines: Collection[int]) -> None:
        """Tell of the lines that say something else, and that all was told."""
        if lines:
            self.lines_changed.emit(list(lines))
            self._repaint(lines)
        self.settled.emit()

    def _repaint(self, lines: Collection[int]) -> None:
        """Have lines drawn anew, as one stretch: views ask only for what can be seen."""
        wanted = set(lines)
        places = [at for at, line in enumerate(self._visible) if line in wanted] if wanted else []
        if places:
            self.dataChanged.emit(self.index(places[0], 0), self.index(places[-1], len(self.columns) - 1))
