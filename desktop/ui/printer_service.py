"""What the process for printers does: it asks printers, and prints PDFs, as it is told in lines of JSON."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from PySide6.QtGui import QGuiApplication

from desktop.presenters.printing import Device
from desktop.ui.printer import PrintError, facts_of, fits, open_printer, pictures, play


def serve(requests: IO[bytes], answers: IO[str]) -> None:
    """Do what ``desktop.printer_process`` asks for, one request after the other, until the requests end.

    Where they end while something is printed, that is taken back, or finished where it no longer can be.
    """
    application = QGuiApplication([])
    waiting: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    ended = threading.Event()

    def listen() -> None:
        try:
            for line in requests:
                waiting.put(json.loads(line))
        except ValueError:  # somebody else talks here: nothing that one could do
            pass
        ended.set()
        waiting.put(None)

    def tell(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    threading.Thread(target=listen, daemon=True).start()
    while (request := waiting.get()) is not None:
        if "facts" in request:
            tell(asdict(facts_of(request["facts"])))
        else:
            tell(_printed(request, lambda: not ended.is_set(), tell))
    del application


def _printed(
    request: dict[str, Any], wanted: Callable[[], bool], tell: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    path, device = Path(request["pdf"]), Device(**request["device"])
    pdf = path.read_bytes()
    path.unlink()  # what is printed lies about no longer than it must

    def go_on(made: int, of: int) -> bool:
        tell({"made": made, "of": of})
        return wanted()

    printer = open_printer(device, request["name"], request["file"], request["dots"])
    try:
        pages = pictures(pdf, printer.resolution(), go_on, device.pages)
        if pages is None or not play(pages, printer, device, wanted):
            return {"off": True}
    except PrintError as error:
        return {"broken": error.page}
    return {"pages": len(pages), "fitted": not all(fits(printer, page) for page in pages[-1:])}
