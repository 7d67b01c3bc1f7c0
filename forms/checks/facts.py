"""What rules are about: forms, narratives and sets, with what is read from them once and used by many rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, cast

from forms.checks.days import day_of
from forms.checks.findings import FindingForm
from forms.checks.rows import COLUMN_WORDS, Profile, Row, Units
from forms.documents import NARRATIVE_TITLES, Declaration, Evaluation, FormKind, Package, Period, Project
from forms.edition import Amounts
from forms.money import AmountError, exact_amount, parse_amount
from forms.reading import sq
from forms.scoring import FUNDS_ROW

_NOTHING = frozenset(("-", "--", "—", "——", "–", "/", "\\", "无"))
"""Marks that stand for nothing in a cell of amounts, in ``sq``."""
FUND_COLUMNS = ("年初预算数", "全年预算数", "全年执行数")


class TextPlace(NamedTuple):
    """A text that a clerk typed. ``is_content``: it speaks of the project (name, goals, indicators)."""

    where: str
    text: str
    is_content: bool


class Form:
    """A declaration or an evaluation with its edition."""

    def __init__(
        self,
        profile: Profile,
        document: Declaration | Evaluation,
        rows: tuple[Row, ...],
        project: Project,
        mids: Mapping[int, Row],
    ) -> None:
        self.profile = profile
        self.edition, self.parameters = profile.edition, profile.parameters
        self.document, self.project, self.rows = document, project, rows
        self.mids = mids
        """What rows say of the medium term, by their positions; without columns for that, none."""
        self.year = document.year
        self.fields = document.fields

    @property
    def declaration(self) -> Declaration:
        """The form of a rule about declarations."""
        return cast("Declaration", self.document)

    @property
    def evaluation(self) -> Evaluation:
        """The form of a rule about evaluations."""
        return cast("Evaluation", self.document)

    def field(self, key: str) -> str:
        """The text of a field; nothing where the key is absent."""
        return self.fields.get(key, "")

    @cached_property
    def goal(self) -> tuple[str, str]:
        """Place and text of the goal that indicators answer to."""
        if isinstance(self.document, Declaration):
            return "annual_goal", self.document.annual_goal
        return "expected", self.document.expected

    @cached_property
    def texts(self) -> tuple[TextPlace, ...]:
        """What a clerk typed in words, but for the rows."""
        printed = ((f"fields.{one.key}", self.field(one.key)) for one in self.edition.fields)
        found = [TextPlace(where, text, where == "fields.项目名称") for where, text in printed]
        if isinstance(self.document, Declaration):
            goals = {"overall_goal": self.document.overall_goal, "annual_goal": self.document.annual_goal}
        else:
            goals = {"expected": self.document.expected, "actual": self.document.actual}
        found += [TextPlace(where, text, is_content=True) for where, text in goals.items()]
        return tuple(one for one in found if one.text)

    # ------------------------------------------------------------ time

    def day(self, key: str) -> date | None:
        """The day in a field; None where there is none or the calendar has no such day."""
        return day_of(self.field(key))

    @cached_property
    def start(self) -> date | None:
        """计划开始日期."""
        return self.day("计划开始日期")

    @cached_property
    def end(self) -> date | None:
        """计划完成日期."""
        return self.day("计划完成日期")

    @cached_property
    def covers_years(self) -> bool:
        """Whether the project runs over more than one calendar year."""
        if self.profile.prints("fields.计划开始日期"):
            return self.start is not None and self.end is not None and self.end.year > self.start.year
        period = self.period
        return period is not None and period.end > period.start

    @property
    def span(self) -> tuple[str, str]:
        """When the project begins and ends, in words: its plan dates, or the years of its goal without such dates."""
        if self.period is None or self.profile.prints("fields.计划开始日期"):
            return f"{self.start}", f"{self.end}"
        return f"{self.period.start}年", f"{self.period.end}年"

    @property
    def period(self) -> Period | None:
        """The years of 项目总体目标; None where the form has none."""
        return self.document.overall_period if isinstance(self.document, Declaration) else None

    def is_strange(self, year: int) -> bool:
        """Whether a year named in a text is none of the form's."""
        if year == self.year:
            return False
        return self.start is None or self.end is None or not self.start.year <= year <= self.end.year

    # ------------------------------------------------------------ money

    @cached_property
    def amounts(self) -> Mapping[str, Decimal | BadAmount | None]:
        """All amounts of 元 by place: None for a blank, why it is none for what is no amount."""
        return {where: _amount(text, self.edition.amounts) for where, text in self._amount_texts()}

    def _amount_texts(self) -> Iterator[tuple[str, str]]:
        if isinstance(self.document, Declaration):
            for key, text in self.document.funds.items():
                yield f"funds.{key}", text
        else:
            for at, row in enumerate(self.document.funds):
                for column in FUND_COLUMNS:
                    yield f"funds[{at}].{column}", row.get(column, "")

    def amount(self, where: str) -> Decimal | None:
        """The amount at a place; None where it is blank or none."""
        found = self.amounts.get(where)
        return found if isinstance(found, Decimal) else None

    def total(self, *wheres: str) -> Decimal | None:
        """The sum of amounts, a blank as 0; None where one is no amount."""
        found = [self.amounts.get(where) for where in wheres]
        if any(isinstance(one, BadAmount) for one in found):
            return None
        return sum((one for one in found if isinstance(one, Decimal)), Decimal(0))

    @cached_property
    def budget(self) -> Decimal | None:
        """What a declaration asks for in its year; None where that is blank, no amount, or not on the form."""
        where = self.edition.year_total
        return None if where is None else self.amount(where)

    def money(self, amount: Decimal) -> str:
        """Return an amount of 元 as the form would write it, in its own unit."""
        return exact_amount(amount, self.edition.amounts)

    @cached_property
    def fund_total_at(self) -> int:
        """Which row of the funds is 年度资金总额; the first, where none says so."""
        rows = self.evaluation.funds
        return next((at for at, row in enumerate(rows) if sq(row.get("row", "")) == FUNDS_ROW), 0)

    # ------------------------------------------------------------ indicators

    @cached_property
    def levels(self) -> Mapping[str, frozenset[str]]:
        """The level-2 indicators that the form has, by level 1."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            found.setdefault(row.l1, set()).add(row.l2)
        return {l1: frozenset(l2) for l1, l2 in found.items()}

    @property
    def year_rows(self) -> tuple[Row, ...]:
        """The rows that say something of the year, or nothing at all: not those of the medium term alone."""
        return tuple(row for at, row in enumerate(self.rows) if row.texts or at not in self.mids)

    @cached_property
    def by_unit(self) -> Mapping[str, Units]:
        """The numeric rows by unit in normal form."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.value.kind == "number":
                found.setdefault(row.normal.unit, []).append(row)
        return {
            unit: Units(frozenset(row.normal.number for row in rows if row.normal.number is not None), tuple(rows))
            for unit, rows in found.items()
        }

    @cached_property
    def mentions(self) -> frozenset[tuple[Decimal, str]]:
        """All numbers with a counting unit that stand in names and targets."""
        return frozenset().union(*(row.mentions for row in self.rows))

    # ------------------------------------------------------------ words

    def words(self, where: str) -> str:
        """Return a place as a sentence names it: 第3行指标值, 年度总体目标, 项目名称."""
        if where.startswith("indicators["):
            row, _, column = where[len("indicators[") :].partition("].")
            return f"第{int(row) + 1}行{COLUMN_WORDS[column]}"
        if where.startswith("funds["):
            row, _, column = where[len("funds[") :].partition("].")
            return f"{self._fund_row(int(row))}的{column}"
        return self.profile.goal_names.get(where, where.rpartition(".")[2])

    def _fund_row(self, at: int) -> str:
        rows = self.evaluation.funds
        name = rows[at].get("row", "") if at < len(rows) else ""
        return name.removeprefix("其中：") or f"资金第{at + 1}行"


