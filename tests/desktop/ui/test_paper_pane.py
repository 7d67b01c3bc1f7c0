"""The paper beside the typing: what is being typed is on it at once, and only what changed is drawn anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.presenters.paper import Spot
from desktop.ui.jobs import Jobs
from desktop.ui.widgets.paper_pictures import MOST
from desktop.ui.widgets.paper_view import PaperView
from forms.documents import Project
from forms.printing.options import Look
from tests.robot.window import Robot

GOAL = "declaration.annual_goal"
UNIT = "declaration.fields.主管部门"


def on_paper(robot: Robot) -> Project:
    paper = robot.window.paper.source.paper
    assert paper is not None
    return paper.project


def goal_of(project: Project) -> str:
    assert project.declaration is not None
    return project.declaration.annual_goal


# ---------------------------------------------------------------- what is being typed


def test_paper_shows_what_is_typed_before_it_is_stored(with_samples: Robot) -> None:
    robot = with_samples
    before, seen = robot.project, list[tuple[str, bool]]()
    robot.window.paper.source.ready.connect(lambda one: seen.append((goal_of(one.project), robot.project is before)))
    robot.type(GOAL, "new goal", leave=False)
    robot.wait(lambda: bool(seen) and seen[-1][0] == "new goal")
    assert seen[0][1]
    robot.wait(lambda: robot.project is not before)  # the pause is over, and it is an edit
    assert robot.session.undo_name is not None
    count = len(seen)
    robot.settle()
    assert goal_of(robot.project) == goal_of(on_paper(robot)) == "new goal"
    assert len(seen) == count  # it need not be printed again


def test_paper_shows_what_is_typed_into_a_cell_and_what_stood_there_after_escape(with_samples: Robot) -> None:
    robot = with_samples
    before = robot.project
    robot.window.view.go_to("declaration.indicators[0].l3")
    robot.settle()

    def name() -> str:
        form = on_paper(robot).declaration
        assert form is not None
        return form.indicators[0].l3

    was = name()
    robot.keys("new")
    robot.wait(lambda: name() == "new")
    assert robot.project is before
    robot.press(Qt.Key.Key_Escape)
    robot.wait(lambda: name() == was)
    assert robot.project is before
    robot.keys("new")
    robot.press(Qt.Key.Key_Return)
    robot.settle()
    assert robot.project == on_paper(robot) != before
    assert name() == "new"


def test_paper_follows_what_is_taken_back_while_typing(with_samples: Robot) -> None:
    robot = with_samples
    before = robot.project
    name = robot.shown(UNIT)
    robot.type(UNIT, "x", leave=False)
    robot.settle()
    assert on_paper(robot) != before
    robot.type(UNIT, name, leave=False)
    robot.settle()
    assert on_paper(robot) == before
    assert robot.window.paper.is_fresh


def test_what_cannot_be_read_yet_is_not_on_paper(with_samples: Robot) -> None:
    robot = with_samples
    path = "declaration.funds.项目资金总额"
    before = on_paper(robot)
    robot.type(path, "12x", leave=False)
    robot.settle()
    assert on_paper(robot) == before


def test_what_an_input_method_composes_is_not_on_paper(with_samples: Robot) -> None:
    robot = with_samples
    robot.field(UNIT).editor_widget.setFocus()
    before = on_paper(robot)
    robot.compose("pin'yin")
    robot.settle()
    assert on_paper(robot) == before


def test_only_the_paper_of_the_last_key_is_shown(with_samples: Robot) -> None:
    robot = with_samples
    shown: list[str] = []
    robot.window.paper.source.ready.connect(lambda paper: shown.append(goal_of(paper.project)))
    robot.type(GOAL, "", leave=False)
    robot.keys("abcdefgh")
    robot.settle()
    assert shown[-1].endswith("abcdefgh")
    assert shown == sorted(shown, key=len)


def test_typing_neither_scrolls_nor_blanks_the_paper(with_samples: Robot) -> None:
    robot = with_samples
    view = robot.window.paper.view
    editor = robot.field(GOAL).editor_widget
    editor.setFocus()
    robot.settle()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())  # the clerk looks at something else
    robot.settle()
    at, seen = view.verticalScrollBar().value(), []
    robot.window.paper.source.ready.connect(lambda _paper: seen.append(sorted(view.pictures.of)))
    sight = view._in_sight()
    robot.keys("abc")
    robot.settle()
    assert view.verticalScrollBar().value() == at
    assert seen
    assert all(set(sight) <= set(pages) for pages in seen)
    assert view.is_drawn


# ---------------------------------------------------------------- pictures

A4 = QSizeF(595, 842)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[PaperView]:
    made = PaperView()
    qtbot.addWidget(made)
    made.resize(400, 3000)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def wanted(view: PaperView, names: list[bytes], pages: list[QSizeF] | None = None, code: bytes = b"") -> list[int]:
    """Show pages, give each the picture that it asks for, and return which asked."""
    looks = [Look(name, code) for name in names]
    asked: list[tuple[int, float]] = []
    view.picture_wanted.connect(lambda page, scale: asked.append((page, scale)))
    view.show_pages([A4] * len(looks) if pages is None else pages, looks)
    view.picture_wanted.disconnect()
    for page, scale in asked:
        picture = QImage(10, 14, QImage.Format.Format_RGB32)
        picture.setText("look", names[page].decode())
        view.show_picture(page, scale, picture)
    return sorted({page for page, _ in asked})


def drawn(view: PaperView) -> list[str]:
    return [view.pictures.of[page].image.text("look") for page in range(view.count)]


def test_only_pages_that_changed_are_asked_for(view: PaperView) -> None:
    assert wanted(view, [b"a", b"b", b"c"]) == [0, 1, 2]
    assert wanted(view, [b"a", b"x", b"c"]) == [1]
    assert drawn(view) == ["a", "x", "c"]
    assert wanted(view, [b"a", b"x", b"c"]) == []


def test_a_page_that_moved_keeps_its_picture(view: PaperView) -> None:
    wanted(view, [b"a", b"b", b"c"])
    assert wanted(view, [b"new", b"a", b"b", b"c"]) == [0]
    assert drawn(view) == ["new", "a", "b", "c"]
    assert wanted(view, [b"b"]) == []
    assert drawn(view) == ["b"]


def test_an_old_picture_stays_until_the_new_one_comes_but_is_no_new_one(view: PaperView) -> None:
    wanted(view, [b"a", b"b"])
    view.show_pages([A4, A4], [Look(b"x", b""), Look(b"b", b"")])  # whose picture does not come in time
    assert drawn(view) == ["a", "b"]
    assert not view.is_drawn
    assert wanted(view, [b"y", b"x"]) == [0, 1]  # the picture in the place of x is that of a
    assert drawn(view) == ["y", "x"]


def test_wider_paper_is_fitted_and_drawn_anew(view: PaperView) -> None:
    view.set_fit_width()
    wanted(view, [b"a"])
    zoom = view.zoom
    assert wanted(view, [b"a"], [A4.transposed()]) == [0]
    assert view.zoom < zoom


def test_lighting_a_cell_may_leave_the_paper_where_it_is(view: PaperView) -> None:
    view.resize(400, 300)
    wanted(view, [b"a", b"b"])
    spot = Spot(1, 50, 700, 100, 20)
    view.light([spot], bring=False)
    assert view.verticalScrollBar().value() == 0
    view.light([spot])
    assert view.verticalScrollBar().value() > 0


# ---------------------------------------------------------------- work that nobody wants any more


def test_what_a_slot_holds_is_dropped_whether_it_waits_or_runs(qtbot: QtBot) -> None:
    jobs, told = Jobs("test"), list[str]()
    begun, gate = threading.Event(), threading.Event()

    def slow(_job: object) -> str:
        begun.set()
        gate.wait(5)
        return "slow"

    jobs.submit("print", slow, told.append)
    assert begun.wait(5)
    jobs.submit("other", lambda _job: "other", told.append)
    jobs.drop("print")
    jobs.submit("print", lambda _job: "again", told.append)
    jobs.drop("print")
    gate.set()
    qtbot.waitUntil(lambda: "other" in told)
    assert told == ["other"]
    jobs.close()
    jobs.deleteLater()


def test_a_key_that_changes_nothing_is_not_printed(with_samples: Robot) -> None:
    robot = with_samples
    paper = robot.window.paper.source.paper
    robot.field(UNIT).editor_widget.setFocus()
    robot.press(Qt.Key.Key_X)
    robot.press(Qt.Key.Key_Backspace)
    robot.settle()
    assert robot.window.paper.source.paper is not None
    assert paper is not None
    assert robot.window.paper.source.paper.project == paper.project


def test_pictures_far_out_of_sight_are_let_go(view: PaperView) -> None:
    view.resize(400, 500)

    def draw(page: int, scale: float) -> None:
        view.show_picture(page, scale, QImage(10, 14, QImage.Format.Format_RGB32))

    view.picture_wanted.connect(draw)
    view.show_pages([A4] * 40, [Look(f"{page}".encode(), b"") for page in range(40)])
    for page in (*range(40), *range(39, -1, -7)):
        view.go_to(page)
        assert view.is_drawn
        assert len(view.pictures.of) <= MOST
