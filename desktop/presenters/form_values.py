"""What stands in the fields of a form: the text, what is wrong with it, what it sums up to, what was found there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.presenters.entries import Entry, EntryKind, is_reachable, problem, shown_text, stored_text
from desktop.presenters.findings import Mark, PlaceMarks
from desktop.presenters.sums import Sum, sums
from desktop.texts import text
from forms.documents import FormKind, Project
from forms.edition import Edition


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field at one moment."""

    text: str
    message: str = ""
    """Why the text cannot be read."""
    marks: Sequence[Mark] = ()
    note: str = ""
    odd: bool = False
    fill: str = ""
    """What a click on the note writes into the field."""
    read_only: bool = False


class FormValues:
    """All fields of one of the project's forms; without a form (``kind`` None) those of its narrative."""

    def __init__(
        self,
        project: Project,
        marks: PlaceMarks,
        kind: FormKind | None = None,
        edition: Edition | None = None,
    ) -> None:
        self.project = project
        self._marks = marks
        self._sums: dict[str, Sum] = {}
        self._derived: dict[str, str | None] = {}
        if kind is not None and edition is not None:
            self._sums = {one.path: one for one in sums(project, kind, edition)}
            if kind == "evaluation":
                self._derived = _derived(project, edition)

    def of(self, entry: Entry) -> FieldState:
        """Return the state of the field of an entry."""
        stored = stored_text(self.project, entry.path)
        marks = self._marks.get(entry.path, ())
        if entry.kind is EntryKind.DERIVED:
            known = self._derived.get(entry.path)
            others = entry.path.startswith("evaluation.funds[") and not entry.path.startswith("evaluation.funds[0]")
            return FieldState(stored if known is None else known, marks=marks, read_only=others or known is not None)
        added = self._sums.get(entry.path)
        return FieldState(
            shown_text(entry, stored),
            problem(entry, stored) if stored else "",
            marks,
            "" if added is None else added.sentence,
            added is not None and added.odd,
            added.shown if added is not None and (added.odd or not stored.strip()) else "",
            read_only=not is_reachable(self.project, entry.path) and entry.kind is not EntryKind.YEAR,
        )


def _derived(project: Project, edition: Edition) -> dict[str, str | None]:
    from forms.scoring import derived

    if project.evaluation is None:
        return {}
    found = derived(project.evaluation, edition)
    return {
        "evaluation.funds[0].执行率": found.execution_rate,
        "evaluation.funds[0].得分": found.execution_score,
        "evaluation.total_score": found.total_score,
    }


def narrative_entries(project: Project) -> tuple[Entry, ...]:
    """Return the places to type of a narrative: the texts of its sections, by their headings."""
    if project.narrative is None:
        return ()
    return tuple(
        Entry(f"narrative.sections[{at}].text", EntryKind.LONG, section.title, align="top-left")
        for at, section in enumerate(project.narrative.sections)
    )


def grade_line(project: Project, edition: Edition) -> str:
    """Return 总分 98.62，等级 优; nothing where the total cannot be told."""
    from decimal import Decimal

    from forms.parameters import parameters_of
    from forms.scoring import derived, grade

    if project.evaluation is None:
        return ""
    total = derived(project.evaluation, edition).total_score
    if total is None:
        return ""
    return text("pages.grade", total=total, grade=grade(Decimal(total), parameters_of(edition)))
