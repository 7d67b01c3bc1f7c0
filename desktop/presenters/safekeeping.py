"""Backups without asking: when one is due, where it goes, when the clerk is reminded."""

from __future__ import annotations

import getpass
import os
import platform
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from zlib import crc32

from desktop.location import data_folder
from desktop.presenters.session import Session
from desktop.store import StoreError
from desktop.store.backup import put_in_place
from desktop.store.copies import Contents, Copy, Entry, Fate, Reason, compared, contents, copies_in, fates, thin
from desktop.store.errors import translated
from desktop.store.folder import BACKUPS
from desktop.store.packs import ENDING, unpacked
from desktop.store.taking import take_out
from desktop.texts import text
from forms.documents import Project

__all__ = ["ENDING", "MANY", "Choice", "Copy", "Made", "Safekeeping", "Shown", "copy_line", "copy_to", "described"]

EVERY = timedelta(hours=1)
"""While work goes on there is a backup so often."""
OLD = timedelta(days=7)
"""From this age on of the second place's newest copy the clerk is reminded."""
MANY = 5
"""So many projects, imported at once, are worth a backup before."""

_MARK, _SECOND, _SECOND_AT, _FAILED = "backup.mark", "backup.second", "backup.second_at", "backup.failed"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made; ``trouble``: why there is none in the second place."""

    path: Path
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A project of a backup, in words."""

    uuid: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a backup holds and what would be different after a restore, in words."""

    facts: str
    changes: tuple[str, ...]
    projects: tuple[Choice, ...] = ()


class Safekeeping:
    """Makes the backups of a session. ``make`` and ``show`` may be called from any thread."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session = session
        self.folder = folder / BACKUPS
        self.mark = session.kept.setting(_MARK, "")
        # Read once: the session's own connection belongs to the clerk's thread, and ``make`` runs on others.
        kept = session.kept.setting(_SECOND)
        self.second = Path(kept) if kept else None
        """The folder that gets a copy of each backup: a memory stick, a share."""
        self._second_at = session.kept.setting(_SECOND_AT)

    @cached_property
    def _own(self) -> str:
        return own_folder(self.folder.parent)

    # ---------------------------------------------------------------- when

    @property
    def is_changed(self) -> bool:
        """Whether something changed since the last backup."""
        with self._session.data.reader() as store:
            return bool(store.mark() != self.mark)

    def is_due(self, now: datetime) -> bool:
        """Whether an hour went by since the last automatic backup, or the clock was set back, and something changed."""
        last = next((one.made_at for one in copies_in(self.folder) if one.reason == "auto"), None)
        old = last is None or not timedelta(0) <= now - last < EVERY
        return old and self.is_changed

    def examine(self) -> tuple[str, ...]:
        """Return what is damaged, in sentences. May be called from any thread."""
        with self._session.data.reader() as store:
            # Where reading keeps others from writing, a large file is left alone while the clerk works.
            return store.examine() if self._session.data.is_read_freely else ()

    def counts(self) -> list[tuple[str, int]]:
        """Return how much there is of what, without any names."""
        with self._session.data.reader() as store:
            found = store.contents()
            size = store.path.stat().st_size
        return [
            (text("help.count_projects"), len(found.entries) - found.recycled),
            (text("help.count_recycled"), found.recycled),
            (text("help.count_finals"), found.final_copies),
            (text("help.count_backups"), len(copies_in(self.folder))),
            (text("help.count_bytes"), size),
        ]

    # ---------------------------------------------------------------- making

    def make(self, reason: Reason = "auto") -> Made:
        """Make a verified backup, thin the automatic ones, and put a copy into the second place.

        Raises StoreError where none could be made; what is wrong with the second place stands in the result.
        """
        with self._session.data.reader() as store:
            mark, now = store.mark(), store.now()
        path = self._session.data.backup(reason=reason)
        thin(self.folder, now)
        self.mark = mark
        self._session.kept.set_setting(_MARK, mark)
        second = self.second
        if second is None:
            return Made(path)
        try:
            copy_to(path, second, self._own)
            thin(second / self._own, now)
        except StoreError as error:
            return Made(path, error.sentence)
        self._second_at = now.isoformat()
        self._session.kept.set_setting(_SECOND_AT, self._second_at)
        return Made(path)

    def at_exit(self) -> None:
        """Make a backup where something changed; what goes wrong is told at the next start."""
        with suppress(StoreError):
            failed = ""
            try:
                if self.is_changed:
                    self.make()
            except StoreError as error:
                failed = error.sentence
            if failed != self._session.kept.setting(_FAILED, ""):
                self._session.kept.set_setting(_FAILED, failed)
        self._session.flush(2)  # what was noted of it is to be there the next time

    # ---------------------------------------------------------------- the second place

    def set_second(self, folder: Path | None) -> None:
        """Choose the second place, or do without."""
        self.second = folder
        self._session.kept.set_setting(_SECOND, None if folder is None else str(folder))
        self._second_at = None
        self._session.kept.set_setting(_SECOND_AT, None)

    def reminder(self, now: datetime) -> str:
        """Return the line that reminds the clerk; nothing where all is well."""
        failed = str(self._session.kept.setting(_FAILED, "") or "")
        if failed:
            return text("backup.failed_at_exit", reason=failed)
        if self.second is None:
            return ""
        if self._second_at is None:
            return text("backup.second_never", folder=self.second)
        age = now - datetime.fromisoformat(str(self._second_at))
        return text("backup.second_old", folder=self.second, days=age.days) if age >= OLD else ""

    # ---------------------------------------------------------------- looking

    def copies(self) -> list[Copy]:
        """Return all backups at hand, newest first, also those in the second place."""
        found = copies_in(self.folder)
        names = {one.path.name for one in found}
        if self.second is not None:
            found += [one for one in copies_in(self.second / self._own) if one.path.name not in names]
        return sorted(found, key=lambda one: one.made_at, reverse=True)

    def show(self, file: Path) -> Shown:
        """Return what is in a backup or a 迁移包 and what differs from now. Raises StoreError."""
        self._session.flush(2)  # what is on the screen counts, as far as it can be saved
        with self._session.data.reader() as store:
            now = store.contents()
        if file.suffix.lower() != ENDING:
            return described(contents(file), now)
        aside = self.folder.parent / "pack.look"
        try:
            unpacked(file, aside)
            return described(contents(aside), now)
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def take(self, file: Path, uuids: Collection[str]) -> list[tuple[Project, bool]]:
        """Return projects of a backup or 迁移包, and of each whether it also stands in the list now.

        Raises StoreError where one of them cannot be read.
        """
        with self._session.data.reader() as store:
            there = {one.uuid for one in store.contents().entries if not one.state[2]}
        return [(project, uuid in there) for uuid, project in take_out(self.folder.parent, file, uuids)]


