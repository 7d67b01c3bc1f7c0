"""Cut, copy and paste of indicators, and a workbook's rows taken in: through the clipboard that all programs share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.exchange.clipboard import ROWS_FORMAT, Clip, read_clip, read_rows, write_html, write_rows
from desktop.exchange.tab_text import write_tab_text
from desktop.exchange.tables import MAX_CHARACTERS, Table, TableError, table_of
from desktop.presenters.cell_paste import Spot, cell_words, cleared, pasted
from desktop.presenters.indicator_cells import Column, Shown, table_cells
from desktop.presenters.table_preview import Choice, first_choice
from desktop.texts import text
from desktop.ui.dialogs.ask import tell
from desktop.ui.dialogs.files import documents
from desktop.ui.jobs import Jobs
from desktop.ui.mime import mime_data
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.turns import in_turn
from desktop.ui.widgets.indicator_view import IndicatorView
from forms.edition import Edition
from forms.edits import Edit
from forms.indicators import Rows, delete
from forms.package import PackageError
from forms.sequences import common_ends

if TYPE_CHECKING:
    from desktop.exchange.xlsx_reading import Sheet
    from desktop.ui.dialogs.table_preview import TablePreviewDialog

GoOn: TypeAlias = Callable[[int, int], bool]

_SMALL = 40_000
"""Bytes of a clipboard that are read at once; more are read aside."""
_FEW = 100
"""Rows that are chosen as they come in; more are chosen in a turn of the event loop by itself."""
_HEAD = 2_000_000
"""Bytes of far too large HTML that tell whether it is a table."""


class IndicatorClipboard(QObject):
    """Acts on the rows chosen in a view."""

    edit_made = Signal(object)
    said = Signal(str)
    """A sentence for the clerk."""
    arriving = Signal()
    """What was read aside is here, and is about to be put into what is shown."""

    def __init__(
        self, model: IndicatorModel, view: IndicatorView, editions: Mapping[str, Edition], jobs: Jobs | None = None
    ) -> None:
        super().__init__(view)
        self._model, self._view, self._editions, self._jobs = model, view, editions, jobs
        self._visit = object()
        """Stands for the project that is open: what comes after it was left is let go."""
        self._folder = documents()
        """Where workbooks are looked for."""

    # ---------------------------------------------------------------- out

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, or where no row is meant the cell of the cursor.

        An identifier that another program gave a row stays with it.
        """
        if self._copy_cell():
            return
        rows = tuple(row._replace(extra={}) if row.extra else row for row in self._chosen())
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
            self.edit_made.emit(edit._replace(name=text("tables.cut_name", count=len(chosen))))

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

    def forget(self) -> None:
        """Let go of what is still being read: another project is open now."""
        self._visit = object()

    def paste(self) -> None:
        """Take in what is on the clipboard: rows of this program, cells onto cells, or a table after asking.

        It goes where the cursor is now, wherever that is when a large clipboard has been read.
        """
        self._view.commit()
        shown = self._model.shown
        if shown is None:
            return
        clip, editions, spot = _clip(), self._editions, self._spot()

        def work(go_on: GoOn) -> tuple[Rows | Table, Edit | Choice]:
            found = read_rows(clip, editions) or read_clip(clip, go_on)
            return found, _meant(shown, found, spot)

        def came(result: tuple[Rows | Table, Edit | Choice]) -> None:
            found, meant = result
            now = self._model.shown
            if now is not None and not shown.is_same(now):  # changed while that was read
                meant = _meant(now, found, self._spot())
            if isinstance(meant, Edit):
                self._make(meant, spot.cell if isinstance(found, Table) else None)
            else:
                self._ask(meant, [("", meant.table)])

        self._aside("paste", text("tables.reading_clip"), work, came, self.said.emit, at_once=clip.size <= _SMALL)

    def import_file(self) -> None:
        """Take in the rows of a workbook, after asking which and how."""
        path, _ = QFileDialog.getOpenFileName(
            self._view.window(), text("tables.pick_file"), str(self._folder), text("tables.workbooks")
        )
        if path:
            self._folder = Path(path).parent
            self.import_path(Path(path))

    def import_path(self, path: Path) -> None:
        """Take in the rows of a workbook, after asking which and how."""

        def work(go_on: GoOn) -> list[Sheet]:
            from desktop.exchange.xlsx_reading import read_sheets

            return read_sheets(path, go_on)

        def came(sheets: list[Sheet]) -> None:
            shown = self._model.shown
            if shown is not None:
                choice = first_choice(shown, sheets[0].table, self._spot().levels, text("tables.import"))
                self._ask(choice, [(one.name, one.table) for one in sheets])

        def refused(sentence: str) -> None:
            tell(text("window.import_trouble"), sentence, self._view.window())

        self._aside("table", text("tables.reading_file"), work, came, refused)

    def _aside(
        self,
        slot: str,
        label: str,
        work: Callable[[GoOn], Any],
        done: Callable[[Any], None],
        refused: Callable[[str], object],
        *,
        at_once: bool = False,
    ) -> None:
        """Read something away from this thread, with a bar and a way to stop it; what cannot be read is ``refused``."""
        if at_once or self._jobs is None:
            try:
                found = work(lambda _made, _total: True)
            except TableError as error:
                refused(str(error))
                return
            done(found)
            return
        visit = self._visit

        def arrived(found: Any) -> None:
            if visit is self._visit:
                self.arriving.emit()
                done(found)
            else:
                self.said.emit(text("tables.other_project"))

        def failed(error: Exception) -> None:
            if not isinstance(error, TableError):
                raise error
            refused(str(error))

        self._jobs.submit(slot, lambda job: work(job.report), arrived, failed=failed, label=label)
        _preview()  # loaded while that is read, so that it opens without a wait

    def _spot(self) -> Spot:
        """Where something would be put now."""
        facts = self._view.facts(self._view.currentIndex())
        if facts is None or facts.depth == 1:
            return Spot()
        after = facts.rows[-1] if facts.rows else None
        return Spot(self._view.current_cell(), tuple(self._view.selected_rows()), facts.levels, after)

    def _ask(self, choice: Choice, sheets: Sequence[tuple[str, Table]]) -> None:
        visit = self._visit

        def decided(edit: Edit) -> None:
            if visit is self._visit and choice.shown.is_same(self._model.shown):
                self._make(edit)
            else:  # by a file that was still being read in
                self.said.emit(text("tables.other_project"))

        dialog = _preview()(choice, sheets, self._jobs, self._view.window())
        dialog.decided.connect(decided)
        dialog.exec()
        dialog.deleteLater()

    def _make(self, edit: Edit, cell: tuple[int, Column] | None = None) -> None:
        """Hand an edit over, and choose the rows that came or changed; the cursor stays on ``cell``."""
        before = self._model.shown
        if before is None or edit.is_empty:
            return
        self.edit_made.emit(edit)
        after = self._model.shown
        if after is not None:
            head, tail = common_ends(before.rows, after.rows)
            was = {id(row) for row in before.rows[head : len(before.rows) - tail]}
            fresh = [at for at in range(head, len(after.rows) - tail) if id(after.rows[at]) not in was]
            if len(fresh) <= _FEW:
                self._choose(after, fresh, cell)
            else:
                in_turn(self, lambda: self._choose(after, fresh, cell))

    def _choose(self, shown: Shown, rows: Sequence[int], cell: tuple[int, Column] | None) -> None:
        """Choose rows of a form, if it has not been changed since."""
        if rows and self._model.shown is shown:
            self._view.select_rows(rows, cell)


