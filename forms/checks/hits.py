"""Hits of rules become findings: grouped as the rule reports them, worded, and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from forms.checks.facts import Bound, Form, TextPlace, Told, place_of
from forms.checks.findings import SET, Finding, FindingForm, full_path
from forms.checks.readings import MID_TERM
from forms.checks.registry import Blanks, Hit, Rule, Scope, SetHit
from forms.checks.text import cut

_FORM_ORDER: tuple[FindingForm, ...] = ("booklet", "narrative", "declaration", "evaluation")
_Key: TypeAlias = tuple[int, int, int, tuple[int, ...], str]
Placed: TypeAlias = tuple[_Key, Finding]
"""A finding, and what it is sorted by."""


class Hits:
    """Hits of one form, narrative or booklet, by rule."""

    def __init__(self, project: int, form: FindingForm, facts: Form | Told | Bound) -> None:
        self.project, self.form, self.facts = project, form, facts
        self.by_rule: dict[Rule, list[Hit]] = {}

    def add(self, rule: Rule, hits: Iterable[Hit]) -> None:
        """Add what a rule hit."""
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

    def findings(self) -> Iterator[Placed]:
        """Make findings of all hits, one or one a cell as the rule reports them."""
        for rule, hits in self.by_rule.items():
            ordered = sorted(hits, key=lambda hit: self.key(hit[0]))
            groups = [[hit] for hit in ordered] if rule.report == "cell" else [ordered]
            # The same words at the same place are said once.
            for finding in dict.fromkeys(self._finding(rule, group) for group in groups):
                yield placed(finding, self.key(finding.where))

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
        row = self.facts.mids[at] if where.rpartition(".")[2] in MID_TERM.values() else self.facts.rows[at]
        return {"row": str(at + 1), "i": cut(row.name) or f"第{at + 1}行"}


def placed(finding: Finding, place: tuple[int, ...]) -> Placed:
    """Return a finding with what it is sorted by; ``place`` tells where on its form it stands."""
    order = _FORM_ORDER.index(finding.form)
    return (finding.project, finding.severity.rank, order, place, finding.id), finding


def _many(count: int) -> Blanks:
    return {"count": str(count), "more": f"等{count}处" if count > 1 else ""}


def set_finding(rule: Rule, hits: list[SetHit]) -> Finding:
    """Make one finding of all that a rule about the projects as a set hit."""
    project, form, where, blanks = hits[0]
    places = tuple(_package_path(hit) for hit in hits)
    message = rule.message.format(**_many(len(hits)), **blanks)
    return Finding(rule.id, rule.severity, project, form, where, message, rule.source, places)


def _package_path(hit: SetHit) -> str:
    path = full_path(hit.form, hit.where)
    return path if hit.project == SET else f"projects[{hit.project}].{path}"


def in_order(found: Iterable[Placed]) -> list[Finding]:
    """By project, severity, form, place from top to bottom, id."""
    return [finding for _, finding in sorted(found, key=lambda one: one[0])]
