"""What is to be printed and how: asked before printing and before writing a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui.theme import GRID


@dataclass(frozen=True, slots=True)
class Scope:
    """How to print."""

    forms_only: bool = False
    booklet: bool = False
    draft: bool = False
    sign_off: bool = False
    final: bool = False
    """Refused while an error stands."""


class PrintScopeDialog(QDialog):
    """A few switches; without any the paper is what the preview shows."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("window.scope_title"))
        several = len(names) > 1
        what = text("window.scope_several", count=len(names), name=names[0]) if several else names[0]
        self.forms_only = QCheckBox(text("window.scope_forms_only"), self)
        self.booklet = QCheckBox(text("window.scope_booklet"), self)
        self.booklet.setChecked(several)
        self.draft = QCheckBox(text("window.scope_draft"), self)
        self.final = QCheckBox(text("window.scope_final"), self)
        self.draft.toggled.connect(lambda on: self.final.setChecked(self.final.isChecked() and not on))
        self.final.toggled.connect(lambda on: self.draft.setChecked(self.draft.isChecked() and not on))
        self.sign_off = QCheckBox(text("window.scope_sign_off"), self)
        self.buttons = QDialogButtonBox(self)
        self.buttons.addButton(text("window.scope_go"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(text("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(QLabel(text("window.scope_what", what=what), self))
        for box in (self.forms_only, self.booklet, self.draft, self.final, self.sign_off):
            layout.addWidget(box)
        layout.addSpacing(2 * GRID)
        layout.addWidget(self.buttons)

    def scope(self) -> Scope:
        """Return what is switched on."""
        return Scope(
            self.forms_only.isChecked(),
            self.booklet.isChecked(),
            self.draft.isChecked(),
            self.sign_off.isChecked(),
            self.final.isChecked(),
        )
