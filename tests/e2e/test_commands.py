"""The commands of the contract, in the real process and, for the many small cases, through ``main``."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from ast import literal_eval
from pathlib import Path

import pypdf
import pytest

from desktop.cli import main
from desktop.store import Store
from desktop.texts import RESOURCES
from forms.check_code import booklet_code
from forms.checks import check_project
from forms.checks.confirmations import confirm
from forms.documents import Package, parse_path, put
from forms.known_editions import Editions
from forms.package import read_package, write_package
from tests.forms.checks.bases import BASES

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((RESOURCES / "samples").glob("*.json"))
SAMPLE = SAMPLES[0]


def jibiao(*arguments: object, code: int = 0, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would and expect an exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A sample whose first declaration's sums do not add up."""
    package = json.loads(SAMPLE.read_text(encoding="utf-8"))
    form = next(p["declaration"] for p in package["projects"] if "declaration" in p)
    form["funds"]["当年财政拨款"] = "1.00"
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.process
def test_print_carries_the_package_and_import_takes_it_back(tmp_path: Path) -> None:
    out = tmp_path / "表.pdf"
    jibiao("print", SAMPLE, "--out", out, "--booklet")
    assert out.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["表.pdf"]
    data = tmp_path / "data"
    told = jibiao("--data-dir", data, "import", out).stdout
    names = [project.name for project in read_package(SAMPLE, Editions()).projects]
    assert all(name in told for name in names)
    listed = json.loads(jibiao("list", "--data-dir", data, "--json").stdout)["projects"]
    assert [row["name"] for row in sorted(listed, key=lambda row: row["id"])] == names
    back = tmp_path / "back.json"
    jibiao("export", "--data-dir", data, "--all", "--out", back)
    assert json.loads(back.read_text(encoding="utf-8"))["projects"] == json.loads(SAMPLE.read_text())["projects"]


@pytest.mark.process
def test_demo_without_a_display_prints_the_samples(tmp_path: Path) -> None:
    told = jibiao("demo", "--data-dir", tmp_path, env={"QT_QPA_PLATFORM": "offscreen"}).stdout
    assert str(tmp_path / "pdf") in told
    assert len(list((tmp_path / "pdf").glob("*.pdf"))) == len(SAMPLES)


@pytest.mark.process
def test_selftest_in_the_real_process(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    jibiao("selftest", "--window", "--report", report)
    steps = json.loads(report.read_text(encoding="utf-8"))["steps"]
    assert [step["step"] for step in steps if not step["ok"]] == []
    assert "window" in [step["step"] for step in steps]


def test_selftest_tells_a_fault_and_writes_it_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"pyproject.toml": "0" * 64}), encoding="utf-8")
    monkeypatch.setattr("desktop.commands.selftest.MANIFEST", manifest)
    report = tmp_path / "report.json"
    assert main(["selftest", "--step", "files", "--report", str(report)]) == 3
    told = json.loads(report.read_text(encoding="utf-8"))
    assert not told["ok"]
    assert "changed: pyproject.toml" in told["steps"][0]["detail"]
    manifest.write_text(json.dumps({"resources/fonts/none.ttf": "0" * 64}), encoding="utf-8")
    assert main(["selftest", "--step", "files"]) == 3
    assert "missing: resources/fonts/none.ttf" in capsys.readouterr().out


def test_selftest_without_a_console_writes_into_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["--data-dir", str(tmp_path / "新"), "selftest", "--step", "editions", "texts", "fonts"]) == 0
    told = json.loads((tmp_path / "新" / "selftest.json").read_text(encoding="utf-8"))
    assert [step["step"] for step in told["steps"]] == ["editions", "texts", "fonts"]


