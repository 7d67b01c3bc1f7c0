"""The printer: real pages through a real QPrinter whose paper is a PDF; what is told where it cannot print."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QLabel, QMessageBox, QWidget

from desktop.presenters.printing import Device, PrinterFacts
from desktop.ui import print_jobs, printer
from desktop.ui.commands import output
from desktop.ui.dialogs.printing import PrintDialog, Target
from desktop.ui.printer import Picture, PrintError, fits, paper_of, pictures, play
from forms.printing.trial_page import print_trial_page
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs

NAME = "财务室"
FINE, LOOK = QSize(2480, 3508), QSize(310, 438)
"""Dots that a page is drawn with, 300 an inch, and that are compared: hairlines fall this way or that."""
SAME, OTHER = 14, 20
"""A page printed by way of dots differs less than the one, a page moved by half a millimetre more than the other."""


def pdf_printer(out: Path, resolution: int = 600) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(out))
    made.setResolution(resolution)
    return made


def always(*_more: int) -> bool:
    return True


def look(document: QPdfDocument, page: int) -> QImage:
    """A page on white paper, as grey as its ink makes it."""
    wide = document.pagePointSize(page).width() > document.pagePointSize(page).height()
    fine, small = (FINE.transposed(), LOOK.transposed()) if wide else (FINE, LOOK)
    drawn = QImage(fine, QImage.Format.Format_Grayscale8)
    drawn.fill(0xFFFFFFFF)
    painter = QPainter(drawn)
    painter.drawImage(0, 0, document.render(page, fine))
    painter.end()
    return drawn.scaled(small, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def difference(one: QImage, other: QImage) -> float:
    """Mean difference of two pictures, 0 to 255, in the tenth of their rows where it is greatest."""
    a, b = bytes(one.constBits()), bytes(other.constBits())
    width = one.bytesPerLine()
    rows = [
        sum(abs(x - y) for x, y in zip(a[at : at + width], b[at : at + width], strict=True)) / width
        for at in range(0, len(a), width)
    ]
    worst = sorted(rows)[-len(rows) // 10 :]
    return sum(worst) / len(worst)


def compare(source: bytes, printed: Path, tmp_path: Path) -> list[float]:
    path = tmp_path / "source.pdf"
    path.write_bytes(source)
    before, after = QPdfDocument(), QPdfDocument()
    before.load(str(path))
    after.load(str(printed))
    assert after.pageCount() == before.pageCount()
    found = []
    for page in range(before.pageCount()):
        assert abs(before.pagePointSize(page).width() - after.pagePointSize(page).width()) < 1
        found.append(difference(look(before, page), look(after, page)))
    before.close()
    after.close()
    return found


@pytest.fixture
def paper(with_samples: Robot) -> bytes:
    source = with_samples.window.paper.source.paper
    assert source is not None
    assert len(source.sizes) > 1
    return source.pdf


@pytest.mark.parametrize("resolution", [300, 1200])
def test_printed_pages_are_the_pages(paper: bytes, tmp_path: Path, resolution: int) -> None:
    out = tmp_path / "printed.pdf"
    target = pdf_printer(out, resolution)
    assert play(pictures(paper, target.resolution(), always), target, Device(), always)
    found = compare(paper, out, tmp_path)
    assert max(found) < SAME, found


@pytest.mark.parametrize("device", [Device(scaling="percent", percent=99.5), Device(right=0.5)])
def test_another_size_or_place_is_seen(tmp_path: Path, device: Device) -> None:
    """So the comparison can tell a page that is half a per cent smaller, or moved by half a millimetre."""
    out = tmp_path / "printed.pdf"
    target = pdf_printer(out, 300)
    play(pictures(print_trial_page(), 300, always), target, device, always)
    assert max(compare(print_trial_page(), out, tmp_path)) > OTHER


def test_strips_make_the_page_without_a_seam(paper: bytes) -> None:
    (tall,) = pictures(print_trial_page(), 300, always)
    assert sum(rows for rows, *_ in tall.strips) == tall.height
    whole = b"".join(zlib.decompress(packed) for *_, packed in tall.strips)
    document, buffer = printer._open(print_trial_page())
    drawn = QImage(tall.width, tall.height, QImage.Format.Format_Grayscale8)
    drawn.fill(0xFFFFFFFF)
    painter = QPainter(drawn)
    painter.drawImage(0, 0, document.render(0, drawn.size()))
    painter.end()
    plain = bytes(drawn.constBits())
    assert len(whole) == len(plain)
    assert max(abs(x - y) for x, y in zip(whole, plain, strict=True)) < 8
    document.close()
    buffer.close()


def test_a_page_is_cut_where_nothing_stands(paper: bytes) -> None:
    calm = []
    for page in pictures(paper, 600, always):
        rows = [zlib.decompress(packed) for *_, packed in page.strips]
        lines = [line for _, line, *_ in page.strips]
        assert max(count for count, *_ in page.strips) <= 256
        for above, below, line in zip(rows, rows[1:], lines, strict=False):
            calm.append(above[-line:][: page.width] == below[: page.width])
    assert sum(calm) > 0.9 * len(calm)


def test_colours_are_kept(tmp_path: Path) -> None:
    source, out = tmp_path / "seal.pdf", tmp_path / "printed.pdf"
    writer = QPdfWriter(str(source))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    painter.fillRect(QRectF(1000, 1000, 3000, 3000), QColor(200, 0, 0))
    painter.end()
    (page,) = pictures(source.read_bytes(), 300, always)
    assert {kind for _, _, kind, _ in page.strips} == {QImage.Format.Format_RGB888}
    target = pdf_printer(out, 300)
    play([page], target, Device(), always)
    printed = QPdfDocument()
    printed.load(str(out))
    drawn = printed.render(0, FINE)
    inside = [drawn.pixelColor(x, 1000) for x in range(drawn.width())]
    assert any(colour.red() > 180 and colour.green() < 40 and colour.alpha() for colour in inside)
    printed.close()


def test_landscape_pages_lie_across(tmp_path: Path) -> None:
    from forms.documents import Package
    from forms.known_editions import Editions
    from forms.printing import PrintOptions, print_package
    from tests.forms.checks.bases import BASES

    both = Package((BASES["申2025"](), BASES["评2022"]()))
    source = print_package(both, Editions(), PrintOptions(landscape_evaluation=True)).pdf
    out = tmp_path / "printed.pdf"
    target = pdf_printer(out, 300)
    assert play(pictures(source, 300, always), target, Device(), always)
    boxes = [page.mediabox for page in PdfReader(out).pages]
    assert {box.width > box.height for box in boxes} == {True, False}
    assert max(compare(source, out, tmp_path)) < SAME


def test_odd_paper_is_fitted(paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer that has but one size of paper keeps it."""
    out = tmp_path / "printed.pdf"
    target = pdf_printer(out, 300)
    target.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    monkeypatch.setattr(target, "setPageSize", lambda _size: False, raising=False)
    pages = pictures(paper, 300, always)

    class Stubborn:
        """Lets everything through but another size."""

        def __getattr__(self, name: str) -> object:
            return (lambda _size: False) if name == "setPageSize" else getattr(target, name)

    printer._turn(Stubborn(), pages[0])  # type: ignore[arg-type]
    assert not fits(target, pages[0])
    size, reach = paper_of(target)
    assert round(size[0]) == 148
    assert reach.width <= size[0]


