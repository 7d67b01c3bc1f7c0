"""What leads a project through its years: into the next one, confirming what came along, into its evaluation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.presenters.carrying import CarryOver, carried_sentence, confirming_places
from desktop.texts import text
from desktop.ui.workbench import Workbench
from forms.documents import Project

if TYPE_CHECKING:
    from desktop.ui.commands.projects import ProjectCommands


class CycleCommands:
    """Acts on the selected projects of the list, or on the open one and the place that has the cursor."""

    def __init__(
        self,
        bench: Workbench,
        projects: ProjectCommands,
        places: Callable[[], Sequence[str]],
        window: QWidget,
        say: Callable[[str], None],
    ) -> None:
        self._bench, self._projects, self._places, self._window, self._say = bench, projects, places, window, say

    def acts(self) -> dict[str, Callable[[], Any]]:
        """Return what the actions of this group do, by name."""
        return {
            "carry": self.carry,
            "evaluate": self.evaluate,
            "confirm_here": self.confirm_here,
            "confirm_all": self.confirm_all,
        }

    def carry(self) -> None:
        """Ask how the chosen projects come into another year, and make them."""
        from desktop.ui.dialogs.carry import CarryDialog

        session = self._bench.session
        numbers = self._projects.chosen or [row.id for row in session.rows()][:1]
        if not numbers:
            self._say(text("window.carry_nothing"))
            return
        projects = [self._bench.project_of(number) for number in numbers]
        carry = CarryOver.of(projects, self._bench.editions, self._usual(projects[0].unit))
        if not carry.projects:
            self._say(text("window.carry_no_declaration"))
            return
        dialog = CarryDialog(carry, self._window)
        made = dialog.made() if dialog.exec() else []
        plans = dialog.plans
        dialog.deleteLater()
        if made:
            self._projects.open_new(made)
            self._say(carried_sentence(made, plans))

    def _usual(self, unit: str) -> list[str | None]:
        session = self._bench.session
        elsewhere = [row.declaration_edition for row in session.rows() if row.unit == unit]
        return [session.kept.setting(f"edition.declaration.{unit}"), *elsewhere]

    def confirm_here(self) -> None:
        """Confirm what was carried to the place that has the cursor, or to all selected rows."""
        self._confirm(self._places())

    def confirm_all(self) -> None:
        """Confirm all that was carried into the open project."""
        self._confirm(None)

    def _confirm(self, paths: Sequence[str] | None) -> None:
        project: Project | None = self._bench.project
        if project is None:
            return
        edit, count = confirming_places(project, self._bench.checking.findings, paths)
        if not count:
            self._say(text("findings.nothing_carried"))
            return
        _, all_of_it = confirming_places(project, self._bench.checking.findings, None)
        self._bench.do(edit)
        self._say(text("findings.confirmed_places", count=count, left=all_of_it - count))

    def evaluate(self) -> None:
        """Make the evaluation of the open project's declaration, as one edit."""
        from desktop.presenters.evaluating import evaluation_edit

        project = self._bench.project
        if project is None:
            return
        edit, trouble = evaluation_edit(project, self._bench.editions)
        if edit is None:
            self._say(trouble)
            return
        self._bench.do(edit)
        self._bench.wanted.emit("evaluation.funds[0].全年预算数")
