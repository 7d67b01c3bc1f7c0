"""Damaged databases: told, and what can be read is saved; the long form is ``python -m tests.benchmarks.damage``."""

from __future__ import annotations

import random
import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store import Kind, Stamp, Store, StoreError, database, pages
from desktop.store.backup import restore_from
from desktop.store.folder import FILE
from desktop.store.migrations import SCHEMA
from desktop.store.pages import Pages
from desktop.store.salvage import Salvaged, salvage
from desktop.store.salvage_rows import DERIVED, PROJECTS, TABLES
from tests.benchmarks import damage
from tests.desktop.store.samples import named, naming, sample
from tests.desktop.store.test_finals import frozen

# STRICT tables hold no number in place of a text: their rule is taken away first.
LOOSE = (
    "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')');"
    " PRAGMA writable_schema=RESET; "
)
OLD = Path(__file__).parents[2] / "old_files"


def test_whatever_happens_to_the_bytes_it_is_told_or_harmless(tmp_path: Path) -> None:
    came, wrong = damage.main(40, random.randrange(1_000_000), tmp_path)  # noqa: S311 - any damage will do
    assert wrong == []
    assert came["SILENT LOSS"] == came["crash"] == 0
    assert sum(came.values()) == 40


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with everything in it."""
    folder = tmp_path_factory.mktemp("whole")
    damage.make(folder)
    with Store.open(folder) as store:
        from datetime import date

        store.stamp(1, Stamp(date(2025, 3, 5), "盖章"))
        store.bind("7K3M-Q2XD-9F4T", [3, 1], b"{}")
    return folder / FILE


def test_of_a_sound_one_all_is_saved(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.db"
    came = salvage(whole, out)
    assert (len(came.whole), came.partly, came.lost, came.copies, came.pages_lost) == (6, [], [], 1, 0)
    assert came.sentences == ("完整读出 6 个项目（连同修改记录）。", "读出 1 份定稿，另有 0 份没有读出。")
    other = tmp_path / "other"
    restore_from(other, out)
    with Store.open(whole.parent) as before, Store.open(other) as after:
        assert damage.state(after) == damage.state(before)
        assert after.view(1) == before.view(1) == {"tab": "funds"}
        assert after.setting("text_size") == "large"
        assert after.final_copies()[0].stamp is not None
        assert after.bound("7K3M-Q2XD-9F4T") == before.bound("7K3M-Q2XD-9F4T")
        assert [row.id for row in after.projects(recycled=True)] == [2]


def tables(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables that are neither SQLite's own nor the migrations' nor derived."""
    connection = sqlite3.connect(file)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    own = [one for one in names if not one.startswith((*DERIVED, "sqlite_", SCHEMA.migrations_table))]
    found = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in own}  # noqa: S608 - ours
    connection.close()
    return found


def test_every_table_is_carried_over_or_named_as_derived(whole: Path, tmp_path: Path) -> None:
    """A migration that makes a table fails here until ``salvage_rows`` knows it and ``whole`` has a row of it."""
    salvage(whole, tmp_path / "out.db")
    before, after = tables(whole), tables(tmp_path / "out.db")
    assert set(before) == {*PROJECTS, *TABLES}
    for name, rows in before.items():
        assert rows, name
        assert len(after[name]) == len(rows), name
        if name != "projects":  # whose snapshots are those of today
            assert after[name] == rows, name
    assert all(Salvaged(rows_lost={name: 3}).sentences[1:] for name in TABLES)


def test_the_number_of_a_lost_project_is_given_to_no_other(whole: Path, tmp_path: Path) -> None:
    for statement in ("DELETE FROM projects WHERE id = 6", "DELETE FROM projects"):
        salvage(changed(whole, tmp_path / "in.db", statement), tmp_path / "out.db")
        restore_from(tmp_path / "new", tmp_path / "out.db")
        with Store.open(tmp_path / "new") as store:
            assert store.create(sample()) == 7


@pytest.mark.parametrize("file", sorted(OLD.glob("*.db")), ids=lambda file: file.stem)
def test_of_an_old_one_all_is_saved(file: Path, tmp_path: Path) -> None:
    came = salvage(file, tmp_path / "out.db")
    assert (sorted(came.whole), came.partly, came.lost) == (["产业调研", "宣传推广", "旧项目"], [], [])
    assert came.pages_lost == sum(came.rows_lost.values()) == 0
    assert came.copies == (0 if file.stem == "v1" else 2)
    restore_from(tmp_path / "new", tmp_path / "out.db")
    with Store.open(tmp_path / "new") as store:
        assert (store.load(1).head, store.load(1).redo_name) == (60, "修改“年度总体目标”")
        store.move(1, 0)


