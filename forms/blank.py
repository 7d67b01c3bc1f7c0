"""A new, blank project of an edition: the keys that the edition prints are there, and blank."""

from __future__ import annotations

from itertools import takewhile

from forms.documents import Declaration, Evaluation, Period, Project
from forms.edition import Band, Edition

UNIT = "实施单位"


def blank_project(edition: Edition, year: int, unit: str) -> Project:
    """Return a project with a blank form of the edition; the unit is filled in."""
    fields = {one.key: unit if one.key == UNIT else "" for one in edition.fields}
    paths = [cell.path for band in edition.bands for cell in band.cells if cell.path is not None]
    if edition.kind == "evaluation":
        form = Evaluation(edition.id, year, fields, _fund_rows(edition))
        return Project(evaluation=form)
    funds = {path.removeprefix("funds."): "" for path in paths if path.startswith("funds.")}
    labels = [cell.label for band in edition.bands for cell in band.cells if cell.label is not None]
    period = Period(year, year) if any("{from}" in label for label in labels) else None
    return Project(declaration=Declaration(edition.id, year, fields, funds, period))


def _fund_rows(edition: Edition) -> tuple[dict[str, str], ...]:
    """Return the rows of funds of an evaluation, named as the form labels them.

    Points: the first preset's for 预算执行率 in the first row, ``—`` in the others, as published forms have it.
    """
    rows: dict[int, dict[str, str]] = {}
    for band in edition.bands:
        for cell in band.cells:
            if cell.path is not None and cell.path.startswith("funds["):
                at, column = cell.path.removeprefix("funds[").split("].")
                rows.setdefault(int(at), {"row": _label(band, cell.row)})[column] = ""
    points = f"{edition.weights[0].execution.normalize():f}" if edition.weights else ""
    for n, row in rows.items():
        row["分值"] = "—" if n else points
    return tuple(rows[n] for n in sorted(rows))


def _label(band: Band, row: int) -> str:
    """Return the last label of a row of cells before its first place to type."""
    cells = sorted((cell for cell in band.cells if cell.row == row), key=lambda cell: cell.column)
    return [cell.label or "" for cell in takewhile(lambda cell: cell.path is None, cells)][-1]
