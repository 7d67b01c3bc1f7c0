"""``python -m desktop`` is ``jibiao``; the frozen program begins here, too."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn

ENVIRONMENT = 3
BROKEN = "绩表的程序文件不完整或已损坏，不能运行。请重新安装；您的数据不受影响。"
"""Said where not even the file with all other sentences can be read."""

OBJECTS = 200_000
"""New objects after which rings of dropped ones are looked for: a command makes many objects and drops few."""


def start() -> int:
    """Run the program and return its exit code; one whose files are missing says so instead of showing a traceback."""
    # Digests are Python's own, as in the bundle: OpenSSL takes long to load.
    sys.modules.setdefault("_hashlib", None)  # type: ignore[arg-type]  # how Python is told that there is none
    gc.set_threshold(OBJECTS, *gc.get_threshold()[1:])
    try:
        from desktop.cli import main

        return main()
    except Exception as error:  # noqa: BLE001 - whatever keeps the program from beginning
        return _tell(error)
    finally:
        gc.freeze()  # the process ends: nothing need be looked through once more before it goes


def leave(code: int) -> NoReturn:
    """End the process; one that has had neither a second thread nor Qt, as most commands, ends at once.

    Its files are closed by then, and the system takes back its memory sooner than Python would object by object.
    """
    if sys.modules.keys().isdisjoint(("threading", "PySide6")):
        with contextlib.suppress(OSError):  # what cannot be said any more Python tells as it always does
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
            os._exit(code)
    sys.exit(code)


def _tell(error: Exception) -> int:
    """Tell what happened where somebody sees it: in the report of the self-test, on standard error, in a box."""
    import json
    import traceback
    from pathlib import Path

    words, trouble = sys.argv[1:], "".join(traceback.format_exception(error))
    if "--report" in words[:-1]:
        report = {"program": "jibiao", "ok": False, "steps": [{"step": "start", "ok": False, "detail": trouble}]}
        path = Path(words[words.index("--report") + 1])
        with contextlib.suppress(OSError):
            path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    if sys.stderr is not None:
        sys.stderr.write(f"{BROKEN}\n{trouble if '--debug' in words else ''}")
    elif sys.platform == "win32" and "selftest" not in words:  # pragma: no cover - Windows only
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, BROKEN, "绩表", 0x10)
    return ENVIRONMENT


if __name__ == "__main__":
    leave(start())
