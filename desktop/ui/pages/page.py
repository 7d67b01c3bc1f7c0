"""What every page in the middle of the window has in common, so that the window need not know what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QAction

from desktop.presenters.findings import PlaceMarks
from forms.documents import Project

if TYPE_CHECKING:
    from desktop.presenters.own_library import OwnRow


class Page(Protocol):
    """A page of the window: a QWidget with these members.

    A page shows documents and proposes edits; the window passes them to the session and calls ``refresh`` after
    every change, whoever made it (this page, another one, undo, an import).
    """

    path_focused: SignalInstance
    """``Signal(str)``: the place whose field has the focus, as a path of the project; ``""`` where it names none."""

    edit_made: SignalInstance
    """``Signal(object)`` carrying an ``Edit`` made for the project last shown."""

    def show_project(self, project: Project, marks: PlaceMarks) -> None:
        """Show another project from its beginning: folds, scrolling and what was half typed are forgotten."""
        ...

    def refresh(self, project: Project, marks: PlaceMarks) -> None:
        """Show the same project after a change, keeping focus, cursor, selection, folds and half-typed text."""
        ...

    def focus_path(self, path: str) -> bool:
        """Put the cursor into the field of a path; False where the page has no such field."""
        ...

    def commit(self) -> None:
        """Emit what is typed but not yet handed over (before closing, printing, undoing, changing the project)."""
        ...


@runtime_checkable
class HasMenu(Protocol):
    """A page with actions of its own for the menu 指标."""

    def actions_for_menu(self) -> list[QAction]:
        """Return the actions, with lines between."""
        ...


@runtime_checkable
class HasLook(Protocol):
    """A page that can bring back what was chosen when a step was made."""

    def look(self) -> object:
        """Return what is chosen and where it stands."""
        ...

    def restore(self, look: object) -> bool:
        """Bring it back after undo or redo; False where it is not there."""
        ...


@runtime_checkable
class Sketches(Protocol):
    """A page that tells what is typed while it is typed."""

    sketched: SignalInstance
    """``Signal(object)`` carrying the ``Edit`` that would be made of it now, or None: the paper shows it at once."""


@runtime_checkable
class HasLibrary(Protocol):
    """A page that takes rows of a library of indicators."""

    def add_from_library(self, picked: Sequence[OwnRow]) -> None:
        """Add them to the form that is shown."""
        ...


@runtime_checkable
class TakesTables(Protocol):
    """A page that takes the rows of a foreign workbook into what it shows."""

    def take_table(self, path: Path) -> bool:
        """Read the workbook and ask which of its rows are to come in, and how; False where none can come in now."""
        ...


@runtime_checkable
class HasLocks(Protocol):
    """A page on which the points of rows can be locked."""

    def locks(self) -> list[int] | None:
        """Return the rows locked, to be remembered; None where the form has no points."""
        ...

    def restore_locks(self, rows: list[int]) -> None:
        """Lock remembered rows of a project that was just shown; later it is for the clerk to lock."""
        ...


@runtime_checkable
class HasRows(Protocol):
    """A page on which rows can be selected."""

    def selected_places(self) -> list[str]:
        """Return the paths of the selected rows and of those beneath selected parents."""
        ...


@runtime_checkable
class HasWidths(Protocol):
    """A page with columns whose widths the clerk sets."""

    def widths(self) -> dict[str, int]:
        """Return the widths set by hand, to be remembered."""
        ...

    def restore_widths(self, widths: dict[str, int]) -> None:
        """Give the columns remembered widths."""
        ...
