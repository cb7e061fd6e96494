"""Extracted: raw text that a reader takes out of a file, one line for each passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.model import Meta, Span
from kg.raw import Block, RawText
from kg.read import limits

_BLANK = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029 ]+")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_NUMBERED = re.compile("[一二三四五六七八九十0-9]{1,3}[、.．]|[（(第]")
_HALF = 6  # characters of each half of a headline
CELL = "\t"  # parts the cells of a table row


@dataclass(slots=True)
class Writer:
    """Collects passages into raw text with its blocks and pages."""

    where: str
    blocks: list[Block] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, kind: str, language: str = "") -> None:
        """A passage; white space in it counts as one space, an empty one is left out."""
        text = tidy(text)
        if text:
            end = self._put(text)
            self.blocks.append(Block(Span(end - len(text), end), kind, language))

    def row(self, cells: list[str]) -> None:
        """A row of a table; cells that are empty at its end are left out."""
        text = CELL.join(tidy(cell) for cell in cells).rstrip(CELL)
        if text.strip(CELL):
            end = self._put(text)
            start = end - len(text.lstrip(CELL))
            self.blocks.append(Block(Span(start, end), "row"))

    def broken(self, lines: Sequence[str], kind: str) -> None:
        """A passage in which the source breaks lines, or a run of passages; an empty line stands
        between two of them."""
        if kind == "furniture":
            self.aside(" ".join(lines))
        elif sum(1 for line in lines if tidy(line)) < 2:
            self.add("".join(lines), kind)
        elif kind == "paragraph":
            self.lines("\n".join(_indented(line) for line in lines))
        else:
            self.add(_in_one(lines), kind)

    def lines(self, text: str) -> None:
        """Lines that may or may not be passages of their own."""
        rows = _UNFIT.sub("\ufffd", text).splitlines()
        text = "\n".join(row.rstrip() for row in rows).strip("\n")
        if text.strip():
            end = self._put(text)
            self.blocks.append(Block(Span(end - len(text), end), "lines"))

    def aside(self, text: str) -> None:
        """Text that is kept but is no passage: page numbers, running heads."""
        text = tidy(text)
        if text:
            self._put(text)

    def page(self, ahead: int = 0) -> None:
        """A page begins here, or so many characters ahead."""
        self.pages.append(self._length + ahead)

    def raw(self, meta: Meta, problems: tuple[str, ...] = ()) -> RawText:
        """All that was collected."""
        text = "".join(self._parts)
        return RawText(
            text,
            meta,
            problems,
            blocks=titled(self.blocks, text),
            pages=tuple(self.pages),
            extracted=True,
        )

    def _put(self, text: str) -> int:
        self._parts += (text, "\n")
        self._length += len(text) + 1
        limits.check(self._length, limits.TEXT_CHARACTERS, "characters", self.where)
        return self._length - 1


def _indented(line: str) -> str:
    """A line whose blanks say how far in it begins."""
    ink = tidy(line)
    indent = len(line) - len(line.lstrip(" \u00a0\u3000")) - (line[:1] == " ")
    return "\u3000" * min(indent, 2) + ink if indent > 1 else ink


def _in_one(lines: Sequence[str]) -> str:
    """The lines of a heading as one; halves of the same length, two slogans, stay apart."""
    first, *rest = [line for line in map(tidy, lines) if line]
    for line in rest:
        is_half = len(first) == len(line) >= _HALF
        latin = first[-1].isascii() and line[0].isascii()
        first += (" " if is_half or latin else "") + line
    return first


def titled(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    """``blocks``; where none is the title, a heading that opens the text is, and one below the
    title that begins with a dash is its subtitle."""
    found = list(blocks)
    first = found[0] if found and all(b.kind != "title" for b in found) else None
    if first and first.kind == "heading" and not _NUMBERED.match(text, first.span.start):
        found[0] = replace(first, kind="title")
    for at, (above, below) in enumerate(pairwise(found), 1):
        if above.kind == "title" and below.kind == "heading" and text[below.span.start] in "—－":
            found[at] = replace(below, kind="subtitle")
    return tuple(found)


def tidy(text: str) -> str:
    """Text in one line, without control characters and lone surrogates.

    >>> tidy(" 甲\\n  乙\\x00 ")
    '甲 乙\ufffd'
    """
    return _BLANK.sub(" ", _UNFIT.sub("\ufffd", text)).strip(" \u00a0\u3000")
