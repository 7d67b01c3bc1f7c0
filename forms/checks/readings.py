"""A form as the rules see it: read once, and each of its rows remembered with the hits that no other row changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from forms.checks.facts import Form
from forms.checks.registry import RULES, Blanks, Rule, Scope
from forms.checks.rows import Profile, Row
from forms.documents import Declaration, Evaluation, FormKind, Indicator, Project
from forms.edition import Edition

_REMEMBERED_ROWS = 16_384
_LONGEST_REMEMBERED = 4_000
_MOST_PROFILES = 64
MID_TERM = {"l3": "mid_l3", "target": "mid_target"}
"""Where the name and the 指标值 of the half of the medium term stand; it is read like a row of its own."""

RowHit: TypeAlias = tuple[Rule, str, Blanks]


class Read(NamedTuple):
    """A row as remembered: its facts, and the hits of all rules that look at nothing else."""

    row: Row
    hits: tuple[RowHit, ...]


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
def rules_for(profile: Profile, scope: Scope) -> tuple[Rule, ...]:
    """Return the rules of a scope that apply to forms of an edition."""
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
        (rule, column, blanks) for rule in rules_for(profile, "row") for column, blanks in rule.check(row)
    ]
    for scope in ("text", "content"):
        for rule in rules_for(profile, scope):
            hits += [(rule, column, blanks) for column, text in row.texts for blanks in rule.check(text)]
    return Read(row, tuple(hits))


def read_row(profile: Profile, one: Indicator) -> Read:
    """Read a row, or remember it. Very long rows are not remembered: many would fill the memory."""
    size = len(one.l3) + len(one.target) + len(one.actual) + len(one.reason)
    read = _read_row if size <= _LONGEST_REMEMBERED else _read_row.__wrapped__
    return read(profile, one.l1, one.l2, one.l3, one.target, one.actual, one.points, one.score, one.reason, one.tier)


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
            yield from ((at, hit) for hit in hits if not is_blank or hit[1] not in MID_TERM)
            for rule, column, blanks in mid.hits if mid is not None else ():
                if column in MID_TERM:
                    yield at, (rule, MID_TERM[column], blanks)


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


def read_forms(project: Project, editions: Mapping[str, Edition]) -> tuple[ReadForm, ...]:
    """Read the forms of a project. KeyError where one is of no edition known."""
    return tuple(_read_form(kind, document, project, editions) for kind, document in project.forms)
