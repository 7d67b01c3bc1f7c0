"""What the dialog of a new project proposes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QDialog

from desktop.presenters.new_project import usual_years
from desktop.ui.dialogs.new_project import NewProjectDialog
from forms.documents import FormKind
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.mark.parametrize(
    ("today", "newest", "years"),
    [
        (date(2026, 11, 21), 0, (2027, 2026)),
        (date(2026, 7, 1), 2025, (2027, 2026)),
        (date(2026, 6, 30), 2025, (2026, 2025)),
        (date(2026, 2, 10), 2027, (2027, 2025)),
    ],
)
def test_the_budget_that_is_drawn_up_is_that_of_the_next_year(today: date, newest: int, years: tuple[int, int]) -> None:
    assert tuple(usual_years(today, newest).values()) == years


def looked_at(robot: Robot, look: Callable[[NewProjectDialog], None]) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, NewProjectDialog)
        look(dialog)
        dialog.reject()

    robot.in_dialog(NewProjectDialog, act, then=lambda: robot.do("new"))


def test_each_kind_of_form_proposes_its_year_and_keeps_one_that_was_typed(robot: Robot) -> None:
    usual = usual_years(robot.bench.today)
    seen: list[str] = []

    def turn(dialog: NewProjectDialog) -> None:
        kinds: tuple[FormKind, ...] = ("evaluation", "declaration")
        for kind in kinds:
            seen.append(dialog.year.text())
            getattr(dialog, kind).click()
        dialog.year.setText("2030")
        dialog.evaluation.click()
        seen.append(dialog.year.text())

    looked_at(robot, turn)
    assert seen == [str(usual["declaration"]), str(usual["evaluation"]), "2030"]


def test_the_year_that_is_looked_at_goes_first(with_samples: Robot) -> None:
    box = with_samples.window.projects.year
    box.setCurrentIndex(box.findData(2024))
    seen: list[str] = []
    looked_at(with_samples, lambda dialog: seen.append(dialog.year.text()))
    assert seen == [str(box.currentData())]
