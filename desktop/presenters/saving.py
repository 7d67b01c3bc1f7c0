"""Whether everything is on disk: counted by the clerk's thread and by the writer's."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime

from desktop.presenters.events import SaveState
from desktop.store import StoreError
from desktop.texts import text


class Saving:
    """Counts what is not saved, for each project. Safe for use by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: Counter[int] = Counter()
        self._state = SaveState("saved", None)

    @property
    def state(self) -> SaveState:
        """How things stand now."""
        with self._lock:
            return self._state

    @property
    def unsaved(self) -> frozenset[int]:
        """Numbers of the projects of which something is not saved."""
        with self._lock:
            return frozenset(+self._left)

    def begun(self, project_id: int) -> None:
        """Note that a change of a project is to be saved."""
        with self._lock:
            self._left[project_id] += 1
            if self._state.kind == "saved":
                self._state = replace(self._state, kind="saving")

    def saved(self, project_id: int | None, at: datetime) -> None:
        """Note that a change of a project is saved; None: of no project, but the disk can be written."""
        with self._lock:
            if project_id is not None:
                self._left[project_id] -= 1
            last = self._state.at if project_id is None else at
            self._state = SaveState("saving" if +self._left else "saved", last)

    def failed(self, error: Exception) -> None:
        """Note that saving failed; it will be tried again."""
        sentence = error.sentence if isinstance(error, StoreError) else text("session.unexpected", error=repr(error))
        with self._lock:
            self._state = SaveState("failed", self._state.at, sentence)
