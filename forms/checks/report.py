"""The report of a check (校验报告): what was checked, with which rules, what was found, on what it all rests.

A plain structure of headings and lines, so that text, paper and window say the same. There is no clock here: whoever
makes the report says when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.checks.confirmations import is_confirmed
from forms.checks.findings import SET, Finding, FindingForm, Severity
from forms.checks.readings import profile_of
from forms.checks.registry import RULES, Rule
from forms.checks.sources import SOURCES
from forms.documents import Package, Project
from forms.edition import Edition

TITLE = "绩效目标校验报告"
SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.ERROR: "错误",
    Severity.CONFIRM: "提醒★",
    Severity.WARNING: "提醒",
}
STATE_WORDS = {"draft": "草稿", "error": "有错误", "confirm": "待确认", "final": "可定稿"}
_FORM_WORDS: Mapping[FindingForm, str] = {
    "declaration": "申报表",
    "evaluation": "自评表",
    "narrative": "经费说明",
    "booklet": "编报册",
}
_NUMERALS = "一二三四五六七八九十"
_PARTS = {"single": "当年完成的项目", "narrative": "经费说明"}
"""What a part of a rule that is switched by itself is about."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A title and parts."""

    title: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """All of it as plain text."""
        blocks = ["\n".join((part.heading, *part.lines)) for part in self.parts]
        return "\n\n".join((self.title, *blocks)) + "\n"


def state_of(project: Project, found: Iterable[Finding]) -> str:
    """Return the state of a checked project, a key of ``STATE_WORDS``: ``error``, ``confirm`` or ``final``."""
    found = list(found)
    if any(one.severity is Severity.ERROR for one in found):
        return "error"
    waits = any(one.severity is Severity.CONFIRM and is_confirmed(project, one) is None for one in found)
    return "confirm" if waits else "final"


def make_report(
    package: Package,
    editions: Mapping[str, Edition],
    found: Sequence[Finding],
    *,
    switches: Mapping[str, bool] | None = None,
    made: str = "",
) -> Report:
    """Return the report of ``check_package(package, editions, switches=switches)``; ``made``: when, in words."""
    run = rules_run(package, editions, switches or {})
    parts = [("检查范围", _scope(package, editions, found, run, switches=switches or {}, made=made))]
    for at, project in enumerate(package.projects):
        mine = [one for one in found if one.project == at]
        heading = f"项目{at + 1} {_flat(project.name) or '（未命名）'}"
        parts.append((heading, _project(project, mine)))
    bound = [one for one in found if one.project == SET]
    if bound:
        parts.append(("编报册", [_finding(one) for one in bound]))
    parts.append(("规则的依据", _sources(run)))
    return Report(TITLE, tuple(Part(f"{_number(n)}、{head}", tuple(lines)) for n, (head, lines) in enumerate(parts, 1)))


def rules_run(package: Package, editions: Mapping[str, Edition], switches: Mapping[str, bool]) -> list[Rule]:
    """Return the rules that are switched on and concern a form, narrative or booklet of a package."""
    profiles = {
        (kind, form.edition): profile_of(editions[form.edition], kind)
        for project in package.projects
        for kind, form in project.forms
    }
    others: set[FindingForm] = {"booklet"}
    if any(project.narrative is not None for project in package.projects):
        others.add("narrative")
    return [
        rule
        for rule in RULES.values()
        if rule.is_on(switches)
        and (rule.forms & others or any(rule.applies_to(profile) for profile in profiles.values()))
    ]


# ---------------------------------------------------------------- the parts


def _scope(
    package: Package,
    editions: Mapping[str, Edition],
    found: Sequence[Finding],
    run: Sequence[Rule],
    *,
    switches: Mapping[str, bool],
    made: str,
) -> list[str]:
    projects = package.projects
    units = dict.fromkeys(_flat(project.unit) for project in projects if project.unit.strip())
    years = sorted({form.year for project in projects for _, form in project.forms})
    used = dict.fromkeys(editions[form.edition].name for project in projects for _, form in project.forms)
    lines = [f"检查时间：{made}"] if made else []
    lines += [
        f"单位：{'、'.join(units) or '未填写'}",
        f"年度：{'、'.join(map(str, years)) or '无'}",
        f"项目：{len(projects)}个",
        f"表样：{'、'.join(used) or '无'}",
        f"规则：{len(run)}条",
    ]
    switched = [rule for key, rule in RULES.items() if key in switches and rule.is_on(switches) is not rule.default]
    for words, is_on in (("另行打开", True), ("已关闭", False)):
        ids = [_name(rule) for rule in switched if rule.is_on(switches) is is_on]
        if ids:
            lines.append(f"{words}的规则：{'、'.join(ids)}")
    usual = [_name(rule) for rule in RULES.values() if not rule.default and not rule.is_on(switches)]
    if usual:
        lines.append(f"默认不检查的规则：{'、'.join(usual)}")
    confirmed = sum(_confirmed(projects, one) for one in found)
    count = {severity: sum(one.severity is severity for one in found) for severity in Severity}
    waits = count[Severity.CONFIRM] - confirmed
    lines.append(
        f"结果：错误{count[Severity.ERROR]}条，待确认{waits}条，已确认{confirmed}条，提醒{count[Severity.WARNING]}条"
    )
    return lines


def _name(rule: Rule) -> str:
    """The number of a rule; of a part that is switched by itself, what the part is about, too."""
    part = rule.switch.removeprefix(rule.id).removeprefix(".")
    return f"{rule.id}（{_PARTS[part]}）" if part else rule.id


def _confirmed(projects: Sequence[Project], finding: Finding) -> bool:
    return finding.project != SET and is_confirmed(projects[finding.project], finding) is not None


def _project(project: Project, found: Sequence[Finding]) -> list[str]:
    kinds = [_FORM_WORDS[kind] for kind, _ in project.forms]
    if project.narrative is not None:
        kinds.insert(0, _FORM_WORDS["narrative"])
    lines = [f"内容：{'、'.join(kinds) or '无'}", f"状态：{STATE_WORDS[state_of(project, found)]}"]
    for one in found:
        lines.append(_finding(one))
        known = is_confirmed(project, one)
        if known is not None:
            note = _flat(known.note)
            lines.append(f"已确认，说明：{note}" if note else "已确认")
    if not found:
        lines.append("没有发现问题")
    return lines


def _finding(one: Finding) -> str:
    word, form = SEVERITY_WORDS[one.severity], _FORM_WORDS[one.form]
    return f"〔{word}〕{one.id} {form}：{_flat(one.message)}（依据：{one.source}）"


def _sources(run: Sequence[Rule]) -> list[str]:
    keys = dict.fromkeys(key for rule in run for key in rule.sources)
    lines = [f"{SOURCES[key].shown}：{SOURCES[key].title}（{SOURCES[key].standing}）" for key in SOURCES if key in keys]
    return [*lines, "本报告由程序按规则生成，没有发现问题不等于一定通过审核。"]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _number(n: int) -> str:
    """1 to 99 in Chinese, then digits."""
    if n > 99:
        return str(n)
    tens, ones = divmod(n, 10)
    head = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (_NUMERALS[ones - 1] if ones else "")
