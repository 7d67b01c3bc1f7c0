"""What is looked at before a workbook from outside is opened: whether it is one, and whether it may be."""

from __future__ import annotations

import zipfile
from pathlib import Path

from desktop.exchange.tables import TableError
from desktop.texts import text

MAX_FILE = 50_000_000
MAX_PARTS = 2_000
MAX_UNPACKED = 200_000_000
MAX_PART = 40_000_000
"""Bytes of one part of XML."""
MAX_RATIO = 200
"""A part of text is packed to a tenth or a thirtieth; a bomb to a thousandth."""
_SMALL = 5_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_workbook(path: Path) -> tuple[str, ...]:
    """Return notes on what will not be read (macros, links, enclosed files).

    Raises TableError where the file is no workbook of the kind xlsx, or is too large unpacked.
    """
    name = path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
            if head == _OLE:
                rest = file.read(MAX_FILE)
                raise TableError(text("tables.locked" if _ENCRYPTED in rest else "tables.old_xls", file=name))
    except FileNotFoundError as error:
        raise TableError(text("exchange.not_found", file=name)) from error
    except IsADirectoryError as error:
        raise TableError(text("exchange.is_folder", file=name)) from error
    except OSError as error:
        raise TableError(text("exchange.unreadable", file=name)) from error
    if size > MAX_FILE:
        raise TableError(text("tables.file_too_big", file=name, most=MAX_FILE // 1_000_000))
    try:
        with zipfile.ZipFile(path) as archive:
            return _check_parts(archive.infolist(), name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(text("tables.no_workbook", file=name)) from error


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> tuple[str, ...]:
    known = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in known:
        raise TableError(text("tables.xlsb" if "xl/workbook.bin" in known else "tables.no_workbook", file=name))
    if any(part.flag_bits & 1 for part in parts):
        raise TableError(text("tables.locked", file=name))
    bomb = TableError(text("tables.bomb", file=name))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise bomb
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")) and part.file_size > MAX_PART:
            raise bomb
        if part.file_size > max(_SMALL, MAX_RATIO * part.compress_size):
            raise bomb
    notes = []
    if any(one.endswith("vbaproject.bin") for one in known):
        notes.append(text("tables.macros"))
    if any(one.startswith("xl/externallinks/") for one in known):
        notes.append(text("tables.links"))
    if any(one.startswith(("xl/embeddings/", "xl/media/")) for one in known):
        notes.append(text("tables.enclosed"))
    return tuple(notes)
