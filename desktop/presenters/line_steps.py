"""How one list of lines becomes another in few steps, so that a view keeps its cursor, its choice and an open editor.

A line is known by a number that it keeps. What goes, goes from the end; then what stays is brought into its order with
as few moves as can be; then what is new comes, from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from forms.sequences import equal_ends, longest_rising

MOST_STEPS = 200
"""A view takes a while for each step; what takes more of them is another list."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The lines from place ``first`` to ``last`` go."""

    first: int
    last: int

    def apply(self, lines: list[int]) -> None:
        """Take them out."""
        del lines[self.first : self.last + 1]


@dataclass(frozen=True, slots=True)
class Moved:
    """The lines from place ``first`` to ``last`` go to before what stands at ``place``, as the list was."""

    first: int
    last: int
    place: int

    def apply(self, lines: list[int]) -> None:
        """Move them."""
        block = lines[self.first : self.last + 1]
        del lines[self.first : self.last + 1]
        place = self.place - len(block) if self.first < self.place else self.place
        lines[place:place] = block


@dataclass(frozen=True, slots=True)
class Came:
    """New lines stand from place ``first`` on."""

    first: int
    lines: tuple[int, ...]

    def apply(self, lines: list[int]) -> None:
        """Put them in."""
        lines[self.first : self.first] = self.lines


LineStep: TypeAlias = Gone | Moved | Came


def line_steps(now: list[int], wanted: list[int]) -> list[LineStep] | None:
    """Return the steps that lead from one list to another; None where they are too many. No number stands twice."""
    head, tail = equal_ends(now, wanted)
    old, middle = now[head : len(now) - tail], wanted[head : len(wanted) - tail]
    kept = set(old) & set(middle)
    gone = list(runs(at for at, line in enumerate(old, head) if line not in kept))
    came = list(runs(at for at, line in enumerate(middle, head) if line not in kept))
    order = [line for line in middle if line in kept]
    places = {line: at for at, line in enumerate(line for line in old if line in kept)}
    rising = longest_rising([places[line] for line in order])
    if len(gone) + len(came) + len(order) - len(rising) > MOST_STEPS:
        return None
    steps: list[LineStep] = [Gone(first, last) for first, last in reversed(gone)]
    if len(rising) < len(order):
        left = [*now[:head], *(line for line in old if line in kept)]
        steps += _moves(left, order, {line for line in order if places[line] in rising}, head)
    return [*steps, *(Came(first, tuple(wanted[first : last + 1])) for first, last in came)]


def _moves(lines: list[int], order: Sequence[int], settled: set[int], start: int) -> list[LineStep]:
    """How the lines from ``start`` on come into an order; neighbours that stay so move together."""
    steps: list[LineStep] = []
    at = 0
    while at < len(order):
        if order[at] in settled:
            at += 1
            continue
        first = lines.index(order[at])
        size = 1
        while (
            at + size < len(order)
            and order[at + size] not in settled
            and (first + size < len(lines) and lines[first + size] == order[at + size])
        ):
            size += 1
        # Those before it in the order stand already, so its place is behind the one before.
        place = lines.index(order[at - 1]) + 1 if at else start
        if not first <= place <= first + size:
            step = Moved(first, first + size - 1, place)
            step.apply(lines)
            steps.append(step)
        settled.update(order[at : at + size])
        at += size
    return steps


def runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as runs of neighbours: first and last."""
    first = last = None
    for place in places:
        if last is not None and place == last + 1:
            last = place
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = place
    if first is not None and last is not None:
        yield first, last
