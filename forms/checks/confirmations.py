"""Confirming what a check asks to be confirmed (提醒★), with a 说明 where the clerk writes one (rules.md 2.8).

A confirmation stands in the project itself. It holds for a finding of the same rule at the same kind of place, as long
as the finding says the same and the same stands at its places; of an indicator the row may move, its names may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from forms.checks.findings import Finding, Severity
from forms.checks.text import cut
from forms.documents import Confirmation, Indicator, Path, Project, clean_text, get, parse_path
from forms.edits import Edit, Put

_ROW = re.compile(r"indicators\[[0-9]+\]")
_PATH: Path = ("confirmations",)


def confirm(project: Project, finding: Finding, note: str = "") -> Edit:
    """Return the edit that confirms a finding; confirmed again, it has another note.

    Raises ValueError for a finding that is not to be confirmed.
    """
    if finding.severity is not Severity.CONFIRM:
        raise ValueError(f"{finding.id} is not to be confirmed")
    new = Confirmation(finding.id, finding.path, finding.message, _texts(project, finding), clean_text(note).strip())
    known = is_confirmed(project, finding)
    return _edit(project, "确认", finding, (*(one for one in project.confirmations if one is not known), new))


def confirm_all(project: Project, findings: Iterable[Finding], name: str) -> Edit:
    """Return the one edit, of that name, that confirms all findings that are to be and are not; empty where none is."""
    wanted = open_confirms(project, findings)
    new = tuple(Confirmation(one.id, one.path, one.message, _texts(project, one)) for one in wanted)
    return Edit(name, (Put(_PATH, project.confirmations, (*project.confirmations, *new)),))


def withdraw(project: Project, finding: Finding) -> Edit:
    """Return the edit that takes a confirmation back; an empty one where there is none."""
    known = is_confirmed(project, finding)
    return _edit(project, "取消确认", finding, tuple(one for one in project.confirmations if one is not known))


def is_confirmed(project: Project, finding: Finding) -> Confirmation | None:
    """Return the confirmation that holds for a finding; None where there is none, or it has lapsed."""
    if finding.severity is not Severity.CONFIRM or not project.confirmations:
        return None
    place, texts = _without_row(finding.path), _texts(project, finding)
    for one in project.confirmations:
        same = (one.rule, one.message, one.texts) == (finding.id, finding.message, texts)
        if same and _without_row(one.place) == place:
            return one
    return None


def open_confirms(project: Project, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are still to be confirmed, in the order given."""
    return [one for one in findings if one.severity is Severity.CONFIRM and is_confirmed(project, one) is None]


def earlier_note(project: Project, finding: Finding) -> str:
    """Return the note to begin from: that of the confirmation, else of the last one there that has lapsed."""
    known = is_confirmed(project, finding)
    if known is not None:
        return known.note
    found = [one.note for one in project.confirmations if (one.rule, one.place) == (finding.id, finding.path)]
    return found[-1] if found else ""


def _edit(project: Project, verb: str, finding: Finding, confirmations: tuple[Confirmation, ...]) -> Edit:
    return Edit(f"{verb}“{cut(finding.message)}”", (Put(_PATH, project.confirmations, confirmations),))


def _without_row(place: str) -> str:
    return _ROW.sub("indicators[]", place)


def _texts(project: Project, finding: Finding) -> tuple[str, ...]:
    """What stands at the places: of a row its names, too; of what is no text (all rows, an absent key) nothing."""
    return tuple(text for place in finding.paths for text in _texts_at(project, place))


def _texts_at(project: Project, place: str) -> tuple[str, ...]:
    try:
        path = parse_path(place)
        found = get(project, path)
    except (ValueError, LookupError):  # a finding about another state of the project
        return ()
    if not isinstance(found, str):
        return ()
    row = get(project, path[:-1])
    return (row.l1, row.l2, row.l3, found) if isinstance(row, Indicator) else (found,)
