"""分值 of an evaluation in the window: what is left to give, and the edits that give it.

The points of 预算执行率 stand in the funds; the rows share what is left of 100. Dividing is done by ``forms.weights``,
so the total is met to the hundredth; a score that follows the formula goes along with its points.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from desktop.texts import text
from forms.cycle.evaluate import scored
from forms.documents import Evaluation
from forms.edition import Edition, WeightPreset
from forms.edits import Edit, Put
from forms.indicators import change_rows
from forms.scoring import funds_row, read_score, score_text
from forms.weights import FULL, left_over, proposed, rebalanced

ZERO = Decimal(0)


def sentence(evaluation: Evaluation, typed: tuple[int, str] | None = None) -> str:
    """Return how many points are given and left, as it would be with a text being typed as the 分值 of a row."""
    if typed is not None:
        at, words = typed
        rows = evaluation.indicators
        evaluation = evaluation._replace(indicators=(*rows[:at], rows[at]._replace(points=words), *rows[at + 1 :]))
    left = left_over(evaluation)
    name = "left" if left > 0 else "over" if left < 0 else "exact"
    given = score_text(FULL - left)
    execution = _execution(evaluation)
    return text(f"indicators.points_{name}", given=given, points=score_text(abs(left)), execution=score_text(execution))


def evenly(evaluation: Evaluation, edition: Edition, chosen: Collection[int], locked: Collection[int]) -> Edit:
    """Spread the points evenly: over the rows chosen what they have and what is left, or over all rows all there is."""
    rows = evaluation.indicators
    free = set(chosen if len(chosen) > 1 else range(len(rows))) - set(locked)
    held = [at not in free for at in range(len(rows))]
    points = [_points(row.points) if fixed else ZERO for row, fixed in zip(rows, held, strict=True)]
    return _edit(
        evaluation, edition, rebalanced(points, _to_give(evaluation), held), held, text("indicators.edit_evenly")
    )


def in_proportion(evaluation: Evaluation, edition: Edition, locked: Collection[int]) -> Edit:
    """Bring the points to the total in the proportions that they have; locked rows keep theirs."""
    rows = evaluation.indicators
    held = [at in locked for at in range(len(rows))]
    points = rebalanced([_points(row.points) for row in rows], _to_give(evaluation), held)
    return _edit(evaluation, edition, points, held, text("indicators.edit_in_proportion"))


def by_preset(evaluation: Evaluation, edition: Edition, preset: WeightPreset, locked: Collection[int]) -> Edit:
    """Give the points that a preset gives each 一级指标, with those of 预算执行率; locked rows keep theirs."""
    rows = evaluation.indicators
    held = [at in locked for at in range(len(rows))]
    usual = proposed(rows, edition._replace(weights=(preset,)))
    points = [_points(row.points) if fixed else one for row, one, fixed in zip(rows, usual, held, strict=True)]
    if any(held):
        points = list(rebalanced(points, FULL - preset.execution, held))
    edit = _edit(evaluation, edition, points, held, text("indicators.edit_preset", name=preset.name))
    at = next((n for n, row in enumerate(evaluation.funds) if row is funds_row(evaluation)), -1)
    wanted = score_text(preset.execution)
    if at < 0 or _points(evaluation.funds[at].get("分值", "")) == preset.execution:
        return edit
    put = Put(("evaluation", "funds", at, "分值"), evaluation.funds[at].get("分值"), wanted)
    return Edit(edit.name, (put, *edit.changes))


def _edit(evaluation: Evaluation, edition: Edition, points: Sequence[Decimal], held: Sequence[bool], name: str) -> Edit:
    rows = evaluation.indicators
    new = {}
    for at, (row, one, fixed) in enumerate(zip(rows, points, held, strict=True)):
        if not fixed and read_score(row.points) != one:
            new[at] = scored(row, row._replace(points=score_text(one)), edition)
    return change_rows("evaluation", rows, new, name)


def _to_give(evaluation: Evaluation) -> Decimal:
    return FULL - _execution(evaluation)


def _execution(evaluation: Evaluation) -> Decimal:
    return _points(funds_row(evaluation).get("分值", ""))


def _points(words: str) -> Decimal:
    return read_score(words) or ZERO
