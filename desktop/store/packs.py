"""迁移包: everything of a data folder in one file, to be carried to another computer and back.

A ZIP file with the database (a verified copy), the editions that were put into the data folder, and a list of both
with their sizes and sums. What comes in is hostile: names, sizes and sums are looked at before anything is used.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from desktop.store.backup import Phase, no_report, put_in_place, restore_from, stamp
from desktop.store.database import Clock, local_now
from desktop.store.errors import Kind, translated, trouble
from desktop.store.folder import BACKUPS, FILE, FolderLock
from desktop.store.store import Store

ENDING = ".jbpack"
LIST = "jibiao-pack.json"
FORMAT = "jibiao-pack"
VERSION = 1
EDITIONS = "editions"
MAX_DATABASE = 4_000_000_000
MAX_EDITION = 1_000_000
MAX_FILES = 300
_EDITION = re.compile(rf"{EDITIONS}/[\w.-]+\.toml")
_PIECE = 1 << 20


def write_pack(store: Store, out: Path) -> Path:
    """Write everything of an open data folder into one file, whole or not at all; return it. Raises StoreError."""
    part = out.with_name(f"{out.name}.part")
    copy = out.with_name(f"{out.name}.db")
    try:
        store.backup(copy)
        with translated(out):
            files = {FILE: copy, **_editions(store.path.parent)}
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as pack:
                sums = {name: _sum_of(path) for name, path in files.items()}
                made = store.now().isoformat()
                plain = {"format": FORMAT, "version": VERSION, "made": made, "files": sums}
                pack.writestr(LIST, json.dumps(plain, ensure_ascii=False, indent=1))
                for name, path in files.items():
                    pack.write(path, name)
            put_in_place(part, out)
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
            part.unlink(missing_ok=True)
    return out


def read_pack(
    folder: Path,
    file: Path,
    *,
    clock: Clock = local_now,
    lock: FolderLock | None = None,
    enter: Callable[[Phase], None] = no_report,
) -> Path | None:
    """Put what is in a pack in place of what is in the data folder, which no other window may use.

    What is there now is copied first; the path of that copy is returned, None where there was nothing. An edition
    of the same name that says something else is kept among the backups. ``lock``: that of the folder, where the
    caller holds it; ``enter`` is told of each phase as it begins. Raises StoreError; nothing has changed then.
    """
    aside = folder / f"{FILE}.pack"
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        enter(Phase.READING)
        with _opened(file) as (pack, sums):
            with translated(aside):
                _unpack(pack, FILE, aside, sums[FILE], file)
            editions = {name: _small(pack, name, sums[name], file) for name in sums if name != FILE}
        kept = restore_from(folder, aside, clock=clock, lock=lock, enter=enter)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    with nullcontext() if lock else closing(FolderLock(folder)), translated(folder):
        for name, data in editions.items():
            _put_edition(folder, name, data, stamp(clock))
    return kept


def unpacked(file: Path, aside: Path) -> None:
    """Unpack the database of a pack to a path, to be looked at. Raises StoreError."""
    with _opened(file) as (pack, sums), translated(aside):
        _unpack(pack, FILE, aside, sums[FILE], file)


def _editions(folder: Path) -> dict[str, Path]:
    paths = sorted((folder / EDITIONS).glob("*.toml"))
    return {f"{EDITIONS}/{path.name}": path for path in paths if _EDITION.fullmatch(f"{EDITIONS}/{path.name}")}


def _sum_of(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, dict[str, Any]]]]:
    """Open a pack whose list and contents belong together."""
    with translated(file):
        if not file.is_file():
            raise trouble(Kind.NO_FILE, path=file)
        try:
            with zipfile.ZipFile(file) as pack:
                yield pack, _listed(pack, file)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise trouble(Kind.NOT_PACK, path=file) from error


def _listed(pack: zipfile.ZipFile, file: Path) -> dict[str, dict[str, Any]]:
    sizes = {info.filename: info.file_size for info in pack.infolist()}
    if len(sizes) > MAX_FILES or sizes.get(LIST, MAX_EDITION + 1) > MAX_EDITION:
        raise trouble(Kind.NOT_PACK, path=file)
    try:
        plain = json.loads(pack.read(LIST))
        if plain["format"] != FORMAT:
            raise trouble(Kind.NOT_PACK, path=file)
        if plain["version"] > VERSION:
            raise trouble(Kind.NEWER_PACK, path=file)
        sums: dict[str, dict[str, Any]] = dict(plain["files"])
        fits = {LIST, *sums} == set(sizes) and all(sums[name]["size"] == sizes[name] for name in sums)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise trouble(Kind.NOT_PACK, path=file) from error
    if not fits or FILE not in sums or sizes[FILE] > MAX_DATABASE:
        raise trouble(Kind.NOT_PACK, path=file)
    if any(not _EDITION.fullmatch(name) or sizes[name] > MAX_EDITION for name in sums if name != FILE):
        raise trouble(Kind.NOT_PACK, path=file)
    return sums


def _unpack(pack: zipfile.ZipFile, name: str, out: Path, known: dict[str, Any], file: Path) -> None:
    found = hashlib.sha256()
    with pack.open(name) as inside, out.open("wb") as outside:
        while piece := inside.read(_PIECE):
            found.update(piece)
            outside.write(piece)
    if found.hexdigest() != known.get("sha256"):
        raise trouble(Kind.NOT_PACK, path=file)


def _small(pack: zipfile.ZipFile, name: str, known: dict[str, Any], file: Path) -> bytes:
    data = pack.read(name)
    if hashlib.sha256(data).hexdigest() != known.get("sha256"):
        raise trouble(Kind.NOT_PACK, path=file)
    return data


def _put_edition(folder: Path, name: str, data: bytes, time: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.read_bytes() != data:
        (folder / BACKUPS).mkdir(exist_ok=True)
        path.replace(folder / BACKUPS / f"{time} {path.name}")
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    put_in_place(part, path)
