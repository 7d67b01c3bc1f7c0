"""The real published forms, which lie beside the checkout and are not ours to keep in it."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "published"


def published() -> list[Path]:
    """Return the package files; none where the folder is absent."""
    return sorted(FOLDER.glob("*.json"))


def each_published() -> pytest.MarkDecorator:
    """Run a test once for each published package, as ``path``; skip it where there is none."""
    reason = "the published forms do not lie beside this checkout (../shared/published)"
    absent = pytest.param(None, marks=pytest.mark.skip(reason=reason), id="absent")
    return pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in published()] or [absent])
