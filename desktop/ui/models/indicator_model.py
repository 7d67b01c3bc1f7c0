"""The indicator tree for Qt: plain nodes inside, and the fewest signals from one state of the form to the next.

After a change of the form the model is not built anew: lines that stay keep their nodes, so that the view keeps
its cursor, selection, folds, scrolling and an open editor, through undo as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby, pairwise, takewhile
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.presenters.findings import Mark
from desktop.presenters.indicator_cells import COLUMNS, Column, Shown, is_editable, text_of, typed
from desktop.presenters.indicator_match import longest_rising, match_rows
from desktop.presenters.indicator_tree import Facts, Line, signs, tree
from desktop.texts import text
from desktop.ui.models.indicator_nodes import Node, Wanted, number

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_MANY_BREAKS = 300


class IndicatorModel(QAbstractItemModel):
    """The indicators of one form."""

    edit_made = Signal(object)
    """Carries the ``Edit`` that typing into a cell made; the model shows it when it is shown the changed form."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: Shown | None = None
        self._ids = count(1)
        self._nodes: dict[int, Node] = {}
        self._root = Node(0, Facts(("", ""), 0))

    # ---------------------------------------------------------------- what is shown

    def show(self, shown: Shown | None, marks: Mapping[int, tuple[Mark, ...]]) -> None:
        """Show another form from its beginning."""
        self.beginResetModel()
        self._nodes.clear()
        self._root = Node(0, Facts(("", ""), 0))
        self.shown = shown
        if shown is not None:
            self._grow(self._root, tree(shown.rows, shown.edition, marks))
            self._number_rows()
        self.endResetModel()

    def refresh(self, shown: Shown, marks: Mapping[int, tuple[Mark, ...]]) -> None:
        """Show the same form after a change."""
        old = self.shown
        if old is None or (old.form, old.edition.id) != (shown.form, shown.edition.id):
            self.show(shown, marks)
            return
        before = list(self.leaves())
        was = match_rows(old.rows, shown.rows)
        if _breaks(was, len(before)) > _MANY_BREAKS:
            self.show(shown, marks)  # a view takes milliseconds a signal; so much change is a new tree
            return
        leaves = [None if at is None else before[at] for at in was]
        self.shown = shown
        wanted = self._resolve(tree(shown.rows, shown.edition, marks), self._root, iter(leaves)).children
        self._arrange(self._root, wanted)
        self._clear_out(self._root, wanted)
        self._number_rows()

    def _grow(self, parent: Node, line: Line) -> None:
        for at, child in enumerate(line.children):
            node = Node(next(self._ids), child.facts)
            node.parent, node.at = parent, at
            self._nodes[node.id] = node
            parent.children.append(node)
            self._grow(node, child)

    def leaves(self) -> Iterator[Node]:
        """The nodes of the rows, in the order of the form."""
        for one in self._root.children:
            for two in one.children:
                yield from two.children

    def node(self, index: Index) -> Node | None:
        """The node of an index; None for the root and for an index whose line is gone."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def index_of(self, node: Node, column: int = 0) -> QModelIndex:
        """The index of a node."""
        return QModelIndex() if node is self._root else self.createIndex(node.at, column, node.id)

    def column(self, index: Index) -> Column:
        """The column of an index."""
        return self.columns[index.column()]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the form."""
        return COLUMNS["declaration" if self.shown is None else self.shown.form]

    # ---------------------------------------------------------------- what Qt asks

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Return the index of a child."""
        node = self.node(parent) if parent.isValid() else self._root
        if node is None or not (0 <= row < len(node.children) and 0 <= column < len(self.columns)):
            return QModelIndex()
        return self.createIndex(row, column, node.children[row].id)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is not used
        """Return the parent of an index."""
        node = self.node(index)
        return QModelIndex() if node is None or node.parent is None else self.index_of(node.parent)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Children hang on the first column only."""
        if not parent.isValid():
            return len(self._root.children)
        node = self.node(parent) if parent.column() == 0 else None
        return 0 if node is None else len(node.children)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: ARG002 - Qt's signature
        """Return the number of columns of the form."""
        return len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be typed into; lines of the first two levels only be chosen."""
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if node.facts.indicator is None:
            return flags
        flags |= Qt.ItemFlag.ItemNeverHasChildren
        if is_editable(node.facts.indicator, self.column(index)):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return text(f"indicators.column_{self.columns[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = {"number": Qt.AlignmentFlag.AlignRight, "points": Qt.AlignmentFlag.AlignRight}
            side |= {"score": Qt.AlignmentFlag.AlignRight, "sign": Qt.AlignmentFlag.AlignHCenter}
            side |= {"hint": Qt.AlignmentFlag.AlignHCenter}
            return side.get(self.columns[section], Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell; the sentences of the findings as tooltip of the whole line."""
        node = self.node(index)
        if node is None:
            return None
        column, facts = self.column(index), node.facts
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if facts.indicator is not None:
                return signs(facts.marks) if column == "hint" else text_of(facts.indicator, column)
            return {"l3": facts.name, "points": facts.points, "score": facts.score}.get(column, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            if facts.indicator is not None:
                return "\n".join(f"{mark.sign} {mark.sentence}" for mark in facts.marks)
            return "" if facts.standing == "fine" else text(f"indicators.{facts.standing}_tip")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emit the edit that a typed text means; the text itself is shown when the form comes back with it."""
        node = self.node(index)
        if node is None or node.row < 0 or role != Qt.ItemDataRole.EditRole or self.shown is None:
            return False
        edit = typed(self.shown, node.row, self.column(index), str(value))
        if edit is not None:
            self.edit_made.emit(edit)
        return edit is not None

    # ---------------------------------------------------------------- from one state to the next

    def _resolve(self, line: Line, node: Node | None, leaves: Iterator[Node | None]) -> Wanted:
        """Say which node each line is. ``leaves`` gives those of the rows, from top to bottom."""
        if line.facts.depth == 3:
            return Wanted(line, next(leaves), [])
        named: dict[str, list[Node]] = {}
        if node is not None and line.facts.depth < 2:
            for child in reversed(node.children):
                named.setdefault(child.facts.name, []).append(child)
        # The first 产出指标 of the old tree is the first one of the new, and so on.
        children = [
            self._resolve(child, same.pop() if (same := named.get(child.facts.name)) else None, leaves)
            for child in line.children
        ]
        return Wanted(line, node, children)

    def _arrange(self, parent: Node, wanted: list[Wanted]) -> None:
        """Bring the wanted children of a parent into their order. What belongs elsewhere stays between them for now."""
        ours = [one.node for one in wanted if one.node is not None and one.node.parent is parent]
        rising = longest_rising([node.at for node in ours])
        settled = {node.id for node in ours if node.at in rising}
        at = 0
        for place, one in enumerate(wanted):
            if one.node is None:
                fresh = list(takewhile(lambda other: other.node is None, wanted[place:]))
                for other, node in zip(fresh, self._insert(parent, at, [new.line.facts for new in fresh]), strict=True):
                    other.node = node
                    settled.add(node.id)
            elif one.node.id not in settled:
                self._move(one.node, parent, at)
            at = one.placed.at + 1
        self._tell_changes(wanted)
        for one in wanted:
            if one.children:
                self._arrange(one.placed, one.children)

    def _clear_out(self, parent: Node, wanted: list[Wanted]) -> None:
        """Take away the children that are not wanted; everything wanted was moved out of them before."""
        kept = {one.placed.id for one in wanted}
        for keep, run in reversed(
            [(keep, list(run)) for keep, run in groupby(parent.children, lambda n: n.id in kept)]
        ):
            if not keep:
                self._remove(parent, run[0].at, run[-1].at)
        for one in wanted:
            self._clear_out(one.placed, one.children)

    def _insert(self, parent: Node, at: int, facts: list[Facts]) -> list[Node]:
        nodes = [Node(next(self._ids), one) for one in facts]
        self.beginInsertRows(self.index_of(parent), at, at + len(nodes) - 1)
        for node in nodes:
            node.parent = parent
            self._nodes[node.id] = node
        parent.children[at:at] = nodes
        number(parent, at)
        self.endInsertRows()
        return nodes

    def _move(self, node: Node, parent: Node, at: int) -> None:
        home = node.parent or self._root
        if not self.beginMoveRows(self.index_of(home), node.at, node.at, self.index_of(parent), at):
            return  # it stands there already
        was = node.at
        del home.children[was]
        parent.children.insert(at - 1 if home is parent and was < at else at, node)
        node.parent = parent
        number(home, min(was, at) if home is parent else was)
        number(parent, min(was, at) if home is parent else at)
        self.endMoveRows()

    def _remove(self, parent: Node, first: int, last: int) -> None:
        self.beginRemoveRows(self.index_of(parent), first, last)
        going = parent.children[first : last + 1]
        del parent.children[first : last + 1]
        number(parent, first)
        while going:
            node = going.pop()
            del self._nodes[node.id]
            going += node.children
        self.endRemoveRows()

    def _tell_changes(self, wanted: list[Wanted]) -> None:
        """Give the children their new facts, and tell those that differ, neighbours together."""
        changed = [one for one in wanted if one.placed.facts != one.line.facts]
        for one in changed:
            one.placed.facts = one.line.facts
        last = len(self.columns) - 1
        # Neighbours share the difference between their place and their number in the list.
        for _, run in groupby(enumerate(changed), lambda numbered: numbered[1].placed.at - numbered[0]):
            members = [one.placed for _, one in run]
            self.dataChanged.emit(self.index_of(members[0]), self.index_of(members[-1], last))

    def _number_rows(self) -> None:
        for row, leaf in enumerate(self.leaves()):
            leaf.row = row
        for one in self._root.children:
            for two in one.children:
                two.row = two.children[0].row if two.children else -1
            one.row = next((two.row for two in one.children if two.row >= 0), -1)


def _breaks(was: Sequence[int | None], count: int) -> int:
    """How often rows that were neighbours, of ``count`` before, are so no more."""
    return sum(1 for one, other in pairwise([-1, *was, count]) if one is None or other is None or other != one + 1)
