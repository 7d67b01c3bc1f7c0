"""What the program gives to a spreadsheet comes back from there as the same rows, without a word from the clerk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.clipboard import write_html
from desktop.exchange.html_table import read_html
from desktop.exchange.tab_text import read_tab_text, write_tab_text
from desktop.exchange.tables import Table
from desktop.exchange.xlsx_reading import read_sheets
from desktop.exchange.xlsx_writing import workbook_bytes
from desktop.presenters.indicator_cells import Shown, table_cells
from desktop.presenters.table_mapping import Mapping
from desktop.presenters.table_preview import Choice, first_choice, outcome
from desktop.texts import RESOURCES
from forms.documents import Indicator, Project
from forms.package import read_package
from tests.published import each_published
from tests.strategies import EDITIONS, values

SAMPLES = sorted((RESOURCES / "samples").glob("*.json"))
ROADS: dict[str, Callable[[list[list[str]]], Table]] = {
    "html": lambda cells: read_html(write_html(cells)),
    "tab-separated": lambda cells: read_tab_text(write_tab_text(cells)),
}


def bare(rows: tuple[Indicator, ...]) -> list[Indicator]:
    """Rows as a spreadsheet can hold them."""
    return [row._replace(extra={}, tier="") for row in rows]


def taken(choice: Choice) -> list[Indicator]:
    return [line.row for line in outcome(choice).plan.lines if line.row is not None]


def check(project: Project, folder: Path) -> None:
    path = folder / "表.xlsx"
    path.write_bytes(workbook_bytes((project._replace(narrative=None),), EDITIONS))
    for (kind, form), sheet in zip(project.forms, read_sheets(path), strict=True):
        shown = Shown(kind, (), EDITIONS[form.edition], form.year)
        tables = [sheet.table, *(road(table_cells(kind, form.indicators)) for road in ROADS.values())]
        for table in tables:
            assert taken(first_choice(shown, table, None)) == bare(form.indicators)


@each_published()
def test_published_forms(path: Path, tmp_path: Path) -> None:
    for project in read_package(path, EDITIONS).projects:
        check(project, tmp_path)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples(path: Path, tmp_path: Path) -> None:
    for project in read_package(path, EDITIONS).projects:
        check(project, tmp_path)


_EDITION = EDITIONS["sh-evaluation-2025"]
_PAIRS = [(one.name, two.name) for one in _EDITION.taxonomy for two in one.l2]
_NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12)
_ROWS = st.lists(
    st.builds(
        lambda pair, name, target, actual, points, reason: Indicator(
            *pair, f"名{name}", target, actual, points, points, reason
        ),
        st.sampled_from(_PAIRS),
        _NAMES,
        values,
        values,
        st.sampled_from(["10", "2.5", ""]),
        _NAMES | st.just("=1+1\n第二行"),
    ),
    min_size=1,
    max_size=6,
).map(tuple)


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
@given(rows=_ROWS)
def test_any_rows(road: Callable[[list[list[str]]], Table], rows: tuple[Indicator, ...]) -> None:
    shown = Shown("evaluation", (), _EDITION, 2025)
    mapping = Mapping(("l1", "l2", "l3", "target", "actual", "points", "score", "reason"))
    table = road(table_cells("evaluation", rows))
    assert taken(Choice(shown, table, mapping, mode="append")) == list(rows)
