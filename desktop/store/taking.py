"""Taking single projects out of a backup or a 迁移包; nothing of the file or of the data in use is changed."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

from desktop.store.backup import remove, take_in
from desktop.store.copies import contents_of
from desktop.store.database import connect
from desktop.store.errors import translated
from desktop.store.folder import FILE
from desktop.store.packs import ENDING, unpacked
from desktop.store.reader import Reader
from forms.documents import Project

ASIDE = "taking.db"
"""File of the data folder for as long as it takes."""


def take_out(folder: Path, file: Path, uuids: Collection[str]) -> list[tuple[str, Project]]:
    """Return projects of a backup or 迁移包 as they stood in it, each with its UUID, in the order of the file.

    Raises StoreError where the file, or one of these projects in it, cannot be read.
    """
    aside, pack = folder / ASIDE, folder / f"{ASIDE}.pack"
    try:
        if file.suffix.lower() == ENDING:
            unpacked(file, pack)
            take_in(pack, aside, folder / FILE)
        else:
            take_in(file, aside, folder / FILE)
        with translated(aside), closing(connect(aside)) as db:
            reader = Reader(aside, db)
            numbers = {one.uuid: one.number for one in contents_of(db).entries}
            return [(one, reader.load(number).project) for one, number in numbers.items() if one in uuids]
    finally:
        with suppress(OSError):
            remove(aside)
            pack.unlink(missing_ok=True)
