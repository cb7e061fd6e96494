"""List text: a passage cut into stretches whose borders are plain to see.

What stands inside quotation marks or brackets is masked in the text around it and read as a
stretch of its own, so that a separator inside one never divides an item outside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.model import ListItem, Passage, Span
from kg.recognize.formula_numbers import NUMERAL

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "[": "]",
    "【": "】",
}
_BRACKETS = re.compile("[" + re.escape("".join(PAIRS) + "".join(PAIRS.values())) + "]")
_QUOTES = "“‘「『"
DEEPEST = 40  # marks that are open at a time; older ones are taken to be never closed
HIDDEN = "\ue000"  # stands for a masked character
_MARKS = re.compile(r"[，。；：！？…\n,;:!?—（( \u3000]")
_PLAIN = "，。；：！？…\n"
_COUNTED = re.compile(rf"[（(][{NUMERAL}0-9]{{1,3}}[)）]|——+")
_NUMBERED = re.compile(r"\s*[0-9]{1,2}[.、．】）)]")
_IS = re.compile(rf"[{NUMERAL}]{{1,2}}[是要](?=.)")
NUMERALS = frozenset(NUMERAL)
_LAYOUT = re.compile(r"(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])")
_COUNT = re.compile(rf"[{NUMERAL}0-9]{{1,3}}")
_ADJOINING = re.compile(r"、|(?<=[”》])(?=[“《])")
_COMMA = re.compile("、")


class Piece(NamedTuple):
    """A range of a stretch; ``sep`` is the mark that ends it, empty at the end of the stretch."""

    start: int
    end: int
    sep: str = ""


def separator(text: str) -> re.Pattern[str]:
    """What parts items in ``text``: 、, and the border of adjoining quotations if it has any."""
    return _ADJOINING if "”“" in text or "》《" in text else _COMMA


@dataclass(frozen=True)
class Stretch:
    """A stretch of one passage. ``text`` is masked, ``raw`` is not; both have one length.

    ``base`` is the place of the first character in the clean text of the document;
    ``closed`` tells that quotation marks bound it.
    """

    text: str
    raw: str
    base: int
    closed: bool = False

    @cached_property
    def clauses(self) -> tuple[Piece, ...]:
        """Clauses by place, empty ones too. A mark such as （一） or 一是 is a border."""
        text = self.text
        found = []
        number = _NUMBERED.match(text)
        start = number.end() if number else _behind_is(text, 0)
        if start:
            found.append(Piece(0, 0, "#"))
        for match in _MARKS.finditer(text, start):
            at, mark = match.start(), match.group()
            end = at + 1 if mark in _PLAIN else _rare_border(text, at)
            if end and at >= start:
                found.append(Piece(start, at, mark))
                start = _behind_is(text, end) if text[end : end + 1] in NUMERALS else end
        found.append(Piece(start, len(text)))
        return tuple(found)

    def clause_at(self, at: int) -> int:
        """Index of the clause that holds ``at``, or that ends there."""
        starts = self._starts
        return max(bisect_right(starts, at) - 1, 0)

    @cached_property
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.clauses]

    def chunks(self, piece: Piece) -> list[Piece]:
        """Parts of a clause between 、 or between adjoining quotations."""
        found = []
        start = piece.start
        for match in separator(self.text).finditer(self.text, piece.start, piece.end):
            found.append(Piece(start, match.start(), "、"))
            start = match.end()
        found.append(Piece(start, piece.end, piece.sep))
        return found

    def words(self, piece: Piece) -> str:
        return self.raw[piece.start : piece.end]

    def outside(self, at: int, step: int = -1) -> int:
        """The nearest place from ``at`` on, by ``step``, that is not inside quotes or brackets."""
        while 0 < at < len(self.text) and self._inside(at):
            at += step
        return at

    def _inside(self, at: int) -> bool:
        left, right = self.text[at - 1], self.text[at]
        if right == HIDDEN:
            return left == HIDDEN or left in PAIRS
        return left == HIDDEN and right in PAIRS.values()

    def span(self, start: int, end: int) -> Span:
        return Span(self.base + start, self.base + end)

    def item(self, start: int, end: int) -> ListItem | None:
        """The item between two offsets, without white space, quotes around it, or end marks."""
        text = self.raw[start:end]
        if not text.isalnum():
            start, end = _tight(self.raw, start, end)
            text = _LAYOUT.sub("", self.raw[start:end])
        return ListItem(text, self.span(start, end)) if text else None


def _behind_is(text: str, at: int) -> int:
    """Place behind 一是 (firstly) at ``at``, or ``at``."""
    mark = _IS.match(text, at)
    return mark.end() if mark else at


def _rare_border(text: str, at: int) -> int:
    """End of the border at ``at`` that is one only between certain characters; 0 for none."""
    mark = text[at]
    if mark in "—（(":
        match = _COUNTED.match(text, at)
        return match.end() if match else 0
    if not at or not _is_han(text[at - 1]):
        return 0
    if mark in " \u3000":  # a space between two words parts headings or columns
        after = text[at : at + 9].lstrip()[:1]
        return at + 1 if after and (_is_han(after) or after in "“") else 0
    return at + 1


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff" or letter in "”）" or letter == HIDDEN


def _tight(raw: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (raw[start].isspace() or raw[start] in "、，。；：！？,.;:!?-—·"):
        start += 1
    while start < end and (raw[end - 1].isspace() or raw[end - 1] in "、，。；：！？,.;:!?-—·"):
        end -= 1
    if end - start > 2 and PAIRS.get(raw[start]) == raw[end - 1] and raw[start] in _QUOTES:
        inner = raw[start + 1 : end - 1]
        if raw[start] not in inner and raw[end - 1] not in inner:
            return _tight(raw, start + 1, end - 1)
    return start, end


class Cut:
    """A passage cut into stretches: the passage itself, and what its quotes and brackets hold."""

    def __init__(self, passage: Passage) -> None:
        first, *rest = _cut(passage.text, passage.span.start, closed=False, depth=0)
        self.outer = first
        self.inner = sorted(rest, key=lambda s: (s.base, -len(s.raw)))
        self._starts = [stretch.base for stretch in self.inner]
        self._ends = {stretch.base + len(stretch.raw): stretch for stretch in self.inner}
        self._holders: list[int] = []  # index of the stretch around each inner one, or -1
        open_: list[int] = []
        for index, stretch in enumerate(self.inner):
            while open_ and _end(self.inner[open_[-1]]) <= stretch.base:
                open_.pop()
            self._holders.append(open_[-1] if open_ else -1)
            open_.append(index)

    def __iter__(self) -> Iterator[Stretch]:
        yield self.outer
        yield from self.inner

    def around(self, start: int, end: int) -> Stretch:
        """The narrowest stretch that holds the clean range."""
        index = bisect_right(self._starts, start) - 1
        while index >= 0 and _end(self.inner[index]) < end:
            index = self._holders[index]
        return self.inner[index] if index >= 0 else self.outer

    def beginning(self, base: int) -> Stretch | None:
        """The stretch inside quotes or brackets that begins at a clean offset."""
        index = bisect_left(self._starts, base)
        found = index < len(self.inner) and self._starts[index] == base
        return self.inner[index] if found else None

    def ending(self, end: int) -> Stretch | None:
        """The stretch inside quotes or brackets that ends at a clean offset."""
        return self._ends.get(end)


def _end(stretch: Stretch) -> int:
    return stretch.base + len(stretch.raw)


def _cut(raw: str, base: int, *, closed: bool, depth: int) -> Iterator[Stretch]:
    pairs = list(_outer_pairs(raw)) if depth < 3 else []
    text = raw
    if pairs:
        parts = []
        last = 0
        for start, end in pairs:
            keep = 0 if raw[start] in "（([【" else 1  # quotation marks stay, brackets go
            parts.append(raw[last : start + keep])
            parts.append(HIDDEN * (end - start + 1 - 2 * keep))
            last = end + 1 - keep
        parts.append(raw[last:])
        text = "".join(parts)
    yield Stretch(text, raw, base, closed)
    for start, end in pairs:
        if end - start > 4 and raw[start] != "《":
            inside = raw[start] in _QUOTES
            yield from _cut(raw[start + 1 : end], base + start + 1, closed=inside, depth=depth + 1)


def _outer_pairs(raw: str) -> Iterator[tuple[int, int]]:
    """Outermost balanced pairs. A mark that is never closed is passed over."""
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(raw):
        mark, at = match.group(), match.start()
        if mark in PAIRS:
            stack.append((PAIRS[mark], at))
            del stack[:-DEEPEST]
            continue
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == mark), None)
        if depth is None:
            continue
        start = stack[depth][1]
        del stack[depth:]
        while found and found[-1][0] > start:
            found.pop()
        if not _COUNT.fullmatch(raw, start + 1, at):
            found.append((start, at))
    yield from found
