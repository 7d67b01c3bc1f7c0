"""The rules of the checks: what each looks for, on what ground, and whether it runs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.presenters.rule_book import Chapter, RuleLine, chapters, read_switches
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons, stacked
from desktop.ui.theme import GRID, give_size, severity_colour
from forms.reading import sq

_LINE = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_ABOUT = 2


class RulesDialog(QDialog):
    """A tree of topics and rules; ``switches`` gives the choice after ``exec``."""

    def __init__(self, switches: Mapping[str, bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("checking.rules_title"))
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(text("checking.rules_find"))
        self.words.setAccessibleName(text("checking.rules_find"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._narrow)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels(text("checking.rules_columns").split("|"))
        self.tree.setAccessibleName(text("checking.rules_title"))
        self.tree.setIndentation(4 * GRID)
        self.tree.setAlternatingRowColors(True)
        self.about = QLabel(self)
        self.about.setWordWrap(True)
        self.about.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.state = QLabel(self)
        self.buttons, _ = act_buttons(self, text("checking.rules_save"))
        self.default = self.buttons.addButton(text("checking.rules_default"), QDialogButtonBox.ButtonRole.ResetRole)
        self.default.clicked.connect(lambda: self._show_switches({}))
        intro = QLabel(text("checking.rules_intro"), self)
        intro.setWordWrap(True)
        layout = stacked(self, 2 * GRID)
        for widget in (intro, self.words, self.tree, self.about, self.state, self.buttons):
            layout.addWidget(widget)
        self._rules: list[QTreeWidgetItem] = []
        for chapter in chapters():
            self._add(chapter)
        self._size()
        self._show_switches(switches)
        self.tree.itemChanged.connect(self._tell)
        self.tree.currentItemChanged.connect(self._show_about)
        self.tree.setCurrentItem(self._rules[0])
        self.tree.setFocus()

    def _add(self, chapter: Chapter) -> None:
        top = QTreeWidgetItem(self.tree, [chapter.title])
        top.setFirstColumnSpanned(True)
        font = self.tree.font()
        font.setBold(True)
        top.setFont(0, font)
        top.setExpanded(True)
        for line in chapter.rules:
            usual = "always" if line.is_fixed else "on" if line.default else "off"
            words = [line.switch, line.level, line.about, line.forms, line.source, text(f"checking.rules_{usual}")]
            item = QTreeWidgetItem(top, words)
            item.setData(0, _LINE, line)
            item.setForeground(1, severity_colour(line.severity))
            item.setToolTip(_ABOUT, line.about)
            item.setToolTip(4, line.source)
            if line.is_fixed:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setToolTip(0, text("checking.rules_fixed"))
            self._rules.append(item)

    def _size(self) -> None:
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_ABOUT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(4, 30 * GRID)
        give_size(self, 210 * GRID, 115 * GRID)

    @property
    def switches(self) -> dict[str, bool]:
        """What differs from the default."""
        return read_switches({_line(item).switch: item.checkState(0) is _ON for item in self._rules})

    def _show_switches(self, switches: Mapping[str, bool]) -> None:
        for item in self._rules:
            item.setCheckState(0, _ON if _line(item).is_on(switches) else _OFF)
        self._tell()

    def _tell(self) -> None:
        count = len(self.switches)
        self.state.setText(text("checking.rules_changed", count=count) if count else text("checking.rules_unchanged"))
        self.default.setEnabled(bool(count))

    def _show_about(self, item: QTreeWidgetItem | None) -> None:
        """Say in full what stands in the line, which may be too narrow for it."""
        line = None if item is None else item.data(0, _LINE)
        if isinstance(line, RuleLine):
            self.about.setText(text("checking.rules_about", id=line.id, about=line.about, source=line.source))
        else:
            self.about.clear()

    def _narrow(self, words: str) -> None:
        """Show the rules that contain all the words."""
        wanted = [sq(word).lower() for word in words.split()]
        for item in self._rules:
            line = _line(item)
            known = sq(f"{line.switch}{line.level}{line.about}{line.source}{line.forms}").lower()
            item.setHidden(not all(word in known for word in wanted))
        for at in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(at)
            if top is not None:
                top.setHidden(not any(item.parent() is top and not item.isHidden() for item in self._rules))


def _line(item: QTreeWidgetItem) -> RuleLine:
    line: RuleLine = item.data(0, _LINE)
    return line
