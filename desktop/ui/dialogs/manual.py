"""The manual in a window of its own, beside the work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.texts import RESOURCES, text
from desktop.ui.theme import GRID, give_size

MANUAL = RESOURCES / "help" / "manual.md"


class ManualWindow(QTextBrowser):
    """Shows the manual, at the chapter that belongs to what the clerk is doing; or another book of Markdown."""

    def __init__(self, parent: QWidget, words: str = "", title: str = "") -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title or text("window.help_title"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(5 * GRID)
        self.setMarkdown(words or MANUAL.read_text(encoding="utf-8"))
        give_size(self, 180 * GRID, 170 * GRID)

    def show_chapter(self, name: str) -> None:
        """Scroll to the first heading that contains a word."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and name in block.text():
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top))
                return
            block = block.next()