@pytest.mark.process
def test_a_missing_platform_plugin_is_told_before_qt_ends_the_program(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    jibiao("selftest", "--step", "window", "--report", report, code=3, env={"QT_QPA_PLATFORM": "nowhere"})
    assert "nowhere" in json.loads(report.read_text(encoding="utf-8"))["steps"][0]["detail"]


@pytest.mark.process
def test_a_program_without_its_texts_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "desktop", tmp_path / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    for words in (["list"], ["selftest", "--report", "report.json"]):
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 3
        assert "请重新安装" in done.stderr
        assert "Traceback" not in done.stderr
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert not told["ok"]
    assert "cli.toml" in told["steps"][0]["detail"]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out.strip() == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_a_file_alone_opens_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[Path]] = []
    monkeypatch.setattr("desktop.app.run", lambda _folder, files: opened.append(files) or 0)
    file = tmp_path / "我的 表.jibiao"
    file.touch()
    monkeypatch.chdir(tmp_path)
    assert main([str(file)]) == main(["open", "我的 表.jibiao"]) == 0
    assert opened == [[file], [file]]


def test_help_tells_of_all_commands_and_of_all_that_one_takes(capsys: pytest.CaptureFixture[str]) -> None:
    def told(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 0
        return capsys.readouterr().out

    every = told("--help")
    assert told("-h", "print") == every
    assert "printer-service" not in every
    for name in ("demo", "open", "import", "list", "check", "print", "export", "backup", "pack", "restore", "selftest"):
        assert f"    {name} " in every
        assert f"jibiao {name} " in told(name, "--help")
    assert "--sign-off" in told("print", "-h")


@pytest.mark.process
def test_commands_but_the_window_import_no_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from desktop.cli import main;"
        f"main(['print', {str(SAMPLE)!r}, '--out', {str(tmp_path / 'a.pdf')!r}]);"
        f"main(['check', {str(SAMPLE)!r}]); main(['list', '--data-dir', {str(tmp_path)!r}]);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0


def test_check_tells_findings_as_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(broken), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    hit = next(one for one in found if one["id"] == "M02")
    assert (hit["severity"], hit["form"], hit["where"]) == ("error", "declaration", "funds.年度资金申请总额")
    assert {"message", "source"} <= hit.keys()


def test_check_tells_findings_in_words(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(broken)]) == 1
    assert "〔M02〕" in capsys.readouterr().out


