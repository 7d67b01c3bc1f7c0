"""The value that a name usually has, proposed in grey where a row has none yet; one key writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.presenters.completing import wanted_for
from desktop.presenters.indicator_cells import Shown
from desktop.texts import text
from forms.documents import Indicator
from forms.value_suggestions import Suggestion

if TYPE_CHECKING:
    from desktop.ui.librarian import Librarian

_MOST_KEPT = 2000


class UsualValues(QObject):
    """Asks once for each name; ``learned`` tells that an answer came."""

    learned = Signal()

    def __init__(self, librarian: Librarian | None, parent: QObject) -> None:
        super().__init__(parent)
        self._librarian = librarian
        self._known: dict[tuple[str, str], str] = {}

    def forget(self) -> None:
        """Ask anew: another form writes values otherwise, or in another year."""
        self._known.clear()

    def of(self, row: Indicator) -> str:
        """Return what is proposed for a row; nothing where it has a value, or nothing is known of its name."""
        return "" if row.target else self._known.get((row.l2, row.l3), "")

    def look_up(self, shown: Shown | None, at: int) -> tuple[Suggestion, ...]:
        """Return the proposal for a row as an offer, if it is known already; else ask for it."""
        row = None if shown is None else shown.rows[at]
        if row is None or row.target or not row.l3.strip() or self._librarian is None:
            return ()
        key = row.l2, row.l3
        if key in self._known:
            value = self._known[key]
            return (Suggestion((value,), text("indicators.usual_value")),) if value else ()
        wanted = wanted_for(shown, at, "number", "")
        if wanted is None:
            return ()

        def answer(value: str) -> None:
            if len(self._known) > _MOST_KEPT:
                self._known.clear()
            self._known[key] = value
            if value:
                self.learned.emit()

        self._librarian.ask_usual(wanted, answer)
        return ()
