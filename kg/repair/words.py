"""Words: how much likelier two pieces of text are as one than apart, by jieba's dictionary
and the package's own tables.

The dictionary is read as data: jieba itself is never imported. It is read when it is first
asked for, which only torn documents do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import log
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
        return self._best(left + right)[0] - self._best(left)[0] - self._best(right)[0]

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
        return any(
            left[-i:] + right[:j] in self.counts
            for i in range(1, len(left) + 1)
            for j in range(1, len(right) + 1)
        )

    def _best(self, text: str) -> tuple[float, list[tuple[int, int]]]:
        """The likeliest words of a text, and the logarithm of their probability."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            ways = [
                (best[start][0] + self._weight(text[start:end]), start)
                for start in range(max(0, end - _LONGEST), end)
                if end - start == 1 or text[start:end] in self.counts
            ]
            best.append(max(ways))
        found, end = [], len(text)
        while end:
            found.append((best[end][1], end))
            end = best[end][1]
        return best[-1][0], found[::-1]

    def _weight(self, word: str) -> float:
        return log(self.counts.get(word, 1) / self.total)


@cache
def words() -> Words:
    """The words of jieba's dictionary; raises DataError when the package is not as published."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise DataError("torn columns need the package jieba", "jieba", _ADVICE)
    path = Path(spec.origin).parent / "dict.txt"
    counts: dict[str, int] = {}
    try:
        for line in path.read_text("utf-8").splitlines():
            word, count, *_ = line.split(" ")
            if int(count):
                counts[word] = int(count)
    except (OSError, ValueError) as error:
        raise DataError(f"not jieba's dictionary: {error}", str(path), _ADVICE) from None
    for table, column in _TABLES:
        for word in tables.words(f"lexicons/{table}", column):
            if counts.get(word, 0) < _KNOWN and word[:1] >= "\u4e00":
                counts[word] = _KNOWN
    return Words(counts, sum(counts.values()))