class BadAmount(str):
    """Why a text is no amount, as a sentence."""

    __slots__ = ()


def _amount(text: str, amounts: Amounts) -> Decimal | BadAmount | None:
    if sq(text) in _NOTHING:
        return None
    try:
        return parse_amount(text, amounts)
    except AmountError as error:
        return BadAmount(error)


def place_of(where: str) -> tuple[int, ...]:
    """Sorts the places of narratives and booklets from top to bottom."""
    at = where.partition("[")[2].partition("]")[0]
    return (int(at) if at else -1, int(where.endswith("statement")))


class Told:
    """A narrative, with the form (if there is one) that it tells of."""

    def __init__(self, form: Form | None, titles: tuple[str, ...], texts: tuple[str, ...]) -> None:
        self.form, self.titles, self.section_texts = form, titles, texts

    @staticmethod
    def where(at: int) -> str:
        """The place of a section."""
        return f"narrative.sections[{at}]"

    def section(self, number: int) -> tuple[int, str] | None:
        """Position and text of one of the seven sections (from 1); None where its heading is missing."""
        title = NARRATIVE_TITLES[number - 1]
        return (at, self.section_texts[at]) if (at := self._at.get(title)) is not None else None

    @cached_property
    def _at(self) -> Mapping[str, int]:
        return {title: at for at, title in reversed(tuple(enumerate(self.titles)))}

    @cached_property
    def texts(self) -> tuple[TextPlace, ...]:
        """The sections that are not blank."""
        return tuple(
            TextPlace(self.where(at), text, is_content=True) for at, text in enumerate(self.section_texts) if text
        )

    def words(self, where: str) -> str:
        """Return the heading of a section."""
        at = where.partition("[")[2].partition("]")[0]
        return self.titles[int(at)] if at else "项目经费情况说明"


class Bound:
    """All projects of a package and its booklet."""

    def __init__(self, package: Package, forms: tuple[tuple[tuple[FormKind, Form], ...], ...]) -> None:
        self.package = package
        self.forms = forms
        """The forms of each project."""

    @cached_property
    def texts(self) -> tuple[TextPlace, ...]:
        """Title and statement of the booklet."""
        booklet = self.package.booklet
        if booklet is None:
            return ()
        found = {"booklet.title": booklet.title, "booklet.statement": booklet.statement}
        return tuple(TextPlace(where, text, is_content=False) for where, text in found.items() if text)

    @property
    def declared(self) -> Iterator[tuple[int, Form]]:
        """The declarations with the positions of their projects."""
        return ((at, form) for at, forms in enumerate(self.forms) for kind, form in forms if kind == "declaration")

    def key(self, project: int, form: FindingForm, where: str) -> tuple[int, ...]:
        """Sorts the places of one project from top to bottom."""
        forms = self.forms[project] if project >= 0 else ()
        return next((one.profile.place(where) for kind, one in forms if kind == form), place_of(where))

    def words(self, where: str) -> str:
        """Return a place of the booklet in words."""
        return {"booklet.title": "封面标题", "booklet.statement": "编报说明"}.get(where, "编报册")
