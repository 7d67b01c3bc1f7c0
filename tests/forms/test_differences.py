"""What differs, in words; nothing exactly where the check codes are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.check_code import check_code
from forms.differences import differences, in_words, matched
from forms.documents import (
    Declaration,
    Evaluation,
    Indicator,
    Narrative,
    Period,
    Project,
    Section,
    empty_narrative,
    get,
    parse_path,
)
from tests.strategies import edits, plain_projects, projects

ROWS = (
    Indicator("产出指标", "数量指标", "调研次数", "≥3次"),
    Indicator("产出指标", "质量指标", "验收合格率", "100%"),
    Indicator("满意度指标", "服务对象满意度", "受访单位满意度", "≥85%"),
)
FORM = Declaration(
    "sh-declaration-2025",
    2025,
    {"项目名称": "产业调研", "项目负责人": ""},
    {"年度资金申请总额": "800,000.00"},
    Period(2025, 2025),
    annual_goal="完成全市重点产业调研三次，形成报告并提交主管部门使用，受访单位满意度不低于85%。",
    indicators=ROWS,
)
PROJECT = Project(declaration=FORM)


def told(form: Declaration) -> list[str]:
    return [one.sentence for one in differences(PROJECT, PROJECT._replace(declaration=form))]


def with_rows(*rows: Indicator) -> list[str]:
    return told(FORM._replace(indicators=rows))


def test_short_texts_are_quoted() -> None:
    assert told(FORM._replace(fields={"项目名称": "产业调查"})) == ["申报表·项目名称：“产业调研”改为“产业调查”"]
    assert told(FORM._replace(fields={**FORM.fields, "项目负责人": "张三"})) == ["申报表·项目负责人：补填“张三”"]
    assert told(FORM._replace(funds={})) == ["申报表·年度资金申请总额：删去“800,000.00”"]
    assert told(FORM._replace(year=2026, overall_period=None)) == [
        "申报表·年度：“2025”改为“2026”",
        "申报表·项目周期：删去“2025年至2025年”",
    ]


def test_of_long_texts_the_changes_are_counted() -> None:
    goal = FORM.annual_goal.replace("三次", "四次").replace("85%", "90%").replace("并提交", "提交")
    assert told(FORM._replace(annual_goal=goal)) == ["申报表·年度总体目标：改了3处，先是“三”改为“四”"]
    assert in_words("一二三四五六七八九十" * 3, "一二三四五六七八九十" * 3 + "。") == "改了1处，先是加上“。”"
    assert in_words("一二三四五六七八九十" * 3, "二三四五六七八九十" + "一二三四五六七八九十" * 2) == (
        "改了1处，先是删去“一”"
    )
    assert in_words("", "字" * 40) == f"补填“{'字' * 23}…”"


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (
            (ROWS[0]._replace(target="≥4次"), *ROWS[1:]),
            ["申报表·指标“调研次数”：指标值“≥3次”改为“≥4次”"],
        ),
        (
            (ROWS[0], ROWS[1]._replace(l3="报告验收合格率"), ROWS[2]),
            ["申报表·指标“验收合格率”：指标名称“验收合格率”改为“报告验收合格率”"],
        ),
        (
            (ROWS[0], ROWS[1]._replace(l3="通过率"), ROWS[2]),  # another name, but levels and value tell
            ["申报表·指标“验收合格率”：指标名称“验收合格率”改为“通过率”"],
        ),
        (
            (ROWS[0]._replace(l3="完成调研的次数", target="≥4次"), *ROWS[1:]),  # the name is like
            [
                "申报表·指标“调研次数”：指标名称“调研次数”改为“完成调研的次数”",
                "申报表·指标“调研次数”：指标值“≥3次”改为“≥4次”",
            ],
        ),
        (
            (*ROWS, Indicator("产出指标", "时效指标", "完成时间", "12月底前"), Indicator("a", "")),
            ["申报表：新增指标“完成时间”（产出指标—时效指标，12月底前）", "申报表：新增指标（未命名）（a）"],
        ),
        (ROWS[1:], ["申报表：删除指标“调研次数”（产出指标—数量指标，≥3次）"]),
        ((ROWS[1], ROWS[0], ROWS[2]), ["申报表：指标的次序有变动"]),
        (
            (ROWS[0]._replace(l2="质量指标"), *ROWS[1:]),
            ["申报表·指标“调研次数”：从“产出指标—数量指标”移到“产出指标—质量指标”"],
        ),
    ],
)
def test_indicators_are_matched_sensibly(rows: tuple[Indicator, ...], sentences: list[str]) -> None:
    assert with_rows(*rows) == sentences


def test_nameless_and_equal_rows_are_matched_in_their_order() -> None:
    same = Indicator("a", "b")
    assert matched((same, same), (same, same, same)) == [(0, 0), (1, 1)]
    many = tuple(Indicator("a", "b", f"名{n}" * 9) for n in range(201))
    assert matched(many, tuple(row._replace(l3=f"{row.l3}改") for row in many)) == []


def test_forms_and_narratives_that_come_and_go() -> None:
    both = Project(empty_narrative(), FORM, Evaluation("sh-evaluation-2025", 2025))
    assert [one.sentence for one in differences(PROJECT, both)] == ["新增了自评表", "新增了项目经费情况说明"]
    assert [one.sentence for one in differences(both, PROJECT)] == ["删除了自评表", "删除了项目经费情况说明"]
    longer = both._replace(narrative=Narrative((Section("一、项目概述", "新"),)))
    assert [one.sentence for one in differences(both, longer)][:2] == [
        "项目经费情况说明：由7节改为1节",
        "项目经费情况说明·一、项目概述：补填“新”",
    ]


def test_funds_of_an_evaluation_are_named_by_row_and_column() -> None:
    before = Evaluation("sh-evaluation-2025", 2025, funds=({"row": "年度资金总额", "全年执行数": "1"}, {}))
    after = before._replace(funds=({"row": "年度资金总额", "全年执行数": "2"}, {"得分": "3"}, {"row": "其他"}))
    found = differences(Project(evaluation=before), Project(evaluation=after))
    assert [one.sentence for one in found] == [
        "自评表·资金的行数：“2”改为“3”",
        "自评表·年度资金总额的全年执行数：“1”改为“2”",
        "自评表·第2行的得分：补填“3”",
        "自评表·资金行名：补填“其他”",
    ]
    assert get(Project(evaluation=after), parse_path(found[1].path)) == "2"


@given(projects(), projects())
def test_nothing_differs_exactly_where_the_codes_are_the_same(old: Project, new: Project) -> None:
    assert (differences(old, new) == ()) == (check_code(old) == check_code(new))


@given(st.data(), plain_projects())
def test_an_edit_shows_exactly_where_it_changes_the_code(data: st.DataObject, old: Project) -> None:
    new = data.draw(edits(old)).apply(old)
    assert (differences(old, new) == ()) == (check_code(old) == check_code(new))
    assert all(one.sentence for one in differences(old, new))
