"""The internal command that the window starts the program with, to print: ``desktop.printer_process``."""

from __future__ import annotations

import sys
from argparse import Namespace

from desktop.commands.common import Exit


def serve(_arguments: Namespace) -> Exit:
    """``printer-service``: do what the standard input asks for and answer on the standard output."""
    from desktop.ui.printer_service import serve as run

    if sys.stdin is None or sys.stdout is None:  # a program with a window that nobody talks with
        return Exit.INPUT
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as requests:
        run(requests, sys.stdout)
    return Exit.DONE
