"""The backups in a folder: listed, looked into, compared, thinned."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from desktop.store import Frozen, Kind, Store, StoreError, database
from desktop.store.copies import compared, contents, copies_in, newest_good, thin
from tests.desktop.store.samples import Clock, named, naming, sample

OLD = Path(__file__).parents[2] / "old_files"


def test_what_is_in_a_copy_and_what_differs(store: Store, tmp_path: Path) -> None:
    one, two, three = store.create_many([sample("甲"), sample("乙"), sample("")])
    store.recycle([two])
    store.freeze(one, sample("甲"), "A", Frozen(b"", b"", "", ()))
    out = store.backup(tmp_path / "a.db")
    found = contents(out)
    assert [(entry.name, entry.unit, entry.year) for entry in found.entries] == [
        (name, "示例单位", 2025) for name in ("甲", "乙", "")
    ]
    assert (found.recycled, found.final_copies, found.newest) == (1, 1, datetime.fromisoformat("2025-03-01T09:02:00"))
    assert found == store.contents()
    assert compared(found, store.contents()) == ()
    store.append(one, naming(sample("甲"), "丙"), 0)
    store.purge([three])
    store.create(sample("丁"))
    store.freeze(one, sample("丙"), "B", Frozen(b"", b"", "", ()))
    assert compared(found, store.contents()) == (
        "现有的 1 个项目不在这份备份中，恢复后就没有了：“丁”。",
        "备份中有、现在没有的 1 个项目会回来：“未命名项目”。",
        "1 个项目的内容与现在不同，恢复后是备份时的样子：“甲”。",
        "现有的 1 份定稿不在这份备份中，恢复后就没有了。",
    )
    store.create_many([sample(f"多{n}") for n in range(6)])
    assert "等 7 个" in compared(found, store.contents())[0]


def test_a_copy_is_only_looked_at(tmp_path: Path) -> None:
    old = tmp_path / "v1.db"
    shutil.copyfile(OLD / "v1.db", old)
    found = contents(old)
    assert (len(found.entries), found.recycled, found.final_copies) == (3, 1, 0)
    assert old.read_bytes() == (OLD / "v1.db").read_bytes()
    assert list(tmp_path.iterdir()) == [old]


def test_what_is_no_copy_is_told(tmp_path: Path) -> None:
    bad = tmp_path / "a.db"
    for content, kind in (
        (None, Kind.NO_FILE),
        (b"x" * 4096, Kind.NOT_DATABASE),
        ((OLD / "v2.db").read_bytes()[:20_000], Kind.DAMAGED),
    ):
        if content is not None:
            bad.write_bytes(content)
        with pytest.raises(StoreError) as error:
            contents(bad)
        assert error.value.kind == kind
        assert str(bad) in error.value.sentence


@pytest.mark.parametrize(
    "statement", ["DROP TABLE projects", "UPDATE projects SET changed_at = 'gestern'", "PRAGMA user_version=99"]
)
def test_a_copy_of_another_shape_is_told(tmp_path: Path, statement: str) -> None:
    bad = tmp_path / "a.db"
    shutil.copyfile(OLD / "v2.db", bad)
    connection = sqlite3.connect(bad)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with pytest.raises(StoreError) as error:
        contents(bad)
    assert error.value.kind in (Kind.DAMAGED, Kind.NEWER)


def test_copies_are_listed_with_their_reasons(folder: Path, clock: Clock) -> None:
    assert copies_in(folder / "backups") == []
    with Store.open(folder, clock=clock) as store:
        store.create(sample())
        store.backup()
        store.backup(reason="auto")
        store.backup(reason="import")
    (folder / "backups" / "我的.db").write_bytes(b"")
    (folder / "backups" / "备份 2025-99-99 000000.db").write_bytes(b"")
    found = copies_in(folder / "backups")
    assert [one.reason for one in found[2:]] == ["import", "auto", "backup"]
    assert {one.path.name for one in found[:2]} == {"我的.db", "备份 2025-99-99 000000.db"}
    assert found[2].made_at == datetime.fromisoformat("2025-03-01T09:04:00")
    assert found[2].size > 4096


def test_only_automatic_copies_are_thinned(folder: Path) -> None:
    now = datetime.fromisoformat("2025-03-31T12:00:00")
    folder.mkdir()
    for n in range(1, 60):
        time = now - timedelta(minutes=10 * n)
        for name in ("自动备份", "导入前的数据", "备份", "恢复前的数据"):
            (folder / f"{name} {time:%Y-%m-%d %H%M%S}.db").touch()
    (folder / "自动备份 2025-03-01 000000.db.part").touch()
    (folder / "自动备份 2025-03-01 000000.db.part-journal").touch()
    thin(folder, now)
    counts = {
        name: len(list(folder.glob(f"{name} *.db*"))) for name in ("自动备份", "导入前的数据", "备份", "恢复前的数据")
    }
    assert counts == {"自动备份": 10, "导入前的数据": 10, "备份": 59, "恢复前的数据": 59}


def test_the_newest_good_copy_is_found(folder: Path, clock: Clock) -> None:
    assert newest_good(folder / "backups") is None
    with Store.open(folder, clock=clock) as store:
        number = store.create(sample())
        good = store.backup()
        for head, edit in enumerate(named(3)):
            store.append(number, edit, head)
        bad = store.backup()
    bad.write_bytes(bad.read_bytes()[:9000])
    shutil.copyfile(good, folder / "backups" / "损坏的数据 2026-01-01 000000.db")
    found = newest_good(folder / "backups")
    assert found is not None
    assert found[0].path == good
    assert [entry.name for entry in found[1].entries] == ["甲"]


def test_the_mark_changes_with_every_change(store: Store) -> None:
    marks = [store.mark()]
    assert marks == [""]
    number, other = store.create_many([sample("甲"), sample("乙")])
    marks.append(store.mark())
    for act in (
        lambda: store.append(number, named(1)[0], 0),
        lambda: store.append(number, naming(sample("1"), "x"), 1, merge=False),
        lambda: store.move(number, 0),
        lambda: store.recycle([other]),
        lambda: store.freeze(number, sample(), "A", Frozen(b"", b"", "", ())),
        lambda: store.purge([number, other]),
    ):
        act()
        marks.append(store.mark())
    assert len(set(marks)) == len(marks)
    store.set_setting("x", 1)
    assert store.mark() == marks[-1]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"\\server\备份 1\a.db"), "file:////server/%E5%A4%87%E4%BB%BD%201/a.db"),
        (PureWindowsPath(r"C:\a%b#.db"), "file:///C:/a%25b%23.db"),
        (PurePosixPath("/a?b.db"), "file:///a%3Fb.db"),
    ],
)
def test_places_of_every_kind_can_be_read(path: PureWindowsPath | PurePosixPath, uri: str) -> None:
    assert database._to_read(path) == f"{uri}?mode=ro&immutable=1"


def test_a_copy_with_odd_signs_in_its_name_is_read(store: Store, tmp_path: Path) -> None:
    store.create(sample())
    assert len(contents(store.backup(tmp_path / "a%41 ?b#c &d.db")).entries) == 1
