"""What the unit wrote before and the shipped library, offered in the real window while indicators are typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.presenters.completing import Offer, Wanted
from desktop.presenters.own_library import OwnRow, added, read_own, to_setting
from desktop.ui.dialogs.library import LibraryDialog
from desktop.ui.pages.indicators import IndicatorsPage
from forms.documents import Declaration, Evaluation, Indicator, Project
from tests.robot.window import Robot

Key, Mod = Qt.Key, Qt.KeyboardModifier
COUNT, QUALITY = ("产出指标", "数量指标"), ("产出指标", "质量指标")
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")


def declared(name: str, *rows: Indicator, year: int = 2025, edition: str = "sh-songjiang-declaration-2025") -> Project:
    fields = {"项目名称": name, "实施单位": "示例单位", "项目类别": "其他运转类"}
    return Project(declaration=Declaration(edition, year, fields, indicators=rows))


class Clerk:
    """Somebody at the indicators of a project, in a window with other projects."""

    def __init__(self, robot: Robot, project: Project, *others: Project) -> None:
        self.robot = robot
        self.number, *self.others = robot.session.add([project, *others])
        robot.session.open(self.number)
        robot.settle()
        robot.do("indicators")
        page = robot.window.editor.page
        assert isinstance(page, IndicatorsPage)
        self.page = page
        self.librarian = robot.bench.librarian
        self.librarian.begin()
        self.settle()

    def settle(self) -> None:
        self.robot.wait(lambda: self.librarian.jobs.is_idle)
        self.robot.settle()

    def go(self, row: int, key: str) -> None:
        assert self.page.focus_path(f"declaration.indicators[{row}].{key}")
        self.settle()

    def type(self, words: str) -> list[str]:
        self.robot.keys(words)
        self.settle()
        return self.page.tree.delegate.completion.offers

    @property
    def rows(self) -> tuple[Indicator, ...]:
        return self.robot.project.forms[0][1].indicators

    def asked(self, typed: str, *, column: str = "l3", row: Indicator | None = None, **more: str) -> list[Offer]:
        shown = self.page.model.shown
        assert shown is not None
        row = row or Indicator(*COUNT, "")
        wanted = Wanted(
            column,  # type: ignore[arg-type]  # one of the columns
            typed,
            row.l2,
            row.l3,
            more.get("category", ""),
            more.get("project", ""),
            shown.edition.value_style,
            2025,
        )
        answers: list[Offer] = []
        self.librarian.ask(wanted, answers.extend)
        self.settle()
        return answers


def test_initials_find_a_shipped_name_whose_usual_value_one_key_writes(robot: Robot) -> None:
    clerk = Clerk(robot, declared("信息系统运行维护", Indicator(*QUALITY, "")))
    clerk.go(0, "l3")
    found = clerk.type("xtky")
    assert found[0] == "系统可用率"
    robot.press(Key.Key_Down)
    robot.press(Key.Key_Return)
    clerk.settle()
    assert clerk.rows[0].l3 == "系统可用率"
    assert clerk.rows[0].target == ""
    offered = clerk.page.line.offered
    assert offered is not None
    assert offered.texts == ("≥99.00(%)",)
    assert clerk.page.tree.proposed(clerk.rows[0]) == "≥99.00(%)"
    robot.press(Key.Key_Return, Mod.AltModifier)
    assert clerk.rows[0].target == "≥99.00(%)"
    assert clerk.page.tree.proposed(clerk.rows[0]) == ""


def test_a_count_is_proposed_without_the_number_that_only_the_clerk_knows(robot: Robot) -> None:
    clerk = Clerk(robot, declared("业务培训", Indicator(*COUNT, "举办业务培训")))
    clerk.go(0, "l3")
    clerk.settle()
    clerk.go(0, "target")
    robot.press(Key.Key_Return, Mod.AltModifier)
    assert clerk.rows[0].target == "≥(场)"
    robot.keys("6")
    robot.press(Key.Key_Return)
    assert clerk.rows[0].target == "≥6.00(场)"


def test_what_the_unit_wrote_comes_before_the_shipped_names(robot: Robot) -> None:
    past = declared("业务培训", Indicator(*COUNT, "业务骨干培训场次", "≥4(场)"), year=2024)
    clerk = Clerk(robot, declared("业务培训", Indicator(*COUNT, "")), past)
    first = clerk.asked("培训", project="业务培训")[0]
    assert first == Offer("业务骨干培训场次", "≥4.00(场)　本单位2024年")


def test_a_date_of_last_year_is_offered_for_this_year(robot: Robot) -> None:
    row = Indicator("产出指标", "时效指标", "设备到货时间", "2024年6月30日前")
    clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "")), declared("乙", row, year=2024))
    asked = clerk.asked("", column="number", row=Indicator("产出指标", "时效指标", "设备到货时间"))
    assert asked == [Offer("2025年6月30日前", "本单位2024年")]


def test_an_unknown_name_gets_the_units_of_names_that_end_alike(robot: Robot) -> None:
    clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "")))
    asked = clerk.asked("", column="number", row=Indicator(*COUNT, "夏令营参加人次"))
    assert asked[0].text == "≥(人次)"
    assert clerk.asked("", column="number", row=Indicator(*COUNT, "营")) == []


def test_values_that_do_not_fit_what_is_typed_are_left_out(robot: Robot) -> None:
    past = declared("乙", Indicator(*COUNT, "巡检次数", "≥12(次)"), Indicator(*COUNT, "巡检次数", "≥24(次)"))
    clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "")), past)
    row = Indicator(*COUNT, "巡检次数")
    assert {one.text for one in clerk.asked("", column="number", row=row)} == {"≥12.00(次)", "≥24.00(次)"}
    assert [one.text for one in clerk.asked("24", column="number", row=row)] == ["≥24.00(次)"]


def test_a_name_that_the_form_has_already_is_not_offered_again(robot: Robot) -> None:
    clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "ttuu指标"), Indicator(*COUNT, ""), Indicator(*QUALITY, "")))
    clerk.go(1, "l3")
    assert clerk.type("ttuu") == []
    robot.press(Key.Key_Escape)
    clerk.go(2, "l3")
    assert clerk.type("ttuu") == ["ttuu指标"]


def test_reasons_of_past_evaluations_are_offered(robot: Robot) -> None:
    row = Indicator(*COUNT, "培训场次", "≥5场", "4场", "10", "8", "讲师生病，少办一场，明年提前备选讲师")
    fields = {"项目名称": "丙", "实施单位": "示例单位"}
    evaluated = Project(evaluation=Evaluation("sh-evaluation-2022", 2024, fields, indicators=(row,)))
    clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "")), evaluated)
    assert clerk.asked("备选讲师", column="reason")[0].text == row.reason
    assert len(clerk.asked("采购", column="reason", row=Indicator("产出指标", "时效指标", "时间"))) >= 1


def test_what_is_typed_now_is_offered_in_the_next_row(robot: Robot) -> None:
    clerk = Clerk(robot, declared("甲", Indicator(*COUNT, ""), Indicator(*QUALITY, "")))
    clerk.go(0, "l3")
    clerk.type("zzgg新指标")
    robot.press(Key.Key_Return)
    clerk.settle()
    assert [one.text for one in clerk.asked("zzgg")] == ["zzgg新指标"]
    robot.do("undo")
    clerk.settle()
    assert clerk.asked("zzgg") == []


def test_projects_in_the_bin_are_forgotten_and_come_back(robot: Robot) -> None:
    clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "")), declared("乙", Indicator(*COUNT, "qqww指标")))
    assert len(clerk.asked("qqww")) == 1
    robot.session.recycle(clerk.others)
    clerk.settle()
    assert clerk.asked("qqww") == []
    robot.session.restore(clerk.others)
    clerk.settle()
    assert len(clerk.asked("qqww")) == 1


def test_the_index_is_ready_at_once_in_the_next_session(open_window: Callable[..., Robot], tmp_path: Path) -> None:
    first = Clerk(open_window(), declared("甲", Indicator(*COUNT, "ppqq指标")))
    assert len(first.asked("ppqq")) == 1
    first.robot.close()
    assert first.robot.session.close()
    assert (tmp_path / "data" / "library.db").exists()
    again = open_window()
    again.bench.librarian.begin()
    again.wait(lambda: again.bench.librarian.jobs.is_idle)
    clerk = Clerk(again, declared("乙", Indicator(*COUNT, "")))
    assert len(clerk.asked("ppqq")) == 1


class TestOwnLibrary:
    def test_chosen_rows_are_kept_offered_first_and_undone_by_removing_them(self, robot: Robot) -> None:
        clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "rrss指标", "≥7(份)"), Indicator(*QUALITY, "")))
        clerk.go(0, "l3")
        robot.press(Key.Key_L, Mod.ControlModifier | Mod.ShiftModifier)
        clerk.settle()
        kept = clerk.librarian.own
        assert [(row.name, row.value, row.l2) for row in kept] == [("rrss指标", "≥7(份)", "数量指标")]
        assert "1 条" in robot.shell.statusBar().currentMessage()
        assert clerk.asked("rrss")[0].beside == "≥7.00(份)　本单位指标库"
        clerk.librarian.set_own(())
        clerk.settle()
        assert "本单位指标库" not in clerk.asked("rrss")[0].beside

    def test_a_row_without_a_name_is_not_kept(self, robot: Robot) -> None:
        clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "")))
        clerk.go(0, "l3")
        robot.press(Key.Key_L, Mod.ControlModifier | Mod.ShiftModifier)
        assert clerk.librarian.own == ()
        assert "未加入" in robot.shell.statusBar().currentMessage()

    def test_the_dialog_changes_removes_and_narrows(self, robot: Robot) -> None:
        clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "甲乙"), Indicator(*QUALITY, "丙丁")))
        clerk.go(0, "l3")
        rows = [OwnRow(*COUNT, "甲乙", "≥1", "", "甲"), OwnRow(*QUALITY, "丙丁", "", "", "甲")]
        clerk.librarian.add_own(rows)
        seen: list[int] = []

        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, LibraryDialog)
            seen.append(dialog.shipped_table.rowCount())
            own = dialog.own_table
            robot.qtbot.keyClicks(dialog.words, "xyz")
            assert all(own.isRowHidden(at) for at in range(own.rowCount()))
            dialog.words.clear()
            assert not own.isRowHidden(0)
            item = own.item(1, 2)
            assert item is not None
            item.setText("≥90%")
            own.selectRow(0)
            assert dialog.remove.isEnabled()
            dialog.remove.click()
            assert not dialog.remove.isEnabled()
            dialog.accept()

        robot.in_dialog(LibraryDialog, act, then=lambda: robot.press(Key.Key_L, Mod.ControlModifier))
        clerk.settle()
        assert seen[0] > 500
        assert [(row.name, row.value) for row in clerk.librarian.own] in ([("丙丁", "≥90%")], [("甲乙", "≥1")])

    def test_picked_rows_go_into_the_form_under_their_levels(self, robot: Robot) -> None:
        clerk = Clerk(robot, declared("甲", Indicator(*COUNT, "系统例行巡检次数", "≥1"), Indicator(*QUALITY, "丙丁")))
        clerk.go(0, "l3")

        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, LibraryDialog)
            dialog.tabs.setCurrentIndex(1)
            assert not dialog.add.isEnabled()
            table = dialog.shipped_table
            for at in range(table.rowCount()):
                item = table.item(at, 1)
                if item is not None and item.text() in ("系统例行巡检次数", "系统可用率", "系统上线时间"):
                    item.setSelected(True)
                    for column in range(table.columnCount()):
                        other = table.item(at, column)
                        assert other is not None
                        other.setSelected(True)
            assert dialog.add.isEnabled()
            dialog.add.click()

        robot.in_dialog(LibraryDialog, act, then=lambda: robot.press(Key.Key_L, Mod.ControlModifier))
        clerk.settle()
        assert [(row.l2, row.l3, row.target) for row in clerk.rows] == [
            ("数量指标", "系统例行巡检次数", "≥1"),
            ("质量指标", "丙丁", ""),
            ("质量指标", "系统可用率", "≥99.00(%)"),
            ("时效指标", "系统上线时间", "2025年10月31日前"),
        ]
        assert "已从指标库添加 2 条" in robot.shell.statusBar().currentMessage()
        robot.do("undo")
        assert len(clerk.rows) == 2

    def test_a_cost_goes_under_output_in_an_older_edition(self, robot: Robot) -> None:
        project = declared("甲", Indicator(*COUNT, "乙"), year=2022, edition="sh-declaration-2022")
        clerk = Clerk(robot, project)
        cost = OwnRow("成本指标", "经济成本指标", "印刷成本", "≤3(万元)", "", "")
        nowhere = OwnRow("成本指标", "社会成本指标", "投诉", "≤3(件)", "", "")
        clerk.page.add_from_library([cost, nowhere])
        assert [(row.l1, row.l2, row.target) for row in clerk.rows] == [
            (*COUNT, ""),
            ("产出指标", "成本指标", "<=3万元"),
        ]
        clerk.page.add_from_library([cost])
        assert len(clerk.rows) == 2

    def test_the_same_indicator_is_kept_once(self) -> None:
        first, again = OwnRow(*COUNT, "甲", "≥1", "", ""), OwnRow(*COUNT, "甲", "≥2", "", "")
        assert added([first], [again]) == (again,)

    @pytest.mark.parametrize("setting", [None, 3, [3], [{}], [{"l1": "a"}], {"l1": "a"}])
    def test_a_setting_that_is_none_gives_no_rows(self, setting: object) -> None:
        assert read_own(setting) == ()

    def test_a_library_comes_back_from_its_setting(self) -> None:
        rows = (OwnRow(*COUNT, "甲", "≥1", "其他运转类", "项目"),)
        assert read_own(to_setting(rows)) == rows
