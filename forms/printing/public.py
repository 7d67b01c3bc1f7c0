"""What may go out with a published PDF: the data that its pages show, and nothing beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from forms.check_code import UNPRINTED
from forms.documents import Declaration, parts_of
from forms.printing.grid import printed_texts

if TYPE_CHECKING:
    from forms.documents import Evaluation, Package, Project
    from forms.edition import Edition


def printed_only(package: Package, editions: Mapping[str, Edition], *, narratives: bool) -> Package:
    """Return a package without confirmations, notes, keys of other programs, and fields that the editions do not print.

    ``narratives`` says whether those are printed.
    """
    found: Package = _bare(package)
    return found._replace(projects=tuple(_project(one, editions, narratives) for one in found.projects))


def _project(project: Project, editions: Mapping[str, Edition], narratives: bool) -> Project:  # noqa: FBT001 - handed on
    forms: dict[str, Any] = {kind: _form(form, editions[form.edition]) for kind, form in project.forms}
    return project._replace(narrative=project.narrative if narratives else None, **forms)


def _form(form: Declaration | Evaluation, edition: Edition) -> Declaration | Evaluation:
    printed = {path for path, _ in printed_texts(form, edition)}

    def kept(values: Mapping[str, str], place: str) -> dict[str, str]:
        return {key: text for key, text in values.items() if key == "row" or f"{place}.{key}" in printed}

    shown = kept(form.fields, "fields")
    if isinstance(form, Declaration):
        return form._replace(fields=shown, funds=kept(form.funds, "funds"))
    return form._replace(fields=shown, funds=tuple(kept(row, f"funds[{n}]") for n, row in enumerate(form.funds)))


def _bare(value: Any) -> Any:
    """A document with what is never printed as if it had never been there."""
    parts = parts_of(value)
    if parts:
        blank = value._field_defaults
        return value._make(blank[name] if name in UNPRINTED else _bare(getattr(value, name)) for name in parts)
    return tuple(map(_bare, value)) if isinstance(value, tuple) else value
