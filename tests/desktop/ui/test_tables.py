"""Copy, cut, paste and import of indicators in the window, through the real clipboard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop.exchange.clipboard import ROWS_FORMAT, write_rows
from desktop.presenters.indicator_cells import Column
from desktop.presenters.table_plan import MODES
from desktop.ui.dialogs.table_preview import TablePreviewDialog
from desktop.ui.jobs import Jobs
from desktop.ui.mime import mime_data
from desktop.ui.pages.indicators import IndicatorsPage
from desktop.ui.turns import in_turn
from forms.documents import Indicator
from forms.indicators import delete, put_rows
from forms.package import MAX_INDICATORS
from tests.desktop.exchange.shapes import EXCEL, WPS
from tests.robot.window import Robot

# What the platform without a display cannot do, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
COUNT, QUALITY = ("产出指标", "数量指标"), ("产出指标", "质量指标")


def put(html: str = "", words: str = "", image: QImage | None = None) -> None:
    """Another program puts something on the clipboard."""
    data = mime_data()
    if html:
        data.setHtml(html)
    if words:
        data.setText(words)
    if image is not None:
        data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)


class Desk:
    """The window with one declaration, on its page of indicators."""

    def __init__(self, robot: Robot) -> None:
        self.robot = robot
        robot.new(name="试", unit="甲", year=2025, edition="sh-songjiang-declaration-2025")
        robot.do("indicators")
        page = robot.window.editor.page
        assert isinstance(page, IndicatorsPage)
        self.page = page
        self.said: list[str] = []
        page.said.connect(self.said.append)

    @property
    def rows(self) -> tuple[Indicator, ...]:
        form = self.robot.project.declaration
        assert form is not None
        return form.indicators

    def key(self, key: Qt.Key) -> None:
        self.page.tree.setFocus()
        QTest.keyClick(self.page.tree, key, CTRL)

    def paste(self) -> None:
        self.key(Key.Key_V)

    def preview(self, act: Callable[[TablePreviewDialog], None], then: Callable[[], None] | None = None) -> None:
        def look(dialog: QDialog) -> None:
            assert isinstance(dialog, TablePreviewDialog)
            act(dialog)

        self.robot.in_dialog(TablePreviewDialog, look, then=then or self.paste)
        self.robot.settle()

    def have(self, *rows: str) -> None:
        """Have rows of 数量指标."""
        put(words="".join(f"数量指标\t{row}\t≥1场\n" for row in rows))
        self.preview(lambda dialog: dialog.accept())
        assert [row.l3 for row in self.rows] == [*rows]


@pytest.fixture
def desk(robot: Robot) -> Desk:
    return Desk(robot)


def fates(dialog: TablePreviewDialog) -> list[str]:
    return [dialog.model.index(row, 0).data()[:1] for row in range(dialog.model.rowCount())]


class TestPaste:
    def test_a_table_of_excel_is_shown_before_it_comes_in_and_can_be_taken_back(self, desk: Desk) -> None:
        put(EXCEL)

        def look(dialog: TablePreviewDialog) -> None:
            assert dialog.notes.text().startswith("隐藏的行")
            assert fates(dialog) == ["－", "＋", "＋", "＋", "＋"]
            assert dialog.summary.text() == "新增 4 行"
            assert not dialog.home.isVisible()
            headings = [dialog.model.headerData(at, Qt.Orientation.Horizontal) for at in range(5)]
            assert headings == ["读入结果", "一级指标 ▾", "二级指标 ▾", "三级指标 ▾", "指标值 ▾"]
            QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)

        desk.preview(look)
        assert [row.l3 for row in desk.rows] == ["培训场次", "发放手册", "参训人员合格率", "参训人员\n满意度"]
        assert desk.robot.session.undo_name == "粘贴 4 条指标"
        assert desk.page.tree.selected_rows() == [0, 1, 2, 3]
        desk.robot.do("undo")
        assert desk.rows == ()

    def test_nothing_happens_where_the_clerk_thinks_better_of_it(self, desk: Desk) -> None:
        put(WPS)
        desk.preview(lambda dialog: dialog.reject())
        assert desk.rows == ()

    def test_the_meaning_of_a_column_can_be_changed(self, desk: Desk) -> None:
        put(words="数量指标\t培训\t≥3场\t说明\n数量指标\t宣传\t≥5次\t说明\n")

        def look(dialog: TablePreviewDialog) -> None:
            dialog.view.setCurrentIndex(dialog.model.index(0, 4))
            assert dialog.meaning.currentText() == "（不读入）"
            at = dialog.choice.meanings.index("l3")
            dialog.meaning.setCurrentIndex(at)
            dialog.meaning.activated.emit(at)
            assert dialog.choice.mapping.columns == ("l2", "skip", "target", "l3")
            dialog._open_menu(2)
            menu = next(one for one in dialog.findChildren(QMenu) if one.isVisible())
            next(one for one in menu.actions() if one.text() == "三级指标").trigger()
            menu.close()
            assert dialog.choice.mapping.columns == ("l2", "l3", "target", "skip")
            dialog._open_menu(0)
            dialog.accept()

        desk.preview(look)
        assert [row.l3 for row in desk.rows] == ["培训", "宣传"]

    def test_a_table_without_any_indicator_cannot_be_taken(self, desk: Desk) -> None:
        put(words="产出指标\t数量指标\n效益指标\t社会效益指标\n")

        def look(dialog: TablePreviewDialog) -> None:
            assert not dialog.take.isEnabled()
            assert "没有一列" in dialog.summary.text()
            dialog.accept()
            dialog.reject()

        desk.preview(look)
        assert desk.rows == ()

    def test_rows_are_changed_by_name_or_all_replaced(self, desk: Desk) -> None:
        desk.have("培训", "宣传")
        put(words="数量指标\t培训\t≥9场\n投入指标\t经费\t1元\n")

        def look(dialog: TablePreviewDialog) -> None:
            assert MODES[dialog.mode.currentIndex()] == "update"
            assert fates(dialog) == ["△", "✕"]
            dialog.mode.activated.emit(MODES.index("replace"))
            assert "删去现有 1 行" in dialog.summary.text()
            dialog.mode.activated.emit(MODES.index("update"))
            dialog.accept()

        desk.preview(look)
        assert [row.target for row in desk.rows] == ["≥9场", "≥1场"]

    def test_rows_without_levels_go_where_the_clerk_says(self, desk: Desk) -> None:
        put(words="三级指标\t指标值\n合格率\t95%\n")

        def look(dialog: TablePreviewDialog) -> None:
            assert dialog.home.isVisible()
            at = next(at for at in range(dialog.home.count()) if "质量" in dialog.home.itemText(at))
            dialog.home.activated.emit(at)
            dialog.accept()

        desk.preview(look)
        assert desk.rows == (Indicator(*QUALITY, "合格率", "95%"),)

    def test_a_column_of_values_goes_down_without_asking(self, desk: Desk) -> None:
        desk.have("a", "b", "c")
        assert desk.page.focus_path("declaration.indicators[1].target")
        put(words="≥20场\n完成\n")
        desk.paste()
        assert [row.target for row in desk.rows] == ["≥1场", "≥20场", "完成"]
        assert desk.robot.session.undo_name == "粘贴 2 个单元格"
        desk.paste()
        assert desk.robot.session.undo_name == "粘贴 2 个单元格"
        desk.robot.do("undo")
        assert [row.target for row in desk.rows] == ["≥1场"] * 3

    @pytest.mark.parametrize(
        ("html", "words", "said"),
        [
            ("", "", "是图片"),
            ("<table><script>alert(1)</script><tr><td>&nbsp;</td></tr></table>", "", "都是空的"),
            ("<table>" + "x" * 50_000_000, "", "超过 20 MB"),
            ("", "一行\n" * 100_000, "超过 6000 行"),
            ("<table>" + "<tr><td>一行</td></tr>" * 100_000, "一行\n" * 100_000, "超过 6000 行"),
        ],
        ids=["a picture", "scripts and nothing else", "50 MB", "100,000 rows", "100,000 rows of a spreadsheet"],
    )
    def test_what_cannot_be_taken_is_said_and_nothing_changes(
        self, desk: Desk, html: str, words: str, said: str
    ) -> None:
        put(html, words, None if html or words else QImage(4, 4, QImage.Format.Format_RGB32))
        desk.paste()
        desk.robot.wait(lambda: bool(desk.said))
        assert said in desk.said[-1]
        assert desk.rows == ()
        assert desk.robot.session.undo_name is None

    def test_files_of_a_file_manager_are_no_cells(self, desk: Desk, tmp_path: Path) -> None:
        desk.have("a")
        desk.page.focus_path("declaration.indicators[0].l3")
        data = mime_data()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / "表.xlsx"))])
        data.setText(str(tmp_path / "表.xlsx"))
        QGuiApplication.clipboard().setMimeData(data)
        desk.paste()
        assert desk.said[-1] == "剪贴板中是文件，不是单元格。请把文件拖进窗口，或按 Ctrl+O 打开它。"
        assert [row.l3 for row in desk.rows] == ["a"]

    def test_rows_that_no_form_has_a_place_for_are_told_one_by_one(self, desk: Desk) -> None:
        put(words="投入指标\t数量指标\t甲\t1\n")

        def look(dialog: TablePreviewDialog) -> None:
            assert dialog.model.index(0, 0).data() == "✕ 不能读入：一级指标“投入指标”不在本版表样内。"
            assert not dialog.take.isEnabled()
            dialog.reject()

        desk.preview(look)
        assert desk.rows == ()

    def test_long_tables_are_looked_through_aside(self, desk: Desk) -> None:
        put(words="".join(f"数量指标\t指标{n}\t≥{n}场\n" for n in range(2000)))

        def look(dialog: TablePreviewDialog) -> None:
            desk.robot.wait(dialog.take.isEnabled)
            assert dialog.summary.text() == "新增 2000 行"
            dialog.accept()

        desk.preview(look)
        assert len(desk.rows) == 2000

    def test_a_large_paste_goes_where_the_key_was_pressed(self, desk: Desk) -> None:
        desk.have("a", "b", "c")
        many = self.copied()
        desk.page.focus_path("declaration.indicators[0].l3")
        desk.paste()
        desk.page.focus_path("declaration.indicators[2].l3")  # while it is read
        desk.robot.wait(lambda: len(desk.rows) > 3)
        assert [row.l3 for row in desk.rows[1:-2]] == [row.l3 for row in many]

    def test_many_rows_are_chosen_when_they_came_unless_something_was_done_since(self, desk: Desk) -> None:
        desk.have("a", "b")
        self.copied()
        desk.page.focus_path("declaration.indicators[0].l3")
        desk.paste()
        desk.robot.wait(lambda: desk.page.tree.selected_rows() == list(range(1, 1001)))
        desk.robot.do("undo")
        assert desk.page.tree.selected_rows() == [0]
        add = desk.page.actions_by_name["add"].trigger
        desk.page.clipboard.edit_made.connect(lambda _edit: in_turn(desk.page, add))
        desk.paste()
        desk.robot.wait(lambda: len(desk.rows) == 1003)
        desk.robot.settle()
        assert len(desk.page.tree.selected_rows()) == 1

    def test_a_large_paste_waits_for_no_check(self, desk: Desk) -> None:
        desk.have("a")
        self.copied()
        go_on = threading.Event()
        desk.robot.bench.check_jobs.submit("check", lambda _job: go_on.wait(5), lambda _done: None)
        desk.paste()
        desk.robot.wait(lambda: len(desk.rows) > 1)
        assert desk.robot.bench.checking.is_busy
        go_on.set()

    def test_rows_that_come_meanwhile_are_not_lost(self, desk: Desk) -> None:
        desk.have("a", "b", "c")
        many = self.copied()
        desk.page.focus_path("declaration.indicators[1].l3")
        desk.paste()
        desk.page.actions_by_name["add"].trigger()
        assert [row.l3 for row in desk.rows] == ["a", "b", "", "c"]
        desk.robot.wait(lambda: len(desk.rows) > 4)
        assert [row.l3 for row in desk.rows] == ["a", "b", "", *(row.l3 for row in many), "c"]

    def test_rows_come_in_while_another_page_is_in_sight(self, desk: Desk) -> None:
        desk.have("a", "b", "c")
        many = self.copied()
        desk.page.focus_path("declaration.indicators[1].l3")
        desk.paste()
        desk.robot.window.editor.show_tab("basics")
        desk.robot.bench.do(delete("declaration", desk.rows, [0]))  # as a fix of a finding does
        desk.robot.wait(lambda: len(desk.rows) > 2)
        assert [row.l3 for row in desk.rows] == ["b", *(row.l3 for row in many), "c"]
        assert not desk.page.isVisible()

    def test_what_is_read_while_another_project_is_opened_goes_into_neither(self, desk: Desk) -> None:
        desk.have("a")
        self.copied()
        first = desk.robot.session.project_id
        assert first is not None
        desk.robot.new(name="另", unit="甲", year=2025, edition="sh-songjiang-declaration-2025")
        desk.robot.do("indicators")
        desk.robot.session.open(first)
        desk.robot.settle()
        desk.paste()
        desk.robot.window.editor.show_tab("basics")
        desk.robot.session.open(first + 1)
        desk.robot.wait(lambda: bool(desk.said))
        assert desk.said[-1] == "已经换到别的项目，刚才要读入的内容没有读入。"
        assert desk.rows == ()
        desk.robot.session.open(first)
        assert [row.l3 for row in desk.rows] == ["a"]

    def test_a_project_that_comes_in_behind_the_question_keeps_its_rows(self, desk: Desk) -> None:
        desk.have("a")
        put(words="数量指标\t乙\t≥1场\n质量指标\t丙\t≥1场\n")

        def look(dialog: TablePreviewDialog) -> None:
            desk.robot.session.open(desk.robot.session.copy(desk.robot.session.project_id or 0))
            dialog.accept()
            dialog.accept()

        desk.preview(look)
        assert desk.said[-1].startswith("已经换到别的项目")
        assert [row.l3 for row in desk.rows] == ["a"]

    def copied(self) -> list[Indicator]:
        """Put so many rows on the clipboard that they are read aside."""
        many = [Indicator(*COUNT, f"指标{at}", "≥1场") for at in range(1000)]
        data = mime_data()
        data.setData(ROWS_FORMAT, write_rows("declaration", "sh-songjiang-declaration-2025", 2025, tuple(many)))
        QGuiApplication.clipboard().setMimeData(data)
        return many

    def test_nothing_is_pasted_where_there_is_no_form(self, qtbot: QtBot) -> None:
        page = IndicatorsPage(type("Session", (), {"editions": {}})())
        qtbot.addWidget(page)
        put(EXCEL)
        page.clipboard.paste()
        page.clipboard.copy()
        page.clipboard.cut()


def test_nothing_that_is_out_of_sight_is_changed_from_the_menu(desk: Desk) -> None:
    desk.have("a", "b")
    desk.page.tree.select_rows([0])
    first = desk.robot.session.project_id
    window = desk.robot.window
    window.editor.show_tab("basics")
    desk.robot.session.open(desk.robot.session.copy(first or 0))  # in which the same rows stand
    entries = window.actions_.menus["indicators"].actions()
    assert [one.objectName() for one in entries if one.isEnabled() and not one.isSeparator()] == ["indicators"]
    desk.page.actions_by_name["delete"].trigger()
    assert [row.l3 for row in desk.rows] == ["a", "b"]
    desk.robot.do("indicators")
    assert desk.page.actions_by_name["paste"].isEnabled()
    desk.page.tree.select_rows([1])
    desk.page.actions_by_name["delete"].trigger()
    assert [row.l3 for row in desk.rows] == ["a"]


class TestCopy:
    def test_rows_go_out_as_html_text_and_themselves(self, desk: Desk) -> None:
        desk.have("a", "b")
        desk.page.tree.select_rows([0, 1])
        desk.key(Key.Key_C)
        data = QGuiApplication.clipboard().mimeData()
        assert data.text() == "产出指标\t数量指标\ta\t≥1场\n产出指标\t数量指标\tb\t≥1场\n"
        assert "mso-number-format" in data.html()
        assert data.hasFormat(ROWS_FORMAT)
        assert "已复制 2 条" in desk.said[-1]

    def test_cut_rows_come_back_elsewhere_and_keep_all(self, desk: Desk) -> None:
        desk.have("a", "b", "c")
        desk.page.tree.select_rows([0])
        desk.key(Key.Key_X)
        assert [row.l3 for row in desk.rows] == ["b", "c"]
        assert desk.robot.session.undo_name == "剪切 1 条指标"
        desk.page.tree.select_rows([1])
        desk.paste()
        assert [row.l3 for row in desk.rows] == ["b", "c", "a"]
        assert desk.page.tree.selected_rows() == [2]
        desk.robot.do("undo")
        desk.robot.do("undo")
        assert [row.l3 for row in desk.rows] == ["a", "b", "c"]

    def test_rows_go_over_into_another_project(self, desk: Desk) -> None:
        desk.have("a")
        desk.page.tree.select_rows([0])
        desk.key(Key.Key_C)
        desk.robot.new(name="另", unit="甲", year=2022, edition="sh-declaration-2022")
        desk.robot.do("indicators")
        page = desk.robot.window.editor.page
        assert isinstance(page, IndicatorsPage)
        desk.page = page
        desk.paste()
        assert [row.l3 for row in desk.rows] == ["a"]

    def test_rows_of_levels_that_a_form_has_not_are_asked_about(self, desk: Desk) -> None:
        data = mime_data()
        rows = (Indicator("投入指标", "财力指标", "钱", "1"), Indicator("投入指标", "人力指标", "人", "2"))
        data.setData(ROWS_FORMAT, write_rows("declaration", "sh-declaration-2022", 2022, rows))
        QGuiApplication.clipboard().setMimeData(data)
        desk.robot.new(name="另", unit="甲", year=2022, edition="sh-declaration-2022")
        desk.robot.do("indicators")
        page = desk.robot.window.editor.page
        assert isinstance(page, IndicatorsPage)
        desk.page = page

        def look(dialog: TablePreviewDialog) -> None:
            assert fates(dialog) == ["✕", "✕"]
            dialog.reject()

        desk.preview(look)
        assert desk.rows == ()


class TestCells:
    """Where no row is chosen as a whole, one cell is copied, as in a spreadsheet."""

    @pytest.fixture
    def rows(self, desk: Desk) -> Desk:
        desk.have("a", "b", "c")
        desk.page.focus_path("declaration.indicators[0].l3")
        return desk

    def go(self, desk: Desk, row: int, column: Column) -> None:
        tree, model = desk.page.tree, desk.page.model
        tree.go_to(model.row_index(row, model.columns.index(column)))

    def test_the_cell_of_the_cursor_goes_out(self, rows: Desk) -> None:
        self.go(rows, 1, "l3")
        rows.key(Key.Key_C)
        data = QGuiApplication.clipboard().mimeData()
        assert (data.text(), data.hasFormat(ROWS_FORMAT)) == ("b", False)
        assert rows.said[-1].startswith("已复制这一格")
        self.go(rows, 1, "number")
        rows.key(Key.Key_C)
        assert QGuiApplication.clipboard().text() == "≥1场"

    def test_a_cell_comes_into_the_cell_of_the_cursor_and_into_all_chosen_rows(self, rows: Desk) -> None:
        self.go(rows, 0, "number")
        rows.page.model.setData(rows.page.tree.currentIndex(), "≥7次")
        rows.key(Key.Key_C)
        self.go(rows, 2, "number")
        rows.paste()
        assert [row.target for row in rows.rows] == ["≥7次", "≥1场", "≥7次"]
        rows.robot.do("undo")
        self.go(rows, 1, "number")
        QTest.keyClick(rows.page.tree, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        rows.paste()
        assert [row.target for row in rows.rows] == ["≥7次"] * 3
        assert rows.robot.session.undo_name == "粘贴 2 个单元格"
        rows.robot.do("undo")
        assert [row.target for row in rows.rows] == ["≥7次", "≥1场", "≥1场"]

    def test_a_cell_is_cut(self, rows: Desk) -> None:
        rows.key(Key.Key_X)
        assert [row.l3 for row in rows.rows] == ["", "b", "c"]
        assert rows.robot.session.undo_name == "剪切单元格"
        self.go(rows, 2, "l3")
        rows.paste()
        assert [row.l3 for row in rows.rows] == ["", "b", "a"]

    def test_a_blank_cell_leaves_the_clipboard_alone(self, rows: Desk) -> None:
        put(words="别处的字")
        self.go(rows, 0, "l3")
        rows.page.model.setData(rows.page.tree.currentIndex(), "")
        rows.key(Key.Key_C)
        assert QGuiApplication.clipboard().text() == "别处的字"
        assert rows.said[-1].startswith("这一格是空白的")
        rows.key(Key.Key_X)
        assert QGuiApplication.clipboard().text() == "别处的字"

    def test_a_row_is_chosen_as_a_whole_by_a_key_until_the_cursor_goes_on(self, rows: Desk) -> None:
        tree = rows.page.tree
        QTest.keyClick(tree, Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
        assert tree.means_rows
        assert tree.delegate.editor is None
        rows.key(Key.Key_C)
        assert QGuiApplication.clipboard().mimeData().hasFormat(ROWS_FORMAT)
        QTest.keyClick(tree, Key.Key_Tab)
        assert not tree.means_rows
        QTest.keyClick(tree, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert tree.means_rows

    def test_a_row_is_chosen_as_a_whole_by_a_click_left_of_its_name(self, rows: Desk) -> None:
        tree = rows.page.tree
        cell = tree.visualRect(rows.page.model.row_index(1))
        for inward, whole in ((4, True), (cell.width() // 2, False)):
            place = QPoint(tree.columnViewportPosition(0) + inward, cell.center().y())
            QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
            assert tree.current_cell() == (1, "l3")
            assert tree.means_rows is whole

    def test_a_line_of_the_first_levels_means_its_rows(self, rows: Desk) -> None:
        rows.page.tree.go_to(rows.page.model.head_index(0, 2))
        rows.key(Key.Key_C)
        assert "已复制 3 条" in rows.said[-1]


def test_a_form_is_kept_to_the_rows_that_a_package_may_hold(desk: Desk) -> None:
    many = tuple(Indicator(*COUNT, f"名称{at}", "1") for at in range(MAX_INDICATORS - 1))
    desk.robot.bench.do(put_rows("declaration", "很多", (), many))
    desk.page.focus_path("declaration.indicators[0].l3")
    desk.page.actions_by_name["add"].trigger()
    assert len(desk.rows) == MAX_INDICATORS
    desk.page.focus_path("declaration.indicators[0].l3")
    desk.page.actions_by_name["duplicate"].trigger()
    assert len(desk.rows) == MAX_INDICATORS
    assert desk.said[-1].startswith("一张表最多 5000 条")


class TestWorkbook:
    def save(self, path: Path, *, second: bool = False) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["二级指标", "三级指标", "指标值"])
        sheet.append(["数量指标", "培训场次", "=12场"])
        sheet["C2"].data_type = "s"
        if second:
            other = book.create_sheet("第二张")
            other.append(["二级指标", "三级指标", "指标值"])
            other.append(["质量指标", "合格率", "95%"])
        book.save(path)
        return path

    def test_a_sheet_is_chosen_and_taken_in(self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = self.save(tmp_path / "指标.xlsx", second=True)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(path), ""))

        def look(dialog: TablePreviewDialog) -> None:
            assert dialog.windowTitle() == "导入指标"
            assert dialog.sheet.isVisible()
            dialog.sheet.setCurrentIndex(1)
            dialog.accept()

        desk.preview(look, then=desk.page.actions_by_name["import_table"].trigger)
        assert desk.rows == (Indicator(*QUALITY, "合格率", "95%"),)
        assert desk.robot.session.undo_name == "导入 1 条指标"

    def test_a_workbook_opened_or_dropped_on_the_page_is_taken_in_at_once(self, desk: Desk, tmp_path: Path) -> None:
        path = self.save(tmp_path / "指标.xlsx")
        desk.preview(lambda dialog: dialog.accept(), then=lambda: desk.robot.window.take([path]))
        assert desk.rows == (Indicator(*COUNT, "培训场次", "=12场"),)

    def test_on_another_page_it_leads_to_the_indicators(self, desk: Desk, tmp_path: Path) -> None:
        path = self.save(tmp_path / "指标.xlsx")
        desk.robot.window.editor.show_tab("basics")
        desk.preview(lambda dialog: dialog.accept(), then=lambda: desk.robot.window.take([path]))
        assert desk.robot.window.editor.page is desk.page
        assert desk.rows == (Indicator(*COUNT, "培训场次", "=12场"),)

    def test_no_file_no_import(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: ("", ""))
        desk.page.actions_by_name["import_table"].trigger()
        assert desk.said == []


def test_a_result_that_comes_too_late_is_let_go(qtbot: QtBot, desk: Desk) -> None:
    from desktop.exchange.tables import table_of
    from desktop.presenters.table_preview import first_choice

    shown = desk.page.model.shown
    assert shown is not None
    jobs = Jobs("test")
    table = table_of([["数量指标", str(n), "1"] for n in range(400)])
    dialog = TablePreviewDialog(first_choice(shown, table, None), [("", table)], jobs)
    decided: list[object] = []
    dialog.decided.connect(decided.append)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert dialog.outcome is None
    dialog.accept()
    assert decided == []
    jobs.close()
