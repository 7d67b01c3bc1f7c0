"""How the form looked around each step, so that undo and redo bring back what was chosen and where it stood."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.presenters.shell import Tab

MOST = 500
"""Steps of which it is remembered."""


@dataclass(frozen=True, slots=True)
class Look:
    """A tab of the form, the place of the cursor, and what the page itself tells of what is chosen."""

    tab: Tab
    path: str
    page: object


class Looks:
    """Looks before and after the steps of this session, by project and place in its history."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[str, Look | None, Look | None]] = {}

    def note(self, step: tuple[int, int] | None, name: str, before: Look | None, after: Look | None) -> None:
        """Remember how it looked before and after a step. Typing that goes on keeps its beginning."""
        if step is None:
            return
        known = self._known.pop(step, None)
        if known is not None and known[0] == name and (before is None or known[2] == before):
            before = known[1]
        self._known[step] = name, before, after
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]

    def before(self, step: tuple[int, int] | None, name: str) -> Look | None:
        """How it looked before a step of this name; None where that is not known."""
        known = None if step is None else self._known.get(step)
        return known[1] if known is not None and known[0] == name else None

    def after(self, step: tuple[int, int] | None, name: str) -> Look | None:
        """How it looked after it."""
        known = None if step is None else self._known.get(step)
        return known[2] if known is not None and known[0] == name else None
