"""分值 divided among the rows of an evaluation: always the whole total, in whole points wherever they suffice.

What is divided among more rows than it has points goes in tenths, then hundredths, of a point: no row is left
without (S04). The presets are those of the edition (rules.md 3.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Context, Decimal
from itertools import groupby

from forms.documents import Evaluation, Indicator
from forms.edition import Edition, WeightPreset
from forms.scoring import funds_row, preset_for, read_score

FULL = Decimal(100)
_STEPS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))
_EXACT = Context(prec=60)


def spread(total: Decimal, count: int) -> tuple[Decimal, ...]:
    """Divide evenly; what does not come out even goes to the first rows, a step each."""
    return shared(total, [Decimal(1)] * count)


def shared(total: Decimal, shares: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Divide by shares (0 or more; all 0: evenly), each rounded so that the total stays (largest remainders first).

    Every row gets at least one step, if the total has that many hundredths; a total of 0 or less gives zeros.
    """
    count, whole = len(shares), sum(shares)
    if not count or total <= 0:
        return (Decimal(0),) * count
    if whole <= 0:
        shares, whole = [Decimal(1)] * count, Decimal(count)
    step = next((one for one in _STEPS if _fits(total, one, count)), _STEPS[-1])
    steps = int((total / step).to_integral_value(ROUND_FLOOR))
    least = 1 if steps >= count else 0
    exact = [_EXACT.divide(_EXACT.multiply(share, steps), whole) for share in shares]
    given = [max(least, int(one.to_integral_value(ROUND_FLOOR))) for one in exact]
    by_need = sorted(range(count), key=lambda at: (given[at] - exact[at], at))
    missing = steps - sum(given)
    for at in by_need[: max(0, missing)]:
        given[at] += 1
    for _ in range(-missing):  # the least that each row gets came to too much: the richest give it back
        richest = max(range(count), key=lambda at: (given[at], -at))
        given[richest] -= 1
    points = [step * one for one in given]
    points[0] += total - step * steps  # what is finer than the step
    return tuple(points)


def rebalanced(points: Sequence[Decimal], total: Decimal, locked: Sequence[bool]) -> tuple[Decimal, ...]:
    """Bring rows to a total in their proportions; locked rows keep their points, the others share what is left."""
    fixed = sum((one for one, is_fixed in zip(points, locked, strict=True) if is_fixed), Decimal(0))
    free = [one for one, is_fixed in zip(points, locked, strict=True) if not is_fixed]
    new = iter(shared(total - fixed, free))
    return tuple(one if is_fixed else next(new) for one, is_fixed in zip(points, locked, strict=True))


def proposed(rows: Sequence[Indicator], edition: Edition) -> tuple[Decimal, ...]:
    """Return points for rows by the edition's preset for their 一级指标, spread evenly within each.

    Where no preset is meant for just these 一级, the nearest one is stretched to the points that are to be given.
    Without any preset, or for rows of no 一级 of the preset, all share evenly.
    """
    names = list(dict.fromkeys(row.l1 for row in rows))
    preset = preset_for(edition, names) or _nearest(edition, names)
    if preset is None:
        return spread(FULL, len(rows))
    counts = [sum(row.l1 == name for row in rows) for name in names]
    usual = [preset.points.get(name, Decimal(0)) for name in names]
    typical = sum(usual, Decimal(0)) / max(1, sum(count for count, one in zip(counts, usual, strict=True) if one))
    shares = [one or typical * count for one, count in zip(usual, counts, strict=True)]
    groups = dict(zip(names, shared(FULL - preset.execution, shares), strict=True))
    divided = {name: iter(spread(groups[name], count)) for name, count in zip(names, counts, strict=True)}
    return tuple(next(divided[row.l1]) for row in rows)


def left_over(evaluation: Evaluation) -> Decimal:
    """Return the points of 100 that are still to be given; negative where there are too many."""
    given = [
        read_score(funds_row(evaluation).get("分值", "")),
        *(read_score(row.points) for row in evaluation.indicators),
    ]
    return FULL - sum((one for one in given if one is not None), Decimal(0))


def sums(rows: Sequence[Indicator]) -> tuple[tuple[str, Decimal], ...]:
    """Return the points of each run of a 一级指标, in the order of the rows."""
    return tuple(
        (name, sum((read_score(row.points) or Decimal(0) for row in run), Decimal(0)))
        for name, run in groupby(rows, key=lambda row: row.l1)
    )


def _nearest(edition: Edition, names: Sequence[str]) -> WeightPreset | None:
    """The preset with the most 一级 of these, and of those the one with the fewest others."""
    wanted = set(names)
    return max(
        edition.weights,
        key=lambda one: (len(wanted.intersection(one.points)), -len(set(one.points) - wanted)),
        default=None,
    )


def _fits(total: Decimal, step: Decimal, count: int) -> bool:
    return total % step == 0 and total / step >= count
