"""A project being worked on: the document in memory with its place in its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from forms.documents import Path, Project
from forms.edit_plain import edit_to_plain
from forms.edits import Edit, Put

MERGE_SECONDS = 2.0
"""Typing that goes on within this time of the last merged edit belongs to the same step."""


class Append(NamedTuple):
    """What is to be saved of an edit: the next step upon a head, or (``merge``) another step in its place."""

    edit: Edit
    head: int
    merge: bool


@dataclass(slots=True)
class Desk:
    """A project in memory. ``names`` are those of the steps that undo and redo can reach."""

    id: int
    project: Project
    head: int
    names: dict[int, str]
    steps: dict[int, Edit] = field(default_factory=dict)
    """Edits of the steps made in this session, and of those read again."""
    typed: tuple[Path, float] | None = None
    """Place and time of the merged edit at the head."""

    def do(self, edit: Edit, *, merge: bool, now: float) -> Append:
        """Change the document; return what is to be saved.

        Raises StaleEditError or LookupError where the edit does not fit; nothing has changed then.
        """
        project = edit.apply(self.project)
        edit_to_plain(edit)  # what the journal cannot hold fails here, and not behind the clerk's back
        put = _only_put(edit) if merge else None
        merged = None if put is None else self._merged(edit.name, put, now)
        saved = Append(edit, self.head, merge=False) if merged is None else Append(merged, self.head, merge=True)
        self.project = project
        self.head += not saved.merge
        self.names = {seq: name for seq, name in self.names.items() if seq < self.head} | {self.head: edit.name}
        self.steps[self.head] = saved.edit
        self.typed = None if put is None else (put.path, now)
        return saved

    def _merged(self, name: str, put: Put, now: float) -> Edit | None:
        """Return the step at the head and the change as one, where they belong together."""
        if self.typed is None or self.typed[0] != put.path or now - self.typed[1] > MERGE_SECONDS:
            return None
        first = _only_put(self.steps[self.head])
        # Typing that ends where it began stays two steps: one that does nothing could not be seen.
        if first is None or first.old == put.new:
            return None
        return Edit(name, (Put(put.path, first.old, put.new),))

    def step(self, seq: int, read: Callable[[int, int], Edit | None]) -> Edit | None:
        """Return the edit of a step, from memory or by ``read``; None where undo and redo do not reach it."""
        if seq not in self.names:
            return None
        step = self.steps.get(seq) or read(self.id, seq)
        if step is None:  # so long ago that the history has dropped it
            del self.names[seq]
        else:
            self.steps[seq] = step
        return step

    def move(self, edit: Edit, head: int) -> None:
        """Undo or redo by an edit that leads to another head."""
        self.project = edit.apply(self.project)
        self.head = head
        self.typed = None


def _only_put(edit: Edit) -> Put | None:
    """Return the change of an edit that writes at a single place."""
    only = edit.changes[0] if len(edit.changes) == 1 else None
    return only if isinstance(only, Put) else None
