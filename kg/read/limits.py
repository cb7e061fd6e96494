"""Limits: how much of one file is read, so that no file can hold up or break a build."""

from __future__ import annotations

from kg.errors import SourceError

FILE_BYTES = 256 << 20  # of any file
TEXT_BYTES = 16 << 20  # of a file that is text: plain text, Markdown
PAGE_BYTES = 64 << 20  # of a page of HTML, whose pictures may stand in it
TEXT_CHARACTERS = 4_000_000  # of the text of a document: RDF tools take no longer literal
ARCHIVE_BYTES = 256 << 20  # of what an archive holds, unpacked
ARCHIVE_PARTS = 10_000
XML_BYTES = 64 << 20  # of one XML part, unpacked
PAGES = 2_000
SECONDS = 60  # for one PDF
MEMORY_BYTES = 2 << 30  # for the process that reads one PDF

_SPLIT = "split the file and build again"


def check(size: int, most: int, what: str, where: str) -> None:
    """Raise SourceError when there is more of ``what`` than is read.

    >>> check(2, 3, "pages", "a.pdf")
    """
    if size > most:
        raise SourceError(f"too large: {size:,} {what}, at most {most:,} are read", where, _SPLIT)
