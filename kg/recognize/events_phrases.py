"""Phrases: where a name that ends at a known word begins."""

from __future__ import annotations

import re
from functools import cache

from kg.recognize.base import Matcher
from kg.tables import rows

STOPS = frozenset("，。；：！？、…,;:!?|｜（）()【】[]—\t\n　 　／/“‘《〈")
OPENING = {"”": "“", "’": "‘", "》": "《", "〉": "〈"}

# A place or the like in brackets inside a name: 中国（某地）博览会 (fair in a place).
_PLACE = re.compile("(?<=[\u4e00-\u9fff])（[\u4e00-\u9fff]{2,6}）$")

_NONE = "-"


@cache
def _words() -> dict[str, tuple[str, str, str]]:
    """Border word -> strength, characters it may not follow, characters it may not precede."""
    return {
        row["word"]: (
            row["strength"],
            row["not_after"].replace(_NONE, ""),
            row["not_before"].replace(_NONE, ""),
        )
        for row in rows("lexicons/verbs_borders")
    }


@cache
def _matcher() -> Matcher:
    return Matcher(_words())


def clause_start(text: str, end: int, limit: int) -> int:
    """Where the stretch without punctuation that ends at ``end`` begins.

    At most ``limit`` characters back; a quotation or title in marks that lies inside is
    taken as a whole.

    >>> clause_start("会后，出席“互助”论坛", 11, 20)
    3
    """
    at = end
    while at > 0 and end - at < limit:
        char = text[at - 1]
        if char == "）" and (place := _PLACE.search(text, max(0, at - 8), at)):
            at = place.start()
        elif char in OPENING:
            opened = text.rfind(OPENING[char], max(0, end - limit), at - 1)
            if opened < 0:
                return at
            at = opened
        elif char in STOPS and not _joins(text, at - 1):
            return at
        else:
            at -= 1
    return at


ALL = ("hard", "adverb", "soft", "particle")
BUT_VERBS = ("hard", "adverb", "particle")
FIRM = ("hard", "adverb")
HARD = ("hard",)


def _joins(text: str, at: int) -> bool:
    """Whether a single dash joins two names: 中国—东盟 (China–ASEAN)."""
    around = text[max(0, at - 1) : at + 2]
    return text[at] == "—" and len(around) == 3 and all("一" <= c <= "鿿" for c in around[::2])


def last_border(text: str, low: int, high: int, strengths: tuple[str, ...] = ALL) -> int:
    """End of the last border word inside ``text[low:high]``; ``low`` when there is none.

    Words inside quotation or title marks do not count. ``strengths`` tells which words do
    (the column of that name in ``lexicons/verbs_borders``).

    >>> last_border("我们召开表彰大会", 0, 8, HARD)
    4
    """
    ends = [
        end
        for start, end in border_spans(text, low, high, strengths)
        if _depth(text, low, start) == 0
    ]
    return max(ends, default=low)


def border_spans(
    text: str, low: int, high: int, strengths: tuple[str, ...] = ALL
) -> list[tuple[int, int]]:
    """Spans of the border words inside ``text[low:high]``, by place."""
    words, found = _words(), []
    for start, end, word in _matcher().find(text[low:high]):
        start, end = start + low, end + low
        strength, not_after, not_before = words[word]
        if strength not in strengths:
            continue
        if start > 0 and text[start - 1] in not_after:
            continue
        if end < len(text) and text[end] in not_before:
            continue
        found.append((start, end))
    return found


def _depth(text: str, low: int, at: int) -> int:
    piece = text[low:at]
    return sum(piece.count(o) - piece.count(c) for c, o in OPENING.items())
