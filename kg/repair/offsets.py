"""Offsets: text under repair that never loses its way back to the raw text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import CleanText


@dataclass(frozen=True, slots=True)
class Edit:
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
        if edit.start < at or edit.end < edit.start or len(edit.keep) > 1:
            raise ValueError(f"edit out of order: {edit}")
        build.copy(at, edit.start)
        if edit.keep and edit.end > edit.start:
            build.put(edit.start, edit.keep)
        at = edit.end
    build.copy(at, len(text.text))
    return CleanText("".join(build.parts), tuple(build.runs))


class _Builder:
    """Collects parts of a text and the runs that lead them back to raw."""

    def __init__(self, source: CleanText) -> None:
        self.source = source
        self.parts: list[str] = []
        self.runs: list[tuple[int, int]] = []
        self._length = 0
        self._next_raw = -1  # where raw goes on if the last run goes on
        self._run = 0  # index of the source run in hand

    def copy(self, start: int, end: int) -> None:
        if start >= end:
            return
        self.parts.append(self.source.text[start:end])
        runs = self.source.runs
        while start < end:
            while self._run + 1 < len(runs) and runs[self._run + 1][0] <= start:
                self._run += 1
            clean, raw = runs[self._run]
            stop = runs[self._run + 1][0] if self._run + 1 < len(runs) else end
            stop = min(stop, end)
            self._extend(raw + start - clean, stop - start)
            start = stop

    def put(self, at: int, char: str) -> None:
        runs = self.source.runs
        while self._run + 1 < len(runs) and runs[self._run + 1][0] <= at:
            self._run += 1
        clean, raw = runs[self._run]
        self.parts.append(char)
        self._extend(raw + at - clean, 1)

    def _extend(self, raw: int, length: int) -> None:
        if raw != self._next_raw:
            self.runs.append((self._length, raw))
        self._length += length
        self._next_raw = raw + length
