"""PDF files, written object by object as they come: what is finished leaves the memory.

Only what our own paper needs: pages whose operators are ready, streams, bookmarks. Small objects are gathered in
compressed object streams (PDF 1.5), so a file is about as small as it can be. Nothing of the machine or of the hour
goes in: the same calls give the same bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import BinaryIO

Value: TypeAlias = Any
"""bool, int, float, ``str`` (a text), ``bytes`` (written in hexadecimal), Name, Ref, a list or tuple, a dict."""

CREATOR: Final = "绩表 jibiao"
_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_GATHERED: Final = 200
"""Objects of one object stream: a reader unpacks all of them to get one."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r", "\n": "\\n"})


class Name(str):
    """A name such as ``/Page``, given without its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    """A reference to an object of the file."""

    number: int


class _Mark(NamedTuple):
    """A bookmark: how deep it stands, what it says, where it leads."""

    level: int
    title: str
    page: Ref


class Pdf:
    """A file in the making. ``catalog``, ``info`` and ``fonts`` may be filled until ``close``."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._at, self._digest = out, 0, hashlib.md5(usedforsecurity=False)
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        """Kind, place and index of each object, as the cross-reference stream has them."""
        self._small: list[tuple[int, bytes]] = []
        self._pages: list[Ref] = []
        self._marks: list[_Mark] = []
        self._tree, self._resources = self.reserve(), self.reserve()
        self.catalog: dict[str, Value] = {"Type": Name("Catalog"), "Pages": self._tree, "Lang": "zh-CN"}
        self.info: dict[str, Value] = {"Creator": CREATOR, "Producer": CREATOR}
        self.fonts: dict[str, Ref] = {}
        self._write(_HEAD)

    # ------------------------------------------------------------ objects

    def reserve(self) -> Ref:
        """Return a reference to an object that comes later."""
        self._places.append((0, 0, 0))
        return Ref(len(self._places) - 1)

    def add(self, value: Value, ref: Ref | None = None) -> Ref:
        """Add an object and return its reference. Raises KeyError for what is no ``Value``."""
        ref = ref or self.reserve()
        self._small.append((ref.number, _written(value)))
        if len(self._small) >= _GATHERED:
            self._gather()
        return ref

    def stream(self, content: bytes, entries: Mapping[str, Value] | None = None, *, packed: bool = False) -> Ref:
        """Add a stream, compressed (``packed``: it is already); ``entries`` are those of its dictionary."""
        ref = self.reserve()
        self._stream(ref, content if packed else zlib.compress(content), entries or {})
        return ref

    def _stream(self, ref: Ref, packed: bytes, entries: Mapping[str, Value]) -> None:
        self._places[ref.number] = (1, self._at, 0)
        head = _written({**entries, "Filter": Name("FlateDecode"), "Length": len(packed)})
        self._write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (ref.number, head, packed))

    def _gather(self) -> None:
        """Write the small objects gathered so far as one stream."""
        if not self._small:
            return
        ref, index, body = self.reserve(), b"", b""
        for n, (number, one) in enumerate(self._small):
            self._places[number] = (2, ref.number, n)
            index += b"%d %d " % (number, len(body))
            body += one + b"\n"
        entries = {"Type": Name("ObjStm"), "N": len(self._small), "First": len(index)}
        self._small = []
        self._stream(ref, zlib.compress(index + body), entries)

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)
        self._digest.update(data)

    # ------------------------------------------------------------ pages

    def page(self, width: float, height: float, packed: bytes) -> Ref:
        """Add a page; ``packed`` are its operators, compressed."""
        page = {
            "Type": Name("Page"),
            "Parent": self._tree,
            "MediaBox": (0, 0, round(width, 3), round(height, 3)),
            "Resources": self._resources,
            "Contents": self.stream(packed, packed=True),
        }
        self._pages.append(self.add(page))
        return self._pages[-1]

    def bookmark(self, level: int, title: str) -> None:
        """Let a bookmark lead to the last page; it stands below the last one of a higher level."""
        self._marks.append(_Mark(level, title, self._pages[-1]))

    # ------------------------------------------------------------ the end

    def close(self) -> None:
        """Write what holds the file together."""
        self.add({"Type": Name("Pages"), "Count": len(self._pages), "Kids": self._pages}, self._tree)
        self.add({"Font": self.fonts}, self._resources)
        if self._marks:
            root = self.reserve()
            self.catalog["Outlines"] = root
            self.add({"Type": Name("Outlines"), **self._outline(root, self._marks)}, root)
        trailer = {"Root": self.add(self.catalog), "Info": self.add(self.info)}
        self._gather()
        ref, start = self.reserve(), self._at
        self._places[ref.number] = (1, start, 0)
        wide = (start.bit_length() + 7) // 8
        table = b"".join(
            bytes((kind,)) + place.to_bytes(wide, "big") + index.to_bytes(2, "big")
            for kind, place, index in self._places
        )
        digest = self._digest.digest()
        about = {"Type": Name("XRef"), "Size": len(self._places), "W": (1, wide, 2), **trailer, "ID": (digest, digest)}
        self._stream(ref, zlib.compress(table), about)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _outline(self, parent: Ref, marks: Sequence[_Mark]) -> dict[str, Value]:
        """Add bookmarks and those below them; return what their parent says of them."""
        top = marks[0].level
        starts = [n for n, mark in enumerate(marks) if mark.level <= top]
        groups = [marks[a:b] for a, b in zip(starts, (*starts[1:], len(marks)), strict=True)]
        refs = [self.reserve() for _ in groups]
        for n, (mark, *below) in enumerate(groups):
            entry = {"Title": mark.title, "Parent": parent, "Dest": (mark.page, Name("Fit"))}
            if n:
                entry["Prev"] = refs[n - 1]
            if n + 1 < len(refs):
                entry["Next"] = refs[n + 1]
            if below:
                entry |= self._outline(refs[n], below)
            self.add(entry, refs[n])
        return {"First": refs[0], "Last": refs[-1], "Count": len(marks)}


def digits(number: float) -> str:
    """A number as PDF has it, to a thousandth (of a point)."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _written(value: Value) -> bytes:
    """A value as it stands in the file."""
    return _WRITERS[type(value)](value)


def _text(text: str) -> bytes:
    """A text string: as it is if that will do, else in UTF-16; what is no character is left out."""
    if text.isascii() and text.isprintable():
        return b"(%b)" % text.translate(_ESCAPED).encode("ascii")
    return b"<FEFF%b>" % text.encode("utf-16-be", "ignore").hex().upper().encode("ascii")


def _list(values: Sequence[Value]) -> bytes:
    return b"[%b]" % b" ".join(map(_written, values))


def _dictionary(values: Mapping[str, Value]) -> bytes:
    return b"<<%b>>" % b"".join(b"/%b %b" % (key.encode("ascii"), _written(one)) for key, one in values.items())


_WRITERS: Final[Mapping[type, Callable[[Any], bytes]]] = {
    Name: lambda name: b"/%b" % name.encode("ascii"),
    str: _text,
    bytes: lambda data: b"<%b>" % data.hex().encode("ascii"),
    Ref: lambda ref: b"%d 0 R" % ref.number,
    bool: lambda flag: b"true" if flag else b"false",
    int: lambda number: b"%d" % number,
    float: lambda number: digits(number).encode("ascii"),
    list: _list,
    tuple: _list,
    dict: _dictionary,
}
