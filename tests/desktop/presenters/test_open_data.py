"""The open data folder: the way back to a backup, whole or not at all, whatever holds or damages the files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import desktop.presenters.open_data as module
from desktop.presenters.events import Event, ListChanged, Opened, SaveStateChanged
from desktop.presenters.open_data import CalledOff
from desktop.presenters.session import Session
from desktop.store import Kind, Store, StoreError
from desktop.store.backup import Phase
from desktop.store.copies import copies_in
from desktop.store.folder import FILE, FolderLock
from tests.desktop.store.holding import held_by_another
from tests.desktop.store.samples import Clock, naming, sample
from tests.strategies import EDITIONS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def session(folder: Path, impatient: None) -> Iterator[Session]:
    one = Session(Store.open(folder, clock=Clock()), EDITIONS, retries=(60,))
    yield one
    one.close()


def write(session: Session, name: str) -> None:
    assert session.project is not None
    session.do(naming(session.project, name))


def go_back(session: Session, file: Path, report: module.Report = lambda _made, _total: True) -> Path | None:
    """Restore as the window does; there ``restore`` runs on another thread."""
    session.data.lend()
    done = False
    try:
        kept = session.data.restore(file, report)
        done = True
    finally:
        session.go_on(with_others=done)
    return kept


def stands_as_it_was(session: Session, name: str) -> None:
    """The project is still open, and goes on being edited, undone and saved."""
    assert session.project == sample(name)
    write(session, "再改")
    session.undo()
    assert session.project == sample(name)
    assert session.flush()
    assert session.save_state.kind == "saved"
    assert not session.data.is_away


def test_a_backup_and_the_way_back(session: Session, tmp_path: Path) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    write(session, "1")
    session.kept.set_setting("字号", 14)
    out = session.data.backup(tmp_path / "a.db")  # with what was done up to now
    write(session, "2")
    session.kept.set_setting("字号", 16)
    told: list[Event] = []
    session.observe(lambda event: None if isinstance(event, SaveStateChanged) else told.append(event))
    kept = go_back(session, out)
    assert kept is not None
    assert told == [Opened(None, None), ListChanged()]
    assert [row.name for row in session.rows()] == ["1"]
    assert session.kept.setting("字号") == 14
    session.open(number)
    write(session, "3")
    go_back(session, kept)
    assert session.open(number) == sample("2")


def test_every_phase_is_told(session: Session, tmp_path: Path) -> None:
    session.add([sample()])
    out = session.data.backup(tmp_path / "a.db")
    session.data.pack(tmp_path / "a.jbpack")
    for file in (out, tmp_path / "a.jbpack"):
        told: list[tuple[int, int]] = []
        go_back(session, file, lambda made, total, told=told: not told.append((made, total)))  # type: ignore[misc]  # a default is no part of the type
        assert dict.fromkeys(told) == dict.fromkeys((phase, len(Phase)) for phase in Phase)


@pytest.mark.parametrize("last", list(Phase))
@pytest.mark.parametrize("name", ["a.db", "a.jbpack"])
def test_called_off_everything_is_as_it_was(
    session: Session, folder: Path, tmp_path: Path, last: int, name: str
) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    session.data.backup(tmp_path / "a.db")
    session.data.pack(tmp_path / "a.jbpack")
    write(session, "1")
    with pytest.raises(CalledOff):
        go_back(session, tmp_path / name, lambda made, _total: made < last)
    stands_as_it_was(session, "1")
    left = {path.name for path in folder.iterdir() if path.name.startswith(FILE)}
    assert left <= {FILE, f"{FILE}-wal", f"{FILE}-shm"}


def test_while_the_data_are_lent_nothing_is_read_or_written(session: Session, tmp_path: Path) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    session.rows()
    out = session.data.backup(tmp_path / "a.db")
    refused: list[Kind] = []

    def act(made: int, _total: int) -> bool:
        acts: list[Callable[[], object]] = [
            lambda: write(session, "1"),
            session.undo,
            lambda: session.add([sample()]),
            session.finals.copies,
            session.data.reader,
            session.data.states,
        ]
        for one in acts if made == Phase.PLACING else []:
            with pytest.raises(StoreError) as error:
                one()
            refused.append(error.value.kind)
        assert session.project == sample()
        assert [row.name for row in session.rows()] == [sample().name]  # what was read is still to be seen
        session.kept.set_view(number, {"tab": "资金"})
        assert session.data.is_lent
        return True

    write(session, "0")
    session.undo()
    go_back(session, out, act)
    assert refused == [Kind.RESTORING] * 6
    assert session.open(number) == sample()
    assert session.kept.view(number) == {}


def test_on_the_way_back_no_other_window_gets_the_folder(session: Session, folder: Path, tmp_path: Path) -> None:
    session.add([sample()])
    out = session.data.backup(tmp_path / "a.db")
    session.data.pack(tmp_path / "a.jbpack")
    for file in (out, tmp_path / "a.jbpack"):
        held: list[bool] = []
        go_back(session, file, lambda _made, _total, held=held: not held.append(FolderLock.is_held(folder)))  # type: ignore[misc]  # as above
        assert set(held) == {True}
        assert FolderLock.is_held(folder)


@pytest.mark.parametrize("released", [True, False])
def test_data_that_are_held_after_the_way_back(
    session: Session, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, released: bool
) -> None:
    (number,) = session.add([sample()])
    out = session.data.backup(tmp_path / "a.db")
    former, scanner = module.restored, []

    def held(*given: Any) -> Path | None:
        kept = former(*given)
        scanner.append(sqlite3.connect(folder / FILE, isolation_level=None))
        scanner[0].execute("BEGIN EXCLUSIVE")  # as a scanner of viruses does with a new file
        return kept

    monkeypatch.setattr(module, "restored", held)
    monkeypatch.setattr(module.time, "sleep", lambda _: released and scanner[0].close())
    if released:
        go_back(session, out)
        assert session.open(number) == sample()
        return
    session.look()  # as before a window stands
    session.open(number)
    with pytest.raises(StoreError):
        go_back(session, out)
    scanner[0].close()
    assert session.save_state.kind == "failed"  # told for as long as the window stands
    assert session.project is None
    assert session.data.is_away
    assert not session.data.is_lent
    with pytest.raises(StoreError) as error:
        session.open(number)
    assert error.value.sentence == session.save_state.sentence
    session.kept.set_setting("字号", 14)  # how things look keeps nobody from closing the window
    assert not FolderLock.is_held(folder)
    with Store.open(folder) as store:  # for the window that is opened next
        assert store.load(number).project == sample()


def test_data_that_another_process_holds_are_not_let_go(session: Session, folder: Path, tmp_path: Path) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    out = session.data.backup(tmp_path / "a.db")
    write(session, "1")
    assert session.flush()
    with held_by_another(folder / FILE), pytest.raises(StoreError) as error:
        go_back(session, out)
    assert error.value.kind == Kind.LOCKED
    assert [one.reason for one in copies_in(folder / "backups")] == []
    stands_as_it_was(session, "1")


def test_data_that_are_gone_come_back_from_a_backup(session: Session, folder: Path, tmp_path: Path) -> None:
    (number,) = session.add([sample()])
    out = session.data.backup(tmp_path / "a.db")
    for ending in ("", "-wal", "-shm"):
        (folder / f"{FILE}{ending}").unlink(missing_ok=True)
    assert go_back(session, out) is None
    assert session.open(number) == sample()


def test_a_way_back_that_fails_leaves_all_as_it_was(session: Session, tmp_path: Path) -> None:
    (number,) = session.add([sample()])
    session.open(number)
    out = session.data.backup(tmp_path / "a.db")
    whole = out.read_bytes()
    write(session, "1")
    bad = tmp_path / "bad.db"
    for kind, data in (
        (Kind.NO_FILE, None),
        (Kind.NOT_DATABASE, b"nothing of the kind" * 100),
        (Kind.DAMAGED, whole[:8192] + b"\0" * 4096 + whole[12288:]),
        (Kind.DAMAGED, whole[: len(whole) // 2]),
    ):
        if data is not None:
            bad.write_bytes(data)
        with pytest.raises(StoreError) as error:
            go_back(session, bad)
        assert error.value.kind == kind
        assert str(bad) in error.value.sentence
        stands_as_it_was(session, "1")
        write(session, "1")
