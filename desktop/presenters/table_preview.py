"""What the dialog of paste and import shows: the choices of the clerk, and what they would do to the form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.exchange.tables import Table
from desktop.presenters.indicator_cells import Shown
from desktop.presenters.table_mapping import Mapping, Meaning, guess, meanings
from desktop.presenters.table_plan import Mode, Plan, PlanLine, default_mode, plan
from desktop.presenters.table_rows import cells_of, incoming
from desktop.presenters.taxonomy_words import TaxonomyWords
from desktop.texts import text
from forms.indicators import Levels


@dataclass(frozen=True, slots=True)
class Choice:
    """A table and how it is to be taken. ``mode`` None: what suits it best."""

    shown: Shown
    table: Table
    mapping: Mapping
    home: Levels | None = None
    mode: Mode | None = None
    act: str = ""

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """What a column may mean."""
        return meanings(self.shown.form, self.shown.edition)

    @property
    def needs_home(self) -> bool:
        """Whether rows may come without 一级 and 二级指标."""
        return "l1" not in self.mapping.columns and "l2" not in self.mapping.columns

    def with_meaning(self, column: int, meaning: Meaning) -> Choice:
        """Return the choice with another meaning of a column."""
        return replace(self, mapping=self.mapping.changed(column, meaning))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a choice would do."""

    plan: Plan
    mode: Mode

    @property
    def lines(self) -> dict[int, PlanLine]:
        """What becomes of each row of the table; rows above the first one are not in it."""
        return {one.line: one for one in self.plan.lines}


def first_choice(shown: Shown, table: Table, home: Levels | None, act: str = "") -> Choice:
    """Return the choice that the table suggests: fit for work aside, as ``outcome``."""
    return Choice(shown, table, guess(table, shown.form, _words(shown)), home or level_choices(shown)[0], act=act)


def outcome(choice: Choice) -> Outcome:
    """Return what a choice would do. Plain values in and out: fit for work aside."""
    shown = choice.shown
    style = shown.edition.value_style
    home = choice.home if choice.needs_home else None
    rows = list(incoming(choice.table, choice.mapping, _words(shown), style, home))
    mode = choice.mode or default_mode(shown, rows)
    if not choice.mapping.is_usable:
        return Outcome(Plan((), None, trouble=text("tables.no_columns")), mode)
    return Outcome(plan(shown, rows, mode, cells_of(choice.mapping), choice.act), mode)


def fate_line(line: PlanLine | None) -> str:
    """Return what becomes of a row, in a few words."""
    if line is None:
        return ""
    word = text(f"tables.fate_{line.fate}")
    if line.fate == "new" and line.row is not None:
        return text("tables.fate_to", word=word, l1=line.row.l1, l2=line.row.l2)
    return text("tables.fate_why", word=word, reason=line.reason) if line.reason else word


def level_choices(shown: Shown) -> tuple[Levels, ...]:
    """Return the 二级指标 that rows may be put under."""
    return tuple((one.name, two.name) for one in shown.edition.taxonomy for two in one.l2)


def _words(shown: Shown) -> TaxonomyWords:
    return TaxonomyWords(shown.edition, {(row.l1, row.l2) for row in shown.rows})
