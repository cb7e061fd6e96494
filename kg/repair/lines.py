"""Lines: what stands on each line that bears ink, and what its form says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.repair import shapes

_CLOSERS = "”’」』】）)\"'"
_FINAL = frozenset("。！？…!?")
_PARTING = frozenset("：；:;")
_PAUSING = frozenset("，、,“‘（「『【《〈(")  # a comma or an opening bracket: no sentence ends here


class Line(NamedTuple):
    """A line with ink.

    It stands at ``start:end``, ``indent`` spaces in, after ``gap`` blank lines, and is
    ``width`` full-width characters wide. ``kind`` is what its shape tells, empty for a line
    like any other. It may begin with the mark of an item (``marked``), one that is a number
    (``numbered``), end as a sentence does
    (``ended``), end in a colon or semicolon (``parted``), or end where no sentence can
    (``pauses``).
    """

    start: int
    end: int
    indent: int
    gap: int
    text: str
    width: float
    kind: str
    marked: bool
    numbered: bool
    ended: bool
    parted: bool
    pauses: bool


def cut(text: str) -> Sequence[Line]:
    """Lines of a plain text that bear ink, in order."""
    found: list[Line] = []
    at = gap = 0
    for line in text.split("\n"):
        ink = line.strip(" ")
        if ink:
            indent = line.index(ink[0])
            found.append(_line(ink, at + indent, indent, gap))
            gap = 0
        elif found:
            gap += 1
        at += len(line) + 1
    return found


def _line(ink: str, start: int, indent: int, gap: int) -> Line:
    final, size = ink[-1], len(ink)
    last = ink.rstrip(_CLOSERS)[-1:] if final in _CLOSERS else final
    mark = shapes.mark().match(ink)
    return Line(
        start,
        start + size,
        indent,
        gap,
        ink,
        size - len(ink.encode("ascii", "ignore")) / 2,
        shapes.kind(ink),
        mark is not None,
        mark is not None and mark["number"] is not None,
        last in _FINAL,
        final in _PARTING,
        final in _PAUSING,
    )
