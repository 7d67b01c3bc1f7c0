"""Tab-separated text as Excel and WPS put it on the clipboard: a cell with a line break or a quote stands in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop.exchange.tables import MAX_CHARACTERS, Builder, Table, TableError
from desktop.texts import text

# A quoted cell ends with a quote before a tab, a line end or the end of all; any other quote is a character as typed.
_CELL = re.compile(r'(?:"([^"]*+(?:""[^"]*+)*+)"(?=[\t\r\n]|\Z)|([^\t\r\n]*+))(\t|\r\n|[\r\n]|\Z)')
_SPECIAL = re.compile(r'[\t\r\n"]')


def read_tab_text(words: str) -> Table:
    """Return the table of a text; one without tabs has one column. Raises TableError."""
    if len(words) > MAX_CHARACTERS:
        raise TableError(text("tables.paste_too_big", most=MAX_CHARACTERS // 1_000_000))
    builder = Builder()
    builder.begin_row()
    for match in _CELL.finditer(words):
        quoted, plain, end = match.groups()
        builder.add(plain if quoted is None else quoted.replace('""', '"'))
        if match.end() == len(words):
            break  # the line end of the last row begins no other one
        if end != "\t":
            builder.begin_row()
    return builder.table()


def write_tab_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as tab-separated text; ``read_tab_text`` gives the same cells back."""
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _cell(words: str) -> str:
    return '"' + words.replace('"', '""') + '"' if _SPECIAL.search(words) else words
