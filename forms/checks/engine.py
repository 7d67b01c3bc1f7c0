"""Running the rules: facts are read once, hits become findings, findings stand in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, localcontext

from forms.checks.facts import Bound, TextPlace, Told
from forms.checks.findings import SET, Finding, FindingForm
from forms.checks.hits import Hits, Placed, in_order, placed, set_finding
from forms.checks.readings import MID_TERM, ReadForm, read_forms, rules_for
from forms.checks.registry import RULES, Rule, Scope, SetHit
from forms.documents import Package, Project
from forms.edition import Edition

HasGlyph = Callable[[str], bool]

# Figures of any length may be typed: nothing raises, and what no context can hold compares as false.
_QUIET = Context(prec=60, rounding=ROUND_HALF_UP, traps=[])


class _Run:
    """One call: the switches, and what the faces have."""

    def __init__(self, switches: Mapping[str, bool] | None, has_glyph: HasGlyph | None) -> None:
        self.switches = switches or {}
        self.has_glyph = has_glyph
        self._drawn: set[str] = set()

    def on(self, rules: Iterable[Rule]) -> list[Rule]:
        return [rule for rule in rules if rule.is_on(self.switches)]

    def rules(self, scope: Scope, form: FindingForm) -> list[Rule]:
        return self.on(rule for rule in RULES.values() if rule.of == scope and form in rule.forms)

    def missing(self, chars: Iterable[str]) -> str:
        """The characters that no face has; white space needs none."""
        if self.has_glyph is None:
            return ""
        unknown = [char for char in chars if char not in self._drawn and not char.isspace()]
        missing = [char for char in unknown if not self.has_glyph(char)]
        self._drawn.update(set(unknown).difference(missing))
        return "".join(missing)

    def glyphs(self, hits: Hits, texts: Iterable[tuple[str, Iterable[str]]]) -> None:
        for where, chars in texts:
            missing = self.missing(chars)
            if missing:
                for rule in self.rules("glyph", hits.form):
                    hits.add(rule, [(where, blanks) for blanks in rule.check("".join(sorted(set(missing))))])

    def form(self, read: ReadForm, index: int) -> Iterator[Placed]:
        form = read.form
        profile = form.profile
        hits = Hits(index, read.kind, form)
        for at, (rule, column, blanks) in read.row_hits():
            if rule.is_on(self.switches):
                hits.add(rule, [(f"indicators[{at}].{column}", blanks)])
        for rule in self.on(rules_for(profile, "form")):
            hits.add(rule, rule.check(form))
        for scope in ("text", "content"):
            hits.texts(scope, self.on(rules_for(profile, scope)), form.texts)
        if self.has_glyph is not None:
            self.glyphs(hits, ((place.where, place.text) for place in form.texts))
            self.glyphs(
                hits,
                (
                    (f"indicators[{at}].{column}", text)
                    for at, row in enumerate(form.rows)
                    if self.missing(row.chars)
                    for column, text in row.texts
                ),
            )
            self.glyphs(
                hits,
                (
                    (f"indicators[{at}].{MID_TERM[column]}", text)
                    for at, row in form.mids.items()
                    for column, text in row.texts
                ),
            )
        return hits.findings()

    def narrative(self, told: Told, index: int) -> Iterator[Placed]:
        hits = Hits(index, "narrative", told)
        for rule in self.rules("narrative", "narrative"):
            hits.add(rule, rule.check(told))
        self._told(hits, told.texts)
        return hits.findings()

    def booklet(self, bound: Bound) -> Iterator[Placed]:
        hits = Hits(SET, "booklet", bound)
        self._told(hits, bound.texts)
        yield from hits.findings()
        for rule in self.rules("set", "booklet"):
            found: list[SetHit] = list(rule.check(bound))
            if found:
                finding = set_finding(rule, found)
                yield placed(finding, bound.key(finding.project, finding.form, finding.where))

    def _told(self, hits: Hits, texts: tuple[TextPlace, ...]) -> None:
        hits.texts("text", self.rules("text", hits.form), texts)
        self.glyphs(hits, ((place.where, place.text) for place in texts))


# ---------------------------------------------------------------- the calls


def check_project(
    project: Project,
    editions: Mapping[str, Edition],
    *,
    switches: Mapping[str, bool] | None = None,
    has_glyph: HasGlyph | None = None,
    index: int = 0,
) -> list[Finding]:
    """Check narrative and forms of one project.

    ``switches`` turn rules other than errors on and off by ``Rule.switch``; ``has_glyph`` says whether the faces
    chosen for print have a character (None: not checked); ``index`` is the project's position in its package.
    No document raises; KeyError where a form is of no edition known.
    """
    with localcontext(_QUIET):
        run = _Run(switches, has_glyph)
        return in_order(_project(run, project, read_forms(project, editions), index))


def check_package(
    package: Package,
    editions: Mapping[str, Edition],
    *,
    switches: Mapping[str, bool] | None = None,
    has_glyph: HasGlyph | None = None,
) -> list[Finding]:
    """Check all projects of a package, its booklet, and the projects as a set. As ``check_project``."""
    with localcontext(_QUIET):
        run = _Run(switches, has_glyph)
        read = [read_forms(project, editions) for project in package.projects]
        found = [
            one for index, project in enumerate(package.projects) for one in _project(run, project, read[index], index)
        ]
        return in_order((*found, *run.booklet(_bound(package, read))))


def check_set(
    package: Package, editions: Mapping[str, Edition], *, switches: Mapping[str, bool] | None = None
) -> list[Finding]:
    """Check only what concerns the projects as a set, and the booklet: what ``check_package`` adds to each project."""
    with localcontext(_QUIET):
        read = [read_forms(project, editions) for project in package.projects]
        return in_order(_Run(switches, None).booklet(_bound(package, read)))


def _bound(package: Package, read: Sequence[tuple[ReadForm, ...]]) -> Bound:
    return Bound(package, tuple(tuple((one.kind, one.form) for one in forms) for forms in read))


def _project(run: _Run, project: Project, read: tuple[ReadForm, ...], index: int) -> Iterator[Placed]:
    if project.narrative is not None:
        sections = project.narrative.sections
        told = Told(
            read[0].form if read else None, tuple(one.title for one in sections), tuple(one.text for one in sections)
        )
        yield from run.narrative(told, index)
    for one in read:
        yield from run.form(one, index)
