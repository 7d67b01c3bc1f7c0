"""Any editing, typing, undoing, changing of projects and restarts, against documents in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop.presenters.session import Session
from desktop.store import Store, journal
from forms.documents import Project
from tests.strategies import EDITIONS, edits, projects


class Clerk(RuleBasedStateMachine):
    """Two projects; the model of each is what undo, now and redo should show. Typing may join steps."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(journal, "SNAPSHOT_EVERY", 4)
        self.session = Session(Store.open(Path(self.folder.name)), EDITIONS)

    @initialize(first=projects(), second=projects())
    def start(self, first: Project, second: Project) -> None:
        self.past: dict[int, list[Project]] = {}
        self.future: dict[int, list[Project]] = {}
        self.now = dict(zip(self.session.add([first, second]), (first, second), strict=True))
        for one in self.now:
            self.past[one], self.future[one] = [], []
        self.at = min(self.now)
        self.session.open(self.at)

    @rule(data=st.data(), merge=st.booleans())
    def edit(self, data: st.DataObject, *, merge: bool) -> None:
        edit = data.draw(edits(self.now[self.at]))
        if edit.is_empty:
            self.session.do(edit)
            return
        head = self.session.undo_name
        steps = len(self.past[self.at])
        self.session.do(edit, merge=merge)
        self.now[self.at], before = edit.apply(self.now[self.at]), self.now[self.at]
        joined = self.depth() == steps
        assert merge or not joined, head
        if not joined:
            self.past[self.at].append(before)
        self.future[self.at] = []

    def depth(self) -> int:
        desk = self.session._current
        assert desk is not None
        return desk.head

    @rule()
    def undo(self) -> None:
        undone = self.session.undo()
        assert (undone is None) == (not self.past[self.at])
        if undone is not None:
            self.future[self.at].append(self.now[self.at])
            self.now[self.at] = self.past[self.at].pop()

    @rule()
    def redo(self) -> None:
        done = self.session.redo()
        assert (done is None) == (not self.future[self.at])
        if done is not None:
            self.past[self.at].append(self.now[self.at])
            self.now[self.at] = self.future[self.at].pop()

    @rule()
    def other_project(self) -> None:
        self.at = next(one for one in self.now if one != self.at)
        self.session.open(self.at)

    @rule()
    def wait_until_saved(self) -> None:
        assert self.session.flush()
        assert self.session.save_state.kind == "saved"

    @rule()
    def start_again(self) -> None:
        assert self.session.close()
        self.session = Session(Store.open(Path(self.folder.name)), EDITIONS)
        self.session.open(self.at)

    @invariant()
    def as_in_memory(self) -> None:
        assert self.session.project == self.now[self.at]
        assert (self.session.undo_name is None) == (not self.past[self.at])
        assert (self.session.redo_name is None) == (not self.future[self.at])
        assert {row.id: row.name for row in self.session.rows()} == {
            one: project.name for one, project in self.now.items()
        }

    def teardown(self) -> None:
        self.session.close()
        self.patch.undo()
        self.folder.cleanup()


TestClerk = Clerk.TestCase
TestClerk.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
