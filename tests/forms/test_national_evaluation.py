"""The national 自评表 counts in 万元: nothing is rounded but what is printed, and checks and scores count in 元."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from forms.checks import check_project
from forms.documents import Package, Project
from forms.known_editions import Editions
from forms.package import parse_package, read_package, write_package
from forms.printing import print_package
from forms.scoring import derived
from forms.working import working

EDITIONS = Editions()
NATIONAL = "cn-evaluation-2020"
SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "public-culture-evaluation-2024.json"
FIGURES = ("年初预算数", "全年预算数", "全年执行数")


@pytest.fixture(scope="module")
def project() -> Project:
    """A sample of Shanghai with its amounts in 万元, to the 元."""
    (one,) = read_package(SAMPLE, EDITIONS).projects
    assert one.evaluation is not None
    funds = tuple(
        {key: str(float(text.replace(",", "")) / 10_000) if key in FIGURES else text for key, text in row.items()}
        for row in one.evaluation.funds
    )
    return one._replace(evaluation=one.evaluation._replace(edition=NATIONAL, funds=funds))


def test_it_is_marked_as_never_compared_with_the_original() -> None:
    assert EDITIONS[NATIONAL].evidence == "记忆"
    assert not EDITIONS[NATIONAL].verified
    assert EDITIONS.for_new("evaluation", 2025)[0].id != NATIONAL, "what was seen more of comes first"


def test_checks_and_scores_count_in_yuan(project: Project) -> None:
    assert project.evaluation is not None
    assert [one for one in check_project(project, EDITIONS) if one.id.startswith("M")] == []
    found = derived(project.evaluation, EDITIONS[NATIONAL])
    assert (found.execution_rate, found.execution_score) == ("95.47%", "9.55")


def test_the_working_counts_as_the_form_does(project: Project) -> None:
    assert project.evaluation is not None
    execution = working(project.evaluation, EDITIONS[NATIONAL])[0]
    assert (execution.target, execution.actual) == ("114.00", "108.832")
    assert execution.formula.startswith("全年执行数 108.832 ÷ 全年预算数 114.00 × 100% = 95.47%")


def test_it_prints_two_decimals_of_ten_thousands(project: Project) -> None:
    printed = print_package(Package((project,)), EDITIONS)
    words = "".join(pypdf.PdfReader(BytesIO(printed.pdf)).pages[0].extract_text().split())
    assert "项目支出绩效自评表" in words
    assert "（万元）" in words
    assert "108.83" in words
    assert "108.832" not in words


def test_the_file_keeps_what_was_typed(project: Project) -> None:
    again = parse_package(write_package(Package((project,))), "x.json", EDITIONS).projects[0]
    assert again == project
    assert again.evaluation is not None
    assert again.evaluation.funds[0]["全年执行数"] == "108.832"
