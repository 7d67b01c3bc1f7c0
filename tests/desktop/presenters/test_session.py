"""The clerk's session over a real database: what is done, undone, saved and told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.presenters.events import Changed, Event, ListChanged, Opened, SaveStateChanged
from desktop.presenters.session import Session
from desktop.store import Kind, Store, StoreError, database, journal
from desktop.store.folder import FILE
from forms.documents import Project, empty_narrative
from forms.edition import Edition
from forms.edits import Edit, StaleEditError, set_text
from tests.desktop.store.samples import Clock, naming, sample
from tests.strategies import EDITIONS


class Hand:
    """A timer that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def session(folder: Path, hand: Hand, impatient: None) -> Iterator[Session]:
    one = Session(Store.open(folder, clock=Clock()), EDITIONS, retries=(60,), timer=hand)
    yield one
    one.close()


@pytest.fixture
def events(session: Session) -> list[Event]:
    """Return what the session tells, but for the states of saving, which come when they come."""
    told: list[Event] = []
    session.observe(lambda event: None if isinstance(event, SaveStateChanged) else told.append(event))
    return told


@pytest.fixture
def locked(session: Session, folder: Path) -> Iterator[sqlite3.Connection]:
    """Let another program hold the database, until ROLLBACK."""
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def name_of(session: Session) -> str:
    assert session.project is not None
    return session.project.name


def write(session: Session, name: str, *, merge: bool = False) -> Edit:
    assert session.project is not None
    edit = naming(session.project, name)
    session.do(edit, merge=merge)
    return edit


def saved_names(session: Session, number: int) -> list[str]:
    assert session.flush()
    return [step.name for step in session.history(number)]


# ---------------------------------------------------------------- editing


def test_nothing_is_open_at_first(session: Session) -> None:
    assert session.project is None
    assert session.project_id is None
    assert session.undo_name is session.redo_name is None
    assert session.rows() == []
    assert (session.save_state.kind, session.save_state.at) == ("saved", None)
    for act in (session.undo, session.redo, lambda: session.do(naming(sample(), "乙"))):
        with pytest.raises(RuntimeError):
            act()


def test_an_edit_is_shown_at_once_and_saved(session: Session, events: list[Event]) -> None:
    (number,) = session.add([sample()])
    assert session.open(number) == sample()
    edit = write(session, "乙")
    assert (session.project, session.project_id, session.undo_name) == (sample("乙"), number, "改名为乙")
    assert [row.name for row in session.rows()] == ["乙"]
    assert events == [
        ListChanged(),
        Opened(number, sample()),
        Changed(number, edit, sample("乙")),
        ListChanged(),
    ]
    assert session.flush()
    assert session.save_state.kind == "saved"
    assert session.save_state.at is not None
    assert session.history(number)[0].name == "改名为乙"


def test_an_edit_that_the_list_does_not_show(session: Session, events: list[Event]) -> None:
    (number,) = session.add([sample()])
    project = session.open(number)
    del events[:]
    session.do(set_text(project, "declaration.annual_goal", "目标", "写目标"))
    assert [type(event) for event in events] == [Changed]


def test_an_empty_edit_does_nothing(session: Session, events: list[Event]) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    del events[:]
    write(session, "甲")
    assert events == []
    assert session.undo_name is None


def test_an_edit_that_does_not_fit_does_nothing(session: Session) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    with pytest.raises(StaleEditError):
        session.do(naming(sample("丙"), "乙"))
    with pytest.raises(LookupError):
        session.do(set_text(sample(), "declaration.nothing", "x", "x"))
    assert session.project == sample()
    assert saved_names(session, number) == []


def test_undo_and_redo(session: Session, events: list[Event]) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    edits = [write(session, name) for name in "123"]
    assert session.undo() == edits[2].inverse()
    assert (name_of(session), session.undo_name, session.redo_name) == ("2", "改名为2", "改名为3")
    assert events[-2] == Changed(number, edits[2].inverse(), sample("2"))
    assert session.undo() == edits[1].inverse()
    assert session.redo() == edits[1]
    assert session.redo() == edits[2]
    assert session.redo() is None
    assert (name_of(session), session.redo_name) == ("3", None)
    for _ in range(3):
        session.undo()
    assert session.undo() is None
    assert (session.project, session.undo_name, session.redo_name) == (sample(), None, "改名为1")
    write(session, "4")
    assert (session.undo_name, session.redo_name) == ("改名为4", None)
    assert session.redo() is None
    assert saved_names(session, number) == ["改名为4"]


