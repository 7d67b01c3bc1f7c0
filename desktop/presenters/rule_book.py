"""All rules of the checks as a book: made from the register of rules and of sources, so it is never behind.

Which rules run is a choice of the clerk, kept in the settings of the data folder; an error cannot be switched off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.texts import text

if TYPE_CHECKING:
    from forms.checks import Rule

_TOPICS = "BMTGIVCSNXPK"
SETTING = "rules"
"""The setting with the switches that differ from the default."""
_FORMS = ("declaration", "evaluation", "narrative", "booklet")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as the clerk reads it."""

    switch: str
    """The name of its switch: its id, but for a part of a rule that is switched by itself."""
    id: str
    severity: str
    """``error``, ``confirm`` or ``warning``."""
    level: str
    """The severity in words."""
    about: str
    forms: str
    source: str
    default: bool

    @property
    def is_fixed(self) -> bool:
        """Whether it always runs: errors do (rules.md 0)."""
        return self.severity == "error"

    def is_on(self, switches: Mapping[str, bool]) -> bool:
        """Whether it runs."""
        return self.is_fixed or switches.get(self.switch, self.default)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rules of a topic."""

    title: str
    rules: tuple[RuleLine, ...]


def chapters() -> tuple[Chapter, ...]:
    """Return all rules, a chapter a topic."""
    from forms.checks import RULES

    return tuple(
        Chapter(
            text(f"rules.topic_{topic}"),
            tuple(
                _line(rule)
                for rule in sorted(RULES.values(), key=lambda rule: rule.switch)
                if rule.id.startswith(topic)
            ),
        )
        for topic in _TOPICS
    )


def read_switches(kept: Any) -> dict[str, bool]:
    """Return the switches in a setting that say something: of rules that there are and that may be switched.

    A setting of another version, or one that somebody spoilt, counts as far as it can be read.
    """
    if not isinstance(kept, dict) or not kept:
        return {}  # so the window stands before the rules are loaded
    from forms.checks import RULES, Severity

    return {
        key: is_on
        for key, is_on in kept.items()
        if isinstance(is_on, bool)
        and key in RULES
        and RULES[key].severity is not Severity.ERROR
        and is_on is not RULES[key].default
    }


def rule_book(switches: Mapping[str, bool] | None = None) -> str:
    """Return the book as Markdown: a chapter a topic, a line a rule, then the sources and how far each is verified."""
    from forms.checks import RULES
    from forms.checks.sources import SOURCES

    blocks = [f"# {text('rules.title')}", text("rules.intro", count=len(RULES))]
    for chapter in chapters():
        rows = ((one.id, one.level, _about(one, switches or {}), one.forms, one.source) for one in chapter.rules)
        blocks += [f"## {chapter.title}", _table("rules.columns", rows)]
    sources = ((one.shown, one.title, one.standing) for one in SOURCES.values())
    blocks += [f"## {text('rules.sources')}", text("rules.sources_intro"), _table("rules.source_columns", sources)]
    return "\n\n".join(blocks) + "\n"


def _line(rule: Rule) -> RuleLine:
    forms = [text(f"rules.form_{form}") for form in _FORMS if form in rule.forms]
    where = text("rules.everywhere") if len(forms) == len(_FORMS) else "、".join(forms)
    level = text(f"rules.{rule.severity}")
    return RuleLine(rule.switch, rule.id, str(rule.severity), level, rule.about, where, rule.source, rule.default)


def _about(line: RuleLine, switches: Mapping[str, bool]) -> str:
    """What a rule looks for, and whether that differs from the usual: 默认不检查, 已关闭, 已打开."""
    is_on = line.is_on(switches)
    key = ("" if line.default else "opened") if is_on else "closed" if line.default else "off"
    return f"{line.about}{text(f'rules.{key}')}" if key else line.about


def _table(heads: str, rows: Iterable[tuple[str, ...]]) -> str:
    columns = text(heads).split("|")
    lines = [columns, ["---"] * len(columns), *([_plain(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(cell: str) -> str:
    """A cell without what Markdown would read as its own: 7*24, a | b, <i>, [x]."""
    for sign in "\\*_`|<>[]":
        cell = cell.replace(sign, f"\\{sign}")
    return cell
