"""Installer, portable zip and checksums."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from desktop import location
from tests.scripts import BUILD, loaded

ROOT = Path(__file__).parents[2]
INSTALLER = (ROOT / "build" / "installer.nsi").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def deliver() -> ModuleType:
    return loaded(BUILD / "deliver.py")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    inside = tmp_path / "dist" / "jibiao" / "_internal"
    inside.mkdir(parents=True)
    (inside / "表.txt").write_text("绩表", encoding="utf-8")
    (inside.parent / "jibiao.exe").write_bytes(b"MZ")
    return inside.parent


def test_the_version_is_the_projects(deliver: ModuleType) -> None:
    assert deliver.version() == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_the_portable_copy_keeps_its_data_beside_it(deliver: ModuleType, bundle: Path, tmp_path: Path) -> None:
    out = deliver.make_portable(bundle, tmp_path / "out" / "portable.zip")
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "stick")
    program = tmp_path / "stick" / "jibiao" / "jibiao.exe"
    assert (program.parent / "_internal" / "表.txt").read_text(encoding="utf-8") == "绩表"
    assert location.data_folder(program=program) == program.parent / "data"


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_the_sums_are_those_of_the_files(deliver: ModuleType, tmp_path: Path) -> None:
    files = [tmp_path / "a.exe", tmp_path / "b.zip"]
    for path in files:
        path.write_bytes(path.name.encode())
    out = deliver.write_sums(files, tmp_path)
    assert hashlib.sha256(b"a.exe").hexdigest() in out.read_text()
    subprocess.run(["sha256sum", "--check", out.name], cwd=tmp_path, check=True, capture_output=True)
    files[0].write_bytes(b"other")
    assert subprocess.run(["sha256sum", "--check", out.name], cwd=tmp_path, check=False, capture_output=True).returncode


@pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")
def test_the_installer_compiles_without_a_warning(deliver: ModuleType, bundle: Path, tmp_path: Path) -> None:
    out = deliver.make_installer(bundle, tmp_path / "jibiao-1.2.3-setup.exe", "1.2.3", "FAST")
    assert out.read_bytes().startswith(b"MZ")
    assert "1.2.3".encode("utf-16-le") in out.read_bytes()
    with pytest.raises(deliver.DeliveryError):
        deliver.make_installer(tmp_path / "nothing", tmp_path / "none.exe", "1.2.3", "FAST")


def test_what_the_installer_and_the_documents_say_is_the_same() -> None:
    codes = set(re.findall(r"insertmacro refuse (\d)|SetErrorLevel (\d)", INSTALLER))
    used = {one or other for one, other in codes} | {"0", "1", "2"}
    for name in ("build/RELEASE.md", "resources/help/manual.md"):
        words = (ROOT / name).read_text(encoding="utf-8")
        told = re.findall(r"\| (\d) \|", words) or re.findall(r"[：；](\d) ", words)
        assert used <= set(told), name
        assert "/DESKTOP" in words
        assert "/S" in words


def test_the_installer_asks_for_no_administrator_and_spares_the_data() -> None:
    assert "RequestExecutionLevel user" in INSTALLER
    assert "HKLM" not in INSTALLER
    deleted = re.findall(r"^\s*(?:RMDir|Delete)\s+(?:/r\s+)?\"([^\"]+)\"", INSTALLER, re.MULTILINE)
    assert deleted
    assert all(one.startswith(("$INSTDIR", "$SMPROGRAMS", "$DESKTOP")) for one in deleted)
    whole = set(re.findall(r"RMDir /r \"([^\"]+)\"", INSTALLER))
    assert whole == {"$INSTDIR\\${INSIDE}", "$INSTDIR\\${INSIDE}${ASIDE}"}
