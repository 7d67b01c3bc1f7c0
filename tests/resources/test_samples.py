"""The sample projects: what a newcomer meets first must itself be right, and be ours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.texts import RESOURCES
from forms.checks import Finding, Severity, check_package
from forms.documents import NARRATIVE_TITLES, Declaration, Evaluation, Package
from forms.known_editions import Editions
from forms.money import parse_amount
from forms.package import parse_package, read_package, write_package
from forms.printing import PrintOptions, print_package
from forms.reading import sq
from forms.scoring import derived
from forms.value_style import restyle
from forms.values import parse
from tests.published import FOLDER, published

EDITIONS = Editions()
PATHS = sorted((RESOURCES / "samples").glob("*.json"))
PACKAGES = {path.stem: read_package(path, EDITIONS) for path in PATHS}
PROJECTS = [(stem, project) for stem, package in PACKAGES.items() for project in package.projects]
DECLARATIONS = [project.declaration for _, project in PROJECTS if project.declaration is not None]
EVALUATIONS = [project.evaluation for _, project in PROJECTS if project.evaluation is not None]
FORMS: list[Declaration | Evaluation] = [*DECLARATIONS, *EVALUATIONS]
CHECKER = FOLDER.parent / "tools" / "check_pdf.py"

MISTAKES = {
    "数字文化馆平台运行": {"M02": Severity.ERROR, "T05": Severity.WARNING},
    "产地环境与投入品监测": {"C01": Severity.CONFIRM, "I10": Severity.CONFIRM, "G05": Severity.WARNING},
}
"""What was put in on purpose, so that a newcomer sees what the checks say. Everything else is clean."""

each_package = pytest.mark.parametrize("stem", list(PACKAGES))


def label(form: Declaration | Evaluation) -> str:
    """How a form is called in the list of tests."""
    return f"{form.fields['项目名称']}{form.year}"


def by_project(findings: list[Finding], package: Package) -> dict[str, list[Finding]]:
    """The findings by name of their project; those of the booklet are under its title."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        name = "booklet" if one.form == "booklet" else package.projects[one.project].name
        found.setdefault(name, []).append(one)
    return found


# ---------------------------------------------------------------- what there is


def test_the_samples_show_what_the_program_can_do() -> None:
    assert len({project.unit for _, project in PROJECTS}) >= 3
    assert 8 <= len(PROJECTS) <= 15
    assert {2024, 2025, 2026} <= {project.year for _, project in PROJECTS}
    used = {form.edition for _, project in PROJECTS for _, form in project.forms}
    # A form that was never compared with its original is shipped without a sample.
    assert used == {key for key, edition in EDITIONS.items() if edition.evidence != "记忆"}
    assert {form.year for form in EVALUATIONS} == {2024, 2025}


def test_names_are_invented_and_told_apart() -> None:
    assert all(project.unit.startswith("示例") for _, project in PROJECTS)
    assert all(form.fields["主管部门"].startswith("示例") for form in FORMS)
    assert all(path.name.isascii() for path in PATHS)


def test_a_form_with_24_indicators() -> None:
    assert 24 in {len(form.indicators) for form in DECLARATIONS}


def test_a_goal_of_more_than_800_characters() -> None:
    assert max(len(sq(form.annual_goal)) for form in DECLARATIONS) > 800


def test_a_project_over_several_years() -> None:
    form = next(form for form in DECLARATIONS if form.fields.get("项目性质") == "阶段性项目")
    total, annual = (parse_amount(form.funds[key]) for key in ("项目资金总额", "年度资金申请总额"))
    assert total is not None
    assert annual is not None
    assert total > annual
    assert form.overall_period is not None
    assert form.overall_period.start < form.overall_period.end
    assert form.overall_goal


def test_units_of_the_songjiang_form_have_narratives_with_seven_sections() -> None:
    for _, project in PROJECTS:
        form = project.declaration
        if form is None or form.edition not in ("sh-songjiang-declaration-2025", "sh-declaration-2022"):
            continue
        assert project.narrative is not None
        assert tuple(section.title for section in project.narrative.sections) == NARRATIVE_TITLES
        assert all(section.text for section in project.narrative.sections)


def test_the_booklet_counts_and_sums_its_projects() -> None:
    (package,) = (package for package in PACKAGES.values() if package.booklet is not None)
    assert package.booklet is not None
    unit = package.projects[0].unit
    assert package.booklet.title == f"{unit}2025年财政支出项目绩效目标申报表"
    forms = [project.declaration for project in package.projects if project.declaration is not None]
    amounts = [parse_amount(form.funds["年度资金申请总额"]) for form in forms]
    total = sum((amount for amount in amounts if amount is not None), Decimal(0)) / 10_000
    assert f"编报绩效目标的项目{len(package.projects)}个" in package.booklet.statement
    assert f"涉及项目预算资金{total.normalize():f}万元" in package.booklet.statement


