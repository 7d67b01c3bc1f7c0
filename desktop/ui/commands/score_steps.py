"""得分 on the page of indicators: by formula, by tier; and the reason without which what was declared stays locked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu

from desktop.presenters.scoring_steps import tier_edit
from desktop.texts import text
from desktop.ui.commands.indicator_actions import IndicatorActions
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_view import IndicatorView
from forms.cycle.evaluate import scoring_edit, unlocking
from forms.scoring import TIERS

ACTIONS = ("score", "tier", "adjust")


class ScoreSteps(QObject):
    """Steps on the scores of the evaluation that is shown; a declaration has none."""

    edit_made = Signal(object)
    said = Signal(str)

    def __init__(self, model: IndicatorModel, view: IndicatorView, actions: IndicatorActions) -> None:
        super().__init__(view)
        self._model, self._view, self._actions = model, view, actions
        actions.connect({"score": self.by_formula, "adjust": self.adjust})
        menu = actions["tier"].menu()
        if isinstance(menu, QMenu):
            menu.aboutToShow.connect(self._fill)
        model.settled.connect(self._show)
        self._show()

    def _show(self) -> None:
        shown = self._model.shown
        for name in ACTIONS:
            self._actions[name].setVisible(shown is not None and shown.form == "evaluation")

    def by_formula(self) -> None:
        """Fill every blank score that the formula gives."""
        self._view.commit()
        shown = self._model.shown
        if shown is not None and shown.evaluation is not None:
            edit, count = scoring_edit(shown.evaluation, shown.edition)
            if count:
                self.edit_made.emit(edit)
            self.said.emit(text("indicators.scored", count=count))

    def choose(self, tier: str) -> None:
        """Give the chosen rows a tier."""
        self._view.commit()
        shown = self._model.shown
        if shown is not None and shown.evaluation is not None:
            edit = tier_edit(shown, self._view.selected_rows(), tier)
            if not edit.is_empty:
                self.edit_made.emit(edit)

    def adjust(self) -> None:
        """Ask why a declared row is to be changed; with the reason on record it can be."""
        self._view.commit()
        shown, rows = self._model.shown, self._view.selected_rows()
        if shown is None or shown.evaluation is None or not rows:
            return
        if rows[0] not in shown.locked:
            self.said.emit(text("indicators.not_locked"))
            return
        question = text("indicators.adjust_ask", name=shown.rows[rows[0]].l3)
        title = self._actions["adjust"].iconText()
        reason, accepted = QInputDialog.getMultiLineText(self._view, title, question)
        if accepted and reason.strip():
            self.edit_made.emit(unlocking(shown.evaluation, rows[0], reason))
            self.said.emit(text("indicators.adjusted"))

    def _fill(self) -> None:
        entries = [(tier, partial(self.choose, tier)) for tier in TIERS]
        self._actions.fill("tier", [*entries, (text("indicators.no_tier"), partial(self.choose, ""))])
