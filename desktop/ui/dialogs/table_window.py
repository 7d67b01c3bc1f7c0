"""A window that shows tables as the pages they print on, to be saved or printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui.theme import GRID, give_size


class TableWindow(QDialog):
    """Shows a PDF; it may stay open while the clerk works on."""

    def __init__(self, title: str, pdf: bytes, acts: Mapping[str, Callable[[], None]], parent: QWidget) -> None:
        """Show the PDF; ``acts`` are what the buttons of those names do (``save_pdf``, ``save_xlsx``, ``print``)."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._bytes = QBuffer(self)
        self._bytes.setData(QByteArray(pdf))
        self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._bytes)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(title)
        self.buttons = QDialogButtonBox(self)
        for name, act in acts.items():
            button = self.buttons.addButton(text(f"summaries.{name}"), QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(act)
        self.buttons.addButton(text("window.close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(QLabel(text("summaries.pages", count=self.document.pageCount()), self))
        foot.addWidget(self.buttons, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)
        give_size(self, 220 * GRID, 170 * GRID)
