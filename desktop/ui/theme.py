"""Fonts, colours and distances of the window: the system's style with one quiet accent, light or dark."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from desktop.texts import RESOURCES

GRID = 4
"""All distances are multiples of this many pixels."""

FRAME = QSize(16, 40)
"""About what the system draws around a window."""

SIZES = {"small": 9.0, "medium": 10.0, "large": 10.5}
"""Points of the ordinary text: 12, 13 and 14 px on an office panel."""

_FAMILIES = (
    *("Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC"),
    *("WenQuanYi Micro Hei", "SimSun"),
)
_SHIPPED_FONT = "NotoSansSC-Medium.ttf"


@dataclass(frozen=True, slots=True)
class Colours:
    """The few colours that are not the system's."""

    error: QColor
    confirm: QColor
    warning: QColor
    clean: QColor
    line: QColor
    """Rules between cells."""
    label: QColor
    """Ground of a label cell."""
    select: QColor
    lit: QColor
    """A cell whose field has the focus, on the white paper."""

    def severity(self, name: str) -> QColor:
        """The colour of ``error``, ``confirm``, ``warning`` or ``clean``."""
        return {"error": self.error, "confirm": self.confirm, "warning": self.warning, "clean": self.clean}[name]


_SELECT = QColor("#2F5D7C")
_LIGHT = Colours(
    QColor("#B23A2B"),
    QColor("#A86500"),
    QColor("#6B7076"),
    QColor("#2E7D4F"),
    QColor("#D5D9DD"),
    QColor("#F2F4F6"),
    _SELECT,
    QColor(47, 93, 124, 56),
)
_DARK = Colours(
    QColor("#F08070"),
    QColor("#E0A845"),
    QColor("#A5ABB2"),
    QColor("#6CC08B"),
    QColor("#4A4F55"),
    QColor("#32363B"),
    QColor("#7FB2D6"),
    QColor(47, 93, 124, 72),
)


def colours() -> Colours:
    """Return the colours for the scheme in use."""
    return _DARK if is_dark() else _LIGHT


def is_dark() -> bool:
    """Whether the system shows light text on a dark ground."""
    window = QApplication.palette().color(QPalette.ColorRole.Window)
    return window.lightness() < 128


def severity_colour(severity: str) -> QColor:
    """Return the colour of ``error``, ``confirm``, ``warning`` or ``clean``."""
    return QColor(colours().severity(severity))


def apply(app: QApplication, size: str = "medium") -> None:
    """Give the application its style, font and selection colour."""
    wanted = "windowsvista" if sys.platform == "win32" and app.styleHints().colorScheme() != Qt.ColorScheme.Dark else ""
    style = QStyleFactory.create(wanted or "Fusion") or QStyleFactory.create("Fusion")
    app.setStyle(style)
    palette = QPalette()
    for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent):
        palette.setColor(role, _SELECT)
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("white"))
    app.setPalette(palette)
    app.setFont(_font(SIZES.get(size, SIZES["medium"])))


def give_size(window: QWidget, width: int, height: int) -> None:
    """Give a window a size in px, or as much of it as the screen has: its buttons must be within reach."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize() - FRAME))


def _font(points: float) -> QFont:
    font = QFont(QApplication.font())
    known = set(QFontDatabase.families())
    family = next((name for name in _FAMILIES if name in known), None) or _shipped_family()
    if family:
        font.setFamily(family)
    font.setPointSizeF(points)
    return font


def _shipped_family() -> str:
    """Register the face that the program brings along, for systems without a Chinese one."""
    if QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return ""
    path: Path = RESOURCES / "fonts" / _SHIPPED_FONT
    added = QFontDatabase.addApplicationFont(str(path)) if path.exists() else -1
    return QFontDatabase.applicationFontFamilies(added)[0] if added >= 0 else ""
