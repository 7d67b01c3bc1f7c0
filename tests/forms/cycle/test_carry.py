from __future__ import annotations

import pytest
from hypothesis import given

from forms.cycle.carried import marked, still_carried
from forms.cycle.carry import Choice, home_of, plan
from forms.documents import Confirmation, Declaration, Indicator, Narrative, Period, Project, Section
from forms.edition import Edition
from forms.known_editions import Editions
from forms.package import project_from_plain, project_to_plain
from tests.strategies import plain_projects, projects

EDITIONS = Editions()
OLD, NEW = EDITIONS["sh-declaration-2022"], EDITIONS["sh-songjiang-declaration-2025"]

ROWS = (
    Indicator("产出指标", "数量指标", "举办培训", ">=10场"),
    Indicator("产出指标", "时效指标", "完成时间", "2024年12月31日前"),
    Indicator("产出指标", "成本指标", "培训费用", "<=25万元"),
    Indicator("满意度指标", "社会公众或服务对象满意度指标", "学员满意度", ">=85%"),
)
FIELDS = {
    "项目名称": "2024年干部培训",
    "项目类别": "经常性业务费",
    "主管部门": "某某局",
    "实施单位": "示例中心",
    "计划开始日期": "2024-01-01",
    "计划完成日期": "2024-12-31",
}
PROJECT = Project(
    Narrative((Section("一、项目概述", "2023年已办8场，2024年拟办10场。"),)),
    Declaration(OLD.id, 2024, FIELDS, {"年度资金申请总额": "250,000.00"}, Period(2024, 2024), "", "2024年办班", ROWS),
    extra={"x-id": 7},
    confirmations=(Confirmation("B03", "declaration.fields.主管部门", "…"),),
)


def test_a_project_comes_into_the_form_of_the_next_year() -> None:
    new = plan(PROJECT, NEW, 2025).result()
    declaration = new.declaration
    assert declaration is not None
    assert (declaration.edition, declaration.year) == (NEW.id, 2025)
    assert declaration.fields == {
        "项目名称": "2025年干部培训",
        "项目性质": "",
        "项目类别": "经常性业务费",
        "主管部门": "某某局",
        "实施单位": "示例中心",
        "计划开始日期": "2025-01-01",
        "计划完成日期": "2025-12-31",
    }
    assert declaration.funds["年度资金申请总额"] == "250,000.00"
    assert declaration.overall_period == Period(2025, 2025)
    assert declaration.annual_goal == "2025年办班"
    assert [(one.l1, one.l2, one.target) for one in declaration.indicators] == [
        ("成本指标", "经济成本指标", "≤25.00(万元)"),
        ("产出指标", "数量指标", "≥10.00(场)"),
        ("产出指标", "时效指标", "2025年12月31日前"),
        ("满意度指标", "服务对象满意度指标", "≥85.00(%)"),
    ]
    assert new.narrative is not None
    assert new.narrative.sections[0].text == "2023年已办8场，2025年拟办10场。"
    assert (new.evaluation, new.confirmations, new.extra["x-id"]) == (None, (), 7)


def test_every_move_is_listed_and_may_be_left_out_or_taken() -> None:
    made = plan(PROJECT, NEW, 2025)
    moves = {(one.kind, one.path, one.old, one.new): one for one in made.moves}
    assert ("taxonomy", "declaration.indicators[2]", "产出指标 / 成本指标", "成本指标 / 经济成本指标") in moves
    assert ("style", "declaration.indicators[0].target", ">=10场", "≥10.00(场)") in moves
    assert ("period", "declaration.overall_period", "2024年-2024年", "2025年-2025年") in moves
    before = moves["year", "narrative.sections[0].text", "2023年", "2024年"]
    assert not before.certain
    own = moves["year", "narrative.sections[0].text", "2024年", "2025年"]
    assert own.certain
    new = made.result([before, own])
    assert new.narrative is not None
    assert new.narrative.sections[0].text == "2024年已办8场，2025年拟办10场。"
    assert new.declaration is not None
    assert new.declaration.fields["项目名称"] == "2024年干部培训"
    assert made.result([]).declaration == made.project.declaration._replace(
        indicators=(ROWS[0], ROWS[1], ROWS[2], ROWS[3])
    )


def test_parts_may_stay_behind() -> None:
    nothing = Choice(fields=False, funds=False, goals=False, indicators="none", narrative=False)
    new = plan(PROJECT, NEW, 2025, nothing).result()
    assert new.narrative is None
    assert new.declaration is not None
    assert [key for key, text in new.declaration.fields.items() if text] == ["实施单位"]
    assert not any(new.declaration.funds.values())
    assert new.declaration.indicators == ()
    assert new.declaration.annual_goal == ""
    names = plan(PROJECT, NEW, 2025, Choice(indicators="names")).result().declaration
    assert names is not None
    assert [one.target for one in names.indicators] == [""] * 4