def test_steps_of_earlier_sessions_can_be_undone(folder: Path) -> None:
    first = Session(Store.open(folder), EDITIONS)
    (number,) = first.add([sample()])
    first.open(number)
    for name in "123":
        write(first, name)
    first.undo()
    assert first.close()
    session = Session(Store.open(folder), EDITIONS)
    session.open(number)
    assert (session.undo_name, session.redo_name) == ("改名为2", "改名为3")
    session.redo()
    session.undo()
    session.undo()
    assert name_of(session) == "1"
    write(session, "4")
    session.undo()
    session.undo()
    assert (session.project, session.undo()) == (sample(), None)
    assert session.close()


def test_steps_that_history_has_dropped_cannot_be_undone(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEPT", 3)
    (number,) = session.add([sample()])
    session.open(number)
    for name in "123":
        write(session, name)
    assert session.flush()
    session.leave()
    session.open(number)  # the steps are known by name now, and their edits on disk
    write(session, "4")
    assert session.flush()
    while session.undo() is not None:
        pass
    assert (name_of(session), session.undo_name, session.redo_name) == ("1", None, "改名为2")


# ---------------------------------------------------------------- typing


def test_typing_that_goes_on_is_one_step(session: Session, hand: Hand) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    for name in ("乙", "乙丙", "乙丙丁"):
        write(session, name, merge=True)
        hand.now += 1.5
    assert saved_names(session, number) == ["改名为乙丙丁"]
    undone = session.undo()
    assert undone is not None
    assert (session.project, undone.name) == (sample(), "改名为乙丙丁")
    session.redo()
    assert name_of(session) == "乙丙丁"
    session.leave()
    assert session.flush()
    assert session.open(number) == sample("乙丙丁")


def test_what_is_a_step_of_its_own(session: Session, hand: Hand) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    write(session, "1", merge=True)
    hand.now += 2.1  # a pause
    write(session, "12", merge=True)
    write(session, "123")  # not typed
    write(session, "1234", merge=True)
    session.do(set_text(session.project, "declaration.annual_goal", "a", "目标"), merge=True)  # another place
    write(session, "12345", merge=True)
    session.undo()
    write(session, "6", merge=True)  # after an undo
    write(session, "1234", merge=True)  # back to what it was
    both = Edit(
        "两处",
        (*naming(session.project, "7").changes, *set_text(session.project, "declaration.annual_goal", "b", "").changes),
    )
    session.do(both, merge=True)
    write(session, "8", merge=True)  # upon an edit of several places
    names = ["1", "12", "123", "1234", None, "6", "1234", None, "8"]
    expected = [f"改名为{name}" if name else None for name in names]
    expected[4], expected[7] = "目标", "两处"
    assert saved_names(session, number) == expected


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.id)
def test_a_new_project(session: Session, edition: Edition) -> None:
    number = session.new_project(edition, 2025, "示例单位")
    (row,) = session.rows()
    assert (row.id, row.unit, row.year, row.kind, row.name) == (number, "示例单位", 2025, edition.kind, "")
    assert session.open(number).unit == "示例单位"


def test_the_list_shows_what_is_not_saved_yet(session: Session, locked: sqlite3.Connection) -> None:
    locked.execute("ROLLBACK")
    numbers = session.add([sample("甲"), sample("乙", year=2024)])
    locked.execute("BEGIN IMMEDIATE")
    session.rename(numbers[1], "丙")
    project = session.open(numbers[1])
    session.do(set_text(project, "declaration.fields.实施单位", "另一单位", "x"))
    listed = [(row.name, row.unit, row.year) for row in session.rows()]
    assert listed == [("丙", "另一单位", 2024), ("甲", "示例单位", 2025)]
    locked.execute("ROLLBACK")


