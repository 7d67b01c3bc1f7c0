"""The data folder as a window has it open: the store it reads from, the writer that saves, what is not saved yet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from desktop.presenters.saving import Saving
from desktop.store import Kind, Store, StoreError, Writer
from desktop.store.backup import Phase, no_report, restore_from
from desktop.store.copies import Reason
from desktop.store.database import AT_ONCE, local_now
from desktop.store.errors import trouble
from desktop.store.folder import FolderLock
from desktop.store.packs import ENDING as PACK
from desktop.store.packs import read_pack, write_pack
from desktop.store.writer import RETRIES
from forms.documents import Project

REOPENING = (0.5, 1.0, 2.0)
"""Seconds to wait after each attempt to open the data again after a restore."""

PLACING = int(Phase.PLACING)
"""From this phase of a restore on it cannot be called off."""

Report: TypeAlias = Callable[[int, int], bool]
"""Is told how many phases of a restore are over, and of how many; answers whether to go on."""


class CalledOff(Exception):  # noqa: N818 - no error: the clerk wanted it so
    """The clerk does not want a restore any more; everything is as it was."""


class OpenData:
    """An open store and its writer. All methods belong to the clerk's thread, unless they say otherwise.

    They raise StoreError where the environment is at fault, and while the data are being changed for a backup.
    """

    def __init__(self, store: Store, told: Callable[[], None], retries: tuple[float, ...] = RETRIES) -> None:
        """Work on an open store, which ``close`` closes. ``told`` (from any thread): saving began, ended or failed."""
        self.saving = Saving()
        self._store = store
        self._told = told
        self._retries = retries
        self._away: StoreError | None = None
        """Why nothing can be read or written now."""
        self._writer = self._new_writer()

    def _new_writer(self) -> Writer:
        return Writer(self._store, on_saved=self._on_saved, on_failed=self._on_failed, retries=self._retries)

    @property
    def store(self) -> Store:
        """What the clerk's thread reads from."""
        self._refuse_while_away()
        return self._store

    @property
    def writer(self) -> Writer:
        """What saves. May be asked for, and used, by any thread."""
        self._refuse_while_away()
        return self._writer

    def _refuse_while_away(self) -> None:
        if self._away is not None:
            raise StoreError(self._away.kind, self._away.sentence)

    # ---------------------------------------------------------------- saving

    def _on_saved(self, project_id: int | None, _head: int | None, at: datetime) -> None:
        self.saving.saved(project_id, at)
        self._told()

    def _on_failed(self, error: Exception) -> None:
        self.saving.failed(error)
        self._told()

    def flush(self, timeout: float | None = None) -> bool:
        """Try at once to save what is left. Return False when that fails, or the time (s) is over. From any thread."""
        return self._writer.flush(timeout) and not self.saving.unsaved

    def close(self, timeout: float | None = None) -> bool:
        """Save what is left and let go of the folder. Return False where something could not be saved and is lost."""
        saved = self._writer.close(timeout)
        self._store.close()
        return saved

    # ---------------------------------------------------------------- for other threads

    @property
    def is_read_freely(self) -> bool:
        """Whether another thread may read for long without keeping the clerk's work from being saved."""
        return self.store.logged or self.store.path.stat().st_size <= AT_ONCE

    def reader(self) -> Store:
        """Return what another thread may read what is saved with, and closes. May be called from any thread."""
        return self.store.twin()

    def states(self) -> Mapping[int, str]:
        """Return the saved state of every project outside the bin, by its number; another one tells of a change.

        May be called from any thread; raises RuntimeError where the data are being closed.
        """
        return self.writer.run(lambda store: store.states())

    def saved(self, numbers: Iterable[int]) -> Mapping[int, Project]:
        """Return saved projects by their numbers; those that cannot be read are left out. As ``states``."""
        wanted = tuple(numbers)
        return self.writer.run(lambda store: store.load_many(wanted))

    def index(self) -> bool:
        """Enter changed projects into the index of ``find``, some at a time; return whether more are left.

        May be called from any thread.
        """
        return self.writer.run(lambda store: store.index())

    def backup(self, out: Path | None = None, reason: Reason = "backup") -> Path:
        """Write a verified copy of everything done so far; return where. May be called from any thread."""
        if self.flush() and self.store.logged:  # typing goes on being saved while the copy is made
            with self.reader() as store:
                return store.backup(out, reason)
        return self.writer.run(lambda store: store.backup(out, reason))

    def pack(self, out: Path) -> Path:
        """Write everything of the data folder into a 迁移包. May be called from any thread."""
        return self.writer.run(lambda store: write_pack(store, out))

    # ---------------------------------------------------------------- back to a backup

    @property
    def is_away(self) -> bool:
        """Whether nothing can be read or written."""
        return self._away is not None

    @property
    def is_lent(self) -> bool:
        """Whether a backup is being put in place of the data."""
        return self._away is not None and self._away.kind is Kind.RESTORING

    def lend(self) -> None:
        """Let ``restore``, on another thread, have the data: until ``resume`` nothing is read or written."""
        self._away = trouble(Kind.RESTORING)

    def resume(self) -> None:
        """Work with the data again, where they could be opened."""
        if self.is_lent:
            self._away = None

    def restore(self, file: Path, report: Report = lambda _made, _total: True) -> Path | None:
        """Go back to a backup while the data are lent; return the path of the copy made of what was there.

        May be called from any thread. Raises StoreError where the backup cannot be used, CalledOff where ``report``
        says so: everything is then as it was. Where the data cannot be opened any more, everything raises from now on.
        """

        def enter(phase: Phase) -> None:
            if not report(phase, len(Phase)):
                raise CalledOff

        enter(Phase.SAVING)
        if not self.flush():
            raise StoreError(Kind.DISK, self.saving.state.sentence)
        self._refuse_where_held()
        folder, clock = self._store.path.parent, self._store.now
        self._writer.close()
        lock = self._store.leave()  # a window that is begun meanwhile must not take the folder
        try:
            return restored(folder, file, clock, lock, enter)
        finally:
            self._reopen(folder, clock, lock)

    def _refuse_where_held(self) -> None:
        """Raise StoreError where another program holds the data: they would neither be let go nor opened again."""
        try:
            self._writer.run(lambda store: store.prove_writable())
        except StoreError as error:
            if error.kind is Kind.LOCKED:  # what is damaged or gone is what a backup is for
                raise

    def _reopen(self, folder: Path, clock: Callable[[], datetime], lock: FolderLock | None) -> None:
        """Open the data again; what holds them for a moment (a scanner of viruses) is waited for."""
        for seconds in (*REOPENING, None):
            try:
                self._store = Store.open(folder, clock=clock, lock=lock)
                break
            except StoreError as error:
                if seconds is None:
                    if lock is not None:
                        lock.close()
                    self._away = error
                    self._on_failed(error)  # told for as long as the window stands
                    raise
                time.sleep(seconds)
        self._writer = self._new_writer()


def restored(
    folder: Path,
    file: Path,
    clock: Callable[[], datetime] = local_now,
    lock: FolderLock | None = None,
    enter: Callable[[Phase], None] = no_report,
) -> Path | None:
    """Restore a backup or, by its ending, a 迁移包; no other may use the data folder, whose lock may be given."""
    if file.suffix.lower() == PACK:
        return read_pack(folder, file, clock=clock, lock=lock, enter=enter)
    return restore_from(folder, file, clock=clock, lock=lock, enter=enter)
