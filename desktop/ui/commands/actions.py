"""Every action of the window: its words, its shortcut, its place in the menus and on the toolbar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.texts import text


@dataclass(frozen=True, slots=True)
class Spec:
    """An action. Its words are ``window.do_{name}``."""

    name: str
    keys: str = ""
    checkable: bool = False


LINE = None
MENUS: dict[str, tuple[Spec | None, ...]] = {
    "project": (
        Spec("new", "Ctrl+N"),
        Spec("carry", "Ctrl+Shift+N"),
        Spec("evaluate", "Ctrl+Shift+E"),
        Spec("import", "Ctrl+O"),
        Spec("rollup", "Ctrl+Shift+O"),
        Spec("save", "Ctrl+S"),
        Spec("export", "Ctrl+E"),
        LINE,
        Spec("copy", "Ctrl+Shift+D"),
        Spec("rename", "F2"),
        Spec("recycle", "Ctrl+Shift+Delete"),
        LINE,
        Spec("backup"),
        Spec("restore_from"),
        Spec("backups"),
        Spec("second"),
        Spec("pack"),
        LINE,
        Spec("quit", "Ctrl+Q"),
    ),
    "edit": (
        Spec("undo", "Ctrl+Z"),
        Spec("redo", "Ctrl+Y"),
        LINE,
        Spec("select_all", "Ctrl+Shift+A"),
        Spec("search", "Ctrl+F"),
        Spec("replace", "Ctrl+H"),
        Spec("find", "Ctrl+Alt+F"),
    ),
    "indicators": (Spec("indicators", "Ctrl+I"), LINE),
    "check": (
        Spec("check", "F5"),
        Spec("next_finding", "F4"),
        Spec("last_finding", "Shift+F4"),
        LINE,
        Spec("confirm_here", "Ctrl+K"),
        Spec("confirm_all", "Ctrl+Shift+K"),
        LINE,
        Spec("report", "Ctrl+R"),
        Spec("switches", "Ctrl+Shift+R"),
    ),
    "print": (
        Spec("print", "Ctrl+P"),
        Spec("pdf", "Ctrl+Shift+P"),
        Spec("test_page", "Ctrl+Alt+P"),
        LINE,
        Spec("final", "Ctrl+G"),
        Spec("finals", "Ctrl+Shift+G"),
        LINE,
        Spec("booklet", "Ctrl+M"),
        Spec("summary", "Ctrl+T"),
        Spec("results", "Ctrl+Shift+T"),
        Spec("working", "Ctrl+W"),
        Spec("charts", "Ctrl+Shift+W"),
    ),
    "tools": (
        Spec("register", "F7"),
        Spec("verify", "Ctrl+Shift+Y"),
        Spec("compare", "Ctrl+B"),
        Spec("side_by_side", "Ctrl+Shift+B"),
        LINE,
        Spec("list", "F9", checkable=True),
        Spec("paper", "F8", checkable=True),
        LINE,
        Spec("tab_on", "Ctrl+PgDown"),
        Spec("tab_back", "Ctrl+PgUp"),
        LINE,
        Spec("zoom_in", "Ctrl++"),
        Spec("zoom_out", "Ctrl+-"),
        Spec("zoom_fit", "Ctrl+0"),
        LINE,
        Spec("small", checkable=True),
        Spec("medium", checkable=True),
        Spec("large", checkable=True),
    ),
    "help": (
        Spec("help", "F1"),
        Spec("rules"),
        Spec("folder"),
        Spec("log"),
        Spec("problem"),
        Spec("about"),
    ),
}
TOOLBAR = ("new", "undo", "redo", LINE, "check", LINE, "print", "pdf", LINE, "final")
NEEDS_PROJECT = {
    "save",
    "copy",
    "rename",
    "recycle",
    "export",
    "print",
    "pdf",
    "final",
    "check",
    "report",
    "indicators",
    "evaluate",
    *("booklet", "summary", "results", "working", "charts", "compare", "side_by_side"),
    "confirm_here",
    "confirm_all",
}
"""Actions that make sense only while a project is open or selected."""


class Actions(QObject):
    """All actions by name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        for specs in MENUS.values():
            for spec in specs:
                if spec is not LINE:
                    self._known[spec.name] = self._make(spec)

    def __getitem__(self, name: str) -> QAction:
        return self._known[name]

    def _make(self, spec: Spec) -> QAction:
        action = QAction(text(f"window.do_{spec.name}"), self)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setIconText(_plain(action.text()))
        if spec.keys:
            action.setShortcut(QKeySequence(spec.keys))
            action.setToolTip(f"{_plain(action.text())}（{spec.keys}）")
        return action

    def fill(self, bar: QMenuBar) -> None:
        """Put all actions into the menus."""
        for name, specs in MENUS.items():
            menu = bar.addMenu(text(f"window.menu_{name}"))
            self.menus[name] = menu
            for spec in specs:
                if spec is LINE:
                    menu.addSeparator()
                else:
                    menu.addAction(self._known[spec.name])

    def show_indicators(self, actions: Sequence[QAction]) -> None:
        """Put the actions of the page of indicators into their menu, in place of those of another page."""
        menu = self.menus["indicators"]
        for old in menu.actions()[2:]:
            menu.removeAction(old)
        menu.addActions(list(actions))

    def name_undo(self, name: str, step: str | None, *, possible: bool) -> None:
        """Say in menu and tooltip which step ``undo`` or ``redo`` would move over."""
        action = self._known[name]
        action.setEnabled(possible)
        words = text(f"window.do_{name}")
        keys = action.shortcut().toString()
        plain = text(f"window.{name}_of", step=step) if step else _plain(words)
        action.setText(f"{words} {step}" if step else words)
        action.setIconText(_plain(words))
        action.setToolTip(f"{plain}（{keys}）")


def _plain(words: str) -> str:
    """The words of an action without its Alt letter."""
    return words.partition("(&")[0].replace("&", "").rstrip("…")
