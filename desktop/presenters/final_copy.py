"""The final copy: only of what has no error (rules.md 0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.texts import text
from forms.documents import Project
from forms.edition import Edition

SHOWN = 8
"""So many errors are named; of the others only the number."""


class NotFinalError(Exception):
    """An error stands, so there is no final copy; the message names what is to be mended."""


def why_not_final(projects: Sequence[Project], editions: Mapping[str, Edition]) -> str:
    """Return the sentence that says which errors stand; nothing where there are none."""
    from forms.checks import Severity, check_project
    from forms.printing import has_glyph

    lines = [
        text("window.final_error", name=project.name or text("window.unnamed"), sentence=one.message)
        for project in projects
        for one in check_project(project, editions, has_glyph=has_glyph)
        if one.severity is Severity.ERROR
    ]
    if not lines:
        return ""
    rest = [text("window.final_more", count=len(lines) - SHOWN)] if len(lines) > SHOWN else []
    return "\n".join([text("window.not_final", count=len(lines)), *lines[:SHOWN], *rest])
