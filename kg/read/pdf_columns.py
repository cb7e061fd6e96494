"""Columns: pieces of lines in the order in which a page is read.

A page is cut into bands, each a run of lines that the same gaps part from top to bottom; a
headline across columns ends a band. The columns of a band are read from left to right, each cut
in the same way again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.read.pdf_lines import Piece

_GUTTER = 0.7  # of a character's width, that a gap between columns has at least
_DEEPEST = 12
_FULL = 0.85  # of the width of its column, that a line of running text has
_SHORT = 6  # characters of a usual cell

Gap = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Column:
    """Lines from top to bottom between a left and a right edge; of a table, its rows' cells."""

    x0: int
    x1: int
    lines: tuple[Piece, ...]
    rows: tuple[tuple[Piece, ...], ...] = ()


def ordered(pieces: Sequence[Piece], depth: int = 0) -> list[Column]:
    """The columns of a page, or of a part of it, in the order in which they are read."""
    if not pieces:
        return []
    found: list[Column] = []
    size = median(piece.size for piece in pieces)
    for band in _bands(pieces, size):
        gaps = _gutters(band, _free(band), size)
        if not gaps or depth >= _DEEPEST:
            found.append(_column(band))
        elif _is_table(band, gaps):
            found.append(Column(_left(band), _right(band), (), tuple(map(tuple, _rows(band)))))
        else:
            for part in _parted(band, gaps):
                found += ordered(part, depth + 1)
    return found


def _bands(pieces: Sequence[Piece], size: float) -> list[list[Piece]]:
    """Runs of strips that share the gaps between their columns, or have none."""
    edges = _left(pieces), _right(pieces)
    bands: list[list[list[Piece]]] = []
    free: list[Gap] = []
    parted = False
    for strip in _strips(pieces):
        own = _free(strip, *edges)
        if bands:
            shared = _shared(free, own, size)
            gaps = _gutters([p for other in (*bands[-1], strip) for p in other], shared, size)
            if gaps or not (parted or _gutters(strip, own, size)):
                bands[-1].append(strip)
                free, parted = shared, bool(gaps)
                continue
        bands.append([strip])
        free, parted = own, bool(_gutters(strip, own, size))
    for above, below in pairwise(bands):
        _move_down(above, below, edges, size)
    return [[piece for strip in band for piece in strip] for band in bands if band]


def _move_down(
    above: list[list[Piece]], below: list[list[Piece]], edges: tuple[int, int], size: float
) -> None:
    """Move strips to the longer band below whose gutters they have: a short headline may have
    fitted to the first line of its columns, but not to the others."""
    pieces = [piece for strip in below for piece in strip]
    free = _free(pieces, *edges)
    gaps = _gutters(pieces, free, size)
    while gaps and above and len(above) < len(below):
        shared = _shared(free, _free(above[-1], *edges), size)
        if len(_gutters(pieces, shared, size)) < len(gaps) or len(above[-1]) < 2:
            return
        free = shared
        below.insert(0, above.pop())


def _strips(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside one another, directly or by way of others, from the top."""
    strips: list[list[Piece]] = []
    bottom = 0.0
    for piece in sorted(pieces, key=lambda p: (p.top, p.x0)):
        if strips and piece.top < bottom:
            strips[-1].append(piece)
            bottom = max(bottom, piece.bottom)
        else:
            strips.append([piece])
            bottom = piece.bottom
    return strips


def _left(pieces: Sequence[Piece]) -> int:
    return min(piece.x0 for piece in pieces)


def _right(pieces: Sequence[Piece]) -> int:
    return max(piece.x1 for piece in pieces)


def _free(pieces: Sequence[Piece], left: int = 0, right: int = 0) -> list[Gap]:
    """What no piece covers from ``left`` to ``right``."""
    at = left or _left(pieces)
    found = []
    for x0, x1 in sorted((piece.x0, piece.x1) for piece in pieces):
        if x0 > at:
            found.append((at, x0))
        at = max(at, x1)
    if right > at:
        found.append((at, right))
    return found


def _shared(first: Sequence[Gap], second: Sequence[Gap], size: float) -> list[Gap]:
    """Where gaps of both overlap widely enough for a gutter."""
    found = []
    i = j = 0
    while i < len(first) and j < len(second):
        low, high = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if high - low >= _GUTTER * size:
            found.append((low, high))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return found


def _gutters(pieces: Sequence[Piece], free: Sequence[Gap], size: float) -> list[Gap]:
    """Gaps with text on both sides of them."""
    left, right = _left(pieces), _right(pieces)
    return [g for g in free if g[0] > left and g[1] < right and g[1] - g[0] >= _GUTTER * size]


def _parted(pieces: Sequence[Piece], gaps: Sequence[Gap]) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[] for _ in range(len(gaps) + 1)]
    for piece in pieces:
        parts[sum(gap[1] <= piece.x0 for gap in gaps)].append(piece)
    return [part for part in parts if part]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces by baseline, from the top, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.y, p.x0)):
        if rows and piece.y - rows[-1][0].y <= 0.35 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x0) for row in rows]


def _is_table(pieces: Sequence[Piece], gaps: Sequence[Gap]) -> bool:
    """Whether what stands side by side are cells, not lines of text."""
    rows = _rows(pieces)
    if len(rows) < 2 or sum(len(row) > 1 for row in rows) < 0.7 * len(rows):
        return False
    full = 0
    for part in _parted(pieces, gaps):
        if len(_rows(part)) < 0.9 * len(part):  # columns that something else joins
            return False
        width = _right(part) - _left(part)
        full += sum(p.x1 - p.x0 >= _FULL * width and len(p.text) > _SHORT for p in part)
    usual = median(len(piece.text) for piece in pieces)
    return full < 0.4 * len(pieces) or usual <= _SHORT


def _column(pieces: Sequence[Piece]) -> Column:
    """Pieces that no gutter parts, those of one baseline joined to one line."""
    lines = []
    for row in _rows(pieces):
        first, last = row[0], row[-1]
        text = " ".join(piece.text for piece in row)
        lines.append(Piece(text, first.x0, last.x1, first.y, first.size, first.page))
    return Column(_left(pieces), _right(pieces), tuple(lines))
