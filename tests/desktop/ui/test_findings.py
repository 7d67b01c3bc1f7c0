"""The findings in the window: confirmed with and without a note, taken back, mended; undo knows of all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop.ui.dialogs.manual import ManualWindow
from desktop.ui.models.indicator_model import IndicatorModel
from forms.documents import Package, Project, get, parse_path, put
from forms.edits import set_text
from forms.known_editions import Editions
from forms.package import parse_package, write_package
from tests.forms.checks.bases import BASES
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs

TARGET = "declaration.indicators[3].target"
V02 = "指标“参加学习的学员人数”的指标值“≥240.00”缺少计量单位"


def sample(**texts: str) -> Project:
    project = put(BASES["申2025"](), parse_path(TARGET), "≥240.00")
    for name, text in texts.items():
        project = put(project, ("declaration", "indicators", 3, name), text)
    return project


def open_project(robot: Robot, project: Project) -> None:
    robot.session.open(robot.session.add([project])[0])
    robot.settle()


def choose(robot: Robot, words: str) -> None:
    """Choose the line of a finding by what it says."""
    rows = robot.window.findings.list
    found = [row for row in range(rows.count()) if words in rows.item(row).text()]
    assert len(found) == 1, robot.findings()
    rows.setCurrentRow(found[0])


def buttons(robot: Robot) -> list[str]:
    bar = robot.window.findings.bar
    return [one.text() for one in bar.findChildren(QPushButton) if one.isVisible()]


def click(robot: Robot, button: QPushButton) -> None:
    robot.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    robot.settle()


def test_confirmed_by_one_click_and_undone(robot: Robot) -> None:
    open_project(robot, sample())
    pane = robot.window.findings
    before = robot.project
    assert V02 in robot.findings()
    assert "1 待确认" in pane.counts.text()
    assert buttons(robot) == []
    choose(robot, V02)
    assert buttons(robot) == ["确认", "填写说明"]
    click(robot, pane.bar.confirm)
    lines = robot.findings()
    assert lines.index("已确认（1）") < lines.index(V02)
    assert "0 待确认" in pane.counts.text()
    assert "1 已确认" in pane.counts.text()
    assert robot.session.undo_name is not None
    assert robot.session.undo_name.startswith("确认“指标“参加学习的学员人数”")
    choose(robot, V02)
    assert buttons(robot) == ["修改说明", "取消确认"]
    click(robot, pane.bar.withdraw)
    assert robot.project == before
    robot.do("undo")
    robot.do("undo")
    robot.settle()
    assert robot.project == before
    assert "1 待确认" in pane.counts.text()


def test_a_note_is_kept_with_the_project_and_lapses(open_window: Callable[..., Robot]) -> None:
    robot = open_window()
    open_project(robot, sample())
    pane = robot.window.findings
    choose(robot, V02)
    click(robot, pane.bar.write)
    assert pane.bar.note.isVisible()
    robot.keys("按人计")
    robot.qtbot.keyClick(pane.bar.note, Qt.Key.Key_Escape)
    assert not pane.bar.note.isVisible()
    click(robot, pane.bar.write)
    assert pane.bar.note.text() == ""
    robot.keys("按人数计")
    robot.qtbot.keyClick(pane.bar.note, Qt.Key.Key_Return)
    robot.settle()
    assert f"{V02}　说明：按人数计" in robot.findings()
    kept = parse_package(write_package(Package((robot.project,))), "x.json", Editions()).projects[0]
    assert [one.note for one in kept.confirmations] == ["按人数计"]
    robot.close()
    robot = open_window()
    pane = robot.window.findings
    assert f"{V02}　说明：按人数计" in robot.findings()
    choose(robot, V02)
    click(robot, pane.bar.write)
    assert pane.bar.note.text() == "按人数计"
    robot.keys("算")
    click(robot, robot.window.findings.bar.withdraw)
    assert robot.project.confirmations == ()
    robot.do("undo")
    robot.settle()
    robot.bench.do(set_text(robot.project, TARGET, "≥250.00", "修改指标值"))
    robot.settle()
    choose(robot, "≥250.00")
    assert buttons(robot) == ["确认", "填写说明"]
    click(robot, pane.bar.write)
    assert pane.bar.note.text() == "按人数计"
    click(robot, pane.bar.confirm)
    assert robot.project.confirmations[-1].note == "按人数计"


def test_mended_by_one_click(robot: Robot) -> None:
    open_project(robot, sample(l3="参加学习的学员人数。"))
    pane = robot.window.findings
    choose(robot, "末尾有标点")
    assert buttons(robot) == ["一键修正"]
    click(robot, pane.bar.fix)
    assert robot.project.declaration is not None
    assert robot.project.declaration.indicators[3].l3 == "参加学习的学员人数"
    assert not any("末尾有标点" in line for line in robot.findings())
    assert robot.session.undo_name == "一键修正：指标名称末尾的标点"
    robot.do("undo")
    robot.settle()
    assert any("末尾有标点" in line for line in robot.findings())


FIXES = {
    "单位改为“万元”": ("declaration.indicators[0].target", "≤3.00(万)", "≤3.00(万元)", "应写“万元”"),
    "统一小数位": ("declaration.indicators[2].target", "≥8(场)", "≥8.00(场)", "小数位不一致"),
    "多余的空白和文字": (
        "declaration.annual_goal",
        "面向本区居民开展技能培训8场，  培训240人，结业考核通过率不低于90%考核考核",
        "面向本区居民开展技能培训8场， 培训240人，结业考核通过率不低于90%考核",
        "疑似多余文字",
    ),
    "标点改为全角": (
        "declaration.annual_goal",
        "面向本区居民开展技能培训,培训8场240人;结业考核通过率不低于90%。",
        "面向本区居民开展技能培训，培训8场240人；结业考核通过率不低于90%。",
        "有半角标点",
    ),
}


@pytest.mark.parametrize("name", FIXES)
def test_each_fix_mends_and_is_undone(robot: Robot, name: str) -> None:
    path, wrong, right, words = FIXES[name]
    robot.bench.checking.switch_rules({"B12": True})
    project = put(BASES["申2025"](), parse_path(path), wrong)
    open_project(robot, project)
    choose(robot, words)
    click(robot, robot.window.findings.bar.fix)
    assert get(robot.project, parse_path(path)) == right
    assert robot.session.undo_name == f"一键修正：{name}"
    assert not any(words in line for line in robot.findings())
    robot.do("undo")
    robot.settle()
    assert robot.project == project
    assert any(words in line for line in robot.findings())
    robot.do("redo")
    robot.settle()
    assert get(robot.project, parse_path(path)) == right


def test_rows_are_put_in_the_order_of_the_form_and_back(robot: Robot) -> None:
    project = BASES["申2025"]()
    assert project.declaration is not None
    rows = project.declaration.indicators
    turned = put(project, ("declaration", "indicators"), (*rows[3:], *rows[:3]))
    open_project(robot, turned)
    choose(robot, "指标顺序与表式不一致")
    click(robot, robot.window.findings.bar.fix)
    assert robot.session.undo_name == "一键修正：按表式重排指标"
    assert robot.project.declaration is not None
    assert [row.l2 for row in robot.project.declaration.indicators] == [row.l2 for row in rows]
    robot.do("undo")
    robot.settle()
    assert robot.project == turned


def test_marks_are_told_to_screen_readers(robot: Robot) -> None:
    project = put(sample(), parse_path("declaration.fields.主管部门"), "")
    open_project(robot, project)
    field = robot.field("declaration.fields.主管部门")
    assert field.mark.text() == "▲"
    assert field.mark.toolTip() == "▲ 主管部门未填写"
    assert field.focus_target.accessibleDescription() == "▲ 主管部门未填写"
    robot.do("indicators")
    robot.settle()
    model = robot.shell.findChild(IndicatorModel)
    assert isinstance(model, IndicatorModel)
    cells = [model.index(row, 0) for row in range(model.rowCount())]
    told = {str(model.data(cell, Qt.ItemDataRole.AccessibleDescriptionRole)) for cell in cells}
    assert any("缺少计量单位" in one for one in told)
    tips = {str(model.data(cell, Qt.ItemDataRole.ToolTipRole)) for cell in cells}
    assert told == {QTextDocumentFragment.fromHtml(tip).toPlainText() for tip in tips}


def test_stepping_passes_what_is_confirmed(robot: Robot) -> None:
    open_project(robot, sample(l3="参加学习的学员人数。"))
    pane = robot.window.findings
    robot.do("next_finding")
    assert pane.list.currentRow() == 0
    click(robot, pane.bar.confirm)
    open_lines = [line for line in robot.findings() if not line.startswith("已确认")][:-1]
    assert len(open_lines) == 1
    for name in ("next_finding", "last_finding", "next_finding"):
        robot.do(name)
        assert pane.list.currentRow() == 0
    pane.list.setCurrentRow(2)
    robot.do("last_finding")
    assert pane.list.currentRow() == 0


def test_the_list_of_projects_tells_the_state(robot: Robot) -> None:
    open_project(robot, sample())
    model = robot.window.projects.model
    index = model.index(0)
    robot.settle()
    assert "待确认：1 处待确认" in str(model.data(index, Qt.ItemDataRole.ToolTipRole))
    choose(robot, V02)
    click(robot, robot.window.findings.bar.confirm)
    assert "可定稿：没有发现问题" in str(model.data(index, Qt.ItemDataRole.ToolTipRole))


def test_report_of_the_chosen_projects(robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_project(robot, sample())
    out = tmp_path / "报告.pdf"
    proposed: list[str] = []

    def choose_file(_parent: object, _title: str, path: str, _filter: str) -> tuple[str, str]:
        proposed.append(Path(path).name)
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_file)
    robot.do("report")
    robot.settle()
    robot.wait(out.exists)
    assert proposed == ["居民技能培训 检查报告.pdf"]
    words = "".join(page.extract_text() for page in PdfReader(out).pages)
    assert words.startswith("绩效目标校验报告")
    assert "V02 申报表：" in words
    robot.settle()


def test_book_of_rules_opens_from_the_help(robot: Robot) -> None:
    robot.do("rules")
    (book,) = [one for one in robot.shell.findChildren(ManualWindow) if one.isVisible()]
    assert book.windowTitle() == "校验规则"
    assert "V02" in book.toPlainText()
    book.show_chapter("指标值")
    assert book.verticalScrollBar().value() > 0
    book.close()
