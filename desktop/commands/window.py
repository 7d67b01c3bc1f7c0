"""No command, or ``open``: the window."""

from __future__ import annotations

from argparse import Namespace

from desktop.commands.common import Exit, folder_of


def window(arguments: Namespace) -> Exit:
    """``[open FILE…]``: open the window on the data folder, and read the files in."""
    from desktop.app import run

    return Exit(run(folder_of(arguments), files=[path.absolute() for path in arguments.files]))
