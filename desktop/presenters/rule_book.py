"""All rules of the checks as a book to read: made from the register of rules and of sources, so it is never behind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.texts import text

if TYPE_CHECKING:
    from forms.checks import Rule

_TOPICS = "BMTGIVCSNXPK"
_FORMS = ("declaration", "evaluation", "narrative", "booklet")


def rule_book() -> str:
    """Return the book as Markdown: a chapter a topic, a line a rule, then the sources and how far each is verified."""
    from forms.checks import RULES
    from forms.checks.sources import SOURCES

    blocks = [f"# {text('rules.title')}", text("rules.intro", count=len(RULES))]
    for topic in _TOPICS:
        rules = sorted((rule for rule in RULES.values() if rule.id.startswith(topic)), key=lambda rule: rule.switch)
        blocks += [f"## {text(f'rules.topic_{topic}')}", _table("rules.columns", map(_rule, rules))]
    sources = ((one.shown, one.title, one.standing) for one in SOURCES.values())
    blocks += [f"## {text('rules.sources')}", text("rules.sources_intro"), _table("rules.source_columns", sources)]
    return "\n\n".join(blocks) + "\n"


def _rule(rule: Rule) -> tuple[str, ...]:
    forms = [text(f"rules.form_{form}") for form in _FORMS if form in rule.forms]
    where = text("rules.everywhere") if len(forms) == len(_FORMS) else "、".join(forms)
    about = rule.about if rule.default else f"{rule.about}{text('rules.off')}"
    return rule.id, text(f"rules.{rule.severity}"), about, where, rule.source


def _table(heads: str, rows: Iterable[tuple[str, ...]]) -> str:
    columns = text(heads).split("|")
    lines = [columns, ["---"] * len(columns), *([_plain(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(cell: str) -> str:
    """A cell without what Markdown would read as its own: 7*24, a | b, <i>, [x]."""
    for sign in "\\*_`|<>[]":
        cell = cell.replace(sign, f"\\{sign}")
    return cell
