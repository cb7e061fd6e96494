"""Columns: how wide the columns around each line of a text are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.repair.lines import Line

NARROWEST, WIDEST = 10.0, 60.0  # of a column, in full-width characters
INDENT = 2.0  # how far in a passage begins
SLACK = 1.6  # by how much the lines of one column differ
STRETCH = 0.06  # the same as a share of the width of a wide column
_EXCESS = 4.0  # by how much a line that is squeezed together may be wider
_NEAR = 5  # lines that make a neighbourhood
_BLOCK = 20  # lines that make a third of a wide neighbourhood
_SHARE = 0.25  # of the lines of a wide neighbourhood that must agree


class Columns:
    """The columns of the lines that are like any other: neither masthead, caption nor credit."""

    def __init__(self, rows: Sequence[Line]) -> None:
        plain = [index for index, row in enumerate(rows) if not row.kind]
        self._place = {index: at for at, index in enumerate(plain)}
        self._forms = [_form(rows[index]) for index in plain]
        widths = [rows[index].width for index in plain]
        self._widths = [
            _agreed(tuple(widths[max(at, 0) : at + _NEAR])) for at in range(-_NEAR, len(widths) + 1)
        ]
        self._wide = [
            _common(widths[max(at - _BLOCK, 0) : at + 2 * _BLOCK])
            for at in range(0, len(widths), _BLOCK)
        ]
        self._wrapped: dict[int, bool] = {}

    def around(self, index: int) -> tuple[float, float]:
        """Width of the column that ends with the line before ``index`` and of that which begins
        with the line after it; 0 where no two lines agree."""
        at = self._place.get(index)
        return (0.0, 0.0) if at is None else self._around(at)

    def is_filled(self, index: int, width: float, slack: float = SLACK) -> bool:
        """Whether a line, counted as ``width`` wide, fills a column that is broken there."""
        at = self._place.get(index)
        if at is None:
            return False
        for column in self._columns(at):
            least = max(slack, STRETCH * column)
            if NARROWEST <= column <= WIDEST and -least <= width - column <= _EXCESS:
                return self._is_wrapped(at)
        return False

    def _around(self, at: int) -> tuple[float, float]:
        return self._widths[at], self._widths[at + 1 + _NEAR]

    def _columns(self, at: int) -> set[float]:
        """Widths of the columns that a line may stand in."""
        return {*self._around(at), self._wide[at // _BLOCK]} - {0.0}

    def _is_wrapped(self, at: int) -> bool:
        """Whether a column is broken here: lines of its width end in mid-sentence, and hardly
        any line is wider, or ends in mid-sentence before it is full."""
        if at not in self._wrapped:
            columns = self._columns(at)
            near = self._forms[max(at - _NEAR, 0) : at + 1 + _NEAR]
            plain = cut_off = against = 0
            for form in near:
                fits = wider = False
                for column in columns:
                    fits = fits or form.low <= column <= form.high
                    wider = wider or column > form.high
                plain += form.plain
                cut_off += fits and form.plain and not form.whole
                against += not fits and not (form.whole and wider)
            least = 2 if self._wide[at // _BLOCK] else 3
            self._wrapped[at] = cut_off >= max(least, 0.3 * plain) and against <= 0.25 * len(near)
        return self._wrapped[at]


class _Form(NamedTuple):
    """A line as a column sees it: how wide a column it may stand in, whether it is no numbered
    item (``plain``), and whether a sentence or clause ends with it (``whole``)."""

    low: float
    high: float
    plain: bool
    whole: bool


def _form(row: Line) -> _Form:
    high = row.width + max(SLACK, STRETCH * row.width) + INDENT
    whole = row.ended or row.parted or row.pauses
    return _Form(row.width - _EXCESS, high, not row.numbered, whole)


def _common(widths: Sequence[float]) -> float:
    """The width that many lines of a wide neighbourhood nearly have, 0 when there is none."""
    counts = Counter(round(width) for width in widths)
    votes = {width: sum(counts[width + by] for by in (-1, 0, 1)) for width in counts}
    best = max(votes, key=lambda width: (votes[width], counts[width], -width), default=0)
    return float(best) if votes.get(best, 0) >= max(4, _SHARE * len(widths)) else 0.0


@lru_cache(maxsize=1 << 16)
def _agreed(widths: tuple[float, ...]) -> float:
    """The width that most of a few lines nearly have, 0 when no two agree."""
    best, votes = 0.0, (1, 0, 0.0)
    for width in widths:
        slack = max(1.0, STRETCH * width)
        near = sum(-slack <= other - width <= slack for other in widths)
        if near >= 2 and (near, widths.count(width), -width) > votes:
            best, votes = width, (near, widths.count(width), -width)
    return best
