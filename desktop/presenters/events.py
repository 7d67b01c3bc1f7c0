"""What a session tells its observers: small values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from forms.documents import Project
from forms.edits import Edit


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether everything is on disk."""

    kind: Literal["saved", "saving", "failed"]
    at: datetime | None
    """When something was last saved in this session; None: not yet."""
    sentence: str = ""
    """What is wrong and what to do, where saving failed. It is tried again by itself."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Another project is open; None: no project is."""

    project_id: int | None
    project: Project | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A project changed by an edit (an undo's is the inverse of what it takes back)."""

    project_id: int
    edit: Edit
    project: Project


@dataclass(frozen=True, slots=True)
class ListChanged:
    """The list of projects changed: ``rows`` gives it anew."""


@dataclass(frozen=True, slots=True)
class SaveStateChanged:
    """Saving began, ended or failed: ``save_state`` tells. It carries no state, as events may overtake one another."""


@dataclass(frozen=True, slots=True)
class FinalChanged:
    """A project has another final copy, or one of its copies another stamp."""

    project_id: int


Event: TypeAlias = Opened | Changed | ListChanged | SaveStateChanged | FinalChanged
