"""Workbooks that do harm or cannot be read, in the real window: a sentence that says what to do, nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from desktop.ui.dialogs.table_preview import TablePreviewDialog
from desktop.ui.pages.indicators import IndicatorsPage
from forms.documents import Indicator
from forms.indicators import insert
from tests.desktop.exchange.test_xlsx_reading import plain, rewritten
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", extend=True)
Make = Callable[[Path], Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MARK = Indicator("产出指标", "数量指标", "原有", "≥1场")


def book(path: Path, change: Callable[[Worksheet], None] = lambda _sheet: None) -> Path:
    """An ordinary list of two indicators, changed."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "指标"
    plain(sheet)
    change(sheet)
    made.save(path)
    return path


def _raw(data: bytes) -> Make:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


def _with_parts(**parts: bytes) -> Make:
    named = {name.replace("__", "/").replace("_", "."): data for name, data in parts.items()}
    return lambda path: rewritten(book(path), lambda _name, data: data, named)


def _entity(name: str, data: bytes) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + data if "sheet1" in name else data


def _formula(sheet: Worksheet) -> None:
    sheet["D2"] = "=1+1"


def _saved(_name: str, data: bytes) -> bytes:
    return data.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")


def _merged_and_hidden(sheet: Worksheet) -> None:
    sheet.append([None, None, "看不见的", "1次"])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B2:B4")
    sheet.row_dimensions[4].hidden = True


REFUSED = {
    "a zip bomb": (
        _with_parts(xl__media__a_bin=bytes(60_000_000)),
        "大得不正常，为安全起见没有读入。请向提供",
    ),
    "a password": (_raw(OLE + "EncryptedPackage".encode("utf-16-le")), "有打开密码，无法读入。请在表格软件中打开它"),
    "an old .xls": (_raw(OLE), "是旧版格式（.xls 或 .et），无法读入。请在表格软件中打开它，另存为"),
    "a formula without a result": (lambda path: book(path, _formula), "D2 是公式，但文件中没有保存它的结果"),
    "entities of XML": (lambda path: rewritten(book(path), _entity), "已经损坏或格式不合规范，没有读入"),
    "no workbook": (_raw(b"PK\x03\x04" + bytes(100)), "不是Excel文件（.xlsx），或已经损坏，没有读入"),
}
TAKEN = {
    "macros": (_with_parts(xl__vbaProject_bin=b"x"), "文件中有宏，没有读取，也不会运行。"),
    "external links": (_with_parts(xl__externalLinks__externalLink1_xml=b"<x/>"), "没有读取那些文件"),
    "enclosed files": (_with_parts(xl__embeddings__a_xlsx=b"PK"), "图片和嵌入的文件没有读取"),
    "formulas": (lambda path: rewritten(book(path, _formula), _saved), "有 1 个单元格是公式，读入的是保存时的结果。"),
    "merged and hidden cells": (lambda path: book(path, _merged_and_hidden), "隐藏的行和列没有读入"),
}


@pytest.fixture
def page(robot: Robot) -> IndicatorsPage:
    """The page of indicators, with a row that must stay."""
    robot.new(name="试", unit="甲", year=2025, edition="sh-songjiang-declaration-2025")
    robot.do("indicators")
    found = robot.window.editor.page
    assert isinstance(found, IndicatorsPage)
    robot.bench.do(insert("declaration", (), 0, [MARK]))
    robot.settle()
    return found


def told(robot: Robot, then: Callable[[], None]) -> str:
    """Do something and read the box that comes."""
    words: list[str] = []

    def read(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        words.append(box.text())
        box.reject()

    robot.in_dialog(QMessageBox, read, then=then)
    return words[0]


def unchanged(robot: Robot) -> bool:
    form = robot.project.declaration
    return form is not None and form.indicators == (MARK,) and len(robot.session.rows()) == 1


@pytest.mark.parametrize(("made", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(robot: Robot, page: IndicatorsPage, tmp_path: Path, made: Make, said: str) -> None:
    path = made(tmp_path / "表.xlsx")
    assert said in told(robot, lambda: robot.window.take([path]))
    assert unchanged(robot)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(path), ""))
        assert said in told(robot, page.actions_by_name["import_table"].trigger)
    assert unchanged(robot)


@pytest.mark.parametrize(("made", "said"), TAKEN.values(), ids=TAKEN)
def test_what_is_left_out_is_told_before_anything_comes_in(
    robot: Robot, page: IndicatorsPage, tmp_path: Path, made: Make, said: str
) -> None:
    path = made(tmp_path / "表.xlsx")

    def refuse(dialog: QDialog) -> None:
        assert isinstance(dialog, TablePreviewDialog)
        assert said in dialog.notes.text()
        assert dialog.notes.isVisible()
        dialog.reject()

    robot.in_dialog(TablePreviewDialog, refuse, then=lambda: robot.window.take([path]))
    assert unchanged(robot)
    robot.in_dialog(TablePreviewDialog, lambda dialog: dialog.accept(), then=lambda: robot.window.take([path]))
    robot.settle()
    form = robot.project.declaration
    assert form is not None
    assert [row.l3 for row in form.indicators] == ["原有", "培训场次", "合格率"]


def test_where_no_project_is_open_it_is_told_what_to_do(robot: Robot, tmp_path: Path) -> None:
    path = book(tmp_path / "表.xlsx")
    said = told(robot, lambda: robot.window.take([path]))
    assert said.endswith("没有读入。只列有指标的表，请先新建或打开要填的项目，再打开这个文件。")
    assert robot.session.rows() == []
