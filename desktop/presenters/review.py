"""What a check of a project came to: what is to be looked at, what was confirmed, what a click can mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.presenters.faces import SHIPPED, printable
from desktop.presenters.findings import PlaceMarks, marks_by_path
from forms.documents import Project
from forms.edition import Edition
from forms.edits import Edit

if TYPE_CHECKING:
    from forms.checks import Finding
    from forms.printing.options import FaceFile, Role


@dataclass(frozen=True, slots=True)
class Review:
    """The findings of a project as it was when it was checked."""

    open: tuple[Finding, ...] = ()
    """Errors, what is to be confirmed, and reminders."""
    confirmed: tuple[tuple[Finding, str], ...] = ()
    """What the clerk has confirmed, with the notes."""
    fixable: frozenset[Finding] = frozenset()
    """What ``fixing`` has an edit for."""
    marks: PlaceMarks = field(default_factory=dict)
    """The marks of what is open."""


def review(
    project: Project,
    editions: Mapping[str, Edition],
    switches: Mapping[str, bool] | None = None,
    faces: Mapping[Role, FaceFile] = SHIPPED,
) -> Review:
    """Check a project with rules switched on and off; ``faces`` are those it will be printed with.

    Raises KeyError where a form is of no edition known.
    """
    from forms.checks import check_project
    from forms.checks.confirmations import is_confirmed
    from forms.checks.fixes import fix

    found = check_project(project, editions, switches=switches, has_glyph=printable(faces))
    known = {one: is_confirmed(project, one) for one in found}
    unconfirmed = tuple(one for one in found if known[one] is None)
    return Review(
        unconfirmed,
        tuple((one, confirmation.note) for one, confirmation in known.items() if confirmation is not None),
        frozenset(one for one in found if fix(project, one, editions) is not None),
        marks_by_path(unconfirmed),
    )


def confirming(project: Project, finding: Finding, note: str = "") -> Edit:
    """Return the edit that confirms a finding; confirmed again, it has another note."""
    from forms.checks.confirmations import confirm

    return confirm(project, finding, note)


def withdrawing(project: Project, finding: Finding) -> Edit:
    """Return the edit that takes a confirmation back; an empty one where there is none."""
    from forms.checks.confirmations import withdraw

    return withdraw(project, finding)


def note_of(project: Project, finding: Finding) -> str:
    """Return the note from which the clerk goes on: that of the confirmation, or of one that has lapsed."""
    from forms.checks.confirmations import earlier_note

    return earlier_note(project, finding)


def fixing(project: Project, finding: Finding, editions: Mapping[str, Edition]) -> Edit | None:
    """Return the edit that mends a finding; None where there is none, or its places have gone meanwhile."""
    from forms.checks.fixes import fix

    try:
        return fix(project, finding, editions)
    except LookupError:
        return None
