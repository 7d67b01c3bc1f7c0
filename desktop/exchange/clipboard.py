"""What stands on the clipboard: read as a table, or as rows of this program; rows written for all who may read them.

Rows go out in three shapes at once. Spreadsheets take the HTML, where every cell is marked as text, so that ``=100%``
stays a text and never becomes a formula. Editors take the tab-separated text. This program takes its own rows, with
all that it knows of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from desktop.exchange.html_table import read_html
from desktop.exchange.tab_text import read_tab_text
from desktop.exchange.tables import MAX_CHARACTERS, Table, TableError
from desktop.texts import text
from forms.documents import Declaration, Evaluation, FormKind, Package, Project
from forms.edition import Edition
from forms.indicators import Rows
from forms.package import PackageError, parse_package, write_package

ROWS_FORMAT = "application/x-jibiao-indicators"
"""The program's own format: a package with one form that has nothing but its rows."""

_TABLE = re.compile(rb"<table\b", re.IGNORECASE)
_CELL = """<td x:str style="mso-number-format:'\\@';white-space:pre-wrap">"""
_LINE_BREAK = '<br style="mso-data-placement:same-cell">'


@dataclass(frozen=True, slots=True)
class Clip:
    """The contents of the clipboard as plain data, for work aside. HTML in UTF-8."""

    html: bytes = b""
    words: str = ""
    rows: bytes = b""
    has_picture: bool = False
    is_cut: bool = False
    """Whether the HTML is only the beginning of what is too large to be read."""
    has_files: bool = False
    """Whether a file manager put files there."""

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.html) + len(self.words) + len(self.rows)


def read_clip(clip: Clip, go_on: Callable[[int, int], bool] = lambda _made, _total: True) -> Table:
    """Return the table on the clipboard: HTML first, then tab-separated text. Raises TableError."""
    if clip.has_files:
        raise TableError(text("tables.only_files"))
    if _TABLE.search(clip.html):
        if clip.is_cut or len(clip.html) > MAX_CHARACTERS:
            raise TableError(text("tables.paste_too_big", most=MAX_CHARACTERS // 1_000_000))
        return read_html(clip.html.decode("utf-8", "replace"), go_on)
    if clip.words.strip():
        return read_tab_text(clip.words)
    raise TableError(text("tables.only_picture" if clip.has_picture else "tables.no_text"))


def read_rows(clip: Clip, editions: Mapping[str, Edition]) -> Rows | None:
    """Return the rows that this program put there; None where there are none, or another version wrote them."""
    if not clip.rows:
        return None
    try:
        package = parse_package(clip.rows, ROWS_FORMAT, editions)
    except PackageError:
        return None
    return next((form.indicators for project in package.projects for _, form in project.forms), None)


def write_rows(form: FormKind, edition: str, year: int, rows: Rows) -> bytes:
    """Return rows in the program's own format. Raises PackageError where they are more than it takes back."""
    if form == "declaration":
        project = Project(declaration=Declaration(edition, year, indicators=rows))
    else:
        project = Project(evaluation=Evaluation(edition, year, indicators=rows))
    return write_package(Package((project,)), compact=True)


def write_html(rows: Iterable[Sequence[str]]) -> str:
    """Return cells as the HTML that Excel and WPS take, each of them a text."""
    # All cells at once, between marks that no text holds: one by one thousands of them take long.
    marked = escape("\x1e".join("\x1f".join(row) for row in rows)).replace("\n", _LINE_BREAK)
    cells = marked.replace("\x1f", f"</td>{_CELL}").replace("\x1e", f"</td></tr>\n<tr>{_CELL}")
    lines = f"<tr>{_CELL}{cells}</td></tr>\n"
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>\n'
        f'<!--StartFragment--><table border="1" style="border-collapse:collapse">\n{lines}</table><!--EndFragment-->\n'
        "</body></html>"
    )
