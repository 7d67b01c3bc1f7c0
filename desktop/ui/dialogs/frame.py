"""What dialogs have in common: even margins, and at the foot one act beside 取消."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout

from desktop.texts import text
from desktop.ui.theme import GRID


def act_buttons(dialog: QDialog, act: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Return the buttons that accept and leave a dialog, and that of the act by itself."""
    buttons = QDialogButtonBox(dialog)
    button = buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton(text("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons, button


def stacked(dialog: QDialog, spacing: int) -> QVBoxLayout:
    """Return the layout of a dialog from top to bottom, its parts so many pixels apart."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
    layout.setSpacing(spacing)
    return layout
