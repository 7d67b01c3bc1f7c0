"""Edits: the only way a project changes. Each is a value, and so is its inverse.

Typing in a field, deleting indicators, pasting a range, importing, carrying a form into the next year:
all are an ``Edit``, a readable name and a list of changes. What makes an edit also makes its inverse,
so undo, the journal and recovery need to know nothing of what the edit was about.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from forms.documents import Path, Project, clean_text, format_path, get, parse_path, put


class StaleEditError(ValueError):
    """The edit was made for another state of the project; nothing was changed."""


class Put(NamedTuple):
    """Another value at a path; ``None`` for a key that was or becomes absent."""

    path: Path
    old: Any
    new: Any

    def inverse(self) -> Put:
        """Return the change that takes this one back."""
        return Put(self.path, self.new, self.old)

    def apply(self, project: Project) -> Project:
        """Return the changed project. Raises StaleEditError where something else stands there."""
        if _standing(project, self.path) != self.old:
            raise StaleEditError(format_path(self.path))
        changed: Project = put(project, self.path, self.new)
        return changed


class Splice(NamedTuple):
    """Items of a list (the indicators) replaced by others, from position ``at`` on."""

    path: Path
    at: int
    removed: tuple[Any, ...]
    inserted: tuple[Any, ...]

    def inverse(self) -> Splice:
        """Return the change that takes this one back."""
        return Splice(self.path, self.at, self.inserted, self.removed)

    def apply(self, project: Project) -> Project:
        """Return the changed project. Raises StaleEditError where something else stands there."""
        items = _standing(project, self.path)
        end = self.at + len(self.removed)
        if type(items) is not tuple or not 0 <= self.at <= len(items) or items[self.at : end] != self.removed:
            raise StaleEditError(format_path(self.path))
        changed: Project = put(project, self.path, (*items[: self.at], *self.inserted, *items[end:]))
        return changed


def _standing(project: Project, path: Path) -> Any:
    try:
        return get(project, path)
    except LookupError:
        raise StaleEditError(format_path(path)) from None


Change: TypeAlias = Put | Splice


class Edit(NamedTuple):
    """One step of the clerk: a name as 撤销 shows it (修改“项目名称”、删除 3 条指标) and its changes."""

    name: str
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        """Return the edit that takes this one back; it keeps the name."""
        return Edit(self.name, tuple(change.inverse() for change in reversed(self.changes)))

    def apply(self, project: Project) -> Project:
        """Return the changed project. Raises StaleEditError, and then nothing was changed."""
        for change in self.changes:
            project = change.apply(project)
        return project

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return all(
            change.old == change.new if isinstance(change, Put) else change.removed == change.inserted
            for change in self.changes
        )


def set_text(project: Project, where: str, text: str | None, name: str) -> Edit:
    """Return the edit that writes a typed text (None: takes the key away) at a path of the project.

    Control characters do not come in (``clean_text``). Raises ValueError or LookupError where there is no such path.
    """
    path = parse_path(where)
    return Edit(name, (Put(path, get(project, path), None if text is None else clean_text(text)),))