def test_called_off_before_anything_is_sent(paper: bytes) -> None:
    asked: list[tuple[int, int]] = []

    def stop(made: int, of: int) -> bool:
        asked.append((made, of))
        return made < 2

    assert pictures(paper, 300, stop) is None
    assert len(asked) == 2


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)  # Qt's own word for it
def test_a_printer_that_does_not_begin_is_told(tmp_path: Path, paper: bytes) -> None:
    target = pdf_printer(tmp_path / "nowhere" / "printed.pdf", 300)
    with pytest.raises(PrintError) as told:
        play(pictures(paper, 300, always), target, Device(), always)
    assert told.value.page == 0


# ---------------------------------------------------------------- in the window


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Device, Path]]:
    """A computer with one printer; each job that it takes becomes a file."""
    jobs: list[tuple[Device, Path]] = []

    def paper_of(device: Device) -> tuple[str, int]:
        out = tmp_path / f"job {len(jobs) + 1}.pdf"
        jobs.append((device, out))
        return str(out), 300

    monkeypatch.setattr(printer, "printer_names", lambda: [NAME, "走廊"])
    facts = ("as_set", "one_sided")
    monkeypatch.setattr(output, "facts_of", lambda _job, name: PrinterFacts(name, 300, facts))
    monkeypatch.setattr(print_jobs, "paper_of", paper_of)
    return jobs


