"""Tables in and out: rows pasted, words looked for, a declaration as a workbook, beside the libraries alone."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from openpyxl import Workbook, load_workbook

from desktop.exchange.clipboard import write_html
from desktop.exchange.html_table import read_html
from desktop.exchange.tab_text import read_tab_text, write_tab_text
from desktop.exchange.xlsx_forms import read_workbook
from desktop.exchange.xlsx_writing import workbook_bytes
from desktop.presenters.indicator_cells import Shown, table_cells
from desktop.presenters.replacing import Query, find
from desktop.presenters.table_preview import first_choice, outcome
from forms.known_editions import Editions
from tests.benchmarks.bench_editing import sample
from tests.benchmarks.measure import line, timed

ROUNDS = 7


def main() -> None:
    """Print the table."""
    editions = Editions()
    for count in (500, 5000):
        project = sample(count, editions)
        form = project.declaration
        assert form is not None
        cells = table_cells("declaration", form.indicators)
        html, words = write_html(cells), write_tab_text(cells)
        shown = Shown("declaration", form.indicators[: count // 2], editions[form.edition], form.year)
        table = read_tab_text(words)
        choice = first_choice(shown, table, None)
        works: list[Callable[[], object]] = [
            partial(read_tab_text, words),
            partial(read_html, html),
            partial(first_choice, shown, table, None),
            partial(outcome, choice),
            partial(find, {1: project}, Query("讲座", "project")),
        ]
        times = [[timed(work) for work in works] for _ in range(ROUNDS)]
        text, page, guess, plan, look = (statistics.median(one) for one in zip(*times, strict=True))
        line(f"{count} rows: tab-separated text read", text)
        line(f"{count} rows: HTML read (aside beyond 40 KB)", page, beside=text)
        line(f"{count} rows: columns guessed", guess, beside=text)
        line(f"{count} rows: what becomes of each (aside beyond 150)", plan, beside=text)
        line(f"{count} rows: words found in all texts (aside)", look, beside=text)
    with tempfile.TemporaryDirectory() as folder:
        _workbooks(Path(folder), editions)


def _workbooks(folder: Path, editions: Editions) -> None:
    project = sample(24, editions)
    path = folder / "a.xlsx"

    def bare() -> None:
        book = Workbook()
        for row in range(40):
            for column in range(10):
                book.worksheets[0].cell(row + 1, column + 1, "指标")
        book.save(folder / "b.xlsx")

    works: list[Callable[[], object]] = [
        bare,
        lambda: path.write_bytes(workbook_bytes((project,), editions)),
        partial(load_workbook, path),
        partial(read_workbook, path, editions),
    ]
    times = [[timed(work) for work in works] for _ in range(ROUNDS)]
    plain, made, loaded, read = (statistics.median(one) for one in zip(*times, strict=True))
    line("openpyxl: 400 bare cells written", plain)
    line("a declaration with 24 indicators as a workbook", made, beside=plain)
    line("openpyxl: that workbook loaded", loaded)
    line("that workbook guarded, read, a project again", read, beside=loaded)
