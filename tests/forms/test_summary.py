from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.documents import Declaration, Evaluation, Indicator, Project
from forms.edition import Amounts, Edition
from forms.known_editions import Editions
from forms.money import amount_in
from forms.summary import declared_table, evaluated_table, execution_chart, scores_chart, working_table
from forms.tables import Bar, Table
from tests.strategies import plain_projects

EDITIONS = Editions()
DECLARED, EVALUATED = "sh-songjiang-declaration-2025", "sh-evaluation-2025"


def declared(name: str, amount: str, rows: int = 2, unit: str = "示例中心", year: int = 2025) -> Project:
    fields = {"项目名称": name, "项目性质": "其他经常性项目", "项目类别": "特定目标类", "实施单位": unit}
    indicators = tuple(Indicator("产出指标", "数量指标", f"第{n}项") for n in range(rows))
    return Project(declaration=Declaration(DECLARED, year, fields, {"年度资金申请总额": amount}, indicators=indicators))


def evaluated(name: str, budget: str, spent: str, *scores: str, points: str = "45") -> Project:
    funds = {"row": "年度资金总额", "年初预算数": "100,000.00", "全年预算数": budget, "全年执行数": spent, "分值": "10"}
    rows = tuple(
        Indicator(level, "数量指标", "名称", "≥10场", "10场", points, score)
        for level, score in zip(("产出指标", "效益指标"), scores, strict=False)
    )
    fields = {"项目名称": name, "实施单位": "示例中心"}
    return Project(evaluation=Evaluation(EVALUATED, 2025, fields, (funds,), indicators=rows, total_points="100"))


def test_declarations_are_listed_with_their_sums() -> None:
    table = declared_table([declared("甲", "1515000"), Project(), declared("乙", "200,000.00", 3)], EDITIONS)
    assert table.name == "项目绩效目标汇总表（示例中心，2025年度）"
    assert table.rows == (
        ("1", "甲", "其他经常性项目", "特定目标类", "1,515,000.00", "2"),
        ("2", "乙", "其他经常性项目", "特定目标类", "200,000.00", "3"),
    )
    assert table.totals == ("合计", "2个项目", "", "", "1,715,000.00", "5")


def test_what_is_no_amount_is_blank_and_counts_nothing() -> None:
    table = declared_table([declared("甲", "不详"), declared("乙", "", unit="另一中心", year=2024)], EDITIONS)
    assert [row[4] for row in table.rows] == ["", ""]
    assert table.totals[4] == "0.00"
    assert table.subtitle == "2个单位，2024—2025年度"


def test_nothing_to_list_is_an_empty_table() -> None:
    table = declared_table([], EDITIONS)
    assert (table.rows, table.totals[:2], table.name) == ((), ("合计", "0个项目"), "项目绩效目标汇总表")


def test_evaluations_are_listed_with_rate_score_and_grade() -> None:
    projects = [
        evaluated("甲", "100,000.00", "90,000.00", "45", "45"),
        evaluated("乙", "200,000.00", "100,000.00", "45", "20"),
        evaluated("丙", "0", "0", "45"),
    ]
    table = evaluated_table(projects, EDITIONS)
    assert [row[1:] for row in table.rows] == [
        ("甲", "100,000.00", "100,000.00", "90,000.00", "90.00%", "99.00", "优"),
        ("乙", "100,000.00", "200,000.00", "100,000.00", "50.00%", "70.00", "中"),
        ("丙", "100,000.00", "0.00", "0.00", "—", "—", "—"),
    ]
    assert table.totals == ("合计", "3个项目", "300,000.00", "300,000.00", "190,000.00", "63.33%", "平均84.50", "")
    assert table.notes == (
        "请关注：第1、2项指标得分率比预算执行得分率高5个百分点以上。",
        "请关注：第2项预算结余超过20%。",
    )


def test_without_scores_there_is_no_mean() -> None:
    assert evaluated_table([evaluated("甲", "", "")], EDITIONS).totals[-2] == ""


def test_a_total_that_cannot_be_derived_is_that_of_the_form() -> None:
    project = evaluated("甲", "100", "100", "")
    assert project.evaluation is not None
    given_total = project._replace(evaluation=project.evaluation._replace(total_score="88"))
    assert evaluated_table([given_total], EDITIONS).rows[0][-2:] == ("88.00", "良")


def test_the_working_is_a_table() -> None:
    project = evaluated("甲", "100,000.00", "90,000.00", "45", "40")
    assert project.evaluation is not None
    table = working_table(project.evaluation, EDITIONS[EVALUATED])
    assert table.subtitle == "甲，2025年度"
    assert [row[0] for row in table.rows] == ["预算执行率", "名称", "名称", "总分"]
    assert table.rows[2][-3:] == ("45.00", "40.00", "-5.00")
    assert table.rows[1][-3:] == ("45.00", "45.00", "")


def test_charts_show_shares_of_points_and_of_budgets() -> None:
    project = evaluated("甲", "100,000.00", "90,000.00", "45", "20")
    assert project.evaluation is not None
    chart = scores_chart(project.evaluation, EDITIONS[EVALUATED])
    assert [(one.label, round(one.share, 3), one.text) for one in chart.bars] == [
        ("预算执行率", 0.9, "9.00 / 10"),
        ("产出指标", 1.0, "45.00 / 45"),
        ("效益指标", 0.444, "20.00 / 45"),
    ]
    rates = execution_chart([project, Project(), evaluated("乙", "0", "0")], EDITIONS)
    assert rates.bars == (Bar("甲", 0.9, "90.00%"), Bar("乙", 0.0, "—"))
    assert rates.name == "各项目预算执行率（示例中心，2025年度）"


def test_points_that_are_missing_make_no_share() -> None:
    project = evaluated("甲", "", "", "", points="")
    assert project.evaluation is not None
    bare = project.evaluation._replace(funds=())
    assert {one.share for one in scores_chart(bare, EDITIONS[EVALUATED]).bars} == {0.0}


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12.5", 125_000), ("12.5万元", 125_000), ("3元", 3), ("", None), ("不详", None), ("１２。5", 125_000)],
)
def test_a_bare_amount_counts_in_the_unit_of_the_form(text: str, amount: int | None) -> None:
    assert amount_in(text, Amounts("万元", 10_000)) == (None if amount is None else Decimal(amount))


@given(st.lists(plain_projects(), max_size=4))
def test_any_projects_can_be_summed_up(projects: list[Project]) -> None:
    tables: list[Table] = [declared_table(projects, EDITIONS), evaluated_table(projects, EDITIONS)]
    for one in projects:
        if one.evaluation is not None:
            edition: Edition = EDITIONS[one.evaluation.edition]
            tables.append(working_table(one.evaluation, edition))
            assert all(bar.share >= 0 for bar in scores_chart(one.evaluation, edition).bars)
    for table in tables:
        assert all(len(row) == len(table.columns) for row in (*table.rows, table.totals or table.columns))
    assert len(execution_chart(projects, EDITIONS).bars) == len(tables[1].rows)