def in_print(robot: Robot, act: Callable[[PrintDialog], None], action: str = "print") -> None:
    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintDialog)
        act(dialog)

    robot.in_dialog(PrintDialog, do, then=lambda: robot.do(action))
    robot.settle()


def choose(box: object, key: str) -> None:
    box.setCurrentIndex(box.findData(key))  # type: ignore[attr-defined]


def said(robot: Robot) -> str:
    return robot.shell.statusBar().currentMessage()


def test_the_open_project_goes_to_the_printer(
    with_samples: Robot, office: list[tuple[Device, Path]], tmp_path: Path
) -> None:
    robot = with_samples
    source = robot.window.paper.source.paper
    assert source is not None

    def first(dialog: PrintDialog) -> None:
        assert dialog.target == "printer"
        assert not dialog.targets["folder"].isVisible()
        robot.wait(lambda: dialog.advice.text() == "")
        choose(dialog.device_box.tray, "lower")
        choose(dialog.device_box.duplex, "long_side")
        assert "没有报告能双面打印" in dialog.advice.text()
        dialog.device_box.printer.setCurrentIndex(1)
        dialog.device_box.copies.setValue(3)
        dialog.go.click()

    in_print(robot, first)
    robot.wait(lambda: "已送出" in said(robot))
    assert said(robot) == f"已送出 1 个项目，共 {len(source.sizes)} 页。"
    ((device, out),) = office
    assert device == Device("走廊", "lower", "long_side", copies=3)
    assert max(compare(source.pdf, out, tmp_path)) < SAME

    def again(dialog: PrintDialog) -> None:
        assert dialog.device == replace(device, copies=1)
        dialog.reject()

    in_print(robot, again)
    assert len(office) == 1


def test_some_pages_only(with_samples: Robot, office: list[tuple[Device, Path]]) -> None:
    robot = with_samples
    source = robot.window.paper.source.paper
    assert source is not None

    def even(dialog: PrintDialog) -> None:
        pages = dialog.device_box.pages
        pages.setEditText("第二页")
        robot.wait(lambda: "看不懂要印哪些页" in dialog.advice.text())
        assert not dialog.go.isEnabled()
        pages.setEditText("偶数页")
        assert dialog.device.pages == "even"
        dialog.go.click()

    in_print(robot, even)
    robot.wait(lambda: "已送出" in said(robot))
    assert len(PdfReader(office[0][1]).pages) == len(source.sizes) // 2

    def beyond(dialog: PrintDialog) -> None:
        assert dialog.device.pages == "all"
        dialog.device_box.pages.setEditText("99")
        dialog.go.click()

    told: list[str] = []

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.buttons()[0].click()

    robot.in_dialog(QMessageBox, read, then=lambda: in_print(robot, beyond))
    assert told[0].startswith("没有要印的页")
    assert len(office) == 2
    assert not office[1][1].exists()


def test_each_edition_remembers_its_own(with_samples: Robot, office: list[tuple[Device, Path]]) -> None:
    robot = with_samples

    def scaled(dialog: PrintDialog) -> None:
        choose(dialog.device_box.scaling, "percent")
        dialog.device_box.percent.setValue(101.5)
        dialog.device_box.down.setValue(-2)
        robot.wait(lambda: "101.5%" in dialog.advice.text())
        dialog.go.click()

    in_print(robot, scaled)
    robot.open("群众文艺创作与展演")

    def other(dialog: PrintDialog) -> None:
        assert dialog.device == Device(NAME)
        dialog.reject()

    in_print(robot, other)
    robot.open("科普体验馆运行维护")

    def same(dialog: PrintDialog) -> None:
        assert dialog.device.percent == 101.5
        assert dialog.device.down == -2
        dialog.reject()

    in_print(robot, same)
    assert office[0][0].scaling == "percent"


