"""What is told of the cell at hand on the page of indicators: to the window, to the line beneath, to the menus."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.presenters.indicator_cells import MID_TERM, suggestions
from desktop.presenters.indicator_places import path_of
from desktop.ui.commands.indicator_menus import IndicatorMenus
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_line import IndicatorLine
from desktop.ui.widgets.indicator_view import IndicatorView
from desktop.ui.widgets.usual_values import UsualValues


class RowTeller(QObject):
    """Follows the cursor of a view."""

    path_focused = Signal(str)

    def __init__(
        self,
        model: IndicatorModel,
        view: IndicatorView,
        line: IndicatorLine,
        usual: UsualValues,
        menus: IndicatorMenus,
    ) -> None:
        super().__init__(view)
        self._model, self._view, self._line, self._usual, self._menus = model, view, line, usual, menus
        self._told = ""
        self.busy = False
        """While lines come and go, rows and lines do not agree: nothing is told."""
        view.moved_to.connect(self.tell)
        view.selectionModel().selectionChanged.connect(lambda _new, _old: self._enable())
        usual.learned.connect(self._show_usual)

    def tell(self) -> None:
        """Tell of the cell at hand."""
        self._told = ""
        self.follow()

    def follow(self) -> None:
        """As ``tell`` after a change: of a cell that is still where it was the window knows."""
        if self.busy:
            return
        self.tell_line()
        self._menus.enable()
        index = self._view.currentIndex()
        path = path_of(self._model.shown, self._model.facts(index), self._model.column(index))
        if path != self._told or not path:
            self._told = path
            self.path_focused.emit(path)

    def tell_line(self) -> None:
        """Tell in the line beneath what was found about the row at hand, and what its value could be."""
        index, shown = self._view.currentIndex(), self._model.shown
        facts = self._model.facts(index)
        if facts is None or facts.indicator is None or shown is None:
            self._line.show_row((), ())
            return
        mid_term = self._model.column(index) in MID_TERM
        offers = suggestions(shown, facts.row, mid_term=mid_term)
        if not offers and not mid_term:
            offers = self._usual.look_up(shown, facts.row)
        self._line.show_row(facts.marks, offers)

    def _show_usual(self) -> None:
        self._view.viewport().update()
        self.tell()

    def _enable(self) -> None:
        if not self.busy:
            self._menus.enable()
