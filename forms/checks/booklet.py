"""B09 G07 X: what concerns a set of projects, in a booklet or a batch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal

from forms.checks.facts import Bound
from forms.checks.findings import SET
from forms.checks.funds import in_ten_thousand
from forms.checks.registry import ERROR, WARNING, SetHit, rule
from forms.checks.similar import alike
from forms.checks.text import cut
from forms.reading import sq

_COUNT = re.compile(r"编报绩效目标的项目([0-9]{1,9})个")
_AMOUNT = re.compile(r"涉及项目预算资金([0-9,]{1,30}(?:\.[0-9]{1,10})?)万元")
_WORDS = ("申报表", "填报表")
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


@rule("B09", WARNING, "集", "项目“{v}”{more}重复", "推断", of="set", report="set")
def project_twice(bound: Bound) -> Iterator[SetHit]:
    """Unit, year, kind of form and name of a project occur twice; the later one is the place."""
    seen: set[tuple[str, int, str, str]] = set()
    for at, forms in enumerate(bound.forms):
        for kind, form in forms:
            name = sq(form.field("项目名称"))
            key = (sq(form.field("实施单位")), form.year, kind, name)
            if name and key in seen:
                yield SetHit(at, kind, "fields.项目名称", {"v": cut(form.field("项目名称"))})
            seen.add(key)


@rule("G07", WARNING, "集", "项目“{v}”的年度目标与项目“{p}”的目标几乎相同{more}", "指向明确", of="set", report="set")
def goals_alike(bound: Bound) -> Iterator[SetHit]:
    """The annual goals of two projects are nearly the same; the later one is the place."""
    declared = list(bound.declared)
    if len(declared) < 2:
        return
    goals = [sq(form.declaration.annual_goal) for _, form in declared]
    for early, late in alike(goals, declared[0][1].parameters.goal_similarity):
        at, form = declared[late]
        names = {"v": cut(form.field("项目名称")), "p": cut(declared[early][1].field("项目名称"))}
        yield SetHit(at, "declaration", "annual_goal", names)


@rule("X01", ERROR, "集", "编报说明写{a}个，实有{b}张表", "逻辑", of="set", report="set")
def count_wrong(bound: Bound) -> Iterator[SetHit]:
    """The statement names another number of projects than there are forms: declarations, where there are some."""
    found = _COUNT.search(_statement(bound))
    count = sum(1 for _ in bound.declared) or sum(bool(forms) for forms in bound.forms)
    if found is not None and int(found[1]) != count:
        yield SetHit(SET, "booklet", "booklet.statement", {"a": str(int(found[1])), "b": str(count)})


@rule("X02", ERROR, "集", "编报说明金额{a}万元，合计{b}万元", "逻辑", of="set", report="set")
def amount_wrong(bound: Bound) -> Iterator[SetHit]:
    """The statement names another amount than the declarations have together."""
    found = _AMOUNT.search(_statement(bound))
    digits = found[1].replace(",", "") if found is not None else ""
    if not digits or digits.startswith("."):
        return
    stated = Decimal(digits)
    total = sum((form.budget or Decimal(0) for _, form in bound.declared), Decimal(0))
    decimals = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    if (total / 10_000).quantize(decimals, context=_WIDE) != stated:
        a, b = in_ten_thousand(stated * 10_000, total)
        yield SetHit(SET, "booklet", "booklet.statement", {"a": a, "b": b})


def _statement(bound: Bound) -> str:
    booklet = bound.package.booklet
    return sq(booklet.statement) if booklet is not None else ""


@rule("X03", WARNING, "集", "标题用语不一致：封面写“{a}”，表题为“{b}”", "表式", of="set", report="set")
def title_differs(bound: Bound) -> Iterator[SetHit]:
    """The title of the booklet says 申报表 and the forms 填报表, or the reverse."""
    booklet = bound.package.booklet
    if booklet is None:
        return
    titled = [word for word in _WORDS if word in booklet.title]
    other = [word for word in _WORDS if any(word in form.edition.title for _, form in bound.declared)]
    if len(titled) == 1 and other and titled[0] not in other:
        yield SetHit(SET, "booklet", "booklet.title", {"a": titled[0], "b": other[0]})


@rule("X04", WARNING, "集", "{name}{more}{what}", "样张", of="set", report="set")
def narrative_missing(bound: Bound) -> Iterator[SetHit]:
    """Some projects have a narrative and others none, or a narrative has no form."""
    projects = bound.package.projects
    with_narrative = [project.narrative is not None for project in projects]
    declared = {at for at, _ in bound.declared}
    for at, project in enumerate(projects):
        if project.narrative is not None and not project.forms:
            yield SetHit(at, "narrative", "narrative.sections", {"name": f"说明{at + 1}", "what": "没有对应的表"})
        elif project.narrative is None and at in declared and any(with_narrative):
            yield SetHit(at, "declaration", "fields.项目名称", {"name": f"表{at + 1}", "what": "没有说明"})
