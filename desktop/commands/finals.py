"""``print --project …``: what is printed with ``--final`` or ``--booklet`` is kept, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop.commands.common import say
from desktop.presenters.final_copy import NotFinalError
from desktop.presenters.freezing import moment, ready, standing
from desktop.store import Store
from desktop.texts import text
from forms.check_code import booklet_code, check_code
from forms.documents import Package, Project
from forms.known_editions import Editions
from forms.package import write_package


def freeze(
    folder: Path, ids: Sequence[int], projects: Sequence[Project], editions: Editions, *, sign_off: bool
) -> None:
    """Make final copies of the projects printed; of one that is the same as its last copy none is made.

    What is to be confirmed first is told and not frozen: the print itself needs only to be without errors.
    """
    with Store.open(folder, exclusive=False) as store:
        for number, project in zip(ids, projects, strict=True):
            name = project.name or text("cli.unnamed")
            copies = store.final_copies(number)
            if copies and standing(copies, check_code(project)) != "changed":
                say(text("cli.already_frozen", name=name, number=copies[0].number))
                continue
            former = store.frozen(copies[0].id).package if copies else None
            made = moment(datetime.now().astimezone())
            try:
                found = ready(project, editions, former, made, sign_off=sign_off)
            except NotFinalError:
                say(text("cli.not_frozen", name=name))
                continue
            store.freeze(number, project, found.code, found.frozen)
            say(text("cli.frozen", name=name, number=store.final_copies(number)[0].number, code=found.code))


def bind(folder: Path, ids: Sequence[int], package: Package) -> None:
    """Keep what stands in a booklet that was printed, so that its check code can be looked up."""
    with Store.open(folder, exclusive=False) as store:
        store.bind(booklet_code(package), ids, write_package(package))
