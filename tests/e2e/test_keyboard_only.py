"""A whole form typed from nothing and handed on as a file, by keys alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from desktop.presenters.entries import stored_text
from desktop.texts import RESOURCES, text
from desktop.ui.dialogs.new_project import NewProjectDialog
from forms.documents import Declaration, Indicator, Project
from forms.known_editions import Editions
from forms.package import read_package
from tests.published import FOLDER
from tests.robot.hands import Hands, Key, Mod
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
LARGEST = FOLDER / "exchange-centre-2025-07.json"
SAMPLE = RESOURCES / "samples" / "popular-science-2025.json"
EDITIONS = Editions()


class Typist:
    """Types a project that lies before her."""

    def __init__(self, robot: Robot, wanted: Project) -> None:
        assert wanted.declaration is not None
        self.robot, self.hands = robot, Hands(robot)
        self.wanted = wanted
        self.form: Declaration = wanted.declaration

    def new(self) -> None:
        hands, form = self.hands, self.form

        def fill() -> None:
            hands.type(self.wanted.name)
            hands.press(Key.Key_Tab)
            hands.type(form.fields["实施单位"])
            hands.press(Key.Key_Tab)
            hands.type(str(form.year))
            hands.press(Key.Key_Tab)
            box = hands.at
            assert isinstance(box, QComboBox)
            dialog = box.window()
            assert isinstance(dialog, NewProjectDialog)
            for _ in range(box.count()):
                if dialog.chosen is not None and dialog.chosen.id == form.edition:
                    break
                hands.press(Key.Key_Down)
            hands.press(Key.Key_Return)

        hands.in_dialog(fill, (Key.Key_N, Mod.ControlModifier))

    def fields(self) -> None:
        """Fill the page in sight, from field to field."""
        seen: list[str] = []
        while (place := self.hands.place) and place not in seen:
            seen.append(place)
            words = stored_text(self.wanted, place)
            if stored_text(self.robot.project, place) != words:
                self.hands.type(words)
            self.hands.press(Key.Key_Tab)
        assert seen, f"no field has the cursor, but {self.hands.at} on {self.robot.window.editor.tab}"

    def next_page(self) -> None:
        self.hands.press(Key.Key_PageDown, Mod.ControlModifier)
        self.robot.settle()
        self.robot.activate()  # without a display a menu that is gone stays the active window

    def indicators(self) -> None:
        for at, row in enumerate(self.form.indicators):
            before = self.form.indicators[at - 1] if at else None
            if before is None or (before.l1, before.l2) != (row.l1, row.l2):
                self._begin(row)
            self.hands.type(row.l3)
            self.hands.press(Key.Key_Return)
            self.hands.type(row.target)
            after = self.form.indicators[at + 1] if at + 1 < len(self.form.indicators) else None
            if after is not None and (after.l1, after.l2) == (row.l1, row.l2):
                self.hands.press(Key.Key_Return)
            else:
                self.hands.press(Key.Key_Tab)

    def _begin(self, row: Indicator) -> None:
        """Go down to the line of a 二级指标 that is offered, or take it from the menu, and add a row."""
        tree = self.robot.window.editor.page.tree  # type: ignore[union-attr]  # the page of indicators
        for _ in range(tree.model().rowCount()):
            facts = tree.facts(tree.currentIndex())
            assert facts is not None
            if facts.depth == 2 and facts.levels == (row.l1, row.l2):
                self.hands.press(Key.Key_Return)
                return
            self.hands.press(Key.Key_Down)
        self.hands.press(Key.Key_I, Mod.AltModifier)
        self.hands.press(Key.Key_L)
        self.hands.choose(text("indicators.levels", l1=row.l1, l2=row.l2))

    def export(self, out: Path) -> None:
        def name() -> None:
            self.hands.press(Key.Key_A, Mod.ControlModifier)
            self.hands.type(str(out))
            self.hands.press(Key.Key_Return)

        self.hands.in_dialog(name, (Key.Key_E, Mod.ControlModifier))


def type_all(robot: Robot, path: Path, out: Path) -> None:
    wanted = read_package(path, EDITIONS).projects[0]
    typist = Typist(robot, wanted)
    typist.new()
    typist.fields()
    typist.next_page()
    typist.fields()
    typist.next_page()
    typist.fields()
    typist.next_page()
    typist.indicators()
    typist.next_page()
    if wanted.narrative is not None:
        typist.hands.press(Key.Key_Space)  # on 添加经费说明
        typist.fields()
    typist.export(out)
    robot.settle()
    assert robot.project.declaration == wanted.declaration
    made, asked = (json.loads(one.read_text("utf-8"))["projects"][0] for one in (out, path))
    assert made["declaration"] == asked["declaration"]
    if wanted.narrative is not None:
        assert made["narrative"] == asked["narrative"]


def test_our_own_sample(robot: Robot, tmp_path: Path) -> None:
    type_all(robot, SAMPLE, tmp_path / "sample.json")


@pytest.mark.published
@pytest.mark.skipif(not LARGEST.exists(), reason="the published forms do not lie beside this checkout")
def test_the_largest_published_form(robot: Robot, tmp_path: Path) -> None:
    type_all(robot, LARGEST, tmp_path / "largest.json")
