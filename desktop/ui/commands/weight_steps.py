"""分值 on the page of indicators: the line that tells of it, and the steps that give points."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.presenters import weighing
from desktop.ui.commands.indicator_actions import IndicatorActions
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_view import IndicatorView
from desktop.ui.widgets.weight_line import WeightLine
from forms.documents import Evaluation, Project
from forms.edition import Edition, WeightPreset
from forms.edits import Edit

ACTIONS = ("evenly", "proportion", "preset", "lock")


class WeightSteps(QObject):
    """Steps on the points of the evaluation that is shown; a declaration has none, and the line is hidden."""

    edit_made = Signal(object)

    def __init__(self, model: IndicatorModel, view: IndicatorView, actions: IndicatorActions) -> None:
        super().__init__(view)
        self._model, self._view, self._actions = model, view, actions
        self._evaluation: Evaluation | None = None
        self.line = WeightLine([actions[name] for name in ACTIONS])
        actions.connect(
            {"evenly": self.evenly, "proportion": self.in_proportion, "lock": lambda: model.lock(view.selected_rows())}
        )
        view.delegate.typing.connect(self._typing)
        view.delegate.left_off.connect(self.tell)

    def show(self, project: Project) -> None:
        """Show the points of a project's evaluation, if that is what the view shows."""
        shown = self._model.shown
        is_evaluation = shown is not None and shown.form == "evaluation"
        self._evaluation = project.evaluation if is_evaluation else None
        self.line.setVisible(is_evaluation)
        for name in ACTIONS:
            self._actions[name].setVisible(is_evaluation)
        self.tell()

    def tell(self) -> None:
        """Say how many points are given and left."""
        if self._evaluation is not None:
            self.line.say(weighing.sentence(self._evaluation))

    def _typing(self, words: str) -> None:
        cell = self._view.current_cell()
        if self._evaluation is not None and cell is not None and cell[1] == "points":
            self.line.say(weighing.sentence(self._evaluation, (cell[0], words)))

    def evenly(self) -> None:
        """Spread the points evenly over the rows chosen, or over all."""
        chosen = self._view.selected_rows(parents=True)
        self._do(lambda form, edition, locked: weighing.evenly(form, edition, chosen, locked))

    def in_proportion(self) -> None:
        """Bring the points to the total in their proportions."""
        self._do(weighing.in_proportion)

    def presets(self) -> list[tuple[str, Callable[[], None]]]:
        """The presets of the edition, and what each of them does."""
        shown = self._model.shown
        return [] if shown is None else [(one.name, partial(self._preset, one)) for one in shown.edition.weights]

    def _preset(self, preset: WeightPreset) -> None:
        self._do(lambda form, edition, locked: weighing.by_preset(form, edition, preset, locked))

    def _do(self, make: Callable[[Evaluation, Edition, Collection[int]], Edit]) -> None:
        self._view.commit()
        shown = self._model.shown
        if self._evaluation is not None and shown is not None:
            edit = make(self._evaluation, shown.edition, self._model.locked_rows())
            if not edit.is_empty:
                self.edit_made.emit(edit)
