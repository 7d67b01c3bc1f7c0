"""What leaves the window and comes in: PDF, printer, package files, dropped files, backup."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.ui.dialogs.printing import PrintDialog
from forms.known_editions import Editions
from forms.package import parse_package, read_package
from forms.printing import read_attachment
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The system's own file dialog cannot be driven: it answers with a path."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_more: ([str(path)], ""))


def save_pdf(robot: Robot) -> None:
    robot.in_dialog(PrintDialog, lambda dialog: dialog.accept(), then=lambda: robot.do("pdf"))
    robot.settle()


def test_pdf_is_the_preview_and_can_be_read_back(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, out = with_samples, tmp_path / "表.pdf"
    choose(monkeypatch, out)
    save_pdf(robot)
    assert robot.window.paper.source.paper is not None
    assert out.read_bytes() == robot.window.paper.source.paper.pdf
    inside = parse_package(read_attachment(out.read_bytes()), out.name, Editions())
    assert inside.projects == (robot.project,)
    count = len(robot.listed())
    robot.do("import")
    robot.settle()
    assert len(robot.listed()) == count + 1
    assert robot.project == inside.projects[0]


def test_pdf_that_cannot_be_written_is_told(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = with_samples
    told: list[str] = []
    choose(monkeypatch, tmp_path / "nowhere" / "表.pdf")

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.buttons()[0].click()

    robot.in_dialog(QMessageBox, read, then=lambda: save_pdf(robot))
    assert "nowhere" in told[0]


def test_final_copy_is_refused_while_an_error_stands(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, out = with_samples, tmp_path / "定稿.pdf"
    choose(monkeypatch, out)
    told: list[str] = []

    def final(dialog: object) -> None:
        assert isinstance(dialog, PrintDialog)
        standing = dialog.content_box.standing
        standing.setCurrentIndex(standing.findData("final"))
        dialog.accept()

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.buttons()[0].click()

    robot.open("数字文化馆平台运行")
    refused = lambda: robot.in_dialog(PrintDialog, final, then=lambda: robot.do("print"))  # noqa: E731
    robot.in_dialog(QMessageBox, read, then=refused)
    assert "不等于分项合计" in told[0]
    robot.window.view.go_to("declaration.funds.年度资金申请总额")
    robot.type("declaration.funds.年度资金申请总额", "956000")
    robot.type("declaration.funds.项目资金总额", "956000")
    robot.type("declaration.funds.财政资金", "956000")
    robot.in_dialog(PrintDialog, final, then=lambda: robot.do("pdf"))
    robot.settle()
    assert out.read_bytes().startswith(b"%PDF")


def test_export_is_a_package_of_the_selected(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, out = with_samples, tmp_path / "两个项目"
    choose(monkeypatch, out)
    robot.window.projects.list.selectAll()
    robot.do("export")
    robot.settle()
    package = read_package(out.with_suffix(".jibiao"), Editions())
    assert [one.name for one in package.projects] == robot.listed()


def test_export_as_a_workbook_comes_in_again(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, out = with_samples, tmp_path / "三个项目.xlsx"
    choose(monkeypatch, out)
    robot.do("export")
    robot.settle()
    before = robot.listed()
    robot.do("import")
    robot.settle()
    assert len(robot.listed()) == len(before) + 1
    assert robot.project.name in before


@pytest.mark.parametrize(
    ("choice", "written"),
    [
        (("甲", "Excel文件 (*.xlsx)"), "甲.xlsx"),
        (("甲.json", "Excel文件 (*.xlsx)"), "甲.xlsx"),
        (("甲.XLSX", ""), "甲.XLSX"),
    ],
)
def test_the_kind_of_file_follows_the_choice(
    with_samples: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, choice: tuple[str, str], written: str
) -> None:
    typed, kind = choice
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(tmp_path / typed), kind))
    with_samples.do("export")
    with_samples.settle()
    assert (tmp_path / written).read_bytes().startswith(b"PK")


def test_dropped_files_come_in_and_bad_ones_are_told(robot: Robot, tmp_path: Path) -> None:
    from desktop.texts import RESOURCES

    good = min((RESOURCES / "samples").glob("*.json"))
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good)), QUrl.fromLocalFile(str(bad))])
    told: list[str] = []

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.buttons()[0].click()

    def drop() -> None:
        how = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        robot.shell.dropEvent(QDropEvent(QPointF(100, 100), Qt.DropAction.CopyAction, *how))
        robot.wait(lambda: bool(told))

    robot.in_dialog(QMessageBox, read, then=drop)
    assert "bad.json" in told[0]
    assert len(robot.listed()) == len(read_package(good, Editions()).projects)
