"""The judge of PDFs has nothing to say: about the published forms, singly and bound, nor about forms of any size."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from forms.documents import Booklet, Package, Project
from forms.package import read_package
from tests.forms.printing.samples import (
    EDITIONS,
    EVALUATED,
    FIELDS,
    FILLED,
    FUNDS,
    HUGE,
    SHANGHAI,
    SONGJIANG,
    declaration,
    evaluation,
    judged,
    narrative,
    package,
    prose,
    rows,
)
from tests.published import each_published, published

DECLARATIONS = pytest.mark.parametrize("edition", [SONGJIANG, SHANGHAI, FILLED])
EVALUATIONS = pytest.mark.parametrize("edition", [EVALUATED, "sh-evaluation-2025"])


@pytest.mark.published
@each_published()
@pytest.mark.parametrize(
    "options",
    [{}, {"draft": True, "sign_off": True, "numbers": "official", "footer": True}, {"footer": True, "booklet": True}],
    ids=["", "draft", "footer"],
)
def test_each_published_form(path: Path, options: dict[str, object], tmp_path: Path):
    assert judged(read_package(path, EDITIONS), tmp_path, **options) == []


@pytest.mark.published
@pytest.mark.parametrize("numbers", ["dash", "of"])
def test_published_forms_bound_as_in_their_documents(numbers: str, tmp_path: Path):
    sets = [list(paths) for _, paths in groupby(published(), lambda path: path.stem.rsplit("-", 1)[0])]
    if not sets:
        pytest.skip("the published forms do not lie beside this checkout")
    for paths in sets:
        projects = tuple(read_package(path, EDITIONS).projects[0] for path in paths)
        booklet = Booklet("某某单位2025年财政支出项目绩效目标申报表", prose(120))
        assert judged(Package(projects, booklet), tmp_path, booklet=True, numbers=numbers) == [], paths[0].stem


@DECLARATIONS
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="ordinary"),
        pytest.param({"overall_goal": prose(5000), "annual_goal": prose(5000, 2)}, id="goals of 5000"),
        pytest.param({"annual_goal": prose(1500), "indicators": rows(24, 74, 65)}, id="goal of 1500"),
        pytest.param({"indicators": rows(30, 200, 200)}, id="long names and values"),
        pytest.param({"indicators": rows(200, 12)}, id="200 rows"),
        pytest.param({"indicators": rows(3, 2500, 2500)}, id="rows higher than a page"),
        pytest.param({"indicators": rows(1)}, id="one row"),
        pytest.param({"fields": {"项目名称": prose(80), "主管部门": prose(80)}}, id="long names"),
        pytest.param({"funds": dict.fromkeys(FUNDS, HUGE)}, id="huge amounts"),
        pytest.param(
            {
                "fields": dict.fromkeys(FIELDS, ""),
                "funds": dict.fromkeys(FUNDS, ""),
                "annual_goal": "",
                "indicators": (),
            },
            id="empty",
        ),
        pytest.param(
            {
                "fields": {"项目名称": "𠮷野𡈽 e\u0301"},
                "annual_goal": "<b>&amp;=SUM(A1) " + "A" * 300 + " " + "1" * 300,
                "overall_goal": "W" * 41 + "，" + "http://example.cn/" + "abc/" * 50,
            },
            id="rare characters, markup, endless words",
        ),
    ],
)
def test_declarations_of_any_size(edition: str, changes: dict[str, object], tmp_path: Path):
    assert judged(package(declaration(edition, **changes)), tmp_path) == []


@EVALUATIONS
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="ordinary"),
        pytest.param({"amount": HUGE}, id="huge amounts"),
        pytest.param({"expected": prose(5000), "actual": prose(4000, 2)}, id="goals of 5000"),
        pytest.param({"indicators": rows(12, 60, actual="完成", reason=prose(500))}, id="reasons of 500"),
        pytest.param({"indicators": rows(200, 12, "完成", points="0.5", score="0.5")}, id="200 rows"),
        pytest.param(
            {"fields": dict.fromkeys(FIELDS[:3], ""), "amount": "", "expected": "", "actual": "", "indicators": ()},
            id="empty",
        ),
    ],
)
def test_evaluations_of_any_size(edition: str, changes: dict[str, object], tmp_path: Path):
    form = evaluation(edition, **changes)
    scored = sum(1 for row in form.indicators if row.score)
    total = {200: "110.00", 7: "80.00"}.get(scored, "")
    points = "100" if changes.get("amount") != "" else ""
    one = Project(evaluation=evaluation(edition, **changes, total_points=points, total_score=total))
    assert judged(package(one), tmp_path) == []


def test_long_narratives_and_a_bound_set(tmp_path: Path):
    projects = [Project(narrative(n), declaration(e)) for n, e in ((30, SONGJIANG), (2000, FILLED), (400, SHANGHAI))]
    one = Package(tuple(projects), Booklet(prose(70), prose(900)))
    assert judged(one, tmp_path, booklet=True, footer=True) == []


def test_a_narrative_of_ten_thousand_characters_a_section(tmp_path: Path):
    assert judged(package(Project(narrative(10_000), declaration(FILLED))), tmp_path) == []
