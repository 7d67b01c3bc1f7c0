"""The documents that a unit fills: immutable values, shaped as the package file has them.

They are named tuples: read in each start of the program, made and compared by the thousand, never taken apart by place.

Everything a clerk types is kept as text, to the character. A key that is absent and a key that is
blank differ, so ``fields`` and ``funds`` are mappings and not attributes. Which keys a form prints is
decided by its edition alone; other keys are carried along untouched.

A place in a project is named by a path such as ``declaration.fields.主管部门``,
``evaluation.funds[0].全年执行数``, ``declaration.indicators[3].target`` or ``narrative.sections[5].text``.
Edits, findings, printed cells and the window all speak of places by these same paths.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

Extra: TypeAlias = Mapping[str, Any]
"""Keys of a package file that this version does not know: kept and written back."""

FormKind = Literal["declaration", "evaluation"]

NARRATIVE_TITLES = (
    "一、项目概述",
    "二、立项依据",
    "三、实施主体",
    "四、实施方案",
    "五、实施周期",
    "六、年度预算安排",
    "七、绩效目标",
)
"""The seven headings of 项目经费情况说明; printed by the program, never typed."""


class Period(NamedTuple):
    """The years that 项目总体目标 covers; both included."""

    start: int
    end: int
    extra: Extra = MappingProxyType({})


class Indicator(NamedTuple):
    """One 三级指标 row. ``target`` is the 指标值 (package key ``value`` in a declaration)."""

    l1: str
    l2: str
    l3: str = ""
    target: str = ""
    actual: str = ""
    points: str = ""
    score: str = ""
    reason: str = ""
    tier: str = ""
    """定性档次 of an evaluation row; kept as data, never printed."""
    mid_l3: str = ""
    """三级指标 of the medium term (中期), beside the year's own, where a declaration has both."""
    mid_target: str = ""
    """指标值 of the medium term (package key ``mid_value``)."""
    extra: Extra = MappingProxyType({})

    @property
    def name(self) -> str:
        """What it goes by: its name in the year, else that of the medium term."""
        return self.l3 or self.mid_l3

    @property
    def is_mid_term(self) -> bool:
        """Whether it says something of the medium term, and nothing of the year."""
        return bool(self.mid_l3 or self.mid_target) and not (self.l3 or self.target)


class Declaration(NamedTuple):
    """财政支出项目绩效目标申报表（填报表）."""

    edition: str
    year: int
    fields: Mapping[str, str] = MappingProxyType({})
    funds: Mapping[str, str] = MappingProxyType({})
    overall_period: Period | None = None
    overall_goal: str = ""
    annual_goal: str = ""
    indicators: tuple[Indicator, ...] = ()
    extra: Extra = MappingProxyType({})


class Evaluation(NamedTuple):
    """财政项目支出绩效自评表. Each row of ``funds`` maps ``row`` and the column names to texts."""

    edition: str
    year: int
    fields: Mapping[str, str] = MappingProxyType({})
    funds: tuple[Mapping[str, str], ...] = ()
    expected: str = ""
    actual: str = ""
    indicators: tuple[Indicator, ...] = ()
    total_points: str = ""
    total_score: str = ""
    extra: Extra = MappingProxyType({})


class Section(NamedTuple):
    """One of the seven sections of a narrative; paragraphs are divided by line feeds."""

    title: str
    text: str = ""
    extra: Extra = MappingProxyType({})


class Narrative(NamedTuple):
    """项目经费情况说明."""

    sections: tuple[Section, ...]
    extra: Extra = MappingProxyType({})


class Confirmation(NamedTuple):
    """A finding of severity confirm (提醒★) that the clerk has looked at and stands by.

    ``message`` and ``texts`` are what was said and what stood there then: when they change it lapses.
    """

    rule: str
    place: str
    """Path of the project; the row of an indicator may have moved since."""
    message: str
    texts: tuple[str, ...] = ()
    note: str = ""
    """说明, where the clerk wrote one."""
    extra: Extra = MappingProxyType({})


