"""Hypothesis strategies for documents and edits.

``projects()`` gives any project that a package may hold, with odd labels and unknown keys; ``plain_projects()`` one as
a clerk fills it: the labels of its editions, short texts. ``edits(project)`` gives edits that fit a project.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from forms.documents import (
    Booklet,
    Confirmation,
    Declaration,
    Evaluation,
    Indicator,
    Narrative,
    Package,
    Path,
    Period,
    Project,
    Section,
    empty_narrative,
    get,
    parts_of,
)
from forms.edition import Edition
from forms.edits import Change, Edit, Put, Splice
from forms.known_editions import Editions

EDITIONS = Editions()

_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))
_TYPED = st.sampled_from("绩效目标指标值项目资金完成率万元场次家12345,.%()（）：。≥≤=<> \n\t𠮷")
texts = st.text(_CHARACTERS | _TYPED, max_size=12)
"""Any text that a file may hold."""

keys = st.text(_CHARACTERS, max_size=6) | st.sampled_from(["项目名称", "a.b", "a[0]", "", ".", "其他资金"])
"""Labels, also such as cannot be written in the text of a path."""

years = st.integers(1, 9999) | st.integers(2022, 2026)
amounts = st.sampled_from(["", "0", "0.00", "1,515,000.00", "1515000", "12.5万", "999,999,999,999.99", "不详"])
values = st.sampled_from(["", "≥85.00(%)", ">=85%", "=2(场)", "<=30天", "完成", "2023年12月31日前", "7*24小时", "=100"])

_SCALARS = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    _SCALARS | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)
extras: st.SearchStrategy[dict[str, Any]] = st.just({}) | st.dictionaries(
    keys.map(lambda key: f"x-{key}"), json_values, max_size=2
)
"""Keys that this version does not know."""

text_maps = st.dictionaries(keys, texts, max_size=4)
periods = st.builds(Period, years, years, extras)
sections = st.builds(Section, texts, texts, extras)
narratives = st.builds(Narrative, st.lists(sections, max_size=3).map(tuple), extras)


indicators = st.builds(Indicator, *[texts] * 11, extras)
rows = st.lists(indicators, max_size=4).map(tuple)


def ids(kind: str) -> st.SearchStrategy[str]:
    """Return ids of shipped editions of a kind."""
    return st.sampled_from([one.id for one in EDITIONS.values() if one.kind == kind])


declarations = st.builds(
    Declaration,
    ids("declaration"),
    years,
    text_maps,
    text_maps,
    st.none() | periods,
    texts,
    texts,
    rows,
    extras,
)
evaluations = st.builds(
    Evaluation,
    ids("evaluation"),
    years,
    text_maps,
    st.lists(text_maps, max_size=4).map(tuple),
    texts,
    texts,
    rows,
    texts,
    texts,
    extras,
)


confirmations = st.builds(Confirmation, texts, texts, texts, st.lists(texts, max_size=2).map(tuple), texts, extras)


def projects() -> st.SearchStrategy[Project]:
    """Return any projects that a package may hold."""
    return st.builds(
        Project,
        st.none() | narratives,
        st.none() | declarations,
        st.none() | evaluations,
        extras,
        st.lists(confirmations, max_size=2).map(tuple),
    )


def packages() -> st.SearchStrategy[Package]:
    """Return any packages."""
    booklets = st.builds(Booklet, texts, texts, extras)
    return st.builds(Package, st.lists(projects(), max_size=3).map(tuple), st.none() | booklets, extras)


# ---------------------------------------------------------------- as a clerk fills them

_FUND_ROWS = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
_FUND_COLUMNS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")


def _funds(edition: Edition) -> list[str]:
    """The places of the amounts of a declaration."""
    return [cell.path for band in edition.bands for cell in band.cells if (cell.path or "").startswith("funds.")]


@st.composite
def filled_rows(draw: st.DrawFn, edition: Edition, most: int = 12) -> tuple[Indicator, ...]:
    """Return rows in the order of the edition's taxonomy."""
    pairs = [(one.name, two.name) for one in edition.taxonomy for two in one.l2]
    chosen = sorted(draw(st.lists(st.integers(0, len(pairs) - 1), max_size=most)))
    found = []
    for n in chosen:
        target = draw(values)
        row = Indicator(*pairs[n], l3=draw(texts), target=target)
        if edition.has_mid_term:
            row = row._replace(mid_l3=draw(texts), mid_target=draw(st.just("") | values))
        if edition.kind == "evaluation":
            points = draw(st.sampled_from(["10", "15", "20", "2.5"]))
            row = Indicator(*pairs[n], draw(texts), target, draw(values), points, points, draw(texts))
        found.append(row)
    return tuple(found)


