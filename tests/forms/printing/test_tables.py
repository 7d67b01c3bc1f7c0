from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms.printing.tables import print_tables
from forms.tables import Bar, Chart, Column, Table

COLUMNS = (Column("序号", 1, "center"), Column("项目名称", 5), Column("金额", 2, "right"))


def table(count: int, *, totals: bool = True, notes: tuple[str, ...] = (), landscape: bool = False) -> Table:
    rows = tuple((str(n), f"第{n}个项目的名称", f"{n},000.00") for n in range(1, count + 1))
    return Table(
        "汇总表", "示例中心", COLUMNS, rows, ("合计", "", "9.00") if totals else (), notes, landscape=landscape
    )


def words(pdf: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(pdf)) as read:
        return [page.extract_text().replace(" ", "") for page in read.pages]


def test_a_table_runs_over_pages_with_its_head_and_all_rows() -> None:
    pages = words(print_tables([table(90, notes=("请关注：第1项。",))]))
    assert len(pages) > 1
    assert all("序号项目名称金额" in page for page in pages)
    assert "汇总表\n示例中心" in pages[0]
    assert "汇总表" not in pages[1]
    whole = "\n".join(pages)
    assert [n for n in range(1, 91) if f"第{n}个项目的名称" not in whole] == []
    assert "请关注：第1项。" in pages[-1]
    assert "合计" in pages[-1]


def test_notes_of_any_number_are_all_printed() -> None:
    notes = tuple(f"请关注：第{n}项。" for n in range(1, 121))
    pages = words(print_tables([table(30, notes=notes)]))
    whole = "\n".join(pages)
    assert [note for note in notes if note not in whole] == []
    assert "第30个项目的名称" in next(page for page in pages if notes[0] in page)


LONG = st.text("预算执行，。（）a1 \n", max_size=40).flatmap(lambda one: st.sampled_from([one, one * 150]))


@given(
    st.lists(LONG, min_size=3, max_size=3),
    st.lists(st.tuples(LONG, LONG, LONG), max_size=3),
    st.lists(LONG, max_size=3),
)
@example(["", "", "1\n" * 150], [("", "", "")] * 3, ["1" * 300])
@settings(max_examples=25)
def test_texts_of_any_length_stand_in_any_place(
    labels: list[str], rows: list[tuple[str, ...]], notes: list[str]
) -> None:
    columns = tuple(Column(label, n + 1) for n, label in enumerate(labels))
    made = Table(labels[0], labels[1], columns, tuple(rows), (), tuple(notes), landscape=len(rows) > 1)
    whole = "".join(words(print_tables([made]))).replace("\n", "")
    for text in (*(cell for row in rows for cell in row), *notes):
        for char in "预算执行":
            assert whole.count(char) >= text.count(char)


def test_a_long_title_is_cut_with_an_ellipsis() -> None:
    first = words(print_tables([replace(table(1), title="很长的标题" * 30, subtitle="很长的副标题" * 30)]))[
        0
    ].splitlines()
    assert first[0].startswith("很长的标题")
    assert first[0].endswith("…")
    assert first[1].startswith("很长的副标题")
    assert first[1].endswith("…")


def test_sums_never_stand_alone_on_a_page() -> None:
    for count in (1, 2, *range(36, 42)):
        last = words(print_tables([table(count)]))[-1]
        assert f"第{count}个项目的名称" in last, count


def test_a_table_of_a_head_alone_prints() -> None:
    assert "序号" in words(print_tables([table(0, totals=False)]))[0]
    assert "合计" in words(print_tables([table(0)]))[0]


def test_a_wide_table_lies_across() -> None:
    with pdfplumber.open(BytesIO(print_tables([table(2, landscape=True), table(2)]))) as read:
        assert [page.width > page.height for page in read.pages] == [True, False]
        assert "- 2 -" in read.pages[1].extract_text()


def test_a_chart_has_a_bar_for_each_line_on_as_many_pages_as_it_takes() -> None:
    bars = tuple(Bar(f"第{n}个" + "名称很长的项目" * 5, n / 60, f"{n}.00%") for n in range(70))
    pdf = print_tables([Chart("各项目预算执行率", "示例中心", bars)])
    pages = words(pdf)
    assert len(pages) == 3
    whole = "\n".join(pages)
    assert all(f"{n}.00%" in whole and f"第{n}个" in whole for n in range(70))
    assert "…" in whole
    with pdfplumber.open(BytesIO(pdf)) as read:
        filled = [one for page in read.pages for one in page.rects if one["fill"]]
        lengths = {round(one["width"], 1) for one in filled}
        assert len(filled) == 140
        assert max(lengths) == round(max(one["width"] for one in filled), 1)
        assert all(one["width"] <= max(lengths) for one in filled)


def test_a_bar_without_words_stands_alone() -> None:
    (page,) = words(print_tables([Chart("各项目预算执行率", "", (Bar("", 0.5, ""), Bar("甲", 1, "100%")))]))
    assert "甲100%" in page


def test_nothing_still_gives_a_page() -> None:
    assert len(words(print_tables([Chart("图", "", ())]))) == 1


def test_the_same_table_gives_the_same_bytes() -> None:
    assert print_tables([table(3)]) == print_tables([table(3)])


def test_headings_that_would_all_like_a_wider_column_share_what_there_is() -> None:
    columns = tuple(Column("一二三四五六七八九十一二三四五六", 1) for _ in range(3))
    found = words(print_tables([Table("表", "", columns, (("甲", "乙", "丙"),))]))[0].split()
    assert "一二三四五六七八" in found[1]
    assert found[-1] == "甲乙丙"
