"""Aggregation, order, switches and places (rules.md 2)."""

from __future__ import annotations

from decimal import Decimal, getcontext

import pytest

from forms.checks import SET, Finding, Severity, check_package, check_project, check_set
from forms.checks.readings import profile_of
from forms.documents import Booklet, Indicator, Narrative, Package, Project, Section, parse_path, put
from forms.known_editions import Editions
from tests.forms.checks.bases import BASES

EDITIONS = Editions()


def changed(base: str, **texts: str) -> Project:
    project = BASES[base]()
    for where, text in texts.items():
        project = put(project, parse_path(where), text)
    return project


def test_order_is_project_severity_place_id() -> None:
    bad = changed(
        "申2025",
        **{
            "declaration.fields.主管部门": "",  # B03 confirm
            "declaration.fields.项目名称": "",  # B01 error
            "declaration.funds.年度资金申请总额": "0",  # M02 error, M07 confirm
            "declaration.indicators[4].target": "≥-5%",  # V06 error
            "declaration.indicators[2].l3": "居民技能培训场次。",  # I15 warning
            "declaration.indicators[1].target": "",  # V01 confirm
            "narrative.sections[1].text": "",  # N02 error
        },
    )
    found = check_package(Package((bad, bad)), EDITIONS)
    first = [(one.severity, one.form, one.where, one.id) for one in found if one.project == 0]
    assert [one.project for one in found] == sorted(one.project for one in found)
    assert [severity for severity, *_ in first] == sorted((severity for severity, *_ in first), key=lambda s: s.rank)
    errors = [(form, where, rule) for severity, form, where, rule in first if severity is Severity.ERROR]
    assert errors == [
        ("narrative", "narrative.sections[1]", "N02"),
        ("declaration", "fields.项目名称", "B01"),
        ("declaration", "funds.年度资金申请总额", "M02"),
        ("declaration", "indicators[4].target", "V06"),
    ]
    confirm = [rule for severity, _, _, rule in first if severity is Severity.CONFIRM]
    assert confirm == ["N03", "B03", "M07", "C01", "C02", "V01"]


def test_booklet_stands_before_the_projects() -> None:
    booklet = Booklet(title="年度年度申报表 ", statement="编报绩效目标的项目9个")
    bad = changed("申2022", **{"declaration.fields.主管部门": ""})
    found = check_package(Package((bad, bad), booklet), EDITIONS)
    assert [(one.id, one.project, one.path) for one in found[:3]] == [
        ("X01", SET, "booklet.statement"),
        ("B11", SET, "booklet.title"),
        ("X03", SET, "booklet.title"),
    ]
    twice = next(one for one in found if one.id == "B09")
    assert (twice.project, twice.path) == (1, "declaration.fields.项目名称")
    assert twice.paths == ("projects[1].declaration.fields.项目名称",)


def test_same_words_at_the_same_place_are_said_once() -> None:
    project = changed(
        "申2025", **{"declaration.indicators[0].target": "≤9(万元)", "declaration.indicators[1].target": "≤9(万元)"}
    )
    found = [one for one in check_project(project, EDITIONS) if one.id == "C02"]
    assert len(found) == len(set(found)) == 2


def test_one_finding_speaks_for_many_places() -> None:
    rows = tuple(Indicator("产出指标", "质量指标", f"第{n}项考核。", "≥5(个)") for n in range(7))
    project = BASES["申2025"]()
    assert project.declaration is not None
    project = project._replace(declaration=project.declaration._replace(indicators=rows))
    found = {one.id: one for one in check_project(project, EDITIONS)}
    for rule_id in ("I15", "V09"):
        assert len(found[rule_id].places) == 7
        assert found[rule_id].where == found[rule_id].places[0]
        assert "等7处" in found[rule_id].message
        assert found[rule_id].path.startswith("declaration.indicators[0].")


def test_index_goes_into_the_findings() -> None:
    project = changed("申2025", **{"declaration.fields.项目名称": ""})
    assert {one.project for one in check_project(project, EDITIONS, index=7)} == {7}


