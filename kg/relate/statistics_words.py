"""Words of an indicator: where a noun begins and ends among words with the tags of a dictionary.

The tags are those of jieba; they are believed where they are seldom wrong: prepositions, adverbs,
pronouns, numerals, and verbs of one character.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.tables import rows

_STOPS = ("p", "d", "r", "y", "zg", "ul", "uz")  # of one character: no part of a noun
_NOUNS = ("n", "vn", "j", "an", "l", "b", "s", "eng", "term", "name", "t", "a", "i", "f")
_NUMERALS = ("m", "mq")
_TABLE = "lexicons/statistic_words"


@cache
def _words(use: str) -> frozenset[str]:
    """Words of a use: see the table."""
    found = (row["words"].split() for row in rows(_TABLE) if row["use"] == use)
    return frozenset(word for words in found for word in words)


def noun(words: Sequence[tuple[str, str]], *, behind: bool) -> tuple[int, int]:
    """First and last offset of the noun in a stretch of words; equal where there is none.

    >>> noun([("项目", "n"), ("因", "p"), ("用地", "n"), ("手续", "n")], behind=True)
    (0, 2)
    >>> noun([("机关", "n"), ("共", "d"), ("完成", "v"), ("项目", "n")], behind=False)
    (5, 7)
    >>> noun([("气温", "n"), ("已", "d"), ("降", "v")], behind=False)
    (0, 2)
    """
    first, last = (0, _end(words)) if behind else _left(words)
    kept = words[first:last]
    if not kept or not any(_is_noun(word, tag) for word, tag in kept):
        return 0, 0
    before = sum(len(word) for word, _ in words[:first])
    return before, before + sum(len(word) for word, _ in kept)


def _end(words: Sequence[tuple[str, str]]) -> int:
    """How many words from the first on make a noun: up to a stop or a verb of one character."""
    for at in range(1, len(words)):
        if _stops(words, at) or words[at][0] in _words("verb"):
            return at
    return len(words)


def _left(words: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """From behind the last stop and its verb, to the number, without stops at the end."""
    first, last = 0, len(words)
    if words and words[-1][0] in _words("preposition"):
        return 0, 0  # 向163名…发放: what is counted stands behind the number
    while last and _loose(words, last - 1):
        last -= 1
    for at in range(last - 1, -1, -1):
        if words[at][0] in _words("preposition"):
            return 0, 0  # 面向基层的…: what stands behind a preposition is not counted
        if _stops(words, at):
            first = at + 1
            while first < last and words[first][1] in ("v", "d"):
                first += 1
            break
    while first < last and words[first][1] in _NUMERALS:
        first += 1
    return first, last


def _loose(words: Sequence[tuple[str, str]], at: int) -> bool:
    """Whether a word at the end is no part of the noun: a stop, or a verb behind one."""
    return _stops(words, at) or (words[at][1] == "v" and at > 0 and _stops(words, at - 1))


def _stops(words: Sequence[tuple[str, str]], at: int) -> bool:
    word, tag = words[at]
    if len(word) != 1 or word in _words("end"):
        return False
    again = at + 1 < len(words) and words[at + 1][0] in _words(f"after {word}")
    return not again and (tag in _STOPS or word in _words("preposition"))


def _is_noun(word: str, tag: str) -> bool:
    """Whether a word can be what is counted; a verb of two characters names an action."""
    if not tag or word in _words("end"):
        return True  # no word of the dictionary: a name or term
    many = len(word) > 1
    return tag.startswith("n") or tag in _NOUNS or (tag in ("v", "q") and many)
