"""A date as text, with a calendar to choose from."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QToolButton, QWidget

from desktop.texts import text
from desktop.ui.widgets.editors import LineEditor


class DateEditor(QWidget):
    """A line for a date in any usual spelling and a button that opens a calendar."""

    typed = Signal()
    finished = Signal()
    entered = Signal()
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LineEditor(self)
        self.line.setPlaceholderText(text("pages.date_hint"))
        self.button = QToolButton(self)
        self.button.setText(text("pages.calendar"))
        self.button.setToolTip(text("pages.calendar_tip"))
        self.button.setAccessibleName(text("pages.calendar_tip"))
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab follows the form; Alt+Down opens it from the line
        self.button.clicked.connect(self.open_calendar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.line)
        self._calendar: QCalendarWidget | None = None
        for name in ("typed", "finished", "entered", "focused"):
            getattr(self.line, name).connect(getattr(self, name))

    @property
    def composing(self) -> bool:
        """Whether the input method is still composing."""
        return self.line.composing

    def value(self) -> str:
        """Return what is typed."""
        return self.line.text()

    def show_value(self, value: str) -> None:
        """Show a text."""
        self.line.show_value(value)

    def open_calendar(self) -> None:
        """Open the calendar below the line, at the date that stands there."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = QDate.fromString(self.line.text(), Qt.DateFormat.ISODate)
        if shown.isValid():
            calendar.setSelectedDate(shown)
        calendar.clicked.connect(self._choose)
        calendar.activated.connect(self._choose)
        calendar.move(self.mapToGlobal(self.rect().bottomLeft()))
        self._calendar = calendar
        calendar.show()

    def _choose(self, chosen: QDate) -> None:
        if self._calendar is None:
            return
        calendar, self._calendar = self._calendar, None
        calendar.close()
        self.line.setText(chosen.toString(Qt.DateFormat.ISODate))
        self.typed.emit()
        self.finished.emit()
