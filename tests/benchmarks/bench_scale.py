"""Ten thousand projects in one database beside ten: opening, filtering, searching, memory."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from desktop.store import Store
from desktop.store.folder import FILE
from desktop.texts import RESOURCES
from forms.documents import Indicator, Project
from forms.known_editions import Editions
from forms.package import read_package
from tests.benchmarks.measure import ROOT, line, p95, timed

MANY, FEW = 10_000, 10
INDICATORS = 24
_WORDS = (
    "平台设备人员培训宣传采购检测调研演出讲座展览运行维护服务数据安全监测农产品文化科普社区街道图书馆更新改造信息系统"
)


def make(folder: Path, count: int) -> None:
    """Fill a data folder with different projects of the usual size, half with a narrative, entered into the index."""
    dice = random.Random(1)  # noqa: S311 - the same every time
    base = read_package(RESOURCES / "samples" / "public-culture-2025.json", Editions()).projects[0]

    def words(most: int) -> str:
        return "".join(dice.choice(_WORDS) for _ in range(dice.randint(4, most)))

    def project(n: int) -> Project:
        form = base.declaration
        assert form is not None
        rows = tuple(
            Indicator("产出指标", "数量指标", words(12), f"≥{dice.randint(1, 900)}次") for _ in range(INDICATORS)
        )
        fields = {**form.fields, "项目名称": f"{words(10)}{n}", "实施单位": f"示例单位{n % 40}"}
        year = 2016 + n % 10
        own = form._replace(year=year, fields=fields, annual_goal=words(160), indicators=rows)
        return base._replace(declaration=own, narrative=base.narrative if n % 2 else None)

    with Store.open(folder) as store:
        store.create_many(map(project, range(count)))
        while store.index(200):
            pass
        store.set_setting("backup.mark", store.mark())


def window(folder: Path, words: str = "") -> list[str]:
    """Open the real window in a process of its own; return what it says: ms to the list, …, memory in MB."""
    import time

    more = [words] if words else []
    command = [sys.executable, "-m", "tests.benchmarks.scale_window", str(folder), str(time.time()), *more]
    env = {**os.environ, "QT_LOGGING_RULES": "*=false", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=env)
    return done.stdout.splitlines()


def main() -> None:
    """Make both and measure them by turns."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(os.environ.get("JIBIAO_SCALE", scratch))
        few, many = place / "few", place / "many"
        for folder, count in ((few, FEW), (many, MANY)):
            if not folder.exists():
                made = timed(lambda folder=folder, count=count: make(folder, count))
                size = (folder / FILE).stat().st_size / 1e6
                line(f"making {count} projects, {count * INDICATORS} indicators ({size:.0f} MB)", made / 1000, "s")
        rounds = [(float(window(few)[0]), float(window(many)[0])) for _ in range(7)][1:]
        small, large = (sorted(one)[len(one) // 2] for one in zip(*rounds, strict=True))
        line("window with ten projects, until the list is shown", small)
        line("window with ten thousand", large, beside=small, goal="≤ 1.2 ×")
        _, typed, opened, memory = window(many, _WORDS)
        line("filter and full text, from key to list, p95", p95([float(one) for one in typed.split()]), goal="≤ 50")
        line("opening a project in the window, p95", p95([float(one) for one in opened.split()]), goal="≤ 50")
        line("memory", float(memory), "MB", goal="≤ 300")
        dice = random.Random(3)  # noqa: S311 - the same every time
        with Store.open(many) as store:
            asked = ["".join(dice.choice(_WORDS) for _ in range(dice.randint(1, 4))) for _ in range(200)]
            line("full-text search alone, p95", p95([timed(lambda one=one: store.find(one)) for one in asked]))
            line("list of all projects", timed(store.projects))
            loaded = [timed(lambda n=n: store.load(n)) for n in dice.sample(range(1, MANY), 100)]
            line("a project from disk, p95", p95(loaded), goal="≤ 50")


if __name__ == "__main__":
    main()
