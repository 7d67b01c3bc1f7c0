"""A clerk in a hurry: edits, pastes, imports, prints, freezes and backs up until killed, and says what it does.

``python -m tests.benchmarks.storm_child FOLDER OUT SEED [--window]``. Before a step: ``op PROJECT CODE`` with the check
code that the project will have; after the title would say 已保存: ``ack PROJECT``. Imports: ``import TAG COUNT``, then
``imported TAG``. Frozen: ``frozen CODE``. Written files: ``file NAME``.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import desktop.presenters.session as session_module
from desktop.exchange.writing import WriteError, write_file
from desktop.presenters.freezing import ready
from desktop.presenters.open_data import OpenData
from desktop.presenters.safekeeping import Safekeeping
from desktop.presenters.session import Session
from desktop.store import Store, StoreError
from desktop.texts import RESOURCES
from forms.check_code import check_code
from forms.documents import Indicator, Package, Project
from forms.edits import Edit, Put, Splice, set_text
from forms.known_editions import Editions
from forms.package import read_package
from forms.printing import PrintOptions, print_package

EDITIONS = Editions()
GOAL = "declaration.annual_goal"


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Telling(OpenData):
    """Open data that say which steps are saved, when the title would."""

    def _on_saved(self, project_id: int | None, head: int | None, at: datetime) -> None:
        super()._on_saved(project_id, head, at)
        if project_id is not None:
            say("ack", project_id)


class Storm:
    """One step after another, whatever comes to mind."""

    def __init__(self, session: Session, folder: Path, out: Path, seed: int) -> None:
        self.session, self.out = session, out
        self.random = random.Random(seed)  # noqa: S311 - any moment will do
        self.safe = Safekeeping(session, folder)
        self.tag = seed * 1000
        self.samples = read_package(RESOURCES / "samples" / "public-culture-2025.json", EDITIONS).projects
        if not session.rows():
            session.add(self.samples)
        self.open()

    def open(self) -> None:
        rows = [row for row in self.session.rows() if row.kind in ("declaration", "both")]
        self.session.open(self.random.choice(rows).id)

    def steps(self) -> Iterator[None]:
        acts = [self.type] * 8 + [self.paste] * 4 + [self.replace, self.undo, self.redo, self.open]
        acts += [self.import_, self.print, self.back_up, self.freeze]
        while True:
            self.random.choice(acts)()
            yield

    def do(self, edit: Edit, *, merge: bool = False) -> None:
        assert self.session.project is not None
        if not edit.is_empty:
            say("op", self.session.project_id, check_code(edit.apply(self.session.project)))
            self.session.do(edit, merge=merge)

    @property
    def project(self) -> Project:
        assert self.session.project is not None
        return self.session.project

    def type(self) -> None:
        for n in range(self.random.randint(1, 12)):  # typing goes on: the same step, again and again
            self.do(set_text(self.project, GOAL, f"目标{self.random.random()}" + "字" * n, "修改"), merge=True)

    def paste(self) -> None:
        form = self.project.declaration
        assert form is not None
        count = self.random.randint(1, 60)
        rows = tuple(
            Indicator("产出指标", "数量指标", f"粘贴{n} {self.random.random()}", f"≥{n}次") for n in range(count)
        )
        at = self.random.randint(0, len(form.indicators))
        gone = form.indicators[at : at + self.random.randint(0, 60)]
        self.do(Edit("粘贴", (Splice(("declaration", "indicators"), at, gone, rows),)))

    def replace(self) -> None:
        form = self.project.declaration
        assert form is not None
        puts = tuple(
            Put(("declaration", "indicators", n, "target"), row.target, f"{row.target}改")
            for n, row in enumerate(form.indicators[:40])
        )
        self.do(Edit("替换", puts))

    def undo(self) -> None:
        if self.session.undo_name is not None:
            desk = self.session._current
            assert desk is not None
            step = desk.step(desk.head, self.session.data.store.step)
            if step is not None:
                say("op", self.session.project_id, check_code(step.inverse().apply(self.project)))
                self.session.undo()

    def redo(self) -> None:
        if self.session.redo_name is not None:
            desk = self.session._current
            assert desk is not None
            step = desk.step(desk.head + 1, self.session.data.store.step)
            if step is not None:
                say("op", self.session.project_id, check_code(step.apply(self.project)))
                self.session.redo()

    def import_(self) -> None:
        self.tag += 1
        count = self.random.randint(2, 6)
        say("import", self.tag, count)
        named = [
            set_text(self.samples[0], "declaration.fields.项目名称", f"导入{self.tag}", "").apply(self.samples[0])
            for _ in range(count)
        ]
        self.session.add(named)
        say("imported", self.tag)

    def print(self) -> None:
        name = f"{self.random.randint(1, 5)}.pdf"
        say("file", name)
        short = self.project
        if short.declaration is not None:
            short = short._replace(declaration=short.declaration._replace(indicators=short.declaration.indicators[:9]))
        write_file(self.out / name, print_package(Package((short,)), EDITIONS, PrintOptions()).pdf)

    def back_up(self) -> None:
        threading.Thread(target=self._back_up, daemon=True).start()

    def _back_up(self) -> None:
        try:
            self.safe.make()
            if self.random.random() < 0.3:
                self.session.data.pack(self.out / "搬家.jbpack")
        except (StoreError, WriteError, RuntimeError) as error:
            say("trouble", repr(error))

    def freeze(self) -> None:
        number = next((row.id for row in self.session.rows() if row.name == self.samples[0].name), None)
        if number is not None:
            found = ready(self.samples[0], EDITIONS, None, "")
            if self.session.peek(number) == self.samples[0]:
                self.session.finals.freeze(number, found.project, found.code, found.frozen)
                say("frozen", found.code)


def main(folder: Path, out: Path, seed: int, *, window: bool) -> None:
    """Storm until killed."""
    say("begin")
    session_module.OpenData = Telling  # so that the session works on it
    session = Session(Store.open(folder), EDITIONS, retries=(0.05,))
    say("opened")
    if not window:
        for _ in Storm(session, folder, out, seed).steps():
            pass
        return
    from PySide6.QtCore import QTimer

    from desktop import app
    from desktop.ui.main_window import MainWindow
    from desktop.ui.shell import Shell
    from desktop.ui.workbench import Workbench

    running = app.application()
    shell = Shell(folder, "")
    shell.show()
    main_window = MainWindow(Workbench(session, folder), shell)
    steps = Storm(session, folder, out, seed).steps()
    timer = QTimer(main_window)
    timer.timeout.connect(lambda: next(steps))
    timer.start(0)
    running.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), window="--window" in sys.argv)
