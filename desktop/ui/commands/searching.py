"""Find and replace, as the menu 编辑 has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ui.dialogs.find_replace import FindReplaceDialog
    from desktop.ui.main_window import MainWindow


class SearchCommands:
    """Opens the one window of find and replace, which is made when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.dialog: FindReplaceDialog | None = None

    def acts(self) -> dict[str, Callable[[], None]]:
        """Return what the actions of this group do, by name."""
        return {"search": partial(self._ask, replace=False), "replace": partial(self._ask, replace=True)}

    def _ask(self, *, replace: bool) -> None:
        from desktop.ui.dialogs.find_replace import FindReplaceDialog

        window = self._window
        if self.dialog is None:
            self.dialog = FindReplaceDialog(window.bench, self._go_to, window.editor.commit, window.shell)
        tab = window.editor.tab
        if tab is not None and tab.name != "indicators" and not self.dialog.isVisible():
            self.dialog.look_beyond_indicators()
        self.dialog.ask(replace=replace)

    def _go_to(self, number: int, path: str) -> None:
        self._window.view.open_project(number)
        self._window.view.go_to(path)
