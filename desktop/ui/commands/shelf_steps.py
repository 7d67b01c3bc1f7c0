"""Rows of the page of indicators that go elsewhere or come from there: libraries, another project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.presenters.own_library import OwnRow, add_to_form, kept_from
from desktop.texts import text
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_view import IndicatorView

if TYPE_CHECKING:
    from desktop.ui.librarian import Librarian


class ShelfSteps(QObject):
    """Acts on the rows chosen in a view."""

    edit_made = Signal(object)
    said = Signal(str)
    copying_wanted = Signal(str, list)
    """Rows are wanted in another project, too: the kind of the form, and the rows."""

    def __init__(self, model: IndicatorModel, view: IndicatorView, librarian: Librarian | None) -> None:
        super().__init__(view)
        self._model, self._view, self._librarian = model, view, librarian

    def add(self, picked: Sequence[OwnRow]) -> None:
        """Add rows of a library to the form that is shown."""
        self._view.commit()
        shown = self._model.shown
        if shown is not None:
            edit, count = add_to_form(shown, picked)
            if count:
                self.edit_made.emit(edit)
            self.said.emit(text("library.added", count=count, passed=len(picked) - count))

    def keep(self) -> None:
        """Take the chosen rows into the unit's own library."""
        self._view.commit()
        shown = self._model.shown
        if shown is None or self._librarian is None:
            return
        rows = kept_from(shown, self._view.selected_rows(parents=True))
        if rows:
            self._librarian.add_own(rows)
        self.said.emit(text("library.kept", count=len(rows)) if rows else text("library.none_kept"))

    def copy_to(self) -> None:
        """Want the chosen rows in another project, too."""
        self._view.commit()
        shown = self._model.shown
        if shown is not None:
            self.copying_wanted.emit(shown.form, [shown.rows[row] for row in self._view.selected_rows(parents=True)])
