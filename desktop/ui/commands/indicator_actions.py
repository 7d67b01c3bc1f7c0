"""The actions of the page of indicators: words, shortcuts, order in the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.texts import text

LINE = ""
SHORTCUTS: dict[str, tuple[str, ...]] = {
    "add": ("Ctrl+Return", "Ctrl+Enter", "Ins"),
    "duplicate": ("Ctrl+D",),
    "delete": ("Del",),
    "up": ("Alt+Up",),
    "down": ("Alt+Down",),
    "whole": ("Shift+Space",),
    "cut": ("Ctrl+X",),
    "copy": ("Ctrl+C",),
    "paste": ("Ctrl+V",),
    "accept": ("Alt+Return", "Alt+Enter"),
    "keep": ("Ctrl+Shift+L",),
    "library": ("Ctrl+L",),
    "evenly": ("Ctrl+1",),
    "proportion": ("Ctrl+2",),
    "lock": ("Ctrl+3",),
    "filter": ("Ctrl+/",),
    "copy_to": ("Ctrl+Shift+C",),
    "fold": ("Ctrl+.",),
    "expand": ("Ctrl+Shift+Right",),
    "collapse": ("Ctrl+Shift+Left",),
}
ORDER = (
    *("add", "add_level", "duplicate", "delete", LINE),
    *("up", "down", "assign", "copy_to", "sort", LINE),
    *("edit", "accept", "accept_one", LINE),
    *("whole", "cut", "copy", "paste", "import_table", LINE),
    *("keep", "library", LINE),
    *("evenly", "proportion", "preset", "lock", LINE),
    *("score", "tier", "adjust", LINE),
    *("filter", "fold", "expand", "collapse"),
)
MENUS = ("add_level", "assign", "accept_one", "preset", "tier")


class IndicatorActions:
    """All actions by name; those of ``MENUS`` open a menu that is filled when it is opened."""

    def __init__(self, owner: QWidget) -> None:
        self._known: dict[str, QAction] = {}
        self._all = QActionGroup(owner)
        self._all.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self.in_order: list[QAction] = []
        for name in ORDER:
            action = QAction(owner)
            self.in_order.append(action)
            if name == LINE:
                action.setSeparator(True)
                continue
            self._known[name] = self._all.addAction(action)
            action.setObjectName(f"indicators.{name}")
            words = text(f"indicators.action_{name}")
            action.setText(words)
            action.setIconText(words.partition("(&")[0])
            # The keys of a tree are ordinary keys elsewhere, so they hold only in the page.
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setShortcuts([QKeySequence(keys) for keys in SHORTCUTS.get(name, ())])
            if name in MENUS:
                action.setMenu(QMenu(owner))
        owner.addActions(self.in_order)

    def __getitem__(self, name: str) -> QAction:
        return self._known[name]

    def connect(self, handlers: dict[str, Callable[[], None]]) -> None:
        """Say what each action does."""
        for name, handler in handlers.items():
            self._known[name].triggered.connect(lambda _checked=False, handler=handler: handler())

    def enable(self, **states: bool) -> None:
        """Switch actions on and off by name."""
        for name, state in states.items():
            self._known[name].setEnabled(state)

    def allow(self, *, allowed: bool) -> None:
        """Switch all off while the page is out of sight, where it may be behind the document; or as they were."""
        self._all.setEnabled(allowed)

    def fill(self, name: str, entries: Iterable[tuple[str, Callable[[], None]]]) -> None:
        """Fill the menu of an action."""
        menu = self._known[name].menu()
        if isinstance(menu, QMenu):
            menu.clear()
            for label, handler in entries:
                menu.addAction(label).triggered.connect(lambda _checked=False, handler=handler: handler())
