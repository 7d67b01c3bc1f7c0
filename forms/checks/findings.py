"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

FindingForm = Literal["declaration", "evaluation", "narrative", "booklet"]

SET = -1
"""``Finding.project`` of what concerns the booklet itself and no project of it."""


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    ERROR = "error"
    """错误: no final copy while it stands."""
    CONFIRM = "confirm"
    """提醒★: to be confirmed once, perhaps with a justification, before the final copy."""
    WARNING = "warning"
    """提醒: may be ignored."""

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for the clerk: what, where, why.

    ``where`` is the place within the form (``fields.主管部门``, ``indicators[3].target``), or of a narrative or
    booklet ``narrative.sections[5]``, ``booklet.statement``. ``places`` are all places of a finding that speaks for
    several, ``where`` first; of a rule about a set they are paths of the package
    (``projects[2].declaration.annual_goal``).
    """

    id: str
    severity: Severity
    project: int
    """Position of the project in the package, from 0; ``SET`` for the booklet."""
    form: FindingForm
    where: str
    message: str
    source: str
    places: tuple[str, ...]

    @property
    def path(self) -> str:
        """The place as a path of the project (of the package for the booklet), as edits and print know it."""
        return full_path(self.form, self.where)

    @property
    def paths(self) -> tuple[str, ...]:
        """All places as such paths."""
        return tuple(full_path(self.form, place) for place in self.places)


def full_path(form: FindingForm, where: str) -> str:
    """Return ``declaration.fields.主管部门`` for ``fields.主管部门``; a section of a narrative is its text."""
    if where.startswith(("narrative.", "booklet.", "projects[")):
        return f"{where}.text" if where.startswith("narrative.sections[") else where
    return f"{form}.{where}"
