"""What the bundle takes along beside the code, and what it leaves out; read by app.spec and by a test."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

DATA = (
    ("resources", "*"),
    ("forms/editions", "*.toml"),
    ("forms/checks", "*.toml"),
)
"""Folders and the files of them that the program reads."""

LEFT_OUT_MODULES = (
    "tkinter",  # Python's own window toolkit
    "pip",  # sqlite-utils wants it for a command of its own command line
    "setuptools",
    "PySide6.QtNetwork",  # the program reaches for no network (the library itself stays: QtPdf is linked to it)
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PIL._avif",  # picture formats that no form has
    "PIL._webp",
    "PIL.ImageTk",
)

LEFT_OUT_FILES = (
    "opengl32sw",  # Qt's own software OpenGL, 20 MB; widgets need none
    "Qt6Quick",
    "Qt6Qml",
    "Qt6OpenGL",
    "Qt6VirtualKeyboard",
    "plugins/tls",
    "plugins/networkinformation",
    "plugins/egldeviceintegrations",
    "plugins/generic",
    "plugins/sqldrivers",
    "plugins/platforminputcontexts/qtvirtualkeyboardplugin",
    "plugins/platforminputcontexts/libqtvirtualkeyboardplugin",
    "platforms/libqeglfs",
    "platforms/libqlinuxfb",
    "platforms/libqvkkhrdisplay",
    "platforms/libqvnc",
    "platforms/libqminimalegl",
)
"""Parts of file names: libraries and plugins that the window does not use."""

TRANSLATION = "qtbase_zh_CN"
"""The only translation of Qt's that is taken along."""


def data_files() -> list[tuple[Path, str]]:
    """Return every data file with its folder in the bundle."""
    return [
        (path, path.parent.relative_to(ROOT).as_posix())
        for folder, pattern in DATA
        for path in sorted((ROOT / folder).rglob(pattern))
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]


def modules() -> list[str]:
    """Return every module of ours: commands and pages are imported by name or late, which nobody sees from outside."""
    found = []
    for package in ("desktop", "forms"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def is_wanted(name: str) -> bool:
    """Whether a library or data file that PyInstaller collected stays in the bundle."""
    plain = name.replace("\\", "/")
    if "/translations/" in plain and plain.endswith(".qm"):
        return TRANSLATION in plain
    return not any(part in plain for part in LEFT_OUT_FILES)
