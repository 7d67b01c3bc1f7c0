"""Every rule on readable cases: ``cases/*.toml``.

Under the id of a rule stand its cases. ``kind``: ``hit``, ``near`` (almost a hit) or ``exclusion`` (the rule holds
back). ``base`` is a form without findings (bases.py); ``put`` writes at paths of the project, ``row`` replaces
indicator rows, ``drop`` takes some away, ``story`` writes sections of the narrative (from 1), ``sections`` keeps the
first ones, ``declared`` adds a declaration with these rows (of ``declared_year``), ``extra`` writes extra keys of the
form, ``carried`` marks places of the base as come from 2024, ``only`` keeps one part. ``projects`` and ``booklet`` make
a set instead. ``switches`` and ``lacks`` (characters without a glyph) go to the check. ``finds`` are the findings of
this rule and no others: ``where, further places: message``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.checks import RULES, Finding, check_package, check_project
from forms.cycle.carried import marked
from forms.documents import (
    NARRATIVE_TITLES,
    Booklet,
    Declaration,
    Evaluation,
    Indicator,
    Package,
    Project,
    get,
    parse_path,
    put,
)
from forms.known_editions import Editions
from tests.forms.checks.bases import BASES

EDITIONS = Editions()
CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]


def cases() -> Iterator[tuple[str, int, Case]]:
    for path in sorted(CASES.glob("*.toml")):
        for rule_id, found in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for number, case in enumerate(found, 1):
                yield rule_id, number, case


def carried(project: Project, paths: list[str]) -> Project:
    """Mark some places as come from 2024."""
    marks = marked(project, 2024).extra["carried"]
    places = {path: text for path, text in marks["places"].items() if path in paths}
    rows = [text for at, text in enumerate(marks["rows"]) if f"declaration.indicators[{at}]" in paths]
    return project._replace(extra={"carried": {**marks, "places": places, "rows": rows}})


def build(case: Case) -> Project:
    """Make the project of a case."""
    known = {"kind", "about", "base", "put", "row", "drop", "story", "sections", "declared", "declared_year"} | {
        "extra",
        "only",
        "carried",
    }
    assert case.keys() <= known | {"switches", "lacks", "finds"}, case
    project = BASES[case["base"]]()
    if "carried" in case:
        project = carried(project, case["carried"])
    form = "declaration" if project.declaration is not None else "evaluation"
    rows = list(get(project, (form, "indicators")))
    for at, row in case.get("row", {}).items():
        rows[int(at)] = Indicator(*row)
    rows = [row for at, row in enumerate(rows) if at not in case.get("drop", [])]
    project = put(project, (form, "indicators"), tuple(rows))
    for number, text in case.get("story", {}).items():
        project = put(project, ("narrative", "sections", int(number) - 1, "text"), text)
    for where, text in case.get("put", {}).items():
        project = put(project, parse_path(where), text)
    if "sections" in case:
        project = put(project, ("narrative", "sections"), get(project, ("narrative", "sections"))[: case["sections"]])
    if "declared" in case:
        rows = [Indicator(*row) for row in case["declared"]]
        year = case.get("declared_year", get(project, (form, "year")))
        project = project._replace(
            declaration=Declaration("sh-songjiang-declaration-2025", year, indicators=tuple(rows))
        )
    if "extra" in case:
        project = put(project, (form, "extra"), case["extra"])
    if "only" in case:
        project = Project(**{case["only"]: getattr(project, case["only"])})
    return project


def find(rule_id: str, case: Case) -> list[Finding]:
    """Run all rules on a case and return what this one found."""
    lacks = case.get("lacks")
    options: dict[str, Any] = {"switches": case.get("switches")}
    if lacks is not None:
        options["has_glyph"] = lambda char: char not in lacks
    if "projects" in case:
        assert case.keys() <= {"kind", "about", "projects", "booklet", "switches", "finds"}, case
        booklet = Booklet(**case["booklet"]) if "booklet" in case else None
        package = Package(tuple(build(one) for one in case["projects"]), booklet)
        found = check_package(package, EDITIONS, **options)
    else:
        found = check_project(build(case), EDITIONS, **options)
    return [one for one in found if one.id == rule_id]


def written(finding: Finding, *, in_set: bool) -> str:
    if in_set:
        return f"[{finding.project}] {finding.where} ({', '.join(finding.places)}): {finding.message}"
    return f"{', '.join(finding.places)}: {finding.message}"


@pytest.mark.parametrize(("rule_id", "case"), [pytest.param(i, case, id=f"{i}-{n}") for i, n, case in cases()])
def test_case(rule_id: str, case: Case) -> None:
    found = find(rule_id, case)
    severity = next(rule.severity for rule in RULES.values() if rule.id == rule_id)
    assert [written(one, in_set="projects" in case) for one in found] == case.get("finds", [])
    assert {one.severity for one in found} <= {severity}
    assert bool(found) == (case["kind"] == "hit")


def test_every_rule_has_a_hit_and_two_others() -> None:
    kinds: dict[str, list[str]] = {}
    for rule_id, _, case in cases():
        kinds.setdefault(rule_id, []).append(case["kind"])
    assert kinds.keys() == {rule.id for rule in RULES.values()}
    for rule_id, found in kinds.items():
        assert "hit" in found, rule_id
        assert "near" in found, rule_id
        assert len(found) > found.count("hit"), rule_id
        assert set(found) <= {"hit", "near", "exclusion"}, rule_id


def test_bases_have_no_findings_at_all() -> None:
    for name, base in BASES.items():
        assert check_project(base(), EDITIONS) == [], name


def test_every_place_found_leads_somewhere() -> None:
    """What the window jumps to and the paper marks: ``path`` can be read in the project."""
    for rule_id, _, case in cases():
        if "projects" not in case:
            project = build(case)
            for finding in find(rule_id, case):
                for path in finding.paths:
                    assert get(project, parse_path(path)) is not None or "funds" in path, (rule_id, path)
                assert finding.path == finding.paths[0]


def test_no_blank_of_a_message_is_left_open() -> None:
    for rule_id, _, case in cases():
        for finding in find(rule_id, case):
            assert "{" not in finding.message
            assert finding.message.strip() == finding.message
            assert finding.source


def test_narrative_titles_are_those_of_the_documents() -> None:
    narrative = BASES["申2025"]().narrative
    assert narrative is not None
    assert tuple(one.title for one in narrative.sections) == NARRATIVE_TITLES


def test_kinds_of_documents() -> None:
    assert isinstance(BASES["评2025"]().evaluation, Evaluation)
