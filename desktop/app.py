"""The one place that joins store, session and window.

Nothing is imported at the top that the first painting of the window does not need.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import handover
from desktop.texts import RESOURCES, text
from desktop.ui import theme
from desktop.ui.shell import Shell

if TYPE_CHECKING:
    from types import TracebackType

    from desktop.store import StoreError
    from desktop.ui.main_window import MainWindow
    from desktop.ui.reception import Reception
    from desktop.ui.rescue import Rescue
    from desktop.ui.widgets.trouble import TroublePage

TRANSLATION = "qtbase_zh_CN"
DRAWN_MS = 30_000
"""How long the self-test waits for a page of paper."""
ENVIRONMENT = 3
"""Exit code where the environment is at fault."""


def run(
    folder: Path, *, files: Sequence[Path] = (), close_at_once: bool = False, close_when_drawn: bool = False
) -> int:
    """Open the window on a data folder and return the exit code of the program.

    ``files`` are imported once it stands; ``close_at_once`` closes it when it stands filled (to measure it),
    ``close_when_drawn`` when a page of paper is seen, or with code 3 where none comes (for the self-test).
    Where the data cannot be opened a page says why and what to do, and the exit code is 3. A second window on the
    same data hands ``files`` over to the first and ends with 0; where that one does not answer, it says that the data
    are in use, on standard error where there is one.
    """
    if _handed_over(folder, files):
        return 0
    app = application()
    shell = Shell(folder, text("window.name"))
    program = _Program(shell, folder, files, close_at_once=close_at_once, close_when_drawn=close_when_drawn)
    shell.painted.connect(program.fill)
    shell.show()
    try:
        code = app.exec()
    finally:
        program.end()
    return program.code or code


def _handed_over(folder: Path, files: Sequence[Path]) -> bool:
    """Whether a window that is open on the folder has taken the files over."""
    if not handover.is_open(folder):
        return False
    from desktop.store.folder import FolderLock

    # After a crash the inbox is still there, and nobody would answer.
    if not FolderLock.is_held(folder) or not handover.hand_over(folder, files):
        return False
    if sys.stderr is not None:
        sys.stderr.write(text("window.handed_over") + "\n")
    return True


class _Program:
    """What happens between the first painting and the end."""

    def __init__(
        self, shell: Shell, folder: Path, files: Sequence[Path], *, close_at_once: bool, close_when_drawn: bool
    ) -> None:
        self.code = 0
        self._until_drawn = close_when_drawn
        self._shell, self._folder, self._files, self._brief = shell, folder, files, close_at_once
        self._window: MainWindow | None = None
        self._reception: Reception | None = None
        self._rescue: Rescue | None = None
        self._restore = watch(folder, self._say)

    def fill(self) -> None:
        """Open the data and fill the window with it."""
        from desktop.presenters.session import Session
        from desktop.store import Store, StoreError
        from forms.known_editions import Editions

        problems: list[str] = []
        try:
            store = Store.open(self._folder)
        except StoreError as error:
            self._fail(error)
            return
        session = Session(store, Editions([self._folder / "editions"], problems))
        try:
            session.look()
        except StoreError as error:
            session.close(0)
            self._fail(error)
            return
        from desktop.ui.main_window import MainWindow
        from desktop.ui.workbench import Workbench

        size = str(session.kept.setting("text_size", "medium"))
        if size != "medium":
            theme.apply(application(), size)
        self._window = MainWindow(Workbench(session, self._folder), self._shell)
        if problems:
            self._window.say(problems[0])
        self._receive(self._window)
        if self._files:
            self._window.commands.projects.import_files(self._files)
        if self._brief:
            self._shell.close()
        elif self._until_drawn:
            self._window.paper.source.picture_ready.connect(
                lambda _page, _scale, image: self._end(ENVIRONMENT if image.isNull() else 0)
            )
            self._window.paper.source.failed.connect(lambda: self._end(ENVIRONMENT))
            QTimer.singleShot(DRAWN_MS, self._shell, lambda: self._end(ENVIRONMENT))

    def _end(self, code: int) -> None:
        if self._shell.isVisible():
            self.code = code
            self._shell.close()

    def _receive(self, window: MainWindow) -> None:
        """From now on a second start hands its files over to this window."""
        from desktop.ui.reception import Reception

        self._reception = Reception(self._folder, self._shell, window.take)

    def end(self) -> None:
        """Let go of everything."""
        self._restore()
        if self._reception is not None:
            self._reception.close()
        if self._rescue is not None:
            self._rescue.stop()
        if self._window is not None:
            self._window.end()
        self._shell.deleteLater()

    def _say(self, sentence: str) -> None:
        if self._window is not None:
            self._window.alarm(sentence)
        elif self._rescue is None:  # the window could not be filled: an empty one would say nothing
            self._show_trouble(sentence)

    def _show_trouble(self, sentence: str) -> TroublePage:
        from desktop.ui.widgets.trouble import TroublePage

        self.code = ENVIRONMENT
        page = TroublePage(sentence)
        page.button.clicked.connect(self._shell.close)
        self._shell.setCentralWidget(page)
        return page

    def _fail(self, error: StoreError) -> None:
        """Say why the data could not be opened; the page stays until the clerk closes it."""
        from desktop.presenters.rescue import is_hopeful
        from desktop.store import Kind
        from desktop.ui.rescue import Rescue

        self.code = ENVIRONMENT
        if sys.stderr is not None:
            sys.stderr.write(f"{error.sentence}\n")
        if (error.kind is Kind.IN_USE and sys.stderr is not None) or self._brief or self._until_drawn:
            self._shell.close()
            return
        page = self._show_trouble(error.sentence)
        if is_hopeful(self._folder, error.kind):
            self._rescue = Rescue(page, self._folder, self._saved)

    def _saved(self) -> None:
        """Open the data that took the place of the damaged."""
        self.code = 0
        self.fill()


def application() -> QApplication:
    """Return the one QApplication, made with Chinese texts where Qt has them."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([text("window.name")])
    app.setApplicationName("jibiao")
    icon = QIcon()
    for path in (RESOURCES / "icons").glob("jibiao*.png"):
        icon.addFile(str(path))
    app.setWindowIcon(icon)
    translator = QTranslator(app)
    translator.setObjectName(TRANSLATION)
    if translator.load(TRANSLATION, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.apply(app)
    return app


def platform_plugins() -> tuple[str, list[str]]:
    """Return the name of the platform that Qt will take here, and the files of the plugins that are there."""
    usual = {"win32": "windows", "darwin": "cocoa"}.get(sys.platform, "xcb")
    wanted = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] or usual
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    return wanted, [path.name for path in folder.glob("*")]


