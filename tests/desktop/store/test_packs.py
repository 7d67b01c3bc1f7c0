"""迁移包: everything in one file, and nothing of what does not belong there."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store import Kind, Store, StoreError, packs
from desktop.store.packs import LIST, read_pack, unpacked, write_pack
from tests.desktop.store.samples import Clock, sample


@pytest.fixture
def pack(folder: Path, tmp_path: Path, clock: Clock) -> Path:
    """A pack with a project and an edition."""
    with Store.open(folder, clock=clock) as store:
        store.create(sample("甲"))
        (folder / "editions").mkdir()
        (folder / "editions" / "ours.toml").write_text("x = 1", encoding="utf-8")
        (folder / "editions" / "空 格.toml").write_text("", encoding="utf-8")  # an odd name stays at home
        return write_pack(store, tmp_path / "搬家.jbpack")


def test_everything_arrives_and_what_was_there_is_kept(pack: Path, tmp_path: Path, clock: Clock) -> None:
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [pack.name]
    new = tmp_path / "new"
    assert read_pack(new, pack) is None
    with Store.open(new, clock=clock) as store:
        assert [row.name for row in store.projects()] == ["甲"]
        store.create(sample("乙"))
    edition = new / "editions" / "ours.toml"
    assert edition.read_text() == "x = 1"
    edition.write_text("x = 2")
    kept = read_pack(new, pack, clock=clock)
    assert kept is not None
    with Store.open(new) as store:
        assert [row.name for row in store.projects()] == ["甲"]
    assert edition.read_text() == "x = 1"
    (aside,) = (new / "backups").glob("*.toml")
    assert aside.read_text() == "x = 2"
    read_pack(new, pack, clock=clock)
    assert len(list((new / "backups").glob("*.toml"))) == 1


def test_a_pack_can_be_looked_into(pack: Path, tmp_path: Path) -> None:
    unpacked(pack, tmp_path / "look")
    assert (tmp_path / "look").read_bytes().startswith(b"SQLite format 3")


def rewritten(pack: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(pack) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    with zipfile.ZipFile(pack, "w") as new:
        for name, data in files.items():
            new.writestr(name, data)


def listed(pack: dict[str, bytes], **changes: object) -> None:
    pack[LIST] = json.dumps({**json.loads(pack[LIST]), **changes}).encode()


def with_file(files: dict[str, bytes], name: str, data: bytes) -> None:
    sums = json.loads(files[LIST])["files"]
    files[name] = data
    listed(files, files={**sums, name: {"size": len(data), "sha256": "0"}})


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.pop(LIST),
        lambda files: files.update({LIST: b"{"}),
        lambda files: files.update({LIST: b"[]"}),
        lambda files: files.update({LIST: b" " * 1_000_001}),
        lambda files: listed(files, format="zip"),
        lambda files: listed(files, version="x"),
        lambda files: listed(files, files={}),
        lambda files: listed(files, files={**json.loads(files[LIST])["files"], "jibiao.db": {"size": 1}}),
        lambda files: files.pop("jibiao.db"),
        lambda files: files.update({"more.txt": b""}),
        lambda files: files.update({"jibiao.db": files["jibiao.db"][:-1] + b"x"}),
        lambda files: files.update({"editions/ours.toml": b"x = 9"}),
        lambda files: with_file(files, "../evil.toml", b""),
        lambda files: with_file(files, "editions/../../evil.toml", b""),
        lambda files: with_file(files, "editions/huge.toml", b" " * 1_000_001),
        lambda files: [with_file(files, f"editions/{n}.toml", b"") for n in range(packs.MAX_FILES)],
    ],
)
def test_what_does_not_fit_together_is_refused(
    pack: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    rewritten(pack, change)
    refused(pack, tmp_path / "new", Kind.NOT_PACK)


def refused(pack: Path, folder: Path, kind: Kind) -> None:
    with pytest.raises(StoreError) as error:
        read_pack(folder, pack)
    assert error.value.kind == kind
    assert str(pack) in error.value.sentence
    assert [path.name for path in folder.rglob("*") if path.name != "jibiao.lock"] == []


def test_other_files_are_refused(pack: Path, tmp_path: Path) -> None:
    rewritten(pack, lambda files: listed(files, version=2))
    refused(pack, tmp_path / "new", Kind.NEWER_PACK)
    pack.write_bytes(b"PK")
    refused(pack, tmp_path / "new", Kind.NOT_PACK)
    pack.unlink()
    refused(pack, tmp_path / "new", Kind.NO_FILE)


def test_a_pack_with_a_damaged_database_is_refused(folder: Path, pack: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack) as old:
        data = old.read("jibiao.db")[:9000]
    broken = tmp_path / "broken.db"
    broken.write_bytes(data)

    def change(files: dict[str, bytes]) -> None:
        files["jibiao.db"] = data
        listed(files, files={"jibiao.db": packs._sum_of(broken)})
        files.pop("editions/ours.toml")

    rewritten(pack, change)
    with pytest.raises(StoreError) as error:
        read_pack(tmp_path / "new", pack)
    assert error.value.kind == Kind.DAMAGED


def test_a_pack_onto_a_full_disk(folder: Path, small_disk: Path) -> None:
    with Store.open(folder) as store:
        store.create_many([sample(f"{n}" * 3000) for n in range(300)])
        with pytest.raises(StoreError) as error:
            write_pack(store, small_disk / "a.jbpack")
    assert error.value.kind == Kind.FULL
    assert list(small_disk.iterdir()) == []


def test_a_pack_of_a_folder_without_editions(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        store.create(sample())
        out = write_pack(store, tmp_path / "a.jbpack")
    shutil.rmtree(folder)
    read_pack(folder, out)
    assert not (folder / "editions").exists()
