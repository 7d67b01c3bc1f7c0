"""The national 申报表: 中期 and 年度 side by side, in 万元; nothing of it was compared with the original."""

from __future__ import annotations

import random
from collections import Counter
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.blank import blank_project
from forms.check_code import check_code
from forms.checks import check_package, check_project
from forms.checks.fixes import fix
from forms.comparison import differences_table, years_table
from forms.cycle.carried import marked, still_carried
from forms.cycle.carry import Choice, plan
from forms.cycle.evaluate import evaluation_of, locked_rows
from forms.differences import differences
from forms.documents import Booklet, Declaration, Indicator, Package, Period, Project
from forms.edition import Amounts, Sum
from forms.indicators import change_cell
from forms.known_editions import Editions
from forms.money import budget_of, converted
from forms.package import PackageError, parse_package, read_package, write_package
from forms.printing import PrintOptions, print_package, read_attachment
from forms.printing.grid import printed_texts
from forms.printing.statement import statement
from forms.summary import declared_table
from tests.forms.printing.samples import HUGE, checker_module, prose
from tests.strategies import filled_rows

EDITIONS = Editions()
ID = "cn-declaration-2015"
NATIONAL = EDITIONS[ID]
SHANGHAI = EDITIONS["sh-declaration-2025"]
SAMPLE = Path(__file__).with_name("wetland-restoration-2025.json")
FUNDS = ("中期资金总额", "中期财政拨款", "中期其他资金", "年度资金总额", "年度财政拨款", "年度其他资金")
COUNT, QUALITY = ("产出指标", "数量指标"), ("产出指标", "质量指标")


@pytest.fixture(scope="module")
def project() -> Project:
    (one,) = read_package(SAMPLE, EDITIONS).projects
    return one


def declared(project: Project) -> Declaration:
    assert project.declaration is not None
    return project.declaration


def changed(project: Project, **changes: object) -> Project:
    return project._replace(declaration=declared(project)._replace(**changes))  # type: ignore[arg-type]


def with_rows(project: Project, *rows: Indicator) -> Project:
    """The project with other rows beside its own of other levels."""
    return changed(project, indicators=(*rows, *declared(project).indicators[2:]))


def found(project: Project, *ids: str) -> list[tuple[str, str]]:
    return [(one.where, one.message) for one in check_project(project, EDITIONS) if one.id in ids]


def half(name: str = "", value: str = "", mid_name: str = "", mid_value: str = "") -> Indicator:
    return Indicator(*COUNT, name, value, mid_l3=mid_name, mid_target=mid_value)


# ---------------------------------------------------------------- the file


def test_it_is_marked_as_never_compared_with_the_original() -> None:
    assert (NATIONAL.evidence, NATIONAL.verified) == ("记忆", False)
    assert EDITIONS.for_new("declaration", 2025)[-1].id == ID, "what was seen more of comes first"


def test_the_file_has_the_half_of_the_medium_term_beside_that_of_the_year(project: Project) -> None:
    first = declared(project).indicators[0]
    assert (first.l3, first.target) == ("修复退化湿地面积", "≥320公顷")
    assert (first.mid_l3, first.mid_target) == ("累计修复退化湿地面积", "≥1000公顷")
    data = write_package(Package((project,)))
    assert b'"mid_value"' in data
    assert b"mid_target" not in data
    again = parse_package(data, "x.json", EDITIONS)
    assert again.projects == (project,)
    assert write_package(again) == data
    assert check_code(again.projects[0]) == check_code(project)
    assert check_code(changed(project, indicators=(first._replace(mid_target="≥1001公顷"),))) != check_code(
        changed(project, indicators=(first,))
    )
    with pytest.raises(PackageError, match="绩效指标第1行的“中期指标值”应为文字"):
        parse_package(data.replace('"≥1000公顷"'.encode(), b"7"), "x.json", EDITIONS)


def test_a_blank_one_has_what_the_form_prints() -> None:
    blank = declared(blank_project(NATIONAL, 2025, "某中心"))
    assert tuple(sorted(blank.funds)) == tuple(sorted(FUNDS))
    keys = ["项目名称", "主管部门及代码", "实施单位", "项目属性", "项目期"]
    assert blank.fields == dict.fromkeys(keys, "") | {"实施单位": "某中心"}
    assert blank.overall_period == Period(2025, 2025)


# ---------------------------------------------------------------- paper


def page_words(project: Project, page: int = 0) -> str:
    printed = print_package(Package((project,)), EDITIONS)
    return "".join(pypdf.PdfReader(BytesIO(printed.pdf)).pages[page].extract_text().split())


