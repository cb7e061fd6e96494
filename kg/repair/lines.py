"""Lines: what stands on each line that bears ink, and what its form says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.repair import shapes

_INK = re.compile(r"[^ \n](?:[^\n]*[^ \n])?")
_NARROW = re.compile(r"[\x20-\x7f]")
_CLOSERS = "”’」』】）)\"'"
_FINAL = frozenset("。！？…!?")
_PARTING = frozenset("：；:;")
_PAUSING = frozenset("，、,“‘（「『【《〈(")  # a comma or an opening bracket: no sentence ends here


@dataclass(frozen=True, slots=True)
class Line:
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
    last = 0
    for match in _INK.finditer(text):
        start, end = match.span()
        begin = text.rfind("\n", last, start) + 1 or last
        gap = text.count("\n", last, begin) - 1 if found else 0
        found.append(_line(match.group(), start, start - begin, gap))
        last = end
    return found


def _line(ink: str, start: int, indent: int, gap: int) -> Line:
    final = ink[-1]
    bare = ink.rstrip(_CLOSERS) if final in _CLOSERS else ink
    return Line(
        start=start,
        end=start + len(ink),
        indent=indent,
        gap=gap,
        text=ink,
        width=len(ink) - len(_NARROW.findall(ink)) / 2,
        kind=shapes.kind(ink),
        marked=bool(shapes.mark().match(ink)),
        numbered=bool(shapes.number().match(ink)),
        ended=bare[-1:] in _FINAL,
        parted=final in _PARTING,
        pauses=final in _PAUSING,
    )