def test_a_row_is_read_anew_when_it_changes() -> None:
    project = BASES["申2025"]()
    assert check_project(project, EDITIONS) == []
    bad = put(project, parse_path("declaration.indicators[4].target"), "")
    assert [one.id for one in check_project(bad, EDITIONS)] == ["V01"]
    assert check_project(project, EDITIONS) == []


def test_a_narrative_alone_and_a_project_of_nothing() -> None:
    narrative = Narrative((Section("一、项目概述", "看《"), Section("附录", "")))
    found = check_project(Project(narrative), EDITIONS)
    assert [one.id for one in found] == ["N01", "N08"]
    assert check_project(Project(), EDITIONS) == []


def test_narrative_of_an_evaluation_alone_is_checked_by_its_year() -> None:
    project = BASES["评2022"]()._replace(narrative=BASES["申2025"]().narrative)
    assert [one.id for one in check_project(project, EDITIONS)] == ["T08"]


def test_an_unknown_edition_is_the_callers_fault() -> None:
    with pytest.raises(KeyError):
        check_project(changed("申2025", **{"declaration.edition": "no-such"}), EDITIONS)


def test_the_callers_decimals_stay_as_they_are() -> None:
    before = getcontext().copy()
    check_project(BASES["申2025"](), EDITIONS)
    assert getcontext().prec == before.prec
    assert Decimal(1) / 3 == Decimal("0." + "3" * before.prec)


def test_profiles_of_dropped_editions_are_let_go() -> None:
    edition = EDITIONS["sh-declaration-2025"]
    first = profile_of(edition, "declaration")
    assert profile_of(edition, "declaration") is first
    for n in range(70):
        profile_of(edition._replace(name=str(n)), "declaration")
    assert check_project(BASES["申2025"](), EDITIONS) == []


def test_a_dropped_in_edition_is_judged_by_its_data() -> None:
    """Another id, a taxonomy without 成本 as level 1: the rules of 2022 apply."""
    old = EDITIONS["sh-declaration-2022"]
    own = old._replace(id="某区-2031", taxonomy=EDITIONS["sh-declaration-2025"].taxonomy)
    found = check_project(changed("申2022", **{"declaration.edition": "某区-2031"}), {own.id: own})
    assert [one.id for one in found] == ["I05"]
    own = own._replace(parameters={"indicators_min": 7})
    found = check_project(changed("申2022", **{"declaration.edition": "某区-2031"}), {own.id: own})
    assert [one.id for one in found] == ["I05", "I12"]


def test_places_outside_the_form_come_last() -> None:
    profile = profile_of(EDITIONS["sh-declaration-2022"], "declaration")
    assert profile.place("fields.项目名称") < profile.place("indicators") < profile.place("indicators[0].l1")
    assert profile.place("indicators[0].target") < profile.place("indicators[0].tier") < profile.place("somewhere")


def test_finding_paths() -> None:
    def at(form: str, where: str) -> Finding:
        return Finding("V01", Severity.CONFIRM, 0, form, where, "", "", (where,))  # type: ignore[arg-type]  any form

    assert at("evaluation", "funds[0].得分").path == "evaluation.funds[0].得分"
    assert at("narrative", "narrative.sections[5]").path == "narrative.sections[5].text"
    assert at("narrative", "narrative.sections").path == "narrative.sections"
    assert at("booklet", "booklet.title").path == "booklet.title"


def test_a_set_is_what_the_package_adds_to_its_projects() -> None:
    twins = Package((changed("申2025"), changed("申2025")), Booklet("编报册", "编报绩效目标的项目3个。"))
    alone = [one for at, project in enumerate(twins.projects) for one in check_project(project, EDITIONS, index=at)]
    together = check_set(twins, EDITIONS)
    assert {one.id for one in together} == {"B09", "G07", "X01"}
    assert sorted(alone + together, key=repr) == sorted(check_package(twins, EDITIONS), key=repr)
    assert check_set(twins, EDITIONS, switches={"B09": False, "G07": False}) == [
        one for one in together if one.id == "X01"
    ]
