from __future__ import annotations

from dataclasses import replace

from desktop.presenters.booklets import Plan, booklet, key, ordered, plan_from, remarks, usual, with_plan
from desktop.presenters.new_project import make
from forms.documents import Declaration, Project
from forms.known_editions import Editions

EDITIONS = Editions()


def project(name: str, amount: str = "800,000.00") -> Project:
    made = make(EDITIONS["sh-songjiang-declaration-2025"], 2025, "某中心", name)
    return made._replace(declaration=made.declaration._replace(funds={"年度资金申请总额": amount}))


SET = [project("甲"), project("乙", "200,000.00")]
PLAN = Plan("某中心编报册", "共【项目数】个项目，【金额】万元。", (2, 1))


def test_a_set_has_a_usual_plan_until_something_is_decided() -> None:
    plan = plan_from({}, SET)
    assert plan == usual(SET)
    assert plan.title == "某中心2025年度项目绩效目标汇总表"
    assert "【项目数】" in plan.statement
    kept = with_plan({}, SET, PLAN)
    assert plan_from(kept, SET) == PLAN
    assert (
        plan_from(kept, [project("甲"), make(EDITIONS["sh-declaration-2025"], 2026, "某中心", "丙")]).title
        != PLAN.title
    )
    assert with_plan(kept, SET, usual(SET)) == {}


def test_what_was_kept_and_cannot_be_read_is_as_usual() -> None:
    assert plan_from([], SET) == usual(SET)
    assert plan_from({key(SET): 7}, SET) == usual(SET)
    odd = {key(SET): {"title": 7, "order": ["x", 2]}}
    assert plan_from(odd, SET) == replace(usual(SET), order=(2,))
    assert plan_from({key(SET): {"order": 7}}, SET) == usual(SET)
    assert with_plan([], SET, PLAN) == with_plan({}, SET, PLAN)


def test_projects_stand_in_the_order_of_the_plan_and_new_ones_after() -> None:
    projects = {1: SET[0], 2: SET[1], 3: project("丙")}
    assert list(ordered(projects, PLAN)) == [2, 1, 3]
    assert list(ordered(projects, Plan(order=(9, 3, 3)))) == [3, 1, 2]


def test_the_figures_of_the_statement_are_derived() -> None:
    assert booklet(PLAN, SET, EDITIONS).statement == "共2个项目，100万元。"
    assert booklet(Plan(), SET, EDITIONS).title == ""


def test_typed_figures_that_are_wrong_are_remarked() -> None:
    wrong = Plan("某中心2025年财政支出项目绩效目标申报表", usual(SET).statement.replace("【项目数】", "3"))
    assert any("3个" in one for one in remarks(wrong, SET, EDITIONS))
    assert not any("个，实有" in one for one in remarks(usual(SET), SET, EDITIONS))
    assert remarks(PLAN, [Project(declaration=Declaration("unknown", 2025))], EDITIONS) == ()
