"""The licences of everything the bundle carries: written when it is made, and compared with what is in it.

    python build/licences.py DIST/jibiao      says what the list and the bundle do not agree in

Python packages speak for themselves (their ``dist-info``); all else stands in parts.toml.
"""

from __future__ import annotations

import fnmatch
import json
import os
import platform
import sqlite3
import sys
import sysconfig
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions, version
from pathlib import Path
from typing import Any

BUILD = Path(__file__).resolve().parent
FOLDER = "licences"
LIST = "list.json"
OURS = ("resources/*", "forms/*", "tests/*", "licences/*", "pyproject.toml", "manifest.json")
"""What is the program's own, under its own licence."""
_TEXTS = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
_COMMERCIAL = "LicenseRef-Qt-Commercial"
_NAMED = {  # of packages whose metadata do not name their licence by its short name
    "click-default-group": "公有领域（Unlicense）",
    "defusedxml": "PSF-2.0",
    "pyside6-essentials": "LGPL-3.0-only",
    "pyside6-pdf": "LGPL-3.0-only",
    "reportlab": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
    "sqlite-fts4": "Apache-2.0",
}


class UnknownPartError(Exception):
    """Something is in the bundle of which nobody knows whose it is."""


def write(entries: Iterable[tuple[str, str, str]], out: Path) -> list[tuple[Path, str]]:
    """Write list and texts for what PyInstaller collected (name in the bundle, source, kind) into a folder.

    Return the files written, each with its folder in the bundle. Raises UnknownPartError for a module or library
    from among the installed packages that belongs to none of them.
    """
    out.mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        old.unlink()
    parts = [*_own_parts(out), *_packages(list(entries), out)]
    parts.sort(key=lambda part: str(part["name"]).casefold())
    (out / LIST).write_text(json.dumps(parts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [(path, FOLDER) for path in sorted(out.iterdir())]


def _own_parts(out: Path) -> list[dict[str, Any]]:
    """Return the parts of parts.toml for this system, with their versions, and write their texts."""
    versions = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    parts = []
    for part in tomllib.loads((BUILD / "parts.toml").read_text(encoding="utf-8"))["part"]:
        if part.pop("only", sys.platform) != sys.platform:
            continue
        package = part.pop("package", "")
        texts = [_own_text(name, out) for name in part.get("texts", [])]
        if package == "pyinstaller":
            texts = [name for name, _ in _texts_of(_installed()[package], out)]
        parts.append(
            {**part, "version": version(package) if package else versions.get(part["name"], ""), "texts": texts}
        )
    return parts


def _own_text(name: str, out: Path) -> str:
    if name == "python":
        places = [Path(sys.base_prefix) / "LICENSE.txt", Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"]
        source = next((place for place in places if place.is_file()), None)
        if source is None:
            raise UnknownPartError(f"no LICENSE.txt of Python at {places}")
        name = "Python.txt"
    else:
        source = BUILD / "licence_texts" / name
    (out / name).write_bytes(source.read_bytes())
    return name


def _installed() -> dict[str, Distribution]:
    return {one.name.lower().replace("_", "-"): one for one in distributions()}


def _packages(entries: list[tuple[str, str, str]], out: Path) -> list[dict[str, Any]]:
    """Return the Python packages from which modules or files were collected, and write their licences."""
    owner = {_plain(one.locate_file(file)): name for name, one in _installed().items() for file in one.files or ()}
    home = _plain(sysconfig.get_path("purelib")) + os.sep
    used: dict[str, set[str]] = {}
    for name, source, kind in entries:
        path = _plain(source)
        if path in owner:
            used.setdefault(owner[path], set())
            if kind in ("BINARY", "EXTENSION", "DATA"):
                used[owner[path]].add(name.replace("\\", "/"))
        elif path.startswith(home) and Path(path).suffix != ".pth":
            raise UnknownPartError(f"{source} belongs to no installed package")
    installed = _installed()
    return [
        _package(name, installed[name], sorted(files), out) for name, files in used.items() if name != "pyinstaller"
    ]


def _plain(path: object) -> str:
    return os.path.normcase(os.path.abspath(str(path)))  # noqa: PTH100 - links, as of a .venv, are not followed


def _package(name: str, one: Distribution, files: list[str], out: Path) -> dict[str, Any]:
    about = one.metadata
    links = dict(link.split(", ", 1) for link in about.get_all("Project-URL") or ())
    chosen = [text for text in _texts_of(one, out) if _COMMERCIAL not in text[0]]
    texts = [file for file, _ in chosen] or (["LGPL-3.0.txt", "GPL-3.0.txt"] if "LGPL" in _NAMED.get(name, "") else [])
    if not texts:
        raise UnknownPartError(f"the package {name} brings no licence along")
    licence = _NAMED.get(name) or about.get("License-Expression") or (about.get("License") or "").splitlines()[0]
    return {
        "name": one.name,
        "version": one.version,
        "licence": licence,
        "url": about.get("Home-page") or _first(links, "Homepage", "homepage", "Documentation", *links),
        "source": _first(links, "Repository", "Source", "Source code", "source", "GitHub"),
        "files": files,
        "texts": texts,
        "package": True,
    }


def _first(links: dict[str, str], *names: str) -> str:
    return next((links[name] for name in names if name in links), "")


def _texts_of(one: Distribution, out: Path) -> list[tuple[str, str]]:
    """Write the licence files of a package; return their names in the list, and their contents."""
    written = []
    for file in one.files or ():
        inside = file.parts[0].endswith(".dist-info") and any(file.name.upper().startswith(word) for word in _TEXTS)
        if inside and _COMMERCIAL not in file.name:
            content = Path(str(one.locate_file(file))).read_text(encoding="utf-8", errors="replace")
            name = f"{one.name}-{file.name}" + ("" if file.suffix == ".txt" else ".txt")
            (out / name).write_text(content, encoding="utf-8")
            written.append((name, content))
    return written


# ---------------------------------------------------------------- comparing


def problems(bundle: Path) -> list[str]:
    """Return what the list of licences and the contents of a bundle do not agree in."""
    inside = bundle / "_internal"
    folder = inside / FOLDER
    if not (folder / LIST).is_file():
        return [f"{FOLDER}/{LIST} is missing"]
    parts = json.loads((folder / LIST).read_text(encoding="utf-8"))
    names = {part["name"] for part in parts}
    files = [path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()]
    files += [f"../{path.name}" for path in bundle.iterdir() if path.is_file()]
    claimed = [pattern for part in parts for pattern in part.get("files", [])]
    found = [f"{name} belongs to no part" for name in sorted(files) if not _any(name, [*OURS, *claimed])]
    for part in parts:
        if "within" in part:
            if part["within"] not in names:
                found.append(f"{part['name']} is said to be in {part['within']}, which is not listed")
        elif not part.get("package") and not any(_any(name, part["files"]) for name in files):
            found.append(f"{part['name']} is listed, but none of its files is there")
        found += [
            f"the text {text} of {part['name']} is missing"
            for text in part["texts"]
            if not (folder / text).is_file() or not (folder / text).stat().st_size
        ]
    return found


def _any(name: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern fits; one without a slash fits only files at the top."""
    return any(fnmatch.fnmatch(name.lower(), one.lower()) and ("/" in one or "/" not in name) for one in patterns)


def main() -> None:
    """Say what does not agree; the exit code is 1 where something does not."""
    found = problems(Path(sys.argv[1]))
    print("\n".join(found) or "the list of licences is complete")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
