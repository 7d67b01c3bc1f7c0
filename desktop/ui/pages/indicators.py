"""The page of indicators: the tree, what can be done with it, and a line on the row at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.presenters.findings import PlaceMarks
from desktop.presenters.indicator_cells import Column, is_too_many, key_of
from desktop.presenters.indicator_places import place_of, shown_of
from desktop.presenters.indicator_tree import marks_by_row
from desktop.presenters.own_library import OwnRow
from desktop.texts import text
from desktop.ui.commands.filter_steps import FilterSteps
from desktop.ui.commands.indicator_actions import IndicatorActions
from desktop.ui.commands.indicator_clipboard import IndicatorClipboard
from desktop.ui.commands.indicator_menus import IndicatorMenus
from desktop.ui.commands.indicator_steps import IndicatorSteps
from desktop.ui.commands.row_teller import RowTeller
from desktop.ui.commands.score_steps import ScoreSteps
from desktop.ui.commands.shelf_steps import ShelfSteps
from desktop.ui.commands.weight_steps import WeightSteps
from desktop.ui.jobs import Jobs
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.filter_line import FilterLine
from desktop.ui.widgets.indicator_line import IndicatorLine
from desktop.ui.widgets.indicator_look import Look
from desktop.ui.widgets.indicator_view import IndicatorView
from desktop.ui.widgets.usual_values import UsualValues
from forms.documents import FormKind, Project
from forms.edition import Edition
from forms.edits import Edit
from forms.package import MAX_INDICATORS

if TYPE_CHECKING:
    from desktop.ui.librarian import Librarian


class HasEditions(Protocol):
    """What the page needs of the session."""

    @property
    def editions(self) -> Mapping[str, Edition]:
        """The editions by id."""


class IndicatorsPage(QWidget):
    """Shows the indicators of a project's declaration or evaluation, and proposes edits."""

    path_focused = Signal(str)
    edit_made = Signal(object)
    sketched = Signal(object)
    said = Signal(str)
    """A sentence for the status line."""
    arriving = Signal()
    """Something that was read aside is here: the page may be out of sight, and behind the document."""
    library_wanted = Signal()
    copying_wanted = Signal(str, list)
    """Rows of this form are wanted in another project, too: the kind of the form, and the rows."""

    def __init__(
        self,
        session: HasEditions,
        form: FormKind | None = None,
        parent: QWidget | None = None,
        *,
        librarian: Librarian | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        """Show ``form`` of the projects; None: the first form that a project has.

        ``librarian`` completes; ``jobs`` do what takes long.
        """
        super().__init__(parent)
        self._editions = session.editions
        self._form = form
        self._fresh = False
        """Whether the form was shown from its beginning, and nothing done with it yet."""
        self._marks: PlaceMarks | None = None
        self.model = IndicatorModel(self)
        self.tree = IndicatorView(self.model, self)
        self.tree.setAccessibleName(text("indicators.tree_name"))
        self.line = IndicatorLine(self)
        self.usual = UsualValues(librarian, self)
        self.tree.proposed = self.usual.of
        self.tree.delegate.completion.helper = librarian
        self.actions_by_name = IndicatorActions(self)
        self.filter = FilterLine(self)
        self.weights = WeightSteps(self.model, self.tree, self.actions_by_name)
        self.scores = ScoreSteps(self.model, self.tree, self.actions_by_name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.weights.line)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.line)
        self.setFocusProxy(self.tree)
        self.steps = IndicatorSteps(self.model, self.tree)
        self.narrowing = FilterSteps(self.model, self.tree, self.filter)
        self.clipboard = IndicatorClipboard(self.model, self.tree, session.editions, jobs)
        self.shelf = ShelfSteps(self.model, self.tree, librarian)
        self.menus = IndicatorMenus(
            self.model, self.tree, self.line, self.actions_by_name, has_library=librarian is not None
        )
        self.menus.serve(self.steps, self.weights)
        self.teller = RowTeller(self.model, self.tree, self.line, self.usual, self.menus)
        self._connect()

    def _connect(self) -> None:
        steps, tree, clipboard, scores, shelf = self.steps, self.tree, self.clipboard, self.scores, self.shelf
        makers = (self.model, steps, clipboard, self.weights, scores, shelf)
        for made in [one.edit_made for one in makers]:
            made.connect(self._propose)
        self.teller.path_focused.connect(self.path_focused)
        for said in (clipboard.said, scores.said, shelf.said, tree.drag.refused):
            said.connect(self.said)
        shelf.copying_wanted.connect(self.copying_wanted)
        clipboard.arriving.connect(self.arriving)
        tree.delegate.typing.connect(lambda words: self.sketched.emit(self.model.meant(tree.currentIndex(), words)))
        tree.delegate.left_off.connect(lambda: self.sketched.emit(None))
        tree.add_wanted.connect(steps.add)
        tree.drop_wanted.connect(steps.drop)
        tree.drag.dropped.connect(lambda rows, levels, at, copies: steps.put(rows, levels, at, copies=copies))
        self.line.accepted.connect(steps.accept)
        actions = self.actions_by_name
        actions.connect(
            {
                "add": lambda: steps.add(tree.currentIndex()),
                "duplicate": steps.duplicate,
                "delete": steps.delete,
                "up": lambda: steps.move(-1),
                "down": lambda: steps.move(1),
                "sort": steps.sort,
                "edit": lambda: tree.edit(tree.currentIndex()),
                "accept": lambda: steps.accept(self.line.offered),
                "whole": tree.mean_row,
                "cut": clipboard.cut,
                "copy": clipboard.copy,
                "paste": clipboard.paste,
                "import_table": clipboard.import_file,
                "keep": shelf.keep,
                "library": self.library_wanted.emit,
                "copy_to": shelf.copy_to,
                "filter": self.filter.begin,
                "fold": tree.turn_here,
                "expand": tree.expand_all,
                "collapse": tree.collapse_all,
            }
        )

    # ---------------------------------------------------------------- the page, as the window knows it

    def show_project(self, project: Project, marks: PlaceMarks) -> None:
        """Show another project from its beginning."""
        self.steps.take_then()  # it was meant for the project shown before
        self.narrowing.forget()
        self.clipboard.forget()
        self._marks = None
        self.usual.forget()
        self._show(project, marks, anew=True)

    def refresh(self, project: Project, marks: PlaceMarks) -> None:
        """Show the same project after a change."""
        self._show(project, marks, anew=False)

    def _show(self, project: Project, marks: PlaceMarks, *, anew: bool) -> None:
        shown = shown_of(project, self._editions, self._form)
        if shown is not None and not anew and shown.is_same(self.model.shown):
            if marks is not self._marks:
                self._marks = marks
                self.model.mark(marks_by_row(shown.form, marks))
                self.teller.tell_line()
            return
        self.teller.busy = True
        if shown is None:
            self.model.show(None, {})
        elif anew:
            self.model.show(shown, marks_by_row(shown.form, marks))
        else:
            # Until the form is checked again, its marks go with their rows.
            checked = None if marks is self._marks else marks_by_row(shown.form, marks)
            self.tree.hold_still(partial(self.model.refresh, shown, checked))
        self._marks = marks
        self.teller.busy, self._fresh = False, anew
        self.weights.show(project)
        row = self.steps.take_then()
        if row is not None and shown is not None and row < len(shown.rows):
            self._go_to_row(row, "l3")
        self.teller.follow()

    def focus_path(self, path: str) -> bool:
        """Put the cursor into the cell of a path; the path of all indicators leads to the tree."""
        place = place_of(self.model.shown, path)
        if place is None:
            return False
        self.tree.setFocus()
        if place.row < 0:
            return True
        if place.key in ("l1", "l2"):
            self.model.unfold_row(place.row)
            self.tree.go_to(self.model.head_index(place.row, int(place.key[1])))
            return True
        columns = [column for column in self.model.columns if key_of(column) == place.key and column != "sign"]
        self._go_to_row(place.row, columns[0] if columns else "l3")
        return bool(columns)

    def commit(self) -> None:
        """Hand over what is typed."""
        self.tree.commit()

    def look(self) -> Look:
        """What is chosen, for ``restore``."""
        return self.tree.look()

    def restore(self, look: object) -> bool:
        """Choose what was chosen when a step was made; False where it is not there."""
        return isinstance(look, Look) and self.tree.restore(look)

    def actions_for_menu(self) -> list[QAction]:
        """The actions for the 指标 menu, with lines between."""
        return list(self.actions_by_name.in_order)

    def add_from_library(self, picked: Sequence[OwnRow]) -> None:
        """Add rows of a library to the form that is shown."""
        self.shelf.add(picked)

    def take_table(self, path: Path) -> bool:
        """Take in the rows of a workbook, after asking which and how; False where no form is shown."""
        if self.model.shown is None:
            return False
        self.clipboard.import_path(path)
        return True

    def locks(self) -> list[int] | None:
        """The rows whose points are locked; None where the form has no points."""
        shown = self.model.shown
        return sorted(self.model.locked_rows()) if shown is not None and shown.form == "evaluation" else None

    def restore_locks(self, rows: list[int]) -> None:
        """Lock the points of rows, once after a project was shown from its beginning."""
        shown = self.model.shown
        if self._fresh and shown is not None and shown.form == "evaluation":
            self.model.lock([row for row in rows if 0 <= row < len(shown.rows)])
        self._fresh = False

    def selected_places(self) -> list[str]:
        """Return the paths of the selected rows and of those beneath selected parents."""
        shown = self.model.shown
        rows = self.tree.selected_rows(parents=True)
        return [] if shown is None else [f"{shown.form}.indicators[{row}]" for row in rows]

    def widths(self) -> dict[str, int]:
        """The widths of columns that the clerk set, to be remembered."""
        return self.tree.widths.kept()

    def restore_widths(self, widths: dict[str, int]) -> None:
        """Give the columns remembered widths."""
        self.tree.widths.restore(widths)

    def _propose(self, edit: Edit) -> None:
        shown = self.model.shown
        if shown is not None and is_too_many(shown, edit):
            self.said.emit(text("indicators.too_many", most=MAX_INDICATORS))
        else:
            self.edit_made.emit(edit)

    # ---------------------------------------------------------------- the row at hand

    def _go_to_row(self, row: int, column: Column) -> None:
        self.model.unfold_row(row)
        self.tree.go_to(self.model.row_index(row, self.model.columns.index(column)))

    def showEvent(self, event: QShowEvent) -> None:
        """Tell of the cell at hand: the cursor comes from another page."""
        super().showEvent(event)
        self.actions_by_name.allow(allowed=True)
        self.teller.tell()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing be done from the menu that nobody would see."""
        super().hideEvent(event)
        self.actions_by_name.allow(allowed=False)
