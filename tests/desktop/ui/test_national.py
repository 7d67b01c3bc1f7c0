"""The national 申报表 in the real window: two halves typed, checked, undone, copied, evaluated, carried, printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QLabel, QMenu

from desktop.texts import text
from desktop.ui.dialogs.carry import CarryDialog
from desktop.ui.dialogs.new_project import NewProjectDialog
from desktop.ui.pages.indicators import IndicatorsPage
from forms.documents import Declaration, Period
from forms.package import read_package
from tests.robot.window import Robot
from tests.strategies import EDITIONS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", extend=True)
SAMPLE = Path(__file__).parents[2] / "forms" / "wetland-restoration-2025.json"
ID = "cn-declaration-2015"


def declared(robot: Robot) -> Declaration:
    assert robot.project.declaration is not None
    return robot.project.declaration


def page(robot: Robot) -> IndicatorsPage:
    found = robot.window.editor.page
    assert isinstance(found, IndicatorsPage)
    return found


def sampled(robot: Robot) -> IndicatorsPage:
    """The sample, opened at its indicators."""
    number = robot.session.add(read_package(SAMPLE, EDITIONS).projects)[0]
    robot.settle()
    robot.session.open(number)
    robot.settle()
    robot.window.view.go_to("declaration.indicators[0].l3")
    return page(robot)


def put(robot: Robot, place: str, words: str) -> None:
    """Type a text into a cell of the indicators."""
    robot.window.view.go_to(f"declaration.indicators{place}")
    robot.keys(words)
    robot.press(Qt.Key.Key_Return)


def chosen(page: IndicatorsPage, action: str, label: str) -> None:
    """Take an entry of the menu of an action."""
    menu = page.actions_by_name[action].menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text() == label).trigger()


def test_a_form_is_made_filled_and_checked_while_it_is_typed(robot: Robot) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, NewProjectDialog)
        dialog.year.setText("2025")
        choices = [dialog.edition.itemText(at) for at in range(dialog.edition.count())]
        assert "项目支出绩效目标申报表（中央部门，2015年起）（未经官方样张核对）" in choices
        dialog.reject()

    robot.in_dialog(NewProjectDialog, look, then=lambda: robot.do("new"))
    robot.new(name="示例湖湿地修复", unit="示例湖保护中心", year=2025, edition=ID)
    assert text("pages.unverified") in [label.text() for label in robot.shell.findChildren(QLabel) if label.isVisible()]
    robot.type("declaration.fields.主管部门及代码", "示例省林业局 [000]")
    for key, words in (("中期资金总额", "1750"), ("中期财政拨款", "1600"), ("年度资金总额", "576.5")):
        robot.type(f"declaration.funds.{key}", words)
    assert declared(robot).funds["中期资金总额"] == "1,750.00", "in 万元"
    assert any(
        "中期资金总额（1,750.00）不等于中期财政拨款与中期其他资金之和（1,600.00）" in one for one in robot.findings()
    )
    robot.type("declaration.funds.中期其他资金", "150")
    robot.type("declaration.funds.年度财政拨款", "576.5")
    assert not any("资金总额" in one for one in robot.findings())
    assert robot.window.projects.totals.text().endswith("576.50 万元")
    robot.type("declaration.overall_period.end", "2027")
    assert "年度目标未填写" in robot.findings(), "in the words of the form"
    robot.type("declaration.overall_goal", "三年修复1000公顷。", leave=False)
    robot.window.editor.commit()
    assert robot.session.undo_name == "修改“中期目标”"
    robot.type("declaration.annual_goal", "修复湿地320公顷。", leave=False)
    robot.window.editor.commit()
    assert declared(robot).overall_period == Period(2025, 2027)


def test_both_halves_are_typed_and_undone(robot: Robot) -> None:
    robot.new(name="示例湖湿地修复", unit="示例湖保护中心", year=2025, edition=ID)
    robot.window.view.go_to("declaration.indicators")
    indicators = page(robot)
    assert list(indicators.model.columns) == ["l3", "sign", "number", "unit", "mid_l3", "mid_target", "hint"]
    chosen(indicators, "add_level", "产出指标 – 数量指标")
    robot.keys("修复面积")
    robot.press(Qt.Key.Key_Return)
    robot.keys(">=320公顷")
    robot.press(Qt.Key.Key_Return)
    assert indicators.tree.current_cell() == (0, "mid_l3"), "Enter goes on to the half of the medium term"
    robot.keys("累计修复面积")
    robot.press(Qt.Key.Key_Return)
    robot.keys("1000")
    robot.press(Qt.Key.Key_Return)
    (first, _) = declared(robot).indicators
    assert (first.l3, first.target, first.mid_l3, first.mid_target) == ("修复面积", ">=320公顷", "累计修复面积", "1000")
    assert "指标“累计修复面积”的指标值“1000”缺少计量单位" in robot.findings()
    put(robot, "[0].mid_target", "不少于1000公顷")
    assert "指标“累计修复面积”的指标值“1000”缺少计量单位" not in robot.findings()
    robot.window.view.go_to("declaration.indicators[0].mid_target")
    assert indicators.line.offered is not None
    indicators.line.button.click()
    assert [row.mid_target for row in declared(robot).indicators] == ["≥1000公顷", ""]
    assert declared(robot).indicators[0].target == ">=320公顷", "the offer was for the medium term"
    assert robot.window.actions_["undo"].text().startswith("撤销")
    robot.do("undo")
    assert declared(robot).indicators[0].mid_target == "不少于1000公顷"
    robot.do("redo")
    assert declared(robot).indicators[0].mid_target == "≥1000公顷"


def test_paper_and_tree_lead_to_each_other(robot: Robot) -> None:
    indicators = sampled(robot)
    robot.click_paper("declaration.indicators[2].mid_target")
    assert indicators.tree.current_cell() == (2, "mid_target")
    robot.click_paper("declaration.indicators[1].mid_l3")
    assert indicators.tree.current_cell() == (1, "mid_l3")
    robot.click_paper("declaration.indicators[8].l2")
    facts = indicators.tree.facts(indicators.tree.currentIndex())
    assert facts is not None
    assert (facts.depth, facts.name, facts.standing) == (2, "共建指标", "fine")


def test_a_long_unit_is_not_cut_off(robot: Robot) -> None:
    tree = sampled(robot).tree
    for key, words in (("l3", "每公顷"), ("mid_l3", "每公顷"), ("mid_target", "≤2元")):
        put(robot, f"[7].{key}", words)
    robot.window.view.go_to("declaration.indicators[7].unit")
    line = tree.currentIndex().row()
    tree.setColumnWidth(tree.columns.index("unit"), 120)
    robot.wait(lambda: tree.rowHeight(line) == tree.delegate.least_height())
    tree.setColumnWidth(tree.columns.index("unit"), 40)
    robot.wait(lambda: tree.rowHeight(line) > tree.delegate.least_height())


def test_rows_are_copied_with_both_halves(robot: Robot) -> None:
    indicators = sampled(robot)
    before = declared(robot).indicators
    indicators.tree.select_rows([2])
    indicators.actions_by_name["copy"].trigger()
    indicators.tree.select_rows([3])
    indicators.actions_by_name["paste"].trigger()
    after = declared(robot).indicators
    assert len(after) == len(before) + 1
    assert (after[4].mid_l3, after[4].mid_target, after[4].l3) == ("建成水鸟栖息地生境岛", "≥12座", "")
    indicators.filter.words.setText("生境岛")
    robot.wait(lambda: indicators.model.visible_rows == 2)


def test_a_level_of_ones_own(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    indicators = sampled(robot)
    count = len(declared(robot).indicators)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" 生态修复指标 ", True))
    chosen(indicators, "add_level", "效益指标 – 自拟二级指标…")
    row = declared(robot).indicators[13]
    assert (row.l1, row.l2) == ("效益指标", "生态修复指标")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", True))
    chosen(indicators, "add_level", "效益指标 – 自拟二级指标…")
    assert len(declared(robot).indicators) == count + 1
    indicators.tree.select_rows([0])
    chosen(indicators, "assign", "产出指标 – 共建指标")
    assert declared(robot).indicators[8].l3 == "修复退化湿地面积"
    robot.new(name="甲", unit="乙", year=2025, edition="sh-declaration-2025")
    robot.window.view.go_to("declaration.indicators")
    menu = page(robot).actions_by_name["add_level"].menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert not any("自拟" in one.text() for one in menu.actions())


def test_it_is_evaluated_and_carried_on(robot: Robot) -> None:
    sampled(robot)
    robot.do("evaluate")
    robot.settle()
    evaluation = robot.project.evaluation
    assert evaluation is not None
    assert evaluation.edition == "cn-evaluation-2020"
    assert evaluation.funds[0]["年初预算数"] == "576.00"

    def carry(dialog: QDialog) -> None:
        assert isinstance(dialog, CarryDialog)
        robot.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    robot.in_dialog(CarryDialog, carry, then=lambda: robot.do("carry"))
    robot.settle()
    assert (declared(robot).year, declared(robot).edition) == (2026, ID)
    assert declared(robot).indicators[2].mid_l3 == "建成水鸟栖息地生境岛"


def test_it_goes_out_and_comes_back(robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sampled(robot)
    was = declared(robot)
    for name in ("a.xlsx", "b.json"):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path, **__: (str(path), f"*{path.suffix}"))
        robot.do("export")
        robot.wait(path.exists)
        robot.settle()
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, path=path, **__: ([str(path)], ""))
        robot.do("import")
        robot.settle()
        assert declared(robot) == was