def test_final_refuses_while_an_error_stands(broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.pdf"
    assert main(["print", str(broken), "--out", str(out), "--final"]) == 1
    assert "M02" in capsys.readouterr().err
    assert not out.exists()
    assert main(["print", str(broken), "--out", str(out), "--draft"]) == 0


def test_the_public_version_has_no_check_code(tmp_path: Path) -> None:
    def last_line(*more: object) -> str:
        out = tmp_path / "out.pdf"
        assert main(["print", str(SAMPLE), "--out", str(out), *map(str, more)]) == 0
        return "".join(pypdf.PdfReader(out).pages[0].extract_text().split())[-30:]

    assert "校验码" in last_line()
    assert last_line("--public", "--numbers", "of").rpartition("/")[0].endswith("1")


def test_print_in_installed_faces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop import installed_faces
    from tests.forms.printing.typefaces import font, written

    call = ["print", str(SAMPLE), "--final", "--installed-faces", "--out", str(tmp_path / "out.pdf")]
    monkeypatch.setattr(installed_faces, "folders", lambda: (tmp_path,))
    assert main(call) == 0
    assert "使用已装的字体：（无）" in capsys.readouterr().err
    written(tmp_path, font(chinese="仿宋"), "simfang.ttf")
    assert main(call) == 0
    assert "使用已装的字体：仿宋" in capsys.readouterr().err
    assert b"Ceshi-Regular" in (tmp_path / "out.pdf").read_bytes()


def test_print_into_a_folder_makes_a_file_a_project(tmp_path: Path) -> None:
    folder = tmp_path / "新文件夹"
    assert main(["print", str(SAMPLE), "--out", f"{folder}/"]) == 0
    assert len(list(folder.glob("*.pdf"))) == len(read_package(SAMPLE, Editions()).projects)


def test_projects_of_the_database_are_printed_checked_and_exported(tmp_path: Path) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    assert main([*data, "import", str(SAMPLE)]) == 0
    assert main(["print", *data, "--project", "1", "2", "--out", str(tmp_path / "a.pdf"), "--sign-off"]) == 0
    assert main(["check", *data, "--project", "1"]) in (0, 1)
    assert main(["export", *data, "--project", "1", "--out", str(tmp_path / "a.json")]) == 0
    assert len(read_package(tmp_path / "a.json", Editions()).projects) == 1
    assert main(["export", *data, "--project", "1", "--out", str(tmp_path / "b.pdf")]) == 0
    assert main(["export", *data, "--all", "--out", str(tmp_path / "c.xlsx")]) == 0
    assert main(["import", *data, str(tmp_path / "c.xlsx")]) == 0


def test_backup_and_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    copy = tmp_path / "copy.db"
    assert main([*data, "import", str(SAMPLE)]) == 0
    assert main(["backup", *data, "--out", str(copy)]) == 0
    assert main([*data, "import", str(SAMPLE)]) == 0
    capsys.readouterr()
    assert main(["restore", *data, str(copy)]) == 0
    assert main(["list", *data, "--json"]) == 0
    told = capsys.readouterr().out
    rows = json.loads(told[told.index("{") :])["projects"]
    assert len(rows) == len(read_package(SAMPLE, Editions()).projects)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["print", "nowhere.json", "--out", "x.pdf"], 2, "nowhere.json"),
        (["print", "--out", "x.pdf"], 2, "--project"),
        (["check", "--project", "77"], 2, "77"),
        (["export", "--all", "--out", "x.doc"], 2, ".doc"),
        (["export", "--all", "--out", "x.json"], 1, "没有项目"),
        (["export", "--out", "x.json"], 2, "--all"),
        (["restore", "nowhere.db"], 2, "nowhere.db"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str], code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data-dir", str(tmp_path), *arguments]) == code
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frobnicate"], "frobnicate"),
        (["print", "a.json"], "--out"),
        (["list", "--year", "abc"], "abc"),
        (["print", "a.json", "--out", "b", "--final", "--draft"], "--"),
    ],
)
def test_a_wrong_call_is_said_in_chinese(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("命令有误")
    assert words in told


def test_output_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", str(SAMPLE), "--out", str(tmp_path / "no" / "a.pdf")]) == 3
    assert "不存在" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"not json at all", "x.json"),
        (b"%PDF-1.4 but nothing else", "x.json"),
        (b'{"format": "jibiao-package", "version": 2, "projects": []}', "升级"),
        (b'{"format": "jibiao-package", "version": 1, "version": 1, "projects": []}', "version"),
        (b"[" * 10_000, "x.json"),
        (b'{"format": "jibiao-package", "version": NaN}', "x.json"),
        (b" " * 20_000_001, "20"),
    ],
)
def test_hostile_files_are_refused_whole(
    data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    assert main(["--data-dir", str(tmp_path / "data"), "import", str(path)]) == 2
    assert words in capsys.readouterr().err
    assert main(["--data-dir", str(tmp_path / "data"), "export", "--all", "--out", str(tmp_path / "y.json")]) == 1


def test_markup_and_formulas_print_and_come_back_as_typed(tmp_path: Path) -> None:
    package = json.loads(SAMPLE.read_text(encoding="utf-8"))
    form = next(p["declaration"] for p in package["projects"] if "declaration" in p)
    form["annual_goal"] = "<b>甲</b>&amp;<=30天 =SUM(A1) 完成率达到百分之九十以上，{x} %s \\n"
    path, out = tmp_path / "in.json", tmp_path / "out.pdf"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert main(["print", str(path), "--out", str(out)]) == 0
    data = ["--data-dir", str(tmp_path / "data")]
    assert main([*data, "import", str(out)]) == 0
    assert main([*data, "export", "--all", "--out", str(tmp_path / "back.json")]) == 0
    assert json.loads((tmp_path / "back.json").read_text(encoding="utf-8"))["projects"] == package["projects"]


def test_places_in_json_are_named_as_in_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = json.loads(SAMPLE.read_text(encoding="utf-8"))
    form = next(p["declaration"] for p in package["projects"] if "declaration" in p)
    form["indicators"][1]["value"] = "-5%"
    path = tmp_path / "in.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert main(["check", str(path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["where"] for one in found if one["id"] == "V06"] == ["indicators[1].value"]


def test_several_files_are_one_set_without_the_booklet_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", *map(str, SAMPLES), "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert not [one for one in found if one["form"] == "booklet"]


def test_check_tells_what_was_confirmed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = put(BASES["申2025"](), parse_path("declaration.indicators[3].target"), "≥240.00")
    (finding,) = check_project(base, Editions())
    path = tmp_path / "x.json"
    for note, shown in {"": finding.message, "按人计": f"{finding.message}（说明：按人计）"}.items():
        path.write_bytes(write_package(Package((confirm(base, finding, note).apply(base),))))
        assert main(["check", str(path)]) == 0
        told = capsys.readouterr()
        assert told.out == f"▽ 已确认〔V02〕居民技能培训：{shown}\n"
        assert "0 个待确认" in told.err
        assert "另有 1 个已经确认。" in told.err
        assert main(["check", str(path), "--json"]) == 0
        (one,) = json.loads(capsys.readouterr().out)["findings"]
        assert (one["severity"], one["confirmed"], one["note"]) == ("confirm", True, note)


def test_check_writes_a_report(broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("报告.txt", "报告.PDF"):
        assert main(["check", str(broken), "--report", str(tmp_path / name)]) == 1
        assert name in capsys.readouterr().err
    words = (tmp_path / "报告.txt").read_text(encoding="utf-8-sig")
    assert words.startswith("绩效目标校验报告\n\n一、检查范围\n检查时间：20")
    assert "〔错误〕M02 申报表：" in words
    assert (tmp_path / "报告.PDF").read_bytes().startswith(b"%PDF")
    for name, ending in {"报告.doc": "“.doc”", "报告": "“（无）”"}.items():
        assert main(["check", str(broken), "--report", str(tmp_path / name)]) == 2
        assert ending in capsys.readouterr().err
    assert main(["check", str(broken), "--report", str(tmp_path / "none" / "x.txt")]) == 3


def ids_of(*arguments: object, code: int = 0) -> set[str]:
    done = jibiao("check", *arguments, "--json", code=code)
    return {one["id"] for one in json.loads(done.stdout)["findings"]}


@pytest.mark.process
def test_check_with_rules_switched(tmp_path: Path) -> None:
    sample, report = RESOURCES / "samples" / "produce-testing-2026.json", tmp_path / "r.txt"
    usual = ids_of(sample)
    off = min(usual)
    assert ids_of(sample, "--rules-off", off, "--report", report) == usual - {off}
    assert f"已关闭的规则：{off}" in report.read_text(encoding="utf-8-sig")
    assert usual <= ids_of(sample, "--rules-on", "B12", "B05", "I08")
    assert "没有编号为“X99”的规则" in jibiao("check", sample, "--rules-off", "X99", code=2).stderr
    assert "M02 是错误级别" in jibiao("check", sample, "--rules-off", "M02", code=2).stderr


@pytest.mark.process
def test_projects_are_checked_by_the_rules_of_their_folder(tmp_path: Path) -> None:

    folder = tmp_path / "data"
    jibiao("import", RESOURCES / "samples" / "produce-testing-2026.json", "--data-dir", folder)
    numbers = [one["id"] for one in json.loads(jibiao("list", "--json", "--data-dir", folder).stdout)["projects"]]
    chosen = ("--project", *numbers, "--data-dir", folder)
    usual = ids_of(*chosen)
    off = min(usual)
    with Store.open(folder) as store:
        store.set_setting("rules", {off: False})
    assert ids_of(*chosen) == usual - {off}
    assert ids_of(*chosen, "--rules-on", off) == usual


def test_final_prints_are_kept_as_final_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.texts import RESOURCES
    from forms.edits import set_text

    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["import", str(RESOURCES / "samples" / "produce-testing-2026.json"), *data]) == 0
    call = ["print", "--project", "1", "2", "--final", "--out", str(tmp_path / "a.pdf"), *data]
    capsys.readouterr()
    assert main(call) == 0
    told = capsys.readouterr().err
    assert "第1稿已定稿" in told
    assert "没有登记定稿" in told  # something is to be confirmed first
    with Store.open(tmp_path / "data") as store:
        (copy,) = store.final_copies()
        project = store.load(copy.project_id).project
        edit = set_text(project, "declaration.fields.主管部门", "示例局二", "")
        store.append(copy.project_id, edit, 0)
    assert main(call) == 0
    assert "第2稿已定稿" in capsys.readouterr().err
    assert main(call) == 0
    assert "与第2稿完全相同" in capsys.readouterr().err
    with Store.open(tmp_path / "data") as store:
        second, _ = store.final_copies()
        assert "改为“示例局二”" in store.frozen(second.id).differences[0]


def test_a_booklet_of_the_database_can_be_looked_up(tmp_path: Path) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["import", str(SAMPLE), *data]) == 0
    call = ["print", "--project", "1", "--booklet", "--out", str(tmp_path / "a.pdf"), *data]
    assert main([*call, "--public"]) == 0  # without a code there is nothing to look up
    assert main(call) == 0
    with Store.open(tmp_path / "data") as store:
        bound = store.bound(booklet_code(Package((store.load(1).project,))))
        assert bound is not None
        assert bound.projects == (1,)


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
def test_a_long_print_says_how_far_it_is_and_can_be_called_off(tmp_path: Path) -> None:
    projects = read_package(SAMPLE, Editions()).projects
    many, out = tmp_path / "many.json", tmp_path / "many.pdf"
    many.write_bytes(write_package(Package((*projects, *projects) * 300)))
    # Whoever started the tests may have had Ctrl+C ignored, and a child inherits that.
    listen = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    start = f"{listen}; runpy.run_module('desktop', run_name='__main__')"
    command = [sys.executable, "-c", start, "print", str(many), "--out", str(out)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8") as running:
        assert running.stderr is not None
        first = running.stderr.readline()
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
    assert first.startswith("已排版 50/")
    assert rest.strip().splitlines()[-1] == "已按要求中止。"
    assert running.returncode == 3
    assert [path.name for path in tmp_path.iterdir()] == ["many.json"]


@pytest.mark.process
def test_the_print_of_a_declaration_loads_nothing_that_takes_long_and_is_not_needed(tmp_path: Path) -> None:
    script = "import sys; from desktop.__main__ import start; start(); print([k for k, v in sys.modules.items() if v])"
    sample = RESOURCES / "samples" / "produce-testing-2026.json"
    command = [sys.executable, "-c", script, "print", str(sample), "--out", str(tmp_path / "a.pdf")]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, env=bare)
    loaded = set(literal_eval(told.stdout))
    assert loaded > {"desktop.cli", "forms.printing", "reportlab.pdfbase.pdfdoc"}
    unneeded = {"_hashlib", "ast", "dataclasses", "inspect", "pickle", "platform", "sqlite3"}
    if sys.version_info < (3, 12):  # since then what is put off has a lock
        unneeded.add("threading")
    assert loaded & {*unneeded, "openpyxl", "PIL.TiffTags", "PySide6"} == set()
