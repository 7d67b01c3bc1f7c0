"""Typing in the fields of a page: when a text becomes an edit, and how the document's text comes back."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.presenters.entries import Entry, EntryError, EntryKind, edit_for
from desktop.presenters.form_values import FormValues
from desktop.ui.theme import GRID
from desktop.ui.widgets.field import Field

PAUSE_MS = 900
"""So long after the last key a phrase counts as typed."""


class Typist(QObject):
    """The fields of a page. A text is handed over on Enter, when the focus leaves, and after a short pause."""

    edit_made = Signal(object)
    sketched = Signal(object)
    """The edit that would be made of what is typed so far; None where it would change nothing or cannot be read yet."""
    path_focused = Signal(str)
    passed = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._values: FormValues | None = None
        self._pending: Field | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._paused)

    def make(self, entry: Entry, lines: tuple[int, int] = (6, 16)) -> Field:
        """Return a new field for an entry."""
        field = Field(entry, lines=lines)
        field.typed.connect(self._typed)
        field.finished.connect(self._finished)
        field.focused.connect(self.path_focused)
        field.entered.connect(self._go_on)
        field.fill_wanted.connect(self._fill)
        self.fields[entry.path] = field
        return field

    def forget(self) -> None:
        """Forget what is half typed."""
        self._pause.stop()
        self._pending = None

    def clear(self) -> None:
        """Forget all fields: they are being made anew."""
        self.forget()
        for field in self.fields.values():
            field.silence()
        self.fields = {}

    def show(self, values: FormValues, *, keep_typed: bool) -> None:
        """Show the document in all fields."""
        self._values = values
        for field in self.fields.values():
            state = values.of(field.entry)
            field.show_value(state.text, keep_typed=keep_typed)
            if not (field.is_dirty and keep_typed):
                field.show_message(state.message if not field.editor_widget.hasFocus() or state.message else "")
            field.show_note(state.note, odd=state.odd, fillable=bool(state.fill))
            field.show_marks(state.marks)
            field.set_read_only(read_only=state.read_only)

    def commit(self) -> None:
        """Hand over what is typed and not yet handed over."""
        self._pause.stop()
        for field in tuple(self.fields.values()):
            if field.is_dirty:
                self._hand_over(field, finished=True)

    def focus(self, path: str, area: QScrollArea) -> bool:
        """Put the cursor into the field of a path and bring it into sight."""
        field = self.fields.get(path) or next(
            (one for place, one in self.fields.items() if place.startswith(f"{path}.")), None
        )
        if field is None:
            return False
        area.ensureWidgetVisible(field, 4 * GRID, 8 * GRID)
        field.editor_widget.setFocus()
        return True

    def give_focus_to_first(self, page: QWidget) -> None:
        """Let a page that is given the focus pass it on to its first field."""
        for first in list(self.fields.values())[:1]:
            page.setFocusProxy(first.focus_target)

    def _go_on(self, field: Field) -> None:
        """Go on to the next field that can be typed into, never out of the page: what is typed next belongs here."""
        self._finished(field)  # a line tells of Enter first
        fields = list(self.fields.values())
        for following in fields[fields.index(field) + 1 :] if field in fields else ():
            if following.focus_target.focusPolicy() & Qt.FocusPolicy.TabFocus:
                following.focus_target.setFocus(Qt.FocusReason.TabFocusReason)
                return
        if not field.message.text():  # what is wrong with the text is told here
            self.passed.emit()

    def _typed(self, field: Field) -> None:
        self._pending = field
        field.show_message("")
        self._pause.start()
        if self._values is not None and not field.composing:
            with contextlib.suppress(LookupError):  # the project has no such part any more
                self.sketched.emit(edit_for(self._values.project, field.entry, field.value(), finished=False))

    def _paused(self) -> None:
        field = self._pending
        if field is None:
            return
        if field.composing:
            self._pause.start()
        elif field.is_dirty:
            self._hand_over(field, finished=False)

    def _finished(self, field: Field) -> None:
        if field is self._pending:
            self.forget()
        if field.is_dirty:
            self._hand_over(field, finished=True)

    def _hand_over(self, field: Field, *, finished: bool) -> None:
        if self._values is None:
            return
        typed = field.value()
        try:
            edit = edit_for(self._values.project, field.entry, typed, finished=finished)
        except EntryError as error:
            field.show_message(str(error))
            return
        except LookupError:  # the project has no such part any more
            edit = None
        if finished or field.entry.kind in (EntryKind.LINE, EntryKind.CHOICE, EntryKind.LONG):
            field.accept(typed)
        if edit is not None:
            self.edit_made.emit(edit)
        if finished:
            self._settle(field)

    def _settle(self, field: Field) -> None:
        """Show the text as it is stored now: an amount with its commas, a date as 2025-03-01."""
        if self._values is not None and self.fields.get(field.entry.path) is field:
            state = self._values.of(field.entry)
            field.show_value(state.text, keep_typed=False)
            field.show_message(state.message)

    def _fill(self, path: str) -> None:
        field = self.fields.get(path)
        if field is None or self._values is None:
            return
        wanted = self._values.of(field.entry).fill
        if wanted:
            edit = edit_for(self._values.project, field.entry, wanted)
            if edit is not None:
                self.edit_made.emit(edit)