class Project(NamedTuple):
    """One project: any of narrative, declaration and evaluation, in print order."""

    narrative: Narrative | None = None
    declaration: Declaration | None = None
    evaluation: Evaluation | None = None
    extra: Extra = MappingProxyType({})
    confirmations: tuple[Confirmation, ...] = ()
    """Never printed."""

    @property
    def forms(self) -> tuple[tuple[FormKind, Declaration | Evaluation], ...]:
        """The forms the project has, in print order."""
        found: list[tuple[FormKind, Declaration | Evaluation]] = []
        if self.declaration is not None:
            found.append(("declaration", self.declaration))
        if self.evaluation is not None:
            found.append(("evaluation", self.evaluation))
        return tuple(found)

    @property
    def name(self) -> str:
        """项目名称 as the first form has it; blank where there is no form."""
        return next((form.fields.get("项目名称", "") for _, form in self.forms), "")

    @property
    def unit(self) -> str:
        """实施单位 as the first form has it."""
        return next((form.fields.get("实施单位", "") for _, form in self.forms), "")

    @property
    def year(self) -> int | None:
        """Year of the first form; None where there is no form."""
        return next((form.year for _, form in self.forms), None)


class Booklet(NamedTuple):
    """编报册: what stands before the projects of a bound set."""

    title: str = ""
    statement: str = ""
    extra: Extra = MappingProxyType({})


class Package(NamedTuple):
    """The exchange file: a booklet, perhaps, and projects."""

    projects: tuple[Project, ...]
    booklet: Booklet | None = None
    extra: Extra = MappingProxyType({})


def empty_narrative() -> Narrative:
    """Return a narrative with the seven headings and no text."""
    return Narrative(tuple(Section(title) for title in NARRATIVE_TITLES))


# ---------------------------------------------------------------- typed text

UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no text of a file may hold: control characters but tab and LF, and halves of characters (surrogates)."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """Return a typed or pasted text without what no file may hold.

    Line ends of every kind (a line break within a paragraph of Word is one) become LF; other control characters
    but tab, and halves of characters (surrogates), are left out. All else stays to the character.
    """
    return UNFIT.sub("", _LINE_ENDS.sub("\n", text))


# ---------------------------------------------------------------- places

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]

_STEP = re.compile(r"(?:^|(?<=[^.])\.)([^.\[\]]+)|\[(0|[1-9][0-9]*)\]")


@lru_cache(maxsize=1024)
def parse_path(text: str) -> Path:
    """``declaration.indicators[3].target`` as ``("declaration", "indicators", 3, "target")``.

    Raises ValueError where the text is no path.
    """
    steps: list[Step] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None:
            raise ValueError(f"no path: {text!r}")
        steps.append(match[1] if match[2] is None else int(match[2]))
        at = match.end()
    return tuple(steps)


def format_path(path: Path) -> str:
    """Return the text of a path; the inverse of ``parse_path``.

    A label with a dot or a bracket, which a foreign file may hold, has no such text: no edition asks for one, and
    what must name every place (the journal) writes a path as a list.
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def parts_of(document: object) -> tuple[str, ...]:
    """Return the names of the parts of a document; nothing of what is none (a text, a mapping, a list)."""
    return getattr(document, "_fields", ())


def get(document: object, path: Path) -> Any:
    """What stands at a path; None for a mapping's absent key.

    Raises LookupError where the path leads nowhere.
    """
    found: Any = document
    for step in path:
        found = _child(found, step)
    return found


def put(document: Any, path: Path, value: object) -> Any:
    """Return a copy of the document with another value at a path; None takes a mapping's key away.

    Raises LookupError where the path leads nowhere.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    child = put(_child(document, step), rest, value)
    if isinstance(step, int):
        return (*document[:step], child, *document[step + 1 :])
    if isinstance(document, Mapping):
        kept = dict(document)
        if child is None:
            kept.pop(step, None)
        else:
            kept[step] = child
        return kept
    return document._replace(**{step: child})


def _child(document: Any, step: Step) -> Any:
    if isinstance(step, int):
        if type(document) is tuple and 0 <= step < len(document):
            return document[step]
    elif isinstance(document, Mapping):
        return document.get(step)
    elif step in parts_of(document):
        return getattr(document, step)
    raise LookupError(f"{step!r} is no part of {type(document).__name__}")