def test_it_prints_both_halves_in_ten_thousands(project: Project) -> None:
    words = page_words(project)
    assert words.startswith("项目支出绩效目标申报表（2025年度）")
    assert "中期目标（2025年—2027年）年度目标" in words
    for text in ("（万元）", "中期资金总额：", "1,750.00", "576.00", "累计修复退化湿地面积", "≥1000公顷", "≥320公顷"):
        assert text in words
    assert "中期目标年度目标" in page_words(changed(project, overall_period=None)), "without years no bracket"


def test_what_is_printed_leads_back_to_its_place(project: Project) -> None:
    printed = print_package(Package((project,)), EDITIONS)
    places = {place.path: place for place in printed.places}
    for key in ("mid_l3", "mid_target", "l3", "target", "l1", "l2"):
        assert f"declaration.indicators[0].{key}" in places
    left, right = (place for place in printed.places if place.path == "declaration.indicators[0].l2")
    assert left.x < places["declaration.indicators[0].mid_l3"].x < right.x < places["declaration.indicators[0].l3"].x
    paths = [path for path, _ in printed_texts(declared(project), NATIONAL)]
    assert "indicators[2].mid_target" in paths
    assert read_attachment(printed.pdf) == write_package(Package((project,)))


def test_headers_and_labels_are_repeated_on_each_page(project: Project) -> None:
    rows = tuple(
        Indicator(*(COUNT if n < 40 else QUALITY), prose(20, n), "≥1个", mid_l3=prose(30, n + 99), mid_target="≥9个")
        for n in range(80)
    )
    long = changed(project, indicators=rows)
    count = len(pypdf.PdfReader(BytesIO(print_package(Package((long,)), EDITIONS).pdf)).pages)
    assert count > 3
    for page in range(1, count):
        words = page_words(long, page)
        assert words.count("二级指标三级指标指标值") == 2
        assert words.count("一级指标") == 1
        name = "数量指标" if page == 1 else "质量指标" if page == count - 1 else "指标"
        assert words.count(name) >= 2


def many(count: int, name: int, value: int) -> tuple[Indicator, ...]:
    """Rows of both halves, of one, and of a 二级 of one's own."""
    pairs = [(one.name, two.name) for one in NATIONAL.taxonomy for two in one.l2]
    pairs[4:4] = [("产出指标", "共建指标")]
    rng = random.Random(count)  # noqa: S311 - it makes sample texts
    made = []
    for n in range(count):
        texts = [prose(name, n + 1), prose(value, n + 7), prose(name, n + 3), prose(value, n + 5)]
        blank = rng.choice([(), (0, 1), (2, 3), (1,), (3,)])
        one, two, three, four = ("" if at in blank else text for at, text in enumerate(texts))
        made.append(Indicator(*pairs[n * len(pairs) // count], one, two, mid_l3=three, mid_target=four))
    return tuple(made)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="the sample"),
        pytest.param({"indicators": ()}, id="no rows"),
        pytest.param({"indicators": many(12, 16, 8)}, id="twelve"),
        pytest.param({"indicators": many(200, 18, 6)}, id="200 rows"),
        pytest.param({"indicators": many(20, 200, 200)}, id="long names and values"),
        pytest.param({"overall_goal": prose(3000), "annual_goal": prose(2000, 2)}, id="long goals"),
        pytest.param({"funds": dict.fromkeys(FUNDS, HUGE)}, id="huge amounts"),
        pytest.param({"fields": {"项目名称": prose(80), "主管部门及代码": prose(80)}}, id="long names of the project"),
    ],
)
def test_nothing_runs_out_of_its_cell(project: Project, changes: dict[str, object], tmp_path: Path) -> None:
    """The judge of PDFs knows no form of this title: of its checks those hold that look at the pages alone."""
    checker = checker_module()
    package = Package((changed(project, **changes),))
    path = tmp_path / "x.pdf"
    path.write_bytes(print_package(package, EDITIONS, PrintOptions(footer=True, draft=True)).pdf)
    judged = checker.check({"projects": []}, str(path))
    assert [str(one) for one in judged if one.check in ("containment", "fonts", "linebreaks")] == []


