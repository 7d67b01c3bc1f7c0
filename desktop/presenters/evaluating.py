"""From a declaration to its evaluation (forms.md 19): what is known is carried over, what was done is left blank."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.texts import text
from forms.cycle.evaluate import evaluation_of
from forms.documents import Project
from forms.edition import Edition
from forms.edits import Edit, Put


def evaluation_edit(project: Project, editions: Mapping[str, Edition]) -> tuple[Edit | None, str]:
    """Return the edit that adds the evaluation, or None and the sentence that says why there can be none."""
    declaration = project.declaration
    if declaration is None:
        return None, text("window.evaluate_no_declaration")
    if project.evaluation is not None:
        return None, text("window.evaluate_already")
    known = editions.get(declaration.edition)
    edition = None if known is None else editions.get(known.evaluation_edition or "")
    if known is None or edition is None:
        return None, text("window.evaluate_no_edition")
    made = evaluation_of(declaration, known, edition)
    return Edit(text("window.evaluate_step"), (Put(("evaluation",), None, made),)), ""
