"""A second start hands its files over to the window that is already open, by a note in the data folder.

No socket, no pipe: the program has no network code, and a file works on every disk that the data may lie on.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

INBOX = "inbox"
"""Folder of the data folder; it is there while a window takes notes from it."""
WAIT_SECONDS = 3.0
"""How long a window may take to take a note."""
_MAX_BYTES = 1_000_000
_LOOK_SECONDS = 0.02


def is_open(folder: Path) -> bool:
    """Whether a window takes notes, or was ended before it could close its inbox."""
    return (folder / INBOX).is_dir()


def hand_over(folder: Path, files: Sequence[Path], *, wait: float = WAIT_SECONDS) -> bool:
    """Ask the open window to come forward and to read files in.

    Return False where none takes the note within ``wait`` seconds; the note is then taken back.
    """
    note = folder / INBOX / f"{os.getpid()}.json"
    part = note.with_suffix(".part")
    _let_others_come_forward()
    try:
        part.write_text(json.dumps([str(path) for path in files]), encoding="utf-8")
        part.replace(note)
    except OSError:
        return False
    end = time.monotonic() + wait
    while note.exists():
        if time.monotonic() > end:
            with suppress(OSError):
                note.unlink()
                return False
        time.sleep(_LOOK_SECONDS)
    return True


def _let_others_come_forward() -> None:
    """Windows lets only the program that the clerk has just started come forward; it may pass that on."""
    if sys.platform == "win32":  # pragma: no cover - Windows only
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def open_inbox(folder: Path) -> Path | None:
    """Make the inbox, empty; None where that is not possible (a second start then only says that a window is open)."""
    inbox = folder / INBOX
    try:
        inbox.mkdir(exist_ok=True)
    except OSError:
        return None
    take(folder)
    return inbox


def take(folder: Path) -> list[list[Path]]:
    """Take the notes out of the inbox: for each the files that it asks for. What is no note is thrown away."""
    notes = []
    for path in sorted((folder / INBOX).glob("*.json")):
        with suppress(OSError, ValueError):
            notes.append(_read(path))
        with suppress(OSError):
            path.unlink()
    return notes


def _read(path: Path) -> list[Path]:
    if path.stat().st_size > _MAX_BYTES:
        raise ValueError("no note is so long")
    names = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("a note is a list of names")
    return [Path(name) for name in names]


def close_inbox(folder: Path) -> None:
    """Take no more notes."""
    inbox = folder / INBOX
    with suppress(OSError):
        for path in inbox.iterdir():
            path.unlink()
        inbox.rmdir()
