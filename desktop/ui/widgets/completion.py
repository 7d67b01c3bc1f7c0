"""The list of offers under a cell that is being typed.

Keys belong to the cell: the list takes ↓ ↑ and Esc, and Enter or Tab only bring a chosen offer into the cell before
they do what they always do. While an input method composes there is no list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.presenters.completing import Helper, Offer, Wanted
from desktop.texts import text
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.editors import LongEditor

MOST_SHOWN = 8
_LEAST_WIDTH = 90 * GRID
_MOST_BESIDE = 0.45
_BESIDE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class Completion(QObject):
    """Offers for the editor it is attached to; ``helper`` finds them."""

    picked = Signal()
    """An offer was clicked; it stands in the editor."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.helper: Helper | None = None
        self._editor: LongEditor | None = None
        self._wanted: Callable[[str], Wanted | None] = lambda _typed: None
        self._asked: Wanted | None = None
        self._list: OfferList | None = None
        self._accepting = False

    def attach(self, editor: LongEditor, wanted: Callable[[str], Wanted | None]) -> None:
        """Complete what is typed into an editor. ``wanted`` says what to ask for a text; None: nothing."""
        self.detach()
        if self.helper is None or wanted("") is None:
            return
        self._editor, self._wanted = editor, wanted
        editor.typed.connect(self._typed)
        editor.installEventFilter(self)

    def detach(self) -> None:
        """Have nothing to do with the editor any more."""
        self.hide()
        if self._list is not None:
            self._list.deleteLater()
        self._editor = self._list = self._asked = None

    @property
    def offers(self) -> list[str]:
        """The texts in the list; none while it is not shown."""
        shown = self._list
        return [] if shown is None or not shown.isVisible() else [shown.item(at).text() for at in range(shown.count())]

    def hide(self) -> None:
        """Take the list away; the next key may bring it back."""
        self._asked = None
        if self._list is not None:
            self._list.hide()

    # ---------------------------------------------------------------- asking

    def _typed(self) -> None:
        editor = self._editor
        if editor is None or self.helper is None or self._accepting:
            return
        if editor.composing:
            self.hide()
            return
        wanted = self._asked = self._wanted(editor.value())
        if wanted is None:
            self.hide()
        else:
            self.helper.ask(wanted, lambda offers: self._answer(wanted, offers))

    def _answer(self, wanted: Wanted, offers: Sequence[Offer]) -> None:
        editor = self._editor
        if wanted is not self._asked or editor is None or editor.composing or not editor.isVisible():
            return
        offers = [one for one in offers if one.text != wanted.typed][:MOST_SHOWN]
        if not offers:
            if self._list is not None:
                self._list.hide()
            return
        if self._list is None:
            self._list = OfferList(editor.window())
            self._list.setAccessibleName(text("indicators.offers_name"))
            self._list.itemClicked.connect(self._pick)
        self._list.show_offers(offers, editor)

    # ---------------------------------------------------------------- keys and clicks

    def takes(self, event: QKeyEvent) -> bool:
        """Whether the list uses up a key press. An offer that Enter or Tab accepts stands in the editor then."""
        shown, editor = self._list, self._editor
        if shown is None or not shown.isVisible() or editor is None or editor.composing:
            return False
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and key != Qt.Key.Key_Backtab:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            shown.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            if shown.currentItem() is not None:
                self._accept(shown.currentItem().text())
            self.hide()
        return False

    def _pick(self, item: QListWidgetItem) -> None:
        self._accept(item.text())
        self.hide()
        self.picked.emit()

    def _accept(self, offer: str) -> None:
        if self._editor is not None:
            self._accepting = True
            self._editor.selectAll()
            self._editor.insertPlainText(offer)
            self._accepting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the editor: without it, or without the cursor in it, there is no list."""
        if watched is self._editor:
            if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Move):
                self.hide()
            elif event.type() == QEvent.Type.FocusIn and self._editor is not None and not self._editor.value():
                self._typed()  # what is usual for a cell in which nothing stands yet
            elif event.type() == QEvent.Type.Resize and self._list is not None and isinstance(watched, QPlainTextEdit):
                self._list.stand_by(watched)
        return False


class OfferList(QListWidget):
    """A list inside the window, which never has the cursor. Nothing is chosen until ↓ is pressed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_OfferDelegate(self))
        self.setMouseTracking(True)
        self.hide()

    def show_offers(self, offers: Sequence[Offer], editor: QWidget) -> None:
        """Show offers beneath an editor, or above it where there is no room."""
        self.clear()
        for one in offers:
            item = QListWidgetItem(one.text)
            item.setData(_BESIDE, one.beside)
            item.setToolTip(one.text)
            self.addItem(item)
        self.setCurrentRow(-1)
        self.stand_by(editor)
        self.show()
        self.raise_()

    def stand_by(self, editor: QWidget) -> None:
        """Stand beneath an editor or above it, never over it: where there is little room ↓ brings the rest."""
        window = self.parentWidget()
        if window is None or not self.count():
            return
        corner, frame = editor.mapTo(window, QPoint(0, 0)), 2 * self.frameWidth()
        bottom = corner.y() + editor.height()
        height, rest = self.count() * self.sizeHintForRow(0) + frame, window.height() - bottom
        is_below = height <= rest or rest >= corner.y()
        room = (rest if is_below else corner.y()) - frame
        height = min(height, max(room // self.sizeHintForRow(0), 1) * self.sizeHintForRow(0) + frame)
        wanted = self.sizeHintForColumn(0) + frame + GRID
        width = min(max(editor.width(), min(wanted, _LEAST_WIDTH)), window.width() - 2 * GRID)
        left = min(corner.x(), window.width() - width - GRID)
        self.setGeometry(left, bottom if is_below else corner.y() - height, width, height)

    def step(self, by: int) -> None:
        """Choose the next offer; before the first and after the last none is chosen."""
        at = self.currentRow() + by
        self.setCurrentRow(at if -1 <= at < self.count() else -1 if by > 0 else self.count() - 1)


class _OfferDelegate(QStyledItemDelegate):
    """Draws an offer with what is said beside it, in one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = option.fontMetrics
        room = metrics.horizontalAdvance(f"{index.data()}{index.data(_BESIDE)}") + 9 * GRID
        return QSize(room, metrics.lineSpacing() + 2 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect, palette = QRect(option.rect), option.palette
        painter.fillRect(rect, colours().select if chosen else palette.color(QPalette.ColorRole.Base))
        rect.adjust(2 * GRID, 0, -2 * GRID, 0)
        metrics, beside = painter.fontMetrics(), str(index.data(_BESIDE))
        if beside:
            elided = metrics.elidedText(beside, Qt.TextElideMode.ElideRight, int(rect.width() * _MOST_BESIDE))
            role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
            painter.setPen(palette.color(role))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, elided)
            rect.adjust(0, 0, -metrics.horizontalAdvance(elided) - 3 * GRID, 0)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        words = " ".join(str(index.data()).split())
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        painter.restore()
