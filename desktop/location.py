"""Where the data folder is."""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_data_path

MARKER = "portable.txt"
"""A file of this name beside the program keeps the data beside the program, as on a memory stick."""

LOG = "jibiao.log"
"""File of the data folder in which unexpected errors are noted."""


def data_folder(chosen: Path | None = None, *, program: Path | None = None) -> Path:
    """Return the data folder: the chosen one, that of a portable copy, or the user's own.

    ``program`` is the executable; the running one where it is not given. Nothing is created.
    """
    if chosen is not None:
        return chosen.expanduser().absolute()
    beside = (program or Path(sys.executable)).absolute().parent
    if (beside / MARKER).is_file():
        return beside / "data"
    return user_data_path("jibiao", appauthor=False)


def demo_folder(*, program: Path | None = None) -> Path:
    """Return the data folder of the samples, apart from the clerk's own data."""
    return data_folder(program=program) / "demo"
