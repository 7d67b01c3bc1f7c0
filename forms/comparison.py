"""对照: two states of a project, or its years and its evaluation side by side, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from forms.differences import differences, matched
from forms.documents import Indicator, Project
from forms.tables import Column, Table

_NOTHING = "—"
_LONGEST = 200
"""Characters of a text that are shown; what differs in it is said beside it."""


def differences_table(old: Project, new: Project, names: tuple[str, str]) -> Table:
    """Return what differs between two projects, sentence by sentence. ``names``: what the two are called."""
    found = differences(old, new)
    columns = (
        Column("序号", 1, "center"),
        Column("位置", 4),
        Column("差异", 5),
        Column(names[0], 5),
        Column(names[1], 5),
    )
    rows = tuple(
        (str(number), one.where, one.what, _short(one.old), _short(one.new)) for number, one in enumerate(found, 1)
    )
    notes = () if rows else ("两者内容相同，没有差异。",)
    return Table("对照表", f"{names[0]}与{names[1]}", columns, rows, notes=notes, landscape=True)


def years_table(last: Project | None, this: Project) -> Table:
    """Return last year's target, this year's target, the actual value and the score of every indicator side by side.

    This year's rows come first, in their order; then what was evaluated without being declared, then what only last
    year had.
    """
    before = last.declaration.indicators if last is not None and last.declaration is not None else ()
    declared = this.declaration.indicators if this.declaration is not None else ()
    evaluated = this.evaluation.indicators if this.evaluation is not None else ()
    was, done = dict(matched(before, declared)), dict(matched(evaluated, declared))
    found: list[tuple[Indicator, Indicator | None, Indicator | None, Indicator | None]] = [
        (row, _at(before, was.get(at)), row, _at(evaluated, done.get(at))) for at, row in enumerate(declared)
    ]
    found += [(row, None, None, row) for at, row in enumerate(evaluated) if at not in done.values()]
    found += [(row, row, None, None) for at, row in enumerate(before) if at not in was.values()]
    year = this.year or 0
    has_mid_term = any(row.mid_target for row in declared)
    columns = (
        Column("一级指标", 2, "center"),
        Column("二级指标", 2.6, "center"),
        Column("三级指标", 5),
        *((Column("中期指标值", 2.6, "center"),) if has_mid_term else ()),
        Column(f"{year - 1}年指标值", 2.6, "center"),
        Column(f"{year}年指标值", 2.6, "center"),
        Column(f"{year}年完成值", 2.6, "center"),
        Column("得分/分值", 1.8, "center"),
    )
    rows = tuple(
        (
            named.l1,
            named.l2,
            named.name,
            *(((new and new.mid_target) or _NOTHING,) if has_mid_term else ()),
            (old and old.target) or _NOTHING,
            (new and new.target) or _NOTHING,
            _NOTHING if actual is None else actual.actual,
            _NOTHING if actual is None else f"{actual.score or _NOTHING}/{actual.points or _NOTHING}",
        )
        for named, old, new, actual in found
    )
    return Table("指标对照表", this.name, columns, rows, landscape=True)


def _short(text: str) -> str:
    return (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…") or _NOTHING


def _at(rows: Sequence[Indicator], at: int | None) -> Indicator | None:
    return None if at is None else rows[at]
