"""The official forms on paper: our own typesetting to PDF, in reportlab's documents.

document + edition → grid of boxes → layout in one size of type → pages → sheets → PDF bytes. The same data always
gives the same bytes, and the PDF carries the package it was printed from.

reportlab is slow to import, so nothing of it is imported before something is printed.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from forms.printing.attachment import AttachmentError, read_attachment
from forms.printing.fonts import glyph_check, has_glyph
from forms.printing.options import FaceFile, Numbers, Place, PrintCancelled, Printed, PrintOptions, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from forms.documents import Package
    from forms.edition import Edition

__all__ = [
    "AttachmentError",
    "FaceFile",
    "Numbers",
    "Place",
    "PrintCancelled",
    "PrintOptions",
    "Printed",
    "Role",
    "glyph_check",
    "has_glyph",
    "missing_glyphs",
    "print_package",
    "read_attachment",
]


def print_package(
    package: Package,
    editions: Mapping[str, Edition],
    options: PrintOptions | None = None,
    progress: Callable[[int, int], bool] | None = None,
) -> Printed:
    """Print a package: front page of a booklet, then project by project the narrative and the forms.

    ``progress`` is called after each project with the number done and of all; where it returns False,
    PrintCancelled is raised. Raises KeyError for an edition that is not known, PackageError for a package that is
    too large to be embedded, FontError where a face cannot be used, OSError where a shipped one cannot be read.
    """
    from forms.printing.booklet import print_package as run

    return run(package, editions, options or PrintOptions(), progress)


def missing_glyphs(
    package: Package, editions: Mapping[str, Edition], faces: Mapping[Role, FaceFile] = MappingProxyType({})
) -> list[tuple[int, str, str]]:
    """Characters that no face has: project (-1 for the booklet), path and character, each once a path.

    ``faces``: those chosen beside the shipped ones. Raises FontError where one of them cannot be used.
    """
    from forms.printing.grid import printed_texts

    texts: list[tuple[int, str, str]] = []
    if package.booklet is not None:
        texts += [(-1, "booklet.title", package.booklet.title), (-1, "booklet.statement", package.booklet.statement)]
    for n, project in enumerate(package.projects):
        if project.narrative is not None:
            for k, section in enumerate(project.narrative.sections):
                place = f"narrative.sections[{k}]"
                texts += [(n, f"{place}.title", section.title), (n, f"{place}.text", section.text)]
        for kind, form in project.forms:
            texts += [(n, f"{kind}.{path}", text) for path, text in printed_texts(form, editions[form.edition])]
    is_there = glyph_check(faces)
    return [(n, path, char) for n, path, text in texts for char in dict.fromkeys(text) if not is_there(char)]
