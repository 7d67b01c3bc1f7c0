"""What is printed and how, as it was chosen last: the paper in sight, the checks and the final copies go by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.presenters.faces import SHIPPED, faces_of_this_computer
from desktop.presenters.kept import Kept
from desktop.presenters.printing import CONTENT, Content, content_from, to_keep
from desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from forms.printing.options import FaceFile, Role


class PrintChoice(QObject):
    """Kept in the settings; while the print dialog stands open the paper already shows what is being chosen there."""

    changed = Signal()
    """The paper in sight is to be made by another ``content`` or other ``paper_faces``."""
    faced = Signal()
    """``faces``, by which is checked and frozen, are others."""

    def __init__(self, kept: Kept, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept, self._jobs = kept, jobs
        self.content = Content()
        """What the paper in sight shows."""
        self.faces: Mapping[Role, FaceFile] = SHIPPED
        """What is printed with, where the clerk chose faces of this computer."""
        self._installed: Mapping[Role, FaceFile] = SHIPPED
        """Faces of this computer, once they were looked for."""

    @property
    def kept(self) -> Content:
        """What was chosen last."""
        return content_from(self._kept.setting(CONTENT))

    @property
    def paper_faces(self) -> Mapping[Role, FaceFile]:
        """What the paper in sight is printed with."""
        return self._installed if self.content.installed_faces else SHIPPED

    def read(self) -> None:
        """Go by what was chosen last. Faces of this computer are looked for away from this thread."""
        kept = self.kept
        self.try_out(kept)
        if kept.installed_faces:
            self._jobs.submit("faces", lambda _job: faces_of_this_computer(), self._use_installed)
        else:
            self._use(SHIPPED)

    def keep(self, content: Content) -> None:
        """Go by another choice from now on."""
        self._kept.set_setting(CONTENT, to_keep(content))
        self.read()

    def try_out(self, content: Content) -> None:
        """Have the paper in sight show a choice that is not made yet."""
        shown = content.in_sight()
        if shown != self.content:
            self.content = shown
            self.changed.emit()

    def find(self, installed: Mapping[Role, FaceFile]) -> None:
        """Take note of the faces of this computer."""
        if installed != self._installed:
            self._installed = installed
            if self.content.installed_faces:
                self.changed.emit()

    def _use_installed(self, installed: Mapping[Role, FaceFile]) -> None:
        self.find(installed)
        self._use(installed)

    def _use(self, faces: Mapping[Role, FaceFile]) -> None:
        if faces != self.faces:
            self.faces = faces
            self.faced.emit()
