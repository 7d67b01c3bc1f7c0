"""What both halves of the print dialog are made of: a box of choices, and a row with its label."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLayout, QWidget

from desktop.texts import text


def choice_box(name: str, keys: tuple[str, ...], chosen: str, parent: QWidget) -> QComboBox:
    """Return a box of keys, each in its words ``printing.NAME_KEY``; the first is taken where there is no such key."""
    box = QComboBox(parent)
    for key in keys:
        box.addItem(text(f"printing.{name}_{key}"), key)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box


def add_row(form: QFormLayout, name: str, field: QWidget | QLayout, buddy: QWidget) -> None:
    """Add a row with its label ``printing.NAME``, whose key leads to ``buddy``."""
    label = QLabel(text(f"printing.{name}"), buddy.parentWidget())
    label.setBuddy(buddy)
    if isinstance(field, QWidget):
        form.addRow(label, field)
    else:
        form.addRow(label, field)
