from __future__ import annotations

from hypothesis import given

from forms.comparison import differences_table, years_table
from forms.differences import differences
from forms.documents import Declaration, Evaluation, Indicator, Project
from tests.strategies import plain_projects

SCENES = Indicator("产出指标", "数量指标", "举办培训场次", "≥8场")
PASSED = Indicator("产出指标", "质量指标", "考核通过率", "≥90%")
CONTENT = Indicator("满意度指标", "服务对象满意度指标", "学员满意度", "≥85%")


def declared(year: int, *rows: Indicator) -> Project:
    return Project(declaration=Declaration("sh-declaration-2025", year, {"项目名称": "培训"}, indicators=rows))


def test_differences_are_listed_with_both_texts() -> None:
    old, new = declared(2025, SCENES), declared(2025, SCENES._replace(target="≥10场"))
    table = differences_table(old, new, ("第1稿", "现在"))
    assert table.name == "对照表（第1稿与现在）"
    assert len(table.rows) == 1
    assert table.rows[0][0] == "1"
    assert table.rows[0][-2:] == ("≥8场", "≥10场")
    assert table.notes == ()


def test_of_long_texts_the_beginning_is_shown() -> None:
    old, new = declared(2025), declared(2025)
    new = new._replace(declaration=new.declaration._replace(annual_goal="目标" * 200))
    assert differences_table(old, new, ("甲", "乙")).rows[0][-2:] == ("—", "目标" * 100 + "…")


def test_equal_states_say_so() -> None:
    table = differences_table(declared(2025, SCENES), declared(2025, SCENES), ("甲", "乙"))
    assert (table.rows, table.notes) == ((), ("两者内容相同，没有差异。",))


def test_years_and_evaluation_stand_side_by_side() -> None:
    last = declared(2025, SCENES, CONTENT)
    this = declared(2026, SCENES._replace(target="≥10场"), PASSED)
    done = (SCENES._replace(target="≥10场", actual="9场", points="50", score="45"), CONTENT._replace(actual="88%"))
    this = this._replace(evaluation=Evaluation("sh-evaluation-2025", 2026, indicators=done))
    table = years_table(last, this)
    assert [one.label for one in table.columns[3:]] == ["2025年指标值", "2026年指标值", "2026年完成值", "得分/分值"]
    assert [row[2:] for row in table.rows] == [
        ("举办培训场次", "≥8场", "≥10场", "9场", "45/50"),
        ("考核通过率", "—", "≥90%", "—", "—"),
        ("学员满意度", "—", "—", "88%", "—/—"),
        ("学员满意度", "≥85%", "—", "—", "—"),
    ]


def test_without_last_year_or_form_it_is_blank() -> None:
    assert years_table(None, Project()).rows == ()
    assert [row[3] for row in years_table(None, declared(2026, SCENES)).rows] == ["—"]
    assert years_table(Project(), declared(2026)).rows == ()


@given(plain_projects(), plain_projects())
def test_any_two_projects_can_be_compared(old: Project, new: Project) -> None:
    table = differences_table(old, new, ("甲", "乙"))
    assert len(table.rows) == len(differences(old, new))
    years = years_table(old, new)
    for one in (table, years):
        assert all(len(row) == len(one.columns) for row in one.rows)
