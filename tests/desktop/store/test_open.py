"""Opening a data folder: new, used by another window, damaged, or somebody else's."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.store import Frozen, Kind, Stamp, Store, StoreError, database
from desktop.store.backup import restore_from
from desktop.store.folder import BACKUPS, FILE, LOCK, FolderLock, _mounted_kind
from desktop.store.migrations import APPLICATION_ID, SCHEMA
from tests.desktop.store.samples import named, naming, sample


def refused(folder: Path, kind: Kind) -> str:
    with pytest.raises(StoreError) as error:
        Store.open(folder)
    assert error.value.kind == kind
    assert str(folder) in error.value.sentence
    return error.value.sentence


def raw(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / FILE, isolation_level=None)


def ended(folder: Path) -> None:
    """Make a database with a project, closed properly."""
    with Store.open(folder) as store:
        number = store.create(sample())
        for head, edit in enumerate(named(3)):
            store.append(number, edit, head)


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "甲" / "乙 丙"
    with Store.open(folder) as store:
        assert store.projects() == []
        assert store.path == folder / "jibiao.db"


def test_how_it_is_written_to_disk(folder: Path, journal: str) -> None:
    with Store.open(folder) as store:
        number = store.create(sample())
    with Store.open(folder) as store, store.twin() as twin:
        twin.append(number, naming(sample(), "乙"), 0)
        assert store.load(number).project == sample("乙")
    connection = raw(folder)
    assert connection.execute("PRAGMA journal_mode").fetchone() == (journal,)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    connection.close()
    db = database.connect(folder / FILE)
    pragmas = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "synchronous", "trusted_schema")]
    db.close()
    assert pragmas == [1, 2, 0]


def test_a_second_window_is_refused_and_a_command_is_not(folder: Path) -> None:
    with Store.open(folder) as store:
        assert FolderLock.is_held(folder)
        assert "已经打开" in refused(folder, Kind.IN_USE)
        with Store.open(folder, exclusive=False) as command:
            number = command.create(sample())
        assert store.load(number).project == sample()
        assert "已经打开" in refused(folder, Kind.IN_USE)
    assert not FolderLock.is_held(folder)
    Store.open(folder).close()


def test_the_lock_is_let_go_when_the_process_dies(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop.store import Store\n"
        "store = Store.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    refused(folder, Kind.IN_USE)
    child.kill()
    child.communicate()
    Store.open(folder).close()


def test_a_lock_file_that_is_something_else(folder: Path) -> None:
    folder.mkdir()
    (folder / LOCK).write_bytes(b"x" * 5000)
    assert LOCK in refused(folder, Kind.NOT_DATABASE)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused(tmp_path / "file", Kind.READ_ONLY)
    refused(tmp_path / "file" / "data", Kind.READ_ONLY)


@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04" + bytes(3000), "项目,金额\n".encode() * 500])
def test_a_file_that_is_no_database_stays_untouched(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / FILE).write_bytes(content)
    assert "不是绩表的数据文件" in refused(folder, Kind.NOT_DATABASE)
    assert (folder / FILE).read_bytes() == content


def test_an_empty_file_is_as_none(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE).touch()
    with Store.open(folder) as store:
        assert store.projects() == []


@pytest.mark.parametrize("mark", [0, 77])
def test_a_database_of_another_program_stays_untouched(folder: Path, mark: int) -> None:
    folder.mkdir()
    connection = raw(folder)
    connection.execute(f"PRAGMA application_id={mark}")
    connection.execute("CREATE TABLE projects (id INTEGER)")
    connection.close()
    before = (folder / FILE).read_bytes()
    assert "其他程序" in refused(folder, Kind.FOREIGN)
    assert (folder / FILE).read_bytes() == before


def test_a_database_of_a_newer_program_stays_untouched(folder: Path) -> None:
    ended(folder)
    connection = raw(folder)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = (folder / FILE).read_bytes()
    assert "新版" in refused(folder, Kind.NEWER)
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON projects BEGIN DELETE FROM edits; END",
        "CREATE VIEW v AS SELECT 1",
        'CREATE TABLE "a""b" (x)',
        "ALTER TABLE projects ADD COLUMN x TEXT",
        "DROP TABLE settings",
        "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM edits; END",
        (
            "DROP TRIGGER final_copies_no_delete;"
            " CREATE TRIGGER final_copies_no_delete BEFORE DELETE ON final_copies BEGIN DELETE FROM edits; END"
        ),
    ],
)
def test_a_database_of_another_shape_is_refused(folder: Path, statement: str) -> None:
    ended(folder)
    connection = raw(folder)
    connection.executescript(statement)
    connection.close()
    refused(folder, Kind.DAMAGED)


def test_a_version_that_does_not_fit_the_tables_is_refused(folder: Path) -> None:
    ended(folder)
    connection = raw(folder)
    connection.executescript("PRAGMA user_version=0; DROP TABLE _sqlite_migrations")
    connection.close()
    refused(folder, Kind.DAMAGED)


def test_a_damaged_file_is_refused(folder: Path) -> None:
    ended(folder)
    file = folder / FILE
    content = bytearray(file.read_bytes())
    for at in range(4096, len(content), 4096):
        content[at : at + 200] = b"\xff" * 200
    file.write_bytes(content)
    assert "备份" in refused(folder, Kind.DAMAGED)
    assert file.read_bytes() == bytes(content)


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [(b"SELECT RAISE", b"SELE\xc3T RAISE"), (b"'unicode61 ", b"'unicode71 "), (b"columnsize=0", b"columnsize=7")],
)
def test_a_schema_with_damaged_words_is_refused(folder: Path, sound: bytes, damaged: bytes) -> None:
    ended(folder)
    file = folder / FILE
    content = file.read_bytes()
    assert sound in content
    file.write_bytes(content.replace(sound, damaged))
    refused(folder, Kind.DAMAGED)
    with pytest.raises(StoreError) as error:
        restore_from(folder.with_name("other"), file)
    assert error.value.kind == Kind.DAMAGED


def test_a_file_that_was_cut_off_is_refused(folder: Path) -> None:
    ended(folder)
    file = folder / FILE
    file.write_bytes(file.read_bytes()[:6000])
    refused(folder, Kind.DAMAGED)


def test_rows_without_their_project_are_refused(folder: Path) -> None:
    ended(folder)
    connection = raw(folder)
    connection.execute("DELETE FROM projects")  # without foreign_keys, the edits stay behind
    connection.close()
    refused(folder, Kind.DAMAGED)


def test_a_damaged_project_does_not_keep_the_others_out(folder: Path) -> None:
    ended(folder)
    with Store.open(folder) as store:
        whole = store.create(sample("乙"))
    for damage in (
        "UPDATE edits SET edit = '{' WHERE seq = 2",
        'UPDATE edits SET edit = \'{"name":"","changes":[]}\' WHERE seq = 2',
        "DELETE FROM edits WHERE seq = 2",
        "UPDATE edits SET edit = replace(edit, '2', '9') WHERE seq = 2",  # what is no JSON error, but was never written
        "UPDATE projects SET head = 2 WHERE id = 1",
        "UPDATE projects SET snapshot = '[]' WHERE id = 1",
    ):
        connection = raw(folder)
        connection.execute(damage)
        connection.close()
        with Store.open(folder) as store:
            assert [row.id for row in store.projects()] == [1, whole]
            assert store.load(whole).project == sample("乙")
            with pytest.raises(StoreError) as error:
                store.load(1)
            assert error.value.kind == Kind.DAMAGED_PROJECT
            assert "“3”" in error.value.sentence


def test_a_damaged_step_is_told(folder: Path) -> None:
    ended(folder)
    with Store.open(folder) as store:
        store.load(1)
        connection = raw(folder)
        connection.execute("UPDATE edits SET edit = '[' WHERE seq = 2")
        connection.close()
        with pytest.raises(StoreError) as error:
            store.step(1, 2)
        assert error.value.kind == Kind.DAMAGED_PROJECT


@pytest.mark.parametrize("damage", ["changed_at = 'gestern'", "amount = 'viel'"])
def test_a_damaged_row_is_told(folder: Path, damage: str) -> None:
    ended(folder)
    connection = raw(folder)
    connection.execute(f"UPDATE projects SET {damage}")  # noqa: S608 - from the list above
    connection.close()
    with Store.open(folder) as store, pytest.raises(StoreError) as error:
        store.projects()
    assert error.value.kind == Kind.DAMAGED


def test_damaged_settings_are_told_and_a_damaged_look_is_none(folder: Path) -> None:
    ended(folder)
    with Store.open(folder) as store:
        store.set_setting("font", 12)
        store.set_view(1, {"tab": "funds"})
        assert store.settings() == {"font": 12}
    for damage in ("views SET state = '{'", "views SET state = '7'", "settings SET value = '{'"):
        connection = raw(folder)
        connection.execute(f"UPDATE {damage}")
        connection.close()
        with Store.open(folder) as store:
            assert store.view(1) == {}
    with Store.open(folder) as store, pytest.raises(StoreError) as error:
        store.settings()
    assert error.value.kind == Kind.DAMAGED


def test_another_program_holds_the_file(folder: Path, impatient: None) -> None:
    ended(folder)
    connection = raw(folder)
    connection.execute("BEGIN EXCLUSIVE")
    assert "占用" in refused(folder, Kind.LOCKED)
    connection.close()
    Store.open(folder).close()


def test_another_program_holds_the_file_at_the_last_moment(folder: Path, impatient: None) -> None:
    ended(folder)
    db = database.open_checked(folder / FILE)
    connection = raw(folder)
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as error:
        database.bring_up(db, folder / FILE)
    assert error.value.kind == Kind.LOCKED
    connection.close()
    db.close()


def test_the_file_is_taken_by_another_while_it_is_open(folder: Path, journal: str, impatient: None) -> None:
    with Store.open(folder) as store:
        number = store.create(sample())
        connection = raw(folder)
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as error:
            store.append(number, naming(sample(), "乙"), 0)
        assert error.value.kind == Kind.LOCKED
        connection.close()
        assert store.append(number, naming(sample(), "乙"), 0) == 1


def test_whether_anything_could_be_written_is_told_without_writing(folder: Path, impatient: None) -> None:
    ended(folder)
    with Store.open(folder) as store:
        before = store.load(1)
        store.prove_writable()
        connection = raw(folder)
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as error:
            store.prove_writable()
        assert error.value.kind == Kind.LOCKED
        connection.close()
        store.prove_writable()
        assert store.load(1) == before


def test_whoever_leaves_keeps_others_out_until_the_lock_is_let_go(folder: Path) -> None:
    ended(folder)
    store = Store.open(folder)
    lock = store.leave()
    assert lock is not None
    refused(folder, Kind.IN_USE)
    with Store.open(folder, lock=lock) as again:
        assert [row.name for row in again.projects()] == ["3"]
    Store.open(folder).close()


def test_an_empty_database_takes_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("rubbish")
    database.make_empty(tmp_path / FILE)
    with Store.open(tmp_path) as store:
        assert store.projects() == []
        assert store.create(sample()) == 1
    assert list(tmp_path.glob(f"{BACKUPS}/*")) == []  # nothing had to be brought up


def test_choosing_the_journal_while_another_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    monkeypatch.setattr(database, "is_fixed_disk", lambda _: False)
    ended(folder)
    monkeypatch.setattr(database, "is_fixed_disk", lambda _: True)
    connection = raw(folder)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM projects").fetchone()
    refused(folder, Kind.LOCKED)
    connection.close()
    Store.open(folder).close()


def test_bugs_stay_what_they_are(store: Store) -> None:
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.projects()


MOUNTS = """\
/dev/vda / ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
/dev/sdb1 /mnt/share/my\\040disk xfs rw 0 0
tmpfs /mnt/share tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/home/a", "ext4"), ("/mnt/share/x", "tmpfs"), ("/mnt/share/my disk/x", "xfs"), ("/mnt/sharebutnot", "ext4")],
)
def test_the_file_system_of_a_folder(folder: str, kind: str) -> None:
    assert _mounted_kind(MOUNTS, Path(folder)) == kind