def _meant(shown: Shown, found: Rows | Table, spot: Spot) -> Edit | Choice:
    """What pasting means there; where that is not plain, what the clerk is to be asked."""
    edit = pasted(shown, found, spot)
    if edit is not None:
        return edit
    if not isinstance(found, Table):
        found = table_of(table_cells(shown.form, found, mid_term=shown.edition.has_mid_term))
    return first_choice(shown, found, spot.levels, text("tables.paste"))


def _preview() -> type[TablePreviewDialog]:
    """The dialog, which nobody needs before something is taken in."""
    from desktop.ui.dialogs.table_preview import TablePreviewDialog

    return TablePreviewDialog


def _clip() -> Clip:
    """The clipboard as plain data; what is far too large is not even copied."""
    data = QGuiApplication.clipboard().mimeData()
    raw = data.data("text/html") if data.hasHtml() else QByteArray()
    is_cut = raw.size() > MAX_CHARACTERS
    html = bytes(raw.left(_HEAD).data() if is_cut else raw.data())
    if data.hasHtml() and not html:
        html = data.html().encode()[: MAX_CHARACTERS + 1]
    words = data.text() if data.hasText() else ""
    rows = bytes(data.data(ROWS_FORMAT).data()) if data.hasFormat(ROWS_FORMAT) else b""
    has_files = any(url.isLocalFile() for url in data.urls())
    return Clip(html, words[: MAX_CHARACTERS + 1], rows, data.hasImage(), is_cut, has_files)
