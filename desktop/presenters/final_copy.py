"""The final copy: only of what has no error and nothing left to be confirmed (rules.md 0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.presenters.faces import SHIPPED
from desktop.presenters.findings import sign
from desktop.presenters.review import review
from desktop.texts import text
from forms.documents import Project
from forms.edition import Edition

if TYPE_CHECKING:
    from forms.checks import Finding
    from forms.printing.options import FaceFile, Role

SHOWN = 8
"""So many findings are named; of the others only the number."""


class NotFinalError(Exception):
    """Something stands against a final copy; the message names what is to be mended or confirmed."""


def why_not_final(
    projects: Sequence[Project],
    editions: Mapping[str, Edition],
    switches: Mapping[str, bool] | None = None,
    faces: Mapping[Role, FaceFile] = SHIPPED,
) -> str:
    """Return the sentence that says what stands against a final copy in such faces; nothing where there is nothing."""
    return told_against(
        [(project, one) for project in projects for one in review(project, editions, switches, faces).open]
    )


def told_against(found: Sequence[tuple[Project, Finding]]) -> str:
    """Return the sentence that says which of the findings stand against a final copy; nothing where none does."""
    against = [
        (project, one) for severity in ("error", "confirm") for project, one in found if one.severity == severity
    ]
    if not against:
        return ""
    errors = sum(one.severity == "error" for _, one in against)
    lines = [
        text(
            "window.final_against",
            sign=sign(str(one.severity)),
            name=project.name or text("window.unnamed"),
            sentence=one.message,
        )
        for project, one in against[:SHOWN]
    ]
    rest = [text("window.final_more", count=len(against) - SHOWN)] if len(against) > SHOWN else []
    return "\n".join([text("window.not_final", errors=errors, confirms=len(against) - errors), *lines, *rest])
