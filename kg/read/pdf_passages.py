"""Passages: lines in reading order joined to headings, paragraphs, captions and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kg.read import pdf_page
from kg.read.extracted import CELL, tidy
from kg.read.pdf_columns import Column, ordered
from kg.read.pdf_lines import Piece
from kg.read.pdf_page import LARGE, Sheet

_TITLE = 1.3  # the same of the title
_SAME = 0.08  # by which sizes of one passage differ
_INDENT = 1.2  # characters further in, from which a line opens a passage
_SHORT = 1.7  # characters that a line which goes on may be short of its column
_WIDE = 1.5  # of the usual distance of lines, from which a passage ends
_LONGEST = 150  # characters of a heading
_ENDED = re.compile("[。！？!?…：:；;][”’」』）)]*$")


@dataclass(slots=True)
class Passage:
    """A passage under way: its kind, its last line, and its text by page."""

    kind: str
    size: float
    parts: list[tuple[int, str]] = field(default_factory=list)

    def add(self, page: int, text: str) -> None:
        """Go on with a line: a hyphen goes, Latin words are parted, Chinese ones are not."""
        text = tidy(text)
        if self.parts and text:
            number, last = self.parts[-1]
            if re.search("[a-z]-$", last) and re.match("[a-z]", text):
                self.parts[-1] = (number, last[:-1])
            elif re.search("[!-~]$", last) and re.match("[!-~]", text):
                text = " " + text
        if text:
            self.parts.append((page, text))

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.parts)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and what its column says of it, in characters of its own size."""

    piece: Piece
    indent: float
    short: float
    pitch: float  # usual distance of the lines of its column
    column: int


def passages(sheets: Sequence[Sheet]) -> list[Passage]:
    """The passages of a document in reading order."""
    size = pdf_page.body_size(sheets)
    gone = pdf_page.furniture(sheets)
    found: list[Passage] = []
    asides: list[Passage] = []  # what waits until the passage under way is complete
    joiner = _Joiner(size, found, asides)
    number = 0
    for sheet in sheets:
        kept = tuple(piece for piece in sheet.pieces if piece not in gone)
        sheet = Sheet(sheet.width, sheet.height, sheet.pictures, kept)
        small = pdf_page.captions(sheet, size)
        apart = {piece for lines in small for piece in lines}
        for column in ordered([piece for piece in kept if piece not in apart]):
            number += 1
            joiner.column(column, number)
        asides += [_joined("caption", lines) for lines in small]
    asides += [
        _joined("furniture", [piece]) for sheet in sheets for piece in sheet.pieces if piece in gone
    ]
    joiner.release()
    _tell_title(found, size)
    return found


@dataclass(slots=True)
class _Joiner:
    """Joins lines as they come; captions wait for the end of the passage they stand in."""

    size: float
    found: list[Passage]
    asides: list[Passage]
    last: _Line | None = None

    def column(self, column: Column, number: int) -> None:
        """Add the lines of a column, or the rows of a table."""
        if column.rows:
            self.release()
            for row in column.rows:
                passage = Passage("row", row[0].size)
                passage.parts = [(row[0].page, CELL.join(tidy(cell.text) for cell in row))]
                self.found.append(passage)
            self.last = None
        for line in _lines(column, number, self.size):
            if self.last is None or not self.goes_on(self.last, line):
                self.release()
                is_large = line.piece.size >= LARGE * self.size
                self.found.append(Passage("heading" if is_large else "paragraph", line.piece.size))
            self.found[-1].add(line.piece.page, line.piece.text)
            self.last = line

    def release(self) -> None:
        """Put what waited after the passage that is now complete."""
        self.found += self.asides
        self.asides.clear()

    def goes_on(self, last: _Line, line: _Line) -> bool:
        """Whether ``line`` belongs to the passage that ``last`` stands in."""
        above, below = last.piece, line.piece
        if abs(above.size - below.size) > _SAME * max(above.size, below.size):
            return False
        if last.column != line.column:
            return (
                above.size < LARGE * self.size
                and line.indent < _INDENT
                and self.is_full(last, line)
            )
        distance = below.y - above.y
        if above.size >= LARGE * self.size:
            return distance <= 2.2 * above.size and len(self.found[-1].text) < _LONGEST
        if distance > _WIDE * line.pitch and distance > 1.3 * below.size:
            return False
        if line.indent >= _INDENT and not (
            abs(line.indent - last.indent) < 0.3 and last.short < _SHORT and not _ended(above)
        ):
            return False
        return self.is_full(last, line)

    def is_full(self, last: _Line, line: _Line) -> bool:
        """Whether a line ends where its column does, so that its end says nothing."""
        word = re.match(r"[!-~]+", line.piece.text)
        room = _SHORT + (0.55 * min(len(word[0]), 20) if word else 0)
        if last.short < room:
            return True
        return last.short < 2 * _SHORT and last.piece.text[-1:] in "，、“（《的和与"


def _ended(piece: Piece) -> bool:
    return bool(_ENDED.search(piece.text))


def _lines(column: Column, number: int, size: float) -> Iterator[_Line]:
    usual = [p for p in column.lines if abs(p.size - size) <= _SAME * size] or list(column.lines)
    left = min((p.x0 for p in usual), default=0)
    right = max((p.x1 for p in usual), default=0)
    steps = [b.y - a.y for a, b in pairwise(usual) if b.page == a.page]
    pitch = median(steps) if steps else 2 * size
    for piece in column.lines:
        yield _Line(
            piece,
            (piece.x0 - left) / piece.size,
            (right - piece.x1) / piece.size,
            pitch,
            number,
        )


def _joined(kind: str, lines: Sequence[Piece]) -> Passage:
    passage = Passage(kind, lines[0].size)
    for line in lines:
        passage.add(line.page, line.text)
    return passage


def _tell_title(found: Sequence[Passage], size: float) -> None:
    """The largest heading of the first page that has text is the title."""
    first = next((p.parts[0][0] for p in found if p.kind != "furniture" and p.parts), 0)
    heads = [p for p in found if p.kind == "heading" and p.parts and p.parts[0][0] == first]
    largest = max((p.size for p in heads), default=0.0)
    for passage in heads:
        if passage.size >= max(_TITLE * size, 0.97 * largest):
            passage.kind = "title"
            return
