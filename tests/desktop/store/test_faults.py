"""Real trouble with the disk: full, read-only, files that may not grow. Nothing is lost, and the clerk is told."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from queue import Queue

import pytest

from desktop.store import Kind, Store, StoreError, Writer, database
from desktop.store.backup import restore_from
from desktop.store.folder import FILE
from tests.desktop.store.disks import read_only
from tests.desktop.store.samples import named, naming, sample

ROOT = Path(__file__).parents[3]


def long(n: int) -> str:
    return f"{n}" * 20_000


def test_a_full_disk_loses_nothing(small_disk: Path, journal: str) -> None:
    failed: Queue[Exception] = Queue()
    with Store.open(small_disk) as store:
        number = store.create(sample())
        writer = Writer(store, on_saved=lambda *_: None, on_failed=failed.put, retries=(60,))
        project, head = sample(), 0
        while failed.empty():
            edit = naming(project, long(head))
            writer.append(number, edit, head)
            project, head = edit.apply(project), head + 1
            writer.flush()
        for n in range(3):
            edit = naming(project, f"后{n}")
            writer.append(number, edit, head)
            project, head = edit.apply(project), head + 1
        error = failed.get()
        assert isinstance(error, StoreError)
        assert error.kind == Kind.FULL
        assert "腾出空间" in error.sentence
        with pytest.raises(StoreError) as told:
            writer.run(lambda own: own.backup())
        assert told.value.kind == Kind.FULL
        subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
        assert writer.close()
        assert store.load(number).project == project
        assert store.load(number).head == head
    with Store.open(small_disk) as store:
        assert store.load(number).project == project


def test_a_backup_onto_a_full_disk(store: Store, small_disk: Path) -> None:
    number = store.create(sample())
    project = sample()
    for n in range(20):
        edit = naming(project, long(n))
        store.append(number, edit, n)
        project = edit.apply(project)
    out = small_disk / "a.db"
    out.write_text("an older backup")
    with pytest.raises(StoreError) as error:
        store.backup(out)
    assert error.value.kind == Kind.FULL
    assert str(out) in error.value.sentence
    assert out.read_text() == "an older backup"
    assert list(small_disk.iterdir()) == [out]
    assert store.load(number).project == project


def test_a_folder_that_may_not_be_written(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        number = store.create(sample())
        out = store.backup(tmp_path / "a.db")
    with read_only(folder):
        for act in (
            lambda: Store.open(folder),
            lambda: Store.open(folder, exclusive=False),
            lambda: Store.open(folder / "new"),
            lambda: restore_from(folder, out),
        ):
            with pytest.raises(StoreError) as error:
                act()
            assert error.value.kind == Kind.READ_ONLY
            assert "只读" in error.value.sentence
    with Store.open(folder) as store:
        assert store.load(number).project == sample()


def test_an_empty_folder_that_may_not_be_written(folder: Path) -> None:
    folder.mkdir()
    with read_only(folder), pytest.raises(StoreError) as error:
        Store.open(folder)
    assert error.value.kind == Kind.READ_ONLY


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="file sizes are limited so on POSIX systems only")
def test_a_file_that_may_not_grow(folder: Path, journal: str) -> None:
    code = textwrap.dedent(f"""
        import resource, sys
        from pathlib import Path
        from desktop.store import Kind, Store, Writer, database
        from tests.desktop.store.samples import naming, sample
        database.is_fixed_disk = lambda _: {journal == "wal"}
        failed = []
        with Store.open(Path(sys.argv[1])) as store:
            number = store.create(sample())
            writer = Writer(store, on_saved=lambda *_: None, on_failed=failed.append, retries=(60,))
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
            project = sample()
            for n in range(100):
                edit = naming(project, str(n) * 5000)
                writer.append(number, edit, n)
                project = edit.apply(project)
            print(writer.flush(), failed[0].kind == Kind.DISK, store.load(number).head < 100)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            print(writer.close(), store.load(number).project == project, store.load(number).head)
    """)
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("False True True\nTrue True 100\n", "")
    with Store.open(folder) as store:
        assert store.projects()[0].name == "99" * 5000


def test_the_database_is_taken_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "is_fixed_disk", lambda _: False)
    with Store.open(folder) as store:
        number = store.create(sample())
        (folder / FILE).rename(folder / "moved.db")
        with pytest.raises(StoreError) as error:
            store.append(number, named(1)[0], 0)
        assert error.value.kind == Kind.READ_ONLY
        assert "是否存在" in error.value.sentence
        (folder / "moved.db").rename(folder / FILE)
        assert store.append(number, named(1)[0], 0) == 1


def test_the_database_is_taken_away_while_a_log_is_kept(folder: Path, with_log: None) -> None:
    """SQLite would go on writing into a file that nobody finds again."""
    with Store.open(folder) as store:
        number = store.create(sample())
        file = folder / FILE
        store.append(number, named(1)[0], 0)
        file.rename(folder / "moved.db")
        for act in (lambda: store.append(number, named(2)[1], 1), store.twin):
            with pytest.raises(StoreError) as error:
                act()
            assert error.value.kind == Kind.MOVED
            assert "放回原处" in error.value.sentence
        assert not file.exists()
        file.write_bytes((folder / "moved.db").read_bytes())  # a copy: what is written does not come here
        with pytest.raises(StoreError) as error:
            store.append(number, named(2)[1], 1)
        assert error.value.kind == Kind.REPLACED
        assert store.load(number).project == sample("1")  # to be exported
        (folder / "moved.db").replace(file)
        assert store.append(number, named(2)[1], 1) == 2


@pytest.mark.parametrize("left", [None, b""])
def test_a_database_that_is_gone_is_not_made_anew_where_there_are_backups(folder: Path, left: bytes | None) -> None:
    with Store.open(folder) as store:
        store.create(sample())
        store.backup()
    file = folder / FILE
    file.unlink()
    if left is not None:
        file.write_bytes(left)
    with pytest.raises(StoreError) as error:
        Store.open(folder)
    assert error.value.kind == Kind.GONE
    assert file.exists() == (left is not None)
