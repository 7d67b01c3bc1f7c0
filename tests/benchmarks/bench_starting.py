"""Process start to first painted window, beside a bare PySide6 window; the offscreen platform for both."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.benchmarks.measure import line, processes

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
from PySide6.QtCore import QTimer
app = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
window = Window()
window.setCentralWidget(QLabel("绩表"))
window.resize(1366, 768)
window.show()
app.exec()
"""

PAINTED = """
import sys
from pathlib import Path
from desktop.app import application
from desktop.ui.shell import Shell
app = application()
shell = Shell(Path(sys.argv[1]), "绩表")
shell.painted.connect(app.quit)
shell.show()
app.exec()
"""

FILLED = """
import sys
from pathlib import Path
from desktop.app import run
sys.exit(run(Path(sys.argv[1]), close_at_once=True))
"""

DRAWN = FILLED.replace("close_at_once", "close_when_drawn")


def main() -> None:
    """Print the table. The window paints its frame first and fills it then, so both are measured."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.commands.demo import fill
    from forms.known_editions import Editions

    with tempfile.TemporaryDirectory() as name:
        fill(Path(name), Editions())
        scripts = (BARE, PAINTED, FILLED, DRAWN)
        bare, painted, filled, drawn = processes(*(("-c", one, name) for one in scripts))
        line("bare PySide6 window", bare)
        line("绩表: first painting", painted, beside=bare, goal="≤ 1.5 ×")
        line("绩表: filled with the sample projects, closed again", filled, beside=bare)
        line("绩表: the paper of the open project drawn, closed again", drawn, beside=bare)
