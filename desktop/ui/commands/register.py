"""台账: opened, filled aside, and kept up to date while it is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from desktop.presenters.register import Facts, budget_key, facts_of, line_of, read_budget, totals
from desktop.texts import text
from desktop.ui.dialogs.ask import tell
from desktop.ui.jobs import Job
from desktop.ui.workbench import Workbench
from forms.first_level import assigning, first_level_of
from forms.money import AmountError

BUDGETS = "budgets"
"""Setting: the budgets of the units, in 元, by ``budget_key``."""


class RegisterCommands:
    """Opens the register and does what its buttons say."""

    def __init__(
        self, bench: Workbench, acts: Mapping[str, Callable[[list[int]], None]], window: QWidget,
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        """``acts`` are those of the window, by the names of the buttons; they get the selected projects."""
        self._bench, self._window, self._say = bench, window, say
        self._given = acts
        self._shown: Any = None
        self._facts: dict[int, Facts] = {}
        bench.listed.connect(self._renew)
        bench.checking.marked.connect(self._show)

    def acts(self) -> dict[str, Callable[[], Any]]:
        """Return what the actions of this group do, by name."""
        return {"register": self.open}

    def open(self) -> None:
        """Show the register."""
        from desktop.ui.dialogs.register import RegisterWindow

        if self._shown is None:
            self._shown = RegisterWindow({**self._given, "assign": self._assign}, self._window)
            self._shown.destroyed.connect(self._closed)
            self._shown.budget_typed.connect(self._budget)
        self._shown.show()
        self._shown.raise_()
        self._shown.activateWindow()
        self._renew()

    def _closed(self) -> None:
        self._shown = None

    def _renew(self) -> None:
        """Show the projects as they are listed now, and read aside what the list does not know."""
        if self._shown is None:
            return
        self._show()
        session, editions = self._bench.session, self._bench.editions
        numbers = [row.id for row in session.rows()]
        copies: dict[int, list[Any]] = {}
        for one in session.finals.copies():
            copies.setdefault(one.project_id, []).append(one)

        def work(job: Job) -> dict[int, Facts]:
            reader = session.data.reader()
            try:
                found = {}
                for made, number in enumerate(numbers, 1):
                    found[number] = facts_of(reader.load(number).project, copies.get(number, []), editions)
                    if not job.report(made, len(numbers)):
                        break
                return found
            finally:
                reader.close()

        self._bench.long_jobs.submit("register", work, self._know, label=text("register.reading"))

    def _know(self, found: dict[int, Facts]) -> None:
        self._facts = found
        self._show()

    def _show(self) -> None:
        if self._shown is None:
            return
        rows, marks = self._bench.session.rows(), self._bench.checking.marks
        self._shown.show_lines([line_of(row, self._facts.get(row.id), marks.get(row.id)) for row in rows])
        self._shown.show_totals(totals(rows, self._bench.session.kept.setting(BUDGETS, {})))

    def _budget(self, unit: str, year: int | None, typed: str) -> None:
        kept = self._bench.session.kept
        try:
            amount = read_budget(typed)
        except AmountError as error:
            tell(text("register.title"), str(error), self._shown)
        else:
            mine = budget_key(unit, year)
            known = {key: value for key, value in kept.setting(BUDGETS, {}).items() if key != mine}
            kept.set_setting(BUDGETS, {**known, mine: amount} if amount else known)
        self._show()

    def _assign(self, numbers: list[int]) -> None:
        """Ask for the 一级项目 and make the projects parts of it."""
        now = first_level_of(self._bench.project_of(numbers[0]))
        name, accepted = QInputDialog.getText(
            self._shown, text("register.assign"), text("register.assign_ask"), QLineEdit.EchoMode.Normal, now
        )
        if not accepted:
            return
        for number in numbers:
            self._bench.session.change(number, assigning(self._bench.project_of(number), name))
            # What is just being saved cannot be read from the disk yet.
            copies = self._bench.session.finals.copies(number)
            self._facts[number] = facts_of(self._bench.project_of(number), copies, self._bench.editions)
        self._say(text("register.assigned", count=len(numbers)))
        self._show()


def on_selected(select: Callable[[list[int]], None], act: Callable[[], Any]) -> Callable[[list[int]], None]:
    """Return an act on projects that selects them in the list of the window first."""

    def do(numbers: list[int]) -> None:
        select(numbers)
        act()

    return partial(do)
