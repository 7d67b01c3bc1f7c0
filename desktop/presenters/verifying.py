"""查验: what the check code on a paper says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from desktop.presenters import booklets
from desktop.presenters.freezing import moment, project_in, state_words
from desktop.store import Bound, Store, StoreError
from desktop.texts import text
from forms.check_code import check_code, normal_code
from forms.differences import differences
from forms.documents import Package, Project
from forms.edition import Edition
from forms.package import PackageError, parse_package


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check code says; ``sentences`` tell the clerk."""

    kind: Literal["unreadable", "both", "frozen", "bound", "current", "earlier", "neither"]
    sentences: tuple[str, ...]
    changes: tuple[str, ...] = ()
    """From what the paper shows to the data as they are, in sentences."""
    project_id: int | None = None


def verify(
    typed: str,
    store: Store,
    editions: Mapping[str, Edition],
    opened: int | None,
    keep_on: Callable[[], bool] = lambda: True,
) -> Verdict:
    """Tell whether a typed or scanned code is that of a final copy, of a booklet, of the data on disk, or of none.

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
    bound = store.bound(code)
    if bound is not None:
        return _booklet(bound, store, editions)
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
    changes = tuple(one.sentence for one in differences(paper, now))
    return Verdict(kind, (told, text("final.changed_since", count=len(changes))), changes, number)


def _booklet(bound: Bound, store: Store, editions: Mapping[str, Edition]) -> Verdict:
    """Tell of a bound set how many of its projects are final copies, and what would be printed otherwise today."""
    made = moment(bound.made_at)
    try:
        paper = parse_package(bound.package, text("final.bound_package"), editions)
    except PackageError:  # an edition is not at hand any more
        return Verdict("bound", (text("final.is_bound_only", made=made), text("final.no_data")))
    finals = {copy.code for copy in store.final_copies()}
    frozen = sum(check_code(one) in finals for one in paper.projects)
    which = "all" if frozen == len(paper.projects) else "some" if frozen else "none"
    found = {number: now for number in bound.projects if (now := _loaded(store, number)) is not None}
    changes = list(_of_the_front(paper, found, store.setting(booklets.SETTING, {}), editions))
    changed: list[int] = []
    for number, was in zip(bound.projects, paper.projects, strict=False):
        now = found.get(number)
        lines = [text("final.bound_gone")] if now is None else [one.sentence for one in differences(was, now)]
        name = was.name or text("window.unnamed")
        changes += [text("final.bound_line", name=name, sentence=line) for line in lines]
        changed += [number] if lines and now is not None else []
    told = (
        text(
            "final.is_bound",
            title=booklets.front(paper, editions).title or text("final.untitled"),
            made=made,
            count=len(paper.projects),
        ),
        text(f"final.bound_{which}", count=frozen),
        text("final.changed_since", count=len(changes)) if changes else text("final.bound_same"),
    )
    return Verdict("bound", told, tuple(changes), changed[0] if len(changed) == 1 else None)


def _of_the_front(
    paper: Package, found: Mapping[int, Project], kept: Any, editions: Mapping[str, Edition]
) -> Iterator[str]:
    """Give what the same projects, bound today, would have otherwise: order, title, statement."""
    projects, booklet = booklets.planned(kept, found, editions)
    if not projects:
        return
    if list(projects) != list(found):
        yield text("final.bound_order")
    was, now = (booklets.front(one, editions) for one in (paper, Package(tuple(projects.values()), booklet)))
    if was.title != now.title:
        yield text("final.bound_title", was=was.title, now=now.title)
    if was.statement != now.statement:
        yield text("final.bound_statement")


def _loaded(store: Store, number: int) -> Project | None:
    """Return a project as it is on disk; None where it is gone or damaged."""
    try:
        return store.load(number).project
    except StoreError:
        return None
