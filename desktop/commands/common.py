"""What the commands share: exit codes, where the data lies, how a result is told."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from desktop.exchange.importing import read_file
from desktop.location import data_folder
from desktop.texts import text
from forms.documents import Package, Project
from forms.known_editions import Editions
from forms.package import PackageError


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    FINDINGS = 1
    INPUT = 2
    ENVIRONMENT = 3


class CommandError(Exception):
    """A command cannot go on: an exit code and a sentence."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """Tell progress or trouble, on standard error."""
    if sys.stderr is not None:
        print(sentence, file=sys.stderr, flush=True)


def folder_of(arguments: Namespace) -> Path:
    """Return the data folder that the command works with."""
    return data_folder(arguments.data_dir)


def editions_of(arguments: Namespace) -> Editions:
    """Return the shipped editions and those of the data folder; a broken one of the latter is told and left out."""
    problems: list[str] = []
    editions = Editions([folder_of(arguments) / "editions"], problems)
    for problem in problems:
        say(problem)
    return editions


def package_of(arguments: Namespace, editions: Editions) -> Package:
    """Return everything in the files named, or the projects of the database named by --project, as one package.

    Of several files none's booklet holds for all: their titles and statements are left out.
    """
    files: Sequence[Path] = arguments.files
    if bool(files) == bool(arguments.project):
        raise CommandError(Exit.INPUT, text("cli.file_or_project"))
    if arguments.project:
        return Package(tuple(load_projects(folder_of(arguments), arguments.project)))
    packages = [read_package_file(path, editions) for path in files]
    if len(packages) == 1:
        return packages[0]
    return Package(tuple(project for package in packages for project in package.projects))


def read_package_file(path: Path, editions: Editions) -> Package:
    """Read a package or a PDF that carries one. Raises CommandError (code 2)."""
    try:
        return read_file(path, editions)
    except PackageError as error:
        raise CommandError(Exit.INPUT, str(error)) from error


def load_projects(folder: Path, ids: Sequence[int]) -> list[Project]:
    """Return projects of the database by their numbers. Raises CommandError for a number that is not there."""
    from desktop.store import Store

    with Store.open(folder, exclusive=False) as store:
        known = {row.id for row in store.projects()}
        for one in ids:
            if one not in known:
                raise CommandError(Exit.INPUT, text("cli.no_such_project", id=one))
        return [store.load(one).project for one in ids]