def surroundings() -> dict[str, object]:
    """Return what the window stands in, for the report of the self-test: platform, screen, style, printers."""
    from PySide6.QtPrintSupport import QPrinterInfo

    app = application()
    screen = app.primaryScreen()
    return {
        "qt": qVersion(),
        "platform": app.platformName(),
        "screen": f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():.0%}",
        "style": app.style().objectName(),
        "font": app.font().family(),
        "translation": any(not one.isEmpty() for one in app.findChildren(QTranslator, TRANSLATION)),
        "printers": len(QPrinterInfo.availablePrinterNames()),
    }


def watch(folder: Path, say: Callable[[str], None]) -> Callable[[], None]:
    """From now on an unexpected error is written to a file of the data folder and told in a line.

    The returned function ends that. What was done is in the session all the same: nothing of it is lost.
    """
    former = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        import traceback

        from desktop.presenters.problem_log import described, note

        if issubclass(kind, KeyboardInterrupt):
            former(kind, error, at)
            return
        sentence = getattr(error, "sentence", "")
        if sentence:  # the environment is at fault, and the error says what to do
            say(sentence)
            return
        if sys.stderr is not None:
            traceback.print_exception(kind, error, at)
        say(text("window.unexpected", file=note(folder, described(error, at))))

    sys.excepthook = hook

    def restore() -> None:
        if sys.excepthook is hook:
            sys.excepthook = former

    return restore
