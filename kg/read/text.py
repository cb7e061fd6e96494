"""Text: plain text files."""

from __future__ import annotations

from kg.model import Meta
from kg.raw import RawText
from kg.read import limits
from kg.read.encoding import decode

SUFFIXES = (".txt", ".text")


def read(data: bytes, where: str, encoding: str) -> RawText:
    """The text of a plain text file, line ends as they are.

    ``where`` names the file in errors; ``encoding`` is what the manifest demands or empty.
    """
    limits.check(len(data), limits.TEXT_BYTES, "bytes of text", where)
    found = decode(data, where, encoding)
    return RawText(found.text, Meta(where, encoding=found.encoding), found.problems)
