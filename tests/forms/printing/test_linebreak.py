"""Lines: what may stand at their ends, what stays whole, and that nothing is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.printing.kinsoku import CLOSING, CLUSTER, FORBIDDEN, FREE, JOINT, OPENING, RELUCTANT, RUN, levels
from forms.printing.linebreak import Text
from tests.forms.printing.samples import MEASURE


def wide(char: str) -> float:
    """Chinese type on a typewriter: a full em, and half of one for all else."""
    return 1.0 if char >= "\u2010" else 0.5


def lines(text: str, width: float, **more: bool) -> list[str]:
    return [line.text for line in Text(text, wide).lines(width, **more)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("按计划完成任务，质量良好。", 7.5, ["按计划完成任务，", "质量良好。"]),  # the comma's blank half hangs
        ("按计划完成任务，质量良好。", 7, ["按计划完成任", "务，质量良好。"]),
        ("按计划完成（含验收）工作", 6, ["按计划完成", "（含验收）", "工作"]),
        ("满意度达到98.5%以上", 6, ["满意度达到", "98.5%以上"]),
        ("满意度达到９８．５％以上", 7, ["满意度达到", "９８．５％以上"]),
        ("每年投入1,234,567.89元资金", 7, ["每年投入", "1,234,567.89元", "资金"]),
        ("保持7*24小时运行", 4, ["保持", "7*24小时", "运行"]),
        ("组织活动1-2场以上", 5, ["组织活动", "1-2场以上"]),
        ("形成案例≥10项", 5, ["形成案例", "≥10项"]),
        ("案例>=85%以上", 4, ["案例", ">=85%", "以上"]),
        ("增长-5%以上", 3, ["增长", "-5%", "以上"]),
        ("≥85.00(万元/场)", 5, ["≥85.00", "(万元/场)"]),
        ("完成2023年12月31日前", 9, ["完成", "2023年12月31日前"]),
        ("2023年12月31日前", 5, ["2023年12月", "31日前"]),
        ("2023年12月31日前", 4, ["2023年", "12月", "31日前"]),
        ("2025年6月底前完成", 7, ["2025年6月底前", "完成"]),
        ("日期2025-06-30完成", 6, ["日期", "2025-06-30完", "成"]),
        ("建设G60科创走廊", 3, ["建设", "G60科", "创走廊"]),
        ("共同建设——服务于人", 5, ["共同建", "设——服务", "于人"]),
        ("建设和服务……以及", 6, ["建设和服", "务……以及"]),
        ("温度25℃以上", 3.5, ["温度", "25℃", "以上"]),
        ("第3期第145次会", 4, ["第3期", "第145次", "会"]),
        ("一共12平方米的房", 5, ["一共", "12平方米", "的房"]),
        ("12平方米", 3.5, ["12", "平方米"]),
        ("一共3类的活动", 3, ["一共", "3类的", "活动"]),
        ("完成。2.开展验收", 4, ["完成。", "2.开展", "验收"]),
        ("服务；（一）开展", 4, ["服务；", "（一）开", "展"]),
        ("the quick brown", 5, ["the quick", "brown"]),
        ("don't stop", 3, ["don't", "stop"]),
        ('他们"你好"了', 4, ['他们"你', '好"了']),
        ('他说"你好"了吗', 2, ["他说", '"你', '好"', "了吗"]),
        ("state-of-the-art", 5, ["state-of-", "the-art"]),
        ("a@b.cn和e-mail", 3, ["a@b.cn", "和e-", "mail"]),
        ("user@example.cn", 6, ["user@", "example.cn"]),
        ("前\n\n后", 4, ["前", "", "后"]),
        ("　　前后", 4, ["　　前后"]),
        ("ABCDEFGH", 2, ["ABCD", "EFGH"]),
        ("90(百分比)", 3, ["90", "(百分", "比)"]),
        ("90(百分比)", 4, ["90", "(百分比)"]),
        ("合作A/B测试", 3, ["合作", "A/B", "测试"]),
        ("", 4, []),
        (" \n ", 4, []),
    ],
)
def test_where_lines_end(text: str, width: float, expected: list[str]):
    assert lines(text, width) == expected


def test_a_single_last_character_takes_company():
    assert lines("一二三四五六七八九", 4, balanced=False) == ["一二三四", "五六七", "八九"]
    assert lines("一二三四1234", 4) == ["一二三四", "1234"]
    assert lines("一1234五六七八12345678九", 4) == ["一1234五", "六七八", "12345678", "九"]


def test_centred_lines_are_of_even_length():
    assert lines("一二三四五六七", 6, balanced=True) == ["一二三四", "五六七"]
    words = ("服务对象", "满意度", "指标")
    label = Text("服务对象满意度指标", wide, words)
    assert [line.text for line in label.lines(5.4, balanced=True)] == ["服务对象", "满意度指标"]


def test_marks_side_by_side_are_set_tight():
    one = Text("他说：“完成。”（注）", wide).paragraphs[0]
    assert one.width(0, len(one.text)) == 9
    assert [char for char, advance in zip(one.text, one.advances, strict=True) if advance == 0.5] == ["：", "。", "”"]


def test_an_opening_mark_at_the_head_of_a_line_gives_its_blank_to_the_margin():
    first, second = Text("一二三“四五”", wide).lines(3)
    assert (second.text, second.width) == ("“四五”", 3)
    assert second.paragraph.hang(second.start) == 0.5
    assert first.paragraph.hang(first.start) == 0
    assert Text("“一”", wide).paragraphs[0].hang(0) == 0


def test_levels_of_gaps():
    found = levels("完成2023年12月31日前，（好）e\u0301")
    assert found[1:3] == bytes([FREE, FREE])
    assert found[6] == JOINT  # 2023|年
    assert found[7] == RELUCTANT  # 年|12
    assert found[3] == RUN
    assert FORBIDDEN in found
    assert found[-2] == CLUSTER


def test_numbers_for_columns():
    text = Text("投入1234567元\n完成", wide)
    assert text.natural_width == 6.5
    assert text.widest_piece(10) == 4.5
    assert text.widest_piece(4) == 1
    assert text.count(3) == 4
    assert Text("", wide).natural_width == Text("", wide).widest_piece(9) == 0


CHARS = st.one_of(
    st.sampled_from(
        "，。、；：？！）》”’…—（《“‘％%℃-/.,:;()[]\"'<>&=≥123890年月日元万场abcXYZ 　\t\n\u200b\u0301\ufe0f𠮷的一是"
    ),
    st.characters(exclude_categories=("Cs",)),
)
TEXTS = st.text(CHARS, max_size=120)


@given(TEXTS, st.floats(0.1, 40))
def test_no_character_is_lost(text: str, width: float):
    found = Text(text, MEASURE).lines(width)
    assert _solid("".join(line.text for line in found)) == _solid(text)


@given(TEXTS, st.floats(0.1, 40))
def test_a_line_is_too_wide_only_where_a_single_character_is(text: str, width: float):
    for paragraph in Text(text, MEASURE).paragraphs:
        for start, end in paragraph.breaks(width):
            assert paragraph.width(start, end) <= width + 1e-4 or end == start + 1


@given(TEXTS, st.floats(1, 40))
def test_balanced_lines_are_as_few_and_lose_nothing(text: str, width: float):
    one = Text(text, MEASURE)
    even = one.lines(width, balanced=True)
    assert len(even) == one.count(width)
    assert _solid("".join(line.text for line in even)) == _solid(text)


@given(st.text(st.sampled_from("一二三，。、（）《》“”12345%ab"), min_size=1, max_size=60), st.floats(9, 30))
def test_rules_hold_wherever_a_free_gap_is_near(text: str, width: float):
    one = Text(text, wide).paragraphs[0]
    for start, end in one.breaks(width)[:-1]:
        if one.last_gap(FREE, end) > start:
            assert text[end] not in CLOSING
            assert text[end - 1] not in OPENING
            assert one.levels[end] == FREE


def _solid(text: str) -> str:
    return "".join(text.split())
