"""The shipped library: every file is whole, every row fits the editions, and none is found fault with when used."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from forms.checks import check_project
from forms.documents import Indicator
from forms.edition import EditionError
from forms.known_editions import Editions
from forms.library import LibraryRow, in_year, levels_in, read_library, shelf, without_year
from forms.units import is_known
from forms.value_style import build
from forms.values import SIGNS, parse
from tests.forms.checks.bases import declaration_2025

FOLDER = Path(__file__).parents[2] / "resources" / "library"
FILES = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "sources")
LIBRARY = read_library(FOLDER)
EDITION = Editions()["sh-songjiang-declaration-2025"]
EMPTY_SHAPE = ("≥(", "≤(")


def rows_of(stem: str) -> list[LibraryRow]:
    theme = next(line for line in (FOLDER / f"{stem}.toml").read_text("utf-8").splitlines() if line.startswith("theme"))
    return [row for row in LIBRARY.rows if theme == f'theme = "{row.theme}"']


def filled(row: LibraryRow) -> str:
    """The value as a clerk would complete it."""
    value = in_year(row.value, 2025)
    if value.startswith(EMPTY_SHAPE):
        return build(EDITION.value_style, value[0], "3", value[2:-1])
    found = parse(value)
    return build(EDITION.value_style, found.sign, found.digits, found.unit) if found.kind == "number" else value


@pytest.mark.parametrize("stem", FILES)
def test_every_row_of_a_file_has_its_place_in_the_taxonomy(stem: str) -> None:
    known = {one.name: tuple(two.name for two in one.l2) for one in EDITION.taxonomy}
    rows = rows_of(stem)
    assert len(rows) >= 10
    for row in rows:
        assert row.l2 in known[row.l1], row
        assert row.categories
        assert row.source.shown


@pytest.mark.parametrize("stem", FILES)
def test_every_value_of_a_file_is_understood(stem: str) -> None:
    for row in rows_of(stem):
        if row.value.startswith(EMPTY_SHAPE):
            assert is_known(row.value[2:-1]), row
        value = parse(filled(row))
        assert value.kind in ("number", "date") or row.l2 == "可持续影响指标", row
        if value.kind == "number":
            assert value.sign in SIGNS, row
            assert is_known(value.unit) or value.unit == "起", row


@pytest.mark.parametrize("stem", FILES)
def test_no_row_of_a_file_is_found_fault_with_when_used(stem: str) -> None:
    base = declaration_2025()
    assert base.declaration is not None
    for row in rows_of(stem):
        used = Indicator(row.l1, row.l2, row.name, filled(row))
        unit = parse(used.target).unit.partition("/")[2]
        # A unit price needs a quantity of its unit; of the name only one row is there.
        beside = (Indicator("产出指标", "数量指标", "甲乙丙丁", f"≥3.00({unit})"),) if unit else ()
        rows = (used, *(one for one in base.declaration.indicators if one.l3 != row.name), *beside)
        project = base._replace(declaration=base.declaration._replace(indicators=rows))
        at = "indicators[0]."
        # Sums and shares (C01–C03), order (I17) and doubles (I10, I11) are matters of the whole form.
        spoken = {"C01", "C02", "C03", "I10", "I11", "I12", "I13", "I17", "V23"}
        found = [
            one
            for one in check_project(project, Editions())
            if any(place.startswith(at) for place in (one.where, *one.places)) and one.id not in spoken
        ]
        assert not found, (row, found)


def test_reasons_are_whole_sentences_without_a_year_or_a_blank_to_fill() -> None:
    assert len({one.text for one in LIBRARY.reasons}) == len(LIBRARY.reasons) >= 60
    for one in LIBRARY.reasons:
        assert one.text.endswith("。")
        assert not re.search(r"[0-9×*XＸ□]", one.text), one.text


def test_names_are_unique_within_a_file_and_a_second_level() -> None:
    counted = Counter((row.theme, row.l2, row.name) for row in LIBRARY.rows)
    assert [key for key, count in counted.items() if count > 1] == []


def test_the_library_spans_the_usual_work_of_public_units() -> None:
    assert len(LIBRARY.rows) >= 500
    wanted = (
        "信息系统运维",
        "会议培训",
        "宣传推广",
        "课题研究",
        "设备购置",
        "物业安保",
        "房屋修缮",
        "公共卫生",
        "教育",
    )
    assert set(wanted) | {"农业", "环保", "养老助残", "应急安全", "统计调查", "购买服务"} <= set(LIBRARY.themes)


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("单位信息系统运行维护", "信息系统运维"),
        ("办公楼物业管理费", "物业安保"),
        ("甲乙丙", ""),
        ("专题课题研究", "课题研究"),
    ],
)
def test_a_project_belongs_to_the_theme_whose_words_it_has(name: str, theme: str) -> None:
    assert LIBRARY.theme_of(name) == theme


def test_the_forms_own_year_moves_with_the_form() -> None:
    assert without_year("2024年12月31日前", 2024) == "{year}年12月31日前"
    assert without_year("12024年", 2024) == "12024年"
    assert without_year("2023年底前", 2024) == "2023年底前"
    assert in_year("{year}年底前", 2026) == "2026年底前"


def test_a_cost_goes_where_the_edition_has_it() -> None:
    old = {"产出指标": ("数量指标", "成本指标")}
    assert levels_in("成本指标", "经济成本指标", old) == ("产出指标", "成本指标")
    assert levels_in("产出指标", "数量指标", old) == ("产出指标", "数量指标")
    assert levels_in("效益指标", "社会效益指标", old) is None
    assert shelf("成本指标") == "经济成本指标"
    assert shelf("数量指标") == "数量指标"


GOOD_SOURCES = '[k]\nshown = "k"\ntitle = "k"\nnumber = ""\ndate = ""\nmark = "推断"\nverified = ""\n'
GOOD = 'theme = "t"\nkeywords = []\ncategories = []\n'
GROUP = '[[groups]]\nl1 = "a"\nl2 = "b"\n'


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a": GOOD + "groups = []", "b": GOOD + "groups = []"}, "与另一个文件重复"),
        ({"a": GOOD + "groups = []\nmore = 1\n"}, "不认识的键“more”"),
        ({"a": GOOD + GROUP + 'source = "x"\nrows = []\n'}, "应为k之一"),
        ({"a": GOOD + GROUP + 'source = "k"\nrows = [{ name = "n" }]\n'}, "缺少键“value”"),
        ({"a": GOOD + GROUP + 'source = "k"\nrows = []\nodd = 1\n'}, "不认识的键“odd”"),
        ({"a": "theme ="}, "不是有效的TOML"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_the_key(tmp_path: Path, files: dict[str, str], told: str) -> None:
    (tmp_path / "sources.toml").write_text(GOOD_SOURCES, "utf-8")
    for stem, words in files.items():
        (tmp_path / f"{stem}.toml").write_text(words, "utf-8")
    with pytest.raises(EditionError, match=told):
        read_library(tmp_path)
