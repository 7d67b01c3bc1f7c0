"""Pages out of editions, sums, findings of places, the paper's map, the shell's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pytest

from desktop.presenters import project_list
from desktop.presenters.entries import Entry, EntryKind
from desktop.presenters.evaluating import evaluation_edit
from desktop.presenters.events import SaveState
from desktop.presenters.findings import Worst, count_line, lines, marks_by_path, worst
from desktop.presenters.form_grid import entries, grids
from desktop.presenters.form_values import FormValues, grade_line, narrative_entries
from desktop.presenters.new_project import make, offer
from desktop.presenters.paper import PaperMap
from desktop.presenters.project_list import Choice
from desktop.presenters.shell import Tab, pdf_name, tab_lines, tab_of, tabs, title
from desktop.presenters.sums import sums
from forms.checks import check_project
from forms.documents import Declaration, Narrative, Project, empty_narrative
from forms.known_editions import Editions
from tests.desktop.presenters.listed_rows import listed

EDITIONS = Editions()
SONGJIANG = EDITIONS["sh-songjiang-declaration-2025"]
EVALUATION = EDITIONS["sh-evaluation-2022"]


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda one: one.id)
def test_every_path_of_every_edition_has_a_field_with_a_name(edition: object) -> None:
    edition = EDITIONS[edition.id]  # type: ignore[attr-defined]
    paths = {f"{edition.kind}.{cell.path}" for band in edition.bands for cell in band.cells if cell.path}
    found = entries(edition, ("fields", "funds", "goals", "total"))
    assert paths <= {one.path for one in found}
    assert len({one.path for one in found}) == len(found)
    for one in found:
        assert one.name, one.path
        assert tab_of(one.path) is not None, one.path


def test_kinds_of_fields() -> None:
    kinds = {
        one.path.removeprefix("declaration."): one.kind for one in entries(SONGJIANG, ("fields", "funds", "goals"))
    }
    assert kinds["fields.项目名称"] is EntryKind.LINE
    assert kinds["fields.项目类别"] is EntryKind.CHOICE
    assert kinds["fields.计划开始日期"] is EntryKind.DATE
    assert kinds["funds.年度其他资金"] is EntryKind.AMOUNT
    assert kinds["annual_goal"] is EntryKind.LONG
    assert kinds["overall_period.start"] is EntryKind.YEAR
    names = {one.path: one.name for one in entries(EVALUATION, ("funds", "goals", "total"))}
    assert names["evaluation.funds[1].全年执行数"] == "其中：当年财政拨款·全年执行数"
    assert names["evaluation.actual"] == "实际完成情况"
    assert names["evaluation.total_score"] == "总分"


def test_grid_keeps_the_places_of_the_paper() -> None:
    (funds,) = grids(SONGJIANG, ("funds",))
    assert [int(width) for width in funds.widths] == [16, 32, 40, 40, 42]
    spanned = next(cell for cell in funds.cells if cell.label == "其中：财政资金")
    assert (spanned.row, spanned.column, spanned.rows, spanned.columns) == (1, 1, 2, 1)


def test_sums_tell_right_wrong_and_missing_totals() -> None:
    def found(**funds: str) -> dict[str, tuple[str, bool]]:
        project = Project(declaration=Declaration(SONGJIANG.id, 2025, {}, funds))
        return {one.path.rsplit(".", 1)[1]: (one.shown, one.odd) for one in sums(project, "declaration", SONGJIANG)}

    assert found() == {}
    assert found(财政资金="1", 其他资金="2") == {"项目资金总额": ("3.00", False)}
    assert found(财政资金="1", 项目资金总额="1.00") == {"项目资金总额": ("1.00", False)}
    assert found(财政资金="1", 项目资金总额="3") == {"项目资金总额": ("1.00", True)}
    assert found(财政资金="1.2.3", 项目资金总额="3") == {}


def test_evaluation_derives_rate_and_score() -> None:
    project = make(EVALUATION, 2023, "单位", "项目")
    assert project.evaluation is not None
    rows = list(project.evaluation.funds)
    rows[0] = {**rows[0], "全年预算数": "20000", "全年执行数": "9034"}
    project = project._replace(evaluation=project.evaluation._replace(funds=tuple(rows)))
    values = FormValues(project, {}, "evaluation", EVALUATION)
    by_path = {one.path: values.of(one) for one in entries(EVALUATION, ("funds", "total"))}
    assert by_path["evaluation.funds[0].执行率"].text == "45.17%"
    assert by_path["evaluation.funds[0].得分"].text == "4.52"
    assert by_path["evaluation.funds[0].得分"].read_only
    assert by_path["evaluation.funds[1].得分"].read_only
    assert by_path["evaluation.funds[0].分值"].text == "10"
    assert grade_line(project, EVALUATION) == "总分 4.52（差）"


def test_findings_are_grouped_counted_and_placed() -> None:
    project = make(SONGJIANG, 2025, "单位", "")
    found = check_project(project, EDITIONS)
    shown = lines(found)
    ranks = [["error", "confirm", "warning"].index(line.mark.severity) for line in shown]
    assert ranks == sorted(ranks)
    assert worst(found).severity == "error"
    assert worst(()) == Worst("clean", 0)
    assert count_line(found).startswith(f"检查：{worst(found).count} 错误")
    marks = marks_by_path(found)
    assert marks["declaration.fields.项目名称"][0].sign == "■"
    words = tab_lines(tabs(project, "declaration"), marks)
    assert words[0] == "基本信息 ■"
    assert words[4] == "经费说明"


def test_tabs_follow_what_a_project_has() -> None:
    both = evaluated()
    assert [tab.name for tab in tabs(both, "declaration")] == ["basics", "funds", "goals", "indicators", "narrative"]
    assert [tab.name for tab in tabs(both, "evaluation")] == ["basics", "funds", "goals", "indicators"]
    alone = Project(narrative=empty_narrative())
    assert [tab.name for tab in tabs(alone, "declaration")] == ["narrative"]
    assert [one.name for one in narrative_entries(alone)][2] == "三、实施主体"
    assert tab_of("evaluation.indicators[3].score") == Tab("evaluation", "indicators")
    assert tab_of("booklet.title") is None
    assert tab_of("a..b") is None


def evaluated() -> Project:
    project = make(EDITIONS["sh-declaration-2022"], 2022, "单位", "项目")
    edit, _ = evaluation_edit(project, EDITIONS)
    assert edit is not None
    return edit.apply(project)


def test_evaluation_says_why_it_cannot_be() -> None:
    assert evaluation_edit(evaluated(), EDITIONS) == (None, "这个项目已经有自评表。")
    assert evaluation_edit(Project(), EDITIONS)[0] is None
    strange = Project(declaration=Declaration("unknown", 2025))
    assert evaluation_edit(strange, EDITIONS)[0] is None


def test_offers_say_what_is_not_known() -> None:
    unseen = offer(EDITIONS, "declaration", 2023)
    assert [one.id for one in unseen.editions] == ["sh-declaration-2022", "cn-declaration-2015"]
    assert "2023" in unseen.hint
    assert offer(EDITIONS, "declaration", 2025, SONGJIANG.id).editions[0] is SONGJIANG
    assert offer(EDITIONS, "declaration", 1999).editions == ()


def test_title_says_whether_all_is_saved() -> None:
    project = make(SONGJIANG, 2025, "示例单位", "产业调研")
    at = datetime(2025, 1, 2, 10, 32, 5)  # noqa: DTZ001 - local, as the store gives it
    assert title(project, SaveState("saved", at)) == "绩表 — 示例单位 2025 年 · 产业调研（已保存 10:32:05）"
    assert "未能保存" in title(project, SaveState("failed", at, "磁盘已满"))
    assert "正在保存" in title(project, SaveState("saving", at))
    assert title(project, SaveState("saved", None)).endswith("产业调研")
    assert title(None, SaveState("saved", None)) == "绩表"
    assert pdf_name(project) == "产业调研 2025 申报表.pdf"


@dataclass(frozen=True)
class Cell:
    page: int
    x: float
    y: float
    width: float
    height: float
    path: str


def test_paper_finds_the_smallest_cell_at_a_point() -> None:
    found = PaperMap([Cell(0, 0, 0, 100, 100, "big"), Cell(0, 10, 10, 5, 5, "small"), Cell(1, 0, 0, 9, 9, "big")])
    assert found.path_at(0, 12, 12) == "small"
    assert found.path_at(0, 50, 50) == "big"
    assert found.path_at(2, 0, 0) == ""
    assert [one.page for one in found.spots("big")] == [0, 1]
    assert found.spots("none") == ()


def test_list_filters_sorts_and_adds_up() -> None:
    rows = [
        listed(1, "甲", 2025, "讲座", Decimal(10_000)),
        listed(2, "乙", 2024, "展览", None),
        listed(3, "甲", 2024, "", Decimal(25_000)),
    ]
    marks = {1: Worst("warning", 2), 2: Worst("error", 1)}

    def ids(**wanted: object) -> list[int]:
        return [row.id for row in project_list.chosen(rows, Choice(**wanted), marks)]  # type: ignore[arg-type]

    assert ids() == [1, 2, 3]
    assert ids(unit="甲") == [1, 3]
    assert ids(year=2024) == [2, 3]
    assert ids(words="讲 甲") == [1]
    assert ids(sort="amount") == [3, 1, 2]
    assert ids(sort="marks") == [2, 1, 3]
    assert project_list.units(rows) == ("甲", "乙")
    assert project_list.years(rows) == (2025, 2024)
    assert project_list.total_line(rows) == "3 个项目，合计 3.50 万元"
    shown = project_list.item(rows[1], marks[2])
    assert (shown.mark, shown.count) == ("■", "1")
    assert project_list.item(rows[2], None).name == "未命名项目"


def test_unread_narrative_has_no_fields() -> None:
    assert narrative_entries(Project()) == ()
    assert narrative_entries(Project(narrative=Narrative(()))) == ()
    assert FormValues(Project(), {}).of(Entry("narrative.sections[0].text", EntryKind.LONG, "x")).text == ""
