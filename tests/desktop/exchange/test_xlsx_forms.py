"""Projects as workbooks in the official layout, and back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange.exporting import export_bytes
from desktop.exchange.importing import read_file
from desktop.exchange.sheet_names import SheetNames, project_number
from desktop.exchange.tables import TableError
from desktop.exchange.xlsx_writing import workbook_bytes
from desktop.texts import RESOURCES
from forms.documents import Declaration, Indicator, Project, Section, empty_narrative
from forms.package import PackageError, read_package
from forms.printing.grid import printed_texts
from tests.published import each_published
from tests.strategies import EDITIONS, plain_projects

SAMPLES = sorted((RESOURCES / "samples").glob("*.json"))


def shown(project: Project) -> list[object]:
    """All that a sheet can hold of a project: what its edition prints, and the narrative."""
    found: list[object] = []
    for kind, form in project.forms:
        texts = [(path, words.strip("\n")) for path, words in printed_texts(form, EDITIONS[form.edition])]
        found.append((kind, form.edition, form.year, texts))
    if project.narrative is not None:
        found.append([(one.title, one.text) for one in project.narrative.sections])
    return found


def back(projects: tuple[Project, ...], folder: Path) -> tuple[Project, ...]:
    path = folder / "表.xlsx"
    path.write_bytes(workbook_bytes(projects, EDITIONS))
    return read_file(path, EDITIONS).projects


def sheets(projects: tuple[Project, ...]) -> list[Worksheet]:
    return load_workbook(BytesIO(workbook_bytes(projects, EDITIONS))).worksheets


def sample(name: str) -> tuple[Project, ...]:
    return read_package(RESOURCES / "samples" / f"{name}.json", EDITIONS).projects


@each_published()
def test_published_forms_come_back_as_printed(path: Path, tmp_path: Path) -> None:
    projects = read_package(path, EDITIONS).projects
    again = back(projects, tmp_path)
    assert [shown(one) for one in again] == [shown(one) for one in projects]
    for one, other in zip(again, projects, strict=True):
        for (_, new), (_, old) in zip(one.forms, other.forms, strict=True):
            assert getattr(new, "overall_period", None) == getattr(old, "overall_period", None)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_come_back_as_printed(path: Path, tmp_path: Path) -> None:
    projects = read_package(path, EDITIONS).projects
    assert [shown(one) for one in back(projects, tmp_path)] == [shown(one) for one in projects]


def _as_a_sheet_tells(project: Project) -> Project:
    """A project without what a sheet does not show: blank lines at the ends of a text, a narrative's odd blanks."""
    narrative = project.narrative
    if narrative is not None:
        plain = tuple(Section(one.title, " ".join(one.text.split())) for one in narrative.sections)
        narrative = narrative._replace(sections=plain)
    return project._replace(narrative=narrative)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(project=plain_projects(5).map(_as_a_sheet_tells))
def test_whatever_a_clerk_fills_in_comes_back_as_printed(project: Project, tmp_path: Path) -> None:
    titles = {one.title for one in empty_narrative().sections}
    if project.narrative is not None and any(one.text in titles for one in project.narrative.sections):
        return
    assert [shown(one) for one in back((project,), tmp_path)] == [shown(project)]


