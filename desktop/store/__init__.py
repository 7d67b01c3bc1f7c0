"""The clerk's work on disk: the only user of SQLite."""

from desktop.store.booklets import Bound
from desktop.store.errors import Kind, StoreError
from desktop.store.finals import FinalCopy, Frozen, Stamp
from desktop.store.rows import ProjectRow, Step, Stored
from desktop.store.store import Store
from desktop.store.writer import Writer

__all__ = [
    "Bound",
    "FinalCopy",
    "Frozen",
    "Kind",
    "ProjectRow",
    "Stamp",
    "Step",
    "Store",
    "StoreError",
    "Stored",
    "Writer",
]
