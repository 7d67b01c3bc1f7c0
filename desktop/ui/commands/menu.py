"""What the menus do, all but what they do with the panes of the window (``commands.view``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.ui.commands.backups import BackupCommands
from desktop.ui.commands.booklets import BookletCommands
from desktop.ui.commands.branch import BranchCommands
from desktop.ui.commands.cycle import CycleCommands
from desktop.ui.commands.finals import FinalCommands
from desktop.ui.commands.help import HelpCommands
from desktop.ui.commands.output import OutputCommands
from desktop.ui.commands.projects import ProjectCommands
from desktop.ui.commands.register import RegisterCommands, on_selected
from desktop.ui.commands.rollup import RollUpCommands
from desktop.ui.commands.searching import SearchCommands
from desktop.ui.commands.tables import TableCommands

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow


class MenuCommands:
    """A group of commands each, and which of them each action is."""

    def __init__(self, window: MainWindow) -> None:
        bench, shell, say = window.bench, window.shell, window.say
        self._window = window
        self.projects = ProjectCommands(bench, window.projects, shell, say)
        self.output = OutputCommands(bench, lambda: self.projects.chosen, shell, say)
        self.finals = FinalCommands(bench, self.output, lambda: self.projects.chosen, shell, say)
        self.backups = BackupCommands(bench, shell, say, window.remind, window.alarm)
        self.help = HelpCommands(bench, shell, say)
        self.branch = BranchCommands(bench, shell, say)
        self.searching = SearchCommands(window)
        self.cycle = CycleCommands(bench, self.projects, window.view.places, shell, say)
        self.tables = TableCommands(bench, self.output, self._summed, shell, say)
        self.rollup = RollUpCommands(bench, shell, say)
        self.booklets = BookletCommands(bench, self.output, self._summed, shell, say)
        self.register = RegisterCommands(bench, self._on_several(), shell, say)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Return what each action does, by its name."""
        projects, output, window, backups = self.projects, self.output, self._window, self.backups
        return {
            "new": projects.new,
            "import": projects.import_files,
            "export": projects.export,
            "copy": projects.copy,
            "rename": projects.rename,
            "recycle": projects.recycle,
            "backup": backups.backup,
            "restore_from": backups.restore_from,
            "backups": backups.open_folder,
            "second": backups.second,
            "pack": backups.pack,
            "log": self.help.log,
            "problem": self.help.report,
            "print": output.print,
            "pdf": output.pdf,
            "test_page": output.test_page,
            "report": output.report,
            "final": self.finals.freeze,
            "finals": self.finals.show,
            "verify": lambda: self.finals.verify(window.view.open_project),
            "undo": window.bench.undo,
            "redo": window.bench.redo,
            "quit": window.shell.close,
            **self.cycle.acts(),
            **self.tables.acts(),
            **self.booklets.acts(),
            **self.rollup.acts(),
            **self.register.acts(),
            **self.searching.acts(),
        }

    def _on_several(self) -> dict[str, Callable[[list[int]], None]]:
        """What the register can do with the projects selected there."""
        window = self._window
        names = ("check", "carry", "print", "pdf", "export", "summary", "results")
        acts = {name: on_selected(window.projects.choose, window.actions_[name].trigger) for name in names}
        return {"open": lambda numbers: window.view.open_project(numbers[0]), **acts}

    def _summed(self) -> list[int]:
        """The projects that a summary is made of: several that are selected, else all that are listed."""
        return self.projects.several or self._window.projects.listed()
