"""Quick fixes: what is certain is mended, in one undoable edit; the rest is left to the clerk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks import RULES, Finding, check_project
from forms.checks.fixes import fix
from forms.documents import Indicator, Project, get, parse_path, put
from forms.known_editions import Editions
from forms.values import normal, parse
from tests.forms.checks.bases import BASES
from tests.forms.checks.test_cases import build, cases, find
from tests.strategies import plain_projects

EDITIONS = Editions()
EVERYTHING = dict.fromkeys(RULES, True)
FIXABLE = {"B11", "B12", "I15", "I17", "S17", "V04", "V23"}
L3 = "declaration.indicators[3].l3"


def found(project: Project, rule: str) -> list[Finding]:
    return [one for one in check_project(project, EDITIONS, switches=EVERYTHING) if one.id == rule]


def mended(base: str, where: str, text: str, rule: str) -> str | None:
    """The text after the fix, None where there is no fix."""
    project = put(BASES[base](), parse_path(where), text)
    (finding,) = [one for one in found(project, rule) if where in one.paths]
    edit = fix(project, finding, EDITIONS)
    if edit is None:
        return None
    assert edit.name.startswith("一键修正：")
    after = edit.apply(project)
    assert edit.inverse().apply(after) == project
    result: str = get(after, parse_path(where))
    return result


@pytest.mark.parametrize(
    ("where", "text", "rule", "after"),
    [
        (L3, "组织保障保障", "B11", "组织保障"),
        (L3, "组织保障保障保障（一期）", "B11", "组织保障（一期）"),
        (L3, "提供服务服务业", "B11", None),
        ("declaration.annual_goal", "统计二零二零。", "B11", None),
        (L3, "哈哈哈哈", "B11", None),
        (L3, " 参加学习的  学员人数", "B11", "参加学习的 学员人数"),
        (L3, "参加学习的 学员人数", "B11", None),
        ("declaration.annual_goal", "　　1.办班8场。\n　　2.培训240人。\n", "B11", "1.办班8场。\n2.培训240人。"),
        (
            "declaration.annual_goal",
            "办班8场,培训240人.合格率,高:“好”!很 好?对",
            "B12",
            "办班8场，培训240人.合格率，高：“好”！很 好？对",
        ),
        ("narrative.sections[1].text", "依据《办法》;方案", "B12", "依据《办法》；方案"),
        (L3, "学员人数。", "I15", "学员人数"),
        (L3, "学员人数；…。 ", "I15", "学员人数"),
        (L3, "学员人数Co.", "I15", None),
        (L3, "培训ABC。", "I15", "培训ABC"),
        (L3, "⒈", "I15", None),
        (L3, "。；", "I15", None),
        ("declaration.indicators[0].target", "≤ 3(万)", "V04", "≤ 3(万元)"),
        ("declaration.indicators[0].target", "≤3万", "V04", "≤3万元"),
        (L3.replace("l3", "target"), "≥1万", "V04", None),
        ("declaration.indicators[3].target", "≥240(人)", "V23", "≥240.00(人)"),
        ("declaration.indicators[3].target", "≥ ２40(人)", "V23", "≥ ２40.00(人)"),
    ],
)
def test_single_texts(where: str, text: str, rule: str, after: str | None) -> None:
    assert mended("申2025", where, text, rule) == after


@pytest.mark.parametrize(
    ("where", "text", "rule", "after"),
    [
        ("evaluation.indicators[0].actual", "≥9场", "S17", "9场"),
        ("evaluation.indicators[0].actual", " ＞ ＝ 9场", "S17", "9场"),
        ("evaluation.indicators[0].actual", "≥", "S17", None),
        ("evaluation.indicators[0].actual", "=完成", "S17", "完成"),
    ],
)
def test_actual_values(where: str, text: str, rule: str, after: str | None) -> None:
    assert mended("评2022", where, text, rule) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [(">=90.00%", ">=90%"), (">=90.0(％)", ">=90(％)"), (">=98.5%", None), (">=９０．００%", ">=９０%")],
)
def test_decimals_are_dropped_only_where_they_say_nothing(text: str, after: str | None) -> None:
    assert mended("申2022", "declaration.indicators[2].target", text, "V23") == after


def test_all_places_are_mended_as_the_others_are_written() -> None:
    project = BASES["申2025"]()
    for at, text in {0: "≤3.0(万元)", 1: "≤1.5(万元)", 2: "≥8.0(场)", 3: "≥240(人)", 6: "≥60(%)"}.items():
        project = put(project, ("declaration", "indicators", at, "target"), text)
    (finding,) = found(project, "V23")
    edit = fix(project, finding, EDITIONS)
    assert edit is not None
    after = edit.apply(project)
    assert after.declaration is not None
    assert [after.declaration.indicators[at].target for at in (3, 6)] == ["≥240.0(人)", "≥60.0(%)"]
    assert found(after, "V23") == []


def test_counts_and_rates_each_as_their_own_kind() -> None:
    project = city(["=2.00(次)", "=3(场)", "=4(场)", "≥90(百分比)", "≥80.00(百分比)", "≤5.00(万元)", "2.5(万人次)"])
    (finding,) = found(project, "V23")
    assert finding.places == ("indicators[0].target", "indicators[3].target")
    edit = fix(project, finding, EDITIONS)
    assert edit is not None
    after = edit.apply(project)
    assert after.declaration is not None
    assert [one.target for one in after.declaration.indicators][:4] == ["=2(次)", "=3(场)", "=4(场)", "≥90.00(百分比)"]
    assert found(after, "V23") == []


def city(targets: list[str]) -> Project:
    """A declaration of the city's edition with these targets."""
    rows = tuple(Indicator("产出指标", "数量指标", f"指标{n}", text) for n, text in enumerate(targets))
    base = BASES["申2025"]()
    assert base.declaration is not None
    return base._replace(declaration=base.declaration._replace(edition="sh-declaration-2025", indicators=rows))