@given(filled_rows(NATIONAL, 8), st.none() | st.builds(Period, st.just(2025), st.integers(2025, 2030), st.just({})))
@settings(max_examples=25, deadline=None)
def test_every_text_stands_in_a_cell(rows: tuple[Indicator, ...], period: Period | None) -> None:
    form = declared(read_package(SAMPLE, EDITIONS).projects[0])._replace(indicators=rows, overall_period=period)
    printed = print_package(Package((Project(declaration=form),)), EDITIONS)
    there = Counter(place.path for place in printed.places)
    for n in range(len(rows)):
        for key in ("l3", "target", "mid_l3", "mid_target"):
            assert there[f"declaration.indicators[{n}].{key}"] >= 1
    again = parse_package(read_attachment(printed.pdf), "x", EDITIONS)
    assert again.projects[0].declaration == form


# ---------------------------------------------------------------- checks


def test_a_form_without_slips_has_no_finding_that_blocks(project: Project) -> None:
    ids = {(one.id, one.severity) for one in check_project(project, EDITIONS)}
    assert not {id_ for id_, severity in ids if severity == "error"}
    assert not {id_ for id_, _ in ids if id_[0] in "MBT"}


def test_either_half_may_be_blank(project: Project) -> None:
    only_mid = with_rows(project, half(mid_name="累计造林", mid_value="≥5公顷"))
    only_year = with_rows(project, half("造林", "≥5公顷"))
    for one in (only_mid, only_year):
        assert [where for where, _ in found(one, "I09", "V01", "V02", "V07") if where.startswith("indicators[0]")] == []
    nothing = with_rows(project, half())
    assert [where for where, _ in found(nothing, "I09")] == ["indicators[0].l3"]


def test_the_medium_term_is_checked_as_the_year_is(project: Project) -> None:
    row = half("造林", "≥5公顷", "累计造林（续建）。", "5")
    ids = {(one.id, one.where) for one in check_project(with_rows(project, row), EDITIONS)}
    assert {("V24", "indicators[0].mid_target"), ("V02", "indicators[0].mid_target")} <= ids
    assert ("I15", "indicators[0].mid_l3") in ids
    assert not {id_ for id_, where in ids if where in ("indicators[0].l3", "indicators[0].target")}
    nameless = with_rows(project, half("造林", "≥5公顷", "", "≥9公顷"))
    assert found(nameless, "I09") == [("indicators[0].mid_l3", "第1行三级指标名称未填写")]
    valueless = with_rows(project, half("造林", "≥5公顷", "累计造林"))
    assert found(valueless, "V01") == [("indicators[0].mid_target", "指标“累计造林”未填写指标值")]
    assert "第1行中期三级指标名称" in found(with_rows(project, half("造林", "≥5公顷", "待定", "≥9公顷")), "B10")[0][1]


def test_a_slip_of_the_medium_term_is_mended(project: Project) -> None:
    slip = with_rows(project, half("造林", "≥5公顷", "累计造林。", "≥9公顷"))
    (one,) = [one for one in check_project(slip, EDITIONS) if one.id == "I15"]
    edit = fix(slip, one, EDITIONS)
    assert edit is not None
    assert declared(edit.apply(slip)).indicators[0].mid_l3 == "累计造林"


def test_a_character_that_no_face_has_is_told_of_both_halves(project: Project) -> None:
    rare = with_rows(project, half("造林", "≥5公顷", "累计造林㋿", "≥9公顷"))
    hits = [one for one in check_project(rare, EDITIONS, has_glyph=lambda char: char != "㋿") if one.id == "P01"]
    assert [one.places for one in hits] == [("indicators[0].mid_l3",)]


def test_rows_of_the_medium_term_alone_do_not_count_as_rows_of_the_year(project: Project) -> None:
    alone = tuple(half(mid_name=f"累计事项{n}", mid_value="完成") for n in range(12))
    mixed = changed(project, indicators=(*alone, *declared(project).indicators[:3]))
    assert found(mixed, "I13") == []
    assert ("indicators", "三级指标2条，偏少（一般5—30条）") in found(mixed, "I12")


def test_a_level_of_ones_own_is_no_error_under_a_level_of_the_form(project: Project) -> None:
    assert any(row.l2 == "共建指标" for row in declared(project).indicators)
    assert found(project, "I01") == []
    blank = changed(project, indicators=(Indicator("产出指标", " ", "甲", "1个"), Indicator("投入", "乙", "丙", "1个")))
    assert [where for where, _ in found(blank, "I01")] == ["indicators[0].l2", "indicators[1].l1"]


def test_years_of_the_medium_term_are_none_of_the_years_own(project: Project) -> None:
    assert found(project, "T05") == []
    later = with_rows(project, half("2027年造林", "≥5公顷", "2029年累计造林", "2027年底前完成"))
    places = next(one.places for one in check_project(later, EDITIONS) if one.id == "T05")
    assert places == ("indicators[0].mid_l3", "indicators[0].l3")
    assert found(changed(project, overall_goal=""), "G02") == [
        ("overall_goal", "中期目标未填写（项目周期2025年至2027年）")
    ]
    assert found(changed(project, overall_goal="", overall_period=Period(2025, 2025)), "G02") == []
    assert found(changed(project, overall_goal="", overall_period=None), "G02") == []


