"""All checks of one project, and of a booklet of 50 projects, first and again after one edit."""

from __future__ import annotations

from forms.checks import check_package, check_project
from forms.documents import Package
from forms.edits import set_text
from forms.known_editions import Editions
from tests.benchmarks.bench_editing import sample
from tests.benchmarks.measure import line, timed


def main() -> None:
    """Print the table."""
    editions = Editions()
    for count in (24, 300):
        project = sample(count, editions)
        first = timed(lambda: check_project(project, editions))  # noqa: B023 - called at once
        edited = set_text(project, "declaration.indicators[3].target", "≥7.00(份)", "").apply(project)
        line(f"{count} indicators: first check", first)
        line(f"{count} indicators: after one edit", timed(lambda: check_project(edited, editions)), beside=first)  # noqa: B023
    projects = []
    for n in range(50):
        project = sample(24, editions)
        form = project.declaration
        if form is not None:
            # Every name and goal another one, so that nothing is known from the project before.
            rows = tuple(row._replace(l3=f"{row.l3}（第{n}批）") for row in form.indicators)
            form = form._replace(indicators=rows, annual_goal=f"第{n}批：{form.annual_goal}")
        projects.append(project._replace(declaration=form))
    package = Package(tuple(projects))
    line(
        "booklet of 50 projects, 24 indicators each", timed(lambda: check_package(package, editions)), goal="≤ 1,000 ms"
    )
