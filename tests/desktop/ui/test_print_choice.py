"""The paper in sight is what would be printed: it follows the switches of the print dialog, and keeps to the choice."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.ui.dialogs.printing import PrintDialog
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def keep(name: str, robot: Robot) -> None:
    """A picture for whoever wants to look: ``JIBIAO_SHOTS=folder``."""
    if folder := os.environ.get("JIBIAO_SHOTS"):
        robot.wait(lambda: robot.window.paper.view.is_drawn)
        robot.shell.grab().save(f"{folder}/{name}.png")


def pdf_in_sight(robot: Robot) -> bytes:
    paper = robot.window.paper.source.paper
    assert paper is not None
    return paper.pdf


def words_in_sight(robot: Robot) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_in_sight(robot))).pages)


def lies_across(robot: Robot) -> bool:
    paper = robot.window.paper.source.paper
    assert paper is not None
    return all(size.width() > size.height() for size in paper.sizes)


def open_evaluation(robot: Robot) -> None:
    row = next(row for row in robot.session.rows() if row.kind == "evaluation")
    robot.window.view.open_project(row.id)
    robot.settle()


def in_print(robot: Robot, act: Callable[[PrintDialog], None]) -> None:
    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintDialog)
        act(dialog)

    robot.in_dialog(PrintDialog, do, then=lambda: robot.do("pdf"))
    robot.settle()


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "表.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(path), ""))
    return path


def test_the_paper_follows_the_switches_and_goes_back_with_cancel(with_samples: Robot) -> None:
    robot = with_samples
    open_evaluation(robot)
    before = pdf_in_sight(robot)
    assert not lies_across(robot)

    def act(dialog: PrintDialog) -> None:
        box = dialog.content_box
        box.landscape.setChecked(True)
        robot.wait(lambda: lies_across(robot))
        keep("across", robot)
        box.sign_off.setChecked(True)
        robot.wait(lambda: "填报人" in words_in_sight(robot))
        assert "校验码" in words_in_sight(robot)
        box.public.setChecked(True)
        robot.wait(lambda: "校验码" not in words_in_sight(robot))
        plain = pdf_in_sight(robot)
        box.standing.setCurrentIndex(box.standing.findData("draft"))
        robot.wait(lambda: pdf_in_sight(robot) != plain)
        keep("draft", robot)
        dialog.reject()

    in_print(robot, act)
    robot.wait(lambda: pdf_in_sight(robot) == before)


def test_what_was_chosen_stays_in_sight_and_is_what_is_printed(open_window: Callable[..., Robot], out: Path) -> None:
    robot = open_window()
    robot.window.commands.projects.samples()
    robot.settle()
    open_evaluation(robot)

    def act(dialog: PrintDialog) -> None:
        box = dialog.content_box
        for switch in (box.landscape, box.sign_off, box.public):
            switch.setChecked(True)
        box.standing.setCurrentIndex(box.standing.findData("draft"))
        dialog.targets["pdf"].setChecked(True)
        dialog.go.click()

    in_print(robot, act)
    robot.wait(out.exists)
    robot.settle()
    # 草稿 is asked for each time; all else is as it was printed.
    draft = out.read_bytes()
    assert draft != pdf_in_sight(robot)
    assert lies_across(robot)
    assert "校验码" not in words_in_sight(robot)
    keep("chosen", robot)
    out.unlink()

    def again(dialog: PrintDialog) -> None:
        dialog.targets["pdf"].setChecked(True)
        dialog.go.click()

    in_print(robot, again)
    robot.wait(out.exists)
    robot.settle()
    assert draft != out.read_bytes() == pdf_in_sight(robot)
    robot.close()
    robot = open_window()
    open_evaluation(robot)
    assert lies_across(robot)
    assert out.read_bytes() == pdf_in_sight(robot)


def test_narratives_stay_in_sight_where_only_forms_are_printed(with_samples: Robot) -> None:
    """They are typed beside the paper: what is typed is seen."""
    robot = with_samples
    row = next(row for row in robot.session.rows() if robot.session.peek(row.id).narrative is not None)
    robot.window.view.open_project(row.id)
    robot.settle()
    before = pdf_in_sight(robot)

    def act(dialog: PrintDialog) -> None:
        dialog.content_box.narratives.setChecked(False)
        dialog.content_box.booklet.setChecked(True)
        robot.settle()
        assert pdf_in_sight(robot) == before
        dialog.reject()

    in_print(robot, act)
    assert pdf_in_sight(robot) == before


def test_what_is_typed_while_the_choice_changes_is_on_the_paper_in_its_shape(with_samples: Robot) -> None:
    robot = with_samples
    open_evaluation(robot)
    robot.type("evaluation.fields.主管部门", "typed", leave=False)
    choice = robot.bench.print_choice
    choice.try_out(type(choice.content)(landscape=True))
    robot.settle()
    assert lies_across(robot)
    assert "typed" in words_in_sight(robot)
    robot.do("undo")
    robot.settle()
    assert lies_across(robot)
    assert "typed" not in words_in_sight(robot)
