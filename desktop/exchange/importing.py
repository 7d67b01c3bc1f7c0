"""Files from outside as packages: exchange files, PDFs with one inside, workbooks in the official layout."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from desktop.texts import text
from forms.documents import Package
from forms.edition import Edition
from forms.package import MAX_BYTES, PackageError, parse_package

MAX_PDF_BYTES = 200_000_000
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
"""xlsx, and what older or locked workbooks begin with."""
_NO_PACKAGES = (".pdf", ".xlsx", ".xls")
"""A file that is named so and is none is damaged; of a package nobody spoke."""


class Imported(NamedTuple):
    """What a file held."""

    path: Path
    package: Package


class Problem(NamedTuple):
    """Why a file could not be read, in a sentence for the clerk."""

    path: Path
    sentence: str
    is_table: bool = False
    """Whether it is a workbook that can be read, with tables of another shape."""


def read_file(path: Path, editions: Mapping[str, Edition]) -> Package:
    """Return the package that a file is or carries. Raises PackageError with a sentence for the clerk."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            if head.startswith(_WORKBOOKS):
                from desktop.exchange.xlsx_forms import read_workbook

                return read_workbook(path, editions)
            if not head.lstrip().startswith(b"%PDF"):
                ending = path.suffix.lower()
                if ending in _NO_PACKAGES and not head.removeprefix(BOM_UTF8).lstrip().startswith(b"{"):
                    raise PackageError(text("exchange.not_as_named", file=path.name, ending=ending))
                # Of a pipe nothing can be read again.
                return parse_package(head + file.read(MAX_BYTES + 1 - len(head)), path.name, editions)
            data = head + file.read(MAX_PDF_BYTES + 1 - len(head))
    except FileNotFoundError as error:
        raise PackageError(text("exchange.not_found", file=path.name)) from error
    except IsADirectoryError as error:
        raise PackageError(text("exchange.is_folder", file=path.name)) from error
    except OSError as error:
        raise PackageError(text("exchange.unreadable", file=path.name)) from error
    if len(data) > MAX_PDF_BYTES:
        raise PackageError(text("exchange.pdf_too_big", file=path.name))
    from forms.printing import AttachmentError, read_attachment

    try:
        inside = read_attachment(data)
    except AttachmentError as error:
        raise PackageError(text("exchange.no_attachment", file=path.name, why=error)) from error
    return parse_package(inside, path.name, editions)


def import_files(paths: Iterable[Path], editions: Mapping[str, Edition]) -> list[Imported | Problem]:
    """Read files one by one; one that cannot be read does not keep the others out."""
    from desktop.exchange.tables import OtherTableError  # a package alone is read without

    found: list[Imported | Problem] = []
    for path in paths:
        try:
            found.append(Imported(path, read_file(path, editions)))
        except PackageError as error:
            found.append(Problem(path, str(error), is_table=isinstance(error, OtherTableError)))
    return found
