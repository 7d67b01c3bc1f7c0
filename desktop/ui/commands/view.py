"""How things are looked at: panes, tabs, zoom, text size, and what of it is remembered for a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.presenters.trouble import StoreError
from desktop.presenters.whole_check import outcome
from desktop.texts import RESOURCES, text
from desktop.ui import theme
from desktop.ui.gathering import gather
from desktop.ui.pages.page import HasLibrary, HasRows

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow
    from forms.library import LibraryRow


class ViewCommands:
    """Acts on the panes of the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.path = ""
        """The place that has the cursor."""
        self._open: int | None = None

    def acts(self) -> dict[str, Callable[[], Any]]:
        """Return what the actions of this group do, by name."""
        window = self._window
        return {
            "list": lambda: window.panes.fold_list(shown=window.panes.left.isHidden()),
            "paper": self._toggle_paper,
            "tab_on": lambda: window.editor.step(1),
            "tab_back": lambda: window.editor.step(-1),
            "zoom_in": lambda: window.paper.step_zoom(1.25),
            "zoom_out": lambda: window.paper.step_zoom(0.8),
            "zoom_fit": window.paper.view.set_fit_width,
            "find": self._find,
            "select_all": self._select_all,
            "check": self._check,
            "next_finding": lambda: window.findings.step(1),
            "last_finding": lambda: window.findings.step(-1),
            "indicators": self._go_to_indicators,
            "help": self._help,
            "rules": self._rules,
            "switches": self._switches,
            "folder": self._show_folder,
            "about": self._about,
            **{size: partial(self.set_size, size) for size in theme.SIZES},
        }

    def begin(self) -> None:
        """Fill the window with the data, and open what was open the last time."""
        window, session = self._window, self._window.bench.session
        self._show_folds()
        window.panes.folded.connect(self._show_folds)
        window.projects.refresh()
        self.set_size(session.kept.setting("text_size", "medium"))
        last = session.kept.setting("open_project")
        listed = window.projects.listed()
        if last in listed:
            self.open_project(last)
        elif listed:
            self.open_project(listed[0])
        window.bench.opened.connect(self._note_open)
        window.bench.checking.mark_all()
        window.bench.soon.start()

    # ---------------------------------------------------------------- the open project

    def open_project(self, number: int) -> None:
        """Open a project as it was last looked at."""
        window = self._window
        if number == window.bench.session.project_id:
            return
        window.editor.commit()
        window.kept_view.keep()
        try:
            window.bench.session.open(number)
        except StoreError as error:
            window.alarm(error.sentence)
            return
        window.kept_view.show(number)

    def go_to(self, path: str) -> None:
        """Put the cursor into a field; what has none is said."""
        window = self._window
        window.panes.turn_to_form()
        if not window.editor.go_to(path):
            window.say(text("window.no_field"))

    def go_to_project(self, number: int | None, path: str) -> None:
        """Put the cursor into a field of any project, which is opened."""
        if number is not None:
            self.open_project(number)
        if number in (None, self._window.bench.session.project_id):
            self.go_to(path)

    def lead_to(self, path: str) -> None:
        """Bring the place of an undone step into sight, as far as it has one."""
        self._window.panes.turn_to_form()
        self._window.editor.go_to(path)

    def _go_to_indicators(self) -> None:
        editor = self._window.editor
        self._window.panes.turn_to_form()
        editor.show_tab("indicators")
        editor.take_cursor()

    def _note_open(self) -> None:
        self._open = self._window.bench.session.project_id

    def places(self) -> list[str]:
        """Return the places that are selected: all selected rows of the tree, else the one that has the cursor."""
        page = self._window.editor.page
        selected: list[str] = page.selected_places() if isinstance(page, HasRows) else []
        return selected or ([self.path] if self.path else [])

    # ---------------------------------------------------------------- small things

    def sentence_of(self, path: str) -> str:
        """Return what was found at a place, for the status line."""
        marks = self._window.bench.checking.review.marks.get(path, ()) if path else ()
        return "　".join(f"{mark.sign} {mark.sentence}" for mark in marks)

    def set_size(self, size: str) -> None:
        """Show all text in a size of ``theme.SIZES``."""
        window = self._window
        if size != window.bench.session.kept.setting("text_size", "medium"):
            window.bench.session.kept.set_setting("text_size", size)
            app = QApplication.instance()
            if isinstance(app, QApplication):
                theme.apply(app, size)
            window.editor.rebuild()
        for name in theme.SIZES:
            window.actions_[name].setChecked(name == size)

    def follow_scheme(self) -> None:
        """Take the colours of the system's scheme, light or dark, as it is now."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self._window.bench.session.kept.setting("text_size", "medium"))
        self._window.editor.rebuild()

    def _toggle_paper(self) -> None:
        panes = self._window.panes
        panes.fold_paper(shown=panes.bar.currentIndex() == 0 if panes.is_narrow else not panes.shows_paper)

    def _show_folds(self) -> None:
        window, panes = self._window, self._window.panes
        window.actions_["list"].setChecked(not panes.left.isHidden())
        window.actions_["paper"].setChecked(panes.bar.currentIndex() == 1 if panes.is_narrow else panes.shows_paper)

    def _check(self) -> None:
        """Check the selected projects, or with no more than one selected all that are listed."""
        window = self._window
        numbers = window.commands.projects.several or window.projects.listed()
        window.panes.fold_paper(shown=True)  # what is found stands beneath the paper
        check = window.bench.checking.check_whole
        gather(window.bench, numbers, lambda projects: check(projects, lambda whole: window.say(outcome(whole))))

    def _select_all(self) -> None:
        self._window.panes.fold_list(shown=True)
        self._window.projects.select_all()

    def _find(self) -> None:
        window = self._window
        window.panes.fold_list(shown=True)
        window.projects.filter.setFocus()
        window.projects.filter.selectAll()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._window.bench.folder)))

    def _help(self) -> None:
        from desktop.ui.dialogs.manual import ManualWindow

        window = self._window
        tab = window.editor.tab
        manual = ManualWindow(window.shell)
        manual.show()
        if tab is not None and window.bench.project is not None:
            manual.show_chapter(text(f"pages.tab_{tab.name}"))

    def show_library(self) -> None:
        """Open the libraries of indicators."""
        self._window.bench.librarian.read_shipped(self._open_library)

    def _open_library(self, shipped: Sequence[LibraryRow]) -> None:
        from desktop.ui.dialogs.library import LibraryDialog

        librarian = self._window.bench.librarian
        dialog = LibraryDialog(librarian.own, shipped, self._window.shell)
        accepted, own, picked = dialog.exec(), dialog.own, dialog.picked
        dialog.deleteLater()
        if accepted and own != librarian.own:
            librarian.set_own(own)
        page = self._window.editor.page
        if accepted and picked and page is not None and isinstance(page, HasLibrary):
            page.add_from_library(picked)

    def _rules(self) -> None:
        from desktop.presenters.rule_book import rule_book
        from desktop.ui.dialogs.manual import ManualWindow

        ManualWindow(self._window.shell, rule_book(self._window.bench.checking.switches), text("rules.title")).show()

    def _switches(self) -> None:
        from desktop.ui.dialogs.rules import RulesDialog

        window = self._window
        dialog = RulesDialog(window.bench.checking.switches, window.shell)
        accepted, switches = dialog.exec(), dialog.switches
        dialog.deleteLater()
        if accepted and switches != window.bench.checking.switches:
            window.bench.checking.switch_rules(switches)
            window.say(text("checking.rules_saved"))

    def _about(self) -> None:
        from desktop.version import version

        box = QMessageBox(self._window.shell)
        box.setWindowTitle(text("window.about_title"))
        box.setIconPixmap(QIcon(str(RESOURCES / "icons" / "jibiao.png")).pixmap(16 * theme.GRID))
        box.setText(text("window.about", version=version(), folder=self._window.bench.folder))
        licences = box.addButton(text("window.licences"), QMessageBox.ButtonRole.ActionRole)
        box.setDefaultButton(box.addButton(text("window.close"), QMessageBox.ButtonRole.AcceptRole))
        box.exec()
        wanted = box.clickedButton() is licences
        box.deleteLater()
        if wanted:
            self._licences()

    def _licences(self) -> None:
        from desktop.presenters.licence_book import licence_book
        from desktop.ui.dialogs.manual import ManualWindow

        ManualWindow(self._window.shell, licence_book(), text("licences.title")).show()
