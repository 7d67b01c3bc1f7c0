"""No command: the window."""

from __future__ import annotations

from argparse import Namespace

from desktop.commands.common import Exit, folder_of


def window(arguments: Namespace) -> Exit:
    """Open the window on the data folder."""
    from desktop.app import run

    return Exit(run(folder_of(arguments)))
