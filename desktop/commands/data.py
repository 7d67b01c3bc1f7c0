"""import, list, backup and restore: the database from the command line."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from desktop.commands.common import CommandError, Exit, editions_of, folder_of, read_package_file, say
from desktop.presenters.open_data import restored
from desktop.store import Store
from desktop.store.backup import Phase
from desktop.store.errors import Kind, StoreError
from desktop.store.packs import write_pack
from desktop.texts import text

_NO_BACKUP = frozenset((Kind.NOT_DATABASE, Kind.FOREIGN))
_FILE_AT_FAULT = _NO_BACKUP.union(
    (Kind.DAMAGED, Kind.NEWER, Kind.NEWER_PACK, Kind.NOT_PACK, Kind.NO_FILE, Kind.SAME_FILE)
)
"""What is wrong with the file that is to be restored, while it is read; later the data folder is spoken of."""


def import_files(arguments: Namespace) -> Exit:
    """``import FILE…``: packages and PDFs into the database; all or nothing a file."""
    editions = editions_of(arguments)
    worst = Exit.DONE
    with Store.open(folder_of(arguments)) as store:  # not beside an open window, which would not show what came in
        for path in arguments.files:
            try:
                package = read_package_file(path, editions)
            except CommandError as error:
                say(str(error))
                worst = max(worst, error.code)
                continue
            if not package.projects:
                say(text("cli.nothing_to_import", file=path.name))
                worst = max(worst, Exit.FINDINGS)
                continue
            ids = store.create_many(package.projects)
            print(text("cli.imported", file=path.name, count=len(ids)))
            for number, project in zip(ids, package.projects, strict=True):
                print(text("cli.imported_project", id=number, name=project.name or text("cli.unnamed")))
    return worst


def list_projects(arguments: Namespace) -> Exit:
    """``list [--year Y] [--unit U] [--json]``: the projects in the database."""
    with Store.open(folder_of(arguments), exclusive=False) as store:
        rows = store.projects(year=arguments.year, unit=arguments.unit)
    if arguments.json:
        plain = [{"id": row.id, "unit": row.unit, "year": row.year, "name": row.name, "kind": row.kind} for row in rows]
        print(json.dumps({"projects": plain}, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            kind = text(f"cli.kind_{row.kind}")
            print(text("cli.row", id=row.id, year=row.year, unit=row.unit, kind=kind, name=row.name))
        say(text("cli.count", count=len(rows)))
    return Exit.DONE


def backup(arguments: Namespace) -> Exit:
    """``backup [--out FILE]``: a verified copy of the database."""
    with Store.open(folder_of(arguments), exclusive=False) as store:
        path = store.backup(Path(arguments.out) if arguments.out else None)
    print(text("cli.backed_up", file=path))
    return Exit.DONE


def pack(arguments: Namespace) -> Exit:
    """``pack --out FILE``: everything of the data folder in one file, for another computer."""
    with Store.open(folder_of(arguments), exclusive=False) as store:
        path = write_pack(store, Path(arguments.out))
    print(text("cli.packed", file=path))
    return Exit.DONE


def restore(arguments: Namespace) -> Exit:
    """``restore FILE``: back from a copy or a 迁移包, after a copy of what is there."""
    phases: list[Phase] = []
    try:
        kept = restored(folder_of(arguments), arguments.file, enter=phases.append)
    except StoreError as error:
        if error.kind not in _FILE_AT_FAULT or set(phases) != {Phase.READING}:
            raise
        sentence = text("cli.no_backup", file=arguments.file) if error.kind in _NO_BACKUP else str(error)
        raise CommandError(Exit.INPUT, sentence) from error
    print(text("cli.restored", file=arguments.file))
    if kept is not None:
        print(text("cli.kept", file=kept))
    return Exit.DONE