def test_the_style_of_the_city_used_throughout_raises_nothing() -> None:
    assert found(city(["=2(场)", "≥90.00(百分比)", "≤5.00(万元)", "≥2.50(万人次)", "≤4.00(万元/场)"]), "V23") == []
    assert len(found(city(["=2(场)", "=2.00(次)"]), "V23")) == 1


@pytest.mark.parametrize(
    ("edition", "targets", "after"),
    [
        ("sh-declaration-2025", ["=2(场)", "=2.00(次)"], ["=2(场)", "=2(次)"]),
        ("sh-songjiang-declaration-2025", ["=2(场)", "=2.0(次)"], ["=2.00(场)", "=2.0(次)"]),
        ("sh-declaration-2022", ["=2(场)", "=2.00(次)"], ["=2(场)", "=2(次)"]),
        ("sh-declaration-2022", ["=2(场)", "=2.00(次)", "=3.0(次)", "=5.0(次)"], None),
    ],
)
def test_the_edition_decides_where_as_many_stand_on_both_sides(
    edition: str, targets: list[str], after: list[str] | None
) -> None:
    project = city(targets)
    assert project.declaration is not None
    project = project._replace(declaration=project.declaration._replace(edition=edition))
    (finding,) = found(project, "V23")
    edit = fix(project, finding, EDITIONS)
    assert edit is not None
    mended_project = edit.apply(project)
    assert mended_project.declaration is not None
    written = [one.target for one in mended_project.declaration.indicators]
    assert written == (after or ["=2.0(场)", *targets[1:]])
    assert found(mended_project, "V23") == []


def test_rows_are_sorted() -> None:
    project = BASES["申2025"]()
    assert project.declaration is not None
    rows = project.declaration.indicators
    mixed = project._replace(declaration=project.declaration._replace(indicators=(*rows[4:], *rows[:4])))
    (finding,) = found(mixed, "I17")
    edit = fix(mixed, finding, EDITIONS)
    assert edit is not None
    assert edit.name == "一键修正：按表式重排指标"
    assert edit.apply(mixed) == project
    assert fix(project, finding, EDITIONS) is None


def test_what_another_project_or_the_booklet_has_is_not_mended_here() -> None:
    project = BASES["申2025"]()
    (finding,) = found(put(project, parse_path(L3), "人数。"), "I15")
    for place in ("projects[1].declaration.annual_goal", "booklet.title"):
        assert fix(project, replace(finding, where=place, places=(place,)), EDITIONS) is None


def test_only_rules_with_a_certain_mend_have_one() -> None:
    """On the readable cases of all rules: a fix mends its own finding, keeps numbers, adds no error."""
    mended_rules = set()
    for rule_id, _, case in cases():
        if "projects" in case:
            continue
        project = build(case)
        for finding in find(rule_id, case):
            edit = fix(project, finding, EDITIONS)
            if edit is not None:
                mended_rules.add(rule_id)
                left = [one for one in found(edit.apply(project), rule_id) if one.places == finding.places]
                assert [one for one in left if one.message == finding.message] == [], case
    assert mended_rules == FIXABLE


@given(st.data())
def test_any_fix_is_undone_and_changes_no_number(data: Any) -> None:
    project = data.draw(plain_projects())
    for finding in check_project(project, EDITIONS, switches=EVERYTHING):
        edit = fix(project, finding, EDITIONS)
        if edit is None:
            continue
        assert finding.id in FIXABLE
        assert not edit.is_empty
        after = edit.apply(project)
        assert edit.inverse().apply(after) == project
        if finding.id == "V23":
            (_, before), (_, now) = (
                next(pair for pair in one.forms if pair[0] == finding.form) for one in (project, after)
            )
            assert [normal(parse(one.target)) for one in before.indicators] == [
                normal(parse(one.target)) for one in now.indicators
            ]
