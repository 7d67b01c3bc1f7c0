"""The window as a whole: typing a project from nothing, undo, findings, paper, saving."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.store.samples import sample
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs
EDITION = "sh-songjiang-declaration-2025"
FIELDS = {
    "declaration.fields.项目名称": "社区科普讲座",
    "declaration.fields.项目性质": "其他经常性项目",
    "declaration.fields.项目类别": "其他运转类",
    "declaration.fields.主管部门": "示例区科学技术协会",
    "declaration.fields.实施单位": "示例区科普服务中心",
    "declaration.fields.计划开始日期": "2025.1.1",
    "declaration.fields.计划完成日期": "20251231",
    "declaration.funds.年度资金申请总额": "７5万",
    "declaration.funds.当年财政拨款": "750000",
    "declaration.annual_goal": "举办讲座24场。\n发放折页3000份。",
}
STORED = {
    **FIELDS,
    "declaration.fields.计划开始日期": "2025-01-01",
    "declaration.fields.计划完成日期": "2025-12-31",
    "declaration.funds.年度资金申请总额": "750,000.00",
    "declaration.funds.当年财政拨款": "750,000.00",
}


def new(robot: Robot, name: str = "新项目") -> None:
    robot.new(name=name, unit="示例区科普服务中心", year=2025, edition=EDITION)


def test_empty_window_offers_a_beginning(robot: Robot) -> None:
    assert robot.window.start.isVisible()
    assert set(robot.window.start.buttons) >= {"new", "carry", "import", "samples"}
    assert not robot.window.actions_["print"].isEnabled()
    assert robot.title == "绩表"


def test_project_typed_from_nothing_is_there_after_reopening(open_window: Callable[..., Robot]) -> None:
    robot = open_window()
    new(robot)
    for path, words in FIELDS.items():
        robot.type(path, words)
    for path, words in STORED.items():
        assert robot.shown(path) == words, path
    robot.settle()
    before = robot.project
    robot.close()
    robot = open_window()
    assert robot.project == before
    assert {path: robot.shown(path) for path in STORED} == STORED
    assert "示例区科普服务中心 2025 年 · 社区科普讲座" in robot.title


def test_each_field_is_one_step_of_undo(robot: Robot) -> None:
    new(robot)
    steps = list(FIELDS.items())[:5]
    states = [robot.project]
    for path, words in steps:
        robot.type(path, words)
        if robot.project != states[-1]:
            states.append(robot.project)
    assert robot.window.actions_["undo"].toolTip().startswith("撤销：修改“主管部门”")
    for state in reversed(states[:-1]):
        robot.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert robot.project == state
    assert robot.session.undo_name is None
    for state in states[1:]:
        robot.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert robot.project == state


def test_undo_brings_the_cursor_back_to_the_place(robot: Robot) -> None:
    new(robot)
    robot.type("declaration.fields.主管部门", "示例局")
    robot.window.editor.show_tab("goals")
    robot.do("undo")
    assert robot.window.editor.tab is not None
    assert robot.window.editor.tab.name == "basics"
    assert robot.focused().objectName() == "declaration.fields.主管部门"
    assert robot.shown("declaration.fields.主管部门") == ""


def test_typing_is_handed_over_after_a_pause_but_not_while_composing(pause: int, robot: Robot) -> None:
    new(robot)
    robot.type("declaration.fields.主管部门", "示例", leave=False)
    robot.compose("ju")
    robot.qtbot.wait(pause)
    assert robot.project.declaration is not None
    assert robot.project.declaration.fields["主管部门"] == ""
    robot.compose("")
    robot.keys("局")
    robot.wait(lambda: robot.project.declaration.fields["主管部门"] == "示例局")
    assert robot.focused().objectName() == "declaration.fields.主管部门"


def test_saving_by_habit_hands_over_what_is_typed_and_says_that_all_is_saved(robot: Robot) -> None:
    new(robot)
    robot.type("declaration.fields.主管部门", "示例局", leave=False)
    robot.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert robot.project.declaration is not None
    assert robot.project.declaration.fields["主管部门"] == "示例局"
    assert "不必另外保存" in robot.shell.statusBar().currentMessage()
    assert robot.focused().objectName() == "declaration.fields.主管部门"


def test_undo_while_typing_takes_back_what_was_just_typed(robot: Robot) -> None:
    new(robot)
    robot.type("declaration.fields.主管部门", "示例局", leave=False)
    robot.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert robot.shown("declaration.fields.主管部门") == ""
    robot.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert robot.shown("declaration.fields.主管部门") == "示例局"


def test_enter_goes_on_in_the_order_of_the_form(robot: Robot) -> None:
    new(robot)
    robot.field("declaration.fields.项目名称")
    seen = []
    for _ in range(6):
        robot.press(Qt.Key.Key_Return)
        seen.append(robot.focused().objectName().rsplit(".", 1)[1])
    assert seen == ["项目性质", "项目类别", "主管部门", "实施单位", "计划开始日期", "计划完成日期"]


def test_enter_in_the_last_field_goes_on_to_the_next_page_and_not_out_of_the_form(robot: Robot) -> None:
    new(robot)
    robot.type("declaration.fields.计划完成日期", "2025年2月31日\n", leave=False)
    assert robot.focused().objectName() == "declaration.fields.计划完成日期"  # what is wrong is told here
    robot.type("declaration.fields.计划完成日期", "20251231\n", leave=False)
    assert robot.project.declaration is not None
    assert robot.project.declaration.fields["计划完成日期"] == "2025-12-31"
    assert robot.focused().objectName() == "declaration.funds.项目资金总额"
    seen = []
    for _ in range(6):
        robot.press(Qt.Key.Key_Return)
        seen.append(robot.focused().objectName().rsplit(".", 1)[1])
    assert seen == ["年度资金申请总额", "财政资金", "当年财政拨款", "上年结转资金", "其他资金", "年度其他资金"]
    robot.press(Qt.Key.Key_Return)
    assert robot.focused().objectName() == "declaration.overall_period.start"


def test_wrong_dates_are_told_in_place_and_kept(robot: Robot) -> None:
    new(robot)
    path = "declaration.fields.计划完成日期"
    robot.type(path, "2025年2月31日")
    assert "2025年2月没有31日" in robot.message(path)
    assert robot.shown(path) == "2025年2月31日"
    robot.type(path, "2025.3.1")
    assert robot.shown(path) == "2025-03-01"
    assert robot.message(path) == ""


def test_wrong_amounts_are_told_in_place_and_kept(robot: Robot) -> None:
    new(robot)
    path = "declaration.funds.年度资金申请总额"
    robot.type(path, "1.2.3")
    assert "1.2.3" in robot.message(path)
    assert robot.shown(path) == "1.2.3"
    assert any("年度资金申请总额" in line for line in robot.findings())
    robot.type(path, "１２。５")
    assert robot.shown(path) == "12.50"
    assert robot.message(path) == ""


def test_sum_of_the_parts_is_shown_and_can_be_filled_in(robot: Robot) -> None:
    new(robot)
    robot.type("declaration.funds.当年财政拨款", "100")
    robot.type("declaration.funds.上年结转资金", "20")
    total = robot.field("declaration.funds.年度资金申请总额")
    assert "120.00" in total.note.text()
    robot.type("declaration.funds.年度资金申请总额", "130")
    assert "10.00" in robot.field("declaration.funds.年度资金申请总额").note.text()
    total.note.linkActivated.emit("fill")
    assert robot.shown("declaration.funds.年度资金申请总额") == "120.00"


def test_click_on_a_finding_leads_to_its_field(robot: Robot) -> None:
    new(robot)
    robot.click_finding("年度总体目标")
    assert robot.focused().objectName() == "declaration.annual_goal"
    robot.window.editor.show_tab("basics")
    robot.do("next_finding")
    assert robot.window.findings.list.currentRow() >= 0


def test_fields_carry_the_marks_of_their_findings(robot: Robot) -> None:
    new(robot)
    robot.settle()
    field = robot.field("declaration.fields.项目类别")
    assert field.mark.isVisible()
    assert field.mark.text() == "■"
    assert "项目类别" in field.focus_target.accessibleDescription()
    robot.type("declaration.fields.项目类别", "其他运转类")
    robot.settle()
    assert not robot.field("declaration.fields.项目类别").mark.isVisible()


def test_paper_shows_the_document_and_is_tied_to_the_fields(with_samples: Robot) -> None:
    robot = with_samples
    paper = robot.window.paper.source.paper
    assert paper is not None
    assert robot.window.paper.view.count == len(paper.sizes) >= 1
    robot.click_paper("declaration.fields.主管部门")
    assert robot.focused().objectName() == "declaration.fields.主管部门"
    assert robot.window.paper.view._lit == paper.map.spots("declaration.fields.主管部门")
    robot.click_paper("declaration.annual_goal")
    assert robot.focused().objectName() == "declaration.annual_goal"
    robot.type("declaration.fields.主管部门", "另一主管部门")
    robot.settle()
    assert robot.window.paper.source.paper is not paper


@pytest.mark.usefixtures("kind_of_disk", "impatient")
def test_saving_failure_is_a_bar_until_it_is_over(robot: Robot) -> None:
    import sqlite3

    new(robot)
    robot.wait(lambda: robot.session.save_state.kind == "saved")
    other = sqlite3.connect(robot.bench.folder / "jibiao.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    robot.type("declaration.fields.主管部门", "示例局")
    robot.wait(robot.window.banner.isVisible)
    assert "占用" in robot.window.banner.words.text()
    assert "未能保存" in robot.title
    assert robot.shown("declaration.fields.主管部门") == "示例局"
    other.execute("ROLLBACK")
    other.close()
    robot.window.banner.button.click()
    robot.wait(lambda: not robot.window.banner.isVisible())
    assert "已保存" in robot.title


def test_list_filters_sorts_and_totals(with_samples: Robot) -> None:
    robot = with_samples
    pane = robot.window.projects
    everything = robot.listed()
    assert len(everything) == len(robot.session.rows())
    pane.filter.setText("讲座")
    assert robot.listed() == [name for name in everything if "讲座" in name]
    assert f"{len(robot.listed())} 个项目" in pane.totals.text()
    pane.filter.clear()
    for action in pane.sort.menu().actions():
        action.trigger()
        assert sorted(robot.listed()) == sorted(everything)
    pane.year.setCurrentIndex(pane.year.findData(2024))
    assert robot.listed()
    assert len(robot.listed()) < len(everything)


def test_recycle_bin_gives_back_and_purges(with_samples: Robot) -> None:
    from PySide6.QtWidgets import QMessageBox

    robot = with_samples
    before = robot.listed()
    name = robot.project.name
    robot.do("recycle")
    assert robot.listed() == before[1:]
    pane = robot.window.projects
    pane.bin.click()
    assert robot.listed() == [name]
    pane.list.setCurrentIndex(pane.model.index(0))
    pane.restore.click()
    assert robot.listed() == before
    robot.do("recycle")
    pane.bin.click()
    pane.list.setCurrentIndex(pane.model.index(0))
    robot.in_dialog(
        QMessageBox,
        lambda box: next(one for one in box.buttons() if one.text() == "彻底删除").click(),
        then=pane.purge.click,
    )
    assert robot.listed() == []
    pane.bin.click()
    assert robot.listed() == before[1:]


def test_a_project_opened_by_a_shortcut_is_the_only_one_selected(with_samples: Robot) -> None:
    shell = with_samples.shell
    for modifiers in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier):
        QTest.keyPress(shell, Qt.Key.Key_F12, modifiers)  # and the keys are still down when the project is opened
        number = next(row.id for row in with_samples.session.rows() if row.id != with_samples.session.project_id)
        with_samples.window.view.open_project(number)
        with_samples.settle()
        assert with_samples.window.projects.selected() == [number]
        QTest.keyRelease(shell, Qt.Key.Key_F12)


def test_copy_makes_a_new_project(with_samples: Robot) -> None:
    robot = with_samples
    count = len(robot.listed())
    robot.do("copy")
    assert len(robot.listed()) == count + 1


def test_evaluation_is_made_from_the_declaration(with_samples: Robot) -> None:
    robot = with_samples
    assert robot.project.evaluation is None
    declaration = robot.project.declaration
    robot.do("evaluate")
    evaluation = robot.project.evaluation
    assert evaluation is not None
    assert declaration is not None
    assert [one.target for one in evaluation.indicators] == [one.target for one in declaration.indicators]
    assert evaluation.expected == declaration.annual_goal
    robot.type("evaluation.funds[0].全年执行数", declaration.funds["年度资金申请总额"])
    assert robot.shown("evaluation.funds[0].执行率") == "100.00%"
    assert robot.field("evaluation.funds[0].执行率").editor_widget.isReadOnly()


def test_narrow_window_folds_the_paper_to_a_tab(open_window: Callable[..., Robot]) -> None:
    robot = open_window(width=1200)
    new(robot)
    panes = robot.window.panes
    assert panes.bar.isVisible()
    assert not robot.window.paper.isVisible()
    panes.bar.setCurrentIndex(1)
    assert robot.window.paper.isVisible()
    robot.click_paper("declaration.fields.实施单位")
    assert robot.focused().objectName() == "declaration.fields.实施单位"
    robot.shell.resize(1500, 800)
    QApplication.processEvents()
    assert robot.window.paper.isVisible()
    assert not panes.bar.isVisible()


def test_panes_and_tab_are_remembered(open_window: Callable[..., Robot]) -> None:
    robot = open_window()
    new(robot)
    robot.window.editor.show_tab("goals")
    robot.do("paper")
    robot.do("list")
    robot.close()
    robot = open_window()
    assert robot.window.editor.tab is not None
    assert robot.window.editor.tab.name == "goals"
    assert robot.window.panes.right.isHidden()
    assert robot.window.projects.isHidden()


def test_page_keys_turn_the_tabs(robot: Robot) -> None:
    new(robot)
    names = []
    for _ in range(5):
        names.append(robot.window.editor.tab.name)
        robot.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert names == ["basics", "funds", "goals", "indicators", "narrative"]
    assert robot.window.editor.tab.name == "basics"
    robot.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert robot.window.editor.tab.name == "narrative"


def test_narrative_is_added_and_typed(robot: Robot) -> None:
    from PySide6.QtWidgets import QPushButton

    new(robot)
    robot.window.editor.show_tab("narrative")
    page = robot.window.editor.page
    next(one for one in page.findChildren(QPushButton) if one.isVisible()).click()
    robot.type("narrative.sections[2].text", "示例区科普服务中心。")
    assert robot.project.narrative is not None
    assert robot.project.narrative.sections[2].text == "示例区科普服务中心。"


def test_every_action_has_words_and_a_place(with_samples: Robot) -> None:
    robot = with_samples
    robot.window.editor.show_tab("indicators")  # its actions join the menu
    actions = [action for menu in robot.window.actions_.menus.values() for action in menu.actions()]
    assert all(action.text() or action.isSeparator() for action in actions)
    shortcuts = [one.toString() for action in actions for one in action.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts)), sorted(shortcuts)
    for menu in robot.window.actions_.menus.values():
        letters = [action.text().partition("(&")[2][:1] for action in menu.actions() if "(&" in action.text()]
        assert len(letters) == len(set(letters)), (menu.title(), letters)


def test_the_filter_finds_what_stands_anywhere(with_samples: Robot) -> None:
    robot = with_samples
    robot.window.projects.filter.setText("街镇")
    robot.settle()
    inside = [name for name in robot.listed() if "街镇" not in name]
    assert inside
    robot.open(inside[0])
    robot.type("declaration.fields.主管部门", "从未有过的部门名")
    robot.session.flush()
    robot.window.projects.filter.setText("有过的部门")
    robot.settle()
    assert robot.listed() == inside[:1]
    robot.window.projects.filter.clear()
    assert len(robot.listed()) == 12


def test_of_very_many_projects_only_the_open_one_is_checked_by_itself(
    robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.ui import checking

    monkeypatch.setattr(checking, "MARKED", 2)
    numbers = robot.session.add([sample(f"第{n}个") for n in range(4)])
    robot.session.open(numbers[0])
    robot.settle()
    assert set(robot.bench.checking.marks) == {numbers[0]}
