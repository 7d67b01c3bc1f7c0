"""The bundle's list of data holds every file that the program reads."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.scripts import BUILD, loaded

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bundle_data() -> ModuleType:
    return loaded(BUILD / "bundle_data.py")


def test_every_data_file_is_taken_along(bundle_data: ModuleType) -> None:
    taken = {path for path, _ in bundle_data.data_files()} - {ROOT / "pyproject.toml", *(ROOT / "tests").rglob("*.db")}
    there = {
        path
        for folder in ("forms", "desktop", "resources")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and "__pycache__" not in path.parts
    }
    assert there == taken


def test_a_data_file_keeps_its_folder(bundle_data: ModuleType) -> None:
    folders = {path.name: folder for path, folder in bundle_data.data_files()}
    assert folders["sh-declaration-2025.toml"] == "forms/editions"
    assert folders["NotoSerifSC-Regular.ttf"] == "resources/fonts"
    assert folders["cli.toml"] == "resources/texts/zh_CN"


def test_the_manifest_has_the_sum_of_every_file(bundle_data: ModuleType) -> None:
    files = [(ROOT / "pyproject.toml", "."), (ROOT / "resources" / "help" / "manual.md", "resources/help")]
    sums = json.loads(bundle_data.manifest(files))
    assert sums == {
        name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        for name in ("pyproject.toml", "resources/help/manual.md")
    }


def test_modules_imported_by_name_are_named(bundle_data: ModuleType) -> None:
    assert {"desktop.commands.selftest", "desktop.ui.main_window", "forms.printing.booklet"} <= set(
        bundle_data.modules()
    )


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6\\plugins\\tls\\qopensslbackend.dll", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6\\plugins\\imageformats\\qtiff.dll", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/opengl32sw.dll", False),
        ("libcrypto-3.dll", False),
        ("PySide6/Qt6Pdf.dll", True),
    ],
)
def test_what_qt_brings_and_nobody_uses_stays_out(bundle_data: ModuleType, name: str, *, wanted: bool) -> None:
    assert bundle_data.is_wanted(name) is wanted
