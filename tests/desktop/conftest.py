"""Data that another program holds, without the wait."""

from __future__ import annotations

import pytest

from desktop.store import database


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hardly wait for a locked file; asked for before the store is opened."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.02)
