"""Final copies: frozen to the byte, numbered, stamped; nothing changes or deletes them."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from desktop.store import Frozen, Kind, Stamp, Store, StoreError
from desktop.store.backup import restore_from
from desktop.store.folder import FILE
from tests.desktop.store.samples import sample


def frozen(words: str = "稿") -> Frozen:
    return Frozen(f'{{"{words}"}}'.encode(), b"%PDF-1.7\x00\xff" + words.encode(), f"报告{words}", (f"改了{words}",))


def test_a_copy_is_kept_to_the_byte(store: Store) -> None:
    number = store.create(sample())
    copy = store.freeze(number, sample(), "7K3M-Q2XD-9F4T", frozen())
    assert store.frozen(copy) == frozen()
    (row,) = store.final_copies(number)
    assert (row.id, row.project_id, row.number, row.code, row.stamp) == (copy, number, 1, "7K3M-Q2XD-9F4T", None)
    assert (row.name, row.unit, row.year) == ("甲", "示例单位", 2025)
    assert row.made_at.isoformat() == "2025-03-01T09:02:00"


def test_copies_of_a_project_are_counted_and_outlive_it(store: Store) -> None:
    one, other = store.create_many([sample("甲"), sample("乙")])
    for words in "一二":
        store.freeze(one, sample("甲"), words, frozen(words))
    store.freeze(other, sample("乙"), "三", frozen("三"))
    assert [(copy.name, copy.number) for copy in store.final_copies()] == [("乙", 1), ("甲", 2), ("甲", 1)]
    store.recycle([one])
    store.purge([one])
    assert [copy.code for copy in store.final_copies(one)] == ["二", "一"]
    assert store.frozen(store.final_copies(one)[0].id) == frozen("二")


def test_a_stamp_is_noted_and_mended_by_another(store: Store) -> None:
    copy = store.freeze(store.create(sample()), sample(), "A", frozen())
    store.stamp(copy, Stamp(date(2025, 3, 5), "盖错了"))
    store.stamp(copy, Stamp(date(2025, 3, 6), "报送主管部门"))
    assert store.final_copies()[0].stamp == Stamp(date(2025, 3, 6), "报送主管部门")


def test_what_is_not_there_is_told(store: Store) -> None:
    for act in (
        lambda: store.freeze(7, sample(), "A", frozen()),
        lambda: store.frozen(7),
        lambda: store.stamp(7, Stamp(date(2025, 3, 5), "")),
    ):
        with pytest.raises(StoreError) as error:
            act()
        assert error.value.kind in (Kind.NO_PROJECT, Kind.NO_COPY)
        assert "7" in error.value.sentence


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE final_copies SET pdf = x'00'",
        "UPDATE OR REPLACE final_copies SET number = 2",
        "DELETE FROM final_copies",
        "INSERT OR REPLACE INTO final_copies SELECT * FROM final_copies",
        (
            "INSERT OR REPLACE INTO final_copies SELECT 99, project_id, project_uuid, number, made_at, unit, year,"
            " name, 'B', package, pdf, report, differences, sum FROM final_copies"
        ),
        "UPDATE stamps SET note = ''",
        "DELETE FROM stamps",
        "INSERT OR REPLACE INTO stamps SELECT id, copy_id, stamped_on, '', at FROM stamps",
    ],
)
def test_the_database_itself_refuses_to_change_them(folder: Path, statement: str) -> None:
    with Store.open(folder) as store:
        copy = store.freeze(store.create(sample()), sample(), "A", frozen())
        store.stamp(copy, Stamp(date(2025, 3, 5), "盖章"))
    connection = sqlite3.connect(folder / FILE)
    with pytest.raises(sqlite3.IntegrityError, match="frozen"):
        connection.execute(statement)
    connection.close()
    with Store.open(folder) as store:
        assert store.frozen(copy) == frozen()
        assert store.final_copies()[0].stamp == Stamp(date(2025, 3, 5), "盖章")


def test_a_backup_carries_them(store: Store, tmp_path: Path) -> None:
    copy = store.freeze(store.create(sample()), sample(), "A", frozen())
    out = store.backup(tmp_path / "a.db")
    restore_from(tmp_path / "other", out)
    with Store.open(tmp_path / "other") as other:
        assert other.frozen(copy) == frozen()


def test_a_copy_that_is_not_what_was_frozen_is_told(folder: Path) -> None:
    with Store.open(folder) as store:
        copy = store.freeze(store.create(sample()), sample(), "A", frozen())
    path = folder / FILE
    content = path.read_bytes()
    assert content.count(b"%PDF-1.7") == 1
    path.write_bytes(content.replace(b"%PDF-1.7", b"%PDF-1.6"))
    with Store.open(folder) as store, pytest.raises(StoreError) as error:
        store.frozen(copy)
    assert error.value.kind == Kind.DAMAGED_COPY
