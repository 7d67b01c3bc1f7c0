"""Cut, copy and paste of indicators, and a workbook's rows taken in: through the clipboard that all programs share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.exchange.clipboard import ROWS_FORMAT, Clip, read_clip, read_rows, write_html, write_rows
from desktop.exchange.tab_text import write_tab_text
from desktop.exchange.tables import MAX_CHARACTERS, Table, TableError, table_of
from desktop.presenters.cell_paste import cell_words, cleared, paste_cells, paste_rows
from desktop.presenters.indicator_cells import Column, table_cells
from desktop.texts import text
from desktop.ui.jobs import Jobs
from desktop.ui.mime import mime_data
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_view import IndicatorView
from forms.edition import Edition
from forms.edits import Edit
from forms.indicators import Rows, delete
from forms.package import PackageError

if TYPE_CHECKING:
    from desktop.exchange.xlsx_reading import Sheet

GoOn: TypeAlias = Callable[[int, int], bool]

_SMALL = 40_000
"""Bytes of a clipboard that are read at once; more are read aside."""


class IndicatorClipboard(QObject):
    """Acts on the rows chosen in a view."""

    edit_made = Signal(object)
    said = Signal(str)
    """A sentence for the clerk."""

    def __init__(
        self, model: IndicatorModel, view: IndicatorView, editions: Mapping[str, Edition], jobs: Jobs | None = None
    ) -> None:
        super().__init__(view)
        self._model, self._view, self._editions, self._jobs = model, view, editions, jobs

    # ---------------------------------------------------------------- out

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, or where no row is meant the cell of the cursor.

        An identifier that another program gave a row stays with it.
        """
        if self._copy_cell():
            return
        rows = tuple(replace(row, extra={}) for row in self._chosen())
        if self._put(rows):
            self.said.emit(text("tables.copied", count=len(rows)))

    def cut(self) -> None:
        """Put the chosen rows, or the text of the cell, on the clipboard and take them out of the form."""
        if self._copy_cell():
            cell, shown = self._view.current_cell(), self._model.shown
            edit = None if cell is None or shown is None else cleared(shown, *cell)
            if edit is not None:
                self.edit_made.emit(edit)
            return
        shown, chosen = self._model.shown, self._view.selected_rows(parents=True)
        if shown is not None and self._put(self._chosen()):
            edit = delete(shown.form, shown.rows, chosen)
            self.edit_made.emit(replace(edit, name=text("tables.cut_name", count=len(chosen))))

    def _copy_cell(self) -> bool:
        """Put the cell of the cursor on the clipboard; False where whole rows are meant."""
        self._view.commit()
        shown, cell = self._model.shown, self._view.current_cell()
        if shown is None or cell is None or self._view.means_rows:
            return False
        words = cell_words(shown, *cell)
        if words:
            data = mime_data()
            data.setHtml(write_html([[words]]))
            data.setText(words)
            QGuiApplication.clipboard().setMimeData(data)
        self.said.emit(text("tables.copied_cell" if words else "tables.blank_cell"))
        return True

    def _chosen(self) -> Rows:
        self._view.commit()
        shown = self._model.shown
        return () if shown is None else tuple(shown.rows[at] for at in self._view.selected_rows(parents=True))

    def _put(self, rows: Rows) -> bool:
        shown = self._model.shown
        if shown is None or not rows:
            return False
        cells = table_cells(shown.form, rows, mid_term=shown.edition.has_mid_term)
        data = mime_data()
        data.setHtml(write_html(cells))
        data.setText(write_tab_text(cells))
        try:
            data.setData(ROWS_FORMAT, write_rows(shown.form, shown.edition.id, shown.year, rows))
        except PackageError as error:
            self.said.emit(str(error))
            return False
        QGuiApplication.clipboard().setMimeData(data)
        return True

    # ---------------------------------------------------------------- in

    def paste(self) -> None:
        """Take in what is on the clipboard: rows of this program, cells onto cells, or a table after asking."""
        self._view.commit()
        if self._model.shown is None:
            return
        clip, editions = _clip(), self._editions

        def work(go_on: GoOn) -> Rows | Table:
            return read_rows(clip, editions) or read_clip(clip, go_on)

        self._aside("paste", text("tables.reading_clip"), work, self._came, at_once=clip.size <= _SMALL)

    def import_file(self) -> None:
        """Take in the rows of a workbook, after asking which and how."""
        path, _ = QFileDialog.getOpenFileName(
            self._view.window(), text("tables.pick_file"), "", text("tables.workbooks")
        )
        if path:
            self.import_path(Path(path))

    def import_path(self, path: Path) -> None:
        """Take in the rows of a workbook, after asking which and how."""

        def work(go_on: GoOn) -> list[Sheet]:
            from desktop.exchange.xlsx_reading import read_sheets

            return read_sheets(path, go_on)

        def came(sheets: list[Sheet]) -> None:
            self._ask([(one.name, one.table) for one in sheets], text("tables.import"))

        self._aside("table", text("tables.reading_file"), work, came)

    def _aside(
        self,
        slot: str,
        label: str,
        work: Callable[[GoOn], Any],
        done: Callable[[Any], None],
        *,
        at_once: bool = False,
    ) -> None:
        """Read something away from this thread, with a bar and a way to stop it; what cannot be read is said."""
        if at_once or self._jobs is None:
            try:
                found = work(lambda _made, _total: True)
            except TableError as error:
                self.said.emit(str(error))
                return
            done(found)
            return
        self._jobs.submit(slot, lambda job: work(job.report), done, failed=self._failed, label=label)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, TableError):
            raise error
        self.said.emit(str(error))

    def _paste_rows(self, rows: Rows) -> None:
        shown, facts = self._model.shown, self._view.facts(self._view.currentIndex())
        if shown is None:
            return
        levels = facts.levels if facts is not None and facts.depth > 1 else None
        at = facts.rows[-1] if facts is not None and facts.depth > 1 and facts.rows else None
        edit = paste_rows(shown, rows, at, levels)
        if edit is None:
            self._ask(
                [("", table_of(table_cells(shown.form, rows, mid_term=shown.edition.has_mid_term)))],
                text("tables.paste"),
            )
        else:
            self._make(edit)

    def _came(self, found: Rows | Table) -> None:
        if isinstance(found, Table):
            self._paste_table(found)
        else:
            self._paste_rows(found)

    def _paste_table(self, table: Table) -> None:
        """A table from another program: cells onto cells where that is plain, else after asking."""
        shown, cell = self._model.shown, self._view.current_cell()
        edit = None
        if shown is not None and cell is not None:
            edit = paste_cells(shown, table, *cell, self._view.selected_rows())
        if edit is None:
            self._ask([("", table)], text("tables.paste"))
        else:
            self._make(edit, cell)

    def _ask(self, sheets: Sequence[tuple[str, Table]], act: str) -> None:
        from desktop.ui.dialogs.table_preview import TablePreviewDialog

        shown, facts = self._model.shown, self._view.facts(self._view.currentIndex())
        if shown is None:
            return
        home = facts.levels if facts is not None and facts.depth > 1 else None
        dialog = TablePreviewDialog(shown, sheets, home, self._jobs, self._view.window(), act=act)
        dialog.exec()
        if dialog.edit is not None:
            self._make(dialog.edit)
        dialog.deleteLater()

    def _make(self, edit: Edit, cell: tuple[int, Column] | None = None) -> None:
        """Hand an edit over, and choose the rows that came or changed; the cursor stays on ``cell``."""
        before = self._model.shown
        if before is None or edit.is_empty:
            return
        self.edit_made.emit(edit)
        after = self._model.shown
        if after is not None:
            was = {id(row) for row in before.rows}
            fresh = [at for at, row in enumerate(after.rows) if id(row) not in was]
            if fresh:
                self._view.select_rows(fresh, cell)


def _clip() -> Clip:
    """The clipboard as plain data; what is far too large is not even copied."""
    data = QGuiApplication.clipboard().mimeData()
    html = bytes(data.data("text/html").data()) if data.hasHtml() else b""
    if data.hasHtml() and not html:
        html = data.html().encode()
    words = data.text() if data.hasText() else ""
    rows = bytes(data.data(ROWS_FORMAT).data()) if data.hasFormat(ROWS_FORMAT) else b""
    return Clip(html[: MAX_CHARACTERS + 1], words[: MAX_CHARACTERS + 1], rows, data.hasImage())
