"""What a clerk may type into a cell of a form, how it is read, and the edit that it makes.

A text that cannot be read is kept and stored as typed, so that nothing is lost; ``problem`` tells what is wrong
with it, in place, and the checks report it until it is mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.texts import text
from forms.documents import Path, Period, Project, get, parse_path
from forms.edition import Amounts
from forms.edits import Edit, Put
from forms.money import AmountError, exact_amount, parse_amount
from forms.reading import sq


class EntryKind(StrEnum):
    """How the text of a cell is typed."""

    LINE = "line"
    CHOICE = "choice"
    DATE = "date"
    AMOUNT = "amount"
    LONG = "long"
    YEAR = "year"
    DERIVED = "derived"
    """Filled in by the program where it can be; typed where it cannot."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell to be typed into."""

    path: str
    """Full path of the project, as ``declaration.fields.项目名称``."""
    kind: EntryKind
    name: str
    """What the cell is called, in the words of the form."""
    choices: tuple[str, ...] = ()
    align: str = "left"
    amounts: Amounts | None = None


class EntryError(ValueError):
    """A text cannot be read as what its cell asks for; the message is a sentence for the clerk."""


_DATE = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(\d{4})年?(?:度)?")


def read_date(typed: str) -> str:
    """Return ``2025.3.1``, ``2025年3月1日`` or ``20250301`` as ``2025-03-01``; blank stays blank. Raises EntryError."""
    plain = sq(typed).replace("。", ".").replace("—", "-")
    if not plain:
        return ""
    match = _DATE.fullmatch(plain) or _PACKED.fullmatch(plain)
    if match is None:
        raise EntryError(text("pages.no_date", typed=typed.strip()))
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise EntryError(text("pages.no_such_day", year=year, month=month, day=day)) from error


def read_amount(typed: str, amounts: Amounts) -> str:
    """Return an amount as the edition prints it; a bare number counts in the edition's unit. Raises EntryError."""
    try:
        amount = parse_amount(typed, amounts)
        return "" if amount is None else exact_amount(amount, amounts)
    except AmountError as error:
        raise EntryError(str(error)) from error


def read_year(typed: str) -> int:
    """Return a year of four digits. Raises EntryError."""
    match = _YEAR.fullmatch(sq(typed))
    if match is None or not 1 <= int(match[1]) <= 9999:
        raise EntryError(text("pages.no_year", typed=typed.strip()))
    return int(match[1])


def read(entry: Entry, typed: str) -> str | int:
    """Return what is stored for a typed text. Raises EntryError."""
    if entry.kind is EntryKind.DATE:
        return read_date(typed)
    if entry.kind is EntryKind.AMOUNT and entry.amounts is not None:
        return read_amount(typed, entry.amounts)
    if entry.kind is EntryKind.YEAR:
        return read_year(typed)
    return typed


def problem(entry: Entry, stored: str) -> str:
    """Return the sentence on a stored text that cannot be read; nothing where all is well."""
    try:
        read(entry, stored)
    except EntryError as error:
        return str(error)
    return ""


def stored_text(project: Project, path: str) -> str:
    """Return the text that stands at a path; nothing where the key is absent or the path leads nowhere."""
    try:
        found = get(project, parse_path(path))
    except LookupError:
        return ""
    return "" if found is None else str(found)


def is_reachable(project: Project, path: str) -> bool:
    """Whether the project has the part that a path leads to; an absent key of it counts as reachable."""
    try:
        get(project, parse_path(path)[:-1])
    except LookupError:
        return False
    return True


def shown_text(entry: Entry, stored: str) -> str:
    """Return a stored text as its cell shows it: amounts with their commas, all else as it is."""
    if entry.kind is EntryKind.AMOUNT and entry.amounts is not None:
        try:
            amount = parse_amount(stored, entry.amounts)
            return "" if amount is None else exact_amount(amount, entry.amounts)
        except AmountError:
            return stored
    return stored


def edit_for(project: Project, entry: Entry, typed: str, *, finished: bool = True) -> Edit | None:
    """Return the edit that a typed text makes; None where it changes nothing.

    ``finished`` False: the clerk only paused, so a text that cannot be read yet makes no edit.
    Raises EntryError for a year that cannot be read, which has no text to be kept as.
    """
    try:
        value = read(entry, typed)
    except EntryError:
        if entry.kind is EntryKind.YEAR and finished:
            raise
        if not finished:
            return None
        value = typed
    put = _put(project, parse_path(entry.path), value)
    untouched = put.old is None and value == ""  # an absent key is left absent
    edit = Edit(text("pages.edit", name=entry.name), (put,))
    return None if untouched or edit.is_empty else edit


def _put(project: Project, path: Path, value: str | int) -> Put:
    if len(path) > 1 and path[-2] == "overall_period" and isinstance(value, int):
        return _put_period(project, path, value)
    return Put(path, get(project, path), value)


def _put_period(project: Project, path: Path, year: int) -> Put:
    """Both years come into being together: a form without a period gets one of a single year."""
    where = path[:-1]
    old = get(project, where)
    if not isinstance(old, Period):
        return Put(where, old, Period(year, year))
    new = Period(year, old.end, old.extra) if path[-1] == "start" else Period(old.start, year, old.extra)
    return Put(where, old, new)
