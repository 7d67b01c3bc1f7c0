"""Copies of the whole database, and the way back."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from desktop.store import Kind, Store, StoreError, backup, database
from desktop.store.backup import restore_from
from desktop.store.folder import FILE
from tests.desktop.store.samples import Clock, named, naming, sample


def worked_on(store: Store) -> int:
    number = store.create(sample())
    for head, edit in enumerate(named(3)):
        store.append(number, edit, head)
    store.move(number, 2)
    store.set_setting("字号", 12)
    return number


def test_two_that_copy_to_one_place_at_once_both_make_whole_copies(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_on(store)
    out = tmp_path / "备份.db"
    under_way, go_on = threading.Event(), threading.Event()
    verify = backup._verify

    def slowly(part: Path, counts: list[tuple[str, int]]) -> None:
        verify(part, counts)
        if threading.current_thread() is other:
            under_way.set()
            assert go_on.wait(20)

    monkeypatch.setattr(backup, "_verify", slowly)
    failed: list[Exception] = []

    def copy() -> None:
        try:
            with store.twin() as twin:
                twin.backup(out)
        except StoreError as error:
            failed.append(error)

    other = threading.Thread(target=copy)
    other.start()
    assert under_way.wait(20)
    store.backup(out)
    go_on.set()
    other.join()
    assert failed == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [out.name]
    restore_from(tmp_path / "neu", out)


def refused(folder: Path, file: Path, kind: Kind) -> str:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}
    with pytest.raises(StoreError) as error:
        restore_from(folder, file)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}
    assert error.value.kind == kind
    assert after == before
    return error.value.sentence


def test_a_backup_is_one_file_with_everything(store: Store, tmp_path: Path, journal: str) -> None:
    number = worked_on(store)
    out = tmp_path / "备份.db"
    out.write_text("an older backup")
    assert store.backup(out) == out
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["备份.db"]
    copy = sqlite3.connect(out)
    assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    copy.close()
    other = tmp_path / "other"
    assert restore_from(other, out) is None
    with Store.open(other) as restored:
        assert restored.load(number) == store.load(number)
        assert restored.history(number) == store.history(number)
        assert restored.projects() == store.projects()
        assert restored.setting("字号") == 12


def test_a_backup_without_a_name_goes_beside_the_data(store: Store, folder: Path) -> None:
    worked_on(store)
    out = store.backup()
    assert out.parent == folder / "backups"
    assert out.name == "备份 2025-03-01 090700.db"
    assert out.is_file()


def test_no_backup_hides_another(folder: Path) -> None:
    moment = Clock()()
    with Store.open(folder, clock=lambda: moment) as store:
        assert len({store.backup() for _ in range(3)}) == 3
    assert sorted(path.stem[-3:] for path in (folder / "backups").iterdir()) == ["0 2", "0 3", "100"]


def test_a_backup_onto_the_database_itself_is_refused(store: Store, folder: Path) -> None:
    number = worked_on(store)
    with pytest.raises(StoreError) as error:
        store.backup(folder / ".." / folder.name / FILE)
    assert error.value.kind == Kind.SAME_FILE
    assert store.load(number).head == 2


def test_a_backup_into_no_folder(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        store.backup(tmp_path / "nowhere" / "a.db")
    assert error.value.kind == Kind.READ_ONLY
    assert "nowhere" in error.value.sentence


def test_a_backup_that_lacks_rows_is_not_put_in_place(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_on(store)
    out = tmp_path / "a.db"
    out.write_text("an older backup")
    real = backup._counts
    seen: list[list[tuple[str, int]]] = []

    def counts(db: database.Database) -> list[tuple[str, int]]:
        seen.append(real(db))
        return [(name, one + len(seen)) for name, one in seen[-1]]

    monkeypatch.setattr(backup, "_counts", counts)
    with pytest.raises(StoreError) as error:
        store.backup(out)
    assert error.value.kind == Kind.DAMAGED
    assert out.read_text() == "an older backup"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.db"]


def test_the_way_back_keeps_what_was_there(folder: Path, tmp_path: Path, clock: Clock, journal: str) -> None:
    with Store.open(folder, clock=clock) as store:
        number = worked_on(store)
        out = store.backup(tmp_path / "a.db")
        store.append(number, naming(sample("2"), "乙"), 2)
    kept = restore_from(folder, out, clock=clock)
    assert kept is not None
    assert kept.name.startswith("恢复前的数据 2025-03-01")
    with Store.open(folder) as store:
        assert store.load(number).project == sample("2")
    restore_from(folder, kept)
    with Store.open(folder) as store:
        assert store.load(number).project == sample("乙")
    assert out.is_file()
    assert sorted(path.name for path in folder.iterdir()) == ["backups", "jibiao.db", "jibiao.lock"]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of a file that is open")
@pytest.mark.usefixtures("with_log")
def test_a_log_that_another_program_holds_is_not_taken_for_the_restored_ones(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        number = worked_on(store)
        out = store.backup(tmp_path / "a.db")
        other = sqlite3.connect(folder / FILE)
        other.execute("SELECT count(*) FROM edits").fetchall()
        store.append(number, naming(sample("2"), "乙"), 2)
    assert (folder / f"{FILE}-wal").exists()
    restore_from(folder, out)
    with Store.open(folder) as store:
        assert store.load(number).project == sample("2")
    other.close()


def test_not_while_a_window_works(store: Store, folder: Path, tmp_path: Path) -> None:
    out = store.backup(tmp_path / "a.db")
    refused(folder, out, Kind.IN_USE)


def test_files_that_are_no_backup(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        worked_on(store)
    bad = tmp_path / "a.db"
    assert str(bad) in refused(folder, bad, Kind.NO_FILE)
    bad.touch()
    assert str(bad) in refused(folder, bad, Kind.NOT_DATABASE)
    bad.write_bytes(b"%PDF-1.7" + bytes(5000))
    assert str(bad) in refused(folder, bad, Kind.NOT_DATABASE)
    bad.unlink()
    connection = sqlite3.connect(bad)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert str(bad) in refused(folder, bad, Kind.FOREIGN)
    refused(folder, folder / FILE, Kind.SAME_FILE)


def test_a_damaged_or_newer_backup(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        worked_on(store)
        out = store.backup(tmp_path / "a.db")
    newer = tmp_path / "newer.db"
    shutil.copyfile(out, newer)
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version=9")
    connection.close()
    refused(folder, newer, Kind.NEWER)
    out.write_bytes(out.read_bytes()[:9000])
    refused(folder, out, Kind.DAMAGED)


@pytest.mark.usefixtures("with_log")
def test_a_database_that_was_copied_with_its_log(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        number = worked_on(store)
        for ending in ("", "-wal"):
            shutil.copyfile(folder / f"jibiao.db{ending}", tmp_path / f"copy.db{ending}")
    before = (tmp_path / "copy.db").read_bytes()
    other = tmp_path / "other"
    restore_from(other, tmp_path / "copy.db")
    with Store.open(other) as store:
        assert store.load(number).project == sample("2")
    assert (tmp_path / "copy.db").read_bytes() == before


def test_back_from_a_damaged_database(folder: Path, tmp_path: Path, clock: Clock) -> None:
    with Store.open(folder) as store:
        number = worked_on(store)
        out = store.backup(tmp_path / "a.db")
    damaged = (folder / FILE).read_bytes()[:9000]
    (folder / FILE).write_bytes(damaged)
    (folder / f"{FILE}-wal").write_bytes(b"a log of other times")  # must not be taken for the new one's
    kept = restore_from(folder, out, clock=clock)
    assert kept == folder / "backups" / "损坏的数据 2025-03-01 090100.db"
    assert kept.read_bytes() == damaged
    with Store.open(folder) as store:
        assert store.load(number).project == sample("2")


def test_not_in_place_of_a_database_of_another_program(folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other") as store:
        out = store.backup(tmp_path / "a.db")
    folder.mkdir()
    connection = sqlite3.connect(folder / FILE)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    refused(folder, out, Kind.FOREIGN)


def test_a_disk_that_fails_at_the_last_moment(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_on(store)
    out = tmp_path / "a.db"

    def fails(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(StoreError) as error:
            store.backup(out)
    assert error.value.kind == Kind.DISK
    assert not [path for path in tmp_path.iterdir() if path.is_file()]
