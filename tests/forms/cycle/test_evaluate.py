from __future__ import annotations

import pytest
from hypothesis import given

from forms.checks import check_project
from forms.cycle.evaluate import evaluation_of, locked_rows, reasons, renamed, scored, scoring_edit, unlocking
from forms.documents import Declaration, Indicator, Project
from forms.edits import Edit, Put
from forms.known_editions import Editions
from forms.package import project_from_plain, project_to_plain
from forms.scoring import TIERS
from tests.strategies import plain_projects

EDITIONS = Editions()
EVALUATED = EDITIONS["sh-evaluation-2025"]
DECLARED = EDITIONS["sh-songjiang-declaration-2025"]
ROWS = (
    Indicator("成本指标", "经济成本指标", "场地费", "≤3.00(万元)"),
    Indicator("产出指标", "数量指标", "培训场次", "≥8.00(场)"),
    Indicator("效益指标", "社会效益指标", "就业率", "≥60.00(%)"),
    Indicator("满意度指标", "服务对象满意度指标", "满意度", "≥85.00(%)"),
)
FUNDS = {"年度资金申请总额": "60,000.00", "当年财政拨款": "50,000.00", "上年结转资金": "10,000.00", "年度其他资金": ""}
DECLARATION = Declaration(
    "sh-songjiang-declaration-2025",
    2025,
    {"项目名称": "培训", "主管部门": "某局", "实施单位": "某中心", "项目性质": "其他"},
    FUNDS,
    annual_goal="办班8场",
    indicators=ROWS,
)


def made() -> Project:
    return Project(None, DECLARATION, evaluation_of(DECLARATION, DECLARED, EVALUATED))


def found(project: Project) -> list[str]:
    return [one.message for one in check_project(project, EDITIONS) if one.id == "S21"]


def test_what_was_declared_comes_along_and_what_was_done_is_blank() -> None:
    evaluation = evaluation_of(DECLARATION, DECLARED, EVALUATED)
    assert evaluation.fields == {"项目名称": "培训", "主管部门": "某局", "实施单位": "某中心"}
    assert [(row["年初预算数"], row["全年预算数"], row["全年执行数"]) for row in evaluation.funds] == [
        ("60,000.00", "60,000.00", ""),
        ("50,000.00", "50,000.00", ""),
        ("10,000.00", "10,000.00", ""),
        ("", "", ""),
    ]
    assert (evaluation.expected, evaluation.actual, evaluation.total_points) == ("办班8场", "", "100")
    assert [(one.target, one.actual, one.points, one.score) for one in evaluation.indicators] == [
        ("≤3.00(万元)", "", "20", ""),
        ("≥8.00(场)", "", "40", ""),
        ("≥60.00(%)", "", "20", ""),
        ("≥85.00(%)", "", "10", ""),
    ]


def test_an_edition_of_declarations_is_refused() -> None:
    with pytest.raises(ValueError, match="no edition of evaluations"):
        evaluation_of(DECLARATION, DECLARED, EDITIONS["sh-declaration-2025"])


def test_a_row_is_locked_until_a_reason_is_on_record() -> None:
    project = made()
    evaluation = project.evaluation
    assert evaluation is not None
    assert locked_rows(evaluation) == {0, 1, 2, 3}
    assert found(project) == []
    changed = Edit("", (Put(("evaluation", "indicators", 1, "target"), "≥8.00(场)", "≥6.00(场)"),)).apply(project)
    assert len(found(changed)) == 1
    with pytest.raises(ValueError, match="reason"):
        unlocking(evaluation, 1, " \n")
    freed = unlocking(evaluation, 1, "预算调减，经财政部门批准").apply(project)
    assert freed.evaluation is not None
    assert locked_rows(freed.evaluation) == {0, 2, 3}
    assert reasons(freed.evaluation) == {"培训场次": "预算调减，经财政部门批准"}
    changed = Edit("", (Put(("evaluation", "indicators", 1, "target"), "≥8.00(场)", "≥6.00(场)"),)).apply(freed)
    assert found(changed) == []


def test_a_reason_goes_along_with_another_name() -> None:
    project = unlocking(evaluation_of(DECLARATION, DECLARED, EVALUATED), 1, "名称写错").apply(made())
    evaluation = project.evaluation
    assert evaluation is not None
    put = renamed(evaluation, "培训场次", "培训班场次")
    assert put is not None
    rename = Edit("", (Put(("evaluation", "indicators", 1, "l3"), "培训场次", "培训班场次"), put))
    assert found(rename.apply(project)) == []
    assert renamed(evaluation, "场地费", "场租") is None
    assert renamed(evaluation, "培训场次", " ") is None


def test_an_evaluation_that_was_typed_is_not_locked() -> None:
    evaluation = evaluation_of(DECLARATION, DECLARED, EVALUATED)._replace(extra={})
    assert locked_rows(evaluation) == frozenset()
    strange = evaluation._replace(extra={"declared": [7, {"l1": "成本指标"}], "change_reasons": [1]})
    assert locked_rows(strange) == frozenset()
    assert reasons(strange) == {}


def test_a_row_that_was_added_is_not_locked() -> None:
    evaluation = evaluation_of(DECLARATION, DECLARED, EVALUATED)
    more = evaluation._replace(indicators=(*evaluation.indicators, Indicator("产出指标", "数量指标", "新的")))
    assert 4 not in locked_rows(more)


@given(plain_projects())
def test_made_from_any_declaration_nothing_differs_from_it(project: Project) -> None:
    if project.declaration is None:
        return
    whole = Project(None, project.declaration, evaluation_of(project.declaration, DECLARED, EVALUATED))
    assert found(whole) == []
    assert project_from_plain(project_to_plain(whole), EDITIONS) == whole


# ---------------------------------------------------------------- scores

ROW = Indicator("产出指标", "数量指标", "场次", "≥10场", points="10")


@pytest.mark.parametrize(
    ("before", "after", "score"),
    [
        (ROW, ROW._replace(actual="8场"), "8"),
        (ROW._replace(actual="8场", score="8"), ROW._replace(actual="9场", score="8"), "9"),
        (ROW._replace(actual="8场", score="7"), ROW._replace(actual="9场", score="7"), "7"),
        (ROW._replace(actual="8场", score="8"), ROW._replace(actual="", score="8"), ""),
        (ROW._replace(actual="8场", score="8"), ROW._replace(actual="8场", score="6"), "6"),
        (ROW._replace(actual="8场"), ROW._replace(actual="8场", score="6"), "6"),
        (ROW._replace(actual="完成"), ROW._replace(actual="完成", tier=TIERS[0]), "10"),
        (ROW, ROW._replace(actual="较好"), ""),
    ],
)
def test_a_score_follows_what_is_typed_unless_it_is_the_clerks_own(
    before: Indicator, after: Indicator, score: str
) -> None:
    assert scored(before, after, EVALUATED).score == score


def test_blank_scores_are_filled_by_formula_in_one_step() -> None:
    evaluation = evaluation_of(DECLARATION, DECLARED, EVALUATED)
    actual = ("2.5万元", "6场", "完成", "90%")
    rows = tuple(one._replace(actual=text) for one, text in zip(evaluation.indicators, actual, strict=True))
    rows = (*rows[:3], rows[3]._replace(score="9"))
    project = Project(None, None, evaluation._replace(indicators=rows))
    assert project.evaluation is not None
    edit, count = scoring_edit(project.evaluation, EVALUATED)
    assert (edit.name, count) == ("按公式打分 2 条", 2)
    after = edit.apply(project).evaluation
    assert after is not None
    assert [one.score for one in after.indicators] == ["20", "30", "", "9"]
