"""What the menu 项目 does: new, copy, rename, recycle, files in and out, backup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from desktop.presenters.new_project import offer, usual_years
from desktop.presenters.safekeeping import MANY
from desktop.texts import RESOURCES, text
from desktop.ui.dialogs.ask import ask, tell
from desktop.ui.dialogs.files import ask_files, ask_new_file
from desktop.ui.jobs import Job
from desktop.ui.panes.projects import ProjectsPane
from desktop.ui.workbench import Workbench
from forms.documents import FormKind, Project

if TYPE_CHECKING:
    from desktop.presenters.new_project import Offer

SAMPLES = RESOURCES / "samples"


class ProjectCommands:
    """Acts on the selected projects of the list, or on the open one."""

    def __init__(self, bench: Workbench, pane: ProjectsPane, window: QWidget, say: Callable[[str], None]) -> None:
        self._bench, self._pane, self._window, self._say = bench, pane, window, say
        self.take_table: Callable[[Path], bool] = lambda _path: False
        """Takes the rows of a workbook that is no form into the open project; False where none is open."""

    @property
    def chosen(self) -> list[int]:
        """The selected projects; without a selection the open one."""
        selected = self._pane.selected()
        opened = self._bench.session.project_id
        return selected or ([opened] if opened is not None else [])

    @property
    def several(self) -> list[int]:
        """The selected projects where there is more than one, else none."""
        selected = self._pane.selected()
        return selected if len(selected) > 1 else []

    # ---------------------------------------------------------------- one by one

    def new(self) -> None:
        """Ask what is wanted, make it and open it."""
        from desktop.ui.dialogs.new_project import NewProjectDialog

        unit, year = self._pane.unit_and_year
        units = list(dict.fromkeys(row.unit for row in self._bench.session.rows() if row.unit))
        years = usual_years(self._bench.today, self._pane.newest_year)
        if year is not None:
            years = dict.fromkeys(years, year)
        dialog = NewProjectDialog(self._offers, units, unit, years, self._window)
        accepted = dialog.exec()
        project, edition = (dialog.project(), dialog.chosen) if accepted else (None, None)
        dialog.deleteLater()
        if project is None or edition is None:
            return
        self._bench.session.kept.set_setting(f"edition.{edition.kind}.{project.unit}", edition.id)
        self.open_new([project])
        # Next is typed; the event that shows the project comes first.
        QTimer.singleShot(0, self._bench, lambda: self._bench.wanted.emit(f"{edition.kind}.fields.项目名称"))

    def _offers(self, kind: FormKind, year: int, unit: str) -> Offer:
        usual = self._bench.session.kept.setting(f"edition.{kind}.{unit}")
        return offer(self._bench.editions, kind, year, usual)

    def copy(self) -> None:
        """Copy the open project and open the copy."""
        for number in self.chosen[:1]:
            self._bench.session.open(self._bench.session.copy(number))

    def rename(self) -> None:
        """Ask for another 项目名称."""
        for number in self.chosen[:1]:
            name = next((row.name for row in self._bench.session.rows() if row.id == number), "")
            asked, accepted = QInputDialog.getText(
                self._window, text("window.rename_title"), text("window.rename_ask"), QLineEdit.EchoMode.Normal, name
            )
            if accepted and asked.strip() != name:
                self._bench.session.rename(number, asked.strip())

    def recycle(self) -> None:
        """Put the chosen projects into the recycle bin; nothing is asked, as they can be taken out again."""
        numbers = self.chosen
        if numbers:
            self._bench.session.recycle(numbers)
            self._say(text("window.recycled", count=len(numbers)))

    def restore(self) -> None:
        """Take the chosen projects out of the recycle bin."""
        numbers = self._pane.selected()
        if numbers:
            self._bench.session.restore(numbers)
            self._pane.show_bin(False)  # noqa: FBT003 - a switch
            self._bench.session.open(numbers[0])

    def purge(self) -> None:
        """Delete the chosen projects for good, after asking."""
        numbers = self._pane.selected()
        if not numbers:
            self._say(text("window.purge_nothing"))
            return
        words = text("window.purge_ask", count=len(numbers))
        kept = sum(copy.project_id in numbers for copy in self._bench.session.finals.copies())
        if kept:
            words = f"{words}\n\n{text('final.purge_keeps', count=kept)}"
        if ask(words, text("window.purge"), self._window):
            self._bench.session.purge(numbers)

    # ---------------------------------------------------------------- files

    def import_files(self, paths: Sequence[Path] = ()) -> None:
        """Read packages and PDFs printed by the program; without paths ask for them."""
        kept, kinds = self._bench.session.kept, text("window.import_files")
        wanted = list(paths) or ask_files(kept, "import", self._window, title=text("window.import_title"), kinds=kinds)
        if not wanted:
            return
        editions, safe = self._bench.editions, self._bench.safe

        def work(_job: Job) -> Any:
            from desktop.exchange.importing import Imported, import_files

            found = import_files(wanted, editions)
            if sum(len(one.package.projects) for one in found if isinstance(one, Imported)) >= MANY:
                safe.make("import")
            return found

        self._bench.jobs.submit("import", work, self._imported, label=text("window.importing"))

    def _imported(self, found: Any) -> None:
        from desktop.exchange.importing import Imported

        tables = [one.path for one in found if not isinstance(one, Imported) and one.is_table]
        if len(found) == len(tables) == 1 and self.take_table(tables[0]):
            return
        projects = [project for one in found if isinstance(one, Imported) for project in one.package.projects]
        troubles = [one.sentence for one in found if not isinstance(one, Imported)]
        if projects:
            self.open_new(projects)
            self._say(text("window.imported", count=len(projects)))
        elif not troubles:
            self._say(text("window.imported_nothing"))
        if troubles:
            tell(text("window.import_trouble"), "\n".join(troubles), self._window)

    def samples(self) -> None:
        """Take in the sample projects."""
        self.import_files(sorted(SAMPLES.glob("*.json")))

    def export(self) -> None:
        """Write the chosen projects into one file: a package, or a workbook in the official layout."""
        from desktop.exchange.exporting import export_bytes
        from desktop.exchange.writing import safe_name, write_file

        projects = [self._bench.project_of(number) for number in self.chosen]
        if not projects:
            return
        name = safe_name(projects[0].name or text("window.unnamed"))
        kept, kinds = self._bench.session.kept, text("window.package_files")
        title, name = text("window.export_title"), f"{name}.jibiao"
        out = ask_new_file(kept, "export", self._window, title=title, name=name, kinds=kinds, named=_with_ending)
        if out is None:
            return
        editions = self._bench.editions

        def work(job: Job) -> Path:
            write_file(out, export_bytes(projects, editions, out.suffix.lower(), job.report))
            return out

        self._bench.jobs.submit(
            "export",
            work,
            lambda file: self._say(text("window.exported", count=len(projects), file=file.name)),
            failed=lambda error: tell(text("window.export_trouble"), str(error), self._window),
            label=text("window.exporting"),
        )

    # ---------------------------------------------------------------- helpers

    def open_new(self, projects: Sequence[Project]) -> None:
        """Add projects and open the first of them."""
        numbers = self._bench.session.add(projects)
        self._bench.session.open(numbers[0])


def _with_ending(path: Path, kind: str) -> Path:
    """The file with the ending of the chosen kind; a workbook's ending that was typed counts as chosen."""
    ending, wanted = path.suffix.lower(), ".xlsx" if "xlsx" in kind else ".jibiao"
    if ending in (".xlsx", wanted) or (ending == ".json" and wanted != ".xlsx"):
        return path
    return path.with_suffix(wanted) if ending in (".json", ".jibiao") else path.with_name(f"{path.name}{wanted}")
