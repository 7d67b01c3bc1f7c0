"""Asking for files and folders: each kind is looked for where the clerk was the last time, at first among 文档.

Never in the folder the program was started from: that is the program's own on Windows, where nobody would find them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.presenters.kept import Kept
from desktop.texts import text
from desktop.ui.dialogs.ask import ask

Purpose: TypeAlias = Literal["import", "rollup", "export", "pdf", "pack", "report"]
"""What a file is for; where it was is kept for each."""


def documents() -> Path:
    """The clerk's folder 文档."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def ask_files(kept: Kept, purpose: Purpose, window: QWidget, *, title: str, kinds: str) -> list[Path]:
    """Ask for files of some kinds that are there; none where the clerk wants none."""
    names, _ = QFileDialog.getOpenFileNames(window, title, _begin(kept, purpose), kinds)
    paths = [Path(name) for name in names]
    if paths:
        _keep(kept, purpose, paths[0].parent)
    return paths


def ask_new_file(
    kept: Kept,
    purpose: Purpose,
    window: QWidget,
    *,
    title: str,
    name: str,
    kinds: str,
    named: Callable[[Path, str], Path],
) -> Path | None:
    """Ask where to write a file, proposing a name. ``named`` gives what was typed the ending of the chosen kind.

    The system asks before it takes a name that is there; of the name with its ending it does not know.
    """
    typed, kind = QFileDialog.getSaveFileName(window, title, str(Path(_begin(kept, purpose)) / name), kinds)
    if not typed:
        return None
    path = named(Path(typed), kind)
    is_other = path != Path(typed) and path.exists()
    if is_other and not ask(text("window.replace_ask", file=path.name), text("printing.replace"), window):
        return None
    _keep(kept, purpose, path.parent)
    return path


def ask_folder(kept: Kept, purpose: Purpose, window: QWidget, *, title: str) -> Path | None:
    """Ask for a folder."""
    name = QFileDialog.getExistingDirectory(window, title, _begin(kept, purpose))
    if not name:
        return None
    _keep(kept, purpose, Path(name))
    return Path(name)


def ending(wanted: str) -> Callable[[Path, str], Path]:
    """Return what gives a file an ending if it has another one, or none."""
    return lambda path, _kind: path if path.suffix.lower() == wanted else path.with_name(f"{path.name}{wanted}")


def _begin(kept: Kept, purpose: Purpose) -> str:
    return str(kept.setting(f"folder.{purpose}") or documents())


def _keep(kept: Kept, purpose: Purpose, folder: Path) -> None:
    kept.set_setting(f"folder.{purpose}", str(folder))
