"""What the window has to know of the store: that it can fail, and why."""

from __future__ import annotations

from desktop.store import Kind, StoreError

__all__ = ["Kind", "StoreError"]
