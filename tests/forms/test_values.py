from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forms.known_editions import Editions
from forms.value_style import restyle
from forms.values import LONGEST, Value, comparable, format_value, is_percent, normal, parse, parse_actual, sign_of, sq

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "published"
STYLES = {edition.id: edition.value_style for edition in Editions().values()}

SIGNS = st.sampled_from(["", "≥", "≤", "≧", "⩽", ">=", "＞＝", "=", "＝", ">", "＜"])
NUMBERS = st.sampled_from(["0", "1", "85.00", "1.305", "3,000.00", "３５", "2，000", "1．50", "007"])
UNITS = st.sampled_from(
    ["", "%", "％", "百分比", "‰", "家", "万元/场", "1.3万元/次", "㎡", "起", "天", "年", "个以上", "万"]
)
BRACKETS = st.sampled_from(["", "()", "（）", "(）"])
BLANKS = st.sampled_from(["", " ", "　", "\n"])


@st.composite
def spelt(draw: st.DrawFn):
    """Texts that look like numeric values; most are, some are not."""
    brackets = draw(BRACKETS)
    pieces = [draw(SIGNS), draw(NUMBERS), brackets[:1], draw(UNITS), brackets[1:]]
    return "".join(piece + draw(BLANKS) for piece in pieces)


TEXTS = st.one_of(
    spelt(),
    st.text(max_size=30),
    st.text(alphabet="0123456789.,-/年月日底前≥≤=>%()（）％万元家①⑴⒈²½㎡\u0301 　完成", max_size=20),
)

# ---------------------------------------------------------------- laws


@given(TEXTS)
def test_law_1_parse_then_format_gives_the_same_characters(text: str):
    assert format_value(parse(text)) == text


@given(TEXTS)
def test_law_2_a_number_can_be_put_together_from_its_pieces(text: str):
    value = parse(text)
    assume(value.kind == "number")
    assert value.compact == "".join(text.split())


@given(TEXTS)
def test_law_3_format_then_parse_gives_the_same_value(text: str):
    value = parse(text)
    assert parse(format_value(value)) == value


@given(TEXTS, st.sampled_from(sorted(STYLES)))
def test_law_4_restyling_keeps_the_meaning_and_is_idempotent(text: str, edition: str):
    value = parse(text)
    anew = restyle(value, STYLES[edition])
    assert normal(anew) == normal(value)
    assert normal(anew, cost_row=True) == normal(value, cost_row=True)
    assert restyle(anew, STYLES[edition]) == anew
    if value.kind != "number":
        assert anew == value


@pytest.mark.parametrize("text", ["①完成", "目标：（一）", "等等…", "Ⅲ级", "１２ａ", "①", "²", "=5⑴", "5½个"])
def test_law_5_compatibility_characters_survive_in_words(text: str):
    value = parse(text)
    assert value.kind == "text"
    assert all(format_value(restyle(value, style)) == text for style in STYLES.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("≥ 90.00 (百分比)", "≥90.00(百分比)"),
        ("100.00(百分比)", "100%"),
        ("＞＝85％", "≧85.00（%）"),
        ("≤8万元", "≤80,000.00(元)"),
        ("≥1.2亿元", "≥12000万元"),
        ("≤1.30(1.3万元/次)", "≤13000元/次"),
        ("≥2万人次", "≥20000(人次)"),
        ("≥50㎡", "≥50(平方米)"),
        ("2023年12月31日前", "2023-12-31"),
        ("2023年12月", "2023年底"),
        ("已完成。", "已 完成"),
    ],
)
def test_law_6_two_spellings_have_one_meaning(one: str, other: str):
    assert normal(parse(one)) == normal(parse(other))
    assert parse(one).raw != parse(other).raw


def test_meanings_differ_where_sign_number_unit_or_words_differ():
    texts = ["≥5家", "≤5家", "≥6家", "≥5个", "5家", "≥5", "完成", "", "2023年底", "≥5‰", "≥5%", "≥5个百分点"]
    assert len({normal(parse(text)) for text in texts}) == len(texts)


# ---------------------------------------------------------------- expected parses