@pytest.mark.parametrize("form", FORMS, ids=label)
def test_values_are_written_in_the_style_of_their_edition(form: Declaration | Evaluation) -> None:
    style = EDITIONS[form.edition].value_style
    for row in form.indicators:
        value = parse(row.target)
        if value.kind == "number" and style.decimals == "two-except-counts":
            assert re.search(r"\d\.\d\d\(", row.target), row.target  # one style throughout, or V23 speaks up
        elif value.kind == "number" and style.decimals != "none":
            assert restyle(value, style).raw == row.target
        elif value.kind == "number":
            assert re.fullmatch(r"(>=|<=|=)\d+(\.\d+)?[^\d()≥≤.]+", row.target), row.target


@pytest.mark.parametrize("form", EVALUATIONS, ids=label)
def test_evaluations_are_worked_out_right(form: Evaluation) -> None:
    figures = derived(form, EDITIONS[form.edition])
    assert (form.funds[0]["执行率"], form.funds[0]["得分"], form.total_score) == (
        figures.execution_rate,
        figures.execution_score,
        figures.total_score,
    )
    assert sum(float(row.points) for row in form.indicators) + 10 == float(form.total_points) == 100
    assert any(float(row.score) < float(row.points) for row in form.indicators)
    assert all(row.reason not in ("", "无") for row in form.indicators if float(row.score) < float(row.points))


@each_package
def test_samples_are_written_as_the_program_writes(stem: str) -> None:
    data = (RESOURCES / "samples" / f"{stem}.json").read_bytes()
    assert write_package(parse_package(data, stem, EDITIONS)) == data


# ---------------------------------------------------------------- what the checks say


@each_package
def test_the_checks_find_the_deliberate_mistakes_and_nothing_else(stem: str) -> None:
    package = PACKAGES[stem]
    found = by_project(check_package(package, EDITIONS), package)
    for name in ("booklet", *(project.name for project in package.projects)):
        assert {one.id: one.severity for one in found.get(name, [])} == MISTAKES.get(name, {})


def test_the_deliberate_mistakes_are_in_two_projects() -> None:
    names = [project.name for _, project in PROJECTS]
    assert [names.count(name) for name in MISTAKES] == [1, 1]


# ---------------------------------------------------------------- whose words they are


def typed(plain: Any) -> Iterator[str]:
    """The texts of a package that a clerk wrote: no titles of sections, editions, code lists, dates."""
    if isinstance(plain, list):
        for one in plain:
            yield from typed(one)
    elif isinstance(plain, dict):
        for key, one in plain.items():
            if key not in ("format", "edition", "title", "row", "l1", "l2", "项目性质", "项目类别"):
                yield from typed(one)
    elif isinstance(plain, str):
        yield plain


def pieces(text: str) -> list[str]:
    """A text without white space, cut at titles of documents, names of forms and dates, which are everybody's."""
    names = "|".join(edition.title for edition in EDITIONS.values())
    return re.split(rf"《[^》]*》|{names}|\d{{4}}年\d+月\d+日前?|\d{{4}}-\d\d-\d\d", sq(text))


@pytest.mark.published
def test_no_run_of_14_characters_is_taken_from_the_published_forms() -> None:
    if not published():
        pytest.skip("the published forms do not lie beside this checkout (../shared/published)")
    length = 14
    theirs = "\n".join(sq(text) for path in published() for text in typed(json.loads(path.read_text("utf-8"))))
    for path in PATHS:
        for text in typed(json.loads(path.read_text("utf-8"))):
            for piece in pieces(text):
                runs = (piece[at : at + length] for at in range(len(piece) - length + 1))
                assert not [run for run in runs if run in theirs]


# ---------------------------------------------------------------- on paper


@each_package
def test_samples_print_and_pass_the_judge_of_pdfs(stem: str, tmp_path: Path) -> None:
    package = PACKAGES[stem]
    printed = print_package(package, EDITIONS, PrintOptions(booklet=package.booklet is not None))
    assert printed.pages >= len(package.projects)
    if not CHECKER.is_file():
        return  # printed is what can be said without the judge, which lies beside the checkout
    pdf = tmp_path / f"{stem}.pdf"
    pdf.write_bytes(printed.pdf)
    command = [sys.executable, str(CHECKER), str(RESOURCES / "samples" / f"{stem}.json"), str(pdf)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
