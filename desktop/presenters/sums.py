"""Sums of a form's funds, shown beside the totals while they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.presenters.entries import stored_text
from desktop.texts import text
from forms.documents import FormKind, Project
from forms.edition import Amounts, Edition
from forms.money import AmountError, exact_amount, parse_amount

_DECLARED = (
    ("项目资金总额", ("财政资金", "其他资金"), False),
    ("年度资金申请总额", ("当年财政拨款", "上年结转资金", "年度其他资金"), True),
)
_COLUMNS = ("年初预算数", "全年预算数", "全年执行数")


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
    return tuple(
        one
        for path, parts in _totals(project, kind)
        if (one := _sum(project, path, parts, edition.amounts)) is not None
    )


def _totals(project: Project, kind: FormKind) -> Iterator[tuple[str, tuple[str, ...]]]:
    if kind == "declaration":
        for total, parts, _ in _DECLARED:
            yield f"declaration.funds.{total}", tuple(f"declaration.funds.{part}" for part in parts)
    elif project.evaluation is not None and len(project.evaluation.funds) > 1:
        for column in _COLUMNS:
            rows = range(1, len(project.evaluation.funds))
            yield f"evaluation.funds[0].{column}", tuple(f"evaluation.funds[{row}].{column}" for row in rows)


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
