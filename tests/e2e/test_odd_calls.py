"""Calls that are legal and odd: nothing to print, files that are none, outputs that are no files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.exchange.writing import WriteError, write_file
from desktop.texts import RESOURCES

ROOT = Path(__file__).parents[2]
SAMPLE = min((RESOURCES / "samples").glob("*.json"))


@pytest.fixture
def half_empty(tmp_path: Path) -> Path:
    """A package with a project that has neither form nor narrative, and one that has all."""
    package = json.loads(SAMPLE.read_text(encoding="utf-8"))
    package["projects"] = [{}, package["projects"][0]]
    path = tmp_path / "half.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.json"
    path.write_text('{"format": "jibiao-package", "version": 1, "projects": [{}]}', encoding="utf-8")
    return path


def test_a_project_without_anything_makes_no_pdf_without_pages(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    out = tmp_path / "out.pdf"
    assert main(["print", str(empty), "--out", str(out)]) == 1
    assert main(["print", str(empty), "--out", f"{tmp_path / 'folder'}/"]) == 1
    assert main(["import", str(empty), *data]) == 0
    assert main(["export", "--all", "--out", str(out), *data]) == 2
    assert not out.exists()
    assert list((tmp_path / "folder").iterdir()) == []
    assert "没有可打印的" in capsys.readouterr().err


def test_in_a_folder_only_what_has_pages_is_written(
    half_empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder"
    assert main(["print", str(half_empty), "--out", f"{folder}/"]) == 0
    assert [path.name[:2] for path in folder.iterdir()] == ["2 "]
    assert "第1个项目" in capsys.readouterr().err


def test_an_output_without_a_name_is_a_wrong_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["print", str(SAMPLE), "--out", ""]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["nowhere.db", "nowhere.jbpack", "no.db", "no.jbpack"])
def test_what_is_no_backup_is_a_wrong_call_and_nothing_changes(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["import", str(SAMPLE), *data]) == 0
    before = (tmp_path / "data" / "jibiao.db").read_bytes()
    if name.startswith("no."):
        (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    capsys.readouterr()
    assert main(["restore", str(tmp_path / name), *data]) == 2
    told = capsys.readouterr().err
    assert name in told
    assert "移到别处" not in told
    assert (tmp_path / "data" / "jibiao.db").read_bytes() == before


def test_a_damaged_data_folder_is_the_environment_when_a_good_backup_comes_back(tmp_path: Path) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["import", str(SAMPLE), *data]) == 0
    assert main(["backup", "--out", str(tmp_path / "copy.db"), *data]) == 0
    (tmp_path / "data" / "jibiao.db").unlink()
    (tmp_path / "data" / "jibiao.db").mkdir()
    assert main(["restore", str(tmp_path / "copy.db"), *data]) == 3


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"\xff\x00 no PDF", "不是.pdf文件"),
        ("a.xlsx", b"\xff\x00 no workbook", "不是.xlsx文件"),
        ("a.pdf", b"%PDF-1.7\ntrailer << /Encrypt 3 0 R >>", "有密码"),
        ("a.pdf", b"%PDF-1.7\n", "没有随附的表格数据"),
        ("a.json", b"\xff\x00", "UTF-8"),
        ("a.json", b"hello", "JSON"),
    ],
)
def test_a_file_that_is_none_is_told_by_what_it_is_named(
    name: str, content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["check", str(tmp_path / name)]) == 2
    told = capsys.readouterr().err
    assert name in told
    assert words in told


def test_a_package_is_read_whatever_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"\xef\xbb\xbf" + SAMPLE.read_bytes())
    assert main(["check", str(tmp_path / "a.pdf")]) == 0


def test_importing_nothing_is_nothing_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.json"
    path.write_text('{"format": "jibiao-package", "version": 1, "projects": []}', encoding="utf-8")
    assert main(["import", str(path), "--data-dir", str(tmp_path / "data")]) == 1
    assert "没有项目" in capsys.readouterr().err


def test_a_character_that_no_face_has_is_told_when_it_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = json.loads(SAMPLE.read_text(encoding="utf-8"))
    package["projects"][0]["declaration"]["annual_goal"] += "🀄"
    (tmp_path / "a.json").write_text(json.dumps(package), encoding="utf-8")
    assert main(["print", str(tmp_path / "a.json"), "--out", str(tmp_path / "a.pdf")]) == 0
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if "🀄" in line and "年度总体目标" in line and "〓" in line] == told[:1]


def test_files_may_stand_behind_the_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = json.loads(SAMPLE.read_text(encoding="utf-8"))
    package["projects"][0]["declaration"]["annual_goal"] = "短"
    (tmp_path / "a.json").write_text(json.dumps(package), encoding="utf-8")
    assert main(["check", str(tmp_path / "a.json"), "--rules-off", "G04"]) == 0
    before = capsys.readouterr().out
    assert "G03" in before
    assert main(["check", "--rules-off", "G04", str(tmp_path / "a.json")]) == 0
    assert capsys.readouterr().out == before
    assert main(["check", "--rules-on", "G02.single", "--rules-off", "G04", str(tmp_path / "a.json")]) == 0
    assert main(["check", str(tmp_path / "a.json"), "--rules-off", "Z99"]) == 2


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
@pytest.mark.parametrize("is_pdf", [True, False])
def test_a_package_or_a_pdf_comes_out_of_a_pipe(tmp_path: Path, *, is_pdf: bool) -> None:
    content = SAMPLE.read_bytes()
    if is_pdf:
        assert main(["print", str(SAMPLE), "--out", str(tmp_path / "a.pdf")]) == 0
        content = (tmp_path / "a.pdf").read_bytes()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(content))
    writer.start()
    assert main(["check", str(pipe)]) == 0
    writer.join(10)
    assert not writer.is_alive()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"all of it")
    reader.join(10)
    assert got == [b"all of it"]
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a device that is always full is needed")
def test_a_full_device_is_told_and_left_as_it_is() -> None:
    with pytest.raises(WriteError, match="磁盘空间不足"):
        write_file(Path("/dev/full"), b"x")
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a device that is always full is needed")
def test_results_that_cannot_be_told_end_in_a_sentence(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "list", "--json", "--data-dir", str(tmp_path)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.splitlines() == ["磁盘空间不足，没有完成。请清理磁盘后再试。"]


@pytest.mark.parametrize("words", [["list", "--json"], ["check", str(SAMPLE), "--json"]])
def test_whoever_stops_reading_hears_no_complaint(tmp_path: Path, words: list[str]) -> None:
    command = [sys.executable, "-m", "desktop", *words, "--data-dir", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read().decode()
    assert running.returncode == 0
    assert "Exception" not in told
    assert "没有完成" not in told
