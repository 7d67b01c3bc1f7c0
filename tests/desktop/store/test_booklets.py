"""Bound booklets: kept for good under the code on their paper."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

import pytest

from desktop.store import Kind, Store, StoreError
from desktop.store.backup import restore_from
from desktop.store.folder import FILE
from desktop.store.sums import sum_of
from tests.desktop.store.samples import sample

CODE = "7K3M-Q2XD-9F4T"


def test_a_booklet_is_kept_once(store: Store) -> None:
    store.bind(CODE, [3, 1], b"{1}")
    kept = store.bound(CODE)
    assert kept is not None
    assert (kept.projects, kept.package, kept.made_at.minute) == ((3, 1), b"{1}", 1)
    store.bind(CODE, [3, 1], b"{1}")
    assert store.bound(CODE) == kept
    assert store.bound("0000-0000-0000") is None


def test_it_counts_as_something_to_be_backed_up_and_restored(store: Store, tmp_path: Path) -> None:
    before = store.mark()
    store.bind(CODE, [], b"{}")
    assert before == ""
    assert store.mark() != before
    restore_from(tmp_path / "other", store.backup(tmp_path / "a.db"))
    with Store.open(tmp_path / "other") as other:
        assert other.bound(CODE) == store.bound(CODE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE booklets SET package = x'00'",
        "DELETE FROM booklets",
        "INSERT OR REPLACE INTO booklets SELECT * FROM booklets",
        "INSERT OR REPLACE INTO booklets SELECT 99, code, made_at, projects, package, sum FROM booklets",
    ],
)
def test_the_database_itself_refuses_to_change_it(folder: Path, statement: str) -> None:
    with Store.open(folder) as store:
        store.bind(CODE, [1], b"{}")
    connection = sqlite3.connect(folder / FILE)
    with pytest.raises(sqlite3.IntegrityError, match="frozen"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("packed", [zlib.compress(b"other"), b"no such thing"])
def test_one_that_is_not_what_was_bound_is_told(folder: Path, packed: bytes) -> None:
    with Store.open(folder) as store:
        store.create(sample())
        store.bind(CODE, [1], b"{}")
        assert store.examine() == ()
    connection = sqlite3.connect(folder / FILE)
    connection.execute("DROP TRIGGER booklets_no_update")
    sums = [sum_of("[1]", packed)] if packed[:2] == b"no" else [1]  # a good sum of what cannot be unpacked
    connection.execute("UPDATE booklets SET package = ?, sum = ?", [packed, *sums])
    connection.execute(
        "CREATE TRIGGER booklets_no_update BEFORE UPDATE ON booklets BEGIN SELECT RAISE(ABORT, 'frozen'); END"
    )
    connection.commit()
    connection.close()
    with Store.open(folder) as store:
        with pytest.raises(StoreError) as error:
            store.bound(CODE)
        assert error.value.kind == Kind.DAMAGED_BOOKLET
        assert CODE in error.value.sentence
        assert len(store.examine()) == (0 if packed[:2] == b"no" else 1)


def test_an_older_backup_lacks_it(store: Store, tmp_path: Path) -> None:
    from desktop.store.copies import compared, contents

    store.create(sample())
    out = store.backup(tmp_path / "a.db")
    store.bind(CODE, [1], b"{}")
    assert compared(contents(out), store.contents()) == ("现有的 1 本编报册的记录不在这份备份中，恢复后就不能查验了。",)
