"""A form as a grid: what stands in which box, and column edges that fit it."""

from __future__ import annotations

from copy import copy
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.documents import Booklet, Declaration, Evaluation, Indicator, Period
from forms.printing import missing_glyphs
from forms.printing.columns import balanced, fitted
from forms.printing.grid import Box, build, printed_texts
from forms.printing.layout import MM, SIDE_PAD
from tests.forms.printing.samples import (
    EDITIONS,
    EVALUATED,
    HUGE,
    MEASURE,
    SHANGHAI,
    SONGJIANG,
    declaration,
    evaluation,
    narrative,
    package,
    prose,
    rows,
)


def boxes(form: Declaration | Evaluation, edition: str | None = None) -> dict[str, Box]:
    grid = build(form, EDITIONS[edition or form.edition], MEASURE)
    return {box.path: box for box in grid.boxes if box.path is not None}


def words(box: Box) -> str:
    return "\n".join(one.text for one in box.text.paragraphs)


def labels(form: Declaration | Evaluation) -> list[str]:
    return [words(box) for box in build(form, EDITIONS[form.edition], MEASURE).boxes if box.path is None]


def test_amounts_are_printed_in_the_style_of_the_edition():
    funds = {"项目资金总额": "700000", "财政资金": "０", "其他资金": "", "年度资金申请总额": "见附件"}
    found = boxes(declaration(funds=funds))
    assert words(found["funds.项目资金总额"]) == "700,000.00"
    assert words(found["funds.财政资金"]) == "0.00"
    assert words(found["funds.其他资金"]) == ""
    assert words(found["funds.年度资金申请总额"]) == "见附件"
    assert words(found["funds.上年结转资金"]) == ""


def test_a_label_with_the_period_and_without_it():
    assert "项目总体目标\n(2025年-2027年)" in labels(declaration(overall_period=Period(2025, 2027)))
    assert "项目总体目标" in labels(declaration(overall_period=None))
    assert "项目总目标" in labels(declaration(SHANGHAI))


def test_derived_figures_are_printed_in_place_of_typed_ones():
    funds = [dict(row) for row in evaluation().funds]
    funds[0] |= {"全年预算数": "100", "全年执行数": "50", "执行率": "99.00%", "得分": "9"}
    found = boxes(evaluation(funds=tuple(funds), total_score="1"))
    assert words(found["funds[0].执行率"]) == "50.00%"
    assert words(found["funds[0].得分"]) == "5"
    assert words(found["total_score"]) == "75.00"
    assert words(found["funds[1].分值"]) == "—"


def test_what_cannot_be_derived_stands_as_typed():
    found = boxes(evaluation(funds=({"row": "年度资金总额", "执行率": "约100%"},), total_score="98"))
    assert words(found["funds[0].执行率"]) == "约100%"
    assert words(found["total_score"]) == "98"
    wrong = EDITIONS[EVALUATED]._replace(parameters=MappingProxyType({"execution_method": 1}))
    grid = build(evaluation(total_score="98"), wrong, MEASURE)
    assert [words(box) for box in grid.boxes if box.path == "total_score"] == ["98"]


def test_rows_of_the_funds_go_by_their_names():
    usual = evaluation()
    turned = evaluation(funds=(*usual.funds[1:3], {"row": "年度资金总额", "全年预算数": "8"}))
    found = boxes(turned)
    assert words(found["funds[2].全年预算数"]) == "8.00"
    assert words(found["funds[0].全年预算数"]) == "893,544.77"
    assert words(found["funds[3].全年预算数"]) == ""
    unnamed = evaluation(funds=({"全年预算数": "5"},))
    assert words(boxes(unnamed)["funds[0].全年预算数"]) == "5.00"


def test_equal_neighbours_are_merged_second_level_only_within_the_first():
    made = tuple(Indicator(a, b) for a, b in (("甲", "丙"), ("甲", "丙"), ("乙", "丙"), ("乙", "丁"), ("甲", "丁")))
    found = boxes(declaration(indicators=made))
    assert {path: box.rows for path, box in found.items() if path.endswith((".l1", ".l2"))} == {
        "indicators[0].l1": 2,
        "indicators[2].l1": 2,
        "indicators[4].l1": 1,
        "indicators[0].l2": 2,
        "indicators[2].l2": 1,
        "indicators[3].l2": 1,
        "indicators[4].l2": 1,
    }


def test_all_printed_texts_with_their_paths():
    found = dict(printed_texts(evaluation(), EDITIONS[EVALUATED]))
    assert found["fields.项目名称"] == "测试项目(二级构成)"
    assert found["funds[0].得分"] == "10"
    assert found["indicators[6].reason"] == "无"
    assert "fields.项目性质" not in found


def test_characters_without_a_glyph_are_named_with_their_place():
    form = declaration(fields={"项目名称": "某😀某😀", "无此项": "😀"}, indicators=rows(1, target="\x07好"))
    one = package(form).projects[0]._replace(narrative=narrative(10))
    broken = one.narrative._replace(sections=(one.narrative.sections[0]._replace(text="甲🀄"),))
    found = missing_glyphs(package(one._replace(narrative=broken)), EDITIONS)
    assert found == [
        (0, "narrative.sections[0].text", "🀄"),
        (0, "declaration.fields.项目名称", "😀"),
        (0, "declaration.indicators[0].target", "\x07"),
    ]
    assert missing_glyphs(package(form), EDITIONS) == found[1:]
    assert missing_glyphs(package()._replace(booklet=Booklet("🀄", "好")), EDITIONS) == [(-1, "booklet.title", "🀄")]


