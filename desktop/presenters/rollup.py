"""汇总下级单位: many files of many units at once; what is new, what is there already, what is another version.

A project is the same where it has the same check code. One of the same unit, year, name and forms that says something
else is another version: the clerk decides, and an update is an edit of the project that is there, so it can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from desktop.exchange.importing import read_file
from desktop.presenters.listed import Listed
from desktop.texts import text
from forms.check_code import check_code
from forms.documents import Project
from forms.edition import Edition
from forms.edits import Edit, Put
from forms.package import PackageError
from forms.reading import sq

ENDINGS = (".json", ".jibiao", ".pdf", ".xlsx")
MOST_FILES = 10_000

Key: TypeAlias = tuple[str, int | None, str, tuple[str, ...]]
"""Unit, year, name, forms: what makes two projects versions of one."""

Verdict = Literal["new", "same", "version", "refused"]


@dataclass(frozen=True, slots=True)
class Item:
    """A project found in a file, or a file that was refused."""

    file: Path
    verdict: Verdict
    project: Project | None = None
    instead: int | None = None
    """Number of the project in the database of which this is a version."""
    chosen: bool = False
    """Whether it is taken unless the clerk says no."""
    sentence: str = ""
    """Why it was refused, or what it is compared with what is there."""


def files_beneath(folder: Path) -> list[Path]:
    """Return the files of a folder and its folders that may hold tables, in order; not more than ``MOST_FILES``.

    Links to folders are not followed: they may lead round in a circle.
    """
    found = (path for path in sorted(_walk(folder)) if path.suffix.lower() in ENDINGS)
    return [path for path, _ in zip(found, range(MOST_FILES), strict=False)]


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for path in entries:
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_file():
            yield path


def read_all(
    files: Sequence[Path],
    editions: Mapping[str, Edition],
    known: Iterable[Listed],
    load: Callable[[int], Project],
    progress: Callable[[int, int], bool],
) -> tuple[Item, ...]:
    """Read files one after another and tell what each project is. ``load`` gives a project of the database.

    ``progress`` is asked after each file; where it says False nothing is returned.
    """
    sorter = _Sorter(known, load)
    found: list[Item] = []
    for made, path in enumerate(files, 1):
        try:
            projects = read_file(path, editions).projects
        except PackageError as error:
            found.append(Item(path, "refused", sentence=str(error)))
        else:
            found += (sorter.sort(path, one) for one in projects)
        if not progress(made, len(files)):
            return ()
    return tuple(found)


class _Sorter:
    """Knows what was there and what came before."""

    def __init__(self, known: Iterable[Listed], load: Callable[[int], Project]) -> None:
        self._load = load
        self._listed: dict[tuple[str, int | None, str], list[Listed]] = {}
        for row in known:
            self._listed.setdefault((sq(row.unit), row.year, sq(row.name)), []).append(row)
        self._codes: dict[Key, dict[str, Listed | None]] = {}
        """Check codes of what is there (with its row) and of what came before (None)."""

    def sort(self, file: Path, project: Project) -> Item:
        key, code = _key(project), check_code(project)
        codes = self._codes_of(key)
        if code in codes:
            row = codes[code]
            words = text("rollup.same_tip" if row is not None else "rollup.twice")
            return Item(file, "same", project, None if row is None else row.id, sentence=words)
        there = [row for row in codes.values() if row is not None]
        earlier = len(codes) > len(there)
        codes[code] = None
        if there:
            newer = _modified(file) > there[-1].changed_at.timestamp()
            words = text("rollup.newer" if newer else "rollup.older", time=f"{there[-1].changed_at:%Y-%m-%d %H:%M}")
            return Item(file, "version", project, there[-1].id, chosen=newer and not earlier, sentence=words)
        if earlier:
            return Item(file, "version", project, sentence=text("rollup.other_file"))
        return Item(file, "new", project, chosen=True)

    def _codes_of(self, key: Key) -> dict[str, Listed | None]:
        """The codes known for a key; projects of the database are read when they are first asked for."""
        if key not in self._codes:
            self._codes[key] = {}
            for row in self._listed.get(key[:3], ()):
                project = self._load(row.id)
                if _key(project) == key:
                    self._codes[key][check_code(project)] = row
        return self._codes[key]


def taken(items: Iterable[Item]) -> tuple[list[Project], list[tuple[int, Project]]]:
    """Return what the chosen items come to: projects to be added, and those that take the place of a number."""
    new, instead = [], []
    for one in items:
        if one.project is not None and one.chosen:
            if one.instead is None:
                new.append(one.project)
            else:
                instead.append((one.instead, one.project))
    return new, instead


def chosen(items: Sequence[Item], numbers: Iterable[int]) -> list[Item]:
    """Return the items, those at some positions chosen and no others."""
    wanted = set(numbers)
    return [replace(one, chosen=at in wanted) for at, one in enumerate(items)]


def update_edit(old: Project, new: Project) -> Edit:
    """Return the edit that gives a project what another version of it says; confirmations go by their texts."""
    parts = ("narrative", "declaration", "evaluation")
    puts = tuple(Put((part,), getattr(old, part), getattr(new, part)) for part in parts)
    return Edit(text("rollup.update_step"), puts)


def outcome(items: Sequence[Item]) -> str:
    """Return the sentence that says what was found."""
    count = {verdict: sum(one.verdict == verdict for one in items) for verdict in ("new", "same", "version", "refused")}
    files = len({one.file for one in items})
    return text("rollup.found", files=files, **count)


def _key(project: Project) -> Key:
    kinds = tuple(kind for kind, _ in project.forms)
    return sq(project.unit), project.year, sq(project.name), kinds


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
