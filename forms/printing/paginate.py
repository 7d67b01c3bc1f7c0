"""Rows put on pages (forms.md 13).

Rows stay whole unless they are higher than a page; merged labels are closed at the foot and printed again, in the
same words, at the head of the next page; header rows are repeated; nothing is orphaned and no text is lost.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from forms.printing.grid import Box
    from forms.printing.layout import Layout
    from forms.printing.linebreak import Line

_TINY = 1e-6
_STRETCH = 4.0
"""Points that a row may grow so that a full page ends at the foot."""


class Piece(NamedTuple):
    """What of a box stands on a page; y grows downwards from the head of the table.

    ``lines`` is None for a vertical label, which is set by the height it gets; ``cut``: the text runs on before
    or after this piece.
    """

    box: Box
    top: float
    bottom: float
    lines: list[Line] | None
    cut: bool = False


class TablePage:
    """One page of the table. Most pages are only counted, so its pieces get their places when they are asked for."""

    def __init__(self, place: Callable[[], list[Piece]], height: float) -> None:
        """``place`` finds the pieces; ``height`` is that of the table on this page."""
        self._place, self.height = place, height

    @cached_property
    def pieces(self) -> list[Piece]:
        """The pieces of the boxes that stand on it."""
        return self._place()


class _Piece(NamedTuple):
    """A row, or the part of it that a page gets: how many lines of each flowing box were printed and are now."""

    row: int
    height: float
    done: dict[Box, int]
    taken: dict[Box, int] | None


def paginate(layout: Layout, first: float, height: float, tail: float = 0.0) -> list[TablePage]:
    """Put all rows on pages with so much room for the table; ``tail`` is kept free below the last row."""
    return _Paginator(layout, first, height, tail).run()


class _Paginator:
    def __init__(self, layout: Layout, first: float, height: float, tail: float) -> None:
        self.layout, self.first, self.height, self.tail = layout, first, height, tail
        self.count = len(layout.grid.rows)

    def run(self) -> list[TablePage]:
        # A page knows the paginator, so this must not know the pages: rings are let go late, and each key makes some.
        pages: list[TablePage] = []
        row = 0
        done: dict[Box, int] = {}
        while row < self.count:
            room = self.height if pages else self.first
            head = self.layout.heads[row]
            pieces = [_Piece(n, self.layout.heights[n], {}, None) for n in head]
            pieces, row, done = self._fill(pieces, row, done, room)
            heights = self._stretched(pieces, self._heights(pieces), room, last=row >= self.count)
            pages.append(TablePage(partial(self._placed, pieces, heights), sum(heights)))
        return pages

    # ------------------------------------------------------------ what goes on a page

    def _fill(
        self, head: list[_Piece], row: int, done: dict[Box, int], room: float
    ) -> tuple[list[_Piece], int, dict[Box, int]]:
        """The pieces of a page that starts at a row; the next row, and what of it is printed already."""
        body = self._fitting(head, row, done, room)
        most = len(body)
        for count in range(most, -1, -1):
            at = row + count
            chosen = [*head, *body[:count]]
            if at == self.count:
                return chosen, at, {}
            before = done if at == row else {}
            if self._is_tall(at, before):
                cut = self._cut(chosen, at, before, room)
                if cut:
                    return [*chosen, cut], at, self._after(cut)
            if count and not self.layout.grid.rows[at - 1].keep:
                return chosen, at, {}
        if most:  # a chain of rows that belong together is longer than the page
            return [*head, *body], row + most, {}
        cut = self._cut(head, row, done, room, force=True)
        if cut is None:
            msg = "a page has no room for a single line"
            raise ValueError(msg)
        return [*head, cut], row, self._after(cut)

    def _fitting(self, head: list[_Piece], row: int, done: dict[Box, int], room: float) -> list[_Piece]:
        """As many whole rows as there is room for."""
        body: list[_Piece] = []
        used = sum(piece.height for piece in head)
        for n in range(row, self.count):
            piece = self._whole(n, done if n == row else {})
            used += piece.height
            if used > room + _TINY:
                break
            body.append(piece)
        while body and not self._fits([*head, *body], room):
            body.pop()
        return body

    def _whole(self, row: int, done: dict[Box, int]) -> _Piece:
        """The rest of a row."""
        if not done:
            return _Piece(row, self.layout.heights[row], {}, None)
        setting = self.layout.setting
        height = max(
            setting.height(len(self.layout.lines(box)) - done.get(box, 0)) if self.layout.flows(box)
            else self.layout.least(box)
            for box in self.layout.in_row[row]
        )  # fmt: skip
        return _Piece(row, height, done, None)

    def _is_tall(self, row: int, done: dict[Box, int]) -> bool:
        """Whether what is left of a row is higher than an empty page below the repeated header.

        A row that the next one must stay with counts as high as both, unless it is a header.
        """
        rows = self.layout.grid.rows
        pieces = [_Piece(n, self.layout.heights[n], {}, None) for n in self.layout.heads[row]]
        pieces.append(self._whole(row, done))
        if rows[row].keep and not rows[row].head:
            pieces.append(self._whole(row + 1, {}))
        return not self._fits(pieces, self.height)

    def _cut(
        self, before: list[_Piece], row: int, done: dict[Box, int], room: float, *, force: bool = False
    ) -> _Piece | None:
        """As many lines of a row as there is room for; None where that would leave too few on a side."""
        layout, setting = self.layout, self.layout.setting
        boxes = [box for box in layout.in_row[row] if layout.flows(box)]
        least = max((layout.least(box) for box in layout.in_row[row] if not layout.flows(box)), default=0.0)
        free = room - sum(piece.height for piece in before)
        most = max((len(layout.lines(box)) - done.get(box, 0) for box in boxes), default=0)
        lines = min(setting.fitting(free), most - 1)  # something stays for the next page
        if lines < 1:
            return None
        taken = {box: self._share(box, done.get(box, 0), lines, force=force) for box in boxes}
        piece = _Piece(row, max(setting.height(max(taken.values())), least), done, taken)
        return piece if min(taken.values()) >= 0 and self._fits([*before, piece], room) else None

    def _share(self, box: Box, done: int, lines: int, *, force: bool) -> int:
        """Lines of a box that go before the break; -1 where the rules leave none."""
        total = len(self.layout.lines(box))
        left = total - done
        if left <= lines:
            return left
        share = max(1, min(lines, left - 2 if left > 3 else left - 1))
        return share if share >= 2 or total < 4 or force else -1

    def _after(self, cut: _Piece) -> dict[Box, int]:
        """What is printed of a row after a piece of it."""
        return {box: cut.done.get(box, 0) + count for box, count in (cut.taken or {}).items()}

    # ------------------------------------------------------------ heights

    def _fits(self, pieces: list[_Piece], room: float) -> bool:
        whole = bool(pieces) and pieces[-1].row == self.count - 1 and pieces[-1].taken is None
        return sum(self._heights(pieces)) + (self.tail if whole else 0) <= room + _TINY

    def _heights(self, pieces: list[_Piece]) -> list[float]:
        """Heights of the rows on a page, so that each merged label has room in its piece."""
        heights = [piece.height for piece in pieces]
        spans: dict[Box, list[int]] = {}
        for k, piece in enumerate(pieces):
            for box in self.layout.merged[piece.row]:
                spans.setdefault(box, []).append(k)
        for box, covered in sorted(spans.items(), key=lambda item: len(item[1])):
            missing = self.layout.least(box) - sum(heights[k] for k in covered)
            if missing > 0:
                for k in covered:
                    heights[k] += missing / len(covered)
        return heights

    def _stretched(self, pieces: list[_Piece], heights: list[float], room: float, *, last: bool) -> list[float]:
        """A page that is followed by another ends at the foot, if its rows need to grow by a little only."""
        rows = [k for k, piece in enumerate(pieces) if not self.layout.grid.rows[piece.row].head]
        if last or not rows:
            return heights
        more = min((room - sum(heights)) / len(rows), _STRETCH)
        return [height + more if k in rows else height for k, height in enumerate(heights)]

    # ------------------------------------------------------------ pieces with places

    def _placed(self, pieces: list[_Piece], heights: list[float]) -> list[Piece]:
        found: list[Piece] = []
        y = 0.0
        open_boxes: dict[Box, tuple[float, float]] = {}
        for piece, height in zip(pieces, heights, strict=True):
            found += [self._piece(box, piece, y, y + height) for box in self.layout.in_row[piece.row]]
            for box in self.layout.merged[piece.row]:
                open_boxes[box] = (open_boxes.get(box, (y, y))[0], y + height)
            y += height
        for box, (top, bottom) in open_boxes.items():
            found.append(Piece(box, top, bottom, None if box.upright else self.layout.lines(box)))
        return found

    def _piece(self, box: Box, piece: _Piece, top: float, bottom: float) -> Piece:
        if box.upright:
            return Piece(box, top, bottom, None)
        lines = self.layout.lines(box)
        if not self.layout.flows(box):
            return Piece(box, top, bottom, lines)
        start = piece.done.get(box, 0)
        end = len(lines) if piece.taken is None else start + piece.taken[box]
        return Piece(box, top, bottom, lines[start:end], cut=start > 0 or end < len(lines))
