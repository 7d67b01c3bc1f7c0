"""One form typeset: title and year line, the table on its pages, the sign-off line."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from forms.printing.columns import balanced, fitted
from forms.printing.draw import ASCENT, Sheet
from forms.printing.grid import build
from forms.printing.layout import MM, Layout, Setting
from forms.printing.linebreak import prepared
from forms.printing.paginate import paginate

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from forms.documents import Declaration, Evaluation
    from forms.edition import Edition
    from forms.printing.columns import Edges
    from forms.printing.embed import Typesetter
    from forms.printing.grid import Grid
    from forms.printing.options import Role
    from forms.printing.paginate import TablePage

    _Paginate: TypeAlias = Callable[[Layout], list[TablePage]]

PORTRAIT: Final = (210 * MM, 297 * MM)
TOP: Final = 20 * MM
FOOT: Final = 20 * MM
"""Blank above and below the table; the page number stands in the foot."""
_TITLE, _YEAR = 18.0, 12.0
_TITLE_BLOCK: Final = _TITLE + 8 + _YEAR + 8
_SIZES: Final = (10.5, 10.0, 9.5, 9.0)
_SMALL: Final = (8.5, 8.0)
_PADS: Final = (1.4 * MM, 1.1 * MM, 0.8 * MM)
"""Least blank above and below a text; the last two are tight."""
_COMFORTABLE: Final = 2.6 * MM
_HALVINGS: Final = 5
"""Steps in which the blank is sought with which the pages are full."""
_SIGN_OFF: Final = (
    ("填报人：", "联系电话：", "财务负责人："),
    ("单位负责人：", "（单位盖章）", "填报日期：　　　年　　月　　日"),
)
_SIGN_SIZE, _SIGN_LEADING, _SIGN_GAP = 10.5, 24.0, 14.0


def typeset(form: Declaration | Evaluation, edition: Edition, typesetter: Typesetter, *, number: int | None = None,
            landscape: bool = False, sign_off: bool = False) -> list[Sheet]:  # fmt: skip
    """Set a form on as many sheets as it takes; ``number`` stands behind the title, in a bound set."""
    width, height = PORTRAIT[::-1] if landscape or edition.orientation == "landscape" else PORTRAIT
    grid = build(form, edition, typesetter.faces.measure("table"))
    nominal = max(edges[-1] for edges in grid.edges) * MM
    scale = (width - 40 * MM) / nominal
    room = height - TOP - FOOT
    tail = _SIGN_GAP + len(_SIGN_OFF) * _SIGN_LEADING if sign_off else 0.0
    first = room - _TITLE_BLOCK

    def pages_of(layout: Layout) -> list[TablePage]:
        return paginate(layout, first, room, tail)

    layout, pages = _set(grid, balanced(grid), scale, room, pages_of)
    if layout.setting.size < _SIZES[-1]:  # columns balanced for type of that size may do with a larger one
        other = _set(grid, balanced(grid, layout.setting.size), scale, room, pages_of)
        layout, pages = min(
            (layout, pages), other, key=lambda one: (len(one[1]), -one[0].setting.size, -one[0].setting.pad)
        )
    left = (width - nominal * scale) / 2
    sheets = []
    for n, page in enumerate(pages):
        sheet = Sheet(width, height, typesetter)
        y = TOP
        if n == 0:
            title = edition.title + (f" {number}" if number is not None else "")
            _centred(sheet, title, y + ASCENT * _TITLE, _TITLE, "title")
            year = edition.year_line.replace("{year}", str(form.year))
            _centred(sheet, year, y + _TITLE + 8 + ASCENT * _YEAR, _YEAR, "table")
            y += _TITLE_BLOCK
        sheet.table(page, layout, left, y)
        if sign_off and n == len(pages) - 1:
            _sign_off(sheet, left, width - left, y + page.height + _SIGN_GAP)
        sheets.append(sheet)
    return sheets


def _set(grid: Grid, edges: Edges, scale: float, room: float, pages_of: _Paginate) -> tuple[Layout, list[TablePage]]:
    """The form in the best size for such columns."""

    def at(size: float) -> tuple[Layout, bool]:
        columns, whole = fitted(grid, edges, size, scale)
        return Layout(grid, Setting(size, _PADS[-1]), columns, room / 3), whole

    return _best(cache(at), pages_of)


def _best(at: Callable[[float], tuple[Layout, bool]], pages_of: _Paginate) -> tuple[Layout, list[TablePage]]:
    """The largest type with rows of comfortable height that takes as few pages as type of 9 pt set tight.

    Type below 9 pt is taken only where a form then has a single page, or an amount would have to be broken.
    """
    layout, whole = at(_SIZES[0])
    if whole and len(pages_of(layout.padded(_PADS[0]))) == 1:
        return _filled(layout.padded(_PADS[0]), 1, pages_of)  # nothing is better, so nothing else is tried
    # Where an amount, or some other number, would be broken in 9 pt, the type has to be smaller still.
    smallest = next((size for size in (_SIZES[-1], *_SMALL) if at(size)[1]), _SMALL[-1])
    tight = pages_of(at(smallest)[0])
    if len(tight) == 2:
        for size in (size for size in _SMALL if size < smallest):
            if len(pages_of(at(size)[0])) == 1:
                return _filled(at(size)[0], 1, pages_of)
    settings = (  # a smaller size is better than crowded rows
        at(size)[0].padded(pad)
        for pad in _PADS
        for size in chain((size for size in _SIZES if size > smallest and at(size)[1]), [smallest])
    )
    return _filled(next(one for one in settings if len(pages_of(one)) <= len(tight)), len(tight), pages_of)


def _filled(layout: Layout, count: int, pages_of: _Paginate) -> tuple[Layout, list[TablePage]]:
    """The lines weighed together, and the rows as high as the pages have room for, up to a comfortable height."""
    layout = layout.refined()
    found = layout, pages_of(layout)
    low, high = layout.setting.pad, _COMFORTABLE
    for step in range(_HALVINGS):
        pad = high if step == 0 else (low + high) / 2
        looser = layout.padded(pad)
        pages = pages_of(looser)
        if len(pages) > count:
            high = pad
            continue
        found, low = (looser, pages), pad
        if pad == _COMFORTABLE:
            break
    return found


def _centred(sheet: Sheet, text: str, baseline: float, size: float, role: Role) -> None:
    for line in prepared(text, sheet.typesetter.faces.measure(role)).lines(sheet.width / size):
        sheet.line(line, line.centred(0, sheet.width, size), baseline, size, role)


def _sign_off(sheet: Sheet, left: float, right: float, top: float) -> None:
    """The sign-off line; its blanks are ruled."""
    step = (right - left) / 3
    for n, row in enumerate(_SIGN_OFF):
        baseline = top + n * _SIGN_LEADING + ASCENT * _SIGN_SIZE
        for k, words in enumerate(row):
            x = left + k * step
            line = prepared(words, sheet.typesetter.faces.measure()).lines(step)[0]
            sheet.line(line, x, baseline, _SIGN_SIZE)
            if words.endswith("："):
                sheet.rule(x + line.width * _SIGN_SIZE + 6, baseline + 2, x + step - 14, baseline + 2)
