"""Column edges that fit what stands in the columns (forms.md 17).

The edition says where the edges are to be. They move as little as need be, so that no amount, number or word is
broken and labels stand on one line where little is lacking; edges that bands share stay one line down the page.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import ceil, inf
from typing import TYPE_CHECKING, Final, TypeAlias

from forms.printing.kinsoku import JOINT, RELUCTANT, RUN
from forms.printing.layout import MM, SIDE_PAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.printing.grid import Grid
    from forms.printing.linebreak import Text

Edges: TypeAlias = list[tuple[float, ...]]
"""Edges of each band."""

_WIDEST: Final = 0.5
"""A number or word that takes more than this share of the table may be broken."""
_GENEROUS: Final = 1.2
"""A label gets one line if its column need not grow by more than this factor."""
_STEPS: Final = (2.5, 5.0, 7.5, 12.5, 20.0)
_LEAST: Final = 16.0
"""Millimetres: by how much text columns are tried wider, and how narrow they may become."""
_SAMPLE: Final = 10.0
"""Size of type for which the text columns are balanced."""
_SHORT: Final = 24
"""Texts up to this length are broken to count their lines; of longer ones the length says enough."""
_TINY: Final = 1e-6
_TEXT_COLUMNS: Final = (("l3",), ("target", "actual"), ("reason",))


def balanced(grid: Grid) -> Edges:
    """Edges in mm with the text columns of the indicators as wide as their texts ask for: the fewest lines in all."""
    band = grid.parts.index("indicators")
    named = {box.path.rpartition(".")[2]: box.column for box in grid.boxes if box.band == band and box.path is not None}
    counter = _Counter(grid, band, [named[key] for keys in _TEXT_COLUMNS for key in keys if key in named])
    edges = list(grid.edges[band])
    best = counter.cost(edges)
    # Target and actual hold the same texts, so they stay of one width.
    groups = [tuple(named[key] for key in keys if key in named) for keys in _TEXT_COLUMNS]
    groups = [group for group in groups if group]
    moves = [(give, take, step) for give in groups for take in groups for step in _STEPS if give != take]
    improved = bool(moves)
    while improved:
        improved = False
        for move in moves:
            tried = _moved(edges, *move)
            if tried is not None and (cost := counter.cost(tried)) < best:
                edges, best, improved = tried, cost, True
    where = dict(zip(grid.edges[band], edges, strict=True))
    return [tuple(where.get(x, x) for x in one) for one in grid.edges]


def _moved(edges: list[float], give: tuple[int, ...], take: tuple[int, ...], step: float) -> list[float] | None:
    """The edges when columns give of their width to others, ``step`` for each that takes; None if they have not."""
    widths = [b - a for a, b in pairwise(edges)]
    for k in give:
        widths[k] -= step * len(take) / len(give)
    for k in take:
        widths[k] += step
    if min(widths[k] for k in give) < _LEAST:
        return None
    return list(accumulate(widths, initial=edges[0]))


class _Counter:
    """Lines that the indicator rows take."""

    def __init__(self, grid: Grid, band: int, columns: Sequence[int]) -> None:
        self._wanted = grid.edges[band]
        boxes = [box for box in grid.boxes if box.band == band and box.column in columns]
        self._boxes = [box for box in boxes if box.path is not None]
        self._known: dict[tuple[str, float], int] = {}
        widths = self._widths(self._wanted)
        self._captions = [(box, box.text.count(widths[box.column])) for box in boxes if box.path is None]

    def _widths(self, edges: Sequence[float]) -> list[float]:
        return [((b - a) * MM - 2 * SIDE_PAD) / _SAMPLE for a, b in pairwise(edges)]

    def cost(self, edges: Sequence[float]) -> float:
        """Lines of all rows, and a little for each step away from the edges of the edition.

        Without bound where a caption would take more lines than it does in the edition.
        """
        rows: dict[int, int] = {}
        widths = self._widths(edges)
        if any(box.text.count(widths[box.column]) > count for box, count in self._captions):
            return inf
        for box in self._boxes:
            rows[box.row] = max(rows.get(box.row, 1), self._lines(box.text, widths[box.column]))
        return sum(rows.values()) + sum(abs(a - b) for a, b in zip(edges, self._wanted, strict=True)) / 100

    def _lines(self, text: Text, width: float) -> int:
        if len(text.paragraphs) == 1 and len(text.paragraphs[0].text) <= _SHORT:
            key = text.paragraphs[0].text, width
            if key not in self._known:
                self._known[key] = text.count(width)
            return self._known[key]
        return sum(ceil(one.width(0, len(one.text)) * 1.04 / width) or 1 for one in text.paragraphs)


def fitted(grid: Grid, nominal: Edges, size: float, scale: float = 1.0) -> tuple[Edges, bool]:
    """Edges in points for a size of type; and whether all numbers and words fit whole.

    Edges that the edition has at one place in several bands stay one line, unless there is no room for that.
    """
    wanted = [tuple(x * MM * scale for x in edges) for edges in nominal]
    for level in (JOINT, RUN):
        needs = _needs(grid, wanted, size, level)
        found = _solved(grid.edges, wanted, needs)
        if found is not None:
            return _generous(grid, wanted, needs, _needs(grid, wanted, size, level, lines=True)) or found, True
    found, whole = [], True
    for same, edges, least in zip(grid.edges, wanted, needs, strict=True):
        alone = _solved([same], [edges], [least])
        whole = whole and alone is not None
        found += alone or [edges]
    return found, whole


def _generous(grid: Grid, wanted: Edges, needs: list[list[float]], soft: list[list[float]]) -> Edges | None:
    """Texts on one line, wherever there is room for it; None where there is nowhere."""
    best = _solved(grid.edges, wanted, soft)
    if best is None:
        for band, row in enumerate(soft):
            for column, need in enumerate(row):
                if need > needs[band][column]:
                    tried = [[*one] for one in needs]
                    tried[band][column] = need
                    better = _solved(grid.edges, wanted, tried)
                    needs, best = (tried, better) if better is not None else (needs, best)
    return best


def _needs(grid: Grid, edges: Edges, size: float, level: int, *, lines: bool = False) -> list[list[float]]:
    """Least width of each column of each band; with ``lines`` also for a text that may well stand on one line."""
    needs = [[0.0] * (len(one) - 1) for one in edges]
    for box in grid.boxes:
        if box.columns == 1:
            width = edges[box.band][box.column + 1] - edges[box.band][box.column]
            unbroken = RELUCTANT if box.repeats else level  # words of a label stay whole
            need = box.text.widest_piece(edges[box.band][-1] * _WIDEST / size, unbroken) * size + 2 * SIDE_PAD
            if box.upright:
                need = max(box.upright, 2) * size + 2 * SIDE_PAD
            elif lines:
                natural = box.text.natural_width * size + 2 * SIDE_PAD
                need = natural if need < natural <= width * (_GENEROUS if box.repeats else 1) else need
            needs[box.band][box.column] = max(needs[box.band][box.column], need)
    if lines:
        _even(grid, needs)
    return needs


def _even(grid: Grid, needs: list[list[float]]) -> None:
    """Columns of amounts that stand side by side are of one width."""
    for band, part in enumerate(grid.parts):
        if part == "funds":
            columns = {box.column for box in grid.boxes if box.band == band and box.align == "right"}
            widest = max((needs[band][k] for k in columns), default=0.0)
            for k in columns:
                if k - 1 in columns or k + 1 in columns:
                    needs[band][k] = widest


def _solved(same: Sequence[tuple[float, ...]], wanted: Edges, needs: list[list[float]]) -> Edges | None:
    """Edges as near to the wanted ones as the needs allow; None where there is no room.

    ``same`` names the edges by their places in the edition: those of one name stay together.
    """
    names = sorted({name for edges in same for name in edges})
    before: dict[float, list[tuple[float, float]]] = {name: [] for name in names}
    after: dict[float, list[tuple[float, float]]] = {name: [] for name in names}
    for edges, widths in zip(same, needs, strict=True):
        for (a, b), need in zip(pairwise(edges), widths, strict=True):
            before[b].append((a, need))
            after[a].append((b, need))
    limit: dict[float, float] = {}
    for name in reversed(names):
        limit[name] = min((limit[b] - need for b, need in after[name]), default=wanted[0][-1])
    aims = _aims(same, wanted, needs)
    found: dict[float, float] = {}
    for name in names:
        least = max((found[a] + need for a, need in before[name]), default=0.0)
        if least > limit[name] + _TINY:
            return None
        found[name] = min(max(aims[name], least), limit[name]) if before[name] else 0.0
    return [tuple(found[name] for name in edges) for edges in same]


def _aims(same: Sequence[tuple[float, ...]], wanted: Edges, needs: list[list[float]]) -> dict[float, float]:
    """Where each edge would go if its band were alone: what a column lacks, all that have more than they need give."""
    least: dict[tuple[float, float], float] = {}
    for names, widths in zip(same, needs, strict=True):
        for column, need in zip(pairwise(names), widths, strict=True):
            least[column] = max(least.get(column, 0.0), need)
    aims: dict[float, float] = {}
    for names, edges in sorted(zip(same, wanted, strict=True), key=lambda band: len(band[0])):
        columns = [(b - a, least[column]) for (a, b), column in zip(pairwise(edges), pairwise(names), strict=True)]
        missing = sum(max(need - width, 0.0) for width, need in columns)
        spare = sum(max(width - need, 0.0) for width, need in columns)
        share = missing / spare if spare else 0.0
        given = (max(need, width - share * max(width - need, 0.0)) for width, need in columns)
        for name, x, aim in zip(names, edges, accumulate(given, initial=edges[0]), strict=True):
            if name not in aims or abs(aim - x) > _TINY:  # the band with the most columns has the last word
                aims[name] = aim
    return aims
