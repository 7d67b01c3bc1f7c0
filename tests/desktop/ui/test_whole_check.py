"""全面检查 in the window: all projects at once, narrowed by severity and project, with rules switched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from desktop.ui.dialogs.rules import RulesDialog
from desktop.ui.widgets.finding_filter import ALL, OPEN
from forms.documents import Project, parse_path, put
from forms.edits import set_text
from tests.forms.checks.bases import BASES
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs

GOALS = {
    "甲": "面向本区居民开展技能培训8场，培训240人，结业考核通过率不低于90%。",
    "乙": "为辖区居民举办就业辅导，全年8场，参加240人次，帮助其掌握一门谋生手艺。",
    "丙": "组织下岗失业人员学习家政、烘焙等课程，共8场，学完后推荐上岗。",
}
TARGET = "declaration.indicators[3].target"


def project(name: str, **texts: str) -> Project:
    made = put(BASES["申2025"](), parse_path("declaration.fields.项目名称"), name)
    for path, words in {"annual_goal": GOALS.get(name, GOALS["甲"]), **texts}.items():
        made = put(made, ("declaration", path), words)
    return made


def fill(robot: Robot) -> list[int]:
    """甲 is clean, 乙 lacks a unit, 丙 has wrong sums and no unit."""
    lacks = put(project("乙"), parse_path(TARGET), "≥240.00")
    wrong = put(
        put(project("丙"), parse_path(TARGET), "≥240.00"), parse_path("declaration.funds.当年财政拨款"), "50000"
    )
    numbers = robot.session.add([project("甲"), lacks, wrong])
    robot.session.open(numbers[0])
    robot.settle()
    return numbers


def whole(robot: Robot) -> None:
    robot.do("check")
    robot.settle()


def choose_kind(robot: Robot, kind: str) -> None:
    box = robot.window.findings.filter.kind
    box.setCurrentIndex(box.findData(kind))


def headings(robot: Robot) -> list[str]:
    return [line for line in robot.findings() if line.endswith("）") and line[:1] in "■▲·✓"]


def test_all_projects_are_checked_and_listed_by_name(robot: Robot) -> None:
    numbers = fill(robot)
    pane = robot.window.findings
    assert pane.filter.scope.isHidden()
    whole(robot)
    assert pane.filter.wanted_scope == ALL
    assert headings(robot) == ["▲ 乙（1 处待确认）", "■ 丙（1 处错误）"]
    assert "1 错误 · 2 待确认" in pane.counts.text()
    assert "全面检查的结果" in pane.when.text()
    assert robot.shell.statusBar().currentMessage().startswith("全面检查了 3 个项目：1 处错误 · 2 处待确认")
    robot.click_finding("不等于分项合计")
    robot.settle()
    assert robot.session.project_id == numbers[2]
    assert robot.focused() is robot.field("declaration.funds.年度资金申请总额").focus_target
    assert pane.filter.wanted_scope == ALL
    assert "不等于分项合计" in pane.list.currentItem().text()


def test_narrowed_by_severity_and_project(robot: Robot) -> None:
    numbers = fill(robot)
    pane = robot.window.findings
    whole(robot)
    choose_kind(robot, "error")
    assert headings(robot) == ["■ 丙（1 处错误）"]
    assert len(robot.findings()) == 2
    choose_kind(robot, "confirmed")
    assert robot.findings() == []
    assert pane.clean.text() == "没有这一级别的检查结果"
    assert not pane.clean.isHidden()
    choose_kind(robot, "")
    pane.filter.choose(numbers[1])
    assert len(robot.findings()) == 1
    assert headings(robot) == []
    robot.click_finding("缺少计量单位")
    robot.settle()
    assert robot.session.project_id == numbers[1]
    assert robot.findings() == [pane.list.item(0).text()]
    assert not pane.bar.isHidden()
    pane.filter.choose(OPEN)
    assert pane.when.isHidden()
    assert len(robot.findings()) == 1


def test_stepping_goes_through_all_projects(robot: Robot) -> None:
    numbers = fill(robot)
    whole(robot)
    seen = []
    for _ in range(4):
        robot.do("next_finding")
        robot.settle()
        seen.append(robot.session.project_id)
    assert seen == [numbers[1], numbers[2], numbers[2], numbers[1]]
    robot.do("last_finding")
    robot.settle()
    assert robot.session.project_id == numbers[2]


def test_an_edit_is_followed_and_confirmed_in_the_whole_list(robot: Robot) -> None:
    fill(robot)
    pane = robot.window.findings
    whole(robot)
    robot.click_finding("缺少计量单位")
    robot.settle()
    robot.qtbot.mouseClick(pane.bar.confirm, Qt.MouseButton.LeftButton)
    robot.settle()
    assert headings(robot)[0] == "✓ 乙（没有发现问题）"
    assert "已确认（1）" in robot.findings()
    assert "请按 F5 再查" in pane.when.text()
    assert "可定稿" in robot.window.editor.facts.text()
    robot.bench.do(set_text(robot.project, TARGET, "≥250.00", "修改指标值"))
    robot.settle()
    assert headings(robot)[0] == "▲ 乙（1 处待确认）"
    assert "待确认" in robot.window.editor.facts.text()


def test_between_projects_a_click_leads_to_the_other(robot: Robot) -> None:
    twins = [project("甲"), project("甲")]
    numbers = robot.session.add(twins)
    robot.session.open(numbers[0])
    robot.settle()
    assert robot.findings() == []
    whole(robot)
    assert any("“甲”重复" in line for line in robot.findings())
    robot.click_finding("“甲”重复")
    robot.settle()
    assert robot.session.project_id == numbers[1]
    robot.window.findings.filter.choose(OPEN)
    assert any("“甲”重复" in line for line in robot.findings())
    robot.do("recycle")
    robot.settle()
    assert [one.number for one in robot.bench.checking.whole.projects] == [numbers[0]]
    assert robot.window.findings.filter.scope.isHidden()


def test_only_the_selected_are_checked(robot: Robot) -> None:
    fill(robot)
    robot.do("select_all")
    assert robot.window.projects.totals.text().startswith("已选中 3 个项目")
    robot.window.projects.list.clearSelection()
    for name in ("甲", "丙"):
        index = next(i for i in range(3) if robot.listed()[i] == name)
        model = robot.window.projects.model
        selection = robot.window.projects.list.selectionModel()
        selection.select(model.index(index), selection.SelectionFlag.Select)
    whole(robot)
    assert headings(robot) == ["■ 丙（1 处错误）"]
    assert len(robot.bench.checking.whole.projects) == 2


def test_selection_stays_when_the_order_changes(robot: Robot) -> None:
    fill(robot)
    pane = robot.window.projects
    pane.list.selectAll()
    before = pane.selected()
    sort = next(one for one in pane.sort.menu().actions() if one.data() == "marks")
    sort.trigger()
    assert robot.listed() == ["丙", "乙", "甲"]
    assert sorted(pane.selected()) == sorted(before)


def test_many_lines_are_cut_short_with_a_word(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ui.panes.findings.MOST_LINES", 2)
    fill(robot)
    whole(robot)
    assert robot.findings()[-1].startswith("……另有 1 条")


def rule(dialog: RulesDialog, switch: str) -> object:
    return next(item for item in dialog._rules if item.text(0) == switch)


def click(dialog: RulesDialog, words: str) -> None:
    next(one for one in dialog.findChildren(QPushButton) if one.text() == words).click()


def test_rules_are_switched_for_good(
    open_window: Callable[..., Robot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = open_window()
    fill(robot)

    def off(dialog: QDialog) -> None:
        assert isinstance(dialog, RulesDialog)
        assert dialog.state.text() == "与默认相同"
        dialog.words.setText("计量单位 缺少")
        assert all(item.isHidden() for item in dialog._rules if item.text(0) == "M02")
        dialog.words.setText("")
        item = rule(dialog, "V02")
        dialog.tree.setCurrentItem(item)  # type: ignore[arg-type]
        robot.qtbot.keyClick(dialog.tree, Qt.Key.Key_Space)
        error = rule(dialog, "M02")
        dialog.tree.setCurrentItem(error)  # type: ignore[arg-type]
        robot.qtbot.keyClick(dialog.tree, Qt.Key.Key_Space)
        assert dialog.state.text() == "与默认不同的有 1 条"
        assert dialog.switches == {"V02": False}
        click(dialog, "确定")

    robot.in_dialog(RulesDialog, off, then=lambda: robot.do("switches"))
    robot.settle()
    assert robot.session.kept.setting("rules") == {"V02": False}
    whole(robot)
    assert headings(robot) == ["■ 丙（1 处错误）"]
    out = tmp_path / "报告.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(out), ""))
    robot.do("report")
    robot.settle()
    robot.wait(out.exists)
    robot.settle()
    assert "已关闭的规则：V02" in "".join(page.extract_text() for page in PdfReader(out).pages)
    robot.close()
    robot = open_window()
    robot.settle()
    assert robot.bench.checking.switches == {"V02": False}

    def back(dialog: QDialog) -> None:
        assert isinstance(dialog, RulesDialog)
        dialog.default.click()
        assert dialog.switches == {}
        click(dialog, "确定")

    robot.in_dialog(RulesDialog, back, then=lambda: robot.do("switches"))
    robot.settle()
    assert robot.session.kept.setting("rules") == {}
    whole(robot)
    assert len(headings(robot)) == 2


def test_the_list_is_narrowed_by_keys_alone(robot: Robot) -> None:
    fill(robot)
    whole(robot)
    pane = robot.window.findings
    pane.filter.scope.setFocus()
    robot.press(Qt.Key.Key_Down)
    assert pane.filter.wanted_scope not in (OPEN, ALL)
    robot.press(Qt.Key.Key_Tab)
    assert robot.focused() is pane.filter.kind
    robot.press(Qt.Key.Key_Tab)
    assert robot.focused() is pane.list


def test_called_off_the_old_result_stays(robot: Robot) -> None:
    fill(robot)
    whole(robot)
    before = robot.bench.checking.whole
    robot.bench.long_jobs.progressed.connect(lambda job, *_more: job.cancel(), Qt.ConnectionType.DirectConnection)
    whole(robot)
    assert robot.bench.checking.whole.projects == before.projects
    assert robot.bench.checking.whole.at == before.at
