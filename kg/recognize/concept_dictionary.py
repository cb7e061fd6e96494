"""Dictionary: jieba's words with their counts and tags, and the likeliest cut of a text.

The dictionary is read straight from the installed package, whose own start logs, and keeps a
cache in the folder for temporary files that all users share. The cut is that of
``jieba.cut(text, HMM=False)``, word for word, at several times its speed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from math import log
from pathlib import Path
from sys import byteorder, intern
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import DataError

ADVICE = "install jieba 0.42.1 as published: pip install --force-reinstall jieba==0.42.1"
UTF_16 = "utf-16-le" if byteorder == "little" else "utf-16-be"
LAST = "\U0010ffff"  # behind every character of a word
FIRST, ZERO = 0x3400, 0x3007  # the least code of a Chinese character, but for 〇
LAST_PLACE = np.uint32((1 << 22) - 1)  # of a table in which 300,000 pairs stand
LONGEST = 255  # characters of a word
SPREAD = np.uint32(2654435761)  # Knuth's factor for hashing


_Codes = npt.NDArray[np.uint16]
_Places = npt.NDArray[np.uint32]


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
        # Of the characters that are loaded: weights and tags of the words that begin with each,
        # what it weighs by itself, and the words of two that it begins, by their numbers.
        self._words: dict[str, tuple[dict[str, float], dict[str, str]]] = {}
        self._singles: dict[str, float] = {}
        self._pairs: dict[int, float] = {}
        self._weights: dict[int, float] = {}  # by count, each kept once: most words share one

    def count(self, word: str) -> int:
        """How often the dictionary has counted a word; 0 for one that it does not hold."""
        if not self.tag(word):
            return 0
        added = self._added.get(word[0], {}).get(word)
        return added[0] if added else _count(self._lines, word) or 1

    def tag(self, word: str) -> str:
        """The tag of a word; empty for one that the dictionary does not hold."""
        if not word:
            return ""
        if word[0] not in self._words:
            self._load(word[0])
        return self._words[word[0]][1].get(word, "")

    def cut(self, text: str) -> list[str]:
        """The likeliest words of ``text``, without a gap (Viterbi over unigrams).

        Of two equally likely cuts the one with the longer word is taken.
        """
        return next(self.cuts(text, [(0, len(text))])) if text else []

    def cuts(self, text: str, runs: Sequence[tuple[int, int]]) -> Iterator[list[str]]:
        """The words of each run (start, end) of ``text``, cut by itself."""
        ends = self.ends(text, runs)
        for at, last in runs:
            found = []
            while at < last:
                found.append(text[at : ends[at]])
                at = ends[at]
            yield found

    def borders(self, text: str) -> list[int]:
        """Places of ``text``, its two ends among them, that no word reaches across.

        Two characters that stand side by side in no word are parted in every cut. Some places
        may be missing, since two pairs may share a place in the table, but none at a line feed.
        """
        codes = _codes(text)
        if len(codes) != len(text):  # a character takes two codes
            feeds = [at for at, character in enumerate(text) if character == "\n"]
            return sorted({0, *feeds, *(at + 1 for at in feeds), len(text)})
        han = _are_han(codes)
        apart = np.flatnonzero(~(self._tables[0][_twos(codes)] & han[:-1] & han[1:])) + 1
        return [0, *apart.tolist(), len(text)]

    def _reaches(self, text: str) -> list[int]:
        """For each place of ``text`` the most characters of a word that begins with the three
        there, 0 for none; words of less than three do not count."""
        codes = _codes(text)
        if len(codes) != len(text):
            return [LONGEST] * len(text)
        return [*self._tables[1][_threes(codes)].tolist(), 0, 0]

    @cached_property
    def _tables(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.uint8]]:
        """Whether two characters stand side by side in a word, at their place in the table, and
        how long the words are that begin with three, at theirs."""
        added = (f"{word} " for same in self._added.values() for word in same)
        codes = _codes("\n".join(("", *added, *self._lines)))
        han = _are_han(codes)
        beside = np.zeros(int(LAST_PLACE) + 1, np.bool_)
        beside[_twos(codes)[han[:-1] & han[1:]]] = True
        starts = np.flatnonzero(codes == ord("\n")) + 1
        blanks = np.flatnonzero(codes == ord(" "))
        sizes = blanks[np.searchsorted(blanks, starts)] - starts
        longest = np.zeros(int(LAST_PLACE) + 1, np.uint8)
        for size in range(3, min(int(sizes.max()), LONGEST) + 1):
            first = starts[sizes == size]
            longest[_hash(_hash(codes[first], codes[first + 1]), codes[first + 2])] = size
        return beside, longest

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
        pairs, reaches = self._side_by_side(text), self._reaches(text)
        best = [0.0] * (len(text) + 1)
        ends = list(range(1, len(text) + 1))
        words = self._words
        for first, last in runs:
            score = best[last - 1] = singles[last - 1]
            best[last] = 0.0
            for at in range(last - 2, first - 1, -1):
                score += singles[at]
                weight = pairs[at]
                if weight is not None and weight + best[at + 2] >= score:
                    score = weight + best[at + 2]
                    ends[at] = at + 2
                if reaches[at]:
                    weights = words[text[at]][0]
                    for stop in range(at + 3, min(at + reaches[at], last) + 1):
                        known = weights.get(text[at:stop])
                        if known is not None and known + best[stop] >= score:
                            score = known + best[stop]
                            ends[at] = stop
                best[at] = score
        return ends

    def _side_by_side(self, text: str) -> list[float | None]:
        """What each two characters that stand side by side weigh as a word, None for no word.

        Read as numbers of two characters each, a text gives its pairs in a third of the time
        that strings of two take: those that begin at even places, then those at odd ones.
        """
        found: list[float | None] = [None] * (len(text) - 1)
        found[0::2] = map(self._pairs.get, _numbers(text[: len(text) // 2 * 2]))
        found[1::2] = map(self._pairs.get, _numbers(text[1 : (len(text) - 1) // 2 * 2 + 1]))
        return found

    def _load(self, character: str) -> None:
        """Take the words apart that begin with a character."""
        low = bisect_left(self._lines, character)
        high = bisect_left(self._lines, character + LAST, low)
        fields = "\n".join(self._lines[low:high]).split()
        words, counts, tags = fields[0::3], map(int, fields[1::3]), map(intern, fields[2::3])
        weights = dict(zip(words, map(self._weight, counts), strict=True))
        tagged = dict(zip(words, tags, strict=True))
        for word, (count, tag) in self._added.get(character, {}).items():
            weights[word], tagged[word] = self._weight(count), intern(tag)
        self._words[character] = weights, tagged
        self._singles[character] = weights.get(character, -self._total)
        pairs = [word for word in weights if len(word) == 2]
        numbers = _numbers("".join(pairs))
        self._pairs.update(zip(numbers, map(weights.__getitem__, pairs), strict=True))

    def _weight(self, count: int) -> float:
        known = self._weights.get(count)
        if known is None:
            known = self._weights[count] = log(count or 1) - self._total
        return known


def _codes(text: str) -> _Codes:
    """A text in UTF-16; nearly every character is one code."""
    return np.frombuffer(text.encode(UTF_16, "surrogatepass"), np.uint16)


def _are_han(codes: _Codes) -> npt.NDArray[np.bool_]:
    """Which codes may be those of Chinese characters; no other is part of a word that is cut."""
    han: npt.NDArray[np.bool_] = (codes >= FIRST) | (codes == ZERO)
    return han


def _hash(left: npt.NDArray[np.integer[Any]], right: _Codes) -> _Places:
    """The place in a table of a code behind another, or behind the place of two."""
    return (left.astype(np.uint32) * SPREAD ^ right) & LAST_PLACE


def _twos(codes: _Codes) -> _Places:
    return _hash(codes[:-1], codes[1:])


def _threes(codes: _Codes) -> _Places:
    return _hash(_twos(codes[:-1]), codes[2:])


def _numbers(text: str) -> Iterable[int]:
    """A text of an even length as numbers, one for each two characters."""
    data = text.encode(UTF_16, "surrogatepass")
    if len(data) == 2 * len(text):
        return memoryview(data).cast("I")
    pairs = (text[at : at + 2] for at in range(0, len(text), 2))  # some take four bytes each
    return [int.from_bytes(pair.encode(UTF_16, "surrogatepass"), byteorder) for pair in pairs]


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
