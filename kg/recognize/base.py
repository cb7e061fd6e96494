"""The protocol of a recognizer, and the lexicon search that most of them share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Protocol

from kg.model import Mention, Passage

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


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


FEW = 3  # words that are looked for one by one
Hit = tuple[int, int, str]  # start, end, word


class Matcher:
    """Leftmost-longest search for many words at once, on characters.

    Offsets are code points, half-open.

    >>> list(Matcher(["总工会", "全国总工会"]).find("中华全国总工会"))
    [(2, 7, '全国总工会')]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self.shared: tuple[Together, int] | None = None  # what it is searched with, its number

    def find(self, text: str) -> Iterator[Hit]:
        """``(start, end, word)`` of every match, from left to right."""
        if self.shared is not None:
            together, number = self.shared
            known = together.found.get(text)
            if known is not None:
                return iter(known[number])
        words = self.words
        if len(words) <= FEW:
            return iter(_leftmost_longest([hit for word in words for hit in _all(text, word)]))
        hits = self._search.find_matches_as_indexes(text)
        return iter([(start, end, words[index]) for index, start, end in hits])

    @cached_property
    def _search(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        return AhoCorasick(  # in a third of the time that an automaton of tables takes
            self.words,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        )


class Together:
    """Searches texts for the words of several matchers in one pass.

    >>> one, other = Matcher(["总工会", "全国总工会"]), Matcher(["工会", "全国"])
    >>> text = "中华全国总工会"
    >>> Together([one, other]).look([text])
    >>> list(one.find(text)), list(other.find(text))
    ([(2, 7, '全国总工会')], [(2, 4, '全国'), (5, 7, '工会')])
    """

    def __init__(self, matchers: Iterable[Matcher]) -> None:
        from ahocorasick_rs import AhoCorasick

        owners: dict[str, list[int]] = {}
        self._size = 0
        for number, matcher in enumerate(matchers):
            matcher.shared = self, number
            self._size += 1
            for word in matcher.words:
                owners.setdefault(word, []).append(number)
        self._owners = list(owners.items())
        self._search = AhoCorasick(list(owners))
        self.found: dict[str, list[Sequence[Hit]]] = {}

    def look(self, texts: Iterable[str]) -> None:
        """Search ``texts``: the matchers know what is found in them until others are searched."""
        self.found = {text: self._hits(text) for text in texts}

    def _hits(self, text: str) -> list[Sequence[Hit]]:
        """What each matcher finds in a text."""
        every: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for index, start, end in self._search.find_matches_as_indexes(text, overlapping=True):
            word, owners = self._owners[index]
            hit = start, -end, word
            for owner in owners:
                every[owner].append(hit)
        found: list[Sequence[Hit]] = [()] * self._size
        for owner, hits in every.items():
            found[owner] = _leftmost_longest(hits)
        return found


_SHARED: list[Callable[[], Matcher]] = []


def shared(make: Callable[[], Matcher]) -> Callable[[], Matcher]:
    """Decorate a function that makes what every passage is searched with.

    The matcher is made once; ``look`` searches for its words and those of all others together.
    """
    made = cache(make)
    _SHARED.append(made)
    return made


def look(texts: Iterable[str]) -> None:
    """Search ``texts`` for the words of all shared matchers, which then know what they find."""
    _together().look(texts)


@cache
def _together() -> Together:
    return Together([make() for make in _SHARED])


def _all(text: str, word: str) -> Iterator[tuple[int, int, str]]:
    """Every place of ``word``, the end negative."""
    at = text.find(word)
    while at >= 0:
        yield at, -at - len(word), word
        at = text.find(word, at + 1)


def _leftmost_longest(hits: list[tuple[int, int, str]]) -> list[Hit]:
    """Of all hits (start, -end, word) those that a search from the left takes."""
    kept: list[Hit] = []
    last = 0
    for start, end, word in sorted(hits):
        if start >= last:
            last = -end
            kept.append((start, last, word))
    return kept
