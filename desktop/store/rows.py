"""What the store gives out: rows of the project list, projects with their place in the history, steps of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from forms.documents import Declaration, Evaluation, Project
from forms.edition import Edition
from forms.money import amount_in, budget_of

ProjectKind = Literal["declaration", "evaluation", "both", "narrative"]


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list of projects shows of a document; always derived from it, never edited by itself."""

    unit: str
    year: int | None
    name: str
    kind: ProjectKind
    department: str
    declaration_edition: str | None
    evaluation_edition: str | None
    amount: Decimal | None
    """元: the year's budget as declared, else as the evaluation has it (全年预算数); None: blank or no number."""


class ProjectRow(NamedTuple):
    """A row of the list of projects. A tuple, as ten thousand of them are made before the window shows its list."""

    id: int
    unit: str
    year: int | None
    name: str
    kind: ProjectKind
    declaration_edition: str | None
    amount: Decimal | None
    """元, as in ``Listing``."""
    changed_at: datetime
    """Local, to the second."""

    def renewed(self, project: Project, at: datetime, editions: Mapping[str, Edition]) -> ProjectRow:
        """Return the row after a change of the project."""
        now = listing(project, editions)
        edition = now.declaration_edition
        return ProjectRow(
            self.id, now.unit, now.year, now.name, now.kind, edition, now.amount, max(at, self.changed_at)
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """A project as it stands on disk: the document after ``head`` steps of its history."""

    id: int
    project: Project
    head: int
    undo_name: str | None
    """Name of the step that undo takes back; None: none is left."""
    redo_name: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a project's history; those after the head were undone and can be done again."""

    seq: int
    name: str
    at: datetime


def listing(project: Project, editions: Mapping[str, Edition]) -> Listing:
    """Return what the list shows of a project; of a form of an edition not known amount and department are not told."""
    declaration, evaluation = project.declaration, project.evaluation
    kind: ProjectKind = "narrative"
    if project.forms:
        kind = "both" if len(project.forms) == 2 else project.forms[0][0]
    return Listing(
        project.unit,
        project.year,
        project.name,
        kind,
        next((_department(form, editions) for _, form in project.forms), ""),
        None if declaration is None else declaration.edition,
        None if evaluation is None else evaluation.edition,
        next((amount for amount in _amounts(project, editions) if amount is not None), None),
    )


def _amounts(project: Project, editions: Mapping[str, Edition]) -> Iterator[Decimal | None]:
    declaration, evaluation = project.declaration, project.evaluation
    if declaration is not None and declaration.edition in editions:
        yield budget_of(declaration, editions[declaration.edition])
    if evaluation is not None and evaluation.edition in editions:
        for row in evaluation.funds[:1]:  # the first row is 年度资金总额 in every edition
            yield amount_in(row.get("全年预算数", ""), editions[evaluation.edition].amounts)


def _department(form: Declaration | Evaluation, editions: Mapping[str, Edition]) -> str:
    return editions[form.edition].meant(form.fields, "主管部门") if form.edition in editions else ""


@lru_cache(maxsize=8)
def editions_of(folder: Path) -> Mapping[str, Edition]:
    """The editions of a data folder, as they are when they are first asked for; a wrong file is left out."""
    from forms.known_editions import Editions

    return Editions([folder / "editions"], [])


def columns(found: Listing) -> dict[str, str | int | None]:
    """Return the database columns of a listing."""
    return {
        "unit": storable(found.unit),
        "year": found.year,
        "name": storable(found.name),
        "kind": found.kind,
        "department": storable(found.department),
        "declaration_edition": None if found.declaration_edition is None else storable(found.declaration_edition),
        "evaluation_edition": None if found.evaluation_edition is None else storable(found.evaluation_edition),
        "amount": None if found.amount is None else str(found.amount),
    }


def storable(text: str) -> str:
    """Return a text that UTF-8 can hold: halves of characters become ``?``."""
    return text.encode("utf-8", "replace").decode("utf-8")


def project_row(row: Sequence[Any]) -> ProjectRow:
    """Return a row with ``PROJECT_COLUMNS`` as a value. Raises ValueError or ArithmeticError where it is damaged."""
    number, unit, year, name, kind, declaration, amount, changed = row
    amount = None if amount is None else Decimal(amount)
    return ProjectRow(number, unit, year, name, kind, declaration, amount, datetime.fromisoformat(changed))


PROJECT_COLUMNS = "id, unit, year, name, kind, declaration_edition, amount, changed_at"
"""What the list of projects shows or is asked for: not the snapshot, which is large."""
