"""Sums of a form's funds, shown beside the totals while they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.presenters.entries import stored_text
from desktop.texts import text
from forms.documents import FormKind, Project
from forms.edition import Amounts, Edition
from forms.money import AmountError, exact_amount, parse_amount


@dataclass(frozen=True, slots=True)
class Sum:
    """A total of the form and what its parts come to, in the edition's unit."""

    path: str
    """Full path of the total."""
    shown: str
    """Sum of the parts as the form prints it; nothing where no part is filled in or one cannot be read."""
    odd: bool
    """Whether total and parts differ."""
    sentence: str


def sums(project: Project, kind: FormKind, edition: Edition) -> tuple[Sum, ...]:
    """Return the sums of one of the project's forms that can be told."""
    found = (
        _sum(project, f"{kind}.{one.total}", tuple(f"{kind}.{part}" for part in one.parts), edition.amounts)
        for one in edition.sums
    )
    return tuple(one for one in found if one is not None)


def _sum(project: Project, path: str, parts: tuple[str, ...], amounts: Amounts) -> Sum | None:
    try:
        found = [parse_amount(stored_text(project, part), amounts) for part in parts]
        total = parse_amount(stored_text(project, path), amounts)
    except AmountError:
        return None
    filled = [amount for amount in found if amount is not None]
    if not filled:
        return None
    added = sum(filled, Decimal(0))
    shown = exact_amount(added, amounts)
    if total is None:
        return Sum(path, shown, odd=False, sentence=text("pages.sum", sum=shown))
    if total == added:
        return Sum(path, shown, odd=False, sentence=text("pages.sum_right"))
    difference = exact_amount(abs(total - added), amounts)
    key = "pages.sum_over" if total > added else "pages.sum_under"
    return Sum(path, shown, odd=True, sentence=text(key, sum=shown, difference=difference))
