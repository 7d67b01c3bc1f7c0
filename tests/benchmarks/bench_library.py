"""Completion while typing, over 240,000 past rows: what one key costs, and what keeping it up to date does."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.presenters.completing import Wanted
from desktop.presenters.lookup import Lookup
from forms.documents import Declaration, Indicator, Project
from forms.known_editions import Editions
from tests.benchmarks.measure import line, p95
from tests.benchmarks.measure import timed as timed_whole

PROJECTS, ROWS = 10_000, 24
EDITION = "sh-songjiang-declaration-2025"
TYPED = (
    "率",
    "培",
    "满意",
    "合格",
    "信息系",
    "满意度",
    "及时率",
    "系统 运维",
    "a",
    "sl",
    "xt",
    "cwsp",
    "xtkyl",
    "zzzzz",
    "",
)


def main() -> None:
    """Print the table."""
    editions = Editions()
    style = editions[EDITION].value_style
    chance = random.Random(1)  # noqa: S311 - the same rows every time
    with tempfile.TemporaryDirectory() as folder:
        lookup = Lookup(Path(folder))
        line("opening, with the shipped library read and entered", timed(lambda: lookup.compare({}, ())))
        projects = {n: project(n, lookup, chance) for n in range(1, PROJECTS + 1)}
        lookup.compare(dict.fromkeys(projects, "1"), ())

        def load(numbers: object) -> dict[int, Project]:
            return {n: projects[n] for n in numbers}  # type: ignore[attr-defined]  # a few numbers

        start = time.thread_time()
        slices = []
        more = True
        while more:
            begun = time.thread_time()
            more = lookup.go_on(load, 0.02)
            slices.append((time.thread_time() - begun) * 1000)
        line(f"entering {PROJECTS * ROWS:,} rows for the first time, aside", time.thread_time() - start, "s")
        line("one slice of it, p95", p95(slices), goal="≤ 50 ms, on its own thread")
        times: dict[str, list[float]] = {typed: [] for typed in TYPED}
        for _ in range(20):
            for typed in TYPED:
                wanted = Wanted("l3", typed, "质量指标", "", "其他运转类", "信息系统运维", style, 2026)
                times[typed].append(timed(lambda: lookup.offers(wanted)))  # noqa: B023 - called at once
        for typed, found in times.items():
            line(f"a key: “{typed}”, p95", p95(found), goal="≤ 16 ms")
        whole = [timed_whole(lambda: lookup.offers(wanted)) for _ in range(20)]
        line("the last with all that the computer did besides, median", sorted(whole)[10])
        value = Wanted("number", "", "满意度指标", "服务对象满意度", "", "信息系统运维", style, 2026)
        line("the values of a name, p95", p95([timed(lambda: lookup.offers(value)) for _ in range(20)]))
        edited = projects[5]
        lookup.learn(5, edited)
        learnt = []
        for n in range(20):
            form = edited.declaration
            if form is not None:
                rows = (Indicator("产出指标", "数量指标", f"新指标{n}", "≥3.00(次)"), *form.indicators)
                changed = Project(declaration=Declaration(EDITION, 2026, form.fields, indicators=rows))
                learnt.append(timed(lambda: lookup.learn(5, changed)))  # noqa: B023 - called at once
        line("taking in one edit of the open project, p95", p95(learnt))
        lookup.close()
        line("size of the index", (Path(folder) / "library.db").stat().st_size / 1e6, "MB")
        line("opening it again, nothing changed", timed(lambda: again(Path(folder), dict.fromkeys(projects, "1"))))


def timed(work: Callable[[], object]) -> float:
    """Return the processor's time of one call in ms: others at work on the computer do not count."""
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


def again(folder: Path, states: dict[int, str]) -> None:
    """Open the index as the next session does."""
    lookup = Lookup(folder)
    lookup.compare(states, ())
    lookup.close()


def project(number: int, lookup: Lookup, chance: random.Random) -> Project:
    """Return a project of which a third of the names are common ones and the others its own."""
    library = lookup.library
    theme = chance.choice(list(library.themes))
    near = [row for row in library.rows if row.theme in (theme, "通用")]
    rows = []
    for _ in range(ROWS):
        row = chance.choice(near)
        own = chance.choice(near).name[:4] + chance.choice(near).name[:3] + row.name[-4:]
        name = row.name if chance.random() < 1 / 3 else f"{own}{chance.randint(1, 99)}"
        rows.append(Indicator(row.l1, row.l2, name, f"≥{chance.randint(1, 9) * 10}.00(次)"))
    fields = {"项目名称": f"{theme}项目{number}", "项目类别": "其他运转类"}
    return Project(declaration=Declaration(EDITION, 2020 + number % 6, fields, indicators=tuple(rows)))
