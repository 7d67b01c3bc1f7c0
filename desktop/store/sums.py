"""Sums that tell whether what is read is what was written: SQLite itself notices only damage to the shape of a file."""

from __future__ import annotations

from zlib import crc32


def sum_of(*parts: str | bytes | int) -> int:
    """Return the CRC-32 of texts, bytes and numbers, one after another."""
    found = 0
    for part in parts:
        found = crc32(part if isinstance(part, bytes) else f"{part}\x00".encode("utf-8", "surrogatepass"), found)
    return found
