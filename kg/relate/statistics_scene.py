"""Scene: a passage with its figures, and the clauses and words around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.model import Mention, Passage, Span

Words = Callable[[str], Sequence[tuple[str, str]]]
CLAUSE = re.compile("[，,。；;：:！!？?\n]")
SENTENCE = re.compile("[。！!？?\n]")
_REACH = 400  # characters within which a sentence is looked for


@dataclass(frozen=True, slots=True)
class Scene:
    """A passage and its mentions; offsets count in the passage."""

    passage: Passage
    mentions: tuple[Mention, ...]  # by place
    starts: tuple[int, ...]  # of the mentions, in the document
    words: Words | None = None  # cuts a stretch of text into words with their tags

    @property
    def text(self) -> str:
        return self.passage.text

    def place(self, mention: Mention) -> Span:
        return mention.span.shift(-self.passage.span.start)

    def between(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """Mentions of the kinds that lie between two offsets, by place."""
        window = Span(start, end).shift(self.passage.span.start)
        low = bisect_left(self.starts, window.start)
        high = bisect_left(self.starts, window.end)
        inside = self.mentions[low:high]
        return [m for m in inside if m.kind in kinds and m.span.end <= window.end]

    def bare(self, start: int, end: int) -> str:
        """The text between two offsets without the times in it."""
        pieces, at = [], start
        for time in self.between(start, end, "Time"):
            span = self.place(time)
            pieces.append(self.text[at : span.start])
            at = span.end
        return "".join((*pieces, self.text[at:end]))

    def begin(self, at: int, border: re.Pattern[str]) -> int:
        """Where the clause or sentence of ``at`` begins."""
        begin = max(0, at - _REACH)
        for mark in border.finditer(self.text, begin, at):
            begin = mark.end()
        return begin


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic in its passage: where it begins, its number and its end, and its indicator."""

    mention: Mention
    start: int
    number: int
    end: int
    unit: str
    indicator: Mention | None = None


@cache
def listed(role: str) -> frozenset[str]:
    """Words of ``quantity_words.tsv`` with a role."""
    rows = tables.rows("lexicons/quantity_words")
    return frozenset(row["word"] for row in rows if row["role"] == role)


@cache
def _sizes(role: str, place: int) -> dict[str, tuple[int, ...]]:
    """Lengths of the words of a role by their first (0) or last (-1) character, longest first."""
    found: dict[str, set[int]] = {}
    for word in listed(role):
        found.setdefault(word[place], set()).add(len(word))
    return {mark: tuple(sorted(sizes, reverse=True)) for mark, sizes in found.items()}


def opens(text: str, at: int, role: str, least: int = 1) -> int:
    """Length of the longest word of a role that begins at ``at``, 0 when none does."""
    for size in _sizes(role, 0).get(text[at : at + 1], ()):
        if size >= least and text[at : at + size] in listed(role):
            return size
    return 0


def closes(text: str, start: int, end: int, role: str) -> int:
    """``end`` before the longest word of a role that ends there."""
    for size in _sizes(role, -1).get(text[end - 1 : end], ()) if end > start else ():
        if start <= end - size and text[end - size : end] in listed(role):
            return end - size
    return end
