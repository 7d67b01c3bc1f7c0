"""The package inside the PDF comes back to the byte; anything else is refused in words."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import suppress
from io import BytesIO

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.package import parse_package, write_package
from forms.printing import AttachmentError, PrintOptions, print_package, read_attachment
from forms.printing.attachment import MAX_BYTES
from tests.forms.printing.samples import EDITIONS, declaration, evaluation, package

PACKAGE = package(declaration(), evaluation())
PDF = print_package(PACKAGE, EDITIONS, PrintOptions()).pdf


def embedded(data: bytes, *, extra: bytes = b"", digest: str | None = None, compress: bool = True) -> bytes:
    """A PDF, near enough, with an embedded file."""
    body = zlib.compress(data) if compress else data
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest() if digest is None else digest
    kind = b"/Filter /FlateDecode " if compress else b""
    head = b"<< /Type /EmbeddedFile %s%s/Params << /CheckSum <%s> >> /Length %d >>"
    head %= (kind, extra, digest.encode(), len(body))
    return b"%PDF-1.7\n1 0 obj\n" + head + b"\nstream\n" + body + b"endstream\nendobj\n"


def test_the_package_comes_back():
    data = read_attachment(PDF)
    assert data == write_package(PACKAGE)
    assert parse_package(data, "表.pdf", EDITIONS) == PACKAGE


def test_other_programs_see_it_and_may_write_the_file_anew():
    reader = pypdf.PdfReader(BytesIO(PDF))
    assert list(reader.attachments) == ["jibiao.json"]
    assert reader.attachments["jibiao.json"][0] == write_package(PACKAGE)
    spec = reader.trailer["/Root"]["/AF"][0].get_object()
    assert spec["/AFRelationship"] == "/Source"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    out = BytesIO()
    pypdf.PdfWriter(clone_from=reader).write(out)
    assert read_attachment(out.getvalue()) == write_package(PACKAGE)
    assert read_attachment(PDF + b"\n%an incremental update") == write_package(PACKAGE)


@pytest.mark.parametrize("compress", [True, False])
def test_streams_as_others_write_them(compress: bool):
    pdf = embedded(b'{"a": 1}', compress=compress)
    assert read_attachment(pdf) == b'{"a": 1}'
    assert read_attachment(pdf.replace(b"\nstream\n", b"\nstream\r\n")) == b'{"a": 1}'
    assert read_attachment(embedded(b"old", compress=compress) + pdf) == b'{"a": 1}'
    assert read_attachment(pdf + embedded(b"new", digest="0" * 32)) == b'{"a": 1}'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是PDF"),
        (b"PK\3\4", "不是PDF"),
        (b"%PDF-1.7\n", "没有随附的表格数据"),
        (b"%PDF-1.7\ntrailer << /Encrypt 3 0 R >>", "已加密"),
        (embedded(b"x", digest="0" * 32), "不完整"),
        (embedded(b"x").replace(b"FlateDecode", b"LZWDecode"), "不完整"),
        (embedded(b"x").replace(b"/Length", b"/Size"), "不完整"),
        (embedded(b"x", compress=False).replace(b"CheckSum", b"Check"), "不完整"),
        (embedded(b"x").replace(b"stream", b"steam"), "不完整"),
        (embedded(b"x").replace(b"1 0 obj", b"1 0"), "不完整"),
        (embedded(b"x" * 99)[:-60], "不完整"),
        (embedded(b"x", extra=b"/A " + b"1" * 3000), "不完整"),
        (b"%PDF-1.7\n/Type /EmbeddedFile", "不完整"),
        (b"%PDF-1.7\n" + b"/Type /EmbeddedFile " * 100_000, "不完整"),
        (embedded(bytes(MAX_BYTES + 1)), "不完整"),
        (embedded(b"x").replace(b"stream\n" + zlib.compress(b"x"), b"stream\n" + b"garbage!!"), "不完整"),
    ],
)
def test_what_is_refused(data: bytes, words: str):
    with pytest.raises(AttachmentError, match=words):
        read_attachment(data)


def test_a_file_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("forms.printing.attachment._MAX_PDF", 100)
    with pytest.raises(AttachmentError, match="超过"):
        read_attachment(PDF)


@given(st.binary(max_size=400), st.integers(0, len(PDF)))
def test_broken_files_are_refused_or_whole(noise: bytes, at: int):
    with suppress(AttachmentError):
        assert read_attachment(PDF[:at] + noise + PDF[at + len(noise) :]) == write_package(PACKAGE)
