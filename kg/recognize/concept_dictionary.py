"""Dictionary: jieba's words with their counts and tags, and the likeliest cut of a text.

The dictionary is read straight from the installed package, whose own start logs, and keeps a
cache in the folder for temporary files that all users share. The cut is that of
``jieba.cut(text, HMM=False)``, word for word, at several times its speed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from math import inf, log
from operator import add
from pathlib import Path
from sys import intern

from kg.errors import DataError

ADVICE = "install jieba 0.42.1 as published: pip install --force-reinstall jieba==0.42.1"
LAST = "\U0010ffff"  # behind every character of a word


# What is known of two characters that begin a word: what they weigh as a word (-inf for none), the
# third characters of longer words, and the length of the longest.
_Pair = tuple[float, str, int]


class Dictionary:
    """Words with what they weigh (logarithms of their shares) and their tags.

    ``added`` are further words with their tags; ``least`` is the least count that they get. A
    line of the file is taken apart when a text holds its first character: a short text need not
    wait for all of them.
    """

    def __init__(self, added: Iterable[tuple[str, str]] = (), *, least: int = 1) -> None:
        self._lines, total = _read(file())
        self._added: dict[str, dict[str, tuple[int, str]]] = {}  # by the first character
        for word, tag in added:
            same = self._added.setdefault(word[0], {})
            count = same[word][0] if word in same else max(_count(self._lines, word), least)
            same[word] = count, tag
            total += count
        self._total = log(total)
        self._tags: dict[str, str] = {}
        self._singles: dict[str, float] = {}  # what a character weighs; those that are loaded
        self._pairs: dict[str, _Pair] = {}
        self._weights: dict[str, float] = {}  # of words of three characters and more

    def count(self, word: str) -> int:
        """How often the dictionary has counted a word; 0 for one that it does not hold."""
        if not self.tag(word):
            return 0
        added = self._added.get(word[0], {}).get(word)
        return added[0] if added else _count(self._lines, word) or 1

    def tag(self, word: str) -> str:
        """The tag of a word; empty for one that the dictionary does not hold."""
        found = self._tags.get(word)
        if found is None and word and word[0] not in self._singles:
            self._load(word[0])
            found = self._tags.get(word)
        return found or ""

    def cut(self, text: str) -> list[str]:
        """The likeliest words of ``text``, without a gap (Viterbi over unigrams).

        Of two equally likely cuts the one with the longer word is taken.
        """
        ends = self.ends(text, [(0, len(text))] if text else [])
        found = []
        at = 0
        while at < len(text):
            found.append(text[at : ends[at]])
            at = ends[at]
        return found

    def ends(self, text: str, runs: Iterable[tuple[int, int]]) -> list[int]:
        """Where the word ends that begins at a place of ``text``, if one does.

        Each of the ``runs`` (start, end) is cut by itself; what is outside is not cut.
        """
        try:
            singles = list(map(self._singles.__getitem__, text))
        except KeyError:
            for character in set(text) - self._singles.keys():
                self._load(character)
            singles = list(map(self._singles.__getitem__, text))
        pairs = list(map(self._pairs.get, map(add, text, text[1:])))
        best = [0.0] * (len(text) + 1)
        ends = list(range(1, len(text) + 1))
        weights = self._weights
        for first, last in runs:
            score = best[last - 1] = singles[last - 1]
            best[last] = 0.0
            for at in range(last - 2, first - 1, -1):
                score += singles[at]
                pair = pairs[at]
                if pair is not None:
                    weight, thirds, longest = pair
                    if weight + best[at + 2] >= score:
                        score = weight + best[at + 2]
                        ends[at] = at + 2
                    if thirds and text[at + 2 : at + 3] in thirds:
                        for stop in range(at + 3, min(at + longest, last) + 1):
                            more = weights.get(text[at:stop])
                            if more is not None and more + best[stop] >= score:
                                score = more + best[stop]
                                ends[at] = stop
                best[at] = score
        return ends

    def _load(self, character: str) -> None:
        """Take the words apart that begin with a character."""
        low = bisect_left(self._lines, character)
        high = bisect_left(self._lines, character + LAST, low)
        known: dict[str, tuple[int, str]] = {}
        for line in self._lines[low:high]:
            word, number, tag = line.split()
            known[word] = int(number), tag
        known.update(self._added.get(character, {}))
        self._singles[character] = -self._total
        begun: dict[str, list[str]] = {}
        for word, (count, tag) in known.items():
            self._tags[word] = intern(tag)
            if len(word) == 1:
                self._singles[word] = self._weight(count)
                continue
            begun.setdefault(word[:2], []).append(word)
            if len(word) > 2:
                self._weights[word] = self._weight(count)
        for pair, words in begun.items():
            weight = self._weight(known[pair][0]) if pair in known else -inf
            thirds = "".join(word[2:3] for word in words)
            self._pairs[pair] = weight, thirds, max(map(len, words))

    def _weight(self, count: int) -> float:
        return log(count or 1) - self._total


def _count(lines: Sequence[str], word: str) -> int:
    """How often a word is counted in the lines of a dictionary, which are in order."""
    line = lines[at] if (at := bisect_left(lines, f"{word} ")) < len(lines) else ""
    return int(line.split()[1]) if line.startswith(f"{word} ") else 0


def file() -> Path:
    """Where the installed jieba keeps its dictionary; jieba is not imported.

    Raises DataError when jieba is not installed.
    """
    try:
        spec = find_spec("jieba")
    except ValueError:  # what stands in its place has no specification
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise DataError("concepts need the package jieba", "jieba", ADVICE)
    return Path(next(iter(spec.submodule_search_locations))) / "dict.txt"


def _read(path: Path) -> tuple[list[str], int]:
    """The lines ``word count tag`` of a file, in order, and the sum of their counts."""
    try:
        text = path.read_text("utf-8")
        fields = text.split()
        total = sum(map(int, fields[1::3]))
        if len(fields) % 3 or not total:
            raise ValueError("a line does not hold word, count and tag")
    except (OSError, ValueError) as error:
        raise DataError(f"not jieba's dictionary: {error}", str(path), ADVICE) from None
    return sorted(filter(None, text.split("\n"))), total
