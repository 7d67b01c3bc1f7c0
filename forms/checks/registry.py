"""The register of rules: id, severity, message and source stand beside the function that checks.

A check is a generator function. It gets the facts of what it checks and yields *hits*: the place and what fills the
blanks of the message. What it gets is said by ``of``:

========== ===================================================================================================
text       one text that a clerk typed (``str``); yields only the blanks, the place is that of the text
content    the same, of those texts only that speak of the project: its name, goals and indicators
glyph      the characters of a text that no face has (``str``); yields as of text
row        one indicator row (``facts.Row``); the place is the column (``target``). The blanks ``{i}`` (name, cut) and
           ``{row}`` (number from 1) fill themselves. Must depend on the row alone: hits are remembered by row
form       a form (``facts.Form``); the place is a path of the form
narrative  a narrative (``facts.Told``)
set        all projects (``facts.Bound``); yields ``SetHit``
========== ===================================================================================================

In every message ``{place}`` is the place in words, ``{more}`` 等3处 where a finding speaks for several hits (else
nothing), ``{count}`` their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from forms.checks.findings import FindingForm, Severity
from forms.checks.rows import Profile
from forms.checks.sources import cited, descriptions

Blanks: TypeAlias = Mapping[str, str]
Hit: TypeAlias = tuple[str, Blanks]
Hits: TypeAlias = Iterator[Hit]
TextHits: TypeAlias = Iterator[Blanks]

Scope = Literal["text", "content", "glyph", "row", "form", "narrative", "set"]
Report = Literal["cell", "form", "set"]
"""cell: a finding for each place. form: one finding for each form. set: one for the whole set."""

ERROR, CONFIRM, WARNING = Severity.ERROR, Severity.CONFIRM, Severity.WARNING

NO_BLANKS: Blanks = MappingProxyType({})


class SetHit(NamedTuple):
    """A hit of a rule about a set: the place in one of its projects, or (project -1) in the booklet."""

    project: int
    form: FindingForm
    where: str
    blanks: Blanks


_FORMS: dict[str, frozenset[FindingForm]] = {
    "申": frozenset(("declaration",)),
    "评": frozenset(("evaluation",)),
    "申评": frozenset(("declaration", "evaluation")),
    "说": frozenset(("narrative",)),
    "集": frozenset(("booklet",)),
    "全": frozenset(("declaration", "evaluation", "narrative", "booklet")),
}


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule as the table of rules has it."""

    id: str
    severity: Severity
    forms: frozenset[FindingForm]
    message: str
    sources: tuple[str, ...]
    default: bool
    """Whether it is on where no switch says otherwise."""
    report: Report
    of: Scope
    when: Callable[[Profile], bool] | None
    """Which editions it applies to, by their data; None: all."""
    switch: str
    """The name of its switch: its id, but for a second part of a rule that is switched by itself."""
    check: Callable[..., Iterator[Any]]

    @property
    def source(self) -> str:
        """What a finding cites."""
        return cited(self.sources)

    @property
    def what(self) -> str:
        """What the rule looks for, in English: the first line of the check's docstring."""
        return (self.check.__doc__ or "").partition("\n")[0]

    @property
    def about(self) -> str:
        """What the rule looks for, as one Chinese sentence for the clerk."""
        return descriptions()[self.switch]

    def is_on(self, switches: Mapping[str, bool]) -> bool:
        """Whether the rule runs; an error cannot be switched off."""
        return self.severity is Severity.ERROR or switches.get(self.switch, self.default)

    def applies_to(self, profile: Profile) -> bool:
        """Whether the rule is one for this form of this edition."""
        return profile.kind in self.forms and (self.when is None or self.when(profile))


_RULES: dict[str, Rule] = {}

RULES: Mapping[str, Rule] = MappingProxyType(_RULES)
"""All rules, by the name of their switch, which is the id but for ``G02.single``."""


def rule(
    id_: str,
    severity: Severity,
    applies: Literal["申", "评", "申评", "说", "集", "全"],
    message: str,
    source: str,
    *,
    of: Scope = "form",
    report: Report = "cell",
    default: bool = True,
    when: Callable[[Profile], bool] | None = None,
    part: str = "",
) -> Callable[[Callable[..., Iterator[Any]]], Callable[..., Iterator[Any]]]:
    """Put a check into the register. ``source``: keys of ``sources.toml`` divided by blanks."""

    def register(check: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        switch = f"{id_}.{part}" if part else id_
        _RULES[switch] = Rule(
            id_, severity, _FORMS[applies], message, tuple(source.split()), default, report, of, when, switch, check
        )
        return check

    return register