def test_the_list_stays_while_another_program_keeps_everybody_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    """Without a write-ahead log a writer keeps readers out, too, as it may on a network share."""
    monkeypatch.setattr(database, "is_fixed_disk", lambda _: False)
    session = Session(Store.open(folder), EDITIONS, retries=(60,))
    number = session.add([sample("甲")])[0]
    assert [row.name for row in session.rows()] == ["甲"]
    session.open(number)
    other = sqlite3.connect(folder / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    write(session, "乙")
    assert [row.name for row in session.rows()] == ["乙"]
    with pytest.raises(StoreError):
        session.rows(recycled=True)  # never read before
    other.execute("ROLLBACK")
    other.close()
    assert session.close()


def test_renaming_writes_the_name_into_all_forms(session: Session, events: list[Event]) -> None:
    evaluation = session.new_project(EDITIONS["sh-evaluation-2025"], 2025, "示例单位")
    both = Project(empty_narrative(), sample().declaration, session.open(evaluation).evaluation)
    number, other = session.add([both, Project(empty_narrative())])
    session.rename(number, "乙")
    session.rename(other, "没有表")  # a narrative alone has no name to write
    project = session.open(number)
    assert [form.fields["项目名称"] for _, form in project.forms] == ["乙", "乙"]
    assert session.undo_name == "修改项目名称"
    session.undo()
    assert session.project == both
    assert session.open(other) == Project(empty_narrative())


def test_a_copy(session: Session) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    write(session, "乙")
    copy = session.copy(number)
    assert copy != number
    assert session.open(copy) == sample("乙（副本）")
    assert session.undo_name is None


def test_the_recycle_bin(session: Session, events: list[Event]) -> None:
    first, second = session.add([sample("甲"), sample("乙")])
    session.open(first)
    write(session, "丙")
    session.recycle([second])
    assert session.project_id == first
    del events[:]
    session.recycle([first])
    assert events == [Opened(None, None), ListChanged()]
    assert session.project is None
    assert [row.name for row in session.rows(recycled=True)] == ["丙", "乙"]
    session.restore([first])
    session.purge([second])
    assert [row.name for row in session.rows()] == ["丙"]
    assert session.rows(recycled=True) == []
    with pytest.raises(StoreError) as error:
        session.open(second)
    assert error.value.kind == Kind.NO_PROJECT


def test_an_observer_that_went_away(session: Session) -> None:
    told: list[Event] = []
    forget = session.observe(told.append)
    forget()
    session.add([sample()])
    assert told == []


# ---------------------------------------------------------------- saving


def test_what_cannot_be_saved_stays_and_is_saved_later(session: Session, locked: sqlite3.Connection) -> None:
    locked.execute("ROLLBACK")
    first, second = session.add([sample("甲"), sample("乙")])
    session.open(first)
    write(session, "1")
    assert session.flush()
    before = session.save_state
    locked.execute("BEGIN IMMEDIATE")
    write(session, "2")
    assert not session.flush()
    state = session.save_state
    assert (state.kind, state.at) == ("failed", before.at)
    assert "占用" in state.sentence
    session.open(second)
    assert not session.flush()
    assert session.unsaved == (sample("2"),)
    assert session.open(first) == sample("2")  # from memory: the disk does not have it
    write(session, "3")
    session.undo()
    assert session.save_state.kind == "failed"
    with pytest.raises(StoreError):
        session.add([sample("不")])
    with pytest.raises(StoreError) as error:
        session.data.restore(Path("a.db"))
    assert error.value.sentence == session.save_state.sentence
    locked.execute("ROLLBACK")
    assert session.flush()
    assert session.unsaved == ()
    state = session.save_state
    assert (state.kind, state.sentence) == ("saved", "")
    assert saved_names(session, first) == ["改名为1", "改名为2", "改名为3"]
    session.open(second)
    assert session.open(first) == sample("2")


def test_saving_is_told(session: Session, locked: sqlite3.Connection) -> None:
    locked.execute("ROLLBACK")
    (number,) = session.add([sample()])
    kinds: list[str] = []
    session.observe(
        lambda event: kinds.append(session.save_state.kind) if isinstance(event, SaveStateChanged) else None
    )
    session.open(number)
    locked.execute("BEGIN IMMEDIATE")
    write(session, "1")
    assert session.save_state.kind in ("saving", "failed")
    assert not session.flush()
    assert kinds[-1] == "failed"
    locked.execute("ROLLBACK")
    assert session.flush()
    assert kinds[-1] == "saved"


def test_a_setting_that_could_not_be_saved_does_not_leave_the_warning_behind(
    session: Session, locked: sqlite3.Connection
) -> None:
    session.kept.set_setting("字号", 14)
    assert not session.flush()
    assert session.save_state.kind == "failed"
    assert session.kept.setting("字号") == 14
    locked.execute("ROLLBACK")
    assert session.flush()
    assert (session.save_state.kind, session.save_state.at) == ("saved", None)


def test_a_bug_while_saving_is_told_in_words(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = session.add([sample()])
    session.open(number)

    def fails(*_: object, **__: object) -> int:
        raise ZeroDivisionError("x")

    with monkeypatch.context() as patch:
        patch.setattr(journal.Journal, "append", fails)
        write(session, "1")
        assert not session.flush()
        assert "意外错误（ZeroDivisionError('x')）" in session.save_state.sentence
    assert session.flush()


def test_closing_tells_whether_something_is_lost(folder: Path, impatient: None) -> None:
    session = Session(Store.open(folder), EDITIONS)
    (number,) = session.add([sample()])
    session.open(number)
    other = sqlite3.connect(folder / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    write(session, "1")
    assert not session.close()
    other.close()


def test_settings_and_views(session: Session, folder: Path) -> None:
    (number,) = session.add([sample()])
    assert session.kept.setting("字号", 12) == 12
    assert session.kept.view(number) == {}
    session.kept.set_setting("字号", 14)
    session.kept.set_view(number, {"tab": "资金"})
    assert (session.kept.setting("字号"), session.kept.view(number)) == (14, {"tab": "资金"})
    session.close()
    with Store.open(folder) as store:
        assert (store.setting("字号"), store.view(number)) == (14, {"tab": "资金"})
