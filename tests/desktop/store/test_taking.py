"""Single projects taken out of backups and 迁移包."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.store import Kind, Store, StoreError
from desktop.store.copies import contents, fates
from desktop.store.folder import FILE
from desktop.store.packs import write_pack
from desktop.store.taking import take_out
from tests.desktop.store.samples import naming, sample

OLD = Path(__file__).parents[2] / "old_files"


def test_projects_come_as_they_stood_in_the_copy(store: Store, folder: Path, tmp_path: Path) -> None:
    numbers = store.create_many([sample("甲"), sample("乙"), sample("丙")])
    store.append(numbers[0], naming(sample("甲"), "甲二"), 0)
    out = store.backup(tmp_path / "a.db")
    store.append(numbers[0], naming(sample("甲二"), "坏了"), 1)
    uuids = {one.name: one.uuid for one in contents(out).entries}
    wanted = [uuids["丙"], uuids["甲二"], "none"]
    assert take_out(folder, out, wanted) == [(uuids["甲二"], sample("甲二")), (uuids["丙"], sample("丙"))]
    pack = write_pack(store, tmp_path / "a.jbpack")
    assert take_out(folder, pack, [uuids["甲二"]]) == [(uuids["甲二"], sample("坏了"))]
    assert sorted(path.name for path in folder.iterdir() if "taking" in path.name) == []
    assert store.load(numbers[0]).project == sample("坏了")


def test_what_became_of_the_projects_of_a_copy(store: Store, tmp_path: Path) -> None:
    same, other, gone, binned = store.create_many([sample(name) for name in ("同", "改", "无", "箱")])
    out = store.backup(tmp_path / "a.db")
    store.append(other, naming(sample("改"), "改二"), 0)
    store.recycle([gone, binned])
    store.purge([gone])
    found = fates(contents(out), store.contents())
    assert [(one.number, fate) for one, fate in found] == [
        (other, "other"),
        (gone, "gone"),
        (binned, "recycled"),
        (same, "same"),
    ]


def test_a_copy_of_an_older_version_gives_its_projects(folder: Path, tmp_path: Path) -> None:
    shutil.copyfile(OLD / "v1.db", tmp_path / "old.db")
    before = (tmp_path / "old.db").read_bytes()
    with Store.open(folder):
        uuids = {one.name: one.uuid for one in contents(tmp_path / "old.db").entries}
        ((_, project),) = take_out(folder, tmp_path / "old.db", [uuids["产业调研"]])
    assert project.declaration is not None
    assert project.declaration.annual_goal == "目标59"
    assert (tmp_path / "old.db").read_bytes() == before


def test_a_damaged_project_is_told_and_no_other_comes_in_its_place(store: Store, folder: Path, tmp_path: Path) -> None:
    store.create_many([sample("甲"), sample("乙")])
    out = store.backup(tmp_path / "a.db")
    connection = sqlite3.connect(out)
    connection.execute("UPDATE projects SET sum = 1 WHERE id = 2")
    connection.commit()
    connection.close()
    uuids = [one.uuid for one in contents(out).entries]
    assert len(take_out(folder, out, uuids[:1])) == 1
    with pytest.raises(StoreError) as error:
        take_out(folder, out, uuids)
    assert error.value.kind == Kind.DAMAGED_PROJECT
    with pytest.raises(StoreError) as error:
        take_out(folder, folder / FILE, uuids)
    assert error.value.kind == Kind.SAME_FILE
