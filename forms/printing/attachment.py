"""The package inside the PDF: a printed form carries its own data, and can be read back.

The file is embedded as PDF 2.0 and PDF/A-3 have it (/EmbeddedFiles, /AF, relationship Source). Reading back does not
interpret the PDF: it looks for streams of type /EmbeddedFile, which stand in the clear in every unencrypted
file, and takes the last one that is whole by its checksums. So a hostile file can do nothing but be refused.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import Final

MAX_BYTES: Final = 20_000_000
"""Largest package (contract: 20 MB)."""
_MAX_PDF: Final = 200_000_000
_MAX_FOUND: Final = 64
_WINDOW: Final = 2048
_MARK: Final = rb"/Type\s*/EmbeddedFile\b"
_LENGTH: Final = rb"/Length\s+(\d{1,9})\b(?!\s+\d+\s+R)"
_CHECKSUM: Final = rb"/CheckSum\s*<([0-9A-Fa-f]{32})>"
_FILTER: Final = rb"/Filter\s*\[?\s*/(\w+)\s*\]?"


class AttachmentError(ValueError):
    """A file carries no package that can be read; why, in words for the clerk that follow the name of the file."""


def read_attachment(data: bytes) -> bytes:
    """Return the package embedded in a PDF printed by jibiao.

    Raises AttachmentError where the file is no PDF, is encrypted, or carries no whole package.
    """
    if len(data) > _MAX_PDF:
        raise AttachmentError("超过200 MB，不是由绩表打印的PDF")
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise AttachmentError("不是PDF，请选择由绩表打印的PDF")
    marks = [match.start() for match in re.finditer(_MARK, data)][:_MAX_FOUND]
    for mark in reversed(marks):
        found = _read(data, mark)
        if found is not None:
            return found
    if b"/Encrypt" in data:
        raise AttachmentError("PDF有密码或已加密，请取消加密后再打开")
    if marks:
        raise AttachmentError("随附的表格数据不完整，文件可能没有复制完，请重新获取")
    raise AttachmentError("其中没有随附的表格数据，只有由绩表打印的PDF可以读回")


def _read(data: bytes, mark: int) -> bytes | None:
    """The content of the stream whose dictionary has the mark; None unless it is whole."""
    start = data.rfind(b"obj", max(0, mark - _WINDOW), mark)
    end = data.find(b"stream", mark, mark + _WINDOW)
    if start < 0 or end < 0:
        return None
    dictionary = data[start:end]
    length, checksum, kind = (re.search(pattern, dictionary) for pattern in (_LENGTH, _CHECKSUM, _FILTER))
    if length is None or (kind is not None and kind[1] != b"FlateDecode"):
        return None
    at = end + len(b"stream")
    at += 2 if data[at : at + 2] == b"\r\n" else 1
    content = data[at : at + int(length[1])]
    if kind is not None:
        inflater = zlib.decompressobj()
        try:
            content = inflater.decompress(content, MAX_BYTES + 1)
        except zlib.error:
            return None
        whole = inflater.eof  # zlib's own checksum was right
    else:
        whole = checksum is not None and len(content) == int(length[1])
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest().encode()
    right = checksum is None or checksum[1].lower() == digest
    return content if whole and right and len(content) <= MAX_BYTES else None
