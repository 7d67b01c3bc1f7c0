"""Smaller things of the window: calendar, paper, banner, text size, indicators through the window, trouble."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget, QInputDialog, QLabel, QMenu, QMessageBox

from desktop.ui.dialogs.manual import ManualWindow
from forms.documents import Project, empty_narrative
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs

EDITION = "sh-songjiang-declaration-2025"
DATE = "declaration.fields.计划开始日期"


def new(robot: Robot) -> None:
    robot.new(name="新项目", unit="示例单位", year=2025, edition=EDITION)


def test_long_name_wraps_and_is_still_one_paragraph(robot: Robot) -> None:
    new(robot)
    name = robot.field("declaration.fields.项目名称")
    low = name.height()
    lines = "社区科普讲座\r\n  与流动巡展（Science\nBus）、\n科普展品巡回展示及科普折页编印项目\n" + "、流动巡展" * 20
    QApplication.clipboard().setText(lines)
    name.editor_widget.setFocus()
    name.editor_widget.selectAll()
    robot.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    robot.qtbot.waitUntil(lambda: name.height() > low)
    robot.press(Qt.Key.Key_Return)
    robot.settle()
    assert (
        robot.project.name
        == "社区科普讲座与流动巡展（Science Bus）、科普展品巡回展示及科普折页编印项目" + "、流动巡展" * 20
    )
    assert robot.focused() is not name.editor_widget


def test_a_field_with_the_focus_goes_with_its_page(with_samples: Robot) -> None:
    robot = with_samples
    of_other_years = {row.year: row.id for row in robot.session.rows()}
    for number in [*of_other_years.values()] * 4:
        form, _ = robot.project.forms[0]
        robot.field(f"{form}.fields.主管部门").editor_widget.setFocus()
        robot.session.open(number)
        robot.settle()
    assert len(of_other_years) > 2


def test_tab_selects_a_text_and_leaves_nothing_selected(robot: Robot) -> None:
    new(robot)
    first = robot.field("declaration.fields.主管部门").editor_widget
    first.setFocus()
    robot.keys("区科协")
    robot.press(Qt.Key.Key_Tab)
    second = robot.focused()
    robot.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert robot.focused() is first is not second
    assert first.textCursor().selectedText() == "区科协"
    robot.press(Qt.Key.Key_Tab)
    assert not first.textCursor().hasSelection()


@pytest.mark.qt_log_ignore("grabbing", "raise", "propagateSizeHints")
def test_calendar_writes_the_day_chosen(robot: Robot) -> None:
    new(robot)
    robot.type(DATE, "2025-05-06", leave=False)
    robot.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = next(one for one in robot.shell.findChildren(QCalendarWidget) if one.isVisible())
    assert calendar.selectedDate() == QDate(2025, 5, 6)
    calendar.clicked.emit(QDate(2025, 7, 8))
    assert robot.shown(DATE) == "2025-07-08"
    assert robot.project.declaration is not None
    assert robot.project.declaration.fields["计划开始日期"] == "2025-07-08"


def test_choice_of_the_list_is_taken_at_once(robot: Robot) -> None:
    new(robot)
    box = robot.field("declaration.fields.项目类别").editor
    box.setCurrentIndex(1)  # type: ignore[union-attr]  # of a choice field it is a box
    box.activated.emit(1)  # type: ignore[union-attr]
    assert robot.project.declaration is not None
    assert robot.project.declaration.fields["项目类别"] == "特定目标类"


def test_wheel_over_a_choice_changes_nothing(robot: Robot) -> None:
    new(robot)
    field = robot.field("declaration.fields.项目类别")
    QApplication.sendEvent(field.editor, wheel(120))
    assert robot.shown("declaration.fields.项目类别") == ""


def wheel(delta: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWheelEvent:
    at = QPointF(5, 5)
    return QWheelEvent(
        at, at, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False
    )


def test_paper_zooms_and_turns(with_samples: Robot) -> None:
    robot = with_samples
    pane, view = robot.window.paper, robot.window.paper.view
    fitted = view.zoom
    pane.zoom.setCurrentIndex(pane.zoom.findData(150))
    pane.zoom.activated.emit(pane.zoom.currentIndex())
    assert view.zoom == 1.5
    robot.do("zoom_out")
    assert view.zoom < 1.5
    QApplication.sendEvent(view.viewport(), wheel(120, Qt.KeyboardModifier.ControlModifier))
    assert view.zoom > 1.2
    robot.do("zoom_fit")
    assert abs(view.zoom - fitted) < 0.01
    robot.settle()
    assert view.count > 1
    assert not pane.back.isEnabled()
    pane.on.click()
    assert view.page == 1
    assert pane.number.text() == f"第 2/{view.count} 页"
    pane.back.click()
    assert view.page == 0
    robot.settle()
    assert view.pictures.of[0].image.width() > 100


def test_indicators_are_typed_undone_and_lit_on_paper(with_samples: Robot) -> None:
    robot = with_samples
    robot.window.view.go_to("declaration.indicators[0].l3")
    robot.settle()
    spots = robot.window.paper.view._lit
    assert spots
    before = robot.project
    robot.keys("x")
    robot.press(Qt.Key.Key_Return)
    assert robot.project != before
    robot.do("undo")
    assert robot.project == before
    assert robot.window.editor.tab is not None
    assert robot.window.editor.tab.name == "indicators"
    actions = robot.window.actions_.menus["indicators"].actions()
    assert len(actions) > 5


def test_finding_of_an_indicator_leads_to_its_row(with_samples: Robot) -> None:
    robot = with_samples
    robot.open("产地环境与投入品监测")
    robot.click_finding("土壤检测数量")
    assert robot.window.editor.tab is not None
    assert robot.window.editor.tab.name == "indicators"
    assert "土壤检测数量" in robot.window.place.text()


def test_later_click_on_a_finding_leads_to_its_next_place(robot: Robot) -> None:
    new(robot)
    robot.type("declaration.fields.项目名称", "2022年讲座")
    robot.type("declaration.annual_goal", "完成2023年安排的讲座100场，发放折页3000份。")
    robot.click_finding("与表年度")
    first = robot.window.view.path
    robot.qtbot.wait(QApplication.doubleClickInterval() + 50)
    robot.click_finding("与表年度")
    assert {first, robot.window.view.path} == {"declaration.fields.项目名称", "declaration.annual_goal"}


def test_text_size_is_kept(open_window: Callable[..., Robot]) -> None:
    robot = open_window()
    new(robot)
    before = QApplication.font().pointSizeF()
    robot.do("large")
    assert QApplication.font().pointSizeF() > before
    assert robot.shown("declaration.fields.实施单位") == "示例单位"
    robot.close()
    robot = open_window()
    assert robot.window.actions_["large"].isChecked()
    robot.do("medium")


def test_form_of_an_unknown_edition_is_shown_as_such(robot: Robot) -> None:
    new(robot)
    project = robot.project
    assert project.declaration is not None
    strange = project._replace(declaration=project.declaration._replace(edition="xx-2030"))
    robot.session.open(robot.session.add([strange])[0])
    robot.settle()
    words = [one.text() for one in robot.shell.findChildren(QLabel) if one.isVisible()]
    assert any("xx-2030" in one for one in words)
    assert robot.window.paper.view.count == 0
    robot.do("evaluate")


def test_narrative_alone_can_be_opened(robot: Robot) -> None:
    robot.session.open(robot.session.add([Project(narrative=empty_narrative())])[0])
    robot.type("narrative.sections[0].text", "概述")
    assert robot.project.narrative is not None
    assert robot.project.narrative.sections[0].text == "概述"


def test_rename_writes_the_name(with_samples: Robot) -> None:
    robot = with_samples

    def fill(dialog: object) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("换个名称")
        dialog.accept()

    robot.in_dialog(QInputDialog, fill, then=lambda: robot.do("rename"))
    assert robot.project.name == "换个名称"
    assert "换个名称" in robot.listed()
    robot.do("undo")
    assert "换个名称" not in robot.listed()


def test_damaged_project_is_told_and_the_others_stay(with_samples: Robot) -> None:
    robot = with_samples
    name = robot.project.name
    other = next(row for row in robot.session.rows() if row.name != name)
    db = sqlite3.connect(robot.bench.folder / "jibiao.db")
    db.execute("UPDATE projects SET snapshot = '{' WHERE id = ?", [other.id])
    db.commit()
    db.close()
    robot.open(other.name)
    assert robot.project.name == name
    assert robot.window.banner.isVisible()
    robot.window.banner.button.click()
    assert not robot.window.banner.isVisible()


@pytest.mark.usefixtures("kind_of_disk", "impatient")
def test_closing_with_something_unsaved_asks(robot: Robot) -> None:
    new(robot)
    robot.wait(lambda: robot.session.save_state.kind == "saved")
    db = sqlite3.connect(robot.bench.folder / "jibiao.db", isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    robot.type("declaration.fields.主管部门", "示例局")
    robot.wait(robot.window.banner.isVisible)
    asked: list[str] = []

    def stay(box: object) -> None:
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        next(one for one in box.buttons() if one.text() == "不关闭").click()

    robot.in_dialog(QMessageBox, stay, then=robot.shell.close)
    assert "占用" in asked[0]
    assert robot.shell.isVisible()
    db.execute("ROLLBACK")
    db.close()
    robot.close()


def test_manual_opens_at_the_chapter(with_samples: Robot) -> None:
    robot = with_samples
    robot.window.editor.show_tab("funds")
    robot.do("help")
    manual = next(one for one in robot.shell.findChildren(ManualWindow))
    assert "绩表" in manual.toPlainText()
    assert manual.verticalScrollBar().value() > 0
    manual.close()


@pytest.mark.qt_log_ignore("grabbing", "raise", "propagateSizeHints")
def test_list_has_a_menu_of_its_own(with_samples: Robot) -> None:
    robot = with_samples
    view = robot.window.projects.list
    view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(one for one in robot.shell.findChildren(QMenu) if one.isVisible())
    assert robot.window.actions_["rename"] in menu.actions()
    menu.close()


def test_filter_is_found_with_its_key(with_samples: Robot) -> None:
    robot = with_samples
    robot.do("list")
    robot.do("find")
    assert robot.focused() is robot.window.projects.filter


def test_check_that_was_asked_for_tells_its_outcome(with_samples: Robot) -> None:
    robot = with_samples
    robot.do("check")
    robot.wait(lambda: robot.shell.statusBar().currentMessage().startswith("全面检查了"))