def test_amounts_add_up_in_each_group(project: Project) -> None:
    def funds(**given: str) -> list[tuple[str, str]]:
        one = changed(project, funds={**declared(project).funds, **given})
        return found(one, "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M10")

    assert funds() == []
    assert funds(年度财政拨款="500") == [("funds.年度资金总额", "年度资金总额（576.00）不等于分项合计（550.00）")]
    assert [where for where, _ in funds(中期其他资金="150.1234567")] == ["funds.中期其他资金"]
    assert funds(中期其他资金="150.1234") == [
        ("funds.中期资金总额", "中期资金总额（1,750.00）不等于中期财政拨款与中期其他资金之和（1,750.1234）")
    ]
    small = {"中期资金总额": "100", "中期财政拨款": "100", "中期其他资金": ""}
    assert funds(**small) == [("funds.中期资金总额", "中期资金总额（100.00）小于年度资金总额（576.00）")]
    assert funds(中期资金总额="") == [("funds.中期资金总额", "中期资金总额未填写")]
    assert funds(年度资金总额="") == [("funds.年度资金总额", "年度资金总额未填写")]
    zero = {"年度资金总额": "0", "年度财政拨款": "0", "年度其他资金": ""}
    assert funds(**zero) == [("funds.年度资金总额", "年度资金总额为0，请确认")]


def test_a_form_without_totals_is_asked_for_none(project: Project) -> None:
    bare = {**EDITIONS, ID: NATIONAL._replace(sums=())}
    blank = changed(project, funds={})
    assert [one.id for one in check_project(blank, bare) if one.id.startswith("M")] == []
    assert budget_of(declared(project), bare[ID]) is None


def test_a_third_group_adds_up_too(project: Project) -> None:
    more = (*NATIONAL.sums, Sum("funds.年度其他资金", ("funds.中期其他资金",)))
    hits = check_project(project, {**EDITIONS, ID: NATIONAL._replace(sums=more)})
    assert [one.message for one in hits if one.id == "M02"] == ["年度其他资金（50.00）不等于分项合计（150.00）"]


def test_the_department_goes_by_its_own_label(project: Project) -> None:
    fields = {**declared(project).fields, "主管部门及代码": ""}
    assert found(changed(project, fields=fields), "B03") == [("fields.主管部门及代码", "主管部门及代码未填写")]


def test_the_statement_counts_in_yuan(project: Project) -> None:
    assert budget_of(declared(project), NATIONAL) == 5_760_000
    both = Package((project, project))
    text = statement(both, EDITIONS)
    assert "涉及项目预算资金1,152万元" in text
    bound = both._replace(booklet=Booklet("", text.replace("1,152", "1,150")))
    assert [one.message for one in check_package(bound, EDITIONS) if one.id == "X02"] == [
        "编报说明金额1,150.00万元，合计1,152.00万元"
    ]
    evaluated = Project(evaluation=evaluation_of(declared(project), NATIONAL, EDITIONS["cn-evaluation-2020"]))
    mixed = Package((project, evaluated, project), Booklet("", text))
    assert "X01" not in {one.id for one in check_package(mixed, EDITIONS)}, "the statement tells of declarations"
    assert declared_table([project], EDITIONS).rows[0][4] == "5,760,000.00"


# ---------------------------------------------------------------- the years of a project


def test_the_evaluation_begins_with_the_half_of_the_year(project: Project) -> None:
    made = evaluation_of(declared(project), NATIONAL, EDITIONS["cn-evaluation-2020"])
    assert made.fields["主管部门"] == "示例省林业局 [000]"
    assert [(row["row"], row["年初预算数"]) for row in made.funds] == [
        ("年度资金总额", "576.00"),
        ("其中：当年财政拨款", "526.00"),
        ("上年结转资金", ""),
        ("其他资金", "50.00"),
    ]
    assert [row.l3 for row in made.indicators] == [row.l3 for row in declared(project).indicators if row.l3]
    assert not any(row.mid_l3 or row.mid_target for row in made.indicators)
    assert len(locked_rows(made)) == len(made.indicators)
    assert made.expected == declared(project).annual_goal
    whole = project._replace(evaluation=made)
    wrong = [one.id for one in check_project(whole, EDITIONS)]
    assert [one for one in wrong if one in ("S21", "M09", "M11", "I01", "S01")] == ["M11"]
    yuan = evaluation_of(declared(project), NATIONAL, EDITIONS["sh-evaluation-2025"])
    assert yuan.funds[0]["年初预算数"] == "5,760,000.00"


