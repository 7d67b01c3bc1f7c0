from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop.presenters.findings import Worst
from desktop.presenters.freezing import FinalCopy, Stamp
from desktop.presenters.new_project import make
from desktop.presenters.register import (
    Facts,
    budget_key,
    facts_of,
    fitting,
    line_of,
    ordered,
    read_budget,
    total_texts,
    totals,
)
from forms.check_code import check_code
from forms.documents import Declaration, Evaluation, Project
from forms.first_level import assigning
from forms.known_editions import Editions
from forms.money import AmountError
from tests.desktop.presenters.listed_rows import listed

EDITIONS = Editions()
NOW = datetime(2026, 3, 5, 9, 0).astimezone()


PROJECT = make(EDITIONS["sh-declaration-2025"], 2026, "甲中心", "培训")


def copy(project: Project, *, stamped: bool = False) -> FinalCopy:
    stamp = Stamp(date(2026, 3, 5), "") if stamped else None
    return FinalCopy(1, 1, 1, NOW, "甲中心", 2026, "培训", check_code(project), stamp)


def test_states_follow_findings_and_final_copies() -> None:
    def state(facts: Facts | None, worst: Worst | None) -> str:
        return line_of(listed(1), facts, worst).texts[5]

    assert state(None, None) == "草稿"
    assert state(Facts(), Worst("error", 2)) == "有错误"
    assert state(Facts(), Worst("confirm", 3, 3)) == "待核对"
    assert state(Facts(), Worst("clean", 0)) == "可定稿"
    assert state(facts_of(PROJECT, [copy(PROJECT)], EDITIONS), Worst("clean", 0)) == "已定稿"
    assert state(facts_of(PROJECT, [copy(PROJECT, stamped=True)], EDITIONS), None) == "已盖章"
    other = PROJECT._replace(declaration=PROJECT.declaration._replace(annual_goal="改过"))
    assert state(facts_of(other, [copy(PROJECT)], EDITIONS), Worst("clean", 0)) == "可定稿（定稿后有改动）"


def test_a_line_says_what_the_project_is() -> None:
    part = assigning(PROJECT, "业务发展").apply(PROJECT)
    line = line_of(listed(1), facts_of(part, [], EDITIONS), None)
    assert line.texts == ("甲中心", "2026", "业务发展", "培训", "申报表", "草稿", "800,000.00", "")
    bare = line_of(listed(2, unit="", year=None, name="", amount=None), None, None)
    assert bare.texts[:4] == ("未填单位", "", "", "未命名项目")
    assert bare.texts[6] == ""


def test_scores_are_those_that_the_form_prints() -> None:
    funds = {"row": "年度资金总额", "全年预算数": "100", "全年执行数": "90", "分值": "10"}
    form = Evaluation("sh-evaluation-2025", 2026, {}, (funds,), total_score="88")
    assert facts_of(Project(evaluation=form), [], EDITIONS).score == 9
    typed = form._replace(funds=())
    assert facts_of(Project(evaluation=typed), [], EDITIONS).score == 88
    assert facts_of(Project(evaluation=form._replace(edition="unknown")), [], EDITIONS).score is None
    assert facts_of(Project(declaration=Declaration("unknown", 2026)), [], EDITIONS).score is None


def test_lines_are_found_by_words_and_ordered_by_columns() -> None:
    lines = [
        line_of(listed(1, name="培训", amount=Decimal(5)), None, None),
        line_of(listed(2, name="宣传", amount=None), None, None),
        line_of(listed(3, unit="乙中心", name="设备", amount=Decimal(40)), Facts(score=Decimal(90)), None),
    ]
    assert [one.id for one in fitting(lines, "甲中心 2026")] == [1, 2]
    assert [one.id for one in fitting(lines, "")] == [1, 2, 3]
    assert [one.id for one in ordered(lines, 6)] == [2, 1, 3]
    assert [one.id for one in ordered(lines, 7, descending=True)] == [3, 1, 2]
    assert [one.id for one in ordered(lines, 0)] == [3, 1, 2]


def test_sums_stand_beside_the_budgets_of_the_units() -> None:
    rows = [
        listed(1),
        listed(2, amount=None),
        listed(3, year=2025, amount=Decimal("1234.5")),
        listed(4, unit="", year=None, amount=Decimal(0)),
    ]
    budgets = {budget_key("甲中心", 2026): "700000", budget_key("甲中心", 2025): "坏"}
    found = [total_texts(one) for one in totals(rows, budgets)]
    assert found == [
        ("甲中心", "2026", "2", "80.00", "70.00", "超 10.00"),
        ("甲中心", "2025", "1", "0.12", "", ""),
        ("未填单位", "", "1", "0.00", "", ""),
    ]
    (total,) = totals([listed(1)], {budget_key("甲中心", 2026): "900000"})
    assert total_texts(total)[-1] == "10.00"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("120", "1200000.00"),
        ("120.5万元", "1205000.00"),
        ("800000元", "800000.00"),
        (" ", ""),
        ("１２０", "1200000.00"),
    ],
)
def test_budgets_are_typed_in_wan(typed: str, kept: str) -> None:
    assert read_budget(typed) == kept


def test_what_is_no_budget_is_refused() -> None:
    with pytest.raises(AmountError):
        read_budget("很多")
