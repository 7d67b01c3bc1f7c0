"""A new project has, blank, what its edition prints."""

from __future__ import annotations

import pytest

from forms.blank import blank_project
from forms.documents import Evaluation, get, parse_path
from forms.edition import Edition
from tests.strategies import EDITIONS


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.id)
def test_every_place_of_the_form_is_there_and_blank(edition: Edition) -> None:
    project = blank_project(edition, 2025, "示例单位")
    ((kind, form),) = project.forms
    assert (kind, form.edition, form.year, form.indicators) == (edition.kind, edition.id, 2025, ())
    for band in edition.bands:
        for cell in band.cells:
            if cell.path is None:
                continue
            found = get(form, parse_path(cell.path))
            if cell.path == "fields.实施单位":
                assert found == "示例单位"
            elif cell.path.endswith("分值"):
                assert found == ("10" if "[0]" in cell.path else "—")
            else:
                assert found == "", cell.path


def test_the_rows_of_funds_are_named_as_published_ones() -> None:
    form = blank_project(EDITIONS["sh-evaluation-2022"], 2023, "").evaluation
    assert isinstance(form, Evaluation)
    assert [row["row"] for row in form.funds] == ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]


def test_a_form_with_a_period_starts_with_its_year() -> None:
    with_period = blank_project(EDITIONS["sh-songjiang-declaration-2025"], 2026, "").declaration
    without = blank_project(EDITIONS["sh-declaration-2025"], 2026, "").declaration
    assert with_period is not None
    assert without is not None
    assert with_period.overall_period is not None
    assert (with_period.overall_period.start, with_period.overall_period.end) == (2026, 2026)
    assert without.overall_period is None
