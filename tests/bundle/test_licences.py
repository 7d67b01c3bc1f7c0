"""The list of licences: made from the packages that are installed, compared with what a bundle holds."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType

import pytest

from desktop.presenters.licence_book import licence_book
from tests.scripts import BUILD, loaded

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "dist" / "jibiao"


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    return loaded(BUILD / "licences.py")


@pytest.fixture
def bundle(licences: ModuleType, tmp_path: Path) -> Path:
    """A small bundle with what every bundle has, and the list made for it."""
    inside = tmp_path / "jibiao" / "_internal"
    sources = [
        ("click.core", str(distribution("click").locate_file("click/core.py")), "PYMODULE"),
        ("shiboken6/Shiboken.abi3.so", _file_of("shiboken6", "Shiboken"), "EXTENSION"),
        ("PySide6/QtCore.abi3.so", _file_of("PySide6_Essentials", "QtCore.abi3"), "EXTENSION"),
        ("os", str(Path(platform.__file__).parent / "os.py"), "PYMODULE"),
    ]
    licences.write(sources, inside / "licences")
    there = [
        *(name for name, _, kind in sources if kind == "EXTENSION"),
        "base_library.zip",
        "libsqlite3.so.0",
        "libffi.so.8",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "resources/fonts/a.ttf",
        "forms/editions/a.toml",
    ]
    for name in there:
        path = inside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "jibiao" / "jibiao").write_text("x")
    return tmp_path / "jibiao"


def _file_of(package: str, word: str) -> str:
    one = distribution(package)
    return str(
        one.locate_file(next(file for file in one.files or () if word in file.name and file.suffix in {".so", ".pyd"}))
    )


def test_a_complete_list(licences: ModuleType, bundle: Path) -> None:
    assert licences.problems(bundle) == []
    parts = {part["name"]: part for part in json.loads((bundle / "_internal" / "licences" / "list.json").read_text())}
    assert {"Python", "Qt", "PySide6_Essentials", "shiboken6", "SQLite", "click", "PDFium"} <= parts.keys()
    assert "pip" not in parts
    assert parts["Python"]["version"] == platform.python_version()
    assert parts["click"]["licence"] == "BSD-3-Clause"
    assert parts["PySide6_Essentials"]["licence"] == "LGPL-3.0-only"
    assert parts["Qt"]["source"].startswith("https://download.qt.io/")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda inside: (inside / "libcrypto-3.dll").touch(), "libcrypto-3.dll belongs to no part"),
        (lambda inside: (inside / "PySide6" / "stray.dll").touch(), "PySide6/stray.dll belongs to no part"),
        (lambda inside: (inside / "libffi.so.8").unlink(), "libffi is listed, but none of its files is there"),
        (lambda inside: (inside / "licences" / "LGPL-3.0.txt").unlink(), "the text LGPL-3.0.txt of Qt is missing"),
        (lambda inside: (inside / "licences" / "list.json").unlink(), "licences/list.json is missing"),
    ],
)
def test_what_does_not_agree_is_told(
    licences: ModuleType, bundle: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(bundle / "_internal")
    assert said in licences.problems(bundle)


def test_a_module_of_nobody_ends_the_making(licences: ModuleType, tmp_path: Path) -> None:
    home = Path(str(distribution("click").locate_file("click"))).parent
    with pytest.raises(licences.UnknownPartError, match="stray"):
        licences.write([("stray", str(home / "stray.py"), "PYMODULE")], tmp_path / "licences")


def test_the_book_has_every_part_and_says_where_the_texts_are(licences: ModuleType, bundle: Path) -> None:
    folder = bundle / "_internal" / "licences"
    book = licence_book(folder)
    for part in json.loads((folder / "list.json").read_text(encoding="utf-8")):
        assert f"| {part['name']}" in book
        assert part["licence"] in book
        assert all(text in book for text in part["texts"])
    assert str(folder) in book
    assert "GNU LGPL 第3版" in book


@pytest.mark.skipif(not BUNDLE.is_dir(), reason="no bundle was made: python3 dev.py bundle")
def test_the_bundle_that_was_made_has_a_complete_list(licences: ModuleType) -> None:
    assert licences.problems(BUNDLE) == []
