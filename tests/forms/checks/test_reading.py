"""What rules read in texts: quantities, years, heads, names, likeness."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.checks.names import contained, numeral
from forms.checks.similar import alike
from forms.checks.text import cut, head, is_empty_reason, length, mentions, no_titles, quantities, years_named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("举办培训８场，发放手册1,200册", ["8场", "1,200册"]),
        ("新增2.5亩绿地、120 人次", ["2.5亩", "120人次"]),
        ("G60沿线3家", ["3家"]),
        ("5-8场，5场至8场，3~4次", []),
        ("增至8家", ["8家"]),
        ("第3场，A5张，3*4场，100人/场，5家A级", []),
        ("3个月、5万人、6万元、90%、2025年、7天", []),
        ("《2家改革》3家", ["3家"]),
        ("12", []),
        ("", []),
    ],
)
def test_quantities(text: str, expected: list[str]) -> None:
    found = quantities(text)
    assert [one.text for one in found] == expected
    plain = "".join(text.replace("８", "8").replace("，", ",").split())
    assert all(plain[one.start : one.end] == one.text for one in found)


def test_mentions() -> None:
    assert mentions("≥50家，1-2场，3万元，1,000.0人") == {
        (Decimal(50), "家"),
        (Decimal(2), "场"),
        (Decimal(1000), "人"),
    }


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年和2023年，2024年", (2024, 2023)),
        ("2020年-2022年、2016至2018年", ()),
        ("自2019年起，截至2021年底，早在2012年", ()),
        ("在2026年底前、从2025年3月底之前、在2027年前、在2028年6月30日前", (2026, 2025, 2027, 2028)),
        ("《2035年纲要》2025版，第12025年", ()),
        ("２０２４年", (2024,)),
        ("没有", ()),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert years_named(text) == years


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("到场商户、团队人数等", "到场商户、团队人数"),
        ("活动（含讲座）次数", "活动"),
        ("发布《目录(2025版)》", "发布《目录"),
        ("举办“论坛”", "举办“论坛"),
        ("甲(乙(丙))", "甲"),
        ("数量", ""),
    ],
)
def test_head(name: str, expected: str) -> None:
    assert head(name) == expected


def test_small_ones() -> None:
    assert no_titles("《甲》乙《丙《丁》戊》") == "乙戊》"
    assert no_titles("《甲") == "《甲"
    assert length(" 一 二\n三 ") == 3
    assert cut("一" * 20) == "一" * 20
    assert cut("一" * 21) == "一" * 20 + "…"
    assert is_empty_reason(" 无 ")
    assert not is_empty_reason("无偏差")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("五", 5), ("两", 2), ("十", 10), ("十五", 15), ("二十", 20), ("一百二十", 120), ("三千零五", 3005)),
        *(("二万五千", 25000), ("一亿", 10**8), ("二〇", 20), ("1,200", 1200), ("2.5", "2.5")),
    ],
)
def test_numerals(text: str, number: int | str) -> None:
    assert numeral(text) == Decimal(number)


def test_contained_names() -> None:
    names = ("教具验收合格率", "新购教具验收合格率", "教具验收合格率", "验收", "新购教具验收合格率和教具验收合格率")
    assert contained(names) == ((0, 1), (0, 4), (1, 4))


def test_contained_is_bounded() -> None:
    many = tuple("样" * n for n in range(6, 300))
    assert len(contained(many)) == 500
    assert contained(tuple("好" * 399 + f"{n}" for n in range(3000))) == ()
    long = tuple(f"{n:04d}" + "坏" * 390 for n in range(3000))
    assert contained(long) == ()


def test_alike_texts() -> None:
    long = "".join(chr(0x4E00 + n) for n in range(70))
    near = long[:35] + "另" + long[36:]
    texts = ["", long, "甲乙丙丁", near, long, "前言" + "序" * 200 + long, "", "甲乙丙戊", "丁丙乙甲"]
    assert list(alike(texts, Decimal("0.9"))) == [(1, 3), (1, 4), (1, 5)]
    assert list(alike(["甲乙丙丁", "甲乙丙戊"], Decimal("0.7"))) == [(0, 1)]
    assert list(alike(["甲乙丙丁戊己庚辛壬癸", "癸壬辛庚己戊丁丙乙甲"], Decimal("0.9"))) == []
    assert list(alike(["独"], Decimal("0.9"))) == []


def test_alike_is_bounded() -> None:
    one = "样" * 5000
    assert list(alike([one + "甲", one + "乙"], Decimal("0.9"))) == []
    long = "".join(chr(0x4E00 + n) for n in range(70))
    assert list(alike([long, "前言" + long], Decimal(1))) == [(0, 1)]
    assert list(alike([long, "前言" + long], Decimal(1), most_steps=5)) == []
    heads = ["头" * 59 + "子" + chr(0x4E00 + n) * 3000 for n in range(200)]
    bodies = ["头" * 59 + "子" + heads[n][60:] + "尾" for n in range(1)]
    assert (0, 200) in list(alike([*heads, *bodies], Decimal("0.9")))
    assert list(alike([f"{n}" * 30 for n in range(1000, 1700)], Decimal("0.99"))) is not None
