"""The window as a clerk uses it: what one types, presses, clicks and sees. Tests speak this language only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.presenters.session import Session
from desktop.store import Store
from desktop.ui.main_window import MainWindow
from desktop.ui.shell import Shell
from desktop.ui.widgets.field import Field
from desktop.ui.workbench import Workbench
from forms.documents import Project
from forms.known_editions import Editions

PATIENCE_MS = 20_000
DIALOG_TRIES = PATIENCE_MS // 10
"""Looks for a dialog, 10 ms apart."""


class Robot:
    """Opens the real window on a real data folder."""

    def __init__(self, qtbot: QtBot, folder: Path, *, width: int = 1400, height: int = 800) -> None:
        self.qtbot = qtbot
        self._gone = False
        app.application()
        self.session = Session(Store.open(folder), Editions([folder / "editions"], []))
        self.bench = Workbench(self.session, folder)
        self.shell = Shell(folder, "")
        self.shell.resize(width, height)
        with qtbot.waitExposed(self.shell):
            self.shell.show()
        self.window = MainWindow(self.bench, self.shell)
        self.activate()
        self.settle()

    def activate(self) -> None:
        """Have the window in front, as after a dialog."""

        def active() -> bool:
            if QApplication.activeModalWidget() is not None:
                return True  # a dialog that opened another one has the front again
            if not self.shell.isActiveWindow():
                self.shell.activateWindow()
            return self.shell.isActiveWindow()

        self.wait(active)

    # ---------------------------------------------------------------- waiting

    def settle(self) -> None:
        """Wait until checks and paper are those of the document as it is."""
        QApplication.processEvents()
        paper = self.window.paper.source

        def settled() -> bool:
            bench = self.bench
            is_idle = bench.jobs.is_idle and bench.long_jobs.is_idle
            return is_idle and not bench.checking.is_busy and paper.is_current

        self.qtbot.waitUntil(settled, timeout=PATIENCE_MS)
        QApplication.processEvents()
        self.qtbot.waitUntil(settled, timeout=PATIENCE_MS)
        QApplication.processEvents()

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for something to become true."""
        self.qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def close(self) -> None:
        """Close the window as the clerk does, and take it apart."""
        self.shell.close()
        self.take_apart()

    def take_apart(self) -> None:
        """Let go of everything, whatever state it is in; more than once does no harm."""
        if self._gone:
            return
        self._gone = True
        self.window.end()
        self.shell.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    # ---------------------------------------------------------------- what is there

    @property
    def project(self) -> Project:
        """The open project."""
        assert self.session.project is not None
        return self.session.project

    @property
    def title(self) -> str:
        """The title of the window."""
        return self.shell.windowTitle()

    def field(self, path: str) -> Field:
        """The field of a place, on whichever page it is; the page is turned to."""
        self.window.view.go_to(path)
        found = [one for one in self.shell.findChildren(Field) if one.entry.path == path and one.isVisible()]
        assert len(found) == 1, f"{path}: {len(found)} fields"
        return found[0]

    def shown(self, path: str) -> str:
        """What stands in a field."""
        return self.field(path).value()

    def message(self, path: str) -> str:
        """The line beneath a field."""
        message = self.field(path).message
        return message.text() if message.isVisible() else ""

    def findings(self) -> list[str]:
        """The lines of the list of findings."""
        self.settle()
        rows = self.window.findings.list
        return [rows.item(row).text() for row in range(rows.count())]

    def listed(self) -> list[str]:
        """The names in the list of projects."""
        model = self.window.projects.model
        return [str(model.data(model.index(row))) for row in range(model.rowCount())]

    # ---------------------------------------------------------------- what one does

    def focused(self) -> QWidget:
        """The widget that has the cursor."""
        widget = self.shell.focusWidget()
        assert widget is not None
        return widget

    def type(self, path: str, words: str, *, leave: bool = True) -> None:
        """Replace what stands in a field by typing; ``leave``: go on to the next field."""
        editor = self.field(path).editor_widget
        editor.setFocus()
        editor.selectAll()
        self.keys(words)
        if leave:
            self.qtbot.keyClick(editor, Qt.Key.Key_Tab)

    def keys(self, words: str) -> None:
        """Type into what has the cursor, character by character; other than ASCII comes from an input method."""
        for char in words:
            widget = self.focused()  # the first key may open a cell
            if char == "\n":
                self.qtbot.keyClick(widget, Qt.Key.Key_Return)
            elif char.isascii():
                self.qtbot.keyClicks(widget, char)
            else:
                self.commit(char)

    def commit(self, words: str) -> None:
        """Have the input method commit a phrase."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.focused(), event)

    def compose(self, words: str) -> None:
        """Have the input method compose, without committing."""
        QApplication.sendEvent(self.focused(), QInputMethodEvent(words, []))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the cursor is."""
        self.qtbot.keyClick(self.focused(), key, modifiers)

    def do(self, name: str) -> None:
        """Choose an action of the menus."""
        action = self.window.actions_[name]
        assert action.isEnabled(), name
        action.trigger()

    def click_finding(self, words: str) -> None:
        """Click the finding that contains some words."""
        self.settle()
        rows = self.window.findings.list
        item = next(rows.item(row) for row in range(rows.count()) if words in rows.item(row).text())
        self.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(item).center())

    def click_paper(self, path: str) -> None:
        """Click the cell of the paper that shows a place."""
        self.settle()
        paper, view = self.window.paper.source.paper, self.window.paper.view
        assert paper is not None
        spot = paper.map.spots(path)[0]
        view.light([spot])  # brings it into sight
        at: QPoint = view.point_of(spot)
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def open(self, name: str) -> None:
        """Click a project in the list."""
        view = self.window.projects.list
        index = next(
            index
            for row in range(self.window.projects.model.rowCount())
            if (index := self.window.projects.model.index(row)).data() == name
        )
        view.scrollTo(index)
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
        self.settle()

    def in_dialog(self, kind: type[QDialog], act: Callable[[QDialog], None], *, then: Callable[[], None]) -> None:
        """Do ``then``, which opens a dialog, and act in that dialog as soon as it stands."""
        from PySide6.QtCore import QTimer

        outcome: list[BaseException | None] = []
        tries = 0

        def look() -> None:
            nonlocal tries
            tries += 1
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind):
                try:
                    act(dialog)
                except BaseException as error:  # noqa: BLE001 - told below, in the test
                    outcome.append(error)
                    dialog.reject()
                else:
                    outcome.append(None)
            elif tries < DIALOG_TRIES:
                QTimer.singleShot(10, self.shell, look)
            else:
                outcome.append(AssertionError(f"no {kind.__name__} came, but {dialog}"))
                if isinstance(dialog, QDialog):
                    dialog.reject()

        QTimer.singleShot(0, self.shell, look)
        then()
        self.wait(lambda: bool(outcome))
        self.activate()
        if outcome[0] is not None:
            raise outcome[0]

    def new(self, *, name: str, unit: str, year: int, edition: str, kind: str = "declaration") -> None:
        """Make a new project through the dialog."""
        from desktop.ui.dialogs.new_project import NewProjectDialog

        def fill(dialog: QDialog) -> None:
            assert isinstance(dialog, NewProjectDialog)
            getattr(dialog, kind).click()
            dialog.name.setText(name)
            dialog.unit.setEditText(unit)
            dialog.year.setText(str(year))
            known = [one.id for one in dialog._editions]
            dialog.edition.setCurrentIndex(known.index(edition))
            self.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

        self.in_dialog(NewProjectDialog, fill, then=lambda: self.do("new"))
        self.settle()
