"""Which version of the program this is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
"""The one place of the version; a bundle carries it along."""


@cache
def version() -> str:
    """Return the version, such as ``1.2.3``."""
    if PROJECT.is_file():
        import tomllib

        return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
    from importlib.metadata import version as installed

    return installed("jibiao")
