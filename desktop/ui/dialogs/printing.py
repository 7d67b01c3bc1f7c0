"""The print dialog: what is printed and how, and where it goes: to a printer, into one PDF, or a PDF a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.presenters.printing import Content, Device, PrinterFacts, advice, is_page_choice
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons
from desktop.ui.theme import GRID, colours, give_size
from desktop.ui.widgets.print_content import ContentBox
from desktop.ui.widgets.print_device import DeviceBox

if TYPE_CHECKING:
    from forms.printing.options import FaceFile, Role

Target = Literal["printer", "pdf", "folder"]
Ask = Callable[[str, Callable[[PrinterFacts], None]], None]
"""Asks a printer by its name what it can do, aside, and tells the answer."""
_TARGETS: dict[Target, str] = {"printer": "to_printer", "pdf": "to_pdf", "folder": "to_folder"}


class PrintDialog(QDialog):
    """Asks for a print; ``content``, ``device`` and ``target`` give the choice after ``exec``.

    Without ``names`` something is printed that is there already, named by ``what``: then there is only to choose
    where it goes.
    """

    content_changed = Signal()

    def __init__(
        self,
        names: Sequence[str],
        kept: tuple[Content, Device],
        printers: Sequence[str],
        ask: Ask,
        parent: QWidget | None = None,
        *,
        target: Target = "printer",
        what: str = "",
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        content, device = kept
        self._known: dict[str, PrinterFacts] = {}
        self.setWindowTitle(text("printing.title"))
        self.content_box = ContentBox(content, several=len(names) > 1, parent=self)
        self.content_box.setVisible(bool(names))
        self.content_box.changed.connect(self.content_changed)
        self.device_box = DeviceBox(device, printers, self)
        self.advice = QLabel(self)
        self.advice.setWordWrap(True)
        self.advice.setStyleSheet(f"color: {colours().confirm.name()}")
        self.targets: dict[Target, QRadioButton] = {}
        group = QButtonGroup(self)
        for key, name in _TARGETS.items():
            self.targets[key] = QRadioButton(text(f"printing.{name}"), self)
            group.addButton(self.targets[key])
        self.targets["printer"].setEnabled(bool(printers))
        self.targets["folder"].setVisible(len(names) > 1)
        self.buttons, self.go = act_buttons(self, "")
        self._lay_out(what or _what(names))
        self.targets[target if printers else "folder" if target == "folder" else "pdf"].setChecked(True)
        group.buttonToggled.connect(self._turn)
        self.device_box.changed.connect(self._turn)
        self._turn()
        self.go.setFocus()

    def _lay_out(self, what: str) -> None:
        where = QGroupBox(text("printing.target"), self)
        right = QVBoxLayout(where)
        right.setSpacing(GRID)
        row = QHBoxLayout()
        for one in self.targets.values():
            row.addWidget(one)
        row.addStretch(1)
        right.addLayout(row)
        right.addWidget(self.device_box)
        right.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(3 * GRID)
        halves.addWidget(self.content_box, 1)
        halves.addWidget(where, 1)
        name = QLabel(what, self)
        name.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(name)
        layout.addLayout(halves, 1)
        layout.addWidget(self.advice)
        layout.addWidget(self.buttons)
        give_size(self, 190 * GRID if self.content_box.isVisibleTo(self) else 110 * GRID, 95 * GRID)

    # ---------------------------------------------------------------- what is chosen

    @property
    def content(self) -> Content:
        """What is printed and how."""
        return self.content_box.content()

    @property
    def device(self) -> Device:
        """Which printer, and how."""
        return self.device_box.device()

    @property
    def target(self) -> Target:
        """Where it goes."""
        return next(key for key, one in self.targets.items() if one.isChecked())

    # ---------------------------------------------------------------- showing

    def show_faces(self, faces: Mapping[Role, FaceFile]) -> None:
        """Tell which faces of official documents this computer has."""
        self.content_box.show_faces(faces)

    def _turn(self) -> None:
        """Show what belongs to the target, and what is to be known of the printer."""
        printing = self.target == "printer"
        self.go.setEnabled(not printing or is_page_choice(self.device.pages))
        self.device_box.setEnabled(printing)
        self.go.setText(text(f"printing.go_{self.target}"))
        if not self.targets["printer"].isEnabled():
            self.advice.setText(text("printing.no_printer"))
            return
        name = self.device.printer
        facts = self._known.get(name)
        if not printing:
            self.advice.clear()
        elif facts is not None:
            self.advice.setText("\n".join(advice(self.device, facts)))
        else:
            self.advice.setText(text("printing.asking_printer"))
            self._ask(name, self._answered)

    def _answered(self, facts: PrinterFacts) -> None:
        self._known[facts.name] = facts
        if facts.name == self.device.printer:
            self._turn()


def _what(names: Sequence[str]) -> str:
    return text("printing.what_several", name=names[0], count=len(names)) if len(names) > 1 else names[0]
