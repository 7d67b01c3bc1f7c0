"""Every published form through the window: shown to the character, printed, nothing lost by looking at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.presenters.entries import EntryKind, stored_text
from desktop.ui.widgets.field import Field
from forms.known_editions import Editions
from forms.package import read_package
from tests.published import each_published
from tests.robot.window import Robot

pytestmark = pytest.mark.published


@each_published()
def test_looking_at_a_form_changes_nothing(robot: Robot, path: Path) -> None:
    (project,) = read_package(path, Editions()).projects
    robot.session.open(robot.session.add([project])[0])
    robot.settle()
    for _ in range(robot.window.editor.tabs.count()):
        for field in robot.shell.findChildren(Field):
            if field.isVisible():
                field.editor_widget.setFocus()
                kinds = (EntryKind.LINE, EntryKind.LONG, EntryKind.CHOICE)
                if field.entry.kind in kinds:
                    assert field.value() == stored_text(project, field.entry.path), field.entry.path
        robot.do("tab_on")
    assert robot.project == project
    assert robot.session.undo_name is None
    paper = robot.window.paper.source.paper
    assert paper is not None
    assert paper.sizes