def test_network_disks_are_not_fixed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows asks the system, not a list of mounts")
    monkeypatch.setattr(Path, "read_text", lambda *_: "server:/x / nfs4 rw 0 0\n")
    assert not database.is_fixed_disk(tmp_path)

    def fails(*_: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", fails)
    assert not database.is_fixed_disk(tmp_path)


# ---------------------------------------------------------------- older databases


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pretend that this is the next version of the program, which adds a column."""
    with monkeypatch.context() as patch:
        patch.setattr(SCHEMA, "_migrations", [*SCHEMA._migrations])
        SCHEMA(name="m999_colour")(lambda db: db.execute("ALTER TABLE projects ADD COLUMN colour TEXT"))
        database._expected.cache_clear()
        yield
    database._expected.cache_clear()


@pytest.mark.parametrize("exclusive", [True, False])
def test_an_older_database_is_copied_and_brought_up(
    folder: Path, request: pytest.FixtureRequest, *, exclusive: bool
) -> None:
    ended(folder)
    released = len(SCHEMA._migrations)
    request.getfixturevalue("newer")
    with Store.open(folder, exclusive=exclusive) as store:
        assert store.load(1).project == sample("3")
        assert store.append(1, naming(sample("3"), "乙"), 3) == 4
    copies = list((folder / BACKUPS).iterdir())
    assert [copy.name[:5] for copy in copies] == ["升级前的数"]
    copy = sqlite3.connect(copies[0])
    assert copy.execute("PRAGMA user_version").fetchone() == (released,)
    assert copy.execute("SELECT name FROM projects").fetchall() == [("3",)]
    copy.close()
    Store.open(folder).close()
    assert list((folder / BACKUPS).iterdir()) == copies  # once


def test_no_upgrade_under_the_feet_of_a_window(folder: Path, request: pytest.FixtureRequest) -> None:
    ended(folder)
    with Store.open(folder):
        request.getfixturevalue("newer")
        with pytest.raises(StoreError) as error:
            Store.open(folder, exclusive=False)
        assert error.value.kind == Kind.IN_USE
    assert not (folder / BACKUPS).exists()


def test_a_new_database_of_a_later_version_needs_no_copy(folder: Path, newer: None) -> None:
    ended(folder)
    assert not (folder / BACKUPS).exists()


OLD = Path(__file__).parents[2] / "old_files"


@pytest.mark.parametrize("file", sorted(OLD.glob("*.db")), ids=lambda file: file.stem)
def test_a_database_of_each_released_shape_opens(folder: Path, file: Path) -> None:
    folder.mkdir()
    shutil.copyfile(file, folder / FILE)
    with Store.open(folder) as store:
        assert [(row.name, row.unit, row.year, row.kind) for row in store.projects()] == [
            ("产业调研", "示例单位", 2025, "both"),
            ("宣传推广", "示例单位", 2024, "declaration"),
        ]
        assert [row.name for row in store.projects(recycled=True)] == ["旧项目"]
        assert store.setting("font") == {"size": 12}
        assert store.view(1) == {"tab": "funds"}
        stored = store.load(1)
        assert (stored.head, stored.undo_name, stored.redo_name) == (60, "修改“年度总体目标”", "修改“年度总体目标”")
        assert stored.project.declaration is not None
        assert stored.project.declaration.annual_goal == "目标59"
        assert stored.project.declaration.indicators[0].target == "≥85.00(%)"
        assert stored.project.evaluation is not None
        assert stored.project.evaluation.funds[0]["全年执行数"] == "99,000.00"
        store.move(1, 61)
        store.move(1, 0)
        project = store.load(1).project
        assert project.declaration is not None
        assert (project.declaration.annual_goal, project.declaration.indicators) == ("", ())


def test_there_is_an_old_file_of_every_version() -> None:
    assert {file.stem for file in OLD.glob("*.db")} >= {f"v{n}" for n in range(1, len(SCHEMA._migrations) + 1)}


@pytest.mark.parametrize("file", sorted(OLD.glob("*.db"))[1:], ids=lambda file: file.stem)
def test_final_copies_of_each_released_shape_open(folder: Path, file: Path) -> None:
    folder.mkdir()
    shutil.copyfile(file, folder / FILE)
    with Store.open(folder) as store:
        second, first = store.final_copies(1)
        assert (first.number, first.stamp) == (1, Stamp(date(2025, 3, 5), "报送主管部门"))
        assert (second.number, second.stamp) == (2, None)
        assert store.frozen(first.id) == Frozen(b"{}", b"%PDF-1.7", "报告", ())
        assert store.frozen(second.id).differences == ("年度总体目标：改了 1 处",)
        assert not store.index()
        assert store.find("调研次数") == {1}
