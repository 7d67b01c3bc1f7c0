"""Faces of official documents are found where Windows has them, and only usable ones are offered."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop import installed_faces
from tests.forms.printing.typefaces import collection, font, written


def test_folders_of_windows_and_of_its_user(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("WINDIR", "/w")
    monkeypatch.setenv("LOCALAPPDATA", "/l")
    assert installed_faces.folders() == (Path("/w/Fonts"), Path("/l/Microsoft/Windows/Fonts"))
    monkeypatch.delenv("LOCALAPPDATA")
    assert installed_faces.folders() == (Path("/w/Fonts"),)
    monkeypatch.setattr(sys, "platform", "linux")
    assert Path("/usr/share/fonts") in installed_faces.folders()


def test_what_is_installed_is_offered_by_role(tmp_path: Path):
    system, own = tmp_path / "system", tmp_path / "own"
    (own / "more").mkdir(parents=True)
    system.mkdir()
    written(system, collection(font(chinese="宋体"), font(chinese="新宋体")), "SimSun.ttc")
    written(system, font(chinese="仿宋"), "simfang.ttf")
    written(own / "more", font(chinese="仿宋_GB2312"), "仿宋_GB2312.ttf")
    written(own, font(chinese="别的仿宋"), "simfang.ttf")
    written(own, font(embedding=2), "simhei.ttf")
    written(own, b"broken", "simkai.ttf")
    written(own, b"", "readme.txt")
    (own / "fzxbsjw.ttf").mkdir()
    found = installed_faces.installed_faces((system, own, tmp_path / "none"))
    assert {role: [one.name for one in faces] for role, faces in found.items()} == {
        "table": ["宋体"],
        "text": ["仿宋_GB2312", "仿宋"],
    }
    assert found["table"][0].file.number == 0


def test_this_computer_is_looked_through():
    assert set(installed_faces.installed_faces()) <= set(installed_faces.FILES)


def test_a_folder_that_may_not_be_read_offers_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def refuse(_self: Path, _pattern: str) -> object:
        raise PermissionError

    monkeypatch.setattr(Path, "rglob", refuse)
    assert installed_faces.installed_faces((tmp_path,)) == {}
