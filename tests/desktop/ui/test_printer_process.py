"""The process that prints: the real one, whose paper is a PDF; killed, stopped and left alone, it harms nobody."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMessageBox

from desktop import printer_process
from desktop.commands.common import Exit
from desktop.commands.printer_service import serve
from desktop.presenters.printing import Device
from desktop.printer_process import PrinterProcess, ProcessLost
from desktop.ui import print_jobs, printer, printer_service
from desktop.ui.dialogs.printing import PrintDialog
from desktop.ui.jobs import Job
from desktop.ui.print_jobs import Part, PrinterError, Sent, facts_of, to_printer
from desktop.ui.printer import PrintError, pictures, play
from forms.documents import Narrative, Package, Project, Section
from forms.known_editions import Editions
from forms.printing import print_package
from forms.printing.trial_page import print_trial_page
from tests.desktop.ui.test_printer import NAME, always, compare, in_print, office, said
from tests.robot.window import Robot

__all__ = ["office"]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the signals of POSIX")
PAGE = print_trial_page()


def job() -> Job:
    return Job(lambda _job: None, lambda _found: None, None, "", "", lambda *_more: None)


def page(_report: object) -> bytes:
    return PAGE


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[PrinterProcess]]:
    """Every process that is started; at the end none is left, and nothing of what it was given."""
    found: list[PrinterProcess] = []
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    class Noted(PrinterProcess):
        def __init__(self, wanted: Callable[[], bool]) -> None:
            super().__init__(wanted)
            found.append(self)

    monkeypatch.setattr(print_jobs, "PrinterProcess", Noted)
    yield found
    assert all(one.process.returncode is not None for one in found)
    assert not list(scratch.iterdir())


def test_one_process_prints_and_answers_again_and_again(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with PrinterProcess(lambda: True) as process:
        for number in (1, 2):
            out = tmp_path / f"{number}.pdf"
            answer = process.print(PAGE, "测试页", Device(), lambda *of: told.append(of), file=str(out), dots=300)
            assert answer == {"pages": 1, "fitted": False}
            assert max(compare(PAGE, out, tmp_path)) < 14
        facts = process.facts(NAME)
        assert facts is not None
        assert facts.name == NAME
        assert facts.resolution > 0
        assert "as_set" in facts.duplex
    assert told == [(1, 1), (1, 1)]
    assert process.process.returncode == 0


def test_a_printer_is_asked_aside(processes: list[PrinterProcess], monkeypatch: pytest.MonkeyPatch) -> None:
    assert facts_of(job(), NAME).name == NAME
    assert len(processes) == 1
    nobody = job()
    nobody.cancel()
    assert facts_of(nobody, NAME).resolution == 600  # what a usual one has
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert facts_of(job(), NAME).resolution == 600


def test_what_is_called_off_before_it_is_sent_is_never_sent(processes: list[PrinterProcess], tmp_path: Path) -> None:
    out, wanted = tmp_path / "out.pdf", [True]
    with print_jobs.PrinterProcess(lambda: wanted[0]) as process:
        answer = process.print(
            _many(30), "册", Device(), lambda made, _of: wanted.__setitem__(0, made < 2), file=str(out), dots=600
        )
        assert answer is None
    assert not out.exists()
    assert processes[0].process.returncode == 0  # it ended by itself


def _many(count: int) -> bytes:
    """A narrative of many pages."""
    text = "\n".join("按要求完成年度任务。" * 60 for _ in range(count))
    return print_package(Package((Project(Narrative((Section("一、项目概述", text),))),)), Editions()).pdf


@POSIX
def test_a_process_that_hangs_is_ended(
    processes: list[PrinterProcess], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_process, "GRACE_SECONDS", 0.2)
    wanted = [True]

    def hang(_made: int, _of: int) -> None:
        os.kill(processes[0].process.pid, signal.SIGSTOP)
        wanted[0] = False

    with print_jobs.PrinterProcess(lambda: wanted[0]) as process:
        assert process.print(_many(5), "册", Device(), hang, file=str(tmp_path / "out.pdf"), dots=300) is None
    assert process.process.returncode == -signal.SIGKILL


@POSIX
def test_a_process_that_hangs_while_it_is_dismissed_is_ended(
    processes: list[PrinterProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_process, "GRACE_SECONDS", 0.2)
    with print_jobs.PrinterProcess(lambda: True) as process:
        os.kill(process.process.pid, signal.SIGSTOP)
    assert process.process.returncode == -signal.SIGKILL
    assert len(processes) == 1


@POSIX
def test_a_crash_is_told_and_the_next_print_goes_on(
    with_samples: Robot, office: list[tuple[Device, Path]], processes: list[PrinterProcess]
) -> None:
    robot, told = with_samples, list[str]()

    def crash(_job: object, _made: int, _total: int) -> None:
        os.kill(processes[-1].process.pid, signal.SIGSEGV)

    robot.bench.long_jobs.progressed.connect(crash, Qt.ConnectionType.DirectConnection)

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.buttons()[0].click()

    robot.in_dialog(QMessageBox, read, then=lambda: in_print(robot, lambda dialog: dialog.go.click()))
    assert told[0].startswith("打印没有完成：负责打印的程序意外结束")
    assert not office[0][1].exists()
    robot.bench.long_jobs.progressed.disconnect(crash)
    in_print(robot, lambda dialog: dialog.go.click())
    robot.wait(lambda: "已送出" in said(robot))
    assert office[1][1].exists()
    assert len(processes) == 2


def test_closing_the_window_ends_the_process(
    with_samples: Robot,
    office: list[tuple[Device, Path]],
    processes: list[PrinterProcess],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    robot = with_samples
    monkeypatch.setattr(print_jobs, "paper_of", lambda _device: (str(tmp_path / "out.pdf"), 1200))
    robot.do("select_all")
    robot.in_dialog(PrintDialog, lambda dialog: dialog.go.click(), then=lambda: robot.do("print"))
    robot.wait(lambda: bool(processes))
    assert processes[0].process.poll() is None
    robot.close()
    assert processes[0].process.returncode is not None
    assert not office


def test_it_ends_by_itself_where_its_starter_is_gone() -> None:
    with PrinterProcess(lambda: True) as process:
        assert process.process.stdin is not None
        process.process.stdin.close()
        assert process.process.wait(30) == 0


def test_what_is_no_request_ends_it() -> None:
    with PrinterProcess(lambda: True) as process:
        assert process.process.stdin is not None
        process.process.stdin.write(b"print\n")
        process.process.stdin.flush()
        assert process.process.wait(30) == 0


def test_a_program_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(PrinterError, match="启动不了"):
        to_printer(job(), [Part("产业调研", 1, page)], Device(NAME))


def test_a_process_gone_before_it_is_asked_is_lost() -> None:
    with PrinterProcess(lambda: True) as process:
        process.process.kill()
        process.process.wait()
        for _ in range(2):  # the pipe may still take the first line
            with pytest.raises(ProcessLost):
                process.facts(NAME)


def test_no_place_for_what_is_printed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(PrinterError, match="临时文件写不进去"):
        to_printer(job(), [Part("产业调研", 1, page)], Device(NAME))


# ---------------------------------------------------------------- what the process does


class Jams(QPrinter):
    """Takes one page."""

    def newPage(self) -> bool:  # noqa: N802 - Qt's own name
        return False


@pytest.fixture
def jammed(tmp_path: Path) -> QPrinter:
    made = Jams(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "x.pdf"))
    made.setResolution(300)
    return made


def test_a_printer_that_breaks_off_names_the_page(jammed: QPrinter) -> None:
    with pytest.raises(PrintError) as told:
        play(pictures(_many(3), 300, always), jammed, Device(), always)
    assert told.value.page == 2


def test_a_job_that_breaks_off_names_page_and_project(
    jammed: QPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_service, "open_printer", lambda *_more: jammed)
    path = tmp_path / "册.pdf"
    path.write_bytes(_many(3))
    request = {"pdf": str(path), "name": "册", "device": {}, "file": "", "dots": 0}
    told: list[dict[str, int]] = []
    answer = printer_service._printed(request, lambda: True, told.append)
    assert answer == {"broken": 2}
    assert told[-1]["made"] == told[-1]["of"] > 2
    assert not path.exists()
    words = str(print_jobs._in_words(answer["broken"], Part("产业调研", 1, page), Device(NAME)))
    assert "打印到第 2 页" in words
    assert words.endswith("产业调研。")


def test_without_streams_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert serve(Namespace()) is Exit.INPUT


def test_no_such_page_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_jobs, "paper_of", lambda _device: (str(tmp_path / "x.pdf"), 300))
    with pytest.raises(PrinterError, match="没有要印的页"):
        to_printer(job(), [Part("产业调研", 1, page)], Device(NAME, pages="9"))
    assert to_printer(job(), [Part("产业调研", 1, page)], Device(NAME)) == Sent(1, 1, fitted=False)


def test_settings_travel_whole() -> None:
    device = Device(NAME, "lower", "long_side", "percent", 99.5, 1.0, -2.0, 3, "1-3,5")
    assert Device(**json.loads(json.dumps(asdict(device)))) == device
    assert printer.open_printer(device, "x").docName() == "x"
