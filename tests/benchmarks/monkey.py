"""Keys and clicks at random on the real window: nothing may end in an unexpected error or harm a project.

``python -m tests.benchmarks.monkey [--seconds 60] [--seed 1]`` opens a scratch data folder with the samples, without a
screen, in a process whose home folder is scratch, too. Prints how many steps were made, and what came before each
fault; there must be none, and every project must open afterwards.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QWidget,
)

from desktop import app
from desktop.commands import demo
from desktop.store import Store
from desktop.ui.shell import Shell
from forms.known_editions import Editions

ROOT: Final = Path(__file__).parents[2]
TEXTS: Final = (
    "≥85%",
    "<=12",
    "完成",
    "2025年12月31日前",
    "场",
    "0",
    "12.5",
    "-5",
    "１２",
    "=1+1",
    "，",
    "～",
    "　",
    "预算",
)
CLIPS: Final = (
    "",
    "abc",
    "1\t2\t3\n4\t5\t6",
    "数量\t场次\t≥5场\n质量\t合格率\t≥90%",
    "产出指标\t数量指标\t场次\t=3\n效益指标\t社会效益指标\t影响\t提升",
    "很长的文字" * 600,
)
FIRST_MS, GAP_MS, LAST_MS = 1500, 2, 200
CHARACTERS: Final = "ABCDEFGHINOPRSTVXYZ012345"
KEYS: Final = (
    *("Return", "Tab", "Backtab", "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "Escape"),
    *("Delete", "Backspace", "Space", "F1", "F2", "F3", "F4", "F5", "F6", "F8", "F9"),
)


class Monkey:
    """Presses and clicks until its time is up, then closes what is open."""

    def __init__(self, seed: int, seconds: float) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - any step will do
        self._end = time.monotonic() + seconds
        self.steps = 0
        self.last: deque[str] = deque(maxlen=40)
        self.faults: list[str] = []

    def step(self) -> None:
        """Make a step; the next one is due even if this one opens a dialog that waits."""
        if time.monotonic() > self._end:
            self._leave()
            return
        QTimer.singleShot(GAP_MS, self.step)
        name, act = self._chosen()
        self.last.append(name)
        self.steps += 1
        try:
            act()
        except RuntimeError as error:  # what was clicked is gone by the time the mouse is let go
            if "already deleted" not in str(error):
                raise

    def fault(self, *raised: Any) -> None:
        """Note an unexpected error and what came before it."""
        self.faults.append("".join(traceback.format_exception(*raised)) + f"after: {list(self.last)}\n")

    def _chosen(self) -> tuple[str, Callable[[], object]]:
        top, dice, no = _top(), self._dice, Qt.KeyboardModifier.NoModifier
        if self.steps % 20 == 0:
            top.activateWindow()
        focused = QApplication.focusWidget() or top
        if focused.window() is not top.window() and not isinstance(top, QMenu):
            focused = top
        if isinstance(top, QFileDialog) and dice.random() < 0.7:
            return "leave the files", lambda: QTest.keyClick(top, Qt.Key.Key_Escape)
        kind = dice.choices(("key", "with Ctrl", "menu", "words", "paste", "click"), (28, 14, 4, 16, 4, 34))[0]
        if kind == "click":
            return self._click(top)
        if kind == "words":
            words = dice.choice(TEXTS)
            event = QInputMethodEvent()
            event.setCommitString(words)
            return f"{kind} {words}", lambda: QApplication.sendEvent(focused, event)
        name, modifier = dice.choice(KEYS), dice.choice([no] * 6 + [Qt.KeyboardModifier.ShiftModifier])
        if kind == "with Ctrl":
            shift = Qt.KeyboardModifier.ShiftModifier if dice.random() < 0.2 else no
            name, modifier = dice.choice(CHARACTERS), Qt.KeyboardModifier.ControlModifier | shift
        elif kind == "menu":
            name, modifier = dice.choice("PEICRTH"), Qt.KeyboardModifier.AltModifier
        elif kind == "paste":
            QGuiApplication.clipboard().setText(dice.choice(CLIPS))
            name, modifier = "V", Qt.KeyboardModifier.ControlModifier
        return f"{kind} {name} on {type(focused).__name__}", lambda: QTest.keyClick(
            focused, Qt.Key[f"Key_{name}"], modifier
        )

    def _click(self, top: QWidget) -> tuple[str, Callable[[], object]]:
        dice, no = self._dice, Qt.KeyboardModifier.NoModifier
        wanted = (QAbstractItemView, QLineEdit) if dice.random() < 0.5 else (QWidget,)
        shown = [one for kind in wanted for one in top.findChildren(kind) if one.isVisible() and one.window() is top]
        one = dice.choice(shown or [top])
        if isinstance(one, QMenu) and one.actions():
            action = dice.choice(one.actions())
            at = one.actionGeometry(action).center()
            return f"choose {action.text()}", lambda: QTest.mouseClick(one, Qt.MouseButton.LeftButton, no, at)
        there = one.viewport() if isinstance(one, QAbstractScrollArea) else one
        at = QPoint(dice.randrange(max(there.width(), 1)), dice.randrange(max(there.height(), 1)))
        button = Qt.MouseButton.LeftButton if dice.random() < 0.85 else Qt.MouseButton.RightButton
        press = QTest.mouseDClick if dice.random() < 0.12 else QTest.mouseClick
        modifier = dice.choice([no] * 6 + [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier])
        return f"click {type(one).__name__} {at.toTuple()}", lambda: press(there, button, modifier, at)

    def _leave(self) -> None:
        top = _top()
        if isinstance(top, Shell) and not top.isVisible():
            return
        QTimer.singleShot(LAST_MS, self._leave)
        if isinstance(top, Shell):
            top.close()
        else:
            QTest.keyClick(top, Qt.Key.Key_Escape)


def _top() -> QWidget:
    """The widget that takes keys and clicks: a menu, a dialog, the window."""
    shell = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Shell))
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or shell


def _play(folder: Path, seed: int, seconds: float) -> int:
    """Open the window on a data folder with the samples and let the monkey at it; return how many faults there were."""
    demo.fill(folder, Editions())
    QDesktopServices.openUrl = lambda _url: True  # type: ignore[method-assign,assignment]  # no program is started
    app.application()
    monkey = Monkey(seed, seconds + FIRST_MS / 1000)

    def begin() -> None:
        sys.excepthook = monkey.fault
        monkey.step()

    QTimer.singleShot(FIRST_MS, begin)
    code = app.run(folder)
    with Store.open(folder) as store:
        projects = [*store.projects(), *store.projects(recycled=True)]
        for row in projects:
            store.load(row.id)
    print(*monkey.faults, sep="\n", end="")
    print(f"seed {seed}: {monkey.steps} steps, {len(monkey.faults)} faults, {len(projects)} projects open, exit {code}")
    return len(monkey.faults) or code


def main(words: Sequence[str] | None = None) -> int:
    """Play in a process of its own, whose home folder is scratch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    if given.folder is not None:
        return _play(given.folder, given.seed, given.seconds)
    with tempfile.TemporaryDirectory() as name:
        home, data = Path(name) / "home", Path(name) / "data"
        home.mkdir()
        data.mkdir()
        command = [
            sys.executable,
            "-m",
            __spec__.name if __spec__ else "tests.benchmarks.monkey",
            "--folder",
            str(data),
        ]
        command += ["--seed", str(given.seed), "--seconds", str(given.seconds)]
        scratch = {"HOME": str(home), "USERPROFILE": str(home), "PYTHONUTF8": "1", "QT_LOGGING_RULES": "*=false"}
        environment = {**os.environ, **scratch, "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.run(command, cwd=ROOT, env=environment, timeout=given.seconds + 120, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
