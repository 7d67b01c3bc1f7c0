"""Lines: what may stand at their ends, what stays whole, and that nothing is ever lost."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.printing.kinsoku import CLOSING, CLUSTER, FORBIDDEN, FREE, JOINT, OPENING, RELUCTANT, RUN, SEAM, levels
from forms.printing.linebreak import Line, Text
from tests.forms.printing.samples import MEASURE, prose

CASES = tomllib.loads(Path(__file__).with_name("line_breaks.toml").read_text(encoding="utf-8"))["case"]


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


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_where_lines_end_by_rule(case: dict[str, Any]):
    assert lines(case["text"], case["width"]) == case["lines"]


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


def test_brackets_stand_in_the_middle_by_their_ink():
    for text, ink in (("（元）", (0.5, 2.5)), ("元）", (0, 1.5)), ("元", (0, 1)), ("(元)", (0, 2))):
        (line,) = Text(text, wide).lines(9)
        x = line.centred(10, 30, 2)
        assert x + 2 * sum(ink) / 2 == 20, text
    _, second = Text("一二三（元）", wide).lines(3.5)
    assert second.text == "（元）"
    assert second.centred(10, 30, 2) == 20 - second.width


def test_levels_of_gaps():
    found = levels("完成2023年12月31日前，（好）e\u0301")
    assert found[1:3] == bytes([FREE, FREE])
    assert found[6] == JOINT  # 2023|年
    assert found[7] == RELUCTANT  # 年|12
    assert found[3] == RUN
    assert FORBIDDEN in found
    assert found[-2] == CLUSTER


def test_parts_of_a_long_word():
    found = levels("5%ESG2025-06-30")
    assert [n for n, level in enumerate(found) if level == SEAM] == [2, 5, 10, 13]
    assert found[1] == FORBIDDEN


def test_half_width_marks_in_chinese_text_are_followed_by_some_blank():
    text = "优势,结合:好(1,2)甲;《乙》a,b，c,"
    one = Text(text, wide).paragraphs[0]
    assert [n for n, advance in enumerate(one.advances) if advance == 0.75] == [2, 5]
    assert one.width(0, 3) == 2.5  # at the end of a line it goes


def test_lines_are_squeezed_at_their_marks_and_widened_at_their_gaps():
    one = Text("一，二（三）、四;五G60六", wide).paragraphs[0]
    gives = {n: one.gives(n) for n in range(1, len(one.text)) if one.gives(n)}
    assert gives == {2: 0.4, 3: 0.4, 7: 0.4, 9: 0.2}
    whole = sum(one.advances)
    most = 0.1 * sum(one.stretches)
    given = (
        (-0.7, 0, -0.7),
        (-9, 0, -1.4),
        (most - 0.01, 0.1, most - 0.01),
        (most + 0.01, 0.1, 0),
        (1, 0, 0),
        (0, 1, 0),
    )
    for slack, loosest, wanted in given:
        assert sum(one.spread(0, len(one.text), slack, loosest)) == pytest.approx(whole + wanted)
    assert Text("ABC", wide).paragraphs[0].spread(0, 3, 1, 1) == [0.5] * 3
    assert Text("AB", wide).paragraphs[0].spread(0, 2, -1, 1) == [0.5] * 2


def test_a_line_is_widened_at_its_blanks_before_its_characters():
    one = Text("一二 three four五", wide).paragraphs[0]
    assert [n for n, share in enumerate(one.stretches) if share == 2] == [3, 9]
    before, after = one.advances, one.spread(0, len(one.text), 0.6, 0.2)
    wider = {n: round(b - a, 6) for n, (a, b) in enumerate(zip(before, after, strict=True)) if b > a}
    assert wider == {0: 0.1, 2: 0.2, 8: 0.2, 12: 0.1}


# ---------------------------------------------------------------- lines weighed together


def fine(text: str, width: float) -> list[str]:
    return lines(text, width, fine=True)


@pytest.mark.parametrize(
    ("text", "width", "quick", "better"),
    [
        pytest.param(
            "全年组织社区讲座，现场听讲居民123456人次，其中青年占三成",
            16,
            ["全年组织社区讲座，现场听讲居民", "123456人次，其中青年占三成"],
            ["全年组织社区讲座，现场听讲居民", "123456人次，其中青年占三成"],
            id="good lines stay",
        ),
        pytest.param(
            "完成各项任务，组织讲座，共计12345678人次以上并总结归档",
            19.4,
            ["完成各项任务，组织讲座，共计", "12345678人次以上并总结归档"],
            ["完成各项任务，组织讲座，共计12345678人次", "以上并总结归档"],
            id="squeezed at the marks",
        ),
        pytest.param(
            "加强合作，深化机制，拓展空间，提升质量，服务大局吧",
            24,
            ["加强合作，深化机制，拓展空间，提升质量，服务大", "局吧"],
            ["加强合作，深化机制，拓展空间，提升质量，服务大局吧"],
            id="squeezed into one line less",
        ),
        pytest.param(
            "一二三四五六七八九十一二三四五1234567890123456789012345678一二三四五六",
            20,
            ["一二三四五六七八九十一二三四五", "1234567890123456789012345678一二三四五六"],
            ["一二三四五六七八九十一二三四五", "1234567890123456789012345678一二三四五六"],
            id="nothing better to be had",
        ),
        pytest.param(
            "一二三四五六七八12345678901234567890123456789012345678一二三四五六",
            20,
            ["一二三四五六七八", "12345678901234567890123456789012345678一", "二三四五六"],
            ["一二三四五六七八", "12345678901234567890123456789012345678一", "二三四五六"],
            id="far too short a line before a long number",
        ),
    ],
)
def test_lines_weighed_together(text: str, width: float, quick: list[str], better: list[str]):
    assert lines(text, width) == quick
    assert fine(text, width) == better


def test_a_very_long_paragraph_is_broken_the_quick_way():
    text = "目标，" * 2000 + "1234567890"
    assert fine(text, 20) == lines(text, 20)


def test_equal_texts_break_equally():
    text = prose(700)
    one, other = (Text(text, MEASURE).lines(31.2 + more, fine=True) for more in (0, 1e-9))
    assert [line.text for line in one] == [line.text for line in other]


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


@given(TEXTS, st.floats(1, 40))
def test_fine_lines_are_never_more_lose_nothing_and_fit_when_squeezed(text: str, width: float):
    one = Text(text, MEASURE)
    found = one.lines(width, fine=True)
    assert len(found) <= one.count(width)
    assert _solid("".join(line.text for line in found)) == _solid(text)
    for line in found:
        end = line.start + len(line.text)
        slack = width - line.width
        advances = line.paragraph.spread(line.start, end, slack, 0.3)
        grown = sum(advances) - sum(line.paragraph.advances[line.start : end])
        assert line.width + grown <= width + 1e-4 or len(line.text) <= 1 or _is_one(line)
        assert all(a >= b - 0.45 for a, b in zip(advances, line.paragraph.advances[line.start : end], strict=True))


def _is_one(line: Line) -> bool:
    """A character that is wider than its line, with the marks that cling to it and the blanks that hang."""
    return len(line.text.strip()) <= 1 or line.end == line.start + 1


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
