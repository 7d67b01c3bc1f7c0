"""The log of unexpected errors, and the report of a problem that the clerk may hand over: without names or data.

What is noted is where in the program something happened and what kind of error it was. Texts of the clerk, names,
amounts and folders are left out; the clerk reads the whole report before anything is written.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from desktop.location import LOG
from desktop.texts import RESOURCES, text

MAX_LOG_BYTES = 1_000_000
SHOWN_BYTES = 20_000
"""So much of the end of the log is shown and handed over."""

_ROOT = RESOURCES.parent
_QUOTED = re.compile(r"""(["'“‘]).*?["'”’]|[^\x00-\x7f]+|\d[\d,.]{2,}|(?:[A-Za-z]:)?[/\\][^\s:]*""", re.DOTALL)


def without_data(message: str) -> str:
    """Return the message of an error without quoted texts, Chinese, longer numbers and paths."""
    return _QUOTED.sub("…", message)


def described(error: BaseException, at: TracebackType | None) -> str:
    """Return an error as the log notes it: its kind, and where in the program it came up."""
    told: list[str] = []
    for frame in traceback.extract_tb(at):
        path = Path(frame.filename)
        name = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
        told.append(f"  {name}:{frame.lineno} {frame.name}")
    return "\n".join((*told, f"{type(error).__name__}: {without_data(str(error))}"))


def note(folder: Path, words: str) -> Path:
    """Add to the log, which only its user may read; one that has grown too large begins anew."""
    path = folder / LOG
    with contextlib.suppress(OSError):
        large = path.exists() and path.stat().st_size >= MAX_LOG_BYTES
        mode = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if large else os.O_APPEND)
        with os.fdopen(os.open(path, mode, 0o600), "w", encoding="utf-8") as log:
            log.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}\n{words}\n")
    return path


def read_log(folder: Path) -> str:
    """Return the end of the log; nothing where there is none."""
    try:
        return (folder / LOG).read_bytes()[-SHOWN_BYTES:].decode("utf-8", "replace")
    except OSError:
        return ""


def report(folder: Path, version: str, counts: Sequence[tuple[str, int]], damages: Sequence[str]) -> str:
    """Return the report of a problem. ``counts``: what is counted and how many; ``damages``: only their number."""
    lines = [
        text("help.report_program", version=version, python=platform.python_version()),
        text("help.report_system", system=platform.platform(terse=True)),
        *(text("help.report_count", what=what, count=count) for what, count in counts),
        text("help.report_damages", count=len(damages)),
        "",
        text("help.report_log"),
        read_log(folder) or text("help.log_empty"),
    ]
    return "\n".join(lines)
