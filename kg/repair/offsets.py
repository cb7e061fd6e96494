"""Offsets: text under repair that never loses its way back to the raw text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from kg.model import CleanText, Span


class Edit(NamedTuple):
    """Replace the characters ``start:end`` by ``keep``: nothing, or one white-space character.

    What is kept stands where the first replaced character stood.
    """

    start: int
    end: int
    keep: str = ""


def whole(raw: str) -> CleanText:
    """Raw text as its own repaired text.

    >>> whole("甲乙").origin(1)
    1
    """
    return CleanText(raw, ((0, 0),) if raw else ())


def edited(text: CleanText, edits: Iterable[Edit]) -> CleanText:
    """``text`` after ``edits``, which come in order and do not overlap. Linear time.

    >>> edited(whole("甲 乙\\r\\n丙"), [Edit(1, 2), Edit(3, 5, " ")])
    CleanText(text='甲乙 丙', runs=((0, 0), (1, 2), (3, 5)))
    """
    build = _Builder(text)
    at = 0
    for edit in edits:
        start, end, keep = edit
        if start < at or end < start or len(keep) > 1:
            raise ValueError(f"edit out of order: {edit}")
        if start > at:
            build.copy(at, start)
        if keep and end > start:
            build.put(start, keep)
        at = end
    if not at:
        return text
    build.copy(at, len(text.text))
    return CleanText("".join(build.parts), tuple(build.runs))


def arranged(text: CleanText, parts: Iterable[Span]) -> CleanText:
    """Parts of a text in the order in which they come."""
    build = _Builder(text)
    for part in parts:
        build.copy(part.start, part.end)
    return CleanText("".join(build.parts), tuple(build.runs))


class _Builder:
    """Collects parts of a text and the runs that lead them back to raw."""

    def __init__(self, source: CleanText) -> None:
        self.source = source
        self.parts: list[str] = []
        self.runs: list[tuple[int, int]] = []
        self._length = 0
        self._next_raw = -1  # where raw goes on if the last run goes on
        self._start = self._stop = 0  # where the source run in hand stands
        self._shift = 0  # from a place in it to raw

    def copy(self, start: int, end: int) -> None:
        if start >= end:
            return
        self.parts.append(self.source.text[start:end])
        while start < end:
            if not self._start <= start < self._stop:
                self._seek(start)
            stop = end if end < self._stop else self._stop
            self._extend(start + self._shift, stop - start)
            start = stop

    def put(self, at: int, char: str) -> None:
        if not self._start <= at < self._stop:
            self._seek(at)
        self.parts.append(char)
        self._extend(at + self._shift, 1)

    def _seek(self, at: int) -> None:
        """Take the source run in hand in which ``at`` stands."""
        runs = self.source.runs
        following = bisect_right(runs, (at, 1 << 62))
        self._start, raw = runs[following - 1]
        self._shift = raw - self._start
        self._stop = runs[following][0] if following < len(runs) else len(self.source.text)

    def _extend(self, raw: int, length: int) -> None:
        if raw != self._next_raw:
            self.runs.append((self._length, raw))
        self._length += length
        self._next_raw = raw + length
