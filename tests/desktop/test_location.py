"""Where the data folder is."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from desktop import location


def test_the_users_own_folder(tmp_path: Path) -> None:
    own = Path(platformdirs.user_data_dir("jibiao", appauthor=False))
    assert own.name == "jibiao"
    assert location.data_folder(program=tmp_path / "jibiao.exe") == own
    assert location.data_folder() == own
    assert location.demo_folder().parent == own
    assert list(tmp_path.iterdir()) == []


def test_a_portable_copy_keeps_its_data_beside_it(tmp_path: Path) -> None:
    (tmp_path / "portable.txt").touch()
    assert location.data_folder(program=tmp_path / "jibiao.exe") == tmp_path / "data"
    assert location.demo_folder(program=tmp_path / "jibiao.exe") == tmp_path / "data" / "demo"


def test_a_chosen_folder_goes_before_all(tmp_path: Path) -> None:
    (tmp_path / "portable.txt").touch()
    assert location.data_folder(Path("甲"), program=tmp_path / "jibiao.exe") == Path.cwd() / "甲"
    assert location.data_folder(Path("~/甲")) == Path.home() / "甲"