def test_the_period_of_several_years_goes_along_only_once_it_is_over() -> None:
    def periods(period: Period, year: int = 2025) -> list[tuple[str, str, bool]]:
        old = PROJECT._replace(declaration=PROJECT.declaration._replace(overall_period=period))
        found = plan(old, NEW, year).moves
        return [(one.old, one.new, one.certain) for one in found if one.kind == "period"]

    assert periods(Period(2023, 2026)) == []
    assert periods(Period(2022, 2024)) == [("2022年-2024年", "2023年-2025年", False)]


def test_an_edition_of_evaluations_or_a_project_without_declaration_is_refused() -> None:
    with pytest.raises(ValueError, match="no edition of declarations"):
        plan(PROJECT, EDITIONS["sh-evaluation-2025"], 2025)
    with pytest.raises(ValueError, match="no declaration"):
        plan(PROJECT._replace(declaration=None), NEW, 2025)


def test_within_one_edition_values_keep_their_spelling() -> None:
    found = plan(PROJECT, OLD, 2025)
    assert "style" not in {one.kind for one in found.moves}


@pytest.mark.parametrize(
    ("edition", "levels", "home"),
    [
        (NEW, ("产出指标", "成本指标"), ("成本指标", "经济成本指标")),
        (OLD, ("成本指标", "经济成本指标"), ("产出指标", "成本指标")),
        (NEW, ("效果指标", "社会效益指标"), ("效益指标", "社会效益指标")),
        (NEW, ("满意度", "满意度指标"), ("满意度指标", "服务对象满意度指标")),
        (NEW, ("产出指标", "数量指标"), ("产出指标", "数量指标")),
        (NEW, ("其他", "其他指标"), None),
    ],
)
def test_rows_of_an_older_taxonomy_find_their_place(
    edition: Edition, levels: tuple[str, str], home: tuple[str, str] | None
) -> None:
    assert home_of(Indicator(*levels), edition) == home


def test_a_taxonomy_without_costs_has_no_place_for_them() -> None:
    bare = NEW._replace(taxonomy=tuple(one for one in NEW.taxonomy if one.name != "成本指标"))
    assert home_of(Indicator("产出指标", "成本指标"), bare) is None


# ---------------------------------------------------------------- marks


def test_all_that_came_along_is_to_be_confirmed_until_it_is_edited() -> None:
    new = plan(PROJECT, NEW, 2025).result()
    places, year = still_carried(new)
    assert year == 2024
    assert "declaration.fields.项目名称" in places
    assert "declaration.fields.项目性质" not in places
    assert "declaration.funds.年度资金申请总额" in places
    assert "narrative.sections[0].text" in places
    assert "declaration.indicators[3]" in places
    assert new.declaration is not None
    rows = new.declaration.indicators
    moved_on = (rows[3], rows[0], rows[1]._replace(target="≥12.00(场)"))
    edited = new._replace(declaration=new.declaration._replace(indicators=moved_on, annual_goal="改过了"))
    left, _ = still_carried(edited)
    assert "declaration.annual_goal" not in left
    assert [one for one in left if "indicators" in one] == ["declaration.indicators[0]", "declaration.indicators[1]"]


def test_of_rows_that_are_alike_as_many_are_marked_as_came() -> None:
    new = marked(PROJECT._replace(declaration=PROJECT.declaration._replace(indicators=ROWS[:1])), 2024)
    twice = new._replace(declaration=new.declaration._replace(indicators=ROWS[:1] * 2))
    assert [one for one in still_carried(twice)[0] if "indicators" in one] == ["declaration.indicators[0]"]


@pytest.mark.parametrize(
    "marks",
    [
        None,
        7,
        {},
        {"year": "2024"},
        {"year": 2024, "places": [], "rows": {}},
        {"year": 2024, "places": {}, "rows": [3]},
    ],
)
def test_marks_that_cannot_be_read_are_none(marks: object) -> None:
    assert still_carried(PROJECT._replace(extra={"carried": marks}))[0] == ()


def test_a_project_without_forms_has_nothing_to_confirm() -> None:
    assert still_carried(marked(Project(), 2024))[0] == ()


@given(projects())
def test_marks_outlive_the_package(project: Project) -> None:
    made = marked(project, 2024)
    again = project_from_plain(project_to_plain(made), EDITIONS)
    assert still_carried(again) == still_carried(made)


@given(plain_projects())
def test_nothing_that_was_typed_is_lost_on_the_way(project: Project) -> None:
    if project.declaration is None:
        return
    made = plan(project, NEW, project.declaration.year + 1)
    new = made.result([]).declaration
    assert new is not None
    kept = [row for row in project.declaration.indicators if not row.is_mid_term]
    assert sorted(map(repr, new.indicators)) == sorted(repr(row._replace(mid_l3="", mid_target="")) for row in kept)
    assert new.annual_goal == project.declaration.annual_goal
