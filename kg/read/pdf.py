"""PDF with a text layer: columns in reading order, captions and page furniture told apart.

The file is opened in a process of its own (``pdf_glyphs``) that is held to a time and a memory.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.model import Meta
from kg.raw import RawText
from kg.read import limits, pdf_lines, pdf_passages
from kg.read.extracted import CELL, Writer
from kg.read.pdf_page import Sheet

SUFFIXES = (".pdf",)

_CHILD = Path(__file__).with_name("pdf_glyphs.py")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f]")
_SHOWN = 8  # page numbers that a problem lists
_REASONS = {
    "password": ("locked with a password", "save it without a password"),
    "damaged": ("a damaged or cut-off PDF file", "copy it anew"),
}


def read(data: bytes, where: str, encoding: str) -> RawText:
    """The text of a PDF file, one line for each passage; ``encoding`` says nothing here.

    Raises SourceError when the file is locked, damaged, scanned without text, or takes more
    time or memory than the limits give.
    """
    rows = _rows(data, where)
    sheets = [_sheet(row, number) for number, row in enumerate(rows, 1)]
    problems = _problems(rows, sheets, where)
    writer = Writer(where)
    begun = 0  # pages that have begun
    for passage in pdf_passages.passages(sheets):
        ahead = 0
        for page, text in passage.parts:
            while begun < page:
                writer.page(ahead)
                begun += 1
            ahead += len(text)
        if passage.kind == "furniture":
            writer.aside(passage.text)
        elif passage.kind == "row":
            writer.row(passage.text.split(CELL))
        else:
            writer.add(passage.text, passage.kind)
    while begun < len(rows):
        writer.page()
        begun += 1
    return writer.raw(Meta(where), problems)


def _rows(data: bytes, where: str) -> list[dict[str, Any]]:
    """What the process that opens the file says of each page."""
    most = (limits.PAGES, limits.SECONDS, limits.MEMORY_BYTES)
    command = [sys.executable, "-I", str(_CHILD), *map(str, most)]
    try:
        done = subprocess.run(  # noqa: S603  (our own program and numbers)
            command, input=data, capture_output=True, timeout=limits.SECONDS + 10, check=False
        )
    except subprocess.TimeoutExpired:
        raise _slow(where) from None
    try:
        rows = [json.loads(line) for line in done.stdout.splitlines()]
    except ValueError:
        rows = []
    last = rows[-1] if rows else {}
    if "error" in last:
        limits.check(last.get("count", 0), limits.PAGES, "pages", where)
        raise SourceError(*_reason(last["error"], where))
    if "end" not in last:
        if done.returncode in (-9, -24):  # killed: out of time
            raise _slow(where)
        said = "memory" if b"MemoryError" in done.stderr else "the reader of PDF gave up"
        raise SourceError(f"cannot be read: {said}", where, "print it to a new PDF")
    return rows[:-1]


def _slow(where: str) -> SourceError:
    said = f"takes more than {limits.SECONDS} seconds to read"
    return SourceError(said, where, "print it to a new PDF, or split it")


def _reason(kind: str, where: str) -> tuple[str, str, str]:
    what, advice = _REASONS.get(kind, _REASONS["damaged"])
    return what, where, advice


def _sheet(row: dict[str, Any], number: int) -> Sheet:
    if "fault" in row:
        return Sheet(1, 1, (), ())
    glyphs = pdf_lines.glyphs(row["text"], row["places"])
    width, height = row["size"]
    pictures = tuple((a, b, c, d) for a, b, c, d in row["pictures"])
    return Sheet(width, height, pictures, tuple(pdf_lines.pieces(glyphs, number)))


def _problems(rows: list[dict[str, Any]], sheets: list[Sheet], where: str) -> tuple[str, ...]:
    """What is wrong with single pages; raises SourceError when there is no text at all."""
    text = "".join(row.get("text", "") for row in rows)
    if not text.strip():
        if any(sheet.pictures for sheet in sheets):
            said = "a scanned PDF: its pages are pictures without text"
            raise SourceError(said, where, "recognize its characters (OCR) and save it with text")
        raise SourceError("the PDF holds no text", where, "remove it")
    bad = len(_UNREADABLE.findall(text))
    if bad > len(text) / 3:
        said = "its fonts do not tell which characters they show"
        raise SourceError(said, where, "recognize its characters (OCR) and save it with text")
    found = [f"characters that its fonts do not tell: {bad}"] if bad else []
    faulty = [n for n, row in enumerate(rows, 1) if "fault" in row]
    empty = [n for n, sheet in enumerate(sheets, 1) if sheet.pictures and not sheet.pieces]
    if faulty:
        found.append(f"pages that cannot be read: {_listed(faulty)}")
    if empty:
        found.append(f"pages without text, scanned perhaps: {_listed(empty)}")
    return tuple(found)


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return shown + (f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else "")
