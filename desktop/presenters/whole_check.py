"""全面检查: all projects of the list checked at once, each by itself and those of one unit and year together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.presenters.faces import SHIPPED, printable
from desktop.presenters.findings import SEVERITIES, Line, confirmed_lines, counts, found_line, lines, order, sign, worst
from desktop.presenters.review import Review, review
from desktop.texts import text
from forms.documents import Package, Project
from forms.edition import Edition

if TYPE_CHECKING:
    from forms.checks import Finding
    from forms.printing.options import FaceFile, Role

KINDS = (*SEVERITIES, "confirmed")
"""What the list of findings can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A project as it was checked."""

    number: int
    name: str
    review: Review
    between: tuple[Line, ...] = ()
    """What was found between this project and others of its set."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a check of all projects came to, in the order of the list."""

    projects: tuple[Checked, ...] = ()
    left_out: tuple[str, ...] = ()
    """Names of the projects that could not be checked: the edition of a form is not known."""
    at: datetime | None = None
    stale: frozenset[int] = field(default=frozenset())
    """Projects changed since: what was found between them and others may no longer hold."""

    def of(self, number: int | None) -> Checked | None:
        """Return a project of it."""
        return next((one for one in self.projects if one.number == number), None)

    def renewed(self, number: int, project: Project, found: Review) -> Whole:
        """Return it with what a later check found in a project."""
        old = self.of(number)
        if old is None:
            return self
        fresh = replace(old, name=_name(project), review=found)
        projects = tuple(fresh if one.number == number else one for one in self.projects)
        return replace(self, projects=projects)

    def changed(self, number: int) -> Whole:
        """Return it when a project has been edited."""
        return self if self.of(number) is None else replace(self, stale=self.stale | {number})

    def kept(self, numbers: AbstractSet[int]) -> Whole:
        """Return it without the projects that are no longer listed."""
        gone = {one.number for one in self.projects} - numbers
        if not gone:
            return self
        return replace(
            self, projects=tuple(one for one in self.projects if one.number not in gone), stale=self.stale | gone
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a project."""

    number: int | None
    heading: str
    """■ 产业调研（2 处错误）"""
    open: tuple[Line, ...]
    confirmed: tuple[Line, ...]


def check_whole(
    projects: Mapping[int, Project],
    editions: Mapping[str, Edition],
    switches: Mapping[str, bool],
    progress: Callable[[int, int], bool],
    at: datetime | None = None,
    *,
    faces: Mapping[Role, FaceFile] = SHIPPED,
) -> Whole:
    """Check projects by their numbers. ``progress`` is asked after each; where it says False the rest is left.

    ``faces`` are those they will be printed with.
    """
    checked: dict[int, Checked] = {}
    left_out: list[str] = []
    for made, (number, project) in enumerate(projects.items(), 1):
        try:
            checked[number] = Checked(number, _name(project), review(project, editions, switches, faces))
        except KeyError:
            left_out.append(_name(project))
        if not progress(made, len(projects)):
            return Whole()
    for number, between in _between({number: projects[number] for number in checked}, editions, switches).items():
        checked[number] = replace(checked[number], between=tuple(between))
    return Whole(tuple(checked.values()), tuple(left_out), at)


def check_together(
    projects: Sequence[Project],
    editions: Mapping[str, Edition],
    switches: Mapping[str, bool],
    faces: Mapping[Role, FaceFile] = SHIPPED,
) -> list[Finding]:
    """Check projects for their report: each by itself, and those of one unit and year together, project by project."""
    from forms.checks import check_project

    has_glyph = printable(faces)
    found = [
        one
        for at, project in enumerate(projects)
        for one in check_project(project, editions, switches=switches, has_glyph=has_glyph, index=at)
    ]
    found += _of_sets(dict(enumerate(projects)), editions, switches)
    return sorted(found, key=lambda one: (one.project, one.severity.rank))


def _of_sets(
    projects: Mapping[int, Project], editions: Mapping[str, Edition], switches: Mapping[str, bool]
) -> Iterator[Finding]:
    """What is found between projects, which are told by their numbers also in the places.

    Those of one unit and year are a set, as a booklet binds them: next year's goals may well be this year's.
    """
    from forms.checks import check_set

    sets: dict[tuple[str, int | None], list[int]] = {}
    for number, project in projects.items():
        sets.setdefault((project.unit, project.year), []).append(number)
    for numbers in sets.values():
        package = Package(tuple(projects[number] for number in numbers))
        for one in check_set(package, editions, switches=switches):
            places = (_place(path) for path in one.places)
            renamed = tuple(f"projects[{numbers[at]}].{path}" for at, path in places)
            yield replace(one, project=numbers[one.project], places=renamed)


def _between(
    projects: Mapping[int, Project], editions: Mapping[str, Edition], switches: Mapping[str, bool]
) -> dict[int, list[Line]]:
    """Return what was found between projects, by the project that a finding stands at."""
    found: dict[int, list[Line]] = {}
    for one in _of_sets(projects, editions, switches):
        (line,) = lines([one])
        found.setdefault(one.project, []).append(replace(line, elsewhere=tuple(map(_place, one.places))))
    return found


def _place(path: str) -> tuple[int, str]:
    """Return the number of a project and the path in it for ``projects[2].declaration.annual_goal``."""
    at, _, within = path.removeprefix("projects[").partition("].")
    return int(at), within


def group_of(one: Checked, kind: str = "") -> Group:
    """Return the lines of a project, gravest first; with ``kind`` those of one of ``KINDS`` only."""
    mark = worst(one.review.open)
    open_ = sorted((*lines(one.review.open), *one.between), key=order)
    return Group(
        one.number,
        text("checking.group", sign=sign(mark.severity), name=one.name, found=found_line(mark)),
        tuple(line for line in open_ if kind in ("", line.mark.severity)),
        confirmed_lines(one.review.confirmed) if kind in ("", "confirmed") else (),
    )


def found_in(projects: Iterable[Checked]) -> tuple[list[Finding], int]:
    """Return all that is open in projects, and how much was confirmed."""
    shown = list(projects)
    found = [one for project in shown for one in project.review.open]
    found += [line.finding for project in shown for line in project.between]
    return found, sum(len(project.review.confirmed) for project in shown)


def outcome(whole: Whole) -> str:
    """Return the sentence that says what a check of all projects came to."""
    count = counts(found_in(whole.projects)[0])
    said = text(
        "checking.outcome",
        projects=len(whole.projects),
        errors=count["error"],
        confirms=count["confirm"],
        warnings=count["warning"],
    )
    return said + (text("checking.left_out", names="、".join(whole.left_out)) if whole.left_out else "")


def when(whole: Whole) -> str:
    """Return when the check of all projects was made, and whether something changed since."""
    if whole.at is None:
        return ""
    return text("checking.when_stale" if whole.stale else "checking.when", time=f"{whole.at:%H:%M}")


def _name(project: Project) -> str:
    return project.name or text("window.unnamed")
