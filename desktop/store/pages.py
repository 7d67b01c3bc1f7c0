"""Reading the pages of a damaged SQLite file without SQLite, which gives up where a page is not what it should be.

After https://www.sqlite.org/fileformat2.html: header, b-tree pages, records, overflow chains, free list, log. What
cannot be read is passed over and noted, whatever the bytes are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Value = None | int | float | str | bytes

TABLE_LEAF, INDEX_LEAF, TABLE_INNER, INDEX_INNER = 13, 10, 5, 2
_KINDS = (TABLE_LEAF, INDEX_LEAF, TABLE_INNER, INDEX_INNER)
_USUAL_SIZE = 4096
_MOST = 64 * 1024 * 1024
"""Bytes of one row, at most: a length beyond it is damage."""
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands on a page; ``rowid`` is None in an index and in a table without."""

    rowid: int | None
    values: tuple[Value, ...]


class Pages:
    """A database file with its log, as they lie there. Raises OSError where they cannot be read at all."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        log = Path(f"{path}-wal")
        self._logged = _logged(log.read_bytes()) if log.exists() else {}
        size = int.from_bytes(self.data[16:18], "big")
        size = 65536 if size == 1 else size
        # Where the header is garbage, pages are as this program makes them.
        sound = self.data[:16] == b"SQLite format 3\x00" and size >= 512 and not size & (size - 1)
        self.size = size if sound else _USUAL_SIZE
        self.count = max(-(-len(self.data) // self.size), *self._logged, 0)
        noted = int.from_bytes(self.data[28:32], "big") if sound else 0
        self.missing = max(0, min(noted, 1 << 24) - self.count)
        """Pages that are cut off."""
        self._usable = self.size - (self.data[20] if sound and len(self.data) > 20 else 0)
        self.trouble: set[int] = set()
        """Pages on which something could not be read."""

    def page(self, number: int) -> bytes:
        """Return a page; blank bytes where the file is cut off."""
        found = self._logged.get(number)
        if found is None:
            found = self.data[(number - 1) * self.size : number * self.size]
        return found.ljust(self.size, b"\x00")

    # ---------------------------------------------------------------- which pages belong to what

    @cached_property
    def roots(self) -> dict[str, int]:
        """First pages of tables and indexes by name, as far as the list of them can be read."""
        found: dict[str, int] = {}
        for number in self.tree(1):
            for row in self.rows(number):
                name, root = row.values[1:4:2] if len(row.values) == 5 else (None, None)
                if isinstance(name, str) and isinstance(root, int) and root:  # 0: a virtual table has no page
                    found[name] = root
        return found

    def tree(self, root: int) -> list[int]:
        """Return the pages of a tree that hold rows, in order, as far as the ways to them can be read."""
        found: list[int] = []
        waiting, seen = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen or not 0 < number <= self.count:
                self.trouble.add(number)
                continue
            seen.add(number)
            page, at = self.page(number), self._start(number)
            kind = page[at]
            if kind not in _KINDS:
                self.trouble.add(number)
            elif kind in (TABLE_INNER, INDEX_INNER):
                right = struct.unpack_from(">I", page, at + 8)[0]
                waiting += [right, *reversed([struct.unpack_from(">I", page, cell)[0] for cell in self._cells(number)])]
            if kind in (TABLE_LEAF, INDEX_LEAF, INDEX_INNER):
                found.append(number)
        return found

    @cached_property
    def free(self) -> set[int]:
        """Pages that the free list names: what stands there was deleted."""
        found: set[int] = set()
        trunk = int.from_bytes(self.page(1)[32:36], "big")
        while 0 < trunk <= self.count and trunk not in found:
            page = self.page(trunk)
            count = min(struct.unpack_from(">I", page, 4)[0], (self.size - 8) // 4)
            found |= {trunk, *struct.unpack_from(f">{count}I", page, 8)}
            trunk = struct.unpack_from(">I", page, 0)[0]
        return found

    # ---------------------------------------------------------------- rows

    def rows(self, number: int) -> Iterator[Row]:
        """Give the rows of a page, as far as they can be read."""
        page = self.page(number)
        kind = page[self._start(number)]
        if kind not in (TABLE_LEAF, INDEX_LEAF, INDEX_INNER):
            return
        for cell in self._cells(number):
            try:
                yield self._row(page, cell, kind)
            except (ValueError, IndexError, struct.error, OverflowError):
                self.trouble.add(number)

    def _start(self, number: int) -> int:
        return 100 if number == 1 else 0

    def _cells(self, number: int) -> list[int]:
        page, at = self.page(number), self._start(number)
        count = struct.unpack_from(">H", page, at + 3)[0]
        first = at + (12 if page[at] in (TABLE_INNER, INDEX_INNER) else 8)
        count_fits = min(count, (self.size - first) // 2)
        cells = struct.unpack_from(f">{count_fits}H", page, first)
        fit = [cell for cell in cells if first + 2 * count_fits <= cell <= self.size - 4]
        if len(fit) != count:
            self.trouble.add(number)
        return fit

    def _row(self, page: bytes, at: int, kind: int) -> Row:
        rowid: int | None = None
        if kind == INDEX_INNER:
            at += 4
        length, at = _varint(page, at)
        if kind == TABLE_LEAF:
            rowid, at = _varint(page, at)
        return Row(rowid, _record(self._payload(page, at, length, kind)))

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        if not 0 < length <= _MOST:
            raise ValueError(length)
        most = self._usable - 35 if kind == TABLE_LEAF else (self._usable - 12) * 64 // 255 - 23
        if length <= most:
            return _cut(page, at, length)
        least = (self._usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (self._usable - 4)
        local = local if local <= most else least
        pieces, left = [_cut(page, at, local)], length - local
        more, seen = struct.unpack_from(">I", page, at + local)[0], set[int]()
        while left > 0:
            if more in seen or not 0 < more <= self.count:
                raise ValueError(more)
            seen.add(more)
            over = self.page(more)
            pieces.append(over[4 : 4 + min(left, self._usable - 4)])
            left -= len(pieces[-1])
            more = struct.unpack_from(">I", over, 0)[0]
        return b"".join(pieces)


def _cut(data: bytes, at: int, length: int) -> bytes:
    found = data[at : at + length]
    if len(found) != length:
        raise ValueError(length)
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    found = 0
    for n in range(8):
        found = found << 7 | data[at + n] & 0x7F
        if data[at + n] < 0x80:
            return found, at + n + 1
    found = found << 8 | data[at + 8]
    return found - (1 << 64) if found >= 1 << 63 else found, at + 9


def _record(data: bytes) -> tuple[Value, ...]:
    """Return the values of a record. Raises ValueError or IndexError where it is none."""
    end, at = _varint(data, 0)
    if not 0 < end <= len(data):
        raise ValueError(end)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(data, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(data, at, kind)
        values.append(value)
    if at != len(data):
        raise ValueError(at)
    return tuple(values)


def _value(data: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(_cut(data, at, end - at), "big", signed=True), end
    if kind == 7:
        return struct.unpack(">d", _cut(data, at, 8))[0], at + 8
    if kind < 12:
        raise ValueError(kind)
    end = at + (kind - 12) // 2
    piece = _cut(data, at, end - at)
    return (piece.decode("utf-8") if kind % 2 else piece), end


def _logged(log: bytes) -> dict[int, bytes]:
    """Return the pages that a write-ahead log holds, as of its last whole transaction."""
    if len(log) < 32:
        return {}
    magic, _, size, _ = struct.unpack_from(">4I", log, 0)
    if magic not in (0x377F0682, 0x377F0683) or size < 512 or size & (size - 1):
        return {}
    order = ">" if magic & 1 else "<"
    sums = _sums(log[:24], (0, 0), order)
    found: dict[int, bytes] = {}
    open_: dict[int, bytes] = {}
    for at in range(32, len(log) - 24 - size + 1, 24 + size):
        number, committed = struct.unpack_from(">2I", log, at)
        page = log[at + 24 : at + 24 + size]
        sums = _sums(page, _sums(log[at : at + 8], sums, order), order)
        if log[at + 8 : at + 16] != log[16:24] or sums != struct.unpack_from(">2I", log, at + 16):
            break
        open_[number] = page
        if committed:
            found |= open_
            open_ = {}
    return found


def _sums(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for n in range(0, len(words), 2):
        one = one + words[n] + two & 0xFFFFFFFF
        two = two + words[n + 1] + one & 0xFFFFFFFF
    return one, two
