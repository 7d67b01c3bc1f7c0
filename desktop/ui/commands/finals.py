"""定稿, the list of final copies, and 查验."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.presenters.final_copy import NotFinalError, told_against
from desktop.presenters.freezing import (
    FinalCopy,
    frozen_name,
    lines_of,
    moment,
    offer,
    project_in,
    ready,
    state_words,
)
from desktop.presenters.trouble import StoreError
from desktop.texts import text
from desktop.ui.commands.output import OutputCommands
from desktop.ui.dialogs.ask import show_words, tell
from desktop.ui.jobs import Job
from desktop.ui.workbench import Workbench
from forms.differences import differences
from forms.documents import Project

if TYPE_CHECKING:
    from desktop.presenters.verifying import Verdict


class FinalCommands:
    """Freezes projects and shows what is frozen."""

    def __init__(
        self,
        bench: Workbench,
        output: OutputCommands,
        chosen: Callable[[], Sequence[int]],
        window: QWidget,
        say: Callable[[str], None],
    ) -> None:
        self._bench, self._output, self._chosen, self._window, self._say = bench, output, chosen, window, say

    # ---------------------------------------------------------------- freezing

    def freeze(self) -> None:
        """Make the next final copy of the chosen projects, one after another, after asking for each."""
        for number in self._chosen():
            if not self._freeze(number):
                return

    def _freeze(self, number: int) -> bool:
        from desktop.ui.dialogs.freeze import FreezeDialog

        bench = self._bench
        project, copies = bench.project_of(number), bench.session.finals.copies(number)
        against = self._known_against(number, project)
        if against:
            self._trouble(NotFinalError(against))
            return True
        former = bench.session.finals.frozen(copies[0].id).package if copies else None
        offered = offer(project, copies, former, bench.editions)
        if offered.same:
            show_words(text("final.freeze_title"), offered.sentence, "", self._window)
            return True
        dialog = FreezeDialog(offered.sentence, "\n".join(offered.lines), self._window)
        accepted, sign_off = bool(dialog.exec()), dialog.sign_off.isChecked()
        dialog.deleteLater()
        if not accepted:
            return False
        editions, switches, made = bench.editions, bench.checking.switches, moment(datetime.now().astimezone())
        faces = bench.print_choice.faces

        def work(_job: Job) -> Any:
            return ready(project, editions, former, made, sign_off=sign_off, switches=switches, faces=faces)

        def done(found: Any) -> None:
            copy = bench.session.finals.freeze(number, found.project, found.code, found.frozen)
            if copy is None:
                self._trouble(ValueError(text("final.changed_meanwhile", name=project.name)))
                return
            self._say(text("final.frozen", name=copy.name, number=copy.number, code=copy.code))

        bench.jobs.submit(f"freeze-{number}", work, done, failed=self._trouble, label=text("final.freezing"))
        return True

    def _known_against(self, number: int, project: Project) -> str:
        """What the findings in sight say against a final copy: whoever sees them need not be asked first."""
        checking = self._bench.checking
        if number != self._bench.session.project_id or not checking.is_current:
            return ""
        return told_against([(project, one) for one in checking.findings])

    def _trouble(self, error: Exception) -> None:
        tell(text("final.freeze_trouble"), str(error), self._window)

    # ---------------------------------------------------------------- the list

    def show(self) -> None:
        """Show the list of final copies."""
        from desktop.ui.dialogs.final_copies import FinalCopiesDialog

        session, project = self._bench.session, self._bench.project
        number = session.project_id
        opened = None if project is None or number is None else (number, project.name or text("window.unnamed"))
        dialog = FinalCopiesDialog(
            session.finals.copies,
            opened,
            lambda: {row.id for bin_ in (False, True) for row in session.rows(recycled=bin_)},
            self._act,
            self._window,
        )
        dialog.exec()
        dialog.deleteLater()

    def _act(self, name: str, copy: FinalCopy) -> None:
        frozen = self._bench.session.finals.frozen(copy.id)
        acts: dict[str, Callable[[], None]] = {
            "open": lambda: self._open(frozen.pdf, copy),
            "save": lambda: self._output.save(frozen.pdf, f"{frozen_name(copy)}.pdf"),
            "print": lambda: self._output.send(frozen.pdf, frozen_name(copy)),
            "report": lambda: show_words(
                text("final.report_title", number=copy.number), copy.name, frozen.report, self._window
            ),
            "compare": lambda: self._compare(copy, frozen.package),
            "stamp": lambda: self._stamp(copy),
        }
        acts[name]()

    def _open(self, pdf: bytes, copy: FinalCopy) -> None:
        """Hand a copy of the bytes to the system's own reader of PDFs; the frozen ones cannot be touched by it."""
        folder = Path(tempfile.mkdtemp(prefix="jibiao-"))
        path = folder / f"{frozen_name(copy)}.pdf"
        path.write_bytes(pdf)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say(text("final.open_trouble"))

    def _compare(self, copy: FinalCopy, package: bytes) -> None:
        paper = project_in(package, self._bench.editions)
        try:
            now = self._bench.project_of(copy.project_id)
        except StoreError:
            now = None
        lines: list[str] = []
        if paper is None or now is None:
            sentence = text("final.compare_edition" if paper is None else "final.compare_gone")
        else:
            found = differences(paper, now)
            key = "final.compare_changed" if found else "final.compare_same"
            sentence, lines = text(key, number=copy.number, count=len(found)), lines_of(found)
        show_words(text("final.compare_title", number=copy.number), sentence, "\n".join(lines), self._window)

    def _stamp(self, copy: FinalCopy) -> None:
        from desktop.ui.dialogs.freeze import StampDialog

        words = text("final.stamp_words", name=copy.name, number=copy.number)
        dialog = StampDialog(words, datetime.now().astimezone().date(), self._window)
        dialog.exec()
        stamp = dialog.stamp
        dialog.deleteLater()
        if stamp is not None:
            self._bench.session.finals.stamp(copy, stamp)
            state = next(state_words(one) for one in self._bench.session.finals.copies() if one.id == copy.id)
            self._say(text("final.stamped", name=copy.name, number=copy.number, state=state))

    # ---------------------------------------------------------------- 查验

    def verify(self, open_project: Callable[[int], None]) -> None:
        """Ask for the check code of a paper and tell what it is."""
        from desktop.ui.dialogs.verify import VerifyDialog

        dialog = VerifyDialog(self._look_up, self._window)
        dialog.open_wanted.connect(open_project)
        dialog.exec()
        dialog.deleteLater()

    def _look_up(self, typed: str, done: Callable[[Verdict], None], asker: QObject) -> None:
        session, editions, opened = self._bench.session, self._bench.editions, self._bench.session.project_id
        session.flush(1)  # what is on the screen counts, as far as it can be saved

        def work(job: Job) -> Verdict:
            from desktop.presenters.verifying import verify

            with session.data.reader() as store:
                return verify(typed, store, editions, opened, partial(job.report, 0, 0))

        self._bench.jobs.submit("verify", work, done, label=text("final.verifying"), asker=asker)
