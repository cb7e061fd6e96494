"""Names: spans of persons, places and organizations in a running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lac import shared
from kg.lac.tagger import KINDS, Name

LONGEST = 200  # characters; the network was trained on sentences, not on whole pages
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*[”’」』）》]*")
_PAUSES = "，、：,"


def likely(given: Sequence[str]) -> list[list[Name]]:
    """``(start, end, kind, chance)`` of the names in each sentence, kind PER, LOC or ORG.

    Offsets are code points; the chance is the tagger's own, from 0 to 1. The sentences should
    be repaired: without line breaks or spaces inside words. Raises DataError when the
    installed jieba lacks the tagger's weights.

    >>> [(start, end, kind) for start, end, kind, _ in likely(["李明在北京工作。"])[0]]
    [(0, 2, 'PER'), (3, 5, 'LOC')]
    """
    return [
        [(start, end, KINDS[tag], chance) for start, end, tag, chance in found]
        for found in shared().names(given)
    ]


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with where each begins, over-long ones cut at a pause.

    >>> list(sentences("他来了。“好！”我说"))
    [(0, '他来了。'), (4, '“好！”'), (8, '我说')]
    """
    for match in _SENTENCE.finditer(text):
        end = match.end()
        begin = end - len(match.group().lstrip())
        while end - begin > LONGEST:
            low = begin + LONGEST // 2
            pause = max(text.rfind(mark, low, begin + LONGEST) for mark in _PAUSES)
            cut = pause + 1 if pause >= 0 else begin + LONGEST
            yield begin, text[begin:cut]
            begin = cut
        if begin < end:
            yield begin, text[begin:end]