def test_what_stands_only_in_the_log_is_saved_too(tmp_path: Path, with_log: None) -> None:
    with Store.open(tmp_path) as store:
        number = store.create(sample())
        for head, edit in enumerate(named(3)):
            store.append(number, edit, head)
        copied = tmp_path / "copy.db"
        for ending in ("", "-wal"):
            shutil.copyfile(f"{store.path}{ending}", f"{copied}{ending}")
    log = Path(f"{copied}-wal")
    assert salvage(copied, tmp_path / "out.db").whole == ["3"]
    # A log that was cut off counts as far as its last whole transaction.
    log.write_bytes(log.read_bytes()[:-5000])
    assert salvage(copied, tmp_path / "out.db").whole == ["2"]
    for rubbish in (b"", b"x" * 40, struct.pack(">8I", 0x377F0682, 0, 100, 0, 0, 0, 0, 0) + bytes(9999)):
        log.write_bytes(rubbish)
        salvage(copied, tmp_path / "out.db")


def changed(whole: Path, out: Path, statement: str) -> Path:
    """Copy a database and change it behind the program's back."""
    shutil.copyfile(whole, out)
    connection = sqlite3.connect(out)
    for table in ("final_copies", "stamps", "booklets"):
        for act in ("update", "delete", "replace"):
            connection.execute(f"DROP TRIGGER {table}_no_{act}")
    connection.executescript(statement)
    connection.close()
    return out


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE projects SET snapshot = '{' WHERE id = 1", "“社区科普讲座与流动巡展”没有读出"),
        ("UPDATE projects SET snapshot = 1 WHERE id = 1", "“社区科普讲座与流动巡展”没有读出"),
        ("UPDATE projects SET head = 'x' WHERE id = 1", "“社区科普讲座与流动巡展”没有读出"),
        ("UPDATE projects SET name = x'07', snapshot = '{' WHERE id = 1", "编号为 1 的项目没有读出"),
        ("UPDATE edits SET name = x'07' WHERE project_id = 1 AND seq = 55", "缺少最近 7 步修改"),
        (
            "UPDATE edits SET (sum, edit) = (SELECT sum, edit FROM edits WHERE seq = 9) WHERE seq = 55",
            "缺少最近 7 步修改",  # another step's: it does not fit
        ),
        ("UPDATE final_copies SET package = 'text'", "读出 0 份定稿，另有 1 份没有读出"),
        ("UPDATE final_copies SET code = x'07', pdf = 7", "读出 0 份定稿，另有 1 份没有读出"),
        ("DELETE FROM final_copies", "读出 6 个项目"),
        ("UPDATE booklets SET package = x'00'", "另有 1 条编报册的记录没有读出"),
        ("UPDATE stamps SET stamped_on = 'x'", "另有 1 条盖章登记没有读出"),
        ("UPDATE settings SET value = '{' WHERE key = 'text_size'", "另有 1 项设置没有读出"),
        ("UPDATE projects SET sum = 1 WHERE id = 1", "个别文字可能有误"),
        ("DELETE FROM edits WHERE project_id = 1 AND seq = 55", "缺少最近 7 步修改"),
        ("UPDATE edits SET sum = 7 WHERE project_id = 1 AND seq = 55", "缺少最近 7 步修改"),
        ("UPDATE edits SET edit = '[', sum = NULL WHERE project_id = 1 AND seq = 61", "缺少最近 1 步修改"),
        ("DELETE FROM projects WHERE id = 1", "编号为 1 的项目没有读出"),
        ("UPDATE edits SET project_id = -1 WHERE project_id = 1 AND seq = 61", "缺少最近 1 步修改"),
        ("UPDATE final_copies SET pdf = x'00'", "读出 0 份定稿，另有 1 份没有读出"),
        ("UPDATE final_copies SET pdf = 'text'", "读出 0 份定稿，另有 1 份没有读出"),
    ],
)
def test_what_is_missing_is_told(whole: Path, tmp_path: Path, statement: str, sentence: str) -> None:
    file = changed(whole, tmp_path / "in.db", LOOSE + statement)
    came = salvage(file, tmp_path / "out.db")
    assert sentence in "".join(came.sentences)
    restore_from(tmp_path / "new", tmp_path / "out.db")
    with Store.open(tmp_path / "new") as store:
        assert store.examine() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects SET uuid = 'x' WHERE id = 1",
        "UPDATE projects SET created_at = 'x', recycled_at = 'y', changed_at = 'z' WHERE id = 1",
        "UPDATE edits SET at = 'x' WHERE project_id = 1",
        "UPDATE final_copies SET made_at = 'x'",
        "INSERT INTO views VALUES (99, '{}')",
        "UPDATE settings SET value = '{'",
        "UPDATE stamps SET stamped_on = 'x'",
        "INSERT INTO stamps VALUES (9, 99, '2025-01-01', '', '2025-01-01')",
    ],
)
def test_small_damage_keeps_nothing_from_being_saved(whole: Path, tmp_path: Path, statement: str) -> None:
    came = salvage(changed(whole, tmp_path / "in.db", statement), tmp_path / "out.db")
    assert (len(came.whole), came.copies) == (6, 1)
    restore_from(tmp_path / "new", tmp_path / "out.db")
    with Store.open(tmp_path / "new") as store:
        assert len(store.projects()) + len(store.projects(recycled=True)) == 6
        store.final_copies()


