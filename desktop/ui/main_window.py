"""The window: three panes, menus, toolbar, status line. It shows and connects; what is decided is decided elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QMessageBox, QToolBar, QVBoxLayout, QWidget

from desktop.presenters.shell import title
from desktop.texts import text
from desktop.ui.collector import Collector
from desktop.ui.commands.actions import NEEDS_PROJECT, TOOLBAR, Actions
from desktop.ui.commands.menu import MenuCommands
from desktop.ui.commands.projects import SAMPLES
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
        self.view = ViewCommands(self)
        self.kept_view = KeptView(self)
        self.commands = MenuCommands(self)
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
        self.commands.projects.take_table = self._take_table
        editor.brought_back.connect(self.panes.turn_to_form)
        bench.opened.connect(self._opened)
        bench.changed.connect(self._name_steps)
        bench.saving.connect(self._show_saving)
        bench.checking.checked.connect(lambda: self._show_place(self.view.path))
        editor.path_focused.connect(self._show_place)
        editor.said.connect(self.say)
        editor.path_focused.connect(self.paper.light)
        editor.library_wanted.connect(self.view.show_library)
        editor.copying_wanted.connect(self.commands.branch.copy)
        editor.page_shown.connect(self._show_indicator_actions)
        editor.page_shown.connect(self.kept_view.use_kept)
        self.paper.place_wanted.connect(self.view.go_to)
        self.findings.place_wanted.connect(self.view.go_to_project)
        self.projects.open_wanted.connect(self.view.open_project)
        self.projects.menu_wanted.connect(self._list_menu)
        self.projects.restore_wanted.connect(self.commands.projects.restore)
        self.projects.purge_wanted.connect(self.commands.projects.purge)
        self.banner.pressed.connect(self._answer_banner)
        self.hint.pressed.connect(lambda: self.remind(""))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.view.follow_scheme)
        self.start.wanted.connect(self._start)

    def _act(self) -> None:
        for name, act in {**self.commands.acts(), **self.view.acts(), "save": self._save}.items():
            self.actions_[name].triggered.connect(lambda _checked=False, act=act: self._do(act))

    def _do(self, act: object) -> None:
        """Do what an action says, after what is typed has become part of the document."""
        self.editor.commit()
        if callable(act):
            act()

    def _save(self) -> None:
        """Nothing need be saved; whoever does it by habit is told so, and after a failure it is tried again."""
        if self.bench.session.save_state.kind == "failed":
            self._answer_banner()
        else:
            self.say(text("window.always_saved"))

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
            self.commands.projects.samples()
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
        self.commands.projects.import_files(paths)

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
        self.commands.backups.stop()
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
