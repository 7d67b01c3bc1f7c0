"""What can be done with indicators: each step makes an edit of the chosen lines and says where the cursor goes then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QModelIndex, QObject, Signal

from desktop.presenters.indicator_cells import MID_TERM
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_view import IndicatorView
from forms.documents import FormKind
from forms.edits import Edit
from forms.indicators import (
    Levels,
    Rows,
    assign,
    change_cell,
    delete,
    duplicate,
    insert_after,
    insert_under,
    move,
    place_for,
    put_at,
    put_copies,
    sort_rows,
    split_target,
)
from forms.value_suggestions import Suggestion

Operation = Callable[[FormKind, Rows, list[int]], Edit]


class IndicatorSteps(QObject):
    """The steps, on the lines chosen in a view. What is being typed is handed over first."""

    edit_made = Signal(object)

    def __init__(self, model: IndicatorModel, view: IndicatorView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._then: int | None = None

    def take_then(self) -> int | None:
        """The row to go to now that the edit is shown; asked once."""
        then, self._then = self._then, None
        return then

    def add(self, index: QModelIndex) -> None:
        """Add a row behind a row, or under a 二级指标."""
        self._view.commit()
        facts, shown = self._model.facts(index), self._model.shown
        if facts is None or shown is None or facts.depth < 2:
            return
        # Under a 二级指标 it goes behind that one's own last row, even where the same levels stand elsewhere too.
        if facts.rows:
            self._do(insert_after(shown.form, shown.rows, facts.rows[-1]), facts.rows[-1] + 1)
        else:
            self.add_levels(facts.levels)

    def add_levels(self, levels: Levels) -> None:
        """Add a row of a 二级指标, where the edition has it."""
        self._view.commit()
        shown = self._model.shown
        if shown is not None:
            place = place_for(shown.rows, shown.edition, levels)
            self._do(insert_under(shown.form, shown.rows, shown.edition, levels), place)

    def drop(self, index: QModelIndex) -> None:
        """Take one row out."""
        facts, shown = self._model.facts(index), self._model.shown
        if facts is not None and shown is not None and facts.rows:
            self._do(delete(shown.form, shown.rows, facts.rows))

    def delete(self) -> None:
        """Take the chosen rows out."""
        self._on_rows(delete, parents=True)

    def duplicate(self) -> None:
        """Copy the chosen rows."""
        self._on_rows(duplicate)

    def move(self, step: Literal[-1, 1]) -> None:
        """Move the chosen rows up or down."""
        self._on_rows(lambda form, rows, chosen: move(form, rows, chosen, step))

    def assign(self, levels: Levels) -> None:
        """Move the chosen rows under another 二级指标."""
        shown = self._model.shown
        if shown is not None:
            self._on_rows(
                lambda form, rows, chosen: assign(form, rows, shown.edition, chosen, levels),
                parents=True,
            )

    def put(self, rows: list[int], levels: Levels, at: int, *, copies: bool = False) -> None:
        """Move rows in before row ``at``, or copy them there, under a 二级指标; -1: where the edition has them."""
        self._view.commit()
        shown = self._model.shown
        if shown is None or not rows:
            return
        if copies:
            at = place_for(shown.rows, shown.edition, levels) if at < 0 else at
            self._do(put_copies(shown.form, shown.rows, rows, levels, at), at)
        elif at < 0:
            self._do(assign(shown.form, shown.rows, shown.edition, rows, levels))
        else:
            self._do(put_at(shown.form, shown.rows, rows, levels, at))

    def sort(self) -> None:
        """Bring all rows into the edition's order."""
        self._view.commit()
        shown = self._model.shown
        if shown is not None:
            self._do(sort_rows(shown.form, shown.rows, shown.edition))

    def accept(self, offer: Suggestion | None) -> None:
        """Write what was offered for the value of the row at hand."""
        self._view.commit()
        index, shown = self._view.currentIndex(), self._model.shown
        row = self._model.row_of(index)
        if row < 0 or shown is None or offer is None:
            return
        if self._model.column(index) in MID_TERM:
            self._do(change_cell(shown.form, shown.rows, row, "mid_target", offer.texts[0]))
        else:
            self._do(split_target(shown.form, shown.rows, row, offer.texts))

    def _on_rows(self, operation: Operation, *, parents: bool = False) -> None:
        self._view.commit()
        shown, rows = self._model.shown, self._view.selected_rows(parents=parents)
        if shown is not None and rows:
            self._do(operation(shown.form, shown.rows, rows))

    def _do(self, edit: Edit, then: int | None = None) -> None:
        if not edit.is_empty:
            self._then = then
            self.edit_made.emit(edit)
