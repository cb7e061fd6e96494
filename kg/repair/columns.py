"""Columns: how wide the columns around each line of a text are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

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
        plain = [row for row in rows if not row.kind]
        places = (index for index, row in enumerate(rows) if not row.kind)
        self._place = {index: at for at, index in enumerate(places)}
        self._forms = [_form(row) for row in plain]
        widths = [row.width for row in plain]
        self._widths = [
            _agreed(tuple(widths[max(at, 0) : at + _NEAR])) for at in range(-_NEAR, len(widths) + 1)
        ]
        self._stands = _stands(self._widths, widths)
        self._wrapped: dict[int, bool] = {}

    def around(self, index: int) -> tuple[float, float]:
        """Width of the column that ends with the line before ``index`` and of that which begins
        with the line after it; 0 where no two lines agree."""
        at = self._place.get(index)
        return (0.0, 0.0) if at is None else (self._widths[at], self._widths[at + 1 + _NEAR])

    def is_filled(self, index: int, width: float, slack: float = SLACK) -> bool:
        """Whether a line, counted as ``width`` wide, fills a column that is broken there."""
        at = self._place.get(index)
        if at is None:
            return False
        for column, share in self._stands[at].bounds:
            if -(share if share > slack else slack) <= width - column <= _EXCESS:
                return self._is_wrapped(at)
        return False

    def _is_wrapped(self, at: int) -> bool:
        """Whether a column is broken here: lines of its width end in mid-sentence, and hardly
        any line is wider, or ends in mid-sentence before it is full."""
        known = self._wrapped.get(at)
        if known is None:
            near = self._forms[max(at - _NEAR, 0) : at + 1 + _NEAR]
            known = self._wrapped[at] = self._stands[at].is_broken(near)
        return known


class _Stand(dict[int, int]):
    """The columns that a line may stand in, with what a line near it says of them by its form.

    What lines say is added up as one number: its lowest byte counts the lines that are no
    numbered item, the next those that a column cuts off, the rest those that speak against one.
    """

    def __init__(self, columns: Sequence[float], least: int) -> None:
        super().__init__()
        self.columns = columns
        self.bounds = [(c, STRETCH * c) for c in columns if NARROWEST <= c <= WIDEST]
        self._least = least  # lines that a column cuts off where it is broken

    def is_broken(self, forms: Sequence[int]) -> bool:
        said = sum(map(self.__getitem__, forms))
        plain, cut_off, against = said & 0xFF, said >> 8 & 0xFF, said >> 16
        return cut_off >= max(self._least, 0.3 * plain) and against <= 0.25 * len(forms)

    def __missing__(self, form: int) -> int:
        width, is_plain, is_whole = (form >> 2) / 2, form >> 1 & 1, form & 1
        low, high = width - _EXCESS, width + max(SLACK, STRETCH * width) + INDENT
        fits = any(low <= column <= high for column in self.columns)
        against = not fits and not (is_whole and self.columns and self.columns[-1] > high)
        self[form] = said = is_plain | (fits and is_plain and not is_whole) << 8 | against << 16
        return said


def _stands(agreed: Sequence[float], widths: Sequence[float]) -> list[_Stand]:
    """Where each line stands, by the widths agreed on around it and in the wide neighbourhood."""
    wide = [
        _common(widths[max(at - _BLOCK, 0) : at + 2 * _BLOCK])
        for at in range(0, len(widths), _BLOCK)
    ]
    found: list[_Stand] = []
    known: dict[tuple[float, float, float], _Stand] = {}
    shared: dict[tuple[int, tuple[float, ...]], _Stand] = {}  # by what they do not differ in
    for at, key in enumerate(zip(agreed, agreed[1 + _NEAR :], strict=False)):
        common = wide[at // _BLOCK]
        stand = known.get((*key, common))
        if stand is None:
            least, columns = 2 if common else 3, tuple(sorted({*key, common} - {0.0}))
            stand = shared.setdefault((least, columns), _Stand(columns, least))
            known[(*key, common)] = stand
        found.append(stand)
    return found


def _form(row: Line) -> int:
    """A line as a column sees it, as a number: the half-width characters that it is wide, whether
    it is no numbered item, and whether a sentence or clause ends with it."""
    is_whole = row.ended or row.parted or row.pauses
    return int(2 * row.width) << 2 | (not row.numbered) << 1 | is_whole


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
    for width in dict.fromkeys(widths):
        slack = max(1.0, STRETCH * width)
        near = 0
        for other in widths:
            near += -slack <= other - width <= slack
        if near >= 2 and (near, widths.count(width), -width) > votes:
            best, votes = width, (near, widths.count(width), -width)
    return best
