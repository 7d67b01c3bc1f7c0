"""Find and replace in the texts of projects: each place with what stands around it, and one edit a project."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from desktop.texts import text
from forms.differences import FORM_WORDS
from forms.documents import Declaration, Path, Project, clean_text, get
from forms.edits import Edit, Put
from forms.indicators import CELL_NAMES

Scope = Literal["indicators", "project", "all"]
"""The indicators of a project, all its texts, all texts of all projects."""
SCOPES: tuple[Scope, ...] = ("indicators", "project", "all")

MOST = 5_000
"""Matches that are listed."""
_AROUND = 24
"""Characters shown before and behind a match."""
_CELLS = ("l3", "target", "mid_l3", "mid_target", "actual", "reason")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. ``loose``: full and half width, capital and small letters are the same."""

    words: str
    scope: Scope = "indicators"
    loose: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A place where it was found."""

    project: int
    """Number of the project."""
    path: Path
    where: str
    """The place in words."""
    text: str = field(repr=False)
    """The whole text of the place."""
    start: int
    end: int

    @property
    def before(self) -> str:
        """What stands before it, on one line."""
        cut = self.text[max(0, self.start - _AROUND) : self.start]
        return _flat(f"…{cut}" if self.start > _AROUND else cut)

    @property
    def found(self) -> str:
        """The very characters that were found."""
        return _flat(self.text[self.start : self.end])

    @property
    def behind(self) -> str:
        """What stands behind it, on one line."""
        cut = self.text[self.end : self.end + _AROUND]
        return _flat(f"{cut}…" if self.end + _AROUND < len(self.text) else cut)


@dataclass(frozen=True, slots=True)
class Found:
    """All matches, in the order of the forms; ``more``: there are others, which are not listed."""

    matches: tuple[Match, ...] = ()
    more: bool = False


def find(
    projects: Mapping[int, Project], query: Query, go_on: Callable[[int, int], bool] = lambda _made, _total: True
) -> Found:
    """Look through projects by their numbers. Plain values in and out: fit for work aside."""
    found: list[Match] = []
    if not query.words:
        return Found()
    for made, (number, project) in enumerate(projects.items()):
        if not go_on(made, len(projects)):
            break
        for path, where in _places(project, query.scope):
            words = get(project, path)
            for start, end in spans(words, query.words, loose=query.loose):
                if len(found) == MOST:
                    return Found(tuple(found), more=True)
                found.append(Match(number, path, where, words, start, end))
    return Found(tuple(found))


def spans(words: str, wanted: str, *, loose: bool) -> Iterator[tuple[int, int]]:
    """Where a text has another one, without overlaps: first and one past the last character."""
    if not loose:
        at = words.find(wanted)
        while at >= 0:
            yield at, at + len(wanted)
            at = words.find(wanted, at + len(wanted))
        return
    plain, origin = _folded(words)
    look = _folded(wanted)[0]
    at = plain.find(look) if look else -1
    while at >= 0:
        end = at + len(look)
        # A character that folds into several (㎡, ①) is found whole or not at all.
        whole = (at == 0 or origin[at - 1] != origin[at]) and (end == len(plain) or origin[end - 1] != origin[end])
        if whole:
            yield origin[at], origin[end - 1] + 1
        at = plain.find(look, end if whole else at + 1)


def replacing(project: Project, matches: Collection[Match], new: str, name: str = "") -> Edit | None:
    """Return the edit that writes ``new`` in place of matches of one project; None where nothing would change.

    A place whose text is another one by now is left as it is.
    """
    by_path: dict[Path, list[Match]] = {}
    for match in matches:
        by_path.setdefault(match.path, []).append(match)
    puts: list[Put] = []
    count = 0
    for path, there in by_path.items():
        try:
            old = get(project, path)
        except LookupError:
            continue
        if old != there[0].text:
            continue
        words = old
        for match in sorted(there, key=lambda one: one.start, reverse=True):
            words = f"{words[: match.start]}{clean_text(new)}{words[match.end :]}"
        if words != old:
            puts.append(Put(path, old, words))
            count += len(there)
    if not puts:
        return None
    return Edit(name or text("find.edit", new=_short(new), count=count), tuple(puts))


# ---------------------------------------------------------------- where texts stand


def _places(project: Project, scope: Scope) -> Iterator[tuple[Path, str]]:
    for kind, form in project.forms:
        head = FORM_WORDS[kind]
        if scope != "indicators":
            for key in form.fields:
                yield (kind, "fields", key), text("find.place", form=head, name=key)
            goals = ("overall_goal", "annual_goal") if isinstance(form, Declaration) else ("expected", "actual")
            for key in goals:
                yield (kind, key), text("find.place", form=head, name=text(f"find.{key}"))
        for at in range(len(form.indicators)):
            for cell, name in CELL_NAMES.items():
                if cell in _CELLS:
                    yield (kind, "indicators", at, cell), text("find.row", form=head, row=at + 1, cell=name)
    if project.narrative is not None and scope != "indicators":
        for at, section in enumerate(project.narrative.sections):
            yield ("narrative", "sections", at, "text"), text("find.section", title=section.title)


# ---------------------------------------------------------------- texts


def _folded(words: str) -> tuple[str, list[int]]:
    """A text in one width and one case, and for each of its characters the one of the text that it comes from."""
    if words.isascii():
        return words.lower(), list(range(len(words)))
    plain: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(words):
        folded = char if "\u4e00" <= char <= "\u9fff" else unicodedata.normalize("NFKC", char).casefold()
        plain.append(folded)
        origin.extend([at] * len(folded))
    return "".join(plain), origin


def _flat(words: str) -> str:
    return words.replace("\n", "↵").replace("\t", " ")


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 12 else f"{flat[:12]}…"
