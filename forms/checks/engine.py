"""Running the rules: facts are read once, hits become findings, findings stand in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, localcontext
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from forms.checks.facts import Bound, Form, TextPlace, Told, place_of
from forms.checks.findings import SET, Finding, FindingForm, full_path
from forms.checks.registry import RULES, Blanks, Hit, Rule, Scope, SetHit
from forms.checks.rows import Profile, Row
from forms.checks.text import cut
from forms.documents import Declaration, Evaluation, FormKind, Indicator, Package, Project
from forms.edition import Edition

HasGlyph = Callable[[str], bool]

_REMEMBERED_ROWS = 16_384
_LONGEST_REMEMBERED = 4_000
_MOST_PROFILES = 64
_FORM_ORDER: tuple[FindingForm, ...] = ("booklet", "narrative", "declaration", "evaluation")
# Figures of any length may be typed: nothing raises, and what no context can hold compares as false.
_QUIET = Context(prec=60, rounding=ROUND_HALF_UP, traps=[])

RowHit: TypeAlias = tuple[Rule, str, Blanks]
_Key: TypeAlias = tuple[int, int, int, tuple[int, ...], str]
_Placed: TypeAlias = tuple[_Key, Finding]


class Read(NamedTuple):
    """A row as remembered: its facts, and the hits of all rules that look at nothing else."""

    row: Row
    hits: tuple[RowHit, ...]


# ---------------------------------------------------------------- reading

_profiles: dict[tuple[int, FormKind], tuple[Edition, Profile]] = {}


def profile_of(edition: Edition, kind: FormKind) -> Profile:
    """The profile of an edition; made once, so that rows can be remembered with it."""
    key = (id(edition), kind)
    known = _profiles.get(key)
    if known is None:
        if len(_profiles) >= _MOST_PROFILES:
            _profiles.clear()
        # The edition is kept along, so that its id stays its own.
        known = _profiles[key] = (edition, Profile(edition, kind))
    return known[1]


@lru_cache(maxsize=64)
def _rules_for(profile: Profile, scope: Scope) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES.values() if rule.of == scope and rule.applies_to(profile))


@lru_cache(maxsize=_REMEMBERED_ROWS)
def _read_row(  # noqa: PLR0917  only positions make one key of what is remembered
    profile: Profile,
    l1: str,
    l2: str,
    l3: str,
    target: str,
    actual: str,
    points: str,
    score: str,
    reason: str,
    tier: str,
) -> Read:
    row = Row(profile, Indicator(l1, l2, l3, target, actual, points, score, reason, tier))
    hits: list[RowHit] = [
        (rule, column, blanks) for rule in _rules_for(profile, "row") for column, blanks in rule.check(row)
    ]
    for scope in ("text", "content"):
        for rule in _rules_for(profile, scope):
            hits += [(rule, column, blanks) for column, text in row.texts for blanks in rule.check(text)]
    return Read(row, tuple(hits))


def read_row(profile: Profile, one: Indicator) -> Read:
    """Read a row, or remember it. Very long rows are not remembered: many would fill the memory."""
    size = len(one.l3) + len(one.target) + len(one.actual) + len(one.reason)
    read = _read_row if size <= _LONGEST_REMEMBERED else _read_row.__wrapped__
    return read(profile, one.l1, one.l2, one.l3, one.target, one.actual, one.points, one.score, one.reason, one.tier)


_MID_TERM = {"l3": "mid_l3", "target": "mid_target"}
"""Where the name and the 指标值 of the half of the medium term stand; it is read like a row of its own."""


class ReadForm(NamedTuple):
    """A form as read: of each row what it says of the year, and of some also what they say of the medium term."""

    kind: FormKind
    form: Form
    reads: tuple[Read, ...]
    mids: Mapping[int, Read]

    def row_hits(self) -> Iterator[tuple[int, RowHit]]:
        """The hits of all rows with their positions."""
        for at, (row, hits) in enumerate(self.reads):
            mid = self.mids.get(at)
            # Of a row that only has the medium term the half of the year lacks nothing.
            is_blank = mid is not None and not row.texts
            yield from ((at, hit) for hit in hits if not is_blank or hit[1] not in _MID_TERM)
            for rule, column, blanks in mid.hits if mid is not None else ():
                if column in _MID_TERM:
                    yield at, (rule, _MID_TERM[column], blanks)


def _read_form(
    kind: FormKind, document: Declaration | Evaluation, project: Project, editions: Mapping[str, Edition]
) -> ReadForm:
    profile = profile_of(editions[document.edition], kind)
    reads = tuple(read_row(profile, one) for one in document.indicators)
    mids = {
        at: read_row(profile, Indicator(one.l1, one.l2, one.mid_l3, one.mid_target))
        for at, one in (enumerate(document.indicators) if profile.has_mid_term else ())
        if one.mid_l3 or one.mid_target
    }
    rows = tuple(read.row for read in reads)
    form = Form(profile, document, rows, project, {at: read.row for at, read in mids.items()})
    return ReadForm(kind, form, reads, mids)


# ---------------------------------------------------------------- hits to findings


class _Hits:
    """Hits of one form, narrative or booklet, by rule."""

    def __init__(self, project: int, form: FindingForm, facts: Form | Told | Bound) -> None:
        self.project, self.form, self.facts = project, form, facts
        self.by_rule: dict[Rule, list[Hit]] = {}

    def add(self, rule: Rule, hits: Iterable[Hit]) -> None:
        found = list(hits)
        if found:
            self.by_rule.setdefault(rule, []).extend(found)

    def texts(self, scope: Scope, rules: Iterable[Rule], places: Iterable[TextPlace]) -> None:
        """Run rules about single texts."""
        chosen = [place for place in places if scope == "text" or place.is_content]
        for rule in rules:
            self.add(rule, [(place.where, blanks) for place in chosen for blanks in rule.check(place.text)])

    def key(self, where: str) -> tuple[int, ...]:
        """Sorts places from top to bottom."""
        return self.facts.profile.place(where) if isinstance(self.facts, Form) else place_of(where)

    def findings(self) -> Iterator[_Placed]:
        for rule, hits in self.by_rule.items():
            ordered = sorted(hits, key=lambda hit: self.key(hit[0]))
            groups = [[hit] for hit in ordered] if rule.report == "cell" else [ordered]
            # The same words at the same place are said once.
            for finding in dict.fromkeys(self._finding(rule, group) for group in groups):
                yield _placed(finding, self.key(finding.where))

    def _finding(self, rule: Rule, hits: list[Hit]) -> Finding:
        where, blanks = hits[0]
        places = tuple(dict.fromkeys(place for place, _ in hits))
        words = {**_many(len(hits)), "place": self.facts.words(where), **self._row_words(where), **blanks}
        message = rule.message.format(**words)
        return Finding(rule.id, rule.severity, self.project, self.form, where, message, rule.source, places)

    def _row_words(self, where: str) -> Blanks:
        if not isinstance(self.facts, Form) or not where.startswith("indicators["):
            return {}
        at = int(where[len("indicators[") : where.index("]")])
        row = self.facts.mids[at] if where.rpartition(".")[2] in _MID_TERM.values() else self.facts.rows[at]
        return {"row": str(at + 1), "i": cut(row.name) or f"第{at + 1}行"}


def _placed(finding: Finding, place: tuple[int, ...]) -> _Placed:
    order = _FORM_ORDER.index(finding.form)
    return (finding.project, finding.severity.rank, order, place, finding.id), finding


def _many(count: int) -> Blanks:
    return {"count": str(count), "more": f"等{count}处" if count > 1 else ""}


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

    def glyphs(self, hits: _Hits, texts: Iterable[tuple[str, Iterable[str]]]) -> None:
        for where, chars in texts:
            missing = self.missing(chars)
            if missing:
                for rule in self.rules("glyph", hits.form):
                    hits.add(rule, [(where, blanks) for blanks in rule.check("".join(sorted(set(missing))))])

    def form(self, read: ReadForm, index: int) -> Iterator[_Placed]:
        form = read.form
        profile = form.profile
        hits = _Hits(index, read.kind, form)
        for at, (rule, column, blanks) in read.row_hits():
            if rule.is_on(self.switches):
                hits.add(rule, [(f"indicators[{at}].{column}", blanks)])
        for rule in self.on(_rules_for(profile, "form")):
            hits.add(rule, rule.check(form))
        for scope in ("text", "content"):
            hits.texts(scope, self.on(_rules_for(profile, scope)), form.texts)
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
                    (f"indicators[{at}].{_MID_TERM[column]}", text)
                    for at, row in form.mids.items()
                    for column, text in row.texts
                ),
            )
        return hits.findings()

    def narrative(self, told: Told, index: int) -> Iterator[_Placed]:
        hits = _Hits(index, "narrative", told)
        for rule in self.rules("narrative", "narrative"):
            hits.add(rule, rule.check(told))
        self._told(hits, told.texts)
        return hits.findings()

    def booklet(self, bound: Bound) -> Iterator[_Placed]:
        hits = _Hits(SET, "booklet", bound)
        self._told(hits, bound.texts)
        yield from hits.findings()
        for rule in self.rules("set", "booklet"):
            found: list[SetHit] = list(rule.check(bound))
            if found:
                finding = _set_finding(rule, found)
                yield _placed(finding, bound.key(finding.project, finding.form, finding.where))

    def _told(self, hits: _Hits, texts: tuple[TextPlace, ...]) -> None:
        hits.texts("text", self.rules("text", hits.form), texts)
        self.glyphs(hits, ((place.where, place.text) for place in texts))


def _set_finding(rule: Rule, hits: list[SetHit]) -> Finding:
    project, form, where, blanks = hits[0]
    places = tuple(_package_path(hit) for hit in hits)
    message = rule.message.format(**_many(len(hits)), **blanks)
    return Finding(rule.id, rule.severity, project, form, where, message, rule.source, places)


def _package_path(hit: SetHit) -> str:
    path = full_path(hit.form, hit.where)
    return path if hit.project == SET else f"projects[{hit.project}].{path}"


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
        return _in_order(_project(run, project, _read_forms(project, editions), index))


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
        read = [_read_forms(project, editions) for project in package.projects]
        found = [
            one for index, project in enumerate(package.projects) for one in _project(run, project, read[index], index)
        ]
        return _in_order((*found, *run.booklet(_bound(package, read))))


def check_set(
    package: Package, editions: Mapping[str, Edition], *, switches: Mapping[str, bool] | None = None
) -> list[Finding]:
    """Check only what concerns the projects as a set, and the booklet: what ``check_package`` adds to each project."""
    with localcontext(_QUIET):
        read = [_read_forms(project, editions) for project in package.projects]
        return _in_order(_Run(switches, None).booklet(_bound(package, read)))


def _bound(package: Package, read: Sequence[tuple[ReadForm, ...]]) -> Bound:
    return Bound(package, tuple(tuple((one.kind, one.form) for one in forms) for forms in read))


def _read_forms(project: Project, editions: Mapping[str, Edition]) -> tuple[ReadForm, ...]:
    return tuple(_read_form(kind, document, project, editions) for kind, document in project.forms)


def _project(run: _Run, project: Project, read: tuple[ReadForm, ...], index: int) -> Iterator[_Placed]:
    if project.narrative is not None:
        sections = project.narrative.sections
        told = Told(
            read[0].form if read else None, tuple(one.title for one in sections), tuple(one.text for one in sections)
        )
        yield from run.narrative(told, index)
    for one in read:
        yield from run.form(one, index)


def _in_order(found: Iterable[_Placed]) -> list[Finding]:
    """By project, severity, form, place from top to bottom, id."""
    return [finding for _, finding in sorted(found, key=lambda placed: placed[0])]
