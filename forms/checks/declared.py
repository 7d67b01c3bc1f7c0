"""S21: an evaluation that was made from a declaration keeps its names and targets.

The declaration is the list ``declared`` among the extra keys of the evaluation (rows as in a package: l1, l2, l3,
value), as it stood when the evaluation was made; without it the declaration of the same year in the same project.
A change is allowed where ``change_reasons``, an object among the extra keys of the evaluation, has a reason under the
name of the indicator (of one taken away: its name in the declaration).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from forms.checks.facts import Form
from forms.checks.registry import ERROR, Hits, rule
from forms.checks.text import cut
from forms.cycle.evaluate import DECLARED, reasons
from forms.reading import sq


class _Declared(NamedTuple):
    levels: tuple[str, str]
    name: str
    target: str


@rule("S21", ERROR, "评", "年度指标值与申报表不一致：{what}，请注明调整理由", "101号")
def differs_from_declaration(form: Form) -> Hits:
    """A name or target was changed, added or taken away since the declaration, without a reason on record."""
    declared = _declared(form)
    if declared is None:
        return
    left: dict[tuple[tuple[str, str], str], list[_Declared]] = {}
    for one in declared:
        left.setdefault((one.levels, sq(one.name)), []).append(one)
    explained = {sq(name) for name in reasons(form.evaluation)}
    for at, row in enumerate(form.rows):
        known = left.get(((row.l1, row.l2), row.plain_name))
        was = known.pop(0) if known else None
        if row.plain_name in explained:
            continue
        if was is None:
            yield f"indicators[{at}].l3", {"what": f"申报表没有指标“{cut(row.name)}”"}
        elif sq(was.target) != row.plain_target:
            figures = f"指标“{cut(row.name)}”申报为“{cut(was.target)}”，自评为“{cut(row.target)}”"
            yield f"indicators[{at}].target", {"what": figures}
    for one in (one for rest in left.values() for one in rest):
        if sq(one.name) not in explained:
            yield "indicators", {"what": f"申报表的指标“{cut(one.name) or '（未命名）'}”已不在自评表中"}


def _declared(form: Form) -> list[_Declared] | None:
    recorded = form.evaluation.extra.get(DECLARED)
    if isinstance(recorded, list):
        return list(_read(recorded))
    declaration = form.project.declaration
    if declaration is None or declaration.year != form.year:
        return None
    return [_Declared((one.l1, one.l2), one.l3, one.target) for one in declaration.indicators]


def _read(recorded: list[object]) -> Iterator[_Declared]:
    for one in recorded:
        if isinstance(one, Mapping):
            texts = [text if isinstance(text := one.get(key), str) else "" for key in ("l1", "l2", "l3", "value")]
            yield _Declared((texts[0], texts[1]), texts[2], texts[3])
