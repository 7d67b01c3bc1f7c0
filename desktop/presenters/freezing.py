"""定稿: what is frozen of a project, and how its data stand to that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from desktop.presenters.faces import SHIPPED, printable
from desktop.presenters.final_copy import NotFinalError, why_not_final
from desktop.store import FinalCopy, Frozen, Stamp
from desktop.texts import text
from forms.check_code import check_code
from forms.differences import Difference, differences
from forms.documents import Package, Project
from forms.edition import Edition
from forms.package import PackageError, parse_package, write_package

if TYPE_CHECKING:
    from forms.printing.options import FaceFile, Role

__all__ = [
    "FinalCopy",
    "Offer",
    "Ready",
    "Stamp",
    "cells_of",
    "frozen_name",
    "lines_of",
    "moment",
    "offer",
    "project_in",
    "read_day",
    "ready",
    "standing",
    "standing_line",
    "state_words",
]

SHOWN = 40
"""So many differences are named; of the others only the number."""

Standing = Literal["draft", "final", "stamped", "changed"]


@dataclass(frozen=True, slots=True)
class Ready:
    """What is to be frozen."""

    project: Project
    code: str
    frozen: Frozen


def ready(
    project: Project,
    editions: Mapping[str, Edition],
    former: bytes | None,
    made: str,
    *,
    sign_off: bool = False,
    switches: Mapping[str, bool] | None = None,
    faces: Mapping[Role, FaceFile] = SHIPPED,
) -> Ready:
    """Print, check and pack a project for its next final copy.

    ``former`` is the package of the copy before, ``made`` when, in words, ``switches`` the rules switched on or off,
    ``faces`` what it is printed with.
    Raises NotFinalError where an error or something to be confirmed stands against it.
    """
    from forms.checks import check_package
    from forms.checks.report import make_report
    from forms.printing import PrintOptions, print_package

    trouble = why_not_final([project], editions, switches, faces)
    if trouble:
        raise NotFinalError(trouble)
    package = Package((project,))
    pdf = print_package(package, editions, PrintOptions(sign_off=sign_off, footer=True, faces=faces)).pdf
    found = check_package(package, editions, has_glyph=printable(faces), switches=switches)
    report = make_report(package, editions, found, switches=switches, made=made).text
    before = project_in(former, editions) if former is not None else None
    changes = () if before is None else tuple(one.sentence for one in differences(before, project))
    return Ready(project, check_code(project), Frozen(write_package(package), pdf, report, changes))


@dataclass(frozen=True, slots=True)
class Offer:
    """What is asked before a final copy is made."""

    sentence: str
    lines: tuple[str, ...] = ()
    same: bool = False
    """Nothing has changed since the last one."""


def offer(
    project: Project, copies: Sequence[FinalCopy], former: bytes | None, editions: Mapping[str, Edition]
) -> Offer:
    """Return what the next final copy would be; ``copies`` newest first, ``former`` the package of the newest."""
    name = project.name or text("window.unnamed")
    if not copies:
        return Offer(text("final.freeze_first", name=name, number=1))
    last = copies[0].number
    if standing(copies, check_code(project)) != "changed":
        return Offer(text("final.freeze_same", name=name, number=last), same=True)
    before = None if former is None else project_in(former, editions)
    if before is None:
        return Offer(text("final.freeze_first", name=name, number=last + 1))
    found = differences(before, project)
    sentence = text("final.freeze_next", name=name, number=last + 1, last=last, count=len(found))
    return Offer(sentence, tuple(lines_of(found)))


def project_in(package: bytes, editions: Mapping[str, Edition]) -> Project | None:
    """Return the project of a frozen package; None where its edition is not at hand any more."""
    try:
        return parse_package(package, text("final.frozen_package"), editions).projects[0]
    except PackageError:
        return None


def standing(copies: Sequence[FinalCopy], code: str) -> Standing:
    """Return how the data stand to the newest final copy; ``copies`` newest first."""
    if not copies:
        return "draft"
    if copies[0].code != code:
        return "changed"
    return "stamped" if copies[0].stamp is not None else "final"


def standing_line(copies: Sequence[FinalCopy], code: str) -> str:
    """Return nothing for a draft, else 第1稿 已定稿, 第1稿 已盖章（2025年3月5日） or 第1稿之后有改动."""
    found = standing(copies, code)
    if found == "draft":
        return ""
    day = _day(copies[0].stamp.on) if copies[0].stamp is not None else ""
    return text(f"final.standing_{found}", number=copies[0].number, day=day)


def state_words(copy: FinalCopy) -> str:
    """Return the state of a final copy: 已定稿, or 已盖章 with day and note."""
    if copy.stamp is None:
        return text("final.state_final")
    line = text("final.state_stamped", day=_day(copy.stamp.on))
    return text("final.with_note", line=line, note=copy.stamp.note) if copy.stamp.note else line


def cells_of(copy: FinalCopy, *, gone: bool) -> tuple[str, ...]:
    """Return what the list of final copies shows of one: name, 第几稿, when, code, state."""
    name = copy.name or text("window.unnamed")
    return (
        text("final.gone", name=name) if gone else name,
        text("final.number", number=copy.number),
        moment(copy.made_at),
        copy.code,
        state_words(copy),
    )


def frozen_name(copy: FinalCopy) -> str:
    """Return the name for a file of a final copy, without ending."""
    from desktop.exchange.writing import safe_name

    return safe_name(text("final.file_name", name=copy.name or text("window.unnamed"), number=copy.number))


def read_day(typed: str) -> date | None:
    """Return the day that was typed as 2025-03-05, 2025.3.5 or 2025年3月5日; None where it is none."""
    match = re.fullmatch(r"\s*(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?\s*", unicodedata.normalize("NFKC", typed))
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def moment(at: datetime) -> str:
    """Return 2025年3月5日 09:30."""
    return f"{_day(at)} {at:%H:%M}"


def _day(on: date) -> str:
    return text("final.day", year=on.year, month=on.month, day=on.day)


def lines_of(found: Sequence[Difference] | Sequence[str]) -> list[str]:
    """Return the sentences of differences; of many only the first, and how many more there are."""
    told = [text("final.line", sentence=getattr(one, "sentence", one)) for one in found[:SHOWN]]
    return [*told, text("final.more", count=len(found) - SHOWN)] if len(found) > SHOWN else told
