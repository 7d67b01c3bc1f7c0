"""申报 → 自评: the evaluation that a declaration leads to (forms.md 19).

What was declared is taken over to the character, what was done is left blank. The rows as declared are kept among the
extra keys of the evaluation, so that a name or target that differs is known later (rule S21): these are locked, and a
change wants a reason, which is kept beside them.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.blank import blank_project
from forms.documents import Declaration, Evaluation, Indicator, Path, clean_text
from forms.edition import Edition
from forms.edits import Edit, Put
from forms.money import converted
from forms.reading import sq
from forms.scoring import propose, read_score, score_text
from forms.weights import proposed

DECLARED = "declared"
"""Extra key of an evaluation: its rows as they were declared, each with l1, l2, l3 and value."""
CHANGE_REASONS = "change_reasons"
"""Extra key of an evaluation: why a name or target was changed, by the name of the indicator."""

_EXTRA: Path = ("evaluation", "extra")


def evaluation_of(declaration: Declaration, declared: Edition, edition: Edition) -> Evaluation:
    """Return the evaluation, in an edition, of a declaration, which is in that of ``declared``.

    A row that only says something of the medium term stays behind. Raises ValueError where ``edition`` is none of
    evaluations.
    """
    blank = blank_project(edition, declaration.year, "").evaluation
    if blank is None:
        raise ValueError(f"{edition.id} is no edition of evaluations")
    bare = tuple(Indicator(one.l1, one.l2, one.l3, one.target) for one in declaration.indicators if not one.is_mid_term)
    points = proposed(bare, edition)
    as_declared = [{"l1": one.l1, "l2": one.l2, "l3": one.l3, "value": one.target} for one in bare]
    return blank._replace(
        fields={one.key: declared.meant(declaration.fields, one.means) for one in edition.fields},
        funds=tuple(_funds_row(row, declaration, declared, edition) for row in blank.funds),
        expected=declaration.annual_goal,
        indicators=tuple(one._replace(points=score_text(each)) for one, each in zip(bare, points, strict=True)),
        total_points="100",
        extra={DECLARED: as_declared, CHANGE_REASONS: {}},
    )


def _funds_row(row: Mapping[str, str], declaration: Declaration, declared: Edition, edition: Edition) -> dict[str, str]:
    text = declaration.funds.get(declared.evaluation_funds.get(row.get("row", ""), ""), "")
    amount = converted(text, declared.amounts, edition.amounts)
    return {**row, "年初预算数": amount, "全年预算数": amount}


# ---------------------------------------------------------------- what was declared stays


def locked_rows(evaluation: Evaluation) -> frozenset[int]:
    """Return the rows whose name and target are as declared, without a reason to change them on record."""
    declared = evaluation.extra.get(DECLARED)
    if not isinstance(declared, list):
        return frozenset()
    known = {(one.get("l1"), one.get("l2"), sq(str(one.get("l3", "")))) for one in declared if isinstance(one, Mapping)}
    free = {sq(name) for name in reasons(evaluation)}
    return frozenset(
        at
        for at, row in enumerate(evaluation.indicators)
        if sq(row.l3) not in free and (row.l1, row.l2, sq(row.l3)) in known
    )


def reasons(evaluation: Evaluation) -> dict[str, str]:
    """Return why names and targets were changed, by the name of the indicator."""
    found = evaluation.extra.get(CHANGE_REASONS)
    pairs = found.items() if isinstance(found, Mapping) else ()
    return {str(name): text for name, text in pairs if isinstance(text, str) and text.strip()}


def unlocking(evaluation: Evaluation, at: int, reason: str) -> Edit:
    """Return the edit that puts the reason for changing a row on record, after which it is no longer locked.

    Raises ValueError for a blank reason.
    """
    name, why = evaluation.indicators[at].l3, clean_text(reason).strip()
    if not why:
        raise ValueError("a reason is wanted")
    return _recording(evaluation, f"调整“{name}”", {**reasons(evaluation), name: why})


def renamed(evaluation: Evaluation, old: str, new: str) -> Put | None:
    """Return the change that goes with another name of a row: its reason holds for the new name, too."""
    known = reasons(evaluation)
    if old not in known or new in known or not new.strip():
        return None
    return _put(evaluation, {**known, new: known[old]})


def _recording(evaluation: Evaluation, name: str, known: Mapping[str, str]) -> Edit:
    return Edit(name, (_put(evaluation, known),))


def _put(evaluation: Evaluation, known: Mapping[str, str]) -> Put:
    return Put(_EXTRA, evaluation.extra, {**evaluation.extra, CHANGE_REASONS: dict(known)})


# ---------------------------------------------------------------- scores


def scored(before: Indicator, after: Indicator, edition: Edition) -> Indicator:
    """Return a changed row with the score that follows from it.

    A score that is blank, or is what the row proposed before, follows the new proposal; one of the clerk's own stays.
    Raises EditionError for a wrong parameter of the edition.
    """
    was, now = propose(before, edition), propose(after, edition)
    follows = not before.score.strip() or (was is not None and read_score(before.score) == was)
    if not follows or after.score != before.score or now == was:
        return after
    return after._replace(score="" if now is None else score_text(now))


def scoring_edit(evaluation: Evaluation, edition: Edition) -> tuple[Edit, int]:
    """Return the edit that fills every blank score that the formula gives, and how many these are."""
    puts = []
    for at, row in enumerate(evaluation.indicators):
        found = None if row.score.strip() else propose(row, edition)
        if found is not None:
            puts.append(Put(("evaluation", "indicators", at, "score"), row.score, score_text(found)))
    return Edit(f"按公式打分 {len(puts)} 条", tuple(puts)), len(puts)
