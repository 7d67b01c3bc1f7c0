"""编报册: how a set of projects is bound, decided once and used whenever it is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.texts import text
from desktop.ui.commands.output import OutputCommands
from desktop.ui.gathering import gather
from desktop.ui.workbench import Workbench
from forms.documents import Project


class BookletCommands:
    """Acts on the selected projects of the list, or on those listed."""

    def __init__(
        self,
        bench: Workbench,
        output: OutputCommands,
        numbers: Callable[[], Sequence[int]],
        window: QWidget,
        say: Callable[[str], None],
    ) -> None:
        self._bench, self._output, self._numbers, self._window, self._say = bench, output, numbers, window, say

    def acts(self) -> dict[str, Callable[[], Any]]:
        """Return what the actions of this group do, by name."""
        return {"booklet": self.edit}

    def edit(self) -> None:
        """Read the projects and open the editor."""
        gather(self._bench, self._numbers(), self._ask)

    def _ask(self, projects: dict[int, Project]) -> None:
        from desktop.presenters import booklets
        from desktop.ui.dialogs.booklet import BookletDialog

        if not projects:
            self._say(text("booklet.few"))
            return
        session, found = self._bench.session, list(projects.values())
        kept = session.kept.setting(booklets.SETTING, {})
        dialog = BookletDialog(projects, booklets.plan_from(kept, found), self._bench.editions, self._window)
        accepted = bool(dialog.exec())
        plan, then, bound = dialog.plan, dialog.then, dialog.bound()
        dialog.deleteLater()
        if not accepted:
            return
        session.kept.set_setting(booklets.SETTING, booklets.with_plan(kept, found, plan))
        if then in ("print", "pdf"):
            front = booklets.booklet(plan, list(bound.values()), self._bench.editions)
            self._output.bind(bound, front, "printer" if then == "print" else "pdf")
        else:
            self._say(text("booklet.saved"))
