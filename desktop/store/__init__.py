"""The clerk's work on disk: the only user of SQLite."""

from desktop.store.errors import Kind, StoreError
from desktop.store.rows import ProjectRow, Step, Stored
from desktop.store.store import Store
from desktop.store.writer import Writer

__all__ = ["Kind", "ProjectRow", "Step", "Store", "StoreError", "Stored", "Writer"]
