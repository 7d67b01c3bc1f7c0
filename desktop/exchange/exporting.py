"""Projects as a file to be given away; the ending of its name says of what kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from desktop.texts import text
from forms.documents import Package, Project
from forms.edition import Edition
from forms.package import write_package

ENDINGS = (".json", ".jibiao", ".pdf", ".xlsx")


def export_bytes(
    projects: Sequence[Project],
    editions: Mapping[str, Edition],
    ending: str,
    go_on: Callable[[int, int], bool] = lambda _made, _total: True,
) -> bytes:
    """Return the bytes of a file of one of ``ENDINGS``. Raises ValueError with a sentence for the clerk."""
    if ending == ".xlsx":
        from desktop.exchange.xlsx_writing import workbook_bytes

        return workbook_bytes(projects, editions, go_on)
    package = Package(tuple(projects))
    if ending == ".pdf":
        from forms.printing import PrintOptions, print_package

        printed = print_package(package, editions, PrintOptions())
        if not printed.pages:
            raise ValueError(text("exchange.nothing_on_paper"))
        return printed.pdf
    return write_package(package)
