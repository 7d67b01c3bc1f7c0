"""Small projects and edits, and a clock, for the tests of the store."""

from __future__ import annotations

from datetime import datetime, timedelta

from forms.documents import Declaration, Project
from forms.edits import Edit, set_text

NAME = "declaration.fields.项目名称"


def sample(name: str = "甲", unit: str = "示例单位", year: int = 2025, amount: str = "1,000.00") -> Project:
    """Return a small declaration."""
    fields = {"项目名称": name, "主管部门": "示例局", "实施单位": unit}
    return Project(declaration=Declaration("sh-declaration-2025", year, fields, {"年度资金申请总额": amount}))


def naming(project: Project, name: str) -> Edit:
    """Return the edit that gives a project another name."""
    return set_text(project, NAME, name, f"改名为{name}")


def named(count: int) -> list[Edit]:
    """Return edits, one upon the other, that name the sample 1, 2, 3 …"""
    project, edits = sample(), []
    for n in range(1, count + 1):
        edits.append(naming(project, str(n)))
        project = edits[-1].apply(project)
    return edits


class Clock:
    """A clock that goes on by a minute with every look."""

    def __init__(self) -> None:
        self.time = datetime.fromisoformat("2025-03-01T09:00:00.000999")

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time
