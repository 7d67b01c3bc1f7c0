"""A page of the form made from its edition's bands: 基本信息, 资金 and 目标 are this page with other parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.presenters.findings import PlaceMarks
from desktop.presenters.form_grid import edition_of, grids
from desktop.presenters.form_values import FormValues
from desktop.texts import text
from desktop.ui.theme import GRID
from desktop.ui.widgets.band_grid import BandGrid
from desktop.ui.widgets.form_head import FormHead
from desktop.ui.widgets.typist import Typist
from forms.documents import FormKind, Project
from forms.edition import Edition, Part


class FormPage(QScrollArea):
    """Some parts of one of the project's forms, cell by cell as on paper."""

    path_focused = Signal(str)
    edit_made = Signal(object)
    sketched = Signal(object)
    passed = Signal()
    """Enter was pressed in the last field: the next page is wanted."""

    def __init__(
        self, editions: Mapping[str, Edition], kind: FormKind, parts: Collection[Part], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editions, self._kind, self._parts = editions, kind, tuple(parts)
        self._edition: Edition | None = None
        self._typist = Typist(self)
        self._typist.edit_made.connect(self.edit_made)
        self._typist.sketched.connect(self.sketched)
        self._typist.path_focused.connect(self.path_focused)
        self._typist.passed.connect(self.passed)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field

    def show_project(self, project: Project, marks: PlaceMarks) -> None:
        """Show another project from its beginning."""
        self._typist.forget()
        edition = self._editions.get(edition_of(project, self._kind))
        if edition is None:
            self._edition = None
            self._typist.clear()
            words = QLabel(text("pages.unknown_edition", edition=edition_of(project, self._kind)))
            words.setWordWrap(True)
            words.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
            self.setWidget(words)
            return
        if edition is not self._edition:
            self._build(edition)
        self._show(edition, project, marks, keep_typed=False)
        self.verticalScrollBar().setValue(0)

    def refresh(self, project: Project, marks: PlaceMarks) -> None:
        """Show the same project after a change."""
        if self._edition is None or edition_of(project, self._kind) != self._edition.id:
            self.show_project(project, marks)
        else:
            self._show(self._edition, project, marks, keep_typed=True)

    def focus_path(self, path: str) -> bool:
        """Put the cursor into the field of a path."""
        return self._typist.focus(path, self)

    def commit(self) -> None:
        """Hand over what is typed."""
        self._typist.commit()

    def _build(self, edition: Edition) -> None:
        self._edition = edition
        self._typist.clear()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(0)
        if "fields" in self._parts:
            layout.addWidget(FormHead(edition, self._typist.make, body))
        tall = "goals" in self._parts
        bands = grids(edition, self._parts)
        for grid in bands:
            band = BandGrid(grid, self._typist.make, body, last=grid is bands[-1])
            layout.addWidget(band, 1 if tall else 0)
        if not tall:
            layout.addStretch(1)
        self.setWidget(body)  # deletes the former one
        self._typist.give_focus_to_first(self)

    def _show(self, edition: Edition, project: Project, marks: PlaceMarks, *, keep_typed: bool) -> None:
        self._typist.show(FormValues(project, marks, self._kind, edition), keep_typed=keep_typed)
