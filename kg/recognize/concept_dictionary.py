"""Dictionary: jieba's words with their counts and tags, and the likeliest cut of a text.

The dictionary is read straight from the installed package, whose own start logs, and keeps a
cache in the folder for temporary files that all users share. The cut is that of
``jieba.cut(text, HMM=False)``, word for word, at about twice its speed.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from math import exp, log
from pathlib import Path

from kg.errors import DataError

ADVICE = "install jieba 0.42.1 as published: pip install --force-reinstall jieba==0.42.1"


class Dictionary:
    """Words with what they weigh (logarithms of their shares) and their tags.

    ``added`` are further words with their tags; ``least`` is the least count that they get.
    """

    def __init__(self, added: Iterable[tuple[str, str]] = (), *, least: int = 1) -> None:
        words, counts, tags = _read(file())
        self.tags: dict[str, str] = dict(zip(words, tags, strict=True))
        known: dict[str, int] = dict(zip(words, counts, strict=True))
        total = sum(counts)
        for word, tag in added:
            known[word] = max(known.get(word, 0), least)
            total += known[word]
            self.tags[word] = tag
        self._total = log(total)
        self._weights = {word: log(count or 1) - self._total for word, count in known.items()}
        # Length of the longest word that begins with each two characters.
        self._longest = {word[:2]: len(word) for word in sorted(known, key=len) if len(word) > 1}

    def count(self, word: str) -> int:
        """How often the dictionary has counted a word; 0 for one that it does not hold."""
        weight = self._weights.get(word)
        return 0 if weight is None else round(exp(weight + self._total))

    def cut(self, text: str) -> list[str]:
        """The likeliest words of ``text``, without a gap (Viterbi over unigrams).

        Of two equally likely cuts the one with the longer word is taken.
        """
        size = len(text)
        weights, longest, unknown = self._weights, self._longest, -self._total
        best = [0.0] * (size + 1)
        ends = [0] * size
        for at in range(size - 1, -1, -1):
            score = weights.get(text[at], unknown) + best[at + 1]
            end = at + 1
            reach = longest.get(text[at : at + 2])
            if reach:
                for stop in range(at + 2, min(at + reach, size) + 1):
                    weight = weights.get(text[at:stop])
                    if weight is not None and weight + best[stop] >= score:
                        score = weight + best[stop]
                        end = stop
            best[at] = score
            ends[at] = end
        found = []
        at = 0
        while at < size:
            found.append(text[at : ends[at]])
            at = ends[at]
        return found


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


def _read(path: Path) -> tuple[list[str], list[int], list[str]]:
    """Words, counts and tags of the lines ``word count tag`` of a file."""
    try:
        fields = path.read_text("utf-8").split()
        words, counts, tags = fields[0::3], list(map(int, fields[1::3])), fields[2::3]
        if not len(words) == len(counts) == len(tags):
            raise ValueError("a line does not hold word, count and tag")
    except (OSError, ValueError) as error:
        raise DataError(f"not jieba's dictionary: {error}", str(path), ADVICE) from None
    return words, counts, tags
