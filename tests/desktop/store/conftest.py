"""Data folders for the tests of the store, also on disks that are full or may not be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import Store, database
from tests.desktop.store.disks import scratch_disk
from tests.desktop.store.samples import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "数据 1"


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(folder, clock=clock) as opened:
        yield opened


@pytest.fixture(params=["wal", "delete"])
def journal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with the write-ahead log and with the rollback journal."""
    monkeypatch.setattr(database, "is_fixed_disk", lambda _: request.param == "wal")
    return str(request.param)


@pytest.fixture
def with_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the write-ahead log whatever disk the test's folder is on."""
    monkeypatch.setattr(database, "is_fixed_disk", lambda _: True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 600 kB of its own."""
    with scratch_disk(tmp_path / "disk", "600k") as place:
        yield place
