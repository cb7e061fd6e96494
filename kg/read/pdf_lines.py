"""Lines: the characters of a page put together to pieces of lines, as far as no gap parts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

_HAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60\U00020000-\U0003ffff]")
_GAP = 0.8  # of a character's width: a wider gap parts two columns
_LEVEL = 0.3  # of a character's height, by which baselines of one line differ
_TWICE = 0.2  # of a character's width, by which a character printed twice is moved


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: left, right, baseline and height in tenths of a point, from the top left."""

    char: str
    x0: int
    x1: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line without a wide gap; ``size`` is the width of a full-width character."""

    text: str
    x0: int
    x1: int
    y: int
    size: float
    page: int

    @property
    def top(self) -> float:
        return self.y - 0.75 * self.size

    @property
    def bottom(self) -> float:
        return self.y + 0.1 * self.size


def glyphs(text: str, places: Sequence[int]) -> list[Glyph]:
    """The characters of a page from its text and four numbers for each of them."""
    return [Glyph(char, *places[4 * at : 4 * at + 4]) for at, char in enumerate(text)]


def pieces(found: Sequence[Glyph], page: int) -> list[Piece]:
    """The pieces of lines on a page, from top to bottom, then from left to right."""
    made = []
    for line in _levels(found):
        for stretch in _stretches(line):
            piece = _piece(stretch, page)
            if piece:
                made.append(piece)
    return sorted(made, key=lambda p: (p.y, p.x0, p.text))


def _levels(found: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Characters by baseline."""
    level: list[Glyph] = []
    for glyph in sorted(found, key=lambda g: (g.y, g.x0, g.x1, g.char)):
        if level and glyph.y - level[0].y > _LEVEL * max(min(glyph.height, level[0].height), 10):
            yield level
            level = []
        level.append(glyph)
    if level:
        yield level


def _stretches(level: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """The characters of a baseline, parted at wide gaps and where the size changes with a gap."""
    stretch: list[Glyph] = []
    for glyph in sorted(level, key=lambda g: (g.x0, g.x1, g.char)):
        if stretch:
            last = stretch[-1]
            em = max(_em(last), _em(glyph))
            if glyph.char == last.char and abs(glyph.x0 - last.x0) < _TWICE * em:
                continue
            if glyph.x0 - last.x1 > _GAP * em:
                yield stretch
                stretch = []
        stretch.append(glyph)
    if stretch:
        yield stretch


def _em(glyph: Glyph) -> float:
    return max(glyph.x1 - glyph.x0, 1) if _HAN.match(glyph.char) else 0.9 * glyph.height


def _piece(stretch: Sequence[Glyph], page: int) -> Piece | None:
    while stretch and stretch[0].char.isspace():
        stretch = stretch[1:]
    while stretch and stretch[-1].char.isspace():
        stretch = stretch[:-1]
    if not stretch:
        return None
    wide = [g.x1 - g.x0 for g in stretch if _HAN.match(g.char)]
    size = median(wide) if wide else 0.9 * median(g.height for g in stretch)
    base = round(median(g.y for g in stretch))
    text = "".join(_spaced(stretch, size))
    return Piece(text, stretch[0].x0, stretch[-1].x1, base, max(size, 1.0), page)


def _spaced(stretch: Sequence[Glyph], size: float) -> Iterator[str]:
    """Characters, with a space where a gap parts two words that are not Chinese."""
    last: Glyph | None = None
    for glyph in stretch:
        if (
            last
            and glyph.x0 - last.x1 > 0.15 * size
            and not (_HAN.match(glyph.char) or _HAN.match(last.char))
            and not (glyph.char.isspace() or last.char.isspace())
        ):
            yield " "
        yield glyph.char
        last = glyph
