"""How the open project is looked at, kept while the clerk works and not only when the window is closed.

Tab, place of the cursor, scrolling, panes, zoom and columns: after a crash, too, the window stands as it stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

from desktop.ui.pages.page import HasLocks, HasWidths

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

TICK_MS = 2000
WIDTHS = "indicator_widths"
"""Setting: the widths of columns are those of the form, not of one project."""


class KeptView(QObject):
    """Notes from time to time what has changed of how things look; nothing is written where nothing has."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._kept: tuple[int | None, dict[str, Any]] = (None, {})
        self._widths: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.keep)
        self._timer.start(TICK_MS)

    def stop(self) -> None:
        """Note nothing any more."""
        self._timer.stop()

    def keep(self) -> None:
        """Note how the open project is looked at, where that has changed."""
        session = self._window.bench.session
        number = session.project_id
        state = self._state() if number is not None else {}
        if number != self._kept[0]:
            session.kept.set_setting("open_project", number)
        if number is not None and (number, state) != self._kept:
            session.kept.set_view(number, state)
        if (number, state) != self._kept:
            self._window.shell.keep()
        self._kept = number, state
        self._keep_widths()

    def show(self, number: int) -> None:
        """Show a project as it was last looked at."""
        window, state = self._window, self._window.bench.session.kept.view(number)
        window.editor.show_tab(str(state.get("tab", "")), str(state.get("form", "")))
        if not window.panes.is_narrow and state:
            window.panes.fold_paper(shown=bool(state.get("shows_paper", True)))
            window.panes.fold_list(shown=bool(state.get("list", True)))
            _set_sizes(window.panes, state.get("panes"))
            _set_sizes(window.panes.right, state.get("right"))
        window.paper.restore(_number(state.get("zoom")), _number(state.get("paper")))
        path, page = state.get("place"), window.editor.page
        if page is None or not (isinstance(path, str) and path and page.focus_path(path)):
            window.editor.take_cursor()  # else its keys would choose another unit in the list
        scroll = int(_number(state.get("scroll")))
        # The page is laid out first: before that there is nothing to scroll.
        QTimer.singleShot(0, self, lambda: self._scroll(number, scroll))
        self.use_kept()

    def use_kept(self) -> None:
        """Give the page in sight the widths of columns and the locks that the clerk gave it."""
        page: object = self._window.editor.page
        number = self._window.bench.session.project_id
        if isinstance(page, HasLocks) and number is not None:
            page.restore_locks(self._kept_locks(number))
        kept = self._window.bench.session.kept.setting(WIDTHS, {})
        if isinstance(page, HasWidths) and isinstance(kept, dict) and kept and not page.widths():
            page.restore_widths({str(name): width for name, width in kept.items() if isinstance(width, int)})

    def _state(self) -> dict[str, Any]:
        window = self._window
        tab, area = window.editor.tab, self._area()
        return {
            "tab": tab.name if tab else "",
            "form": tab.form if tab else "",
            "place": window.view.path,
            "scroll": area.verticalScrollBar().value() if area is not None else 0,
            "panes": window.panes.sizes(),
            "right": window.panes.right.sizes(),
            "list": not window.panes.left.isHidden(),
            "shows_paper": window.panes.shows_paper,
            "locks": self._locks(),
            **window.paper.state(),
        }

    def _locks(self) -> list[int]:
        """The rows whose points are locked, as a page of the project says, or as they were kept."""
        number = self._window.bench.session.project_id
        pages: list[object] = [*self._window.editor.shown_pages]
        told = [rows for page in pages if isinstance(page, HasLocks) and (rows := page.locks()) is not None]
        return told[0] if told else [] if number is None else self._kept_locks(number)

    def _kept_locks(self, number: int) -> list[int]:
        kept = self._window.bench.session.kept.view(number).get("locks")
        return [one for one in kept if isinstance(one, int)] if isinstance(kept, list) else []

    def _area(self) -> QAbstractScrollArea | None:
        """What scrolls on the page in sight: the page itself, or its tree."""
        page = self._window.editor.page
        area = getattr(page, "tree", page)
        return area if isinstance(area, QAbstractScrollArea) else None

    def _scroll(self, number: int, scroll: int) -> None:
        area = self._area()
        if area is not None and self._window.bench.session.project_id == number:
            area.verticalScrollBar().setValue(scroll)

    def _keep_widths(self) -> None:
        page: object = self._window.editor.page
        widths: dict[str, int] = page.widths() if isinstance(page, HasWidths) else {}
        if widths and widths != self._widths:
            self._widths = widths
            self._window.bench.session.kept.set_setting(WIDTHS, widths)


def _number(kept: object) -> float:
    return float(kept) if isinstance(kept, int | float) else 0.0


def _set_sizes(splitter: Any, sizes: Any) -> None:
    fits = isinstance(sizes, list) and len(sizes) == splitter.count() and all(isinstance(one, int) for one in sizes)
    if fits and any(sizes):
        splitter.setSizes(sizes)
