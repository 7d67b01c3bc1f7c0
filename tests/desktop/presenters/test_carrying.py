from __future__ import annotations

import pytest

from desktop.presenters.carrying import (
    CarryOver,
    carried_sentence,
    confirming_places,
    move_lines,
    place_words,
    results,
)
from desktop.presenters.findings import CARRIED, count_line, found_line, state, worst
from desktop.presenters.new_project import make
from desktop.presenters.review import confirming, review
from desktop.texts import RESOURCES
from forms.cycle.carry import Choice
from forms.documents import Declaration, Indicator, Narrative, Project, Section
from forms.known_editions import Editions
from forms.package import read_package

EDITIONS = Editions()
SAMPLES = sorted((RESOURCES / "samples").glob("*.json"))


def samples() -> list[Project]:
    return [one for path in SAMPLES for one in read_package(path, EDITIONS).projects]


def sample() -> Project:
    return next(one for one in samples() if one.declaration is not None and one.narrative is not None)


def carried(project: Project) -> Project:
    carry = CarryOver.of([project], EDITIONS)
    year = carry.years[0]
    return results(carry.plans(carry.offer(year).editions[0], year, Choice()))[0]


def test_what_has_no_declaration_stays_out_and_is_named() -> None:
    carry = CarryOver.of([Project(), *samples()[:1]], EDITIONS)
    assert (len(carry.projects), carry.without) == (1, ("未命名项目",))
    assert CarryOver.of([Project()], EDITIONS).years == (1, 2, 3)


def test_the_years_after_the_latest_are_offered() -> None:
    projects = [make(EDITIONS["sh-songjiang-declaration-2025"], year, "单位", "项目") for year in (2025, 2027)]
    assert CarryOver.of(projects, EDITIONS).years == (2028, 2029, 2030)


@pytest.mark.parametrize("usual", ["sh-declaration-2025", "sh-songjiang-declaration-2025"])
def test_where_an_edition_has_ended_the_one_that_the_unit_uses_follows(usual: str) -> None:
    old = make(EDITIONS["sh-declaration-2022"], 2024, "单位", "项目")
    carry = CarryOver.of([old], EDITIONS, [None, "no-such-edition", "sh-declaration-2022", usual])
    assert carry.offer(2025).editions[0].id == usual
    assert carry.offer(2025).hint == ""


def test_a_year_that_was_never_seen_is_said() -> None:
    old = make(EDITIONS["sh-declaration-2022"], 2022, "单位", "项目")
    assert "2023年的申报表没有见到官方样张" in CarryOver.of([old], EDITIONS).offer(2023).hint


def test_moves_are_shown_with_the_words_around_them() -> None:
    project = make(EDITIONS["sh-declaration-2022"], 2024, "单位", "项目")
    declaration = project.declaration._replace(
        annual_goal="各项准备工作，2024年完成培训十场，并且总结。",
        indicators=(Indicator("产出指标", "成本指标", "2024年培训费用", "<=25万元"),),
    )
    narrative = Narrative((Section("五、实施周期", "2024年1月至\n2024年12月"),))
    project = project._replace(declaration=declaration, narrative=narrative)
    carry = CarryOver.of([project], EDITIONS)
    plans = carry.plans(EDITIONS["sh-songjiang-declaration-2025"], 2025, Choice())
    shown = {(one.where, one.old, one.new) for one in move_lines(plans)}
    assert (
        "年度总体目标",
        "各项准备工作，2024年完成培训十场，并…",
        "各项准备工作，2025年完成培训十场，并…",
    ) in shown
    assert ("第1行", "产出指标 / 成本指标", "成本指标 / 经济成本指标") in shown
    assert ("第1行指标值", "<=25万元", "≤25.00(万元)") in shown
    assert ("第1行指标名称", "2024年培训费用", "2025年培训费用") in shown
    assert ("五、实施周期", "2024年1月至 2024…", "2025年1月至 2024…") in shown
    assert ("项目周期", "2024年-2024年", "2025年-2025年") in shown


def test_places_have_words() -> None:
    project = sample()
    assert place_words(project, "declaration.fields.项目名称") == "项目名称"
    assert place_words(project, "declaration.overall_goal") == "项目总体目标"


def test_the_chosen_moves_are_made_and_said() -> None:
    project = make(EDITIONS["sh-songjiang-declaration-2025"], 2025, "单位", "2025年项目")
    carry = CarryOver.of([project, project], EDITIONS)
    plans = carry.plans(EDITIONS["sh-songjiang-declaration-2025"], 2026, Choice())
    lines = move_lines(plans)
    name = [one for one in lines if one.where == "项目名称"]
    first, second = results(plans, [name[0]])
    assert (first.name, second.name) == ("2026年项目", "2025年项目")
    assert carried_sentence(results(plans), plans) == (
        "已带入 2 个项目（2026 年度），改动 4 处。带入的内容请逐项核对。"
    )


# ---------------------------------------------------------------- 待核对


def test_what_was_carried_is_counted_and_listed_apart() -> None:
    project = carried(sample())
    found = review(project, EDITIONS).open
    marks = sum(one.id == CARRIED for one in found)
    assert marks > 10
    assert count_line(found).endswith(f" · {marks} 待核对")
    assert state(worst(found)) in ("有错误", "待核对")
    only = [one for one in found if one.id == CARRIED]
    assert found_line(worst(only)) == f"{marks} 处待核对"
    assert state(worst(only)) == "待核对"


def test_rows_branches_and_all_are_confirmed_at_once() -> None:
    project = carried(sample())
    declaration = project.declaration
    assert isinstance(declaration, Declaration)
    found = review(project, EDITIONS).open
    edit, count = confirming_places(project, found, ["declaration.indicators[0].target"])
    assert count == 1
    assert edit.name == "核对 1 处"
    rows = [f"declaration.indicators[{at}]" for at in range(len(declaration.indicators))]
    branch, count = confirming_places(project, found, rows)
    assert count == len(rows)
    left = review(branch.apply(project), EDITIONS).open
    assert not any(".indicators[" in one.path for one in left if one.id == CARRIED)
    _, texts = confirming_places(project, found, ["narrative.sections[0].text", ""])
    assert texts == 1
    whole, _ = confirming_places(project, found, None)
    after = review(whole.apply(project), EDITIONS)
    assert not any(one.id == CARRIED for one in after.open)
    assert state(worst([one for one in after.open if one.severity == "warning"])) == "可定稿"
    assert whole.inverse().apply(whole.apply(project)) == project


def test_nothing_to_confirm_makes_an_empty_edit() -> None:
    project = sample()
    edit, count = confirming_places(project, review(project, EDITIONS).open, None)
    assert (edit.is_empty, count) == (True, 0)


def test_what_was_confirmed_stays_behind_in_the_next_year() -> None:
    project = next(one for one in samples() if any(f.severity == "confirm" for f in review(one, EDITIONS).open))
    finding = next(one for one in review(project, EDITIONS).open if one.severity == "confirm")
    assert carried(confirming(project, finding).apply(project)).confirmations == ()
