"""Scores of an evaluation as the page of indicators gives them: by formula, by tier, with the working said."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.presenters.indicator_cells import Shown
from desktop.texts import text
from forms.cycle.evaluate import scored
from forms.edits import Edit, Put
from forms.working import working


def tier_edit(shown: Shown, rows: Sequence[int], tier: str) -> Edit:
    """Return the edit that gives rows a tier; a score that followed the rule follows it further."""
    puts: list[Put] = []
    for at in rows:
        old = shown.rows[at]
        new = scored(old, old._replace(tier=tier), shown.edition)
        puts += [
            Put(("evaluation", "indicators", at, key), getattr(old, key), getattr(new, key))
            for key in ("tier", "score")
            if getattr(old, key) != getattr(new, key)
        ]
    return Edit(text("indicators.tier_step"), tuple(puts))


def formula_of(shown: Shown, at: int) -> str:
    """Return how the score of a row comes about, and how far the clerk's is from it; nothing in a declaration."""
    if shown.evaluation is None:
        return ""
    alone = shown.evaluation._replace(indicators=(shown.rows[at],))
    line = working(alone, shown.edition)[1]
    if line.difference is None:
        return text("indicators.formula", formula=line.formula)
    return text("indicators.formula_apart", formula=line.formula, difference=f"{line.difference:+f}")
