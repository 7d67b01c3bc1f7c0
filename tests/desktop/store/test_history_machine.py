"""Any edits, undos, redos and reopenings, against a list of documents in memory."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.store import Store, journal
from forms.documents import Project
from forms.edits import Edit
from tests.strategies import edits, projects


class History(RuleBasedStateMachine):
    """One project on disk; the model is every document of its history, from the oldest that is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(journal, "SNAPSHOT_EVERY", 3)
        self.patch.setattr(journal, "KEPT", 7)
        self.store = Store.open(Path(self.folder.name))

    @initialize(project=projects())
    def start(self, project: Project) -> None:
        self.number = self.store.create(project)
        self.documents = [project]
        self.steps: list[Edit] = []
        self.first = self.head = 0

    @property
    def at(self) -> int:
        return self.head - self.first

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        edit = data.draw(edits(self.documents[self.at]))
        self.head = self.store.append(self.number, edit, self.head)
        self.documents = [*self.documents[: self.at], edit.apply(self.documents[self.at - 1])]
        self.steps = [*self.steps[: self.at - 1], edit]
        if len(self.steps) > 7:
            self.first += 1
            del self.documents[0], self.steps[0]

    @precondition(lambda self: self.at)
    @rule(data=st.data())
    def type_on(self, data: st.DataObject) -> None:
        edit = data.draw(edits(self.documents[self.at - 1]))
        assert self.store.append(self.number, edit, self.head, merge=True) == self.head
        self.documents = [*self.documents[: self.at], edit.apply(self.documents[self.at - 1])]
        self.steps = [*self.steps[: self.at - 1], edit]

    @precondition(lambda self: self.steps)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        to = data.draw(st.integers(self.first, self.first + len(self.steps)))
        self.store.move(self.number, to)
        self.head = to

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(Path(self.folder.name))

    @rule()
    def crash(self) -> None:
        """Go on from what is on disk while the store is open, as after a loss of power."""
        after = tempfile.TemporaryDirectory()
        shutil.copytree(self.folder.name, after.name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.lock"))
        self.store.close()
        self.folder.cleanup()
        self.folder = after
        self.store = Store.open(Path(after.name))

    @rule()
    def look_from_elsewhere(self) -> None:
        with self.store.twin() as twin:
            assert twin.load(self.number) == self.store.load(self.number)

    @invariant()
    def the_same(self) -> None:
        stored = self.store.load(self.number)
        assert stored.head == self.head
        assert stored.project == self.documents[self.at]
        assert stored.undo_name == (self.steps[self.at - 1].name if self.at else None)
        assert stored.redo_name == (self.steps[self.at].name if self.at < len(self.steps) else None)
        assert [step.name for step in self.store.history(self.number)] == [step.name for step in self.steps]
        (row,) = self.store.projects()
        assert (row.name, row.year) == (stored.project.name, stored.project.year)

    def teardown(self) -> None:
        self.store.close()
        self.patch.undo()
        self.folder.cleanup()


TestHistory = pytest.mark.filterwarnings("error")(History.TestCase)
TestHistory.settings = settings(
    max_examples=50, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
