"""Foreign tables as indicators: what the columns mean, what becomes of each row, one edit for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.html_table import read_html
from desktop.exchange.tab_text import read_tab_text
from desktop.exchange.tables import Table, table_of
from desktop.presenters.cell_paste import paste_cells, paste_rows
from desktop.presenters.indicator_cells import Column, Shown
from desktop.presenters.table_mapping import MEANINGS, Mapping, guess, meanings
from desktop.presenters.table_plan import ALL_CELLS, Mode, Plan, default_mode, plan
from desktop.presenters.table_rows import cells_of, incoming
from desktop.presenters.taxonomy_words import TaxonomyWords
from forms.documents import Declaration, Evaluation, Indicator, Project
from forms.edits import Edit
from forms.indicators import Levels, Rows
from tests.desktop.exchange.shapes import EXCEL, EXCEL_TSV, WPS
from tests.strategies import EDITIONS, filled_rows

DECLARED, DECLARED_2022 = EDITIONS["sh-songjiang-declaration-2025"], EDITIONS["sh-declaration-2022"]
EVALUATED = EDITIONS["sh-evaluation-2025"]
COUNT = ("产出指标", "数量指标")
QUALITY = ("产出指标", "质量指标")


def declared(*rows: Indicator) -> Shown:
    return Shown("declaration", rows, DECLARED, 2025)


def evaluated(*rows: Indicator) -> Shown:
    return Shown("evaluation", rows, EVALUATED, 2025)


def taken(table: Table, shown: Shown, mode: Mode | None = None, home: Levels | None = None) -> Plan:
    words = TaxonomyWords(shown.edition)
    mapping = guess(table, shown.form, words)
    rows = list(incoming(table, mapping, words, shown.edition.value_style, home))
    return plan(shown, rows, mode or default_mode(shown, rows), cells_of(mapping))


def after(shown: Shown, edit: Edit | None) -> Rows:
    """The rows after an edit, and that it can be taken back."""
    assert edit is not None
    form = (
        Project(declaration=Declaration(shown.edition.id, shown.year, indicators=shown.rows))
        if shown.form == "declaration"
        else Project(evaluation=Evaluation(shown.edition.id, shown.year, indicators=shown.rows))
    )
    changed = edit.apply(form)
    assert edit.inverse().apply(changed) == form
    return changed.forms[0][1].indicators


class TestShapes:
    def test_excel_with_merged_cells(self) -> None:
        found = taken(read_html(EXCEL), declared())
        assert found.summary == "新增 4 行"
        assert after(declared(), found.edit) == (
            Indicator(*COUNT, "培训场次", "≥12场"),
            Indicator(*COUNT, "发放手册", "300"),
            Indicator(*QUALITY, "参训人员合格率", "95%"),
            Indicator("满意度指标", "服务对象满意度指标", "参训人员\n满意度", "0.9"),
        )
        assert found.edit is not None
        assert found.edit.name == "粘贴 4 条指标"

    def test_the_same_as_text_fills_blank_levels_down(self) -> None:
        rows = after(declared(), taken(read_tab_text(EXCEL_TSV), declared()).edit)
        assert [(row.l1, row.l2) for row in rows[:3]] == [COUNT, COUNT, QUALITY]

    def test_wps_with_sign_number_and_unit_apart_in_words_of_other_years(self) -> None:
        found = taken(read_html(WPS), declared())
        assert after(declared(), found.edit) == (
            Indicator(*COUNT, "培训场次", "≥12.00(场)"),
            Indicator(*COUNT, "编印手册", "=1200.00(册)"),
            Indicator(*QUALITY, "验收结论", "通过验收"),
            Indicator("效益指标", "社会效益指标", "受益人数", "≥800.00(人次)"),
        )

    def test_an_evaluation_with_points(self) -> None:
        table = table_of(
            [
                ["2025年度自评表"],
                [
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "年度指标值",
                    "实际完成值",
                    "分值",
                    "得分",
                    "偏差原因分析及改进措施",
                ],
                ["1.产出指标（50分）", "数量指标", "场次", ">=12场", "12场", "10", "10", ""],
                ["", "", "人数", ">=300人", "290人", "20", "19.33", "天气原因"],
                ["合计", "", "", "", "", "100", "98", ""],
                ["", "", "", "", "", "", "", ""],
                ["备注"],
            ]
        )
        found = taken(table, evaluated())
        assert [one.fate for one in found.lines] == ["new", "new", "left_out", "left_out"]
        rows = after(evaluated(), found.edit)
        assert rows[1] == Indicator(*COUNT, "人数", ">=300人", "290人", "20", "19.33", "天气原因")

    def test_points_of_a_merged_cell_count_once(self) -> None:
        table = read_html(
            "<table><tr><td>三级指标<td>指标值<td>分值</tr><tr><td>甲<td>1次<td rowspan=2>10</tr><tr><td>乙<td>2次</tr>"
            "</table>"
        )
        rows = after(evaluated(), taken(table, evaluated(), home=COUNT).edit)
        assert [row.points for row in rows] == ["10", ""]

    @pytest.mark.parametrize(
        ("rows", "columns"),
        [
            ([["产出指标", "数量指标", "甲", "≥1场"], ["", "", "乙", "完成"]], ("l1", "l2", "l3", "target")),
            ([["1", "数量", "甲", "1场"], ["2", "质量", "乙", "2场"]], ("skip", "l2", "l3", "target")),
            ([["甲", "≥", "3", "场"], ["乙", "=", "5", "次"]], ("l3", "sign", "number", "unit")),
            ([["≥3场"], ["≥5次"]], ("target",)),
            ([["培训"], ["宣传"]], ("l3",)),
            ([["1"], ["2"]], ("target",)),
            ([["甲", "", "1场"], ["乙", "", "2场"]], ("l3", "skip", "target")),
        ],
    )
    def test_without_headings_the_contents_tell(self, rows: list[list[str]], columns: tuple[str, ...]) -> None:
        assert guess(table_of(rows), "declaration", TaxonomyWords(DECLARED)).columns == columns

    @pytest.mark.parametrize(
        ("headings", "columns"),
        [
            (["序号", "绩效指标", "目标值"], ("skip", "l3", "target")),
            (["一级指标", "二级指标", "指标名称", "指标值", "度量单位"], ("l1", "l2", "l3", "number", "unit")),
            (["三级指标", "指标性质", "指标值", "单位", "得分"], ("l3", "sign", "number", "unit", "skip")),
            (["一级", "二级", "三级", "年度(/项目)指标值", "年度指标值"], ("l1", "l2", "l3", "target", "skip")),
        ],
    )
    def test_headings(self, headings: list[str], columns: tuple[str, ...]) -> None:
        table = table_of([headings, ["甲"] * len(headings)])
        found = guess(table, "declaration", TaxonomyWords(DECLARED))
        assert (found.columns, found.first) == (columns, 1)

    def test_headings_that_name_no_cell_of_an_indicator_do_not_count(self) -> None:
        table = table_of([["一级指标", "二级指标", "说明栏"], ["产出指标", "数量指标", "甲"]])
        assert guess(table, "declaration", TaxonomyWords(DECLARED)).columns == ("l1", "l2", "l3")

    def test_a_column_may_be_given_another_meaning(self) -> None:
        mapping = Mapping(("l1", "l3", "target"))
        assert mapping.changed(0, "l3").columns == ("l3", "skip", "target")
        assert mapping.is_usable
        assert not Mapping(("l1", "skip")).is_usable


class TestLevels:
    @pytest.mark.parametrize(
        ("l1", "l2", "levels"),
        [
            ("产出指标", "数量指标", COUNT),
            (" 产出 目标 ", "（一）数量", COUNT),
            ("一、产出指标（50分）", "1.产出数量指标", COUNT),
            ("", "服务对象满意度", ("满意度指标", "服务对象满意度指标")),
            ("满意度", "", ("满意度指标", "服务对象满意度指标")),
            ("满意度指标", "社会公众或服务对象满意度指标", ("满意度指标", "服务对象满意度指标")),
            ("效果目标", "可持续发展影响", ("效益指标", "可持续影响指标")),
            ("数量指标", "", COUNT),
            ("产出指标", "成本指标", ("成本指标", "经济成本指标")),
            ("", "", QUALITY),
        ],
    )
    def test_words_are_matched_with_tolerance(self, l1: str, l2: str, levels: Levels) -> None:
        assert TaxonomyWords(DECLARED).levels(l1, l2, QUALITY) == levels

    @pytest.mark.parametrize(
        ("l1", "l2", "said"),
        [
            ("投入指标", "数量指标", "一级指标“投入指标”不在本版表样内。"),
            ("产出指标", "外星指标", "“产出指标”下没有二级指标“外星指标”。"),
            ("产出指标", "", "“产出指标”下没有写明二级指标。"),
            ("", "外星指标", "二级指标“外星指标”不在本版表样内。"),
            ("", "", "没有写明一级、二级指标。"),
            ("x" * 1000, "", "一级指标“xxxxxxxxxxxx…”不在本版表样内。"),
        ],
    )
    def test_what_cannot_be_told_is_said(self, l1: str, l2: str, said: str) -> None:
        assert TaxonomyWords(DECLARED).levels(l1, l2, None) == said

    def test_levels_that_the_form_has_beside_its_edition_stay(self) -> None:
        odd = ("产出指标", "其他指标")
        assert TaxonomyWords(DECLARED, {odd}).levels(*odd, None) == odd


A, B = Indicator(*COUNT, "场次", "≥12场", extra={"id": 7}), Indicator(*QUALITY, "合格率", "95%")


class TestPlan:
    TABLE = table_of(
        [
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "场次", "≥15场"],
            ["产出指标", "质量指标", "合格率", "95%"],
            ["产出指标", "数量指标", "人数", "≥300人"],
            ["投入指标", "数量指标", "经费", "1元"],
            ["产出指标", "数量指标", "", "≥1次"],
        ]
    )

    def test_by_name_rows_are_changed_and_others_added(self) -> None:
        shown = declared(A, B)
        found = taken(self.TABLE, shown)
        assert [one.fate for one in found.lines] == ["changed", "same", "new", "refused", "refused"]
        assert found.lines[0].reason == "指标值由“≥12场”改为“≥15场”"
        assert found.lines[3].reason == "一级指标“投入指标”不在本版表样内。"
        assert found.summary == "新增 1 行，修改 1 行，不变 1 行，不能读入 2 行"
        assert found.edit is not None
        assert found.edit.name == "粘贴 2 条指标"
        new = after(shown, found.edit)
        assert new == (A._replace(target="≥15场"), Indicator(*COUNT, "人数", "≥300人"), B)

    def test_appending_keeps_what_is_there(self) -> None:
        new = after(declared(A, B), taken(self.TABLE, declared(A, B), "append").edit)
        assert [row.l3 for row in new] == ["场次", "场次", "人数", "合格率", "合格率"]

    def test_replacing_tells_what_goes(self) -> None:
        gone = Indicator(*QUALITY, "旧的")
        shown = declared(A, gone)
        found = taken(self.TABLE, shown, "replace")
        assert found.removed == 1
        assert found.summary.endswith("删去现有 1 行")
        assert after(shown, found.edit) == (
            A._replace(target="≥15场"),
            B,
            Indicator(*COUNT, "人数", "≥300人"),
        )

    def test_replacing_by_nothing_is_refused(self) -> None:
        found = taken(table_of([["三级指标", "指标值"], ["合计", "1"]]), declared(A), "replace")
        assert found.edit is None
        assert found.trouble == "没有可以读入的指标。"

    def test_a_blank_cell_wipes_nothing_out(self) -> None:
        table = table_of([["三级指标", "指标值", "分值"], ["场次", "", "8"]])
        shown = evaluated(Indicator(*COUNT, "场次", "≥12场", points="10"))
        assert after(shown, taken(table, shown, home=COUNT).edit)[0] == Indicator(*COUNT, "场次", "≥12场", points="8")
        assert after(shown, taken(table, shown, "replace", COUNT).edit)[0].target == ""

    def test_nothing_new_is_no_edit(self) -> None:
        found = taken(table_of([["三级指标", "指标值"], ["合格率", "95%"]]), declared(B), home=QUALITY)
        assert found.edit is None
        assert found.trouble == "与现有的指标相同，没有需要改动的。"

    def test_more_than_a_form_may_have_is_refused(self) -> None:
        shown = declared(*[Indicator(*COUNT, str(n)) for n in range(4999)])
        found = taken(table_of([["三级指标", "指标值"], ["a", "1"], ["b", "2"]]), shown, "append", COUNT)
        assert found.edit is None
        assert "超过 5000 条" in found.trouble

    @given(st.data())
    def test_every_row_of_the_table_is_told_once(self, data: st.DataObject) -> None:
        there, came = data.draw(filled_rows(EVALUATED)), data.draw(filled_rows(EVALUATED))
        mode = data.draw(st.sampled_from(["append", "update", "replace"]))
        lines = [[row.l1, row.l2, row.l3, row.target] for row in came]
        table = Table(tuple(map(tuple, [["一级指标", "二级指标", "三级指标", "指标值"], *lines])))
        found = taken(table, evaluated(*there), mode)
        assert [one.line for one in found.lines] == sorted({one.line for one in found.lines})
        if found.edit is None:
            return
        new = after(evaluated(*there), found.edit)
        assert len(new) == (len(there) if mode != "replace" else len(there) - found.removed) + found.count("new")


class TestCells:
    ROWS = (
        Indicator(*COUNT, "a", "≥3.00(场)"),
        Indicator(*COUNT, "b", "完成"),
        Indicator(*QUALITY, "c", "≥85.00(%)"),
    )

    def paste(self, cells: list[list[str]], at: int, column: Column, chosen: list[int] | None = None) -> Rows | None:
        edit = paste_cells(declared(*self.ROWS), table_of(cells), at, column, chosen or ())
        return None if edit is None else after(declared(*self.ROWS), edit)

    def test_a_column_of_values_goes_down_over_the_rows(self) -> None:
        rows = self.paste([["5"], ["≥7场"], ["90"]], 0, "number")
        assert rows is not None
        assert [row.target for row in rows] == ["≥5.00(场)", "≥7场", "≥90.00(%)"]

    def test_names_and_values_side_by_side(self) -> None:
        rows = self.paste([["x", "≥1场"], ["y", "2次"]], 1, "l3")
        assert rows is not None
        assert [(row.l3, row.target) for row in rows[1:]] == [("x", "≥1场"), ("y", "2次")]

    def test_signs_numbers_and_units_apart(self) -> None:
        rows = self.paste([["≤", "4", "次"]], 0, "sign")
        assert rows is not None
        assert rows[0].target == "≤4.00(次)"

    def test_whole_values_on_the_sign(self) -> None:
        rows = self.paste([["≥1场"], ["≥2场"]], 0, "sign")
        assert rows is not None
        assert [row.target for row in rows[:2]] == ["≥1场", "≥2场"]

    def test_one_cell_into_all_chosen_rows(self) -> None:
        rows = self.paste([["完成"]], 0, "number", [0, 2])
        assert rows is not None
        assert [row.target for row in rows] == ["完成", "完成", "完成"]

    @pytest.mark.parametrize(
        ("cells", "at", "column"),
        [
            ([["x"], ["y"]], 2, "l3"),
            ([["x", "1", "2"]], 0, "l3"),
            ([["三级指标", "指标值"], ["x", "1"]], 0, "l3"),
            ([["数量指标", "x"]], 0, "l3"),
        ],
        ids=["beyond the form", "too wide", "headings", "levels"],
    )
    def test_what_is_no_plain_block_is_left_to_the_dialog(
        self, cells: list[list[str]], at: int, column: Column
    ) -> None:
        assert self.paste(cells, at, column) is None

    def test_cells_that_take_no_typing_stay(self) -> None:
        shown = declared(*self.ROWS)
        edit = paste_cells(shown, table_of([["次"]]), 1, "unit")
        assert edit is not None
        assert edit.is_empty


class TestRows:
    def test_rows_of_one_kind_go_behind_the_cursor_and_take_its_levels(self) -> None:
        edit = paste_rows(declared(A, B), (Indicator(*COUNT, "新", "1次"),), 1, QUALITY)
        assert edit is not None
        assert edit.name == "粘贴 1 条指标"
        assert after(declared(A, B), edit) == (A, B, Indicator(*QUALITY, "新", "1次"))

    def test_under_a_level_without_rows(self) -> None:
        edit = paste_rows(declared(B), (Indicator(*QUALITY, "新"),), None, COUNT)
        assert after(declared(B), edit) == (Indicator(*COUNT, "新"), B)

    def test_rows_of_several_kinds_go_home(self) -> None:
        came = (Indicator(*QUALITY, "q", "1", "2"), Indicator(*COUNT, "n"))
        assert after(declared(A, B), paste_rows(declared(A, B), came, 0, COUNT)) == (
            A,
            Indicator(*COUNT, "n"),
            B,
            Indicator(*QUALITY, "q", "1"),
        )

    def test_rows_that_the_edition_has_no_place_for_are_left_to_the_dialog(self) -> None:
        came = (Indicator("投入指标", "x", "q"), Indicator(*COUNT, "n"))
        assert paste_rows(declared(A), came, 0, COUNT) is None

    def test_costs_go_where_an_older_form_has_them(self) -> None:
        shown = Shown("declaration", (), DECLARED_2022, 2022)
        came = (Indicator("成本指标", "经济成本指标", "q"), Indicator(*COUNT, "n"))
        assert [row.l2 for row in after(shown, paste_rows(shown, came, None, None))] == ["数量指标", "成本指标"]


def test_meanings_are_those_of_the_form() -> None:
    assert "score" not in MEANINGS["declaration"]
    assert set(ALL_CELLS) <= {*MEANINGS["evaluation"], *meanings("declaration", EDITIONS["cn-declaration-2015"])}
    assert not {"mid_l3", "mid_target"} & {*meanings("declaration", EDITIONS["sh-declaration-2025"])}