GENERIC = {
    "≥85.00(%)": ("≥", "85", "%"),
    "≤1.30(1.3万元/次)": ("≤", "1.3", "1.3万元/次"),
    "≤10.00(万元)": ("≤", "10", "万元"),
    "≤25.00(万元)": ("≤", "25", "万元"),
    "≤75.00(万元)": ("≤", "75", "万元"),
    "≤1.00(万元/场)": ("≤", "1", "万元/场"),
    "≤4.00(万元/场)": ("≤", "4", "万元/场"),
    "≥1.00(个)": ("≥", "1", "个"),
    "≥6.00(人)": ("≥", "6", "人"),
    "≥100.00(人/场)": ("≥", "100", "人/场"),
    "=1.00(份)": ("=", "1", "份"),
    "≥5.00(份)": ("≥", "5", "份"),
    "≥50.00(份)": ("≥", "50", "份"),
    "=2(场)": ("=", "2", "场"),
    "=1.00(场)": ("=", "1", "场"),
    "≥3.00(场)": ("≥", "3", "场"),
    "≥50.00(家)": ("≥", "50", "家"),
    "=5.00(条)": ("=", "5", "条"),
    "=100.00(条)": ("=", "100", "条"),
    "=2.00(次)": ("=", "2", "次"),
    "≥3.00(次)": ("≥", "3", "次"),
    "≥4.00(次)": ("≥", "4", "次"),
    "≥15.00(次)": ("≥", "15", "次"),
    "≥20.00(次)": ("≥", "20", "次"),
    "≥90.00(百分比)": ("≥", "90", "百分比"),
    "=100.00(百分比)": ("=", "100", "百分比"),
    "≥40.00(篇)": ("≥", "40", "篇"),
    "=200.00(项)": ("=", "200", "项"),
    "=100": ("=", "100", ""),
    "=100%": ("=", "100", "%"),
    ">=85%": ("≥", "85", "%"),
    ">=90%": ("≥", "90", "%"),
    ">=98%": ("≥", "98", "%"),
    "<=30天": ("≤", "30", "天"),
    ">=20天": ("≥", "20", "天"),
    "=50家": ("=", "50", "家"),
    ">=10次": ("≥", "10", "次"),
    "=3篇": ("=", "3", "篇"),
    "=300篇": ("=", "300", "篇"),
    ">=20项": ("≥", "20", "项"),
    # Cases made up.
    "≥ 90.00 (百分比)": ("≥", "90", "百分比"),
    "＞＝85％": ("≥", "85", "％"),
    "≥85.00（%）": ("≥", "85", "%"),
    ">92.00(百分比)": (">", "92", "百分比"),
    "≤30.00(万)": ("≤", "30", "万"),
    ">=12万": ("≥", "12", "万"),
    "≤0.5(万元/人)": ("≤", "0.5", "万元/人"),
    ">=85": ("≥", "85", ""),
    "1,200(人次)": ("", "1200", "人次"),
    "≥3,000.00(册)": ("≥", "3000", "册"),
    "98%": ("", "98", "%"),
    "12次": ("", "12", "次"),
    "=6堂": ("=", "6", "堂"),
    "<=2季度": ("≤", "2", "季度"),
    "≥5起": ("≥", "5", "起"),
    "5(起)": ("", "5", "起"),
    "≥3个百分点": ("≥", "3", "个百分点"),
    "12万元/场": ("", "12", "万元/场"),
    "=5()": ("=", "5", ""),
}


@pytest.mark.parametrize(("text", "expected"), GENERIC.items())
def test_numbers(text: str, expected: tuple[str, str, str]):
    value = parse(text)
    assert (value.kind, value.sign, value.number, value.unit) == (
        "number",
        expected[0],
        Decimal(expected[1]),
        expected[2],
    )
    assert value.compact == "".join(text.split())
    assert value.is_percent == (expected[2] in ("%", "％", "百分比"))


