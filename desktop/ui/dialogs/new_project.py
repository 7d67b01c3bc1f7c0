"""The dialog of 新建项目: kind, unit, year, edition, name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from desktop.presenters.entries import EntryError, read_year
from desktop.presenters.new_project import Offer, edition_line, make
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons, stacked
from desktop.ui.theme import GRID, colours, give_size
from forms.documents import FormKind, Project
from forms.edition import Edition

Offers = Callable[[FormKind, int, str], Offer]
"""Kind, year, unit → what may be chosen."""


class NewProjectDialog(QDialog):
    """Asks for a new project; ``project`` gives it after ``exec``."""

    def __init__(
        self,
        offers: Offers,
        units: Sequence[str],
        unit: str,
        years: Mapping[FormKind, int],
        parent: QWidget | None = None,
    ) -> None:
        """Propose ``units``, first of all ``unit``, and the years that forms of either kind are usually for."""
        super().__init__(parent)
        self._offers = offers
        self._years = years
        self._editions: tuple[Edition, ...] = ()
        self.setWindowTitle(text("window.new_title"))
        self.declaration = QRadioButton(text("window.new_declaration"), self)
        self.evaluation = QRadioButton(text("window.new_evaluation"), self)
        self.declaration.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.declaration)
        group.addButton(self.evaluation)
        self.unit = QComboBox(self)
        self.unit.setEditable(True)
        self.unit.addItems(list(units))
        self.unit.setEditText(unit)
        self.year = QLineEdit(str(years["declaration"]), self)
        self.edition = QComboBox(self)
        self.name = QLineEdit(self)
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setStyleSheet(f"color: {colours().confirm.name()}")
        self.buttons, self.accept_button = act_buttons(self, text("window.create"))
        self._lay_out()
        group.buttonClicked.connect(self._turn)
        self.year.textChanged.connect(self._offer)
        self.unit.editTextChanged.connect(self._offer)
        self.edition.currentIndexChanged.connect(self._say)
        self._offer()
        self.name.setFocus()

    def _lay_out(self) -> None:
        kinds = QHBoxLayout()
        kinds.addWidget(self.declaration)
        kinds.addWidget(self.evaluation)
        kinds.addStretch(1)
        form = QFormLayout()
        form.setSpacing(2 * GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(text("window.new_kind"), kinds)
        form.addRow(text("window.new_name"), self.name)
        form.addRow(text("window.new_unit"), self.unit)
        form.addRow(text("window.new_year"), self.year)
        form.addRow(text("window.new_edition"), self.edition)
        layout = stacked(self, 3 * GRID)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        for one, other in pairwise((self.name, self.unit, self.year, self.edition, self.accept_button)):
            self.setTabOrder(one, other)  # Tab follows the lines
        give_size(self, 130 * GRID, 70 * GRID)

    @property
    def kind(self) -> FormKind:
        """The kind of form chosen."""
        return "declaration" if self.declaration.isChecked() else "evaluation"

    @property
    def chosen(self) -> Edition | None:
        """The edition chosen."""
        at = self.edition.currentIndex()
        return self._editions[at] if 0 <= at < len(self._editions) else None

    def project(self) -> Project | None:
        """Return the project that was asked for."""
        edition = self.chosen
        if edition is None:
            return None
        return make(edition, read_year(self.year.text()), self.unit.currentText(), self.name.text())

    def _turn(self) -> None:
        """Another kind of form is for another year, unless the clerk wrote one."""
        if self.year.text() in {str(one) for one in self._years.values()}:
            self.year.setText(str(self._years[self.kind]))
        self._offer()

    def _offer(self) -> None:
        """Show the editions of the kind and year."""
        try:
            offered = self._offers(self.kind, read_year(self.year.text()), self.unit.currentText())
        except EntryError as error:
            offered = Offer((), str(error))
        self._hint = offered.hint
        if offered.editions != self._editions:
            self._editions = offered.editions
            self.edition.clear()
            self.edition.addItems([edition_line(one) for one in offered.editions])
        self._say()

    def _say(self) -> None:
        edition = self.chosen
        words = [self._hint] if self._hint else []
        if edition is not None and not edition.verified:
            words.append(text("pages.unverified"))
        self.hint.setText("\n".join(words))
        self.accept_button.setEnabled(edition is not None)
