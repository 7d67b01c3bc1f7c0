from __future__ import annotations

from desktop.presenters.comparing import last_year, partners
from desktop.presenters.new_project import make
from desktop.presenters.tables import comparison, file_name, nothing_to_show, sheets, side_by_side
from forms.documents import Declaration, Project
from forms.known_editions import Editions
from forms.tables import Chart, Table
from tests.desktop.presenters.listed_rows import listed

EDITIONS = Editions()


ROWS = [
    listed(1, "甲中心", 2026, "2026年培训"),
    listed(2, "甲中心", 2024, "2024年培训"),
    listed(3, "甲中心", 2025, "宣传"),
    listed(4, "甲中心", 2025, "2025年 培训"),
    listed(5, "乙中心", 2025, "2025年培训"),
    listed(6, "甲中心", None, ""),
]
PROJECT = make(EDITIONS["sh-declaration-2025"], 2026, "甲中心", "2026年培训")


def test_the_likeliest_partners_come_first() -> None:
    found = partners(1, PROJECT, ROWS, [(7, "第2稿"), (6, "第1稿")])
    assert [(one.project, one.copy) for one in found] == [
        (1, 7),
        (1, 6),
        (4, None),
        (2, None),
        (5, None),
        (3, None),
        (6, None),
    ]
    assert found[2].words == "2025年 培训（甲中心，2025年）"
    assert found[-1].words == "未命名项目（甲中心，年）"


def test_last_years_project_has_the_same_unit_and_name() -> None:
    assert last_year(1, PROJECT, ROWS) == 4
    assert last_year(1, PROJECT, ROWS[:3]) is None
    assert last_year(1, Project(), []) is None


def evaluated(name: str) -> Project:
    return make(EDITIONS["sh-evaluation-2025"], 2025, "甲中心", name)


def test_tables_are_made_of_what_has_such_a_form() -> None:
    strange = Project(declaration=Declaration("unknown", 2025))
    projects = [PROJECT, strange, evaluated("甲"), evaluated("乙")]
    (declared,) = sheets("declared", projects, EDITIONS)
    (results,) = sheets("evaluated", projects, EDITIONS)
    assert isinstance(declared, Table)
    assert isinstance(results, Table)
    assert (len(declared.rows), len(results.rows)) == (1, 2)
    assert len(sheets("working", projects, EDITIONS)) == 2
    charts = sheets("charts", projects, EDITIONS)
    assert [type(one) for one in charts] == [Chart] * 3
    assert len(sheets("charts", projects[:3], EDITIONS)) == 1
    for kind in ("declared", "evaluated", "working", "charts"):
        assert sheets(kind, [Project()], EDITIONS) == []
        assert nothing_to_show(kind).endswith("。")


def test_comparisons_are_tables_with_names_for_files() -> None:
    other = PROJECT._replace(declaration=PROJECT.declaration._replace(annual_goal="新的目标"))
    (found,) = comparison(PROJECT, other, ("第1稿", "现在的内容"))
    assert isinstance(found, Table)
    assert len(found.rows) == 1
    assert file_name([found]) == "对照表（第1稿与现在的内容）"
    assert file_name([]) == "未命名项目"
    assert len(side_by_side(None, PROJECT)) == 1
