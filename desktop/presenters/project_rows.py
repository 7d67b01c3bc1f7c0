"""The list of projects as it is, with what is not yet saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from desktop.presenters.desk import Desk
from desktop.presenters.open_data import OpenData
from desktop.store import ProjectRow
from forms.edition import Edition


class ProjectRows:
    """It is read once, and again when projects come or go: nobody else changes them while the folder is held."""

    def __init__(self, data: OpenData, editions: Mapping[str, Edition]) -> None:
        self._data = data
        self._editions = editions
        self._listed: dict[bool, dict[int, ProjectRow]] = {}

    def forget(self) -> None:
        """Read the list again: projects came or went."""
        self._listed.clear()

    def all(self, desks: Collection[Desk], *, recycled: bool) -> list[ProjectRow]:
        """Return the rows of what is in the list, or in the recycle bin. ``desks``: the projects in memory."""
        if recycled not in self._listed:
            unsaved = self._data.saving.unsaved  # asked first: what is saved from now on may not have been read yet
            self._listed[recycled] = {row.id: row for row in self._data.store.projects(recycled=recycled)}
            for desk in desks:
                if desk.id in unsaved:
                    self.renew(desk)
        return list(self._listed[recycled].values())

    def renew(self, desk: Desk) -> None:
        """Bring the row of a project that was changed up to date."""
        for rows in self._listed.values():
            row = rows.get(desk.id)
            if row is not None:
                fresh = row.renewed(desk.project, self._data.store.now(), self._editions)
                rows[desk.id] = fresh
                if (fresh.unit, fresh.year) != (row.unit, row.year):  # it stands elsewhere in the order
                    ordered = sorted(rows.values(), key=lambda one: (one.unit, -(one.year or 0), one.id))
                    rows.clear()
                    rows.update({one.id: one for one in ordered})