def edges_of(form: Declaration | Evaluation, size: float = 10.5) -> tuple[list[tuple[float, ...]], bool]:
    grid = build(form, EDITIONS[form.edition], MEASURE)
    return fitted(grid, balanced(grid), size)


def test_edges_stay_where_the_edition_has_them_if_all_fits():
    form = declaration(SHANGHAI, fields={"计划开始日期": ""}, indicators=rows(3, 8, "完成"))
    found, whole = edges_of(form, 8.0)
    assert whole
    for band, edges in zip(EDITIONS[SHANGHAI].bands[:3], found[:3], strict=True):
        assert edges == pytest.approx([float(edge) * MM for edge in band.edges], abs=3.5 * MM)


@pytest.mark.parametrize("size", [8.0, 9.0])
def test_huge_amounts_fit_whole(size: float):
    form = evaluation(amount=HUGE)
    found, whole = edges_of(form, size)
    assert whole
    for path, box in boxes(form).items():
        if path.startswith("funds") and path.endswith("数"):
            left, right = found[box.band][box.column], found[box.band][box.column + 1]
            assert box.text.natural_width * size <= right - left - 2 * SIDE_PAD + 1e-6


def test_the_total_stands_under_the_columns_of_the_rows():
    found, _ = edges_of(evaluation(indicators=rows(7, 60, "完成", actual="完成", reason=prose(60))))
    indicators, total = found[-2], found[-1]
    assert set(total) <= set(indicators)


def test_text_columns_take_what_their_texts_ask_for():
    grid = build(declaration(indicators=rows(12, 6, 60)), EDITIONS[SONGJIANG], MEASURE)
    usual, changed = grid.edges[-1], balanced(grid)[-1]
    assert changed[-1] - changed[-2] > usual[-1] - usual[-2] + 5
    assert changed[:4] == usual[:4]
    plain = build(declaration(indicators=rows(5, 6, "完成")), EDITIONS[SONGJIANG], MEASURE)
    assert balanced(plain)[-1] == plain.edges[-1]


def test_a_date_is_not_torn_apart_for_a_name_on_fewer_lines():
    date = "2023年12月31日前"
    given = (
        ("产出指标", "数量指标", "根据计划和工作安排，办理相应的业务量", "=100%"),
        ("产出指标", "质量指标", "高标准保障会议室和展厅的日常运行服务", "完成"),
        ("产出指标", "时效指标", "任务完成时间", date),
        ("产出指标", "时效指标", "任务推进及时性", "及时"),
        ("产出指标", "成本指标", "按核定预算执行，严格控制费用支出", "有效"),
        ("效益指标", "社会效益指标", "提升A12文化长廊品牌影响力", "完成"),
        ("效益指标", "可持续影响指标", "持续保证场馆正常、有序开放", "有序"),
        ("满意度指标", "服务对象满意度指标", "相关方满意度", ">=85%"),
    )
    scores = ("10", "10", "10", "10", "10", "20", "10", "10")  # which make 100.00, a wide figure
    indicators = tuple(
        Indicator(*one, one[-1], points=score, score=score) for one, score in zip(given, scores, strict=True)
    )
    form = evaluation(amount="1,031,336.77", indicators=indicators)
    found, whole = edges_of(form)
    assert whole
    dates = [box for path, box in boxes(form).items() if path in ("indicators[2].target", "indicators[2].actual")]
    for box in dates:
        left, right = found[box.band][box.column : box.column + 2]
        assert len(box.text.lines((right - left - 2 * SIDE_PAD) / 10.5)) == 2
    assert len(dates) == 2


def test_where_long_words_cannot_all_be_whole_shorter_ones_are():
    form = evaluation(indicators=rows(3, target="W" * 14 + "和2025-06-30，", actual="W" * 14, reason="W" * 14))
    found, whole = edges_of(form)
    assert whole
    assert all(a < b for edges in found for a, b in pairwise(edges))
    columns = found[-2]
    assert columns[5] - columns[4] >= 5.6 * 10.5 + 2 * SIDE_PAD


def test_amounts_that_cannot_all_be_whole_leave_the_edges_in_order():
    found, whole = edges_of(evaluation(amount="9" * 40))
    assert not whole
    assert all(a < b for edges in found for a, b in pairwise(edges))


def test_cells_over_several_columns_ask_for_no_width():
    grid = build(declaration(), EDITIONS[SONGJIANG], MEASURE)
    spread = tuple(map(copy, grid.boxes))
    next(box for box in spread if box.path == "fields.主管部门").columns = 2
    assert fitted(grid._replace(boxes=spread), balanced(grid), 10.0)[1]


def test_bands_that_cannot_share_their_edges_part():
    long = "A" * 33
    fields = {"项目名称": long, "项目性质": long, "主管部门": long, "实施单位": long}
    found, whole = edges_of(declaration(fields=fields, funds=dict.fromkeys(("项目资金总额", "年度资金申请总额"), HUGE)))
    assert all(a < b for edges in found for a, b in pairwise(edges))
    assert len({edges[-1] for edges in found}) == 1
    assert isinstance(whole, bool)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.floats(8, 10.5))
def test_edges_always_rise_and_end_at_the_frame(lengths: list[int], size: float):
    form = evaluation(indicators=rows(3, target="a" * lengths[0], reason="b" * lengths[-1]), amount="9" * lengths[0])
    for edges in edges_of(form, size)[0]:
        assert edges[0] == 0
        assert edges[-1] == pytest.approx(170 * MM)
        assert all(a < b for a, b in pairwise(edges))
