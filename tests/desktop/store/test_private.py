"""The data folder can be read by its user alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.store import Store
from desktop.store.backup import restore_from
from desktop.store.folder import FILE
from desktop.store.packs import write_pack
from tests.desktop.store.samples import sample

pytestmark = pytest.mark.skipif(os.name != "posix", reason="on Windows the user's profile is private")


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}


@pytest.mark.usefixtures("with_log")
def test_folder_and_files_are_private(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        store.create(sample())
        store.backup()
        pack = write_pack(store, tmp_path / "a.jbpack")
        found = modes(folder)
    assert found.pop(folder.name) == found.pop("backups") == 0o700
    assert set(found.values()) == {0o600}, found
    assert {"jibiao.db", "jibiao.db-wal", "jibiao.db-shm", "jibiao.lock"} <= set(found)
    assert pack.stat().st_mode & 0o777 == 0o600
    restore_from(folder, next((folder / "backups").iterdir()))
    assert set(modes(folder).values()) == {0o600, 0o700}


def test_files_of_earlier_versions_become_private(folder: Path) -> None:
    Store.open(folder).close()
    (folder / FILE).chmod(0o644)
    with Store.open(folder) as store:
        store.create(sample())
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
