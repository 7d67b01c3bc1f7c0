"""The half of the print dialog that says what is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QGroupBox, QLabel, QVBoxLayout, QWidget

from desktop.presenters.printing import NUMBERS, STANDINGS, Content
from desktop.texts import text
from desktop.ui.theme import GRID
from desktop.ui.widgets.print_rows import add_row, choice_box

if TYPE_CHECKING:
    from forms.printing.options import FaceFile, Role


class ContentBox(QGroupBox):
    """Switches; the preview follows them at once."""

    changed = Signal()

    def __init__(self, content: Content, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(text("printing.content"), parent)
        self.narratives = self._switch("narratives", on=not content.forms_only)
        self.booklet = self._switch("booklet", on=several)
        self.sign_off = self._switch("sign_off", on=content.sign_off)
        self.landscape = self._switch("landscape", on=content.landscape)
        self.public = self._switch("public", on=content.public)
        self.barcode = self._switch("barcode", on=content.barcode)
        self.barcode.setEnabled(not content.public)
        self.public.toggled.connect(self.barcode.setDisabled)
        self.faces = self._switch("faces", on=content.installed_faces)
        self.faces.setEnabled(False)
        self.found = QLabel(self)
        self.found.setWordWrap(True)
        # Its words, which take two lines, come when the dialog stands already.
        self.found.setMinimumHeight(2 * self.found.fontMetrics().lineSpacing() + GRID)
        self.standing = choice_box("standing", STANDINGS, "plain", self)
        self.numbers = choice_box("numbers", NUMBERS, content.numbers, self)
        form = QFormLayout()
        form.setSpacing(GRID)
        for name, box in (("standing", self.standing), ("numbers", self.numbers)):
            add_row(form, name, box, box)
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID)
        for switch in (self.narratives, self.booklet, self.sign_off, self.landscape, self.public, self.barcode):
            layout.addWidget(switch)
        layout.addLayout(form)
        layout.addWidget(self.faces)
        layout.addWidget(self.found)
        layout.addStretch(1)
        for switch in self.findChildren(QCheckBox):
            switch.toggled.connect(self.changed)
        for box in (self.standing, self.numbers):
            box.currentIndexChanged.connect(self.changed)

    def _switch(self, name: str, *, on: bool) -> QCheckBox:
        switch = QCheckBox(text(f"printing.{name}"), self)
        switch.setChecked(on)
        return switch

    def show_faces(self, faces: Mapping[Role, FaceFile]) -> None:
        """Tell which faces of official documents this computer has; the switch works only with some."""
        self.faces.setEnabled(bool(faces))
        names = "、".join(text(f"printing.face_{role}") for role in faces)
        self.found.setText(text("printing.faces_found", names=names) if faces else text("printing.faces_none"))

    def content(self) -> Content:
        """Return what is chosen."""
        return Content(
            forms_only=not self.narratives.isChecked(),
            booklet=self.booklet.isChecked(),
            standing=self.standing.currentData(),
            sign_off=self.sign_off.isChecked(),
            landscape=self.landscape.isChecked(),
            public=self.public.isChecked(),
            barcode=self.barcode.isChecked(),
            numbers=self.numbers.currentData(),
            installed_faces=self.faces.isChecked(),
        )