@pytest.mark.parametrize(
    ("text", "pieces", "decimals"),
    [
        ("≥85.00（%）", ("≥", "85.00", "%", "（）"), 2),
        ("＞＝85％", ("＞＝", "85", "％", ""), 0),
        ("≥3,000.00(册)", ("≥", "3,000.00", "册", "()"), 2),
        ("≧ ２，０００．５ ㎡", ("≧", "２，０００．５", "㎡", ""), 1),
        ("98", ("", "98", "", ""), 0),
    ],
)
def test_print_facts_are_kept(text: str, pieces: tuple[str, ...], decimals: int):
    value = parse(text)
    assert (value.sign_text, value.digits, value.unit, value.bracket) == pieces
    assert value.decimals == decimals


@pytest.mark.parametrize(
    ("text", "deadline", "parts"),
    [
        ("2023年12月31日", date(2023, 12, 31), (2023, 12, 31)),
        ("2023年12月31日前", date(2023, 12, 31), (2023, 12, 31)),
        ("２０２３年 12 月 31 日之前", date(2023, 12, 31), (2023, 12, 31)),
        ("2024年3月底前", date(2024, 3, 31), (2024, 3)),
        ("2024年2月末", date(2024, 2, 29), (2024, 2)),
        ("2025年6月", date(2025, 6, 30), (2025, 6)),
        ("2025年6月以前", date(2025, 6, 30), (2025, 6)),
        ("2026年底前", date(2026, 12, 31), (2026,)),
        ("2026年末", date(2026, 12, 31), (2026,)),
        ("2024-03-31", date(2024, 3, 31), (2024, 3, 31)),
        ("2024.3.31", date(2024, 3, 31), (2024, 3, 31)),
        ("2024/3/31", date(2024, 3, 31), (2024, 3, 31)),
    ],
)
def test_dates(text: str, deadline: date, parts: tuple[int, ...]):
    value = parse(text)
    assert (value.kind, value.deadline, value.date_parts) == ("date", deadline, parts)


@pytest.mark.parametrize("text", ["", "　", " \n\t"])
def test_blanks(text: str):
    assert parse(text) == Value("empty", text)


WORDS = """
促进 匹配 及时 完成 强化 扶持 有序 有效 达标 通过 三级 按季度
90%以上 35家以上 3个月内 ≥35家以上 >=5个左右 2024年 12月 3日 5号 5起 5百分点
7*24小时 1-2场 -5% -5 日均访问量大于80 ①完成 =SUM(A1) >=85%总计: 1e5 NaN ≠5家 =5(家 =5家) =5(a(b)) 1,00家 .5家 5.家 ٣家
2023年13月 2023年2月30日 2023年2月29日前 2024-3.31 2024-13-01 0000年底 99年底
"""


@pytest.mark.parametrize("text", WORDS.split())
def test_words(text: str):
    assert parse(text) == Value("text", text)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("2024年3月20日前完成验收", date(2024, 3, 20)),
        ("于2025年9月底前完成", date(2025, 9, 30)),
        ("2026年底全部完成", date(2026, 12, 31)),
        ("2025-06-30前完成，2025-09-30前验收", date(2025, 6, 30)),
        ("2025年2月30日或2025年3月1日完成", date(2025, 3, 1)),
        ("2025 年 6 月\n完成", date(2025, 6, 30)),
        ("2025年完成", None),
        ("编号12025年6月", None),
        ("V2025.6.30版", None),
        ("2025-06-301", None),
        ("按计划", None),
    ],
)
def test_a_deadline_is_found_inside_words(text: str, deadline: date | None):
    assert parse(text) == Value("text", text, deadline=deadline)


def test_a_quarter_is_no_deadline():
    value = parse("<=2季度")
    assert (value.kind, value.unit, value.deadline) == ("number", "季度", None)


def test_ten_thousand_is_money_in_a_cost_row_only():
    assert normal(parse("≤30.00(万)"), cost_row=True) == normal(parse("≤300000元"))
    assert normal(parse(">=12万")) == normal(parse(">=120000"))


# ---------------------------------------------------------------- comparing


@pytest.mark.parametrize(
    ("one", "other", "name", "expected"),
    [
        ("≥100场", "92场", "", True),
        ("≤8万元", "79,000元", "", True),
        ("≥90%", "95.5百分比", "", True),
        ("≥5", "6", "", True),
        ("≥100场", "92次", "", False),
        ("≥100%", "92", "出勤率", True),
        ("≥100%", "92", "观众满意度 ", True),
        ("100", "92%", "出勤率", True),
        ("≥100%", "92", "出勤", False),
        ("≥100场", "92", "出勤率", False),
        ("≥100场", "完成", "", False),
        ("完成", "92场", "", False),
        ("2024年底", "2024年底", "", False),
    ],
)
def test_comparable(one: str, other: str, name: str, expected: bool):
    assert comparable(parse(one), parse(other), name=name) is expected


