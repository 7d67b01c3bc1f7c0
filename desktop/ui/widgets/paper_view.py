"""Pages of paper, one below the other: pictures of the PDF, cells lit up, clicks told in points of the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.presenters.paper import Spot
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.paper_pictures import Pictures

if TYPE_CHECKING:
    from forms.printing.options import Look

POINTS_PER_INCH = 72.0
LEAST, MOST = 0.25, 4.0


class PaperView(QAbstractScrollArea):
    """Draws what it is given; pictures are asked for with ``picture_wanted`` and come with ``show_picture``.

    Where only the check code of a page is another, its foot alone is asked for and drawn over the picture there is.
    """

    picture_wanted = Signal(int, float)
    """Page and pixels a point, for a page that is in sight and has no picture of that size."""
    foot_wanted = Signal(int, float)
    """The same for a page whose picture wants another foot; answered with ``show_foot``."""
    clicked = Signal(int, float, float)
    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QSizeF] = []
        self._above: list[float] = [0.0]
        self.pictures = Pictures()
        self._lit: Sequence[Spot] = ()
        self._zoom = 1.0
        self._page = 0
        self.fit_width = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        self.viewport().setAutoFillBackground(True)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalScrollBar().setSingleStep(10 * GRID)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # ---------------------------------------------------------------- pages

    def show_pages(self, pages: Sequence[QSizeF], looks: Sequence[Look]) -> None:
        """Show pages: sizes in points, and digests of what is on them.

        What looks as it did keeps its picture, wherever it stands now; on other pages the old one stays until the new
        one comes. Nothing scrolls.
        """
        self.pictures.follow(looks)
        widest = self._widest()
        self._pages = list(pages)
        self._above = [0.0, *accumulate(one.height() for one in self._pages)]
        if self.fit_width and widest != self._widest():
            self._fit()
        else:
            self._lay_out()
            self._ask()
        self.viewport().update()

    @property
    def is_drawn(self) -> bool:
        """Whether each page in sight has its picture, foot and all."""
        return not self._missing() and not self._footless()

    def show_picture(self, page: int, scale: float, picture: QImage) -> None:
        """Show the picture of a page, made with so many pixels a point."""
        if page < len(self._pages):
            self.pictures.add(page, scale, picture, here=self._page, in_sight=self._in_sight())
            self.viewport().update()

    def show_foot(self, page: int, scale: float, foot: QImage) -> None:
        """Draw the foot of a page over its picture, if that has still so many pixels a point."""
        if self.pictures.draw_foot(page, scale, foot):
            self.viewport().update()

    def light(self, spots: Sequence[Spot], *, bring: bool = True) -> None:
        """Light up cells and bring the first of them into sight."""
        self._lit = spots
        if spots and bring:
            self._bring(spots[0])
        self.viewport().update()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    def go_to(self, page: int) -> None:
        """Bring the head of a page into sight."""
        if 0 <= page < len(self._pages):
            self.verticalScrollBar().setValue(int(self._top(page)) - 2 * GRID)

    # ---------------------------------------------------------------- zoom

    @property
    def zoom(self) -> float:
        """1.0: as large as the paper is."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the pages so many times as large as they are."""
        self.fit_width = False
        self._set_zoom(zoom)

    def set_fit_width(self) -> None:
        """Let the pages follow the width of the pane."""
        self.fit_width = True
        self._fit()

    def _fit(self) -> None:
        widest = self._widest()
        if widest:
            room = self.viewport().width() - 4 * GRID
            self._set_zoom(room / (widest * self._dots()))

    def _widest(self) -> float:
        return max((page.width() for page in self._pages), default=0.0)

    def _set_zoom(self, zoom: float) -> None:
        zoom = min(max(zoom, LEAST), MOST)
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        changed = abs(zoom - self._zoom) > 0.001
        self._zoom = zoom
        self._lay_out()
        bar.setValue(round(share * bar.maximum()))
        self._ask()
        self.viewport().update()
        if changed:
            self.zoom_changed.emit()

    def _dots(self) -> float:
        """Pixels of the screen a point at full size."""
        return self.logicalDpiX() / POINTS_PER_INCH

    @property
    def _scale(self) -> float:
        return self._zoom * self._dots()

    @property
    def _pixels(self) -> float:
        """Pixels of a picture a point."""
        return self._scale * self.devicePixelRatioF()

    # ---------------------------------------------------------------- geometry

    def _top(self, page: int) -> float:
        return self._above[page] * self._scale + page * 3 * GRID + 2 * GRID

    def _area(self, page: int) -> QRectF:
        """Where a page lies in the viewport."""
        size = self._pages[page] * self._scale
        room = self.viewport().width()
        left = max((room - size.width()) / 2, 2 * GRID) - self.horizontalScrollBar().value()
        return QRectF(QPointF(left, self._top(page) - self.verticalScrollBar().value()), size)

    def _lay_out(self) -> None:
        view = self.viewport().size()
        height = int(self._top(len(self._pages)))
        width = int(max((one.width() * self._scale for one in self._pages), default=0.0)) + 4 * GRID
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setRange(0, max(height - view.height(), 0))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(width - view.width(), 0))

    def _in_sight(self) -> list[int]:
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        return list(takewhile(lambda page: self._top(page) < top + height, range(self._at(top), len(self._pages))))

    def _at(self, height: float) -> int:
        """The page that is so many pixels below the top of the first."""
        return max(bisect_right(range(len(self._pages)), height, key=self._top) - 1, 0)

    def _ask(self) -> None:
        """Ask for the pictures that are missing or of another size, and for feet."""
        for page in self._missing():
            self.picture_wanted.emit(page, self._pixels)
        for page in self._footless():
            self.foot_wanted.emit(page, self.pictures.of[page].scale)

    def _missing(self) -> list[int]:
        return [page for page in self._in_sight() if not self.pictures.is_right(page, self._pixels)]

    def _footless(self) -> list[int]:
        """Pages in sight whose pictures are right but for the foot."""
        right = (page for page in self._in_sight() if self.pictures.is_right(page, self._pixels))
        return [page for page in right if self.pictures.wants_foot(page)]

    def _bring(self, spot: Spot) -> None:
        if spot.page >= len(self._pages):
            return
        area = self._area(spot.page)
        top, height = area.top() + spot.y * self._scale, spot.height * self._scale
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        if top < 0 or (top + height > room and height < room) or top > room:
            bar.setValue(int(bar.value() + top - max((room - height) / 3, 4 * GRID)))

    def _scrolled(self) -> None:
        middle = self.viewport().height() / 2
        middle += self.verticalScrollBar().value()
        page = self._at(middle)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self._ask()
        self.viewport().update()

    # ---------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width where that is wanted."""
        super().resizeEvent(event)
        if self.fit_width:
            self._fit()
        else:
            self._lay_out()
            self._ask()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            event.accept()
        else:
            super().wheelEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which point of which page was clicked."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        for page in self._in_sight():
            area = self._area(page)
            if area.contains(at):
                inside = (at - area.topLeft()) / self._scale
                self.clicked.emit(page, inside.x(), inside.y())
                return

    def point_of(self, spot: Spot) -> QPoint:
        """Return the middle of a cell in the viewport."""
        area = self._area(spot.page)
        x = area.left() + (spot.x + spot.width / 2) * self._scale
        return QPoint(int(x), int(area.top() + (spot.y + spot.height / 2) * self._scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pages in sight; the paper is white in the dark, too."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            area = self._area(page)
            sheet = self._whole_pixels(area)
            painter.fillRect(sheet.translated(1, 1), QColor(0, 0, 0, 40))
            painter.fillRect(sheet, QColor("white"))
            if page in self.pictures.of:
                painter.drawImage(sheet, self.pictures.of[page].image)
            for spot in self._lit:
                if spot.page == page:
                    self._draw_lit(painter, area, spot)
        painter.end()

    def _whole_pixels(self, area: QRectF) -> QRectF:
        """The area in whole pixels of the screen, as many as its picture has: between them type would be blurred."""
        dots = self.devicePixelRatioF()
        corner = QPointF(round(area.left() * dots), round(area.top() * dots))
        return QRectF(corner / dots, QSizeF(round(area.width() * dots), round(area.height() * dots)) / dots)

    def _draw_lit(self, painter: QPainter, area: QRectF, spot: Spot) -> None:
        corner = area.topLeft() + QPointF(spot.x, spot.y) * self._scale
        cell = QRectF(corner, QSizeF(spot.width, spot.height) * self._scale)
        painter.fillRect(cell, colours().lit)
        painter.setPen(QColor("#2F5D7C"))
        painter.drawRect(cell)
