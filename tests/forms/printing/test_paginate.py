"""The ten points of continuation over pages (forms.md 13), each shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.documents import Declaration, Evaluation, Indicator
from forms.printing.columns import balanced, fitted
from forms.printing.draw import Sheet
from forms.printing.embed import Typesetter
from forms.printing.fonts import shipped
from forms.printing.grid import Grid, build
from forms.printing.layout import MM, Layout, Setting, set_upright, upright_lines
from forms.printing.paginate import Piece, TablePage, paginate
from tests.forms.printing.samples import (
    EDITIONS,
    FILLED,
    MEASURE,
    SHANGHAI,
    SONGJIANG,
    declaration,
    evaluation,
    prose,
    rows,
)

FIRST, ROOM, PAD = 600.0, 700.0, 1.1 * MM


def set_form(form: Declaration | Evaluation, size: float = 10.0, limit: float = ROOM / 3) -> Layout:
    grid = build(form, EDITIONS[form.edition], MEASURE)
    return Layout(grid, Setting(size, PAD), fitted(grid, balanced(grid), size)[0], limit)


def pages_of(form: Declaration | Evaluation, tail: float = 0.0, size: float = 10.0) -> tuple[Layout, list[TablePage]]:
    layout = set_form(form, size)
    pages = paginate(layout, FIRST, ROOM, tail)
    whole(layout, pages, tail)
    return layout, pages


def whole(layout: Layout, pages: list[TablePage], tail: float = 0.0) -> None:
    """No text is lost or shrunk, nothing leaves its page (points 7 and 10)."""
    shown: dict[object, list[object]] = {}
    for n, page in enumerate(pages):
        room = FIRST if n == 0 else ROOM
        assert page.height <= room - (tail if n == len(pages) - 1 else 0) + 1e-3
        for piece in page.pieces:
            assert -1e-6 <= piece.top < piece.bottom <= page.height + 1e-6
            if piece.lines is not None:
                assert layout.setting.height(len(piece.lines)) <= piece.bottom - piece.top + 1e-3
                if layout.flows(piece.box):
                    shown.setdefault(piece.box, []).extend(piece.lines)
    for box in layout.grid.boxes:
        if layout.flows(box):
            assert shown.get(box, []) == layout.lines(box)


def texts(page: TablePage, part: str, layout: Layout) -> list[str]:
    """Labels on a page that belong to a part of the form."""
    return [
        "".join(one.text for one in piece.box.text.paragraphs)
        for piece in page.pieces
        if layout.grid.parts[piece.box.band] == part
    ]


def pieces_at(pages: list[TablePage], path: str) -> list[tuple[int, Piece]]:
    return [(n, piece) for n, page in enumerate(pages) for piece in page.pieces if piece.box.path == path]


@pytest.mark.parametrize("goal", [200, 700, 1000])
def test_1_a_row_that_fits_on_a_page_is_kept_whole(goal: int):
    _, pages = pages_of(declaration(annual_goal=prose(goal), indicators=rows(40, 60, 40)))
    assert len(pages) > 1
    for page in pages:
        assert not [piece for piece in page.pieces if piece.cut]


def test_1_a_goal_row_higher_than_a_page_is_split_both_columns_in_parallel():
    _, pages = pages_of(declaration(overall_goal=prose(3000), annual_goal=prose(3500, 2)))
    left, right = pieces_at(pages, "overall_goal"), pieces_at(pages, "annual_goal")
    assert [n for n, _ in left] == [n for n, _ in right]
    assert len(left) > 2
    assert [(a.top, a.bottom) for _, a in left] == [(b.top, b.bottom) for _, b in right]
    assert left[0][0] == 0  # it begins below the upper block
    assert all(len(piece.lines or ()) > 10 for _, piece in left[:-1])


@pytest.mark.parametrize("length", range(1900, 2300, 25))
def test_2_at_least_two_lines_on_each_side_of_a_split(length: int):
    _, pages = pages_of(declaration(SHANGHAI, annual_goal=prose(length), indicators=rows(3, 1400)))
    for path in ("annual_goal", "indicators[0].l3", "indicators[1].l3"):
        parts = [piece for _, piece in pieces_at(pages, path)]
        assert all(len(piece.lines or ()) >= 2 for piece in parts if len(parts) > 1)


def test_3_merged_labels_are_printed_again_in_the_same_words():
    layout, pages = pages_of(declaration(indicators=rows(60, 30)))
    assert len(pages) > 2
    seen = {}
    for n, page in enumerate(pages):
        names = texts(page, "indicators", layout)
        assert "绩效指标" in names
        for row in {piece.box.row for piece in page.pieces if (piece.box.path or "").endswith(".l3")}:
            for key in ("l1", "l2"):
                over = [
                    piece
                    for piece in page.pieces
                    if (piece.box.path or "").endswith(key) and piece.box.row <= row < piece.box.row + piece.box.rows
                ]
                assert len(over) == 1
                seen.setdefault(over[0].box, set()).add(n)
    assert any(len(found) > 1 for found in seen.values())


def test_3_the_funds_block_can_be_parted_and_its_labels_closed_and_opened():
    layout, pages = pages_of(declaration(funds={"年度资金申请总额": "说明" * 700, "财政资金": "1"}))
    with_label = [n for n, page in enumerate(pages) if "项目资金（元）" in texts(page, "funds", layout)]
    assert len(with_label) > 1


def test_4_headers_are_repeated_above_what_runs_on():
    layout, pages = pages_of(declaration(overall_goal=prose(2600), indicators=rows(50, 40)))
    for n, page in enumerate(pages):
        if any((piece.box.path or "").startswith("indicators") for piece in page.pieces):
            assert texts(page, "indicators", layout).count("三级指标") == 1
        if any(piece.box.path == "overall_goal" for piece in page.pieces):
            assert texts(page, "goals", layout).count("年度总体目标") == 1
        if n:
            assert texts(page, "fields", layout) == []


@pytest.mark.parametrize("height", range(300, 640, 13))
@pytest.mark.parametrize("form", [declaration(FILLED, indicators=rows(6)), evaluation()], ids=["申报", "自评"])
def test_5_nothing_is_orphaned(form: Declaration | Evaluation, height: int):
    layout = set_form(form)
    pages = paginate(layout, float(height), ROOM)
    for page in pages:
        shown = {piece.box.path for piece in page.pieces} - {None}
        names = texts(page, "indicators", layout)
        if "三级指标" in names:
            assert any(path.startswith("indicators") for path in shown)
        goals = texts(page, "goals", layout)
        if "预期目标" in goals or "年度总目标" in goals:
            assert shown & {"annual_goal", "actual"}
        if "总分" in texts(page, "total", layout):
            assert any(path.startswith("indicators") for path in shown)
    first = {layout.grid.parts[piece.box.band] for piece in pages[0].pieces}
    assert {"fields", "funds"} <= first or height < 340


def test_6_a_vertical_label_that_is_short_of_room_goes_two_a_line_then_across():
    layout = set_form(declaration())
    side = next(box for box in layout.grid.boxes if box.upright)
    setting = layout.setting
    assert [line.text for line in set_upright(side, setting, 3, 500)[0]] == list("项目绩效目标")
    assert set_upright(side, setting, 3, 500)[1] == pytest.approx(setting.size * 1.9)
    assert [line.text for line in set_upright(side, setting, 3, setting.height(4))[0]] == ["项目", "绩效", "目标"]
    assert [line.text for line in set_upright(side, setting, 3, setting.height(2))[0]] == ["项目绩", "效目标"]
    assert [line.text for line in set_upright(side, setting, 6, setting.height(1))[0]] == ["项目绩效目标"]
    assert set_upright(side, setting, 3, setting.height(2))[1] == setting.leading
    roomy = setting._replace(pad=setting.pad + 4)  # two rows of a form with little in it
    nearly = roomy.height(3) - 4
    assert [line.text for line in set_upright(side, roomy, 3, nearly)[0]] == ["项目", "绩效", "目标"]
    assert len(upright_lines(side, 0)) == 6
    assert layout.least(side) < setting.height(len(upright_lines(side, side.upright)))


def test_6_a_form_without_rows_still_has_its_label():
    layout, pages = pages_of(declaration(indicators=()))
    assert "绩效指标" in texts(pages[0], "indicators", layout)


@pytest.mark.parametrize("count", range(18, 30))
def test_9_the_sign_off_line_takes_the_last_row_along(count: int):
    _, pages = pages_of(declaration(indicators=rows(count)), tail=60.0)
    assert any((piece.box.path or "").startswith("indicators") for piece in pages[-1].pieces)


def test_9_even_where_the_last_row_is_as_high_as_a_page():
    form = declaration(indicators=(*rows(2), Indicator("产出指标", "数量指标", prose(1780))))
    for tail in (0.0, 60.0):
        _, pages = pages_of(form, tail=tail)
        assert pieces_at(pages, "indicators[2].l3")[-1][0] == len(pages) - 1


def test_10_a_label_higher_than_a_page_flows_on():
    endless = Indicator("产出指标" * 300, "数量指标" * 400, "名称", "完成")
    layout, pages = pages_of(declaration(indicators=(endless, endless, *rows(1))))
    assert len(pages) > 3
    merged = next(box for box in layout.grid.boxes if box.path == "indicators[0].l1")
    assert merged.rows == 2
    assert layout.flows(merged)


def test_10_endless_texts_in_every_cell():
    fields = dict.fromkeys(("项目名称", "项目性质", "主管部门", "计划开始日期"), prose(900))
    funds = dict.fromkeys(("项目资金总额", "财政资金", "上年结转资金"), "无" * 900)
    _, pages = pages_of(declaration(fields=fields, funds=funds))
    assert len(pages) > 4


def test_5_a_block_longer_than_a_page_is_parted_between_its_rows():
    fields = dict.fromkeys(("项目名称", "主管部门", "计划开始日期"), prose(235))
    layout, pages = pages_of(declaration(fields=fields))
    assert not [piece for piece in pages[0].pieces if piece.cut]
    assert "项目资金（元）" not in texts(pages[0], "funds", layout)


def test_10_a_first_page_too_low_for_its_first_row_takes_a_part_of_it():
    layout = set_form(declaration(fields={"项目名称": prose(150)}))
    pages = paginate(layout, 40.0, ROOM)
    assert len(pieces_at(pages, "fields.项目名称")[0][1].lines or ()) == 2
    assert pages[0].height <= 40


def test_2_a_short_cell_beside_an_endless_one_may_be_parted():
    layout = set_form(declaration(indicators=(Indicator("产出指标", "数量指标", prose(3000), "完成" * 18),)))
    for first in range(430, 470, 2):
        pages = paginate(layout, float(first), ROOM)
        whole_value = "".join(
            line.text for _, piece in pieces_at(pages, "indicators[0].target") for line in piece.lines
        )
        assert whole_value == "完成" * 18


def test_full_pages_end_at_the_foot():
    _, pages = pages_of(declaration(indicators=rows(120)))
    assert len(pages) > 3
    assert all(page.height == pytest.approx(ROOM, abs=0.01) for page in pages[1:-1])


def test_a_page_too_low_for_a_line_is_a_mistake_of_the_caller():
    layout = set_form(declaration())
    with pytest.raises(ValueError, match="no room"):
        paginate(layout, 8.0, 8.0)


def _grid(counts: list[int]) -> Grid:
    made = tuple(Indicator(f"一级{n % 3}", f"二级{n % 2}", "字" * count, "值") for n, count in enumerate(counts))
    return build(declaration(indicators=made), EDITIONS[SONGJIANG], MEASURE)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 900), max_size=12), st.integers(0, 3000), st.floats(200, 700), st.floats(8, 10.5))
def test_any_form_on_any_paper(counts: list[int], goal: int, room: float, size: float):
    made = tuple(Indicator(f"一级{n % 3}", f"二级{n % 2}", "字" * count, "值") for n, count in enumerate(counts))
    grid = build(declaration(indicators=made, annual_goal="目" * goal), EDITIONS[SONGJIANG], MEASURE)
    layout = Layout(grid, Setting(size, PAD), fitted(grid, balanced(grid), size)[0], room / 3)
    pages = paginate(layout, room * 0.9, room)
    shown: dict[object, int] = {}
    for page in pages:
        assert page.height <= room + 1e-3
        for piece in page.pieces:
            if layout.flows(piece.box) and piece.lines is not None:
                shown[piece.box] = shown.get(piece.box, 0) + len(piece.lines)
    for box in grid.boxes:
        if layout.flows(box):
            assert shown[box] == len(layout.lines(box))


def test_a_sheet_takes_all_pieces():
    layout, pages = pages_of(declaration(indicators=rows(30)))
    sheet = Sheet(595, 842, Typesetter(shipped()))
    sheet.table(pages[-1], layout, 57, 57)
    assert len(sheet.places) == len([piece for piece in pages[-1].pieces if piece.box.path])