def described(found: Contents, now: Contents) -> Shown:
    """Return what is in a backup, in words, and what would be different."""
    newest = "" if found.newest is None else f"{found.newest:%Y-%m-%d %H:%M}"
    facts = text(
        "backup.facts",
        count=len(found.entries) - found.recycled,
        recycled=found.recycled,
        finals=found.final_copies,
        newest=newest or text("backup.nothing"),
    )
    choices = tuple(Choice(one.uuid, _project_line(one, fate)) for one, fate in fates(found, now))
    return Shown(facts, compared(found, now) or (text("backup.no_change"),), choices)


def _project_line(entry: Entry, fate: Fate) -> str:
    """Return how a project of a backup is listed: 与现在不同　甲　示例单位　2025年　最后修改 2025-03-01 09:07."""
    return text(
        "backup.take_line",
        fate=text(f"backup.fate_{fate}"),
        name=entry.name or text("window.unnamed"),
        unit=entry.unit or text("window.no_unit"),
        year="" if entry.year is None else text("backup.take_year", year=entry.year),
        changed=entry.state[0][:16].replace("T", " "),
    )


def copy_line(copy: Copy) -> str:
    """Return how the list of backups shows one: 2025-03-01 09:07　自动备份　1.2 MB."""
    reason = text(f"backup.reason_{copy.reason}")
    return text("backup.line", made=f"{copy.made_at:%Y-%m-%d %H:%M}", reason=reason, size=f"{copy.size / 1e6:.1f}")


def own_folder(data: Path) -> str:
    """Return the name of the folder in the second place that belongs to these data alone.

    Several computers may be given the same share: the backups of one must neither thin out nor hide those of another.
    """
    from desktop.exchange.writing import safe_name

    computer = os.environ.get("COMPUTERNAME") or platform.node()
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        user = ""
    name = text("backup.own_folder", computer=computer, user=user)
    other = "" if data == data_folder() else f" {crc32(str(data).encode()) & 0xFFFF:04X}"
    return safe_name(f"{name}{other}")


def copy_to(path: Path, place: Path, own: str) -> Path:
    """Copy a backup into a folder of a place: written aside, read back, then put in place. Raises StoreError."""
    folder = place / own
    out = folder / path.name
    part = folder / f"{path.name}.part"
    with translated(place):
        if not place.is_dir():
            raise FileNotFoundError(2, os.strerror(2))
        folder.mkdir(exist_ok=True)
        try:
            shutil.copyfile(path, part)
            contents(part)
            put_in_place(part, out)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return out
