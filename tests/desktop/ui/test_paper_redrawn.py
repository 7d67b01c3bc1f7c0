"""An edit has the page drawn anew that it changes, and of the others the check code only; what is seen is the PDF."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from desktop.ui.widgets.paper_view import PaperView
from forms.documents import Indicator
from tests.robot.window import Robot

UNIT = "declaration.fields.主管部门"


def rendered(pdf: bytes, page: int, scale: float) -> QImage:
    """A page of the PDF by a reader that never saw another one."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(page)
    image = document.render(page, QSize(round(size.width() * scale), round(size.height() * scale)))
    document.close()
    return image


def on_white(image: QImage) -> QImage:
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFFFF)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def is_seen(view: PaperView, page: int, picture: QImage) -> bool:
    """Whether the window shows a page as the picture has it, as far as it is in sight."""
    corner = view._area(page).topLeft()
    left, top = round(corner.x()), round(corner.y())
    place = QRect(left, top, picture.width(), picture.height()) & view.viewport().rect()
    assert place.height() > picture.height() // 9
    grabbed = view.viewport().grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert grabbed.devicePixelRatio() == 1
    return bool(grabbed == on_white(picture).copy(place.translated(-left, -top)))


class Watch:
    """Counts what is drawn for the view."""

    def __init__(self, robot: Robot) -> None:
        self.pages: list[int] = []
        self.feet: list[int] = []
        source = robot.window.paper.source
        source.picture_ready.connect(lambda page, _scale, _image: self.pages.append(page))
        source.foot_ready.connect(lambda page, _scale, _image: self.feet.append(page))


@pytest.fixture
def long_form(with_samples: Robot) -> Robot:
    """A form of several pages, all of them in sight."""
    robot = with_samples
    project = robot.project
    assert project.declaration is not None
    rows = [Indicator("产出指标", "数量指标", f"完成第{n}项专题调研并形成报告", f"≥{n}(篇)") for n in range(1, 91)]
    form = project.declaration._replace(indicators=(*project.declaration.indicators, *rows))
    project = project._replace(narrative=None, evaluation=None, declaration=form)
    robot.shell.resize(1400, 1000)
    robot.session.open(robot.session.add([project])[0])
    robot.settle()
    robot.window.paper.view.set_zoom(0.25)
    robot.wait(lambda: robot.window.paper.is_fresh)
    assert len(robot.window.paper.view._in_sight()) == robot.window.paper.view.count > 2
    return robot


def page_of(robot: Robot, path: str) -> int:
    paper = robot.window.paper.source.paper
    assert paper is not None
    return paper.map.spots(path)[0].page


@pytest.mark.parametrize("path", [UNIT, "declaration.indicators[60].l3", "declaration.indicators[40].target"])
def test_an_edit_redraws_its_page_and_the_check_codes_of_the_others(long_form: Robot, path: str) -> None:
    from forms.edits import set_text

    robot, view = long_form, long_form.window.paper.view
    page = page_of(robot, path)
    before = [one.page for one in view.pictures.looks]
    watch = Watch(robot)
    robot.bench.do(set_text(robot.project, path, "乙" * 3, "改"))
    robot.settle()
    robot.wait(lambda: robot.window.paper.is_fresh)
    assert [n for n, one in enumerate(view.pictures.looks) if one.page != before[n]] == [page]
    assert watch.pages == [page]
    assert watch.feet == [n for n in range(view.count) if n != page]
    view.light(())
    paper = robot.window.paper.source.paper
    assert paper is not None
    for n in range(view.count):
        fresh = rendered(paper.pdf, n, view.pictures.of[n].scale)
        assert view.pictures.of[n].image == fresh, n
        assert is_seen(view, n, fresh), n


def test_what_is_seen_is_the_pdf_in_any_size(long_form: Robot) -> None:
    robot, view = long_form, long_form.window.paper.view
    from forms.edits import set_text

    for zoom, name in ((0.25, "甲"), (0.2873, "乙"), (0.3111, "丙")):
        view.set_zoom(zoom)
        robot.wait(lambda: robot.window.paper.is_fresh)
        robot.bench.do(set_text(robot.project, UNIT, name, "改"))
        robot.settle()
        robot.wait(lambda: robot.window.paper.is_fresh)
        view.light(())
        paper = robot.window.paper.source.paper
        assert paper is not None
        fresh = rendered(paper.pdf, 1, view.pictures.of[1].scale)
        assert is_seen(view, 1, fresh)


def test_a_foot_for_a_picture_of_another_size_is_not_drawn(long_form: Robot) -> None:
    view = long_form.window.paper.view
    before = view.pictures.of[0].image.copy()
    foot = QImage(before.width(), 9, QImage.Format.Format_ARGB32)
    foot.fill(0xFF00FF00)
    view.show_foot(0, view.pictures.of[0].scale * 2, foot)
    view.show_foot(view.count, view.pictures.of[0].scale, foot)
    assert view.pictures.of[0].image == before
