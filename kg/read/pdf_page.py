"""Page: what on a page is furniture or a caption, before its columns are told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.read.pdf_lines import Piece

LARGE = 1.12  # of the size of the text, from which a line is a heading
_EDGE = 0.12  # of the height of a page, in which running heads and page numbers stand
_NEAR = 2.5  # lines between a picture and its caption
_SMALL = 0.95  # of the size of the text, below which a line is small
_WHOLE = 0.7  # of a page, which a background covers
_LINES = 6  # of a caption at most
_DIGITS = re.compile("[0-9０-９一二三四五六七八九十〇零]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size, the places of its pictures, and the pieces of its lines."""

    width: int
    height: int
    pictures: tuple[tuple[int, int, int, int], ...]
    pieces: tuple[Piece, ...]


def body_size(sheets: Sequence[Sheet]) -> float:
    """The size in which most of a text is set."""
    counts: Counter[float] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            counts[round(piece.size / 5) * 5] += len(piece.text)
    return max(counts.items(), key=lambda item: (item[1], -item[0]))[0] if counts else 100.0


def furniture(sheets: Sequence[Sheet]) -> frozenset[Piece]:
    """Page numbers and running heads: at the edge of a page, a number or the same as on others."""
    most = LARGE * body_size(sheets)
    edges = [[p for p in _edge(sheet) if p.size < most] for sheet in sheets]
    seen = Counter(form for edge in edges for form in {_form(piece) for piece in edge})
    often = max(2, len(sheets) / 4)
    return frozenset(
        piece
        for edge in edges
        for piece in edge
        if seen[_form(piece)] >= often or _pattern("page_number").fullmatch(piece.text)
    )


def captions(sheet: Sheet, size: float) -> list[list[Piece]]:
    """Lines right below or above a picture that are small or worded as captions are."""
    found: list[list[Piece]] = []
    taken: set[Piece] = set()
    for picture in sheet.pictures:
        x0, y0, x1, y1 = picture
        if (x1 - x0) * (y1 - y0) > _WHOLE * sheet.width * sheet.height:
            continue
        inside = [
            p
            for p in sheet.pieces
            if p not in taken and p.x0 >= x0 - p.size and p.x1 <= x1 + p.size
        ]
        lines = _below(inside, y1, size) or _above(inside, y0, size)
        taken.update(lines)
        if lines:
            found.append(lines)
    return found


def _below(pieces: Sequence[Piece], edge: float, size: float) -> list[Piece]:
    lines: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.y, p.x0)):
        if piece.y <= edge or len(lines) >= _LINES:
            continue
        if lines and abs(piece.size - lines[0].size) > 0.05 * piece.size:
            break
        if piece.top - edge > (_NEAR if not lines else 1.2) * piece.size:
            break
        lines.append(piece)
        edge = piece.bottom
    return lines if _is_caption(lines, size) else []


def _above(pieces: Sequence[Piece], edge: float, size: float) -> list[Piece]:
    lines: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (-p.y, p.x0)):
        if piece.bottom > edge or len(lines) >= _LINES:
            continue
        if lines and abs(piece.size - lines[0].size) > 0.05 * piece.size:
            break
        if edge - piece.bottom > (_NEAR if not lines else 1.2) * piece.size:
            break
        lines.append(piece)
        edge = piece.top
    lines.reverse()
    return lines if _is_caption(lines, size) else []


def _is_caption(lines: Sequence[Piece], size: float) -> bool:
    if not lines:
        return False
    text = "".join(line.text for line in lines)
    return lines[0].size < _SMALL * size or bool(_pattern("caption").search(text))


def _edge(sheet: Sheet) -> list[Piece]:
    """The pieces of the first and last two lines of a page, if they stand at its edge."""
    high, low = _EDGE * sheet.height, (1 - _EDGE) * sheet.height
    return [p for p in sheet.pieces if (p.y < high or p.y > low) and len(p.text) <= 60]


def _form(piece: Piece) -> str:
    return _DIGITS.sub("#", piece.text.replace(" ", "")) + f"|{piece.size:.0f}"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(tables.patterns("read_pdf")[name])
