"""Write a database as a clerk of today leaves it: ``python -m tests.old_files.make vN.db``."""

from __future__ import annotations

import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop.store import Frozen, Stamp, Store
from forms.documents import Declaration, Evaluation, Indicator, Period, Project, empty_narrative
from forms.edits import Edit, Put, Splice, set_text

GOAL = "declaration.annual_goal"


def main(out: Path) -> None:
    """Write the file."""
    times = iter(datetime.fromisoformat("2025-03-01T09:00:00") + timedelta(minutes=n) for n in range(10_000))
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), clock=lambda: next(times)) as store:
        first, _, third = store.create_many(
            [_project("产业调研", 2025), _project("宣传推广", 2024), _project("旧项目", 2023)]
        )
        evaluation = Evaluation(
            "sh-evaluation-2025",
            2025,
            {"项目名称": "产业调研", "主管部门": "示例局", "实施单位": "示例单位"},
            ({"row": "年度资金总额", "年初预算数": "100000", "全年预算数": "100000", "全年执行数": "99,000.00"},),
        )
        row = Indicator("产出指标", "数量指标", "调研次数", "≥85.00(%)")
        edits = [
            Edit("新建自评表", (Put(("evaluation",), None, evaluation),)),
            Edit("添加指标", (Splice(("declaration", "indicators"), 0, (), (row,)),)),
        ]
        project = store.load(first).project
        for edit in edits:
            project = edit.apply(project)
        for n in range(3, 62):
            edits.append(set_text(project, GOAL, f"目标{n - 1}", "修改“年度总体目标”"))
            project = edits[-1].apply(project)
        for head, edit in enumerate(edits):
            store.append(first, edit, head)
        store.move(first, 60)
        store.recycle([third])
        copy = store.freeze(first, project, "0000-0000-0000", Frozen(b"{}", b"%PDF-1.7", "报告", ()))
        store.stamp(copy, Stamp(date(2025, 3, 5), "报送主管部门"))
        store.freeze(first, project, "0000-0000-0001", Frozen(b"{}", b"%PDF-1.7", "报告", ("年度总体目标：改了 1 处",)))
        store.bind("7K3M-Q2XD-9F4T", [first], b"{}")
        store.index()
        store.set_setting("font", {"size": 12})
        store.set_view(first, {"tab": "funds"})
        store.backup(out)


def _project(name: str, year: int) -> Project:
    fields = {"项目名称": name, "主管部门": "示例局", "实施单位": "示例单位"}
    funds = {"年度资金申请总额": "100,000.00"}
    form = Declaration("sh-declaration-2025", year, fields, funds, Period(year, year))
    return Project(empty_narrative(), form)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
