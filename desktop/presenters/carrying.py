"""去年 → 今年 as the window offers it: which editions and years, what comes along, what is changed on the way.

The rules are those of ``forms.cycle.carry``. All that came along is 待核对 (rule K01) until it is confirmed, singly, by
branch or all at once, or edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.presenters.findings import CARRIED
from desktop.presenters.new_project import Offer, offer
from desktop.texts import text
from forms.cycle.carry import Choice, Move, Plan, plan
from forms.documents import Project, get, parse_path
from forms.edition import Edition
from forms.edits import Edit

if TYPE_CHECKING:
    from forms.checks import Finding

YEARS_ON = 3
"""So many years after the latest are offered."""
_AROUND = 8
"""Characters shown before and after what is moved."""


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move in words."""

    at: int
    """Which of the plans it belongs to."""
    move: Move
    project: str
    where: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CarryOver:
    """Projects to be carried into another year; those without a declaration stay out."""

    projects: tuple[Project, ...]
    editions: Mapping[str, Edition]
    usual: tuple[str, ...] = ()
    """Ids of editions that the unit uses elsewhere, the likeliest first."""
    without: tuple[str, ...] = field(default=())
    """Names of the projects that have no declaration."""

    @classmethod
    def of(
        cls, projects: Iterable[Project], editions: Mapping[str, Edition], usual: Iterable[str | None] = ()
    ) -> CarryOver:
        """Return what of some projects can be carried."""
        given = tuple(projects)
        fitting = tuple(one for one in given if one.declaration is not None)
        without = tuple(one.name or text("window.unnamed") for one in given if one.declaration is None)
        return cls(fitting, editions, tuple(one for one in usual if one), without)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are offered, the next one first."""
        last = max((one.declaration.year for one in self.projects if one.declaration is not None), default=0)
        return tuple(range(last + 1, last + 1 + YEARS_ON))

    def offer(self, year: int) -> Offer:
        """Return the editions for a year: first the one the project has, where it is still in use, then the usual."""
        own = [one.declaration.edition for one in self.projects if one.declaration is not None]
        known = (one for one in (*own, *self.usual) if one in self.editions)
        return offer(
            self.editions, "declaration", year, next((one for one in known if year in self.editions[one].years), None)
        )

    def plans(self, edition: Edition, year: int, choice: Choice) -> tuple[Plan, ...]:
        """Return a plan for each project."""
        was = [dict(one.forms)["declaration"].edition for one in self.projects]
        return tuple(
            plan(one, edition, year, choice, self.editions.get(id_))
            for one, id_ in zip(self.projects, was, strict=True)
        )


def move_lines(plans: Sequence[Plan]) -> tuple[MoveLine, ...]:
    """Return all moves of plans in words, project by project."""
    return tuple(
        MoveLine(at, move, one.project.name, place_words(one.project, move.path), *_shown(one.project, move))
        for at, one in enumerate(plans)
        for move in one.moves
    )


def results(plans: Sequence[Plan], chosen: Sequence[MoveLine] | None = None) -> list[Project]:
    """Return the new projects after the chosen moves (None: those that are certain)."""
    if chosen is None:
        return [one.result() for one in plans]
    return [one.result([line.move for line in chosen if line.at == at]) for at, one in enumerate(plans)]


def place_words(project: Project, path: str) -> str:
    """Return a place as a list names it: 年度总体目标, 第3行指标名称, 六、年度预算安排."""
    steps = parse_path(path)
    if steps[0] == "narrative" and project.narrative is not None:
        return project.narrative.sections[int(steps[2])].title
    if steps[1] == "indicators":
        key = str(steps[3]) if len(steps) > 3 else "row"
        return text(f"carrying.row_{key}", row=int(steps[2]) + 1)
    return text(f"carrying.{steps[1]}") if len(steps) == 2 else str(steps[2])


def _shown(project: Project, move: Move) -> tuple[str, str]:
    """Return what stands there and what it becomes, with a few words around them."""
    if move.kind in ("taxonomy", "period"):
        return move.old, move.new
    whole = str(get(project, parse_path(move.path)))
    before = whole[max(0, move.at - _AROUND) : move.at]
    end = move.at + len(move.old)
    after = whole[end : end + _AROUND]
    head = "…" if move.at > _AROUND else ""
    tail = "…" if end + _AROUND < len(whole) else ""
    one, other = (" ".join(f"{head}{before}{part}{after}{tail}".split()) for part in (move.old, move.new))
    return one, other


def carried_sentence(found: Sequence[Project], plans: Sequence[Plan]) -> str:
    """Return what to say when it is done."""
    moved = sum(one.certain for each in plans for one in each.moves)
    return text("carrying.done", count=len(found), year=found[0].year or "", moves=moved)


# ---------------------------------------------------------------- 待核对


def confirming_places(project: Project, found: Iterable[Finding], paths: Sequence[str] | None) -> tuple[Edit, int]:
    """Return the edit that confirms what was carried at some places and beneath (None: everywhere), and how many."""
    from forms.checks.confirmations import confirm_all

    here = [one for one in found if one.id == CARRIED and (paths is None or _is_at(one.path, paths))]
    return confirm_all(project, here, text("findings.confirm_places", count=len(here))), len(here)


def _is_at(path: str, places: Sequence[str]) -> bool:
    """Whether a path is one of the places, beneath one of them, or of the same indicator row."""
    row = path.rpartition(".")[0] if ".indicators[" in path else path
    return any(one in (path, row) or path.startswith(f"{one}.") or one.startswith(f"{row}.") for one in places if one)
