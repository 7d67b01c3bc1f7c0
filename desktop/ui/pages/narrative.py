"""经费说明: the seven sections that stand before a declaration. The headings are printed, never typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.presenters.findings import PlaceMarks
from desktop.presenters.form_values import FormValues, narrative_entries
from desktop.texts import text
from desktop.ui.theme import GRID
from desktop.ui.widgets.typist import Typist
from forms.documents import Project, empty_narrative
from forms.edits import Edit, Put


class NarrativePage(QScrollArea):
    """One editor below another; a project without a narrative is offered one."""

    path_focused = Signal(str)
    edit_made = Signal(object)
    sketched = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: tuple[str, ...] | None = None
        self._typist = Typist(self)
        self._typist.edit_made.connect(self.edit_made)
        self._typist.sketched.connect(self.sketched)
        self._typist.path_focused.connect(self.path_focused)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field

    def show_project(self, project: Project, marks: PlaceMarks) -> None:
        """Show another project from its beginning."""
        self._typist.forget()
        self._show(project, marks, keep_typed=False)
        self.verticalScrollBar().setValue(0)

    def refresh(self, project: Project, marks: PlaceMarks) -> None:
        """Show the same project after a change."""
        self._show(project, marks, keep_typed=True)

    def focus_path(self, path: str) -> bool:
        """Put the cursor into the field of a path."""
        return self._typist.focus(path, self)

    def commit(self) -> None:
        """Hand over what is typed."""
        self._typist.commit()

    def _show(self, project: Project, marks: PlaceMarks, *, keep_typed: bool) -> None:
        titles = tuple(one.name for one in narrative_entries(project))
        if titles != self._titles:
            self._build(project)
            self._titles = titles
        self._typist.show(FormValues(project, marks), keep_typed=keep_typed)

    def _build(self, project: Project) -> None:
        self._typist.clear()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(GRID)
        entries = narrative_entries(project)
        for entry in entries:
            title = QLabel(entry.name, body)
            font = title.font()
            font.setBold(True)
            title.setFont(font)
            field = self._typist.make(entry, (3, 24))
            field.setFrameShape(QFrame.Shape.StyledPanel)
            title.setBuddy(field.editor_widget)
            layout.addWidget(title)
            layout.addWidget(field)
            layout.addSpacing(GRID)
        if not entries:
            layout.addWidget(QLabel(text("pages.no_narrative"), body))
            add = QPushButton(text("pages.add_narrative"), body)
            add.setMaximumWidth(50 * GRID)
            add.clicked.connect(self._add)
            layout.addWidget(add)
            self.setFocusProxy(add)
        layout.addStretch(1)
        self.setWidget(body)
        self._typist.give_focus_to_first(self)

    def _add(self) -> None:
        name = text("pages.add_narrative")
        self.edit_made.emit(Edit(name, (Put(("narrative",), None, empty_narrative()),)))
        self.setFocus()  # goes on in the first of the new fields
