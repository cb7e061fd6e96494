"""LAC: a neural word and name tagger in NumPy, over the weights inside the jieba package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.lac.tagger import Tagger, Word

__all__ = ["Tagger", "tag"]


@cache
def shared() -> Tagger:
    """The tagger of this process; the weights are loaded at the first call."""
    return Tagger()


def tag(sentences: Sequence[str]) -> list[list[Word]]:
    """``(start, end, tag)`` of the words of each sentence, offsets in code points.

    Tags are those of LAC: PER, LOC, ORG, TIME and parts of speech. Raises DataError when
    the installed jieba lacks the weights.

    >>> [(start, end, tag) for start, end, tag in tag(["李明在北京工作。"])[0] if tag.isupper()]
    [(0, 2, 'PER'), (3, 5, 'LOC')]
    """
    return shared().tag(sentences)
