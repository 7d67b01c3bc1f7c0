"""The dialog of paste and import: what each column means, what becomes of each row, before anything happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QTableView,
    QWidget,
)

from desktop.exchange.tables import Table
from desktop.presenters.table_plan import MODES
from desktop.presenters.table_preview import Choice, Outcome, first_choice, level_choices, outcome
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons, stacked
from desktop.ui.jobs import Jobs
from desktop.ui.models.preview_model import PreviewModel
from desktop.ui.theme import GRID, colours, give_size
from desktop.ui.turns import PaintTurn
from desktop.ui.widgets.row_numbers import RowNumbers

_AT_ONCE = 150
"""Rows up to which what becomes of them is told at once; more are looked through aside."""
_FRAME_MS = 20


class TablePreviewDialog(QDialog):
    """Asks how a table is to be taken in."""

    decided = Signal(object)
    """Carries the ``Edit``; the dialog closes after it was made, so that nothing can be done in between."""

    def __init__(
        self,
        choice: Choice,
        sheets: Sequence[tuple[str, Table]],
        jobs: Jobs | None,
        parent: QWidget | None = None,
    ) -> None:
        """Show the first of the sheets, and what was chosen for it."""
        super().__init__(parent)
        self.choice = choice
        self._shown, self._sheets, self._jobs, self._act = choice.shown, sheets, jobs, choice.act
        self._levels = level_choices(choice.shown)
        self.outcome: Outcome | None = None
        self._turn = PaintTurn(self)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._show_choice()

    # ---------------------------------------------------------------- the widgets

    def _make_widgets(self) -> None:
        self.setWindowTitle(text("tables.preview_title", act=self._act))
        self.sheet = QComboBox(self)
        self.sheet.addItems([name for name, _ in self._sheets])
        self.mode = QComboBox(self)
        self.mode.addItems([text(f"tables.mode_{mode}") for mode in MODES])
        self.home = QComboBox(self)
        self.home.addItems([text("indicators.levels", l1=l1, l2=l2) for l1, l2 in self._levels])
        if self.choice.home in self._levels:
            self.home.setCurrentIndex(self._levels.index(self.choice.home))
        self.notes = QLabel(self)
        self.notes.setWordWrap(True)
        self.notes.setStyleSheet(f"color: {colours().confirm.name()}")
        self.model = PreviewModel(self)
        self.view = QTableView(self)
        self.view.setVerticalHeader(RowNumbers(self.view))
        self.view.setModel(self.model)
        self.view.setAccessibleName(text("tables.preview_name"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.horizontalHeader().setSectionsClickable(True)
        self.view.horizontalHeader().setHighlightSections(False)
        self.meaning = QComboBox(self)
        self.meaning.addItems([text(f"tables.meaning_{one}") for one in self.choice.meanings])
        self.meaning.setMinimumContentsLength(14)
        self.detail = QLabel(self)
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons, self.take = act_buttons(self, self._act)

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setSpacing(2 * GRID)
        self.form.addRow(text("tables.sheet"), self.sheet)
        self.form.setRowVisible(self.sheet, len(self._sheets) > 1)
        self.form.addRow(text("tables.mode"), self.mode)
        self.form.addRow(text("tables.home"), self.home)
        column = QHBoxLayout()
        label = QLabel(text("tables.meaning"), self)
        label.setBuddy(self.meaning)
        column.addWidget(label)
        column.addWidget(self.meaning)
        column.addStretch(1)
        layout = stacked(self, 2 * GRID)
        layout.addLayout(self.form)
        layout.addWidget(self.notes)
        layout.addLayout(column)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.summary)
        layout.addWidget(self.buttons)
        give_size(self, 220 * GRID, 140 * GRID)

    def _connect(self) -> None:
        self.sheet.currentIndexChanged.connect(self._take_sheet)
        self.mode.activated.connect(lambda at: self._choose(replace(self.choice, mode=MODES[at])))
        self.home.activated.connect(lambda at: self._choose(replace(self.choice, home=self._levels[at])))
        self.meaning.activated.connect(self._take_meaning)
        self.view.horizontalHeader().sectionClicked.connect(self._open_menu)
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._show_meaning())
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._show_detail())

    # ---------------------------------------------------------------- choosing

    def _take_sheet(self, at: int) -> None:
        home = self.choice.home
        self.choice = first_choice(self._shown, self._sheets[at][1], home, self._act)
        self._show_choice()

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self._show_choice()

    @property
    def column(self) -> int:
        """The column of the table at hand."""
        return max(self.view.currentIndex().column() - 1, 0)

    def _take_meaning(self, at: int) -> None:
        self._choose(self.choice.with_meaning(self.column, self.choice.meanings[at]))

    def _open_menu(self, section: int) -> None:
        """Offer the meanings of a column at its heading."""
        if section == 0:
            return
        self.view.setCurrentIndex(self.model.index(self.view.rowAt(0), section))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, meaning in enumerate(self.choice.meanings):
            action = menu.addAction(text(f"tables.meaning_{meaning}"))
            action.setCheckable(True)
            action.setChecked(self.choice.mapping.columns[section - 1] == meaning)
            action.triggered.connect(partial(self._take_meaning, at))
        header = self.view.horizontalHeader()
        menu.popup(header.mapToGlobal(QPoint(header.sectionViewportPosition(section), header.height())))

    # ---------------------------------------------------------------- showing

    def _show_choice(self) -> None:
        choice = self.choice
        fresh = self.model.rowCount() == 0 or self.model.columnCount() != choice.table.width + 1
        self.model.show(choice)
        if fresh:
            self._fit_columns()
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(min(choice.mapping.first, self.model.rowCount() - 1), 1))
        self.form.setRowVisible(self.home, choice.needs_home)
        self.notes.setText("\n".join(choice.table.notes))
        self.notes.setVisible(bool(choice.table.notes))
        self._show_meaning()
        self.take.setEnabled(False)
        self.summary.setText(text("tables.looking"))
        if self._jobs is None or len(choice.table.rows) <= _AT_ONCE:
            self._show_outcome(outcome(choice))
        else:
            self._jobs.submit("preview", lambda _job: (choice, outcome(choice)), self._arrived, asker=self)

    def _arrived(self, found: tuple[Choice, Outcome]) -> None:
        if found[0] is self.choice and self.isVisible():
            self._show_outcome(found[1])

    def _show_outcome(self, found: Outcome) -> None:
        self.outcome = found
        self.model.show_outcome(found)
        self.mode.setCurrentIndex(MODES.index(found.mode))
        self._show_detail()
        plan = found.plan
        self.summary.setText(text("tables.list_stop").join(one for one in (plan.summary, plan.trouble) if one))
        self.take.setEnabled(plan.edit is not None)

    def _show_detail(self) -> None:
        """Tell in full what becomes of the row at hand."""
        row = self.view.currentIndex().row()
        fate = self.model.index(row, 0).data() or ""
        self.detail.setText(text("tables.detail", row=row + 1, fate=fate) if fate else "")

    def _show_meaning(self) -> None:
        meaning = self.choice.mapping.columns[self.column] if self.choice.mapping.columns else "skip"
        self.meaning.setCurrentIndex(self.choice.meanings.index(meaning))

    def _fit_columns(self) -> None:
        self.view.setColumnWidth(0, 72 * GRID)
        some, em = self.choice.table.rows[:100], self.view.fontMetrics().averageCharWidth() * 2
        for at in range(self.choice.table.width):
            longest = max((len(row[at]) for row in some), default=0)
            self.view.setColumnWidth(at + 1, max(22 * GRID, min(longest + 2, 18) * em))

    # ---------------------------------------------------------------- the end

    def accept(self) -> None:
        """Hand over what was decided, and close when that is drawn: both at once would take too long."""
        edit = None if self.outcome is None else self.outcome.plan.edit
        if edit is not None:
            self.outcome = None  # decided once
            self.decided.emit(edit)
            QTimer.singleShot(_FRAME_MS, self, super().accept)
