"""Column edges that fit what stands in the columns (forms.md 17).

The edition says where the edges are to be. They move as little as need be, so that no amount, number or word is
broken and labels stand on one line where little is lacking; edges that bands share stay one line down the page.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import ceil, inf
from typing import TYPE_CHECKING, Final, TypeAlias

from forms.printing.kinsoku import JOINT, RELUCTANT, SEAM
from forms.printing.layout import MM, SIDE_PAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.printing.grid import Grid
    from forms.printing.linebreak import Text

Edges: TypeAlias = list[tuple[float, ...]]
"""Edges of each band."""

_DEMANDS: Final = ((JOINT, 0.5), *((SEAM, share) for share in (0.5, 0.4, 0.3, 0.25, 0.2, 0.16, 0.13, 0.1, 0.08, 0.0)))
"""What is asked for, until there is room for it: numbers and words whole if they take no more than a share of the
table. Amounts are always asked for."""
_GENEROUS: Final = 1.2
"""A label or a value gets one line if its column need not grow by more than this factor."""
_FEW: Final = 6
"""Names of 一级 and 二级 get it only where there are few columns, so that the texts beside them can spare the room."""
_STEPS: Final = (2.5, 5.0, 7.5, 12.5, 20.0)
_LEAST: Final = 18.0
"""Millimetres: by how much text columns are tried wider, and how narrow they may become."""
_SAMPLE: Final = 10.5
"""Size of type for which the text columns are balanced."""
_SHORT: Final = 24
"""Texts up to this length are broken to count their lines; of longer ones the length says enough."""
_TINY: Final = 1e-6
_TEXT_COLUMNS: Final = (("l3",), ("target", "actual"), ("reason",), ("mid_l3",), ("mid_target",))


def balanced(grid: Grid, size: float = _SAMPLE) -> Edges:
    """Edges in mm with the text columns of the indicators as wide as their texts ask for: the fewest lines in all.

    ``size`` is that of the type in points.
    """
    band, named = _columns(grid)
    counter = _Counter(grid, band, size, [named[key] for keys in _TEXT_COLUMNS for key in keys if key in named])
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

    def __init__(self, grid: Grid, band: int, size: float, columns: Sequence[int]) -> None:
        self._wanted, self._size = grid.edges[band], size
        boxes = [box for box in grid.boxes if box.band == band]
        self._texts = {k: [one.text for one in boxes if one.column == k and one.path is not None] for k in columns}
        self._known: dict[tuple[int, float], list[int]] = {}
        widths = self._widths(self._wanted)
        captions = [(box.text, box.column) for box in boxes if box.path is None and box.column in columns]
        self._captions = [(text, k, text.count(widths[k])) for text, k in captions]

    def _widths(self, edges: Sequence[float]) -> list[float]:
        return [((b - a) * MM - 2 * SIDE_PAD) / self._size for a, b in pairwise(edges)]

    def cost(self, edges: Sequence[float]) -> float:
        """Lines of all rows, and a little for each step away from the edges of the edition.

        Without bound where a caption would take more lines than it does in the edition.
        """
        widths = self._widths(edges)
        if any(text.count(widths[k]) > count for text, k, count in self._captions):
            return inf
        columns = [self._lines(k, widths[k]) for k in self._texts]
        lines: int = sum(map(max, zip(*columns, strict=True)))
        return lines + sum(abs(a - b) for a, b in zip(edges, self._wanted, strict=True)) / 100

    def _lines(self, column: int, width: float) -> list[int]:
        """Lines of the text of each row in a column of so many ems."""
        found = self._known.get((column, width))
        if found is None:
            found = self._known[column, width] = [max(_line_count(text, width), 1) for text in self._texts[column]]
        return found


def _line_count(text: Text, width: float) -> int:
    if len(text.paragraphs) == 1 and len(text.paragraphs[0].text) <= _SHORT:
        return text.count(width)
    return sum(ceil(one.width(0, len(one.text)) * 1.04 / width) or 1 for one in text.paragraphs)


def fitted(grid: Grid, nominal: Edges, size: float, scale: float = 1.0) -> tuple[Edges, bool]:
    """Edges in points for a size of type; and whether all amounts fit whole.

    Edges that the edition has at one place in several bands stay one line, unless there is no room for that. Where
    the long words of all columns cannot be whole together, the longest ones are given up first.
    """
    wanted = [tuple(x * MM * scale for x in edges) for edges in nominal]
    frame = _Frame(grid.edges, wanted)
    for level, share in _DEMANDS:
        needs, labels, texts = _needs(grid, wanted, size, level, share)
        if frame.has_room(needs):
            for soft in (labels, texts):
                needs = _generous(grid, frame, needs, soft)
            return frame.solved(needs), True
    found: Edges = []
    for same, edges, least in zip(grid.edges, wanted, needs, strict=True):
        alone = _Frame([same], [edges])
        found += alone.solved([least]) if alone.has_room([least]) else [edges]
    return found, False


def _generous(grid: Grid, frame: _Frame, needs: list[list[float]], soft: list[list[float]]) -> list[list[float]]:
    """Texts on as few lines as they may well have, wherever there is room: what is then needed."""
    together = [[*map(max, *rows)] for rows in zip(needs, soft, strict=True)]
    if frame.has_room(together):
        return together
    twins = _twins(grid)
    for band, row in enumerate(together):
        # Target and actual go first: a date torn apart, twice, is uglier than one more line of a name.
        for column in sorted(range(len(row)), key=lambda k: len(twins.get((band, k), ())) < 2):
            tried = [[*one] for one in needs]
            for k in twins.get((band, column), (column,)):
                tried[band][k] = row[k]
            if tried != needs and frame.has_room(tried):
                needs = tried
    return needs


def _twins(grid: Grid) -> dict[tuple[int, int], tuple[int, ...]]:
    """Target and actual hold the same texts: what one column gets, the other gets, too."""
    if "indicators" not in grid.parts:
        return {}
    band, named = _columns(grid)
    pair = tuple(named[key] for key in _TEXT_COLUMNS[1] if key in named)
    return {(band, column): pair for column in pair}


def _columns(grid: Grid) -> tuple[int, dict[str, int]]:
    """The band of the indicators and its columns by their keys."""
    band = grid.parts.index("indicators")
    boxes = [box for box in grid.boxes if box.band == band]
    return band, {box.path.rpartition(".")[2]: box.column for box in boxes if box.path is not None}


def _needs(
    grid: Grid, edges: Edges, size: float, level: int, share: float
) -> tuple[list[list[float]], list[list[float]], list[list[float]]]:
    """Least width of each column of each band: to break no word; so that labels, then all texts, take few lines."""
    words, labels, texts = ([[0.0] * (len(one) - 1) for one in edges] for _ in range(3))
    for box in grid.boxes:
        if box.columns == 1:
            band, k = box.band, box.column
            unbroken = RELUCTANT if box.repeats else level  # words of a label stay whole
            widest = edges[band][-1] * (_DEMANDS[0][1] if grid.parts[band] == "funds" else share)
            need = max(box.upright, 2) if box.upright else box.text.widest_piece(widest / size, unbroken)
            words[band][k] = max(words[band][k], need * size + 2 * SIDE_PAD)
            if not box.upright:
                roomy = box.align == "value" or (box.repeats and (box.path is None or len(edges[band]) <= _FEW))
                width = (edges[band][k + 1] - edges[band][k]) * (_GENEROUS if roomy else 1)
                need = _line_width(box.text, (width - 2 * SIDE_PAD) / size)
                row = labels if box.repeats else texts
                row[band][k] = max(row[band][k], need * size + 2 * SIDE_PAD)
    _even(grid, texts)
    return words, labels, texts


def _line_width(text: Text, room: float) -> float:
    """The width in which a short text takes no more lines than it does in a room; 0 for a long one."""
    if text.natural_width <= room + _TINY:
        return text.natural_width
    if sum(len(one.text) for one in text.paragraphs) > _SHORT:
        return 0.0
    return max(line.width for line in text.lines(room, balanced=True))


def _even(grid: Grid, needs: list[list[float]]) -> None:
    """Columns of amounts that stand side by side are of one width."""
    for band, part in enumerate(grid.parts):
        if part == "funds":
            columns = {box.column for box in grid.boxes if box.band == band and box.align == "right"}
            widest = max((needs[band][k] for k in columns), default=0.0)
            for k in columns:
                if k - 1 in columns or k + 1 in columns:
                    needs[band][k] = widest


class _Frame:
    """The edges of all bands, and where they are to be.

    ``same`` names the edges by their places in the edition: those of one name stay together, and a column is what lies
    between two names, in however many bands.
    """

    def __init__(self, same: Sequence[tuple[float, ...]], wanted: Edges) -> None:
        self._same, self._end = same, wanted[0][-1]
        self._names = sorted({name for edges in same for name in edges})
        self._columns = [list(pairwise(edges)) for edges in same]
        self._before: dict[float, list[tuple[float, float]]] = {name: [] for name in self._names}
        self._after: dict[float, list[tuple[float, float]]] = {name: [] for name in self._names}
        for column in {column: None for band in self._columns for column in band}:
            self._before[column[1]].append(column)
            self._after[column[0]].append(column)
        by_count = sorted(zip(self._columns, same, wanted, strict=True), key=lambda band: len(band[1]))
        self._wanted = [(columns, names, edges, _widths(edges)) for columns, names, edges in by_count]

    def has_room(self, needs: list[list[float]]) -> bool:
        """Whether the columns of each band can have what they need."""
        return self._limits(self._least(needs))[self._names[0]] >= -_TINY

    def solved(self, needs: list[list[float]]) -> Edges:
        """Edges as near to the wanted ones as the needs of the columns of each band, for which there is room, allow."""
        least = self._least(needs)
        limit, aims = self._limits(least), self._aims(least)
        found: dict[float, float] = {}
        for name in self._names:
            before = self._before[name]
            start = max([found[column[0]] + least[column] for column in before], default=0.0)
            found[name] = min(max(aims[name], start), limit[name]) if before else 0.0
        return [tuple([found[name] for name in edges]) for edges in self._same]

    def _least(self, needs: list[list[float]]) -> dict[tuple[float, float], float]:
        """What each column needs in all its bands."""
        least: dict[tuple[float, float], float] = {}
        for columns, widths in zip(self._columns, needs, strict=True):
            for column, need in zip(columns, widths, strict=True):
                if need > least.setdefault(column, need):
                    least[column] = need
        return least

    def _limits(self, least: dict[tuple[float, float], float]) -> dict[float, float]:
        """How far to the right each edge may go."""
        limit: dict[float, float] = {}
        for name in reversed(self._names):
            limit[name] = min([limit[column[1]] - least[column] for column in self._after[name]], default=self._end)
        return limit

    def _aims(self, least: dict[tuple[float, float], float]) -> dict[float, float]:
        """Where each edge would go if its band were alone: what columns lack, those with more than they need give."""
        aims: dict[float, float] = {}
        for columns, names, edges, widths in self._wanted:
            needs = [least[column] for column in columns]
            missing = sum([need - width for need, width in zip(needs, widths, strict=True) if need > width])
            spare = sum([width - need for need, width in zip(needs, widths, strict=True) if need < width])
            share = missing / spare if spare else 0.0
            given = [
                need if need >= width else max(need, width - share * (width - need))
                for need, width in zip(needs, widths, strict=True)
            ]
            for name, x, aim in zip(names, edges, accumulate(given, initial=edges[0]), strict=True):
                if name not in aims or abs(aim - x) > _TINY:  # the band with the most columns has the last word
                    aims[name] = aim
        return aims


def _widths(edges: Sequence[float]) -> list[float]:
    return [b - a for a, b in pairwise(edges)]
