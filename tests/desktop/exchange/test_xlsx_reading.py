"""Workbooks from outside: what they show is read; those made to do harm are refused in words."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange.number_text import cell_text
from desktop.exchange.tables import MAX_ROWS, TableError
from desktop.exchange.xlsx_guard import MAX_PARTS
from desktop.exchange.xlsx_reading import read_sheets

Save = Callable[[Callable[[Worksheet], None]], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Make a workbook whose only sheet is filled by a function."""

    def make(fill: Callable[[Worksheet], None]) -> Path:
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = "指标"
        fill(sheet)
        path = tmp_path / "表.xlsx"
        book.save(path)
        return path

    return make


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> Path:
    """The workbook with other bytes in its parts; None takes a part out."""
    out = path.with_name("改.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = change(part.filename, old.read(part))
            if data is not None:
                new.writestr(part.filename, data)
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return out


def plain(sheet: Worksheet) -> None:
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值"])
    sheet.append(["产出指标", "数量指标", "培训场次", 12])
    sheet.append([None, None, "合格率", 0.95])
    sheet["D3"].number_format = "0%"


def test_what_is_shown_is_read(save: Save) -> None:
    def fill(sheet: Worksheet) -> None:
        plain(sheet)
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:B3")

    (sheet,) = read_sheets(save(fill))
    assert sheet.name == "指标"
    assert sheet.table.rows[1:] == (
        ("产出指标", "数量指标", "培训场次", "12"),
        ("产出指标", "数量指标", "合格率", "95%"),
    )
    assert sheet.table.filled == {(2, 0), (2, 1)}
    assert sheet.table.notes == ()


def test_hidden_rows_columns_and_sheets_are_left_out_and_told(save: Save) -> None:
    def fill(sheet: Worksheet) -> None:
        plain(sheet)
        sheet.append([None, None, "看不见的", "1次"])
        sheet.append(["效益指标", "社会效益指标", "受益人数", "=1"])
        sheet["D5"].data_type = "s"
        sheet.merge_cells("A2:A4")
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = sheet.parent.create_sheet("藏")
        other["A1"] = 1
        other.sheet_state = "hidden"

    (sheet,) = read_sheets(save(fill))
    assert sheet.table.rows == (
        ("一级指标", "三级指标", "指标值"),
        ("产出指标", "合格率", "95%"),
        ("效益指标", "受益人数", "=1"),
    )
    assert sheet.table.notes == ("隐藏的行和列没有读入；需要的请先取消隐藏。", "有 1 个隐藏的工作表没有读入。")


def _results(_name: str, data: bytes) -> bytes:
    return data.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")


def test_formulas_count_by_their_saved_result(save: Save) -> None:
    def fill(sheet: Worksheet) -> None:
        plain(sheet)
        sheet["D2"] = "=1+1"

    path = save(fill)
    with pytest.raises(TableError, match=r"“指标”的 D2 是公式"):
        read_sheets(path)
    (sheet,) = read_sheets(rewritten(path, _results))
    assert sheet.table.rows[1][3] == "2"
    assert sheet.table.notes == ("有 1 个单元格是公式，读入的是保存时的结果。",)


def test_macros_links_and_enclosed_files_are_not_touched(save: Save) -> None:
    parts = {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>", "xl/embeddings/a.xlsx": b"PK"}
    (sheet,) = read_sheets(rewritten(save(plain), lambda _name, data: data, parts))
    assert len(sheet.table.notes) == 3
    assert "宏" in sheet.table.notes[0]


def test_it_can_be_stopped(save: Save) -> None:
    with pytest.raises(TableError, match="已取消"):
        read_sheets(save(plain), lambda _made, _total: False)


@pytest.mark.parametrize(
    ("cell", "said"),
    [((MAX_ROWS + 1, 1), "行，没有读入"), ((1048576, 1), "行，没有读入"), ((1, 61), "列，没有读入")],
)
def test_too_large_a_sheet_is_refused(save: Save, cell: tuple[int, int], said: str) -> None:
    with pytest.raises(TableError, match=said):
        read_sheets(save(lambda sheet: sheet.cell(*cell, value="x")))


def test_a_sheet_with_too_many_cells_is_refused(save: Save) -> None:
    def fill(sheet: Worksheet) -> None:
        for _ in range(2600):
            sheet.append(["x"] * 60)

    with pytest.raises(TableError, match="个单元格"):
        read_sheets(save(fill))


def test_the_size_that_a_file_claims_is_not_believed(save: Save) -> None:
    def claim(name: str, data: bytes) -> bytes:
        return data.replace(b'<dimension ref="A1:D3"', b'<dimension ref="A1:XFD1048576"') if "sheet1" in name else data

    (sheet,) = read_sheets(rewritten(save(plain), claim))
    assert len(sheet.table.rows) == 3


def test_merged_cells_without_end_are_refused(save: Save) -> None:
    def merges(name: str, data: bytes) -> bytes:
        many = b'<mergeCells count="9">' + b'<mergeCell ref="A1:BH6000"/>' * 9 + b"</mergeCells>"
        return data.replace(b"</sheetData>", b"</sheetData>" + many) if "sheet1" in name else data

    with pytest.raises(TableError, match="个单元格"):
        read_sheets(rewritten(save(plain), merges))


class TestRefused:
    def test_old_and_locked_files(self, tmp_path: Path) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
        path = tmp_path / "旧.xls"
        path.write_bytes(ole)
        with pytest.raises(TableError, match="旧版格式"):
            read_sheets(path)
        path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
        with pytest.raises(TableError, match="有打开密码"):
            read_sheets(path)

    def test_bombs(self, save: Save) -> None:
        path = save(plain)
        for extra in (
            {"xl/media/a.bin": bytes(60_000_000)},
            {"xl/worksheets/sheet9.xml": b" " * 41_000_000},
            {f"xl/x{n}": b"" for n in range(MAX_PARTS)},
        ):
            with pytest.raises(TableError, match="大得不正常"):
                read_sheets(rewritten(path, lambda _name, data: data, extra))

    def test_xml_that_names_entities(self, save: Save) -> None:
        def entity(name: str, data: bytes) -> bytes:
            if "sheet1" not in name:
                return data
            return b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + data.replace(b"</v>", b"&a;</v>")

        with pytest.raises(TableError, match="不合规范"):
            read_sheets(rewritten(save(plain), entity))

    @pytest.mark.parametrize(
        "change",
        [
            lambda name, data: None if name == "xl/_rels/workbook.xml.rels" else data,
            lambda name, data: data[: len(data) // 2] if "sheet1" in name else data,
            lambda name, data: data.replace(b'r="A2"', b'r="??"') if "sheet1" in name else data,
        ],
    )
    def test_broken_parts(self, save: Save, change: Callable[[str, bytes], bytes | None]) -> None:
        with pytest.raises(TableError, match="没有读入"):
            read_sheets(rewritten(save(plain), change))

    def test_other_files(self, save: Save, tmp_path: Path) -> None:
        path = tmp_path / "图.xlsx"
        path.write_bytes(b"\x89PNG")
        with pytest.raises(TableError, match="不是Excel文件"):
            read_sheets(path)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("xl/workbook.bin", b"")
        with pytest.raises(TableError, match="xlsb"):
            read_sheets(path)
        with pytest.raises(TableError, match="找不到"):
            read_sheets(tmp_path / "无.xlsx")
        with pytest.raises(TableError, match="文件夹"):
            read_sheets(tmp_path)
        with pytest.raises(TableError, match="都是空的"):
            read_sheets(save(lambda _sheet: None))
        cut = tmp_path / "断.xlsx"
        shutil.copy(save(plain), cut)
        cut.write_bytes(cut.read_bytes()[:-100])
        with pytest.raises(TableError, match="不是Excel文件"):
            read_sheets(cut)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (None, "General", ""),
        (True, "General", "TRUE"),
        (12, "General", "12"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1e21, "General", "1000000000000000000000"),
        (0.955, "0%", "96%"),
        (0.955, "0.00%", "95.50%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "#,##0.00_);[Red](#,##0.00)", "1,234.50"),
        (3, '0.00"场"', "3.00场"),
        (2.5, "0.0#", "2.5"),
        (2, "0.##", "2"),
        (float("inf"), "0.00", "Infinity"),
        (1.5, "# ?/?", "1.5"),
        (date(2025, 12, 31), "yyyy-mm-dd", "2025-12-31"),
        (datetime(2025, 12, 31), "mm-dd-yy", "2025/12/31"),  # noqa: DTZ001 - workbooks know no zones
        (datetime(2025, 12, 31), 'yyyy"年"m"月"d"日"', "2025年12月31日"),  # noqa: DTZ001 - the same
        (datetime(2025, 12, 31), 'yyyy"年"m"月"', "2025年12月"),  # noqa: DTZ001 - the same
        (datetime(2025, 12, 31, 8, 30), "yyyy-mm-dd h:mm", "2025-12-31 08:30"),  # noqa: DTZ001 - the same
        (time(8, 30), "h:mm", "08:30:00"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
        ("=100%", "@", "=100%"),
    ],
)
def test_values_as_they_are_shown(value: object, number_format: str, shown: str) -> None:
    assert cell_text(value, number_format) == shown
