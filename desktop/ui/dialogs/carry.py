"""The dialog of 带入新年度: year and edition, what comes along, and every change on the way with a box to tick."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.presenters.carrying import CarryOver, MoveLine, move_lines, results
from desktop.presenters.new_project import edition_line
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons
from desktop.ui.theme import GRID, colours, give_size
from forms.cycle.carry import Choice, Plan
from forms.documents import Project
from forms.edition import Edition

_LINE = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_PARTS = ("fields", "funds", "goals", "narrative")
_INDICATORS: tuple[Literal["values", "names", "none"], ...] = ("values", "names", "none")
_MOST_LINES = 2000
"""So many changes are listed; further ones are made as they are proposed."""


class CarryDialog(QDialog):
    """Asks how projects come into another year; ``made`` gives them after ``exec``."""

    def __init__(self, carry: CarryOver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._carry = carry
        self._editions: tuple[Edition, ...] = ()
        self.plans: tuple[Plan, ...] = ()
        self.setWindowTitle(text("carrying.title"))
        self.intro = QLabel(self)
        self.intro.setWordWrap(True)
        said = text("carrying.intro", count=len(carry.projects))
        if carry.without:
            said += text("carrying.left_out", names="、".join(carry.without))
        self.intro.setText(said)
        self.year = QComboBox(self)
        self.year.addItems([str(year) for year in carry.years])
        self.edition = QComboBox(self)
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setStyleSheet(f"color: {colours().confirm.name()}")
        self.parts = {name: QCheckBox(text(f"carrying.{name}"), self) for name in _PARTS}
        for box in self.parts.values():
            box.setChecked(True)
        self.indicators = QComboBox(self)
        self.indicators.addItems([text(f"carrying.{name}") for name in _INDICATORS])
        self.moves = QTreeWidget(self)
        self.moves.setHeaderLabels(text("carrying.columns").split("|"))
        self.moves.setAccessibleName(text("carrying.moves"))
        self.moves.setRootIsDecorated(False)
        self.moves.setIndentation(3 * GRID)
        self.buttons, self.accept_button = act_buttons(self, text("carrying.do"))
        self._lay_out()
        self.year.currentIndexChanged.connect(self._offer)
        self.edition.currentIndexChanged.connect(self._plan)
        self.indicators.currentIndexChanged.connect(self._plan)
        for box in self.parts.values():
            box.toggled.connect(self._plan)
        self._offer()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(2 * GRID)
        form.addRow(text("carrying.year"), self.year)
        form.addRow(text("carrying.edition"), self.edition)
        form.addRow("", self.hint)
        parts = QHBoxLayout()
        parts.setSpacing(4 * GRID)
        for box in self.parts.values():
            parts.addWidget(box)
        parts.addWidget(self.indicators, 1)
        form.addRow(text("carrying.what"), parts)
        label = QLabel(text("carrying.moves"), self)
        label.setBuddy(self.moves)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.intro)
        layout.addLayout(form)
        layout.addWidget(label)
        layout.addWidget(self.moves, 1)
        layout.addWidget(self.buttons)
        header = self.moves.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        give_size(self, 190 * GRID, 150 * GRID)

    # ---------------------------------------------------------------- what is chosen

    @property
    def choice(self) -> Choice:
        """What comes along."""
        return Choice(
            fields=self.parts["fields"].isChecked(),
            funds=self.parts["funds"].isChecked(),
            goals=self.parts["goals"].isChecked(),
            narrative=self.parts["narrative"].isChecked(),
            indicators=_INDICATORS[self.indicators.currentIndex()],
        )

    def made(self) -> list[Project]:
        """Return the new projects."""
        lines = move_lines(self.plans)
        listed = [_line(item) for item in self._items()]
        chosen = [_line(item) for item in self._items() if item.checkState(0) is _ON]
        return results(self.plans, [*chosen, *(one for one in lines[len(listed) :] if one.move.certain)])

    # ---------------------------------------------------------------- showing

    def _offer(self) -> None:
        found = self._carry.offer(int(self.year.currentText()))
        self._editions = found.editions
        self.hint.setText(found.hint)
        self.hint.setVisible(bool(found.hint))
        self.edition.blockSignals(True)  # noqa: FBT003 - Qt's own name
        self.edition.clear()
        self.edition.addItems([edition_line(one) for one in found.editions])
        self.edition.blockSignals(False)  # noqa: FBT003 - Qt's own name
        self._plan()

    def _plan(self) -> None:
        at = self.edition.currentIndex()
        self.accept_button.setEnabled(at >= 0)
        self.plans = ()
        if at >= 0:
            self.plans = self._carry.plans(self._editions[at], int(self.year.currentText()), self.choice)
        self._list(move_lines(self.plans)[:_MOST_LINES])

    def _list(self, lines: tuple[MoveLine, ...]) -> None:
        self.moves.clear()
        heads: dict[tuple[int, str], QTreeWidgetItem] = {}
        for line in lines:
            kind = line.move.kind if line.move.certain else "proposed"
            words = text("carrying.proposed" if kind == "proposed" else f"carrying.kind_{kind}")
            head = heads.get((line.at, kind))
            if head is None:
                name = f"{line.project}：{words}" if len(self.plans) > 1 else words
                head = heads[line.at, kind] = QTreeWidgetItem(self.moves, [name])
                head.setFirstColumnSpanned(True)
                head.setExpanded(True)
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = QTreeWidgetItem(head, [line.where, line.old, line.new])
            item.setData(0, _LINE, line)
            item.setCheckState(0, _ON if line.move.certain else _OFF)
            for column, shown in enumerate((line.where, line.old, line.new)):
                item.setToolTip(column, shown)
        if not lines:
            nothing = QTreeWidgetItem(self.moves, [text("carrying.no_moves")])
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            nothing.setFirstColumnSpanned(True)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for at in range(self.moves.topLevelItemCount()):
            head = self.moves.topLevelItem(at)
            children = [] if head is None else [head.child(n) for n in range(head.childCount())]
            yield from (item for item in children if item is not None)


def _line(item: QTreeWidgetItem) -> MoveLine:
    line: MoveLine = item.data(0, _LINE)
    return line
