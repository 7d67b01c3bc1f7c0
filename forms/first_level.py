"""一级项目 and its 二级 projects (二级构成): a project knows of which one it is a part. The form does not print it."""

from __future__ import annotations

from collections.abc import Sequence

from forms.documents import Project, clean_text
from forms.edits import Edit, Put

KEY = "first_level"
"""Extra key of a project: the name of its 一级项目."""


def first_level_of(project: Project) -> str:
    """Return the 一级项目 of which a project is a part; nothing where it is none."""
    found = project.extra.get(KEY)
    return found.strip() if isinstance(found, str) else ""


def common_first_level(projects: Sequence[Project]) -> str:
    """Return the 一级项目 of which all projects are parts; nothing where there is no such one."""
    found = {first_level_of(one) for one in projects}
    return found.pop() if len(found) == 1 else ""


def assigning(project: Project, first_level: str) -> Edit:
    """Return the edit that makes a project a part of a 一级项目; blank takes it out."""
    name = clean_text(first_level).strip()
    extra = {key: value for key, value in project.extra.items() if key != KEY}
    step = f"归入一级项目“{name}”" if name else "取消归入一级项目"
    return Edit(step, (Put(("extra",), project.extra, {**extra, KEY: name} if name else extra),))
