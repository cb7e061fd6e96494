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
from math import inf, log
from pathlib import Path
from sys import byteorder, intern

import numpy as np
import numpy.typing as npt

from kg.errors import DataError

ADVICE = "install jieba 0.42.1 as published: pip install --force-reinstall jieba==0.42.1"
UTF_16 = "utf-16-le" if byteorder == "little" else "utf-16-be"
LAST = "\U0010ffff"  # behind every character of a word
FIRST, ZERO = 0x3400, 0x3007  # the least code of a Chinese character, but for 〇
LAST_PLACE = np.uint32((1 << 22) - 1)  # of the table of neighbours, in which 300,000 pairs stand
SPREAD = np.uint32(2654435761)  # Knuth's factor for hashing


# What is known of two characters that begin a word: what they weigh as a word (-inf for none), the
# third characters of longer words, and the lengths of these, the shortest first.
_Pair = tuple[float, str, tuple[int, ...]]
_NO_WORD: _Pair = (-inf, "", ())


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
        # what it weighs by itself, and the pairs that it begins, by their numbers.
        self._words: dict[str, tuple[dict[str, float], dict[str, str]]] = {}
        self._singles: dict[str, float] = {}
        self._pairs: dict[int, _Pair] = {}
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
        may be missing: the table of neighbours has no more than a bit for each of its places.
        """
        data = text.encode(UTF_16, "surrogatepass")
        if len(data) != 2 * len(text):  # a character takes four bytes
            return [0, len(text)]
        codes = np.frombuffer(data, np.uint16)
        apart = np.flatnonzero(~self._neighbours[_places(codes)]) + 1
        return [0, *apart.tolist(), len(text)]

    @cached_property
    def _neighbours(self) -> npt.NDArray[np.bool_]:
        """Whether two characters stand side by side in a word, at their place in the table."""
        added = (word for same in self._added.values() for word in same)
        text = "\n".join((*self._lines, *added))
        codes = np.frombuffer(text.encode(UTF_16, "surrogatepass"), np.uint16)
        han = (codes >= FIRST) | (codes == ZERO)
        places = _places(codes)[han[:-1] & han[1:]]
        table = np.zeros(int(LAST_PLACE) + 1, np.bool_)
        table[places] = True
        return table

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
        pairs = self._side_by_side(text)
        best = [0.0] * (len(text) + 1)
        ends = list(range(1, len(text) + 1))
        words = self._words
        for first, last in runs:
            score = best[last - 1] = singles[last - 1]
            best[last] = 0.0
            for at in range(last - 2, first - 1, -1):
                score += singles[at]
                pair = pairs[at]
                if pair is not None:
                    weight, thirds, sizes = pair
                    more = weight + best[at + 2]
                    if more >= score:
                        score = more
                        ends[at] = at + 2
                    if thirds and at + 2 < last and text[at + 2] in thirds:
                        weights = words[text[at]][0]
                        for size in sizes:
                            stop = at + size
                            if stop > last:
                                break
                            known = weights.get(text[at:stop])
                            if known is not None and known + best[stop] >= score:
                                score = known + best[stop]
                                ends[at] = stop
                best[at] = score
        return ends

    def _side_by_side(self, text: str) -> list[_Pair | None]:
        """What is known of each two characters that stand side by side.

        Read as numbers of two characters each, a text gives its pairs in a third of the time
        that strings of two take: those that begin at even places, then those at odd ones.
        """
        found: list[_Pair | None] = [None] * (len(text) - 1)
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
        longer = sorted([word for word in weights if len(word) > 1])
        pairs = _numbers("".join([word[:2] for word in longer]))
        for pair, word in zip(pairs, longer, strict=True):
            if len(word) == 2:
                self._pairs[pair] = weights[word], "", ()
                continue
            weight, thirds, sizes = self._pairs.get(pair, _NO_WORD)
            if word[2] != thirds[-1:]:
                thirds += word[2]
            if len(word) not in sizes:
                sizes = tuple(sorted((*sizes, len(word))))
            self._pairs[pair] = weight, thirds, sizes

    def _weight(self, count: int) -> float:
        known = self._weights.get(count)
        if known is None:
            known = self._weights[count] = log(count or 1) - self._total
        return known


def _places(codes: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint32]:
    """The places in the table of neighbours of each two codes side by side."""
    wide = codes.astype(np.uint32)
    return (wide[:-1] * SPREAD ^ wide[1:]) & LAST_PLACE


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
