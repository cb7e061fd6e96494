"""Words: how much likelier two pieces of text are as one than apart, by jieba's dictionary
and the package's own tables.

The dictionary is read as data: jieba itself is never imported. It is read when it is first
asked for, which only torn documents do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from math import inf, log
from pathlib import Path

from kg import tables
from kg.errors import DataError

_AROUND = 6  # characters of each piece that are looked at
_LONGEST = 12  # characters of a word
_KNOWN = 1000  # occurrences that a word of the package's own tables counts for
_TABLES = (
    ("concept_terms", "name"),
    ("organizations", "name"),
    ("laws", "name"),
    ("policies_national", "name"),
    ("honours", "name"),
)
_ADVICE = "install jieba 0.42.1 as published: pip install --force-reinstall jieba==0.42.1"


@dataclass(frozen=True)
class Words:
    """Words with their frequencies, and the sum of these."""

    counts: Mapping[str, int]
    total: int

    def gain(self, left: str, right: str) -> float:
        """Logarithm of how much likelier the best words of ``left + right`` are than those of
        the two apart; 0 when no word stands across the border."""
        left, right = left[-_AROUND:], right[:_AROUND]
        if not self._across(left, right):
            return 0.0
        both = self._best(left + right)[0]  # the best of its first words on the way
        return both[-1] - both[len(left)] - self._best(right)[0][-1]

    def breaks(self, left: str, right: str) -> bool:
        """Whether the border cuts a word into pieces of which one is no word of its own."""
        left, right = left[-_AROUND:], right[:_AROUND]
        border = len(left)
        both, words = left + right, self._best(left + right)[1]
        for start, end in words:
            if start < border < end:
                pieces = both[start:border], both[border:end]
                return any(len(piece) == 1 or piece not in self.counts for piece in pieces)
        return False

    def _across(self, left: str, right: str) -> bool:
        counts, both, border = self.counts, left + right, len(left)
        for start in range(border):
            if both[start : start + 2] in self._beginnings:
                for end in range(border + 1, len(both) + 1):
                    if both[start:end] in counts:
                        return True
        return False

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first two characters of all words."""
        return frozenset([word[:2] for word in self.counts])

    def _best(self, text: str) -> tuple[list[float], list[tuple[int, int]]]:
        """The logarithm of the probability of the likeliest words up to each place of a text,
        and these words for the whole of it."""
        counts, total = self.counts, self.total
        weights, starts = [0.0], [0]
        for end in range(1, len(text) + 1):
            best, begin = -inf, 0
            for start in range(max(0, end - _LONGEST), end):
                count = counts.get(text[start:end])
                if count is None:
                    if end - start > 1:
                        continue
                    count = 1  # a character by itself
                weight = weights[start] + log(count / total)
                if weight >= best:
                    best, begin = weight, start
            weights.append(best)
            starts.append(begin)
        found, end = [], len(text)
        while end:
            found.append((starts[end], end))
            end = starts[end]
        return weights, found[::-1]


@cache
def words() -> Words:
    """The words of jieba's dictionary; raises DataError when the package is not as published."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise DataError("torn columns need the package jieba", "jieba", _ADVICE)
    path = Path(spec.origin).parent / "dict.txt"
    try:
        fields = path.read_text("utf-8").split()  # word, count, tag
        known = zip(fields[0::3], map(int, fields[1::3]), fields[2::3], strict=True)
        counts = {word: count for word, count, _ in known if count}
    except (OSError, ValueError) as error:
        raise DataError(f"not jieba's dictionary: {error}", str(path), _ADVICE) from None
    for table, column in _TABLES:
        for word in tables.words(f"lexicons/{table}", column):
            if counts.get(word, 0) < _KNOWN and word[:1] >= "\u4e00":
                counts[word] = _KNOWN
    return Words(counts, sum(counts.values()))
