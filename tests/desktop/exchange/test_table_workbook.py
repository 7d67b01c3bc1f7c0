from __future__ import annotations

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.exchange.table_workbook import workbook
from forms.tables import Bar, Chart, Column, Table

COLUMNS = (Column("序号", 1, "center"), Column("名称", 5), Column("金额（元）", 2, "right"))


def table(title: str = "汇总表", **more: object) -> Table:
    rows = (("1", "=SUM(A1:A9)", "1,515,000.00"), ("2", ">=85%\x07", ""))
    return Table(title, "示例中心", COLUMNS, rows, **more)


def test_a_table_is_a_sheet_ready_to_print() -> None:
    made = table(totals=("合计", "", "1,515,000.00"), notes=("请关注：第1项。",), landscape=True)
    sheet = load_workbook(BytesIO(workbook([made]))).worksheets[0]
    assert sheet.title == "汇总表"
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=6)] == [
        ["序号", "名称", "金额（元）"],
        ["1", "=SUM(A1:A9)", "1,515,000.00"],
        ["2", ">=85%", None],
        ["合计", None, "1,515,000.00"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert sheet["A1"].value == "汇总表"
    assert sheet["A7"].value == "请关注：第1项。"
    assert sheet.print_area == "'汇总表'!$A$1:$C$7"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.page_setup.paperSize == 9


def test_sheets_have_names_of_their_own() -> None:
    made = [table(), table(), table("汇总表/a:b" * 9), table("///")]
    names = load_workbook(BytesIO(workbook(made))).sheetnames
    assert names[:2] == ["汇总表", "汇总表(2)"]
    assert names[3] == "表"
    assert len(set(names)) == 4
    assert max(map(len, names)) <= 31


def test_a_chart_is_the_table_of_its_figures() -> None:
    chart = Chart("执行率", "", (Bar("甲", 0.905, "90.50%"),))
    sheet = load_workbook(BytesIO(workbook([chart]))).worksheets[0]
    assert [cell.value for cell in sheet[4]] == ["甲", "90.50%", "90.50%"]
    assert sheet.page_setup.orientation == "portrait"


def test_nothing_is_still_a_workbook() -> None:
    assert len(load_workbook(BytesIO(workbook([]))).sheetnames) == 1


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=3), TEXTS)
def test_any_texts_can_be_written(rows: list[tuple[str, str, str]], title: str) -> None:
    book = load_workbook(BytesIO(workbook([Table(title, title, COLUMNS, tuple(rows))])))
    assert len(book.worksheets) == 1
