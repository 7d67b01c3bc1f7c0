"""A clerk without a mouse: keys go to whatever has the cursor, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from tests.robot.window import Robot

Key, Mod = Qt.Key, Qt.KeyboardModifier
_PHRASE = 12
"""So many characters does an input method commit at a time."""


class Hands:
    """Keys for the window of a robot, its dialogs and menus."""

    def __init__(self, robot: Robot) -> None:
        self._robot = robot

    @property
    def at(self) -> QWidget:
        """What has the cursor: an open menu or list, a dialog's widget, else the window's."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        modal = QApplication.activeModalWidget()
        if modal is not None:
            return modal.focusWidget() or modal
        return self._robot.focused()

    @property
    def place(self) -> str:
        """The place of the form that has the cursor, as the field's own name says."""
        widget: QWidget | None = self.at
        while widget is not None and "." not in widget.objectName():
            widget = widget.parentWidget()
        return "" if widget is None else widget.objectName()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            QTest.keyClick(self.at, key, modifiers)

    def type(self, words: str) -> None:
        """Type ASCII by keys; anything else is composed and committed by an input method, a phrase at a time."""
        run = ""
        for char in words:
            if char.isascii():
                self._commit(run)
                run = ""
                if char == "\n":
                    self.press(Key.Key_Return)
                else:
                    QTest.keyClicks(self.at, char)
            else:
                run += char
                if len(run) == _PHRASE:
                    self._commit(run)
                    run = ""
        self._commit(run)

    def _commit(self, phrase: str) -> None:
        if not phrase:
            return
        QApplication.sendEvent(self.at, QInputMethodEvent("pinyin", []))
        event = QInputMethodEvent()
        event.setCommitString(phrase)
        QApplication.sendEvent(self.at, event)

    def choose(self, words: str) -> None:
        """Go down in an open menu to an entry, and take it."""
        menu = self.at
        assert isinstance(menu, QMenu), menu
        for _ in menu.actions():
            active = menu.activeAction()
            if active is not None and active.text() == words:
                break
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)

    def in_dialog(self, keys: Callable[[], None], opened_by: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
        """Press what opens a dialog, and the keys in it as soon as it stands; it has to close by them."""
        outcome: list[BaseException | None] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isActiveWindow():
                QTimer.singleShot(10, self._robot.shell, look)
                return
            try:
                keys()
                outcome.append(None)
            except BaseException as error:  # noqa: BLE001 - told below, in the test
                outcome.append(error)
            left = QApplication.activeModalWidget()
            if isinstance(left, QDialog):
                left.reject()
                outcome[0] = outcome[0] or AssertionError(f"{left.windowTitle()} stands still open")

        self._robot.activate()  # without a display a menu that is gone stays the active window
        QTimer.singleShot(0, self._robot.shell, look)
        self.press(*opened_by)
        self._robot.wait(lambda: bool(outcome))
        self._robot.activate()
        self._robot.settle()
        if outcome[0] is not None:
            raise outcome[0]