class TestSheet:
    def test_every_value_is_a_text(self) -> None:
        row = Indicator("产出指标", "数量指标", "=SUM(A1)", "=100%")
        odd = Indicator("产出指标", "数量指标", "_x0041_", "+1")
        project = Project(declaration=Declaration("sh-declaration-2022", 2022, indicators=(row, odd)))
        (sheet,) = sheets((project,))
        cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.number_format for cell in cells} == {"@"}
        assert {"=100%", "=SUM(A1)", "+1"} <= {cell.value for cell in cells}
        with zipfile.ZipFile(BytesIO(workbook_bytes((project,), EDITIONS))) as archive:
            data = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in data
        assert "_x005F_x0041_" in data

    @pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
    def test_it_is_set_up_to_be_printed(self, path: Path) -> None:
        for sheet in sheets(read_package(path, EDITIONS).projects):
            assert sheet.page_setup.paperSize == 9
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.print_area.endswith(f"${sheet.max_row}")
            heights = [sheet.row_dimensions[at].height for at in range(1, sheet.max_row + 1)]
            assert all(height is not None and 15 < height < 409 for height in heights)
            width = sum(sheet.column_dimensions[letter].width * 7 + 5 for letter in sheet.column_dimensions)
            assert 600 < width < 690  # 170 mm are 643 pixels
            if "经费说明" not in sheet.title:
                heading = int(str(sheet.print_title_rows).replace("$", "").split(":")[0])
                assert "三级指标" in [cell.value for cell in sheet[heading]]

    def test_the_frame_has_no_gap(self) -> None:
        sheet = next(one for one in sheets(sample("public-culture-evaluation-2024")) if "自评表" in one.title)
        last, wide = sheet.max_row, sheet.max_column
        for row in range(3, last + 1):
            assert sheet.cell(row, 1).border.left.style == "medium"
            assert sheet.cell(row, wide).border.right.style == "medium"
        for column in range(1, wide + 1):
            assert sheet.cell(3, column).border.top.style == "medium"
            assert sheet.cell(last, column).border.bottom.style == "medium"
        assert sheet.cell(4, 1).border.top.style == "thin"

    def test_merges_do_not_overlap_and_labels_stand(self) -> None:
        sheet = next(one for one in sheets(sample("popular-science-2025")) if "申报表" in one.title)
        seen: set[tuple[int, int]] = set()
        for merge in sheet.merged_cells.ranges:
            spots = {(row, column) for row, column in merge.cells}
            assert not seen & spots
            seen |= spots
        values = [cell.value for line in sheet.iter_rows() for cell in line if cell.value]
        assert values[0] == "财政项目支出绩效目标申报表"
        assert {"项目名称", "项目资金（元）", "绩效指标", "一级指标", "年度(/项目)指标值"} <= set(values)

    def test_a_text_too_high_for_one_row_takes_several(self, tmp_path: Path) -> None:
        goal = "为居民提供更多更好的公共文化服务。" * 120
        project = Project(declaration=Declaration("sh-declaration-2025", 2025, annual_goal=goal))
        (sheet,) = sheets((project,))
        assert max(sheet.row_dimensions[at].height or 0 for at in range(1, sheet.max_row + 1)) < 409
        (again,) = back((project,), tmp_path)
        assert again.declaration is not None
        assert again.declaration.annual_goal == goal

    def test_what_no_cell_holds_is_refused(self) -> None:
        project = Project(
            declaration=Declaration("sh-declaration-2025", 2025, {"项目名称": "长"}, annual_goal="字" * 32768)
        )
        with pytest.raises(TableError, match="项目“长”中以“字"):
            workbook_bytes((project,), EDITIONS)
        with pytest.raises(TableError, match="没有表"):
            workbook_bytes((Project(),), EDITIONS)
        with pytest.raises(TableError, match="没有安装"):
            workbook_bytes((Project(declaration=Declaration("x", 2025)),), EDITIONS)
        with pytest.raises(TableError, match="已取消"):
            workbook_bytes((project,), EDITIONS, lambda _made, _total: False)

    def test_names_of_sheets_are_allowed_and_unlike(self) -> None:
        names = SheetNames()
        found = [
            names.name(1, "declaration", "甲[乙]:*?/\\" * 9),
            names.name(1, "declaration", "甲"),
            names.name(2, "evaluation", ""),
        ]
        found += [
            names.name(3, "declaration", "Aß"),
            names.name(3, "declaration", "ASS"),
            names.name(4, "narrative", "𠮷" * 40),
        ]
        assert len({one.casefold() for one in found}) == 6
        assert all(len(one.encode("utf-16-le")) <= 62 and not set(one) & set("[]:*?/\\") for one in found)
        assert [project_number(one) for one in found] == [1, 1, 2, 3, 3, 4]
        assert project_number("甲") is None


class TestBack:
    def change(self, projects: tuple[Project, ...], act: Callable[[Workbook], Any], folder: Path) -> Path:
        book = load_workbook(BytesIO(workbook_bytes(projects, EDITIONS)))
        act(book)
        path = folder / "改.xlsx"
        book.save(path)
        return path

    def test_cells_that_a_clerk_changed_come_in(self, tmp_path: Path) -> None:
        def act(book: Workbook) -> None:
            for line in book.worksheets[1].iter_rows():
                for cell in line:
                    if cell.value == "486,000.00":
                        cell.value = 500000

        (project,) = read_file(self.change(sample("popular-science-2025")[:1], act, tmp_path), EDITIONS).projects
        assert project.declaration is not None
        assert project.declaration.funds["年度资金申请总额"] == "500000"
        assert project.narrative is not None

    @pytest.mark.parametrize(
        ("act", "said"),
        [
            (lambda book: book.worksheets[1].insert_rows(5), "第 5 行与表样不符|与表样不符"),
            (lambda book: setattr(book.worksheets[1]["A3"], "value", "工程名称"), "第 3 行与表样不符，应为“项目名称”"),
            (lambda book: setattr(book.worksheets[1]["A2"], "value", ""), "没有年度"),
            (lambda book: setattr(book.worksheets[1]["A1"], "value", "某某表"), "不是绩表导出的正式表样"),
            (lambda book: setattr(book.worksheets[1].cell(60, 1), "value", "附注"), "与表样不符"),
        ],
    )
    def test_another_layout_is_refused_with_the_row(
        self, act: Callable[[Workbook], Any], said: str, tmp_path: Path
    ) -> None:
        path = self.change(sample("popular-science-2025")[:1], act, tmp_path)
        with pytest.raises(PackageError, match=said):
            read_file(path, EDITIONS)

    def test_declaration_and_evaluation_of_a_project_stay_together(self, tmp_path: Path) -> None:
        projects = sample("produce-testing-2025")
        again = back((*projects, *projects), tmp_path)
        assert len(again) == 2
        assert all(one.declaration and one.evaluation and one.narrative for one in again)

    def test_a_file_that_is_no_workbook_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "x.xlsx"
        path.write_bytes(b"PK\x03\x04")
        with pytest.raises(PackageError, match="不是Excel文件"):
            read_file(path, EDITIONS)


def test_the_ending_says_what_is_exported() -> None:
    projects = sample("popular-science-exhibits-2022")
    assert export_bytes(projects, EDITIONS, ".xlsx").startswith(b"PK")
    assert export_bytes(projects, EDITIONS, ".pdf").startswith(b"%PDF")
    assert export_bytes(projects, EDITIONS, ".json").startswith(b"{")
