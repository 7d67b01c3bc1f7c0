"""Rows of the list of projects as the store gives them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from desktop.store import ProjectRow

CHANGED = datetime.fromisoformat("2026-01-10T09:30:00")


def listed(
    number: int,
    unit: str = "甲中心",
    year: int | None = 2026,
    name: str = "培训",
    amount: Decimal | None = Decimal(800_000),
) -> ProjectRow:
    """Return the row of a declaration."""
    return ProjectRow(number, unit, year, name, "declaration", "sh-declaration-2025", amount, CHANGED)