def test_of_two_rows_that_cannot_both_be_the_first_is_saved(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        store.bind("AAAA-0000-0000", [1], b"{1}")
        store.bind("BBBB-0000-0000", [2], b"{2}")
    file = folder / FILE
    file.write_bytes(file.read_bytes().replace(b"BBBB", b"AAAA"))
    came = salvage(file, tmp_path / "out.db")
    assert came.rows_lost["booklets"] == 1
    assert "另有 1 条编报册的记录没有读出" in "".join(came.sentences)


def test_a_copy_that_does_not_fit_the_table_is_told(whole: Path, tmp_path: Path) -> None:
    statement = f"{LOOSE} UPDATE final_copies SET number = 'x'"  # noqa: S608 - our own words
    came = salvage(changed(whole, tmp_path / "in.db", statement), tmp_path / "out.db")
    assert (came.copies, came.copies_lost) == (0, 1)


def test_purged_projects_stay_purged(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        numbers = store.create_many([sample(f"第{n}个") for n in range(80)])
        store.purge(numbers[20:])
        out = store.backup(tmp_path / "a.db")
    assert len(salvage(out, tmp_path / "out.db").whole) == 20
    # … also where a way is broken, as far as the list of free pages can be read
    data = bytearray(out.read_bytes())
    root = Pages(out).roots["settings"]
    data[(root - 1) * 4096] = 77
    out.write_bytes(data)
    came = salvage(out, tmp_path / "out.db")
    assert len(came.whole) == 20
    assert came.pages_lost


@pytest.mark.parametrize("page", range(1, 40))
def test_any_page_may_be_gone(whole: Path, tmp_path: Path, page: int) -> None:
    data = bytearray(whole.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    (tmp_path / "in.db").write_bytes(data)
    came = salvage(tmp_path / "in.db", tmp_path / "out.db")
    assert len(came.whole) + len(came.partly) + len(came.lost) == 6


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=9000), st.integers(0, 3))
def test_no_bytes_make_it_fail(tmp_path: Path, rubbish: bytes, how: int) -> None:
    """Anything at all: rubbish, rubbish behind a header, rubbish over a page of rows."""
    head = b"SQLite format 3\x00" + bytes([16, 0, 1, 1, 0, 64, 32, 32]) + bytes(76)
    data = [rubbish, head + rubbish, head + b"\x0d\x00\x00\x00\x09" + rubbish, head + b"\x05\x00\x00\x00\x03" + rubbish]
    (tmp_path / "in.db").write_bytes(data[how])
    read = Pages(tmp_path / "in.db")
    for number in range(read.count + 2):
        list(read.rows(number))
    assert read.free is not None
    came = salvage(tmp_path / "in.db", tmp_path / "out.db")
    assert came.whole == []


def test_a_file_that_cannot_be_read_or_written_is_told(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        salvage(tmp_path / "nothing.db", tmp_path / "out.db")
    assert error.value.kind == Kind.NO_FILE
    with pytest.raises(StoreError):
        salvage(whole, tmp_path / "nowhere" / "out.db")


def test_pages_of_other_sizes_and_long_rows(tmp_path: Path) -> None:
    for size in (512, 65536):
        file = tmp_path / f"{size}.db"
        connection = sqlite3.connect(file)
        connection.execute(f"PRAGMA page_size={size}")
        connection.execute("CREATE TABLE t (a, b)")
        connection.execute("CREATE INDEX i ON t (a)")
        rows = [("字" * n, value) for n, value in ((5000, 1.5), (1, None), (300, -7), (0, 1), (2, 0), (3, 2**40))]
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        connection.execute("INSERT INTO t VALUES (?, ?)", ("x", -(2**62)))
        connection.commit()
        connection.close()
        read = Pages(file)
        found = [row for number in read.tree(read.roots["t"]) for row in read.rows(number)]
        assert [row.values for row in found] == [*rows, ("x", -(2**62))]
        assert [row.rowid for row in found] == list(range(1, 8))
        index = {row.values for number in read.tree(read.roots["i"]) for row in read.rows(number)}
        assert index == {(text, n) for n, (text, _) in enumerate([*rows, ("x", 0)], 1)}
        assert read.trouble == set()


def test_all_that_is_stored_is_examined(folder: Path) -> None:
    with Store.open(folder) as store:
        number = store.create(sample())
        for head, edit in enumerate(named(3)):
            store.append(number, edit, head)
        store.append(store.create(sample("乙")), naming(sample("乙"), "丙"), 0)
        store.freeze(number, sample(), "A", frozen())
        assert store.examine() == ()
    db = sqlite3.connect(folder / FILE)
    db.executescript("UPDATE projects SET sum = 1 WHERE id = 1; UPDATE edits SET sum = 1 WHERE project_id = 2")
    db.execute("UPDATE edits SET sum = 1 WHERE project_id = 1")
    db.commit()
    db.close()
    with Store.open(folder) as store:
        assert [sentence[:9] for sentence in store.examine()] == ["项目“3”的数据已", "项目“丙”的数据已"]
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(data.replace(b"%PDF-1.7", b"%PDF-1.6"))
    with Store.open(folder) as store:
        assert "定稿已损坏" in store.examine()[2]


def test_a_large_database_is_examined_when_it_stands_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(folder) as store:
        store.create_many([sample(f"第{n}个") for n in range(100)])
    db = sqlite3.connect(folder / FILE)
    root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'projects_listed'").fetchone()[0]
    db.close()
    data = bytearray((folder / FILE).read_bytes())
    data[(root - 1) * 4096 + 3] ^= 1  # one entry fewer than there should be
    (folder / FILE).write_bytes(data)
    with pytest.raises(StoreError):
        Store.open(folder)
    monkeypatch.setattr(database, "AT_ONCE", 1000)
    with Store.open(folder) as store:
        assert "已损坏" in store.examine()[0]


def test_an_edit_that_cannot_be_read_ends_the_history(tmp_path: Path) -> None:
    shutil.copyfile(OLD / "v1.db", tmp_path / "in.db")  # without sums
    connection = sqlite3.connect(tmp_path / "in.db")
    connection.execute("UPDATE edits SET edit = '[' WHERE project_id = 1 AND seq = 55")
    connection.commit()
    connection.close()
    came = salvage(tmp_path / "in.db", tmp_path / "out.db")
    assert came.partly == [("产业调研", "缺少最近 6 步修改")]


def test_of_many_lost_the_first_are_named() -> None:
    came = Salvaged(lost=[f"“{n}”" for n in range(15)])
    assert came.sentences[-2:] == ("“11”没有读出。", "……另有 3 个也是如此。")


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"\x09\x00",  # longer than there is
        b"\x02\x0a",  # a kind that is kept for SQLite itself
        b"\x02\x01",  # a number that is not there
        b"\x02\x01\x05\x06",  # bytes too many
        b"\x02\x0f\xff",  # no UTF-8
        b"\xff" * 8,
        b"\xff" * 12,
    ],
)
def test_records_that_are_none(record: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        pages._record(record)


def test_records_of_all_kinds() -> None:
    kinds = bytes([9, 0, 8, 9, 1, 7, 12 + 2, 13 + 12, 6])
    body = b"\xfe" + struct.pack(">d", 1.5) + b"\x00" + "绩效".encode() + b"\xff" * 8
    assert pages._record(kinds + body) == (None, 0, 1, -2, 1.5, b"\x00", "绩效", -1)
    assert pages._varint(b"\xff" * 9, 0) == (-1, 9)


def test_a_log_with_a_frame_that_is_not_whole(tmp_path: Path, with_log: None) -> None:
    with Store.open(tmp_path) as store:
        number = store.create(sample())
        for head, edit in enumerate(named(3)):
            store.append(number, edit, head)
        log = Path(f"{store.path}-wal").read_bytes()
    whole = pages._logged(log)
    assert 1 in whole
    broken = bytearray(log)
    broken[32 + 24 + 7] ^= 1
    assert pages._logged(bytes(broken)) == {}
    big_endian = struct.pack(">I", 0x377F0683) + log[4:]
    assert pages._logged(big_endian) == {}


def test_what_is_no_database_is_not_opened_to_read(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.connect_to_read(tmp_path / "nothing.db")
    (tmp_path / "x.db").write_bytes(b"x" * 4096)
    with closing(database.connect_to_read(tmp_path / "x.db")) as db, pytest.raises(sqlite3.DatabaseError):
        db.execute("SELECT * FROM t")


def test_ties_that_nobody_understands_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(database.connect(path)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("CREATE TABLE a (x)")
        db.execute("CREATE TABLE b (y REFERENCES a (x))")  # x is no key
        db.execute("INSERT INTO b VALUES (1)")
        with pytest.raises(StoreError) as error:
            database.check_whole(db, path)
        assert error.value.kind == Kind.DAMAGED
        db.conn.set_progress_handler(lambda: 1, 1)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            database.check_whole(db, path)


def test_a_connection_that_cannot_be_made_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(database, "Database", fails)
    (tmp_path / "x.db").touch()
    with pytest.raises(MemoryError):
        database.connect_to_read(tmp_path / "x.db")
