"""The indicator tree for Qt: what its visible lines say, which of them are folded, narrowed, marked and locked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from desktop.presenters.indicator_cells import COLUMNS, Column, Shown, columns_of, is_editable, is_locked, typed
from desktop.presenters.indicator_lines import LineBook
from desktop.presenters.indicator_sight import Marks, Sight
from desktop.presenters.indicator_tree import Facts, cell_text, spoken, tip
from desktop.texts import text
from desktop.ui.models.column_sides import head_alignment
from desktop.ui.models.line_model import Index, LineModel
from forms.edits import Edit
from forms.indicators import is_sorted

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


class IndicatorModel(LineModel):
    """The indicators of one form."""

    edit_made = Signal(object)
    """Carries the ``Edit`` that typing into a cell made; the model shows it when it is shown the changed form."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS["declaration"], parent)
        self._book = LineBook()
        self._sight: Sight | None = None

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
        self._settle(sight.arranged())
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
            self._settle(sight.arranged())
            self._tell([self.line(index)])

    def fold_all(self, *, depths: Collection[int]) -> None:
        """Fold all lines of these levels, and no others."""
        if self._sight is not None:
            self._sight.fold_all(depths)
            self._settle(self._sight.arranged())
            self._tell([line for line in self._visible if line < 0])

    def places_of(self, rows: Iterable[int]) -> list[int]:
        """Where rows stand among the visible lines, from top to bottom; what hides one of them is unfolded."""
        if self._sight is None:
            return []
        count = len(self._sight.lines.ids)
        wanted = [row for row in rows if 0 <= row < count]
        places = list(map(self._sight.lines.line_of, wanted))
        if -1 in places:
            for row in wanted:
                self.unfold_row(row)
            places = list(map(self._sight.lines.line_of, wanted))
        return sorted(places)

    def unfold_row(self, row: int) -> None:
        """Bring a row into sight that is folded away or left out by the filter."""
        sight = self._sight
        if sight is not None and sight.lines.line_of(row) < 0:
            sight.reveal(row)
            self._settle(sight.arranged())
            self._tell([line for line in self._visible if line < 0])

    @property
    def is_filtered(self) -> bool:
        """Whether only some rows are shown."""
        return self._sight is not None and self._sight.is_narrowed

    @property
    def visible_rows(self) -> int:
        """How many rows are shown."""
        return 0 if self._sight is None else self._sight.lines.visible_rows

    def read_for_filter(self, most: int) -> bool:
        """Read so many rows more for ``filter``; return whether all are read, which is what it needs."""
        return self._sight is None or self._sight.read(most)

    def filter(self, words: str) -> None:
        """Show only the rows that hold all words; without words all. Rows that come or change later stay in sight."""
        if self._sight is not None:
            self._sight.narrow(words)
            self._settle(self._sight.arranged())
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

    def has_rows_at(self, places: Iterable[int], *, parents: bool = False) -> bool:
        """Whether ``rows_at`` finds any."""
        lines = (self._visible[at] for at in places)
        return self._sight is not None and self._sight.has_rows(lines, parents=parents)

    def line(self, index: Index) -> int:
        """The number that the line of an index keeps while it lives."""
        return self._visible[index.row()]

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
            above = self.facts(self.index(at, 0)) if self._visible[at] < 0 else None
            if above is not None and above.depth < depth:
                return self.index(at, 0)
        return QModelIndex()

    def column(self, index: Index) -> Column:
        """The column of an index."""
        return self.columns[index.column()]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the form."""
        return self._columns

    # ---------------------------------------------------------------- what Qt asks

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be typed into; lines of the first two levels only be chosen, and a drag of them be refused."""
        facts, shown = self.facts(index), self.shown
        if facts is None or shown is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        if facts.indicator is not None:
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
            return head_alignment(self.columns[section]) | Qt.AlignmentFlag.AlignVCenter
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
            words = "" if self.shown is None else tip(self.shown, facts, column)
            if not words or role == Qt.ItemDataRole.AccessibleDescriptionRole:
                return words
            # Plain text would stand in lines as long as they come; Qt breaks rich text, and by the rules of Chinese.
            return f"<p>{escape(words).replace(chr(10), '<br>')}</p>"
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
