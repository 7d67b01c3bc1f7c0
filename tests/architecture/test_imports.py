"""The import rules of ARCHITECTURE.md, kept by reading the sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for top in ("forms", "desktop") for path in (ROOT / top).rglob("*.py"))
NETWORK = {"socket", "http", "urllib.request", "ftplib", "smtplib", "ssl", "socketserver", "xmlrpc", "asyncio"}
NETWORK |= {"PySide6.QtNetwork", "PySide6.QtWebSockets", "requests", "httpx", "aiohttp"}
UNSAFE = {"pickle", "marshal", "shelve", "dill"}


def name_of(path: Path) -> str:
    """``forms/printing/__init__.py`` as ``forms.printing``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def type_only(tree: ast.Module) -> set[ast.AST]:
    """All nodes under ``if TYPE_CHECKING:``, which is never run."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, whole names; of ``from a import b`` ``a.b``, and ``a`` unless b is a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = type_only(tree)
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from names
            if not names <= MODULES:
                yield node.module


MODULES = {name_of(path) for path in SOURCES}
IMPORTS = {name_of(path): set(imports_of(path)) for path in SOURCES}


def users_of(*modules: str) -> set[str]:
    """The modules of ours that import one of the modules or a part of it."""
    return {
        name
        for name, imported in IMPORTS.items()
        for one in imported
        if any(one == module or one.startswith(module + ".") for module in modules)
    }


def outside(names: set[str], *allowed: str) -> set[str]:
    return {name for name in names if not any(name == one or name.startswith(one + ".") for one in allowed)}


def test_sources_are_read() -> None:
    assert "forms.documents" in IMPORTS
    assert "forms.documents" in IMPORTS["forms.edits"]


def test_forms_knows_nothing_of_the_desktop() -> None:
    assert not {name for name in users_of("desktop", "PySide6", "sqlite3", "sqlite_utils") if name.startswith("forms")}


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("reportlab", ["forms.printing"]),
        ("PySide6", ["desktop.ui", "desktop.app"]),
        ("sqlite3", ["desktop.store"]),
        ("sqlite_utils", ["desktop.store"]),
        ("openpyxl", ["desktop.exchange"]),
    ],
)
def test_each_library_has_one_home(library: str, home: list[str]) -> None:
    assert not outside(users_of(library), *home)


def test_nothing_reaches_for_the_network() -> None:
    assert not users_of(*NETWORK)


def test_nothing_unpickles_or_evaluates() -> None:
    assert not users_of(*UNSAFE)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, f"{path}:{node.lineno}"


def test_forms_has_no_clock() -> None:
    for path in SOURCES:
        if path.relative_to(ROOT).parts[0] == "forms":
            found = re.search(r"\b(datetime\.now|date\.today|time\.time)\b", path.read_text(encoding="utf-8"))
            assert not found, f"{path}: {found and found[0]}"


def test_pages_do_not_import_one_another() -> None:
    pages = {name for name in IMPORTS if name.startswith("desktop.ui.pages.")}
    shared = {"desktop.ui.pages.page"}
    for name in pages - shared:
        assert not (IMPORTS[name] & pages) - shared - {name}, name


def test_no_cycles() -> None:
    graph = {name: {one for one in imported if one in IMPORTS and one != name} for name, imported in IMPORTS.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for one in graph[name]:
                visit(one, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_the_window_changes_documents_only_through_edits() -> None:
    """``put`` and the store's writing calls are not for the window's code."""
    assert not {name for name in users_of("forms.documents.put", "desktop.store") if name.startswith("desktop.ui")}


def test_no_sentence_for_the_clerk_stands_in_window_code() -> None:
    """Chinese in string literals of desktop/ui (docstrings aside) belongs into resources/texts."""
    for path in SOURCES:
        if path.relative_to(ROOT).parts[:2] != ("desktop", "ui"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            node.body[0].value
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
                # Names of the form's own fields are keys, not sentences: at most a word of eight characters.
                han = re.findall(r"[\u4e00-\u9fff]", node.value)
                sentence = len(han) > 8 or re.search(r"[，。；？！]", node.value)
                assert not (han and sentence), f"{path.name}:{node.lineno}: {node.value}"


def test_every_text_that_is_asked_for_exists() -> None:
    """Keys written out in ``text("area.key")`` calls stand in resources/texts/zh_CN."""
    import tomllib

    folder = ROOT / "resources" / "texts" / "zh_CN"
    known = {
        f"{path.stem}.{key}"
        for path in folder.glob("*.toml")
        for key in tomllib.loads(path.read_text(encoding="utf-8"))
    }
    asked: set[str] = set()

    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "text" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    asked.add(str(first.value))
    assert asked <= known, sorted(asked - known)
