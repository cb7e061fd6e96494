"""The protocol of a recognizer, and the lexicon search that most of them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.model import Mention, Passage


class Recognizer(Protocol):
    """Finds mentions of one or a few kinds in a passage of clean text.

    A recognizer is a pure function of the passage: no state is kept between calls, nothing
    but ``passage.mention`` adds offsets, and the same passage gives the same mentions in
    the same order.
    """

    name: str

    def find(self, passage: Passage) -> Iterable[Mention]:
        """Mentions in ``passage``; they may overlap, ``overlap.settle`` decides."""
        ...


class Matcher:
    """Leftmost-longest search for many words at once, on characters.

    Offsets are code points, half-open.

    >>> list(Matcher(["总工会", "全国总工会"]).find("中华全国总工会"))
    [(2, 7, '全国总工会')]
    """

    def __init__(self, words: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._words = sorted(set(words))
        self._search = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """``(start, end, word)`` of every match, from left to right."""
        for index, start, end in self._search.find_matches_as_indexes(text):
            yield start, end, self._words[index]