def test_a_batch_is_a_job_a_project(with_samples: Robot, office: list[tuple[Device, Path]]) -> None:
    robot = with_samples
    robot.window.projects.filter.setText("示例区科普")
    robot.do("select_all")
    count = len(robot.listed())
    assert 2 < count < 8

    def loose(dialog: PrintDialog) -> None:
        assert dialog.content_box.booklet.isChecked()
        dialog.content_box.booklet.setChecked(False)
        dialog.go.click()

    in_print(robot, loose)
    robot.wait(lambda: "已送出" in said(robot))
    assert len(office) == count
    pages = sum(len(PdfReader(out).pages) for _, out in office)
    assert said(robot) == f"已送出 {count} 个项目，共 {pages} 页。"


def test_a_batch_called_off_leaves_whole_jobs_only(with_samples: Robot, office: list[tuple[Device, Path]]) -> None:
    robot = with_samples
    robot.do("select_all")

    def off(job: object, made: int, _total: int) -> None:
        if made == 2:
            job.cancel()  # type: ignore[attr-defined]

    robot.bench.long_jobs.progressed.connect(off, Qt.ConnectionType.DirectConnection)

    def loose(dialog: PrintDialog) -> None:
        dialog.content_box.booklet.setChecked(False)
        dialog.go.click()

    in_print(robot, loose)
    robot.wait(lambda: "已停止" in said(robot))
    assert said(robot) == "已停止：前 2 个项目已完整送出，其余没有打印。"
    assert [out.exists() for _, out in office] == [True, True]
    assert all(len(PdfReader(out).pages) > 1 for _, out in office)


def test_no_printer_is_said_with_the_way_out(
    with_samples: Robot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printer, "printer_names", list)
    out = tmp_path / "表.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(out), ""))

    def read(dialog: PrintDialog) -> None:
        assert dialog.advice.text().startswith("这台电脑没有安装打印机。可以另存为PDF")
        assert not dialog.targets["printer"].isEnabled()
        assert dialog.go.text() == "另存为…"
        dialog.go.click()

    in_print(with_samples, read)
    with_samples.wait(out.exists)
    with_samples.settle()


