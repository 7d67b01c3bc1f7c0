"""The half of the print dialog that says which printer, and how the page comes on its paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QWidget,
)

from desktop.presenters.printing import (
    DUPLEX,
    LEAST_PERCENT,
    MOST_COPIES,
    MOST_PERCENT,
    MOST_SHIFT,
    PAGES,
    SCALINGS,
    TRAYS,
    Device,
)
from desktop.texts import text
from desktop.ui.theme import GRID
from desktop.ui.widgets.print_rows import add_row, choice_box


class DeviceBox(QWidget):
    """Printer, tray, sides, size, shift, copies."""

    changed = Signal()

    def __init__(self, device: Device, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.printer = QComboBox(self)
        self.printer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.printer.setMinimumContentsLength(16)
        for at, name in enumerate(names):
            self.printer.addItem(text("printing.printer_default", name=name) if at == 0 else name, name)
        self.printer.setCurrentIndex(max(self.printer.findData(device.printer), 0))
        self.tray = choice_box("tray", TRAYS, device.tray, self)
        self.duplex = choice_box("duplex", DUPLEX, device.duplex, self)
        self.scaling = choice_box("scaling", SCALINGS, device.scaling, self)
        self.percent = self._number("percent", device.percent, LEAST_PERCENT, MOST_PERCENT)
        self.percent.setSuffix(text("printing.percent_suffix"))
        self.right = self._number("right", device.right, -MOST_SHIFT, MOST_SHIFT)
        self.down = self._number("down", device.down, -MOST_SHIFT, MOST_SHIFT)
        for box, name in ((self.right, "right"), (self.down, "down")):
            box.setPrefix(text(f"printing.{name}"))
            box.setSuffix(text("printing.mm_suffix"))
        self.pages = choice_box("pages", PAGES, "all", self)
        self.pages.setEditable(True)
        self.pages.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.pages.setToolTip(text("printing.pages_tip"))
        self.copies = QSpinBox(self)
        self.copies.setRange(1, MOST_COPIES)
        self._lay_out()
        for one in (self.printer, self.duplex, self.scaling):
            one.currentIndexChanged.connect(self._change)
        self.percent.valueChanged.connect(self._change)
        self.pages.editTextChanged.connect(self._change)
        self._change()

    def _number(self, name: str, value: float, least: float, most: float) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setRange(least, most)
        box.setDecimals(1)
        box.setSingleStep(0.5)
        box.setValue(value)
        box.setAccessibleName(text(f"printing.{name}").strip())
        return box

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        size = QHBoxLayout()
        size.addWidget(self.scaling, 1)
        size.addWidget(self.percent, 1)
        shift = QHBoxLayout()
        shift.addWidget(self.right, 1)
        shift.addWidget(self.down, 1)
        for name, field, buddy in (
            ("printer", self.printer, self.printer),
            ("tray", self.tray, self.tray),
            ("duplex", self.duplex, self.duplex),
            ("scaling", size, self.scaling),
            ("shift", shift, self.right),
            ("pages", self.pages, self.pages),
            ("copies", self.copies, self.copies),
        ):
            add_row(form, name, field, buddy)

    def _change(self) -> None:
        self.percent.setEnabled(self.scaling.currentData() == "percent")
        self.changed.emit()

    def _wanted_pages(self) -> str:
        typed = self.pages.currentText().strip()
        at = self.pages.findText(typed)
        return str(self.pages.itemData(at)) if at >= 0 else typed or "all"

    def device(self) -> Device:
        """Return what is chosen."""
        return Device(
            printer=str(self.printer.currentData() or ""),
            tray=self.tray.currentData(),
            duplex=self.duplex.currentData(),
            scaling=self.scaling.currentData(),
            percent=self.percent.value(),
            right=self.right.value(),
            down=self.down.value(),
            copies=self.copies.value(),
            pages=self._wanted_pages(),
        )
