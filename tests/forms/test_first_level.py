from __future__ import annotations

from forms.documents import Declaration, Package, Project
from forms.first_level import assigning, common_first_level, first_level_of
from forms.known_editions import Editions
from forms.printing.statement import statement

EDITIONS = Editions()

PROJECT = Project(
    declaration=Declaration(
        "sh-songjiang-declaration-2025", 2025, {"实施单位": "某中心"}, {"年度资金申请总额": "800000"}
    ),
    extra={"x-id": 7},
)


def test_a_project_is_made_a_part_and_taken_out_again() -> None:
    part = assigning(PROJECT, " 业务\x00发展 ").apply(PROJECT)
    assert first_level_of(part) == "业务发展"
    assert part.extra["x-id"] == 7
    assert assigning(part, "业务发展").is_empty
    out = assigning(part, " ")
    assert out.name == "取消归入一级项目"
    assert out.apply(part) == PROJECT


def test_what_is_no_text_is_none() -> None:
    assert first_level_of(PROJECT._replace(extra={"first_level": 7})) == ""


def test_the_statement_names_the_one_that_all_projects_are_parts_of() -> None:
    part = assigning(PROJECT, "业务发展").apply(PROJECT)
    assert common_first_level([part, part]) == "业务发展"
    assert common_first_level([part, PROJECT]) == ""
    assert common_first_level([]) == ""
    assert "“业务发展”项目包含二个二级项目" in statement(Package((part, part)), EDITIONS)
    assert "二级项目" not in statement(Package((part, PROJECT)), EDITIONS)
