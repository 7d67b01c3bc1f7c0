"""Indicators copied into another project: the dialog that asks which, and the edit that is made there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.presenters.branch_copy import copying, places
from desktop.presenters.trouble import StoreError
from desktop.texts import text
from desktop.ui.workbench import Workbench
from forms.documents import FormKind, Indicator


class BranchCommands:
    """Copies rows of the open project."""

    def __init__(self, bench: Workbench, window: QWidget, say: Callable[[str], None]) -> None:
        self._bench, self._window, self._say = bench, window, say

    def copy(self, kind: FormKind, rows: Sequence[Indicator]) -> None:
        """Ask for a project and put copies of the rows there, as one edit of it."""
        from desktop.ui.dialogs.choose_project import ChooseProjectDialog

        session = self._bench.session
        listed = session.rows()
        if not places(listed, session.project_id):
            self._say(text("indicators.copy_no_project"))
            return
        dialog = ChooseProjectDialog(
            text("indicators.copy_sentence", count=len(rows)),
            lambda words: places(listed, session.project_id, words),
            text("indicators.copy_act"),
            self._window,
        )
        wanted = dialog.exec()
        number = dialog.number
        dialog.deleteLater()
        if not wanted or number is None:
            return
        try:
            found = copying(session.peek(number), kind, rows, session.editions)
            if found.edit is not None:
                session.change(number, found.edit)
        except StoreError as error:
            self._say(error.sentence)
            return
        self._say(found.sentence)
