"""The checks a reviewer applies to the forms: what is wrong, where, and on what ground."""

from __future__ import annotations

from forms.checks import (
    basics,
    booklet,
    carried,
    costs,
    dates,
    declared,
    evaluation,
    funds,
    goals,
    narrative,
    structure,
    values,
)
from forms.checks.engine import HasGlyph, check_package, check_project, check_set
from forms.checks.findings import SET, Finding, FindingForm, Severity
from forms.checks.registry import RULES, Rule

__all__ = [
    "RULES",
    "SET",
    "TOPICS",
    "Finding",
    "FindingForm",
    "HasGlyph",
    "Rule",
    "Severity",
    "check_package",
    "check_project",
    "check_set",
]

TOPICS = (basics, funds, dates, goals, structure, values, costs, evaluation, declared, narrative, booklet, carried)
"""The modules whose rules are registered, in the order of the table of rules."""
