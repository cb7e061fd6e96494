"""Limits: what is too large has a reason, and the other files are still built."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx.api import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kg import pipeline, read
from kg.errors import DataError, SourceError
from kg.model import Meta
from kg.raw import RawText
from kg.read import limits
from kg.settings import Settings


def test_a_large_text_has_a_reason_and_the_build_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TEXT_BYTES", 1000)
    (tmp_path / "a.txt").write_text("会议强调，要抓好落实。", "utf-8")
    for name in ("b.txt", "c.md"):
        (tmp_path / name).write_text("要抓好落实。" * 100, "utf-8")
    built = pipeline.build(tmp_path, Settings())
    assert [failure.path for failure in built.failures] == ["b.txt", "c.md"]
    assert all("at most 1,000 are read" in failure.reason for failure in built.failures)


def pdf_of(words: str) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for page in range(3):
        for line in range(40):
            canvas.drawString(50, 780 - 15 * line, f"{words} {page} {line}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def docx_of(words: str) -> bytes:
    stream = io.BytesIO()
    document = Document()
    for _ in range(100):
        document.add_paragraph(words)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "limit", "said"),
    [
        ("a.txt", ("要抓好落实。" * 200).encode(), "TEXT_BYTES", "bytes of text"),
        ("a.md", ("要抓好落实。" * 200).encode(), "TEXT_BYTES", "bytes of text"),
        ("a.txt", ("要抓好落实。" * 200).encode(), "TEXT_CHARACTERS", "characters"),
        ("a.md", ("要抓好落实。" * 200).encode(), "TEXT_CHARACTERS", "characters"),
        ("a.html", ("<p>要抓好落实。" * 200).encode(), "PAGE_BYTES", "bytes of HTML"),
        ("a.html", ("<p>要抓好落实。" * 200).encode(), "TEXT_CHARACTERS", "characters"),
        ("a.docx", docx_of("要抓好落实，不得有误。"), "TEXT_CHARACTERS", "characters"),
        ("a.docx", docx_of("要抓好落实，不得有误。"), "XML_BYTES", "bytes of XML"),
        ("a.docx", docx_of("要抓好落实，不得有误。"), "ARCHIVE_BYTES", "bytes unpacked"),
        ("a.docx", docx_of("要抓好落实，不得有误。"), "FILE_BYTES", "bytes"),
        ("a.pdf", pdf_of("water works report"), "TEXT_CHARACTERS", "characters"),
        ("a.pdf", pdf_of("water works report"), "FILE_BYTES", "bytes"),
    ],
)
def test_every_format_is_held_to_its_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, limit: str, said: str
) -> None:
    monkeypatch.setattr(limits, limit, 1000)
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.txt").write_text("会议强调，要抓好落实。", "utf-8")
    built = pipeline.build(tmp_path, Settings())
    assert [failure.path for failure in built.failures] == [name]
    assert f"{said}, at most 1,000 are read" in built.failures[0].reason
    assert built.graph.number_of_nodes()


def test_a_pdf_of_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", 2)
    (tmp_path / "a.pdf").write_bytes(pdf_of("water works report"))
    with pytest.raises(SourceError, match="3 pages, at most 2 are read"):
        read.read(read.sources(tmp_path)[0][0])


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    with file.open("wb") as stream:
        stream.truncate(limits.FILE_BYTES + 1)  # a hole: it takes no room
    with pytest.raises(SourceError, match="too large"):
        read.read(read.sources(tmp_path)[0][0])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Office file"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 600, "PNG image"),
        ("a.html", b"From: x\nMIME-Version: 1.0\n\n", "MHTML"),
        ("a.pdf", "只是文字。".encode(), "not a PDF file"),
        ("a.docx", b"", "not a DOCX file"),
    ],
)
def test_other_kinds_under_a_known_name(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=reason):
        read.read(read.sources(tmp_path)[0][0])


class Entry:
    """An entry point of another package."""

    def __init__(self, name: str, found: object) -> None:
        self.name, self.value, self._found = name, "other.package:read", found

    def load(self) -> object:
        if isinstance(self._found, Exception):
            raise self._found
        return self._found


def test_readers_of_other_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(data: bytes, where: str, encoding: str) -> RawText:
        return RawText(data.decode()[::-1], Meta(where), extracted=True)

    monkeypatch.setattr(read, "entry_points", lambda group: [Entry("odd", reader)])
    read.readers.cache_clear()
    try:
        (tmp_path / "a.odd").write_text("。实落好抓", "utf-8")
        (source,) = read.sources(tmp_path)[0]
        found = read.read(source)
        assert found.text == "抓好落实。" and found.extracted and found.meta.path == "a.odd"
    finally:
        read.readers.cache_clear()


def test_a_reader_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Entry("odd", ImportError("no module"))
    monkeypatch.setattr(read, "entry_points", lambda group: [broken])
    read.readers.cache_clear()
    try:
        with pytest.raises(DataError, match="cannot be loaded"):
            read.readers()
    finally:
        read.readers.cache_clear()
