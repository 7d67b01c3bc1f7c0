"""demo: the sample projects in a data folder of their own, in the window or, without a display, as PDFs."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from desktop.commands.common import CommandError, Exit, editions_of, read_package_file, say
from desktop.exchange.writing import write_file
from desktop.location import demo_folder
from desktop.store import Store
from desktop.texts import RESOURCES, text
from forms.known_editions import Editions


def demo(arguments: Namespace) -> Exit:
    """``demo``: fill a scratch data folder with the samples and show them."""
    folder = arguments.data_dir or demo_folder()
    arguments.data_dir = folder
    editions = editions_of(arguments)
    fill(folder, editions)
    if not has_display():
        return _print_samples(folder, editions)
    from desktop.app import run

    return Exit(run(folder))


def samples() -> list[Path]:
    """Return the shipped sample packages."""
    return sorted((RESOURCES / "samples").glob("*.json"))


def fill(folder: Path, editions: Editions) -> None:
    """Import the samples into a data folder that has no projects yet; what was tried in it before stays."""
    with Store.open(folder) as store:
        if store.projects() or store.projects(recycled=True):
            return
        projects = [project for path in samples() for project in read_package_file(path, editions).projects]
        store.create_many(projects)


def has_display() -> bool:
    """Whether a window can be shown to a person."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _print_samples(folder: Path, editions: Editions) -> Exit:
    from forms.printing import PrintOptions, print_package

    say(text("cli.no_display"))
    target = folder / "pdf"
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(Exit.ENVIRONMENT, text("cli.no_output_folder", folder=target)) from error
    for path in samples():
        package = read_package_file(path, editions)
        printed = print_package(package, editions, PrintOptions(booklet=package.booklet is not None))
        out = target / f"{path.stem}.pdf"
        write_file(out, printed.pdf)
        say(text("cli.printed", file=out.name, pages=printed.pages))
    print(text("cli.samples_printed", folder=target))
    return Exit.DONE
