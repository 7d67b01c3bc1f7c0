"""A project as the store lists it, for whatever lists, compares or sums projects up."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Protocol


class Listed(Protocol):
    """What is known of a project without reading it."""

    @property
    def id(self) -> int:
        """Number of the project."""

    @property
    def unit(self) -> str:
        """实施单位."""

    @property
    def year(self) -> int | None:
        """Year of the form."""

    @property
    def name(self) -> str:
        """项目名称."""

    @property
    def kind(self) -> str:
        """``declaration``, ``evaluation``, ``both`` or ``narrative``."""

    @property
    def amount(self) -> Decimal | None:
        """元 of the year."""

    @property
    def changed_at(self) -> datetime:
        """When it was last changed."""
