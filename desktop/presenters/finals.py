"""What was frozen of the projects, and what stood in their booklets: written once, never changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.presenters.events import Event, FinalChanged
from desktop.presenters.open_data import OpenData
from desktop.store import FinalCopy, Frozen, Stamp
from forms.check_code import booklet_code
from forms.documents import Package, Project
from forms.package import write_package


class Finals:
    """The final copies of a session. ``peek`` gives a project as it is now. Methods raise StoreError."""

    def __init__(self, data: OpenData, peek: Callable[[int], Project], notify: Callable[[Event], None]) -> None:
        self._data, self._peek, self._notify = data, peek, notify

    def copies(self, project_id: int | None = None) -> list[FinalCopy]:
        """Return the final copies of a project, or all, newest first."""
        return self._data.store.final_copies(project_id)

    def frozen(self, copy_id: int) -> Frozen:
        """Return what a final copy holds, to the byte."""
        return self._data.store.frozen(copy_id)

    def freeze(self, project_id: int, project: Project, code: str, frozen: Frozen) -> FinalCopy | None:
        """Keep the next final copy of a project; None where the project was changed since it was got ready."""
        if self._peek(project_id) != project:
            return None
        self._data.writer.run(lambda store: store.freeze(project_id, project, code, frozen))
        self._notify(FinalChanged(project_id))
        return self.copies(project_id)[0]

    def stamp(self, copy: FinalCopy, stamp: Stamp) -> None:
        """Note that a final copy was stamped."""
        self._data.writer.run(lambda store: store.stamp(copy.id, stamp))
        self._notify(FinalChanged(copy.project_id))

    def bind(self, numbers: Sequence[int], package: Package) -> None:
        """Keep what stands in a booklet of projects, so that its check code can be looked up.

        May be called from any thread. Raises PackageError where it is too large to be kept.
        """
        code, data = booklet_code(package), write_package(package)
        self._data.writer.run(lambda store: store.bind(code, numbers, data))
