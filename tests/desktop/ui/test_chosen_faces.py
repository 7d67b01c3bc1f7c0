"""Faces of this computer that the clerk chose: what is checked, shown, printed and frozen goes by them alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop import installed_faces
from desktop.presenters.faces import SHIPPED, faces_of_this_computer, printable
from desktop.presenters.final_copy import why_not_final
from desktop.presenters.printing import CONTENT
from desktop.ui.dialogs.printing import PrintDialog
from forms.edits import set_text
from forms.printing import has_glyph
from tests.forms.checks.bases import BASES
from tests.forms.printing.typefaces import COMMON, font, written
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs

RARE = "\ue863"
"""A character of a name that only an installed face has."""
UNIT = "declaration.fields.主管部门"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "Fonts"
    found.mkdir()
    written(found, font(COMMON, composite=RARE, chinese="宋体", postscript="SimSun"), "simsun.ttf")
    monkeypatch.setattr(installed_faces, "folders", lambda: (found,))
    return found


def missing(robot: Robot) -> list[str]:
    robot.settle()
    return [one.message for one in robot.bench.checking.findings if one.id == "P01"]


def choose(robot: Robot, *, installed: bool, out: Path) -> None:
    def act(dialog: PrintDialog) -> None:
        robot.wait(dialog.content_box.faces.isEnabled)
        dialog.content_box.faces.setChecked(installed)
        dialog.targets["pdf"].setChecked(True)
        dialog.go.click()

    robot.in_dialog(PrintDialog, act, then=lambda: robot.do("pdf"))
    robot.wait(out.exists)
    robot.settle()


def paper(robot: Robot) -> bytes:
    robot.settle()
    found = robot.window.paper.source.paper
    assert found is not None
    return found.pdf


@pytest.mark.usefixtures("folder")
def test_what_is_checked_and_shown_is_what_is_printed(
    with_samples: Robot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    robot, out = with_samples, tmp_path / "表.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(out), ""))
    assert not has_glyph(RARE)
    robot.bench.do(set_text(robot.project, UNIT, f"示例{RARE}局", "改"))
    assert len(missing(robot)) == 1
    assert b"SimSun" not in paper(robot)
    marked = robot.bench.checking.marks[robot.session.project_id or 0]
    looks = list(robot.window.paper.view.pictures.looks)

    choose(robot, installed=True, out=out)
    assert missing(robot) == []
    assert robot.bench.checking.marks[robot.session.project_id or 0] != marked
    assert b"SimSun" in paper(robot)
    assert paper(robot) == out.read_bytes()
    assert all(
        one.page != before.page for one, before in zip(robot.window.paper.view.pictures.looks, looks, strict=True)
    )
    assert f"缺少“U+{ord(RARE):04X}”" in why_not_final([robot.project], robot.bench.editions)
    assert "缺少" not in why_not_final([robot.project], robot.bench.editions, faces=robot.bench.print_choice.faces)

    out.unlink()
    choose(robot, installed=False, out=out)
    assert len(missing(robot)) == 1
    assert b"SimSun" not in paper(robot)


@pytest.mark.usefixtures("folder")
def test_the_next_window_goes_by_them_too(open_window: Callable[..., Robot]) -> None:
    first = open_window()
    (number,) = first.session.add([set_text(BASES["申2025"](), UNIT, f"示例{RARE}局", "改").apply(BASES["申2025"]())])
    first.session.kept.set_setting(CONTENT, {"installed_faces": True})
    first.close()
    robot = open_window()
    robot.session.open(number)
    assert missing(robot) == []
    assert b"SimSun" in paper(robot)


def test_a_face_whose_file_is_gone_prints_nothing_by_itself(folder: Path) -> None:
    faces = faces_of_this_computer()
    assert set(faces) == {"table"}
    assert printable(faces)(RARE)
    assert not printable(SHIPPED)(RARE)
    (folder / "simsun.ttf").unlink()
    assert not printable(faces)(RARE)
    assert printable(faces)("项")
