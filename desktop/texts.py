"""Every sentence that a clerk reads in the window and on the command line, by key.

``resources/texts/zh_CN/window.toml`` holds the texts of area ``window``; ``text("window.saved", time="10:32:05")``
gives one with its blanks filled in. Labels of the official forms are not here: they belong to the editions.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

RESOURCES = Path(__file__).parent.parent / "resources"


@cache
def _area(name: str) -> dict[str, str]:
    raw = (RESOURCES / "texts" / "zh_CN" / f"{name}.toml").read_bytes()
    return {key: str(value) for key, value in tomllib.loads(raw.decode("utf-8")).items()}


def text(key: str, **blanks: object) -> str:
    """Return the text of ``area.key`` with its blanks filled in.

    Raises KeyError where a text or a blank is missing, OSError where the area is: both are bugs.
    """
    area, _, name = key.partition(".")
    return _area(area)[name].format(**blanks)
