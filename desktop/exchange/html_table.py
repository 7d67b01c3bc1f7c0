"""The first table of an HTML text from the clipboard, as Excel, WPS, Word or a browser put it there.

What is shown is read, and nothing else: scripts, styles, comments and rows that are not displayed are left out, an
entity is the character it stands for, white space is one blank unless its cell keeps it (``white-space: pre``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from desktop.exchange.tables import MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Builder, Table, TableError
from desktop.texts import text

MAX_DEPTH = 64
"""Elements within one another."""
MAX_TAG = 2_000
"""Characters of a tag; a picture within the text makes longer ones, which say nothing of the table."""
_PIECE = 1 << 16
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg"])
_BREAKING = frozenset(["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"])
_ENDS = {"td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "tr"), "li": ("li",), "p": ("p",)}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden)", re.IGNORECASE)
_KEEPS_SPACE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_FRAGMENT = re.compile(r"\A\s*Version:\d", re.IGNORECASE)
_TOO_NARROW = re.compile(r"#+")


def read_html(words: str, go_on: Callable[[int, int], bool] = lambda _made, _total: True) -> Table:
    """Return the table with the most rows. Raises TableError where there is none, or it is beyond a limit.

    ``go_on`` is told how far it is (characters read, of how many) and answers whether to go on; where it does not,
    TableError is raised.
    """
    if len(words) > MAX_CHARACTERS:
        raise TableError(text("tables.paste_too_big", most=MAX_CHARACTERS // 1_000_000))
    if _FRAGMENT.match(words):  # the head of Windows' own format, where a platform leaves it in front
        words = words[max(words.find("<"), 0) :]
    words = _tamed(words)
    reader = _Reader()
    try:
        for start in range(0, len(words), _PIECE):
            if not go_on(start, len(words)):
                raise TableError(text("tables.stopped"))
            reader.feed(words[start : start + _PIECE])
        reader.close()
    except AssertionError as error:  # a broken declaration makes the parser give up
        raise TableError(text("tables.broken_html")) from error
    return reader.best()


def _tamed(words: str) -> str:
    """Return the HTML without what is never read, and without tags of monstrous length.

    The library's parser takes time by the square of the length of a tag, and of a comment that does not end.
    """
    words = _without(words, "<!--", "-->", 3)
    for tag in ("script", "style"):
        words = _without(words, f"<{tag}", f"</{tag}", 0)
    *pieces, last = words.split(">")
    kept = []
    for piece in pieces:
        shown, mark, tag = piece.partition("<")
        kept.append(f"{piece}>" if len(tag) <= MAX_TAG or not mark else shown)
    return "".join(kept) + last.partition("<")[0]  # a tag that does not end is none


def _without(words: str, begin: str, end: str, length: int) -> str:
    """Return the text without all from ``begin`` to ``end`` and ``length`` characters of that; without end, all."""
    low = words.lower()
    low = low if len(low) == len(words) else words  # a few letters grow as they turn small
    kept = []
    at = 0
    while (start := low.find(begin, at)) >= 0:
        kept.append(words[at:start])
        stop = low.find(end, start)
        at = len(words) if stop < 0 else stop + length
    kept.append(words[at:])
    return "".join(kept)


class _Reader(HTMLParser):
    """Builds every table that is not inside another one; one inside a cell is read as the words of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stack: list[str] = []
        self._tables: list[Builder] = []
        self._depth = 0
        """Tables that are open."""
        self._silent: int | None = None
        """Place in the stack of the element whose inside is left out."""
        self._hidden_row = False
        self._told_hidden = False
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._keeps = False
        self._number = ""

    def best(self) -> Table:
        """Return the table with the most rows."""
        self._end_cell()
        tables = []
        trouble = TableError(text("tables.no_table"))
        for builder in self._tables:
            try:
                tables.append(builder.table())
            except TableError as error:  # all its cells are blank
                trouble = error
        if not tables:
            raise trouble
        return max(tables, key=lambda one: len(one.rows))

    # ---------------------------------------------------------------- what the parser tells

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag == "br" and self._silent is None and self._cell is not None:
                self._cell.append("\0")  # white space around a line break is nothing
            return
        self._close_implied(tag)
        if len(self._stack) >= MAX_DEPTH:
            raise TableError(text("tables.too_deep"))
        self._stack.append(tag)
        if self._silent is not None:
            return
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT or (tag not in ("tr", "td", "th") and _HIDDEN.search(given.get("style", ""))):
            self._silent = len(self._stack) - 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._tables.append(Builder())
        elif self._depth == 1:
            self._begin(tag, given)
        if tag in _BREAKING and self._cell:
            self._cell.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._stack:
            return
        while self._stack:
            closed = self._stack.pop()
            self._closed(closed)
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._silent is None and self._cell is not None:
            self._cell.append(data)

    def unknown_decl(self, data: str) -> None:
        """Conditional sections of Excel: nothing to read."""

    # ---------------------------------------------------------------- rows and cells

    def _close_implied(self, tag: str) -> None:
        """A cell or row that begins ends the one before, where its end was left out."""
        ends = {"td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "tr"), "li": ("li",), "p": ("p",)}.get(
            tag, ()
        )
        while self._stack and self._stack[-1] in ends:
            self._closed(self._stack.pop())

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        style = given.get("style", "")
        if tag == "tr":
            self._hidden_row = bool(_HIDDEN.search(style))
            self._tables[-1].begin_row(hidden=self._hidden_row)
        elif tag in ("td", "th"):
            self._cell = []
            self._spans = (_span(given.get("rowspan", ""), MAX_ROWS), _span(given.get("colspan", ""), MAX_COLUMNS))
            self._keeps = bool(_KEEPS_SPACE.search(style))
            self._number = given.get("x:num", "")

    def _closed(self, tag: str) -> None:
        if self._silent is not None:
            if len(self._stack) <= self._silent:
                self._silent = None
            return
        if tag == "table":
            self._depth = max(0, self._depth - 1)
            if self._depth == 0:
                self._end_cell()
                self._hidden_row = False
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
        elif tag in _BREAKING and self._cell is not None:
            self._cell.append("\0")

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        words = "".join(self._cell)
        self._cell = None
        lines = words.split("\0")
        if self._keeps:
            words = "\n".join(lines)
        else:
            # A blank of fixed width pads cells in these programs; nobody types one into a table.
            lines = [_SPACE.sub(" ", line.replace("\xa0", " ")).strip(" ") for line in lines]
            words = "\n".join(lines).strip("\n")
        if self._number and _TOO_NARROW.fullmatch(words):
            words = self._number  # a column too narrow for its number shows ####
        self._tables[-1].add(words, *self._spans)
        if self._hidden_row and words.strip() and not self._told_hidden:
            self._told_hidden = True
            self._tables[-1].notes.append(text("tables.hidden_rows"))


def _span(given: str, most: int) -> int:
    digits = given.strip()
    return min(int(digits[:6]), most) if digits.isascii() and digits.isdigit() else 1
