"""The head of a form as on paper: its title, the year line, and whether the form was ever seen in print."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.presenters.entries import Entry, EntryKind
from desktop.texts import text
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.field import Field
from forms.edition import Edition


class FormHead(QWidget):
    """Title and year line; the year can be changed in its place."""

    def __init__(self, edition: Edition, make: Callable[[Entry], Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(edition.title, self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setBold(True)
        title.setFont(font)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        before, _, after = edition.year_line.partition("{year}")
        year = make(Entry(f"{edition.kind}.year", EntryKind.YEAR, text("pages.form_year"), align="center"))
        year.setFixedWidth(18 * GRID)
        year.setFrameShape(Field.Shape.StyledPanel)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addStretch(1)
        row.addWidget(QLabel(before, self))
        row.addWidget(year)
        row.addWidget(QLabel(after, self))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(title)
        layout.addLayout(row)
        if not edition.verified:
            hint = QLabel(text("pages.unverified"), self)
            hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
            hint.setStyleSheet(f"color: {colours().confirm.name()}")
            layout.addWidget(hint)
