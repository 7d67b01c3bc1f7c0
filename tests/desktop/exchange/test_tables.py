"""Tables from the clipboard: what Excel and WPS put there, and what somebody may have put there to do harm."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.clipboard import Clip, read_clip, read_rows, write_html, write_rows
from desktop.exchange.html_table import MAX_DEPTH, read_html
from desktop.exchange.tab_text import read_tab_text, write_tab_text
from desktop.exchange.tables import MAX_CHARACTERS, MAX_ROWS, MAX_TEXT, Table, TableError, table_of
from forms.documents import Indicator
from forms.indicators import Rows
from forms.known_editions import Editions
from tests import strategies
from tests.desktop.exchange.shapes import EXCEL, EXCEL_ROWS, EXCEL_TSV, WPS

EDITIONS = Editions()


class TestHtml:
    def test_excel_merged_cells_are_filled_down_and_hidden_rows_left_out(self) -> None:
        table = read_html(EXCEL)
        assert table.rows == EXCEL_ROWS
        assert table.filled == {(2, 0), (3, 0), (2, 1)}
        assert table.notes == ("隐藏的行没有读入；需要的请先取消隐藏。",)

    def test_wps_with_windows_head_in_front(self) -> None:
        rows = read_html(WPS).rows
        assert rows[0] == ("序号", "一级指标", "二级指标", "指标内容", "符号", "指标值", "计量单位")
        assert rows[2] == ("2", "产出目标", "产出数量", "编印手册", "＝", "1,200", "册")
        assert rows[3][1:3] == ("产出目标", "产出质量")

    def test_scripts_styles_and_comments_are_no_text(self) -> None:
        table = read_html(
            "<script>document.write('<table><tr><td>x</td></tr></table>')</script><!-- <td>no</td> -->"
            "<table><tr><td>甲<script>alert(1)</script><style>td{}</style><!--x--></td>"
            "<td onclick='evil()'>乙<img src=http://example.invalid/a.png onerror=x></td></tr></table>"
        )
        assert table.rows == (("甲", "乙"),)

    def test_white_space_is_one_blank_unless_the_cell_keeps_it(self) -> None:
        table = read_html(
            "<table><tr><td>  甲\n   乙&nbsp; </td><td style='white-space:pre-wrap'> 甲  乙 </td><td><p>一</p><p>二</p>"
            "</td><td>&lt;b&gt; &#x2265; 1</td></tr></table>"
        )
        assert table.rows == (("甲 乙", " 甲  乙 ", "一\n\n二", "<b> ≥ 1"),)

    def test_ends_may_be_left_out_and_tables_may_nest(self) -> None:
        table = read_html("<TABLE><TR><TD>a<TD>b<TR><TD>c<TD><table><tr><td>d</td></tr></table>e</TABLE>x")
        assert table.rows == (("a", "b"), ("c", "de"))

    def test_the_table_with_the_most_rows_is_taken(self) -> None:
        table = read_html("<table><tr><td>a</table><table><tr><td>b<tr><td>c</table>")
        assert table.rows == (("b",), ("c",))

    def test_merged_both_ways(self) -> None:
        table = read_html(
            "<table><tr><td rowspan=2 colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>"
            "<tr><td>d</td><td colspan=2>e</td></tr></table>"
        )
        assert table.rows == (("a", "", "b"), ("a", "", "c"), ("d", "e", ""))
        assert table.filled == {(1, 0)}
        assert table.covered == {(0, 1), (1, 1), (2, 2)}

    @pytest.mark.parametrize(
        ("html", "said"),
        [
            ("<p>没有表格</p>", "没有表格"),
            ("<table><tr><td>&nbsp;</td></tr></table>", "都是空的"),
            ("<table>" + "<tr><td>1</td></tr>" * (MAX_ROWS + 1), f"超过 {MAX_ROWS} 行"),
            ("<table><tr>" + "<td>1</td>" * 61, "超过 60 列"),
            ("<table>" + ("<tr>" + "<td>1</td>" * 60) * 3000, "个单元格"),
            ("<table><tr><td>" + "<div>" * (MAX_DEPTH + 1), "层次过多"),
            ("<table><tr><td>" + "x" * (MAX_TEXT + 1), f"超过 {MAX_TEXT} 字"),
            ("<table>" + " " * MAX_CHARACTERS, "超过 20 MB"),
            ("<table><tr><td rowspan=5000>" + "x" * 100_000 + "</td></tr>" + "<tr></tr>" * 5000, "万字"),
        ],
    )
    def test_too_much_or_nothing_is_refused_in_words(self, html: str, said: str) -> None:
        with pytest.raises(TableError, match=said):
            read_html(html)

    @pytest.mark.parametrize(
        "html",
        [
            "<a " * 300_000,
            "<table><tr><td>" + "<a " * 300_000 + ">",
            "<!--" * 300_000,
            "<![" * 300_000,
            "<table><tr><td rowspan=99999999 colspan=99999999>a" * 20,
            "<table><tr><td>&" + "a" * 199_000,
        ],
    )
    def test_hostile_shapes_do_not_hold_it_up(self, html: str) -> None:
        with suppress(TableError):
            read_html(html)

    def test_a_picture_within_a_cell_is_left_out(self) -> None:
        picture = "<img src='data:image/png;base64," + "A" * 100_000 + "'>"
        assert read_html(f"<table><tr><td>甲{picture}乙<td>丙").rows == (("甲乙", "丙"),)

    def test_it_can_be_stopped(self) -> None:
        seen: list[tuple[int, int]] = []

        def go_on(made: int, total: int) -> bool:
            seen.append((made, total))
            return len(seen) < 2

        with pytest.raises(TableError, match="已取消"):
            read_html("<table>" + "<tr><td>一格</td></tr>" * 5000, go_on)
        assert len(seen) == 2

    @given(st.text(alphabet="<>/tablerdh !-[]='&;#x0甲\n", max_size=200))
    def test_whatever_comes_gives_a_table_or_a_sentence(self, html: str) -> None:
        with suppress(TableError):
            assert len({len(row) for row in read_html(html).rows}) == 1


class TestTabText:
    def test_excel_quotes_cells_with_line_breaks(self) -> None:
        table = read_tab_text(EXCEL_TSV)
        assert table.rows[0][3] == "年度\n指标值"
        assert table.rows[2] == ("", "", "发放手册 ", "300")
        assert len(table.rows) == 5

    @pytest.mark.parametrize(
        ("words", "rows"),
        [
            ('"双十"工程\t1', (('"双十"工程', "1"),)),
            ('"没有收尾\n乙', (('"没有收尾',), ("乙",))),
            ('"a""b"\r"c"', (('a"b',), ("c",))),
            ("甲", (("甲",),)),
            ("a\t\t\n\n\tb\n", (("a", ""), ("", ""), ("", "b"))),
        ],
    )
    def test_quotes_and_blanks(self, words: str, rows: tuple[tuple[str, ...], ...]) -> None:
        assert read_tab_text(words).rows == rows

    @pytest.mark.parametrize("words", ["一行\n" * 100_000, '"' * 100_001 + "\n" * 7000, "x\t" * 100, "x" * 20_000_001])
    def test_too_much_is_refused_in_words(self, words: str) -> None:
        with pytest.raises(TableError, match=r"没有(?:读入|粘贴)"):
            read_tab_text(words)


# ---------------------------------------------------------------- what goes out comes in again

_SAFE = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t"=<> '), max_size=12)
_GRIDS = st.lists(st.lists(_SAFE, min_size=3, max_size=3), min_size=1, max_size=6).filter(
    lambda rows: bool(any(cell.strip() for cell in rows[-1])) and any(row[-1].strip() for row in rows)
)


@pytest.mark.parametrize(
    "through",
    [lambda rows: read_html(write_html(rows)), lambda rows: read_tab_text(write_tab_text(rows))],
    ids=["html", "tab-separated"],
)
@given(rows=_GRIDS)
def test_cells_come_back_to_the_character(through: Callable[[list[list[str]]], Table], rows: list[list[str]]) -> None:
    wanted = tuple(tuple(cell.replace("\u2028", "\n").replace("\u2029", "\n") for cell in row) for row in rows)
    assert through(rows).rows == wanted


@given(strategies.rows)
def test_rows_of_the_program_come_back_with_all_they_have(rows: Rows) -> None:
    clip = Clip(rows=write_rows("evaluation", "sh-evaluation-2025", 2025, rows))
    assert read_rows(clip, EDITIONS) == rows


def test_formulas_go_out_as_text() -> None:
    html = write_html([["=100%", ">=85%", "2025-12-31", "123456789012345678", "a\nb"]])
    assert html.count("mso-number-format:'\\@'") == 5
    assert "&gt;=85%" in html
    assert "same-cell" in html


class TestClip:
    def test_html_goes_before_text(self) -> None:
        clip = Clip(html=b"<table><tr><td>html</td></tr></table>", words="text")
        assert read_clip(clip).rows == (("html",),)

    def test_html_without_a_table_leaves_the_text(self) -> None:
        assert read_clip(Clip(html=b"<p>x</p>", words="a\tb")).rows == (("a", "b"),)

    @pytest.mark.parametrize(
        ("clip", "said"),
        [
            (Clip(has_picture=True), "是图片"),
            (Clip(), "没有可以粘贴的文字"),
            (Clip(html=b"<table>" + b" " * 50_000_000), "超过 20 MB"),
        ],
    )
    def test_what_is_no_table_is_refused_in_words(self, clip: Clip, said: str) -> None:
        with pytest.raises(TableError, match=said):
            read_clip(clip)

    def test_rows_of_a_stranger_are_not_taken(self) -> None:
        assert read_rows(Clip(rows=b'{"format": "x"}'), EDITIONS) is None
        assert read_rows(Clip(), EDITIONS) is None


def test_a_table_of_blank_cells_is_none() -> None:
    with pytest.raises(TableError, match="都是空的"):
        table_of([["", " "], ["\u3000"]])
    assert table_of([["", "a", ""]], ["note"]) == Table((("", "a"),), notes=("note",))


def test_an_indicator_is_kept_whole() -> None:
    row = Indicator("产出指标", "数量指标", "甲", "≥1场", "2场", "10", "9", "无", "达成年度指标", extra={"x": 1})
    assert read_rows(Clip(rows=write_rows("evaluation", "sh-evaluation-2022", 2023, (row,))), EDITIONS) == (row,)