def test_amounts_change_their_unit() -> None:
    yuan, wan = Amounts("元", 1), Amounts("万元", 10_000)
    assert converted("1,515,000.00", yuan, wan) == "151.50"
    assert converted("151.5", wan, yuan) == "1,515,000.00"
    assert converted("不详", yuan, wan) == "不详"
    assert converted("1515000", yuan, yuan) == "1515000"
    assert converted("", yuan, wan) == ""


def test_it_is_carried_into_the_next_year(project: Project) -> None:
    one = plan(project, NATIONAL, 2026)
    new = declared(one.result())
    assert len(new.indicators) == len(declared(project).indicators)
    assert [row.l2 for row in new.indicators] == [row.l2 for row in declared(project).indicators]
    assert new.overall_period == Period(2025, 2027), "it still covers the year"
    assert new.indicators[6].mid_target == "2027年11月30日前"
    assert (new.year, new.funds, new.fields["主管部门及代码"]) == (
        2026,
        declared(project).funds,
        "示例省林业局 [000]",
    )
    names = declared(plan(project, NATIONAL, 2026, Choice(indicators="names")).result())
    assert not any(row.target or row.mid_target for row in names.indicators)
    carried, _ = still_carried(one.result())
    assert "declaration.indicators[2]" in carried, "a row of the medium term alone is to be confirmed, too"
    messages = [item.message for item in check_project(one.result(), EDITIONS) if item.id == "K01"]
    assert "指标“建成水鸟栖息地生境岛”从2025年带入，请核对" in messages
    edited = change_cell("declaration", new.indicators, 2, "mid_target", "≥15座").apply(one.result())
    assert "declaration.indicators[2]" not in still_carried(edited)[0]
    assert still_carried(marked(project, 2024))[1] == 2024


def test_between_forms_with_and_without_a_medium_term(project: Project) -> None:
    there = declared(plan(project, SHANGHAI, 2026, None, NATIONAL).result())
    assert there.fields["主管部门"] == "示例省林业局 [000]"
    assert there.funds["年度资金申请总额"] == "5,760,000.00"
    assert there.funds["项目资金总额"] == "17,500,000.00"
    assert there.funds["当年财政拨款"] == ""
    assert not any(row.mid_l3 or row.mid_target for row in there.indicators)
    assert len(there.indicators) == len([row for row in declared(project).indicators if not row.is_mid_term])
    back = declared(plan(Project(declaration=there), NATIONAL, 2027, None, SHANGHAI).result())
    assert (back.funds["年度资金总额"], back.fields["主管部门及代码"]) == ("576.00", "示例省林业局 [000]")
    styled = [move for move in plan(project, EDITIONS[ID], 2026).moves if move.kind == "style"]
    assert styled == []
    other = with_rows(project, half("造林", "≥5公顷", "累计造林", ">=9公顷"))
    moves = plan(other._replace(declaration=declared(other)._replace(edition="x")), NATIONAL, 2026).moves
    assert any(move.path.endswith(".mid_target") and move.new == "≥9公顷" for move in moves)


def test_differences_speak_of_the_medium_term(project: Project) -> None:
    rows = declared(project).indicators
    other = changed(
        project, indicators=(rows[0]._replace(mid_target="≥900公顷"), *rows[1:2], *rows[3:], half(mid_name="建岛"))
    )
    said = [one.sentence for one in differences(project, other)]
    assert "申报表·指标“修复退化湿地面积”：中期指标值“≥1000公顷”改为“≥900公顷”" in said
    assert "申报表：删除指标“建成水鸟栖息地生境岛”（产出指标—数量指标）" in said
    assert "申报表：新增指标“建岛”（产出指标—数量指标）" in said
    assert len(differences_table(project, other, ("旧", "新")).rows) == len(said)


def test_the_comparison_has_a_column_for_the_medium_term(project: Project) -> None:
    table = years_table(None, project)
    at = [column.label for column in table.columns].index("中期指标值")
    assert table.rows[0][at] == "≥1000公顷"
    assert table.rows[2][2] == "建成水鸟栖息地生境岛"
    assert table.rows[3][at] == "—"
    assert table.rows[2][at + 2] == "—", "nothing of the year"
    assert "中期指标值" not in [column.label for column in years_table(None, Project()).columns]