def test_a_printer_that_refuses_is_told(
    with_samples: Robot, office: list[tuple[Device, Path]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    robot = with_samples
    missing = tmp_path / "nowhere" / "x.pdf"
    monkeypatch.setattr(print_jobs, "paper_of", lambda _device: (str(missing), 300))
    told: list[str] = []

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.buttons()[0].click()

    robot.in_dialog(QMessageBox, read, then=lambda: in_print(robot, lambda dialog: dialog.go.click()))
    assert told[0].startswith(f"打印机“{NAME}”没有接受。")
    assert "另存为PDF" in told[0]
    assert not office


def to(target: Target) -> Callable[[PrintDialog], None]:
    def act(dialog: PrintDialog) -> None:
        dialog.targets[target].setChecked(True)
        dialog.go.click()

    return act


def test_a_pdf_a_project(with_samples: Robot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    robot, folder = with_samples, tmp_path / "表"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_more: str(folder))
    robot.do("select_all")
    in_print(robot, to("folder"), "pdf")
    robot.wait(lambda: "已写出" in said(robot))
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == len(robot.listed())
    assert names[0] == f"01 {robot.listed()[0]}.pdf"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}

    def no(box: object) -> None:
        assert isinstance(box, QMessageBox)
        assert f"已有 {len(names)} 个同名的PDF" in box.text()
        box.buttons()[1].click()

    robot.in_dialog(QMessageBox, no, then=lambda: in_print(robot, to("folder"), "pdf"))
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_one_pdf_of_all(with_samples: Robot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    robot, out = with_samples, tmp_path / "全部.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(out), ""))
    robot.do("select_all")

    def public(dialog: PrintDialog) -> None:
        dialog.content_box.public.setChecked(True)
        dialog.content_box.narratives.setChecked(False)
        choose(dialog.content_box.numbers, "of")
        dialog.go.click()

    in_print(robot, public, "pdf")
    robot.wait(out.exists)
    robot.settle()
    reader = PdfReader(out)
    words = reader.pages[-1].extract_text()
    assert "校验码" not in words
    assert f"{len(reader.pages)} / {len(reader.pages)}" in words


def test_evaluations_lie_across_where_that_is_chosen(
    with_samples: Robot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    robot, out = with_samples, tmp_path / "全部.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(out), ""))
    robot.do("select_all")

    def across(dialog: PrintDialog) -> None:
        assert not dialog.content_box.landscape.isChecked()
        dialog.content_box.landscape.setChecked(True)
        dialog.targets["pdf"].setChecked(True)
        dialog.go.click()

    in_print(robot, across, "pdf")
    robot.wait(out.exists)
    robot.settle()
    pages = [(page.mediabox.width > page.mediabox.height, page.extract_text()) for page in PdfReader(out).pages]
    assert {wide for wide, words in pages if "自评表" in words[:40]} == {True}
    assert {wide for wide, words in pages if "申报表" in words[:40]} == {False}

    def again(dialog: PrintDialog) -> None:
        assert dialog.content_box.landscape.isChecked()
        dialog.reject()

    in_print(robot, again, "pdf")


def test_the_test_page_is_printed_and_saved(
    with_samples: Robot,
    office: list[tuple[Device, Path]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    robot, out = with_samples, tmp_path / "测试页.pdf"

    def print_it(dialog: PrintDialog) -> None:
        assert dialog.content_box.isHidden()
        dialog.go.click()

    in_print(robot, print_it, "test_page")
    robot.wait(lambda: "已送出" in said(robot))
    assert said(robot) == "已送出 1 页。"
    assert max(compare(print_trial_page(), office[0][1], tmp_path)) < SAME
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(out), ""))
    in_print(robot, to("pdf"), "test_page")
    robot.wait(out.exists)
    robot.settle()
    assert out.read_bytes() == print_trial_page()


def test_pages_of_a_picture_know_how_they_lie() -> None:
    assert Picture((842, 595), 1, 1, ()).is_wide
    assert not Picture((595, 842), 1, 1, ()).is_wide


def reached_by_tab(robot: Robot, dialog: QDialog) -> set[QWidget]:
    """All widgets that Tab leads to, from where the cursor is until it is there again."""
    found: list[QWidget] = []
    while (widget := dialog.focusWidget()) is not None and widget not in found:
        found.append(widget)
        robot.qtbot.keyClick(widget, Qt.Key.Key_Tab)
    return set(found)


@pytest.mark.usefixtures("office")
def test_the_dialog_is_reached_by_keys_alone(with_samples: Robot) -> None:
    robot = with_samples
    robot.do("select_all")

    def tab(dialog: PrintDialog) -> None:
        content, device = dialog.content_box, dialog.device_box
        reached = reached_by_tab(robot, dialog)
        wanted = [
            content.narratives,
            content.booklet,
            content.sign_off,
            content.landscape,
            content.public,
            content.standing,
        ]
        wanted += [content.numbers, device.printer, device.tray, device.duplex, device.scaling, device.right]
        wanted += [device.down, device.pages, device.copies, dialog.targets["printer"], dialog.go]
        # An editable box hands the cursor to its line.
        names = [one for one in wanted if one not in reached and not reached & set(one.findChildren(QWidget))]
        assert not names
        content.booklet.setFocus()
        robot.qtbot.keyClick(content.booklet, Qt.Key.Key_Space)
        assert not content.booklet.isChecked()
        robot.qtbot.keyClick(dialog.targets["pdf"], Qt.Key.Key_Space)
        assert dialog.target == "pdf"
        robot.qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    in_print(robot, tab)


def test_letters_of_the_dialog_are_its_own(with_samples: Robot) -> None:
    from desktop.presenters.printing import Content

    dialog = PrintDialog(["甲", "乙"], (Content(), Device()), [NAME], lambda *_more: None, with_samples.shell)
    words = [one.text() for kind in (QAbstractButton, QLabel) for one in dialog.findChildren(kind)]
    letters = [match[1] for one in words if (match := re.search("&(.)", one))]
    assert len(letters) > 12
    assert len(letters) == len(set(letters)), sorted(letters)
    dialog.deleteLater()
