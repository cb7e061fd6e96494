"""Lives: posts that a sentence tells of the person it opens with.

某某某，男，汉族，1988年生，某支队某站站长。: the titles stand far from the name, but the sentence
names nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Mention, Passage

_SENTENCE = re.compile("[。；！？\n]")
_NOTE = re.compile(r"[（(][^（）()]{1,20}[）)]")
_CLOSE = tuple("，。；、）：\n")


def openings(
    passage: Passage, marks: Sequence[Mention | None]
) -> Iterator[tuple[int, int, Mention]]:
    """``(low, high, person)``: the marks after a person who opens a sentence and is alone in it."""
    text, base = passage.text, passage.span.start
    for index, mark in enumerate(marks):
        if mark is None or mark.kind != "Person":
            continue
        start, end = mark.span.start - base, mark.span.end - base
        if start and not _SENTENCE.match(text[start - 1]):
            continue
        note = _NOTE.match(text, end)
        end = note.end() if note else end
        if not text.startswith("，", end):
            continue
        stop = _SENTENCE.search(text, end)
        limit = base + (stop.start() if stop else len(text))
        high = index + 1
        alone = True
        while high < len(marks):
            other = marks[high]
            if other is not None and other.span.start >= limit:
                break
            alone = alone and (other is None or other.kind != "Person" or other.name == mark.name)
            high += 1
        if alone:
            yield index + 1, high, mark


def closes(passage: Passage, role: Mention) -> bool:
    """Whether a clause ends behind a title."""
    end = role.span.end - passage.span.start
    return end == len(passage.text) or passage.text[end] in _CLOSE
