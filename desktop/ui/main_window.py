"""The window: three panes, menus, toolbar, status line. It shows and connects; what is decided is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QMessageBox, QToolBar, QVBoxLayout, QWidget

from desktop.presenters.shell import title
from desktop.texts import text
from desktop.ui.collector import Collector
from desktop.ui.commands.actions import NEEDS_PROJECT, TOOLBAR, Actions
from desktop.ui.commands.backups import BackupCommands
from desktop.ui.commands.booklets import BookletCommands
from desktop.ui.commands.branch import BranchCommands
from desktop.ui.commands.cycle import CycleCommands
from desktop.ui.commands.finals import FinalCommands
from desktop.ui.commands.help import HelpCommands
from desktop.ui.commands.output import OutputCommands
from desktop.ui.commands.projects import SAMPLES, ProjectCommands
from desktop.ui.commands.register import RegisterCommands, on_selected
from desktop.ui.commands.rollup import RollUpCommands
from desktop.ui.commands.searching import SearchCommands
from desktop.ui.commands.tables import TableCommands
from desktop.ui.commands.view import ViewCommands
from desktop.ui.kept_view import KeptView
from desktop.ui.pages.page import HasMenu, TakesTables
from desktop.ui.panes.editor import EditorPane
from desktop.ui.panes.findings import FindingsPane
from desktop.ui.panes.frame import Frame
from desktop.ui.panes.paper import PaperPane
from desktop.ui.panes.projects import ProjectsPane
from desktop.ui.panes.start import StartPane
from desktop.ui.shell import Shell
from desktop.ui.widgets.banner import Banner, Hint
from desktop.ui.widgets.one_line import OneLine
from desktop.ui.widgets.progress import ProgressLine
from desktop.ui.workbench import Workbench


class MainWindow(QObject):
    """Everything the clerk sees while the data folder is open, inside a shell."""

    def __init__(self, bench: Workbench, shell: Shell) -> None:
        super().__init__(shell)
        self.bench, self.shell = bench, shell
        bench.setParent(self)
        self._ended = False
        self._alarm = ""
        self._collector = Collector(self)
        self.projects = ProjectsPane(bench)
        self.editor = EditorPane(bench)
        self.paper = PaperPane(bench)
        self.findings = FindingsPane(bench)
        self.start = StartPane(samples=SAMPLES.is_dir())
        self.banner = Banner()
        self.hint = Hint()
        self.panes = Frame(self.projects, self.start, self.editor, self.paper, self.findings)
        self.actions_ = Actions(self)
        self.project_commands = ProjectCommands(bench, self.projects, shell, self.say)
        self.output = OutputCommands(bench, lambda: self.project_commands.chosen, shell, self.say)
        self.finals = FinalCommands(bench, self.output, lambda: self.project_commands.chosen, shell, self.say)
        self.backups = BackupCommands(bench, shell, self.say, self.remind, self.alarm)
        self.help = HelpCommands(bench, shell, self.say)
        self.view = ViewCommands(self)
        self.branch = BranchCommands(bench, shell, self.say)
        self.kept_view = KeptView(self)
        self.searching = SearchCommands(self)
        self.cycle = CycleCommands(bench, self.project_commands, self.view.places, shell, self.say)
        self.tables = TableCommands(bench, self.output, self._summed, shell, self.say)
        self.rollup = RollUpCommands(bench, shell, self.say)
        self.booklets = BookletCommands(bench, self.output, self._summed, shell, self.say)
        self.register = RegisterCommands(bench, self._on_several(), shell, self.say)
        self._set_up()
        self._connect()
        self._act()
        shell.inside = self
        self.panes.fit(shell.width())
        self._opened()
        self.view.begin()

    def _set_up(self) -> None:
        shell = self.shell
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.hint)
        layout.addWidget(self.panes, 1)
        self.actions_.fill(shell.menuBar())
        bar = QToolBar(text("window.toolbar"), shell)
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in TOOLBAR:
            if name is None:
                bar.addSeparator()
            else:
                bar.addAction(self.actions_[name])
        shell.addToolBar(bar)
        self.place = OneLine()
        shell.statusBar().addWidget(self.place, 1)
        shell.statusBar().addPermanentWidget(ProgressLine(self.bench.jobs, self.bench.paper_jobs, self.bench.long_jobs))
        shell.setCentralWidget(body)

    def _connect(self) -> None:
        bench, editor = self.bench, self.editor
        for happening in (bench.opened, bench.changed, editor.path_focused):
            happening.connect(self._collector.busy)
        bench.wanted.connect(self.view.lead_to)
        self.project_commands.take_table = self._take_table
        editor.brought_back.connect(self.panes.turn_to_form)
        bench.opened.connect(self._opened)
        bench.changed.connect(self._name_steps)
        bench.saving.connect(self._show_saving)
        bench.checking.checked.connect(lambda: self._show_place(self.view.path))
        editor.path_focused.connect(self._show_place)
        editor.said.connect(self.say)
        editor.path_focused.connect(self.paper.light)
        editor.library_wanted.connect(self.view.show_library)
        editor.copying_wanted.connect(self.branch.copy)
        editor.page_shown.connect(self._show_indicator_actions)
        editor.page_shown.connect(self.kept_view.use_kept)
        self.paper.place_wanted.connect(self.view.go_to)
        self.findings.place_wanted.connect(self.view.go_to_project)
        self.projects.open_wanted.connect(self.view.open_project)
        self.projects.menu_wanted.connect(self._list_menu)
        self.projects.restore_wanted.connect(self.project_commands.restore)
        self.projects.purge_wanted.connect(self.project_commands.purge)
        self.banner.pressed.connect(self._answer_banner)
        self.hint.pressed.connect(lambda: self.remind(""))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.view.follow_scheme)
        self.start.wanted.connect(self._start)

    def _act(self) -> None:
        commands, output, view, backups = self.project_commands, self.output, self.view, self.backups
        acts = {
            "new": commands.new,
            "import": commands.import_files,
            "export": commands.export,
            "copy": commands.copy,
            "rename": commands.rename,
            "recycle": commands.recycle,
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
            "verify": lambda: self.finals.verify(view.open_project),
            "undo": self.bench.undo,
            "redo": self.bench.redo,
            "quit": self.shell.close,
            **self.cycle.acts(),
            **self.tables.acts(),
            **self.booklets.acts(),
            **self.rollup.acts(),
            **self.register.acts(),
            **self.searching.acts(),
            **view.acts(),
        }
        for name, act in acts.items():
            self.actions_[name].triggered.connect(lambda _checked=False, act=act: self._do(act))

    def _do(self, act: object) -> None:
        """Do what an action says, after what is typed has become part of the document."""
        self.editor.commit()
        if callable(act):
            act()

    def _on_several(self) -> dict[str, Callable[[list[int]], None]]:
        """What the register can do with the projects selected there."""
        names = ("check", "carry", "print", "pdf", "export", "summary", "results")
        acts = {name: on_selected(self.projects.choose, self.actions_[name].trigger) for name in names}
        return {"open": lambda numbers: self.view.open_project(numbers[0]), **acts}

    def _summed(self) -> list[int]:
        """The projects that a summary is made of: several that are selected, else all that are listed."""
        return self.project_commands.several or self.projects.listed()

    # ---------------------------------------------------------------- showing

    def say(self, sentence: str) -> None:
        """Tell something in the status line for a while."""
        self.shell.statusBar().showMessage(sentence, 8000)

    def alarm(self, sentence: str) -> None:
        """Tell something that must not be overlooked, until the clerk has read it."""
        self._alarm = sentence
        self._show_saving()

    def remind(self, sentence: str) -> None:
        """Show a line that can be put away; nothing hides it."""
        self.hint.say(sentence, text("window.read"))

    def _opened(self) -> None:
        self.panes.show_start(shown=self.bench.project is None)
        for name in NEEDS_PROJECT:
            self.actions_[name].setEnabled(self.bench.project is not None)
        self._name_steps()
        self._show_saving()
        self._show_place("")

    def _name_steps(self) -> None:
        session = self.bench.session
        # What is just being typed can be undone, too, although it is no step yet.
        typing = session.project is not None
        self.actions_.name_undo("undo", session.undo_name, possible=typing)
        self.actions_.name_undo("redo", session.redo_name, possible=session.redo_name is not None)
        self._show_saving()

    def _show_saving(self) -> None:
        state = self.bench.session.save_state
        self.shell.setWindowTitle(title(self.bench.project, state))
        failed = state.kind == "failed"
        self.banner.say(
            state.sentence if failed else self._alarm, text("window.save_again" if failed else "window.read")
        )

    def _take_table(self, path: Path) -> bool:
        """Turn to the indicators of the open project and have them take the rows of a foreign workbook."""
        self.editor.show_tab("indicators")
        page: object = self.editor.page
        return isinstance(page, TakesTables) and page.take_table(path)

    def _show_place(self, path: str) -> None:
        """Tell in the status line what was found at the place that has the cursor."""
        self.view.path = path
        self.place.say(self.view.sentence_of(path))

    def _show_indicator_actions(self) -> None:
        page = self.editor.page
        if page is not None and isinstance(page, HasMenu):
            self.actions_.show_indicators(page.actions_for_menu())

    def _list_menu(self, at: QPoint) -> None:
        menu = QMenu(self.shell)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self.projects.in_bin:
            for name in ("copy", "rename", "recycle", "export", "check", "report", "print", "pdf"):
                menu.addAction(self.actions_[name])
            menu.popup(at)

    def _start(self, what: str) -> None:
        if what == "samples":
            self.project_commands.samples()
        else:
            self.actions_[what].trigger()

    def _answer_banner(self) -> None:
        if self.bench.session.save_state.kind == "failed":
            self.bench.session.flush(0)
        self.alarm("")

    # ---------------------------------------------------------------- what the shell passes on

    def fit(self, width: int) -> None:
        """Fold the paper to a tab where there is no room for three panes."""
        self.panes.fit(width)

    def take(self, paths: list[Path]) -> None:
        """Import the files dropped."""
        self.editor.commit()
        self.project_commands.import_files(paths)

    def may_close(self) -> bool:
        """Hand over what is typed, keep how things look, save; ask only where something could not be saved.

        While a backup is put in place of the data the window stays: a moment later it can be closed.
        """
        if self.bench.session.data.is_lent:
            return False
        self.editor.commit()
        self.kept_view.keep()
        if not self.bench.session.flush(5) and not self._give_up():
            return False
        self.shell.hide()  # a backup takes its time; the clerk need not watch
        self._stop()
        self.bench.safe.at_exit()
        self.end()
        return True

    def end(self) -> None:
        """Stop all work and close the data; more than once does no harm."""
        if not self._ended:
            self._ended = True
            self._stop()
            QGuiApplication.styleHints().colorSchemeChanged.disconnect(self.view.follow_scheme)
            self.bench.session.close(0)

    def _stop(self) -> None:
        """Begin nothing any more."""
        self._collector.stop()
        self.backups.stop()
        self.kept_view.stop()
        self.bench.close()

    def _give_up(self) -> bool:
        state = self.bench.session.save_state
        box = QMessageBox(QMessageBox.Icon.Warning, text("window.name"), "", parent=self.shell)
        box.setText(text("window.lose_ask", reason=state.sentence))
        lose = box.addButton(text("window.lose"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(text("window.stay"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        lost = box.clickedButton() is lose
        box.deleteLater()
        return lost
