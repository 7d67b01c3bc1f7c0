"""Data for the clipboard that outlives Python."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QStringListModel


def mime_data() -> QMimeData:
    """Return new data for the clipboard.

    It is made by Qt: one that Python made fails the program as it ends, when the clipboard lets go of it after
    Python is gone (PySide 6.12).
    """
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    data.clear()
    return data
