"""What the window keeps between two starts: settings, and how each project was last looked at."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from desktop.presenters.open_data import OpenData
from desktop.store import StoreError


class Kept:
    """Everything is read once: a database that another program holds for a while keeps nobody from the window.

    Raises StoreError where that fails. Where nothing can be written any more (a restore went wrong, which is told for
    as long as the window stands) things are kept for as long as the window stands.
    """

    def __init__(self, data: OpenData) -> None:
        self._data = data
        self._settings: dict[str, Any] | None = None
        self._views: dict[int, Mapping[str, Any]] = {}

    def forget(self) -> None:
        """Read everything again: other data are there."""
        self._settings, self._views = None, {}

    def settings(self) -> dict[str, Any]:
        """Return all settings."""
        if self._settings is None:
            self._settings = self._data.store.settings()
        return self._settings

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a setting, a JSON value; the default where it was never set."""
        return self.settings().get(key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a setting, a JSON value."""
        self.settings()[key] = value
        with suppress(StoreError):
            self._data.writer.set_setting(key, value)

    def view(self, project_id: int) -> Mapping[str, Any]:
        """Return how a project was last looked at: whatever ``set_view`` was given."""
        if project_id not in self._views:
            self._views[project_id] = self._data.store.view(project_id)
        return self._views[project_id]

    def set_view(self, project_id: int, state: Mapping[str, Any]) -> None:
        """Keep how a project is looked at (tab, scroll, zoom …); JSON values."""
        self._views[project_id] = dict(state)
        with suppress(StoreError):
            self._data.writer.set_view(project_id, state)
