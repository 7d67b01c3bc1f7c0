"""The life of a project in the real window: declared, frozen, evaluated, scored, carried on, bound, rolled up."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.ui.dialogs.booklet import BookletDialog
from desktop.ui.dialogs.carry import CarryDialog
from desktop.ui.dialogs.freeze import FreezeDialog
from desktop.ui.dialogs.printing import PrintDialog
from desktop.ui.dialogs.rollup import RollUpDialog
from desktop.ui.dialogs.table_window import TableWindow
from forms.check_code import check_code
from forms.documents import Package, Project
from forms.edits import Edit, Put, Splice
from forms.package import parse_package, write_package
from forms.printing import read_attachment
from tests.forms.checks.bases import BASES
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "does not support raise", extend=True
)  # the offscreen platform, on dialogs

MODEL = BASES["申2025"]()
ACTUAL = ("2.9万元", "1.5万元", "9场", "216人", "93%", "2025-11-20", "62%", "91%")


def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", "").replace(" ", "")


def declare(robot: Robot) -> None:
    """Fill the declaration and the narrative."""
    form, told = MODEL.declaration, MODEL.narrative
    assert form is not None
    assert told is not None
    robot.new(name=form.fields["项目名称"], unit=form.fields["实施单位"], year=2025, edition=form.edition)
    for key, words in form.fields.items():
        if key not in ("项目名称", "实施单位"):
            robot.type(f"declaration.fields.{key}", words)
    for key, words in form.funds.items():
        robot.type(f"declaration.funds.{key}", words)
    robot.type("declaration.annual_goal", form.annual_goal, leave=False)
    robot.window.editor.commit()
    rows = robot.project.declaration
    assert rows is not None
    robot.session.do(Edit("填写指标", (Splice(("declaration", "indicators"), 0, rows.indicators, form.indicators),)))
    if robot.project.narrative is None:
        robot.session.do(Edit("填写经费说明", (Put(("narrative",), None, told),)))
    robot.settle()


def freeze(robot: Robot) -> None:
    robot.in_dialog(FreezeDialog, lambda dialog: dialog.accept(), then=lambda: robot.do("final"))
    robot.settle()


def table(robot: Robot, name: str) -> str:
    robot.do(name)
    robot.settle()
    shown = robot.window.shell.findChildren(TableWindow)[-1]
    title = shown.windowTitle()
    shown.close()
    robot.settle()
    return title


def test_a_project_lives_through_its_years(robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # 1 declared, 2 without a finding, 3 frozen with the paper that carries the data
    declare(robot)
    assert robot.findings() == []
    first = robot.session.project_id
    freeze(robot)
    (final,) = robot.session.finals.copies(first)
    frozen = robot.session.finals.frozen(final.id)
    declared = robot.project
    assert final.code == check_code(declared)
    package = parse_package(read_attachment(frozen.pdf), "稿", robot.session.editions)
    assert check_code(package.projects[0]) == final.code

    # 4 evaluated: targets and budget are there, points come to 100
    robot.do("evaluate")
    evaluation = robot.project.evaluation
    assert evaluation is not None
    assert [one.target for one in evaluation.indicators] == [one.target for one in MODEL.declaration.indicators]
    assert sum(int(one.points) for one in evaluation.indicators) == 90
    robot.type("evaluation.funds[0].全年执行数", "57,000.00")
    robot.type("evaluation.funds[1].全年执行数", "57,000.00")
    assert robot.shown("evaluation.funds[0].执行率") == "95.00%"
    for at, words in enumerate(ACTUAL):
        assert robot.window.editor.go_to(f"evaluation.indicators[{at}].actual")
        robot.keys(f"{words}\n")
    evaluation = robot.project.evaluation
    assert evaluation is not None
    assert [one.actual for one in evaluation.indicators] == list(ACTUAL)

    # 5 scored by formula, with the working
    assert [one.score for one in evaluation.indicators][2:4] == ["10", "9"]
    assert table(robot, "working").startswith("绩效自评得分计算表")

    # 6 carried into the next year and confirmed
    robot.in_dialog(CarryDialog, lambda dialog: dialog.accept(), then=lambda: robot.do("carry"))
    robot.settle()
    assert robot.project.year == 2026
    assert robot.project.evaluation is None
    assert any("待核对" in one for one in (robot.window.findings.counts.text(),))
    robot.do("confirm_all")
    robot.settle()
    assert "待核对" not in robot.window.findings.counts.text()
    assert table(robot, "side_by_side").startswith("指标对照表")

    # 7 bound, 8 summed up
    out = tmp_path / "册.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    robot.window.projects.choose([first or 0, robot.session.project_id or 0])

    def to_pdf(dialog: QDialog) -> None:
        assert isinstance(dialog, BookletDialog)
        next(one for one in dialog.buttons.buttons() if one.text() == "另存为PDF…").click()

    robot.in_dialog(
        BookletDialog,
        to_pdf,
        then=lambda: robot.in_dialog(PrintDialog, lambda dialog: dialog.accept(), then=lambda: robot.do("booklet")),
    )
    robot.settle()
    bound = parse_package(read_attachment(out.read_bytes()), "册", robot.session.editions)
    assert sorted(one.year or 0 for one in bound.projects) == [2025, 2026]
    assert "财政支出项目绩效目标申报表" in text_of(out)
    assert table(robot, "summary").startswith("项目绩效目标汇总表")
    assert table(robot, "results").startswith("项目支出绩效自评汇总表")

    # 9 three units report, 10 all of it stands in one register
    folder = tmp_path / "报来"
    folder.mkdir()
    for unit in ("甲中心", "乙中心", "丙中心"):
        (folder / f"{unit}.json").write_bytes(write_package(Package((of_unit(declared, unit),))))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))

    def roll_up() -> None:
        robot.do("rollup")
        robot.settle()

    robot.in_dialog(RollUpDialog, lambda dialog: dialog.accept(), then=roll_up)
    robot.settle()
    rows = robot.session.rows()
    assert len(rows) == 5
    assert {row.unit for row in rows} >= {"甲中心", "乙中心", "丙中心"}
    robot.window.projects.choose([])
    assert table(robot, "summary") == "项目绩效目标汇总表（4个单位，2025—2026年度）"


def of_unit(project: Project, unit: str) -> Project:
    old = project.declaration
    assert old is not None
    return Edit("", (Put(("declaration", "fields", "实施单位"), old.fields["实施单位"], unit),)).apply(project)