@st.composite
def filled_declarations(draw: st.DrawFn, most: int = 12) -> Declaration:
    """Return declarations with the labels of their edition."""
    edition = EDITIONS[draw(ids("declaration"))]
    year = edition.years.first
    return Declaration(
        edition.id,
        year,
        {field.key: draw(texts) for field in edition.fields},
        {path.removeprefix("funds."): draw(amounts) for path in _funds(edition)},
        draw(st.none() | st.just(Period(year, year))),
        draw(texts),
        draw(texts),
        draw(filled_rows(edition, most)),
    )


@st.composite
def filled_evaluations(draw: st.DrawFn, most: int = 12) -> Evaluation:
    """Return evaluations with the labels of their edition."""
    edition = EDITIONS[draw(ids("evaluation"))]
    funds = tuple({"row": row, **{column: draw(amounts) for column in _FUND_COLUMNS}} for row in _FUND_ROWS)
    return Evaluation(
        edition.id,
        edition.years.first,
        {field.key: draw(texts) for field in edition.fields},
        funds,
        draw(texts),
        draw(texts),
        draw(filled_rows(edition, most)),
        "100",
        draw(st.sampled_from(["", "100.00", "98.62"])),
    )


@st.composite
def plain_projects(draw: st.DrawFn, most: int = 12) -> Project:
    """Return projects as a clerk fills them, with at least one form."""
    declaration = draw(st.none() | filled_declarations(most))
    evaluation = draw(filled_evaluations(most) if declaration is None else st.none() | filled_evaluations(most))
    narrative = None
    if draw(st.booleans()):
        narrative = Narrative(tuple(Section(one.title, draw(texts)) for one in empty_narrative().sections))
    return Project(narrative, declaration, evaluation)


# ---------------------------------------------------------------- edits


def places(document: Any, path: Path = ()) -> list[Path]:
    """Return the paths of all parts of a document, itself included; nothing within unknown keys."""
    found = [path]
    if path[-1:] == ("extra",):
        return found
    if isinstance(document, dict):
        children: list[tuple[Any, Any]] = list(document.items())
    elif parts_of(document):
        children = [(name, getattr(document, name)) for name in parts_of(document)]
    elif isinstance(document, tuple):
        children = list(enumerate(document))
    else:
        return found
    for step, child in children:
        found += places(child, (*path, step))
    return found


_WHOLE: dict[str, st.SearchStrategy[Any]] = {
    "narrative": st.none() | narratives,
    "declaration": st.none() | declarations,
    "evaluation": st.none() | evaluations,
    "overall_period": st.none() | periods,
    "fields": text_maps,
    "indicators": rows,
    "sections": st.lists(sections, max_size=3).map(tuple),
    "confirmations": st.lists(confirmations, max_size=2).map(tuple),
    "texts": st.lists(texts, max_size=2).map(tuple),
    "extra": extras,
    "year": years,
    "start": years,
    "end": years,
}


def _replacement(path: Path) -> st.SearchStrategy[Any]:
    if path == ():
        return projects()
    last = path[-1]
    if isinstance(last, int):
        items = {"funds": text_maps, "indicators": indicators, "sections": sections, "confirmations": confirmations}
        return items.get(str(path[-2]), texts)
    if path[-2:-1] == ("fields",) or "funds" in path[:-1]:
        return st.none() | texts
    if last == "funds":
        return text_maps if path[0] == "declaration" else st.lists(text_maps, max_size=4).map(tuple)
    return _WHOLE.get(last, texts)


@st.composite
def edits(draw: st.DrawFn, project: Project) -> Edit:
    """Return edits of one to four changes that fit the project, one after the other."""
    changes: list[Change] = []
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(places(project)))
        old = get(project, path)
        change: Change
        if type(old) is tuple and draw(st.booleans()):
            at = draw(st.integers(0, len(old)))
            end = draw(st.integers(at, len(old)))
            inserted = draw(st.lists(_replacement((*path, 0)), max_size=3))
            change = Splice(path, at, old[at:end], tuple(inserted))
        else:
            if isinstance(old, dict) and path[-1] != "extra" and draw(st.booleans()):
                path = (*path, draw(keys))
                old = get(project, path)
            change = Put(path, old, draw(_replacement(path)))
        project = change.apply(project)
        changes.append(change)
    return Edit(draw(texts), tuple(changes))
