"""定稿 and 查验: what is frozen of a project, and what a check code on a paper says of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from desktop.presenters.faces import SHIPPED, printable
from desktop.presenters.final_copy import NotFinalError, why_not_final
from desktop.store import FinalCopy, Frozen, Stamp, Store, StoreError
from desktop.texts import text
from forms.check_code import check_code, normal_code
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
    "Verdict",
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
    "verify",
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


# ---------------------------------------------------------------- 查验


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check code says; ``sentences`` tell the clerk."""

    kind: Literal["unreadable", "both", "frozen", "current", "earlier", "neither"]
    sentences: tuple[str, ...]
    changes: tuple[Difference, ...] = ()
    """From what the paper shows to the data as they are."""
    project_id: int | None = None


def verify(
    typed: str,
    store: Store,
    editions: Mapping[str, Edition],
    opened: int | None,
    keep_on: Callable[[], bool] = lambda: True,
) -> Verdict:
    """Tell whether a typed or scanned code is that of a final copy, of the data as they are on disk, or of neither.

    Where it is neither, the history of the project ``opened`` is looked through for the state that the paper shows.
    ``keep_on`` is asked now and then; False ends the search.
    """
    code = normal_code(typed)
    if code is None:
        return Verdict("unreadable", (text("final.unreadable"),))
    copy = next((copy for copy in store.final_copies() if copy.code == code), None)
    if copy is not None:
        told = text(
            "final.is_frozen", name=copy.name, number=copy.number, made=moment(copy.made_at), state=state_words(copy)
        )
        now = _loaded(store, copy.project_id)
        if now is not None and check_code(now) == code:
            return Verdict("both", (told, text("final.still_so")), (), copy.project_id)
        return _changed("frozen", told, project_in(store.frozen(copy.id).package, editions), now, copy.project_id)
    for row in sorted(store.projects(), key=lambda row: row.id != opened):
        project = _loaded(store, row.id)
        if project is not None and check_code(project) == code:
            name = project.name or text("window.unnamed")
            return Verdict("current", (text("final.is_current", name=name),), (), row.id)
        if not keep_on():
            break
    return _among_the_past(code, store, opened, keep_on)


def _among_the_past(code: str, store: Store, opened: int | None, keep_on: Callable[[], bool]) -> Verdict:
    """Go back in the history of the open project, step by step, until a state has the code."""
    stored = None if opened is None else store.load(opened)
    if stored is not None:
        project = stored.project
        for seq in range(stored.head, 0, -1):
            step = store.step(stored.id, seq)
            if step is None or not keep_on():
                break
            project = step.inverse().apply(project)
            if check_code(project) == code:
                name, steps = stored.project.name or text("window.unnamed"), stored.head - seq + 1
                told = text("final.is_earlier", name=name, steps=steps)
                return _changed("earlier", told, project, stored.project, stored.id)
    return Verdict("neither", (text("final.is_neither"),))


def _changed(
    kind: Literal["frozen", "earlier"], told: str, paper: Project | None, now: Project | None, number: int
) -> Verdict:
    if paper is None or now is None:
        return Verdict(kind, (told, text("final.no_data")), (), None if now is None else number)
    changes = differences(paper, now)
    return Verdict(kind, (told, text("final.changed_since", count=len(changes))), changes, number)


def _loaded(store: Store, number: int) -> Project | None:
    """Return a project as it is on disk; None where it is gone or damaged."""
    try:
        return store.load(number).project
    except StoreError:
        return None