def test_signs_of_any_spelling():
    assert [sign_of(text) for text in ("＞＝", " ≧ ", "⩽", "＝", ">", "不少于", "")] == [
        "≥",
        "≥",
        "≤",
        "=",
        ">",
        "",
        "",
    ]


# ---------------------------------------------------------------- hostile texts


@pytest.mark.parametrize(
    "text",
    [
        "9" * 200_000,
        "1," + "234," * 50_000,
        ">=" + "家" * 200_000,
        "=5(" + "(" * 200_000,
        "2024年" * 50_000,
        "\u0301\u0316" * 100_000,
        "5" + "\u0301\u0316" * 100_000,
        "\ufdfa" * 100_000,
        " " * 199_999 + "5",
        "0" * LONGEST + "1",
    ],
    ids=lambda text: text[:6],
)
def test_very_long_texts_are_read_to_the_character(text: str):
    value = parse(text)
    assert value.raw == text
    assert value.kind == ("number" if text.endswith(" 5") else "text")


def test_long_numbers_are_exact():
    value = parse("≥" + "9" * 100 + "亿元")
    assert normal(value).number == int("9" * 100) * 10**8


# ---------------------------------------------------------------- the published forms


def _published():
    for path in sorted(PUBLISHED.glob("*.json")):
        for project in json.loads(path.read_text("utf-8"))["projects"]:
            for kind in ("declaration", "evaluation"):
                for row in project.get(kind, {}).get("indicators", ()):
                    yield row.get("value", row.get("target")), row.get("actual")


@pytest.mark.published
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published forms are not beside this checkout")
class TestPublished:
    def test_kinds_of_all_targets(self):
        kinds = Counter(parse(target).kind for target, _ in _published())
        assert kinds == {"number": 71, "text": 54, "date": 4, "empty": 1}

    def test_words_hold_no_deadline_and_dates_are_the_end_of_the_year(self):
        values = [parse(target) for target, _ in _published()]
        assert {value.deadline for value in values if value.kind != "text"} == {None, date(2023, 12, 31)}
        assert {value.deadline for value in values if value.kind == "text"} == {None}

    def test_all_numbers_are_in_the_table_above(self):
        assert {target for target, _ in _published() if parse(target).kind == "number"} <= set(GENERIC)

    def test_laws(self):
        for texts in _published():
            for text in texts:
                value = parse(text or "")
                assert format_value(value) == (text or "")
                assert parse(format_value(value)) == value
                if value.kind == "number":
                    assert value.compact == sq(text)
                for style in STYLES.values():
                    anew = restyle(value, style)
                    assert normal(anew) == normal(value)
                    assert restyle(anew, style) == anew

    def test_actual_values_repeat_the_target_in_all_rows_but_one(self):
        rows = [(target, actual) for target, actual in _published() if actual is not None]
        others = [actual for target, actual in rows if actual != target]
        assert (len(rows), len(others)) == (33, 1)
        assert parse(others[0]).kind == "text"

    def test_percent_rows(self):
        assert sum(is_percent(parse(target).unit) for target, _ in _published()) == 29


@pytest.mark.parametrize(
    ("target", "actual", "kind", "unit"),
    [
        ("=0起", "1起", "number", "起"),
        ("=0(起)", "1起", "number", "起"),
        ("≥10场", "8场", "number", "场"),
        ("≥10场", "8起", "text", ""),
        ("≥35家", "35家以上", "text", ""),
        ("完成", "1起", "text", ""),
        ("=0起", "", "empty", ""),
    ],
)
def test_an_actual_value_is_read_beside_its_target(target: str, actual: str, kind: str, unit: str) -> None:
    found = parse_actual(actual, parse(target))
    assert (found.kind, found.unit, found.sign, format_value(found)) == (kind, unit, "", actual)
