"""What the bundle takes along beside the code, and what it leaves out; read by app.spec and by tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

DATA = (
    ("resources", "*"),
    ("forms/editions", "*.toml"),
    ("forms/checks", "*.toml"),
    ("tests/old_files", "*.db"),  # the self-test brings databases of older versions to today's shape
    (".", "pyproject.toml"),  # says the version
)
"""Folders and the files of them that the program reads. A new folder below ``resources`` comes along by itself."""

LEFT_OUT_MODULES = (
    "tkinter",  # Python's own window toolkit
    "pip",  # sqlite-utils wants it for a command of its own command line
    "setuptools",
    "ssl",  # the program reaches for no network; without these two OpenSSL (6 MB) stays out
    "_ssl",
    "_hashlib",  # Python's own SHA-256 and MD5 are built in
    "PySide6.QtNetwork",  # the library itself stays: QtPdf is linked to it
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "pypinyin.phrases_dict",  # only single characters are looked up
    "multiprocessing",  # the work aside is done by threads
    "asyncio",
    "doctest",
    "unittest",
    "pydoc",
    "pdb",
    "xmlrpc",
    "lxml",  # openpyxl takes these two where they are there
    "numpy",
    "tzdata",  # the zones of the world: only the local time is asked for
    "PIL._avif",  # picture formats that no form has
    "PIL._webp",
    "PIL.ImageTk",
    "charset_normalizer",  # reportlab takes it for a reader of XML that is not used
)

LEFT_OUT_HOOKS = ("pyi_rth_inspect", "pyi_rth_pkgutil", "pyi_rth_multiprocessing", "pyi_rth_pyside6")
"""What PyInstaller would do at every start, a tenth of a second, even of a command that has no window: modules that the
program does not use are patched, and Qt is loaded to be told where its files are, which PySide6 tells it anyway."""

QT_PLUGINS = (
    "platforms/qwindows",
    "platforms/qoffscreen",  # the self-test without a screen
    "styles/qmodernwindowsstyle",
    "platforms/libqxcb",
    "platforms/libqwayland",
    "platforms/libqoffscreen",
    "platforminputcontexts/libcompose",
    "platforminputcontexts/libibus",
    "platformthemes/libqxdgdesktopportal",
    "printsupport/",
    "wayland-decoration-client/",
    "wayland-shell-integration/libxdg-shell",
)
"""The plugins of Qt that are in use, on Windows and on Linux; every other one stays out."""

LEFT_OUT_FILES = (
    "phrases_dict.json",  # of pypinyin, 2.5 MB
    "opengl32sw",  # Qt's own software OpenGL, 20 MB; widgets need none
    "libcrypto",  # OpenSSL: only what the network needs is linked to it
    "libssl",
    "Qt6OpenGL",
    "Qt6Qml",
    "Qt6Quick",
    "Qt6Svg",  # only plugins that stay out are linked to it
    "Qt6VirtualKeyboard",
    "d3dcompiler",
    "click-",  # lists of what was installed, which nobody reads: their licences are in licences/
    "pluggy-",
)
"""Parts of names: libraries and files that the program does not use."""

TRANSLATION = "qtbase_zh_CN"
"""The only translation of Qt's that is taken along."""

MANIFEST = "manifest.json"
"""File in the bundle: every data file with its SHA-256, by which the self-test finds a missing or changed one."""


def data_files() -> list[tuple[Path, str]]:
    """Return every data file with its folder in the bundle."""
    return [
        (path, path.parent.relative_to(ROOT).as_posix())
        for folder, pattern in DATA
        for path in sorted((ROOT / folder).glob(pattern) if folder == "." else (ROOT / folder).rglob(pattern))
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]


def manifest(files: Iterable[tuple[Path, str]]) -> str:
    """Return the text of the manifest for data files and their folders in the bundle."""
    sums = {f"{folder}/{path.name}".removeprefix("./"): _sum(path) for path, folder in files}
    return json.dumps(dict(sorted(sums.items())), ensure_ascii=False, indent=1) + "\n"


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
    if "/plugins/" in plain:
        return any(part in plain for part in QT_PLUGINS)
    return not any(part in plain.rpartition("/")[2] or plain.startswith(part) for part in LEFT_OUT_FILES)
