"""The menus of the page of indicators: what can be chosen in them, and which actions are possible at the moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QMenu

from desktop.texts import text
from desktop.ui.commands.indicator_actions import IndicatorActions
from desktop.ui.commands.indicator_steps import IndicatorSteps
from desktop.ui.commands.weight_steps import WeightSteps
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_line import IndicatorLine, written
from desktop.ui.widgets.indicator_view import IndicatorView
from forms.documents import clean_text
from forms.indicators import Levels


class IndicatorMenus(QObject):
    """Fills menus when they are opened, and switches actions on and off."""

    def __init__(
        self,
        model: IndicatorModel,
        view: IndicatorView,
        line: IndicatorLine,
        actions: IndicatorActions,
        *,
        has_library: bool,
    ) -> None:
        super().__init__(view)
        self._model, self._view, self._line, self._actions = model, view, line, actions
        self._has_library = has_library
        self._states: dict[str, bool] = {}
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open)

    def serve(self, steps: IndicatorSteps, weights: WeightSteps) -> None:
        """Say what the entries of the menus do."""
        actions, line = self._actions, self._line
        fills: dict[str, Callable[[], None]] = {
            "add_level": lambda: self._fill_levels("add_level", steps.add_levels, absent_only=True),
            "assign": lambda: self._fill_levels("assign", steps.assign, absent_only=False),
            "accept_one": lambda: actions.fill(
                "accept_one", [(f"{written(one)}　{one.reason}", partial(steps.accept, one)) for one in line.offers]
            ),
            "preset": lambda: actions.fill("preset", weights.presets()),
        }
        for name, fill in fills.items():
            menu = actions[name].menu()
            if isinstance(menu, QMenu):
                menu.aboutToShow.connect(fill)

    def enable(self) -> None:
        """Switch each action on or off, as what is chosen allows."""
        shown, facts = self._model.shown, self._view.facts(self._view.currentIndex())
        rows, beneath = self._view.selects_rows(), self._view.selects_rows(parents=True)
        self._set(
            add=facts is not None and facts.depth > 1,
            add_level=shown is not None,
            duplicate=rows,
            delete=beneath,
            up=rows,
            down=rows,
            assign=beneath,
            whole=rows,
            copy=beneath,
            keep=beneath and self._has_library,
            library=self._has_library,
            cut=beneath,
            paste=shown is not None,
            import_table=shown is not None,
            edit=bool(self._model.flags(self._view.currentIndex()) & Qt.ItemFlag.ItemIsEditable),
            lock=rows,
            copy_to=beneath,
            accept=self._line.offered is not None,
            accept_one=len(self._line.offers) > 1,
            sort=not self._model.is_sorted,
        )

    def _set(self, **states: bool) -> None:
        if states != self._states:  # asked at each step of the cursor
            self._states = states
            self._actions.enable(**states)

    def _fill_levels(self, name: str, act: Callable[[Levels], None], *, absent_only: bool) -> None:
        shown = self._model.shown
        if shown is None:
            return
        there = dict.fromkeys((row.l1, row.l2) for row in shown.rows)
        entries: list[tuple[str, Callable[[], None]]] = []
        for one in shown.edition.taxonomy:
            known = [(one.name, two.name) for two in one.l2]
            own = [pair for pair in there if one.open and pair[0] == one.name and pair not in known]
            entries += [
                (text("indicators.levels", l1=l1, l2=l2), partial(act, (l1, l2)))
                for l1, l2 in (*known, *own)
                if not (absent_only and (l1, l2) in there)
            ]
            if one.open:
                entries.append((text("indicators.own_level", l1=one.name), partial(self._own_level, one.name, act)))
        self._actions.fill(name, entries)

    def _own_level(self, l1: str, act: Callable[[Levels], None]) -> None:
        """Ask for the name of a 二级指标 of the clerk's own."""
        title, question = text("indicators.own_level_title"), text("indicators.own_level_name", l1=l1)
        name, accepted = QInputDialog.getText(self._view, title, question)
        if accepted and name.strip():
            act((l1, clean_text(name).strip()))

    def _open(self, place: QPoint) -> None:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._actions.in_order)
        menu.popup(self._view.viewport().mapToGlobal(place))
