"""Names: spans of persons, places and organizations in a running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.lac import tag

Name = tuple[int, int, str]

# LAC has two tags for most kinds of name, one for what its own annotation calls a name of the
# kind and one that only its parts of speech know. For places and bodies both name things;
# the part of speech nr (person name) is left out, as most of what it marks is no name.
KINDS = {"PER": "PER", "LOC": "LOC", "ns": "LOC", "ORG": "ORG", "nt": "ORG"}

LONGEST = 200  # characters; the network was trained on sentences, not on whole pages
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*[”’」』）》]*")
_PAUSES = "，、：,"


def names(text: str) -> list[Name]:
    """``(start, end, kind)`` of the names in ``text``, by place; kind PER, LOC or ORG.

    Offsets are code points. The text should be repaired: without line breaks or spaces
    inside words. Raises DataError when the installed jieba lacks the tagger's weights.

    >>> names("李明在北京工作。他是教师。")
    [(0, 2, 'PER'), (3, 5, 'LOC')]
    """
    found = []
    pieces = list(sentences(text))
    for (start, _), words in zip(pieces, tag([s for _, s in pieces]), strict=True):
        for begin, end, label in words:
            if label in KINDS:
                found.append((start + begin, start + end, KINDS[label]))
    return found


def prepare(texts: Iterable[str]) -> None:
    """Tag the sentences of several texts together, so that ``names`` finds them ready.

    A batch of many sentences costs a fraction of many small ones; what a sentence gives is
    the same in both.
    """
    tag([sentence for text in texts for _, sentence in sentences(text)])


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
