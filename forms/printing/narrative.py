"""项目经费情况说明 and other running text, set after GB/T 9704-2012: 22 lines a page, 28 characters a line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from forms.place_words import WORDS
from forms.printing.draw import ASCENT, Margins, Sheet, Spot
from forms.printing.kinsoku import FREE
from forms.printing.layout import MM
from forms.printing.linebreak import Line, Text, prepared
from forms.printing.totalfit import refined

if TYPE_CHECKING:
    from forms.documents import Narrative
    from forms.printing.embed import Typesetter
    from forms.printing.linebreak import Paragraph
    from forms.printing.options import Role

HEADING: Final = WORDS["narrative"]
PAPER: Final = (210 * MM, 297 * MM)
_TOP: Final = 37 * MM
_MARGINS: Final = Margins(28 * MM, 26 * MM, 35 * MM)
_LEFT: Final = _MARGINS.left
_WIDTH: Final = PAPER[0] - _MARGINS.left - _MARGINS.right
_SLOTS: Final = 22
_LEADING: Final = 225 * MM / _SLOTS
_LAST: Final = 5
"""Lines that the last page has at least: so many are taken along from the page before."""
_SIZE: Final = 16.0
_TITLE_SIZES: Final = (22.0, 20.0, 18.0)
_INDENT: Final = 2.0
_LOOSEST: Final = 0.35
"""Ems that a gap may be stretched by to justify a line; a looser line stays ragged."""

_LEAD: Final = re.compile(r"（[一二三四五六七八九十]{1,3}）[^，。、；：？！]{1,28}(?:。|$)")
"""（一） and its words, up to the first stop: a heading of the second level, also where its text runs on."""


class _Row(NamedTuple):
    """A line on the line grid; ``indent`` in ems; ``path`` of the text it belongs to.

    ``lead`` characters at its beginning are a heading in the line.
    """

    line: Line
    indent: float
    role: Role
    path: str | None
    lead: int


class Flow:
    """Running text over as many sheets as it takes."""

    def __init__(self, typesetter: Typesetter, shorter: tuple[int, int] = (-1, 0)) -> None:
        """Begin; ``shorter`` names a page, from 0, and how many of its lines are left for the next one."""
        self._typesetter, self._shorter = typesetter, shorter
        self.sheets: list[Sheet] = []
        self._slot = _SLOTS

    @property
    def used(self) -> int:
        """Lines of the last page that are taken."""
        return self._slot

    @property
    def _slots(self) -> int:
        """Lines of the present page."""
        page, lines = self._shorter
        return _SLOTS - lines if page == len(self.sheets) - 1 else _SLOTS

    def title(self, text: str, *, before: int = 0, words: tuple[str, ...] = ()) -> None:
        """A centred title, after some empty lines, and one empty line below it.

        ``words`` are not broken where a smaller size helps: a long title is broken by its meaning.
        """
        self._need(before + 3)
        self._slot += before
        prepared = Text(text, self._typesetter.faces.measure("title"), words)
        for size in _TITLE_SIZES:
            lines = prepared.lines(_WIDTH / size, balanced=True)
            if all(line.last or line.paragraph.levels[line.end] == FREE for line in lines):
                break
        for line in lines:
            self._need(1)
            x = line.centred(0, PAPER[0], size)
            self.sheets[-1].line(line, x, self._baseline(size), size, "title")
            self._slot += 1
        self._slot = min(self._slot + 1, _SLOTS)

    def section(self, heading: str, text: str, path: str | None) -> None:
        """A heading and its paragraphs; ``path`` is their place in the document, if they have one.

        A heading never stands without text below it, if there is any.
        """
        paragraphs = [self._rows(one, "text", path) for one in text.strip().splitlines() if one.strip()]
        rows = self._rows(heading, "heading", None) if heading.strip() else []
        if rows:
            below = len(paragraphs[0]) if paragraphs else 0
            self._need(min(len(rows) + (below if below < 4 else 2), _SLOTS))
            self._place(rows)
        for paragraph in paragraphs:
            self._paragraph(paragraph)

    def _paragraph(self, rows: list[_Row]) -> None:
        """At least two lines of a paragraph stand on each side of a page break."""
        while rows:
            self._need(1)
            free = self._slots - self._slot
            count = min(len(rows), free)
            if count < len(rows):
                if len(rows) - count == 1:
                    count -= 1
                if count < 2 and free < self._slots:
                    self._slot = _SLOTS
                    continue
            self._place(rows[:count])
            rows = rows[count:]

    def _need(self, slots: int) -> None:
        """Begin a new sheet unless so many lines are free on this one."""
        if self._slot + slots > self._slots:
            self.sheets.append(Sheet(*PAPER, self._typesetter, _MARGINS))
            self._slot = 0

    def _baseline(self, size: float) -> float:
        """Baseline of the present line, the type in the middle of its leading."""
        return _TOP + self._slot * _LEADING + (_LEADING - size) / 2 + ASCENT * size

    def _place(self, rows: list[_Row]) -> None:
        for row in rows:
            self._need(1)
            sheet, y = self.sheets[-1], _TOP + self._slot * _LEADING
            room = _WIDTH - row.indent * _SIZE
            at = _LEFT + row.indent * _SIZE
            baseline = self._baseline(_SIZE)
            sheet.line(row.line, at, baseline, _SIZE, row.role, width=room, loosest=_LOOSEST, lead=row.lead)
            self._slot += 1
            if row.path is not None:
                last = sheet.places[-1] if sheet.places else None
                if last is not None and last.path == row.path:
                    sheet.places[-1] = last._replace(height=y + _LEADING - last.y)
                else:
                    sheet.places.append(Spot(_LEFT, y, _WIDTH, _LEADING, row.path))

    def _rows(self, text: str, role: Role, path: str | None) -> list[_Row]:
        """The lines of a paragraph, its first line indented by two characters."""
        faces = self._typesetter.faces
        measure, plain = faces.measure(role), faces.measure("subheading")
        found: list[_Row] = []
        for paragraph in prepared(text.strip(), measure).paragraphs:
            indent, ranges = _ranges(paragraph)
            match = _LEAD.match(paragraph.text) if role == "text" else None
            lead = match.end() if match and all(measure(char) == plain(char) for char in match[0]) else 0
            for n, (start, end) in enumerate(ranges):
                line = Line(paragraph, start, end, end == len(paragraph.text))
                found.append(_Row(line, 0.0 if n else indent, role, path, min(max(lead - start, 0), end - start)))
        return found


@lru_cache(maxsize=256)
def _ranges(paragraph: Paragraph) -> tuple[float, list[tuple[int, int]]]:
    """Indent of the first line of a paragraph, and its lines."""
    width = _WIDTH / _SIZE
    piece = paragraph.first_piece()
    indent = 0.0 if width - _INDENT < piece <= width else _INDENT
    return indent, refined(paragraph, width, paragraph.breaks(width, width - indent), width - indent)


def typeset(narrative: Narrative, typesetter: Typesetter, number: int | None) -> list[Sheet]:
    """Set a narrative on its sheets; ``number`` stands behind the title in a bound set."""

    def flown(*shorter: tuple[int, int]) -> Flow:
        flow = Flow(typesetter, *shorter)
        flow.title(HEADING + (f" {number}" if number is not None else ""))
        for n, section in enumerate(narrative.sections):
            flow.section(section.title, section.text, f"narrative.sections[{n}].text")
        return flow

    flow = flown()
    pages = len(flow.sheets)
    if pages > 1 and flow.used < _LAST:
        other = flown((pages - 2, _LAST - flow.used))
        flow = other if len(other.sheets) == pages else flow
    return flow.sheets
