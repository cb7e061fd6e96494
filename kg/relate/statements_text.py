"""Sentences of a passage, each with its mentions, and the clauses inside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Mention, Passage, Span, TimeValue

LONGEST = 1000  # characters of a sentence
QUOTED = 800  # characters of the longest quotation that is believed to close

_MARKS = re.compile("[。！？!?“”]")
_CLAUSE = re.compile("[，；：,;:]")


@dataclass(frozen=True)
class Sentence:
    """A sentence: its clean span, its text, and its mentions by place."""

    span: Span
    text: str
    mentions: tuple[Mention, ...]

    def within(self, start: int, end: int) -> str:
        """Text of a clean span that lies inside the sentence."""
        return self.text[max(0, start - self.span.start) : max(0, end - self.span.start)]

    def clause(self, at: int) -> int:
        """Clean offset where the clause that holds the clean offset ``at`` begins."""
        begin = self.span.start
        for match in _CLAUSE.finditer(self.text, 0, max(0, at - self.span.start)):
            begin = self.span.start + match.end()
        return begin

    def clause_end(self, at: int) -> int:
        """Clean offset where the clause that holds the clean offset ``at`` ends."""
        match = _CLAUSE.search(self.text, at - self.span.start)
        return self.span.start + match.start() if match else self.span.end


def sentences(passage: Passage, mentions: Sequence[Mention]) -> Iterator[Sentence]:
    """Sentences of a passage. ``mentions`` are those of the passage, by place.

    A full stop inside quotation marks ends no sentence, unless it is the last thing inside.
    """
    starts = [mention.span.start for mention in mentions]
    base = passage.span.start
    for begin, end in _pieces(passage.text):
        low = bisect_left(starts, base + begin)
        high = bisect_left(starts, base + end)
        inside = tuple([m for m in mentions[low:high] if m.span.end <= base + end])
        yield Sentence(Span(base + begin, base + end), passage.text[begin:end], inside)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Sentences; one that is longer than any real one in pieces, so that work stays linear."""
    for begin, end in _cut(text):
        while end - begin > LONGEST:
            comma = text.rfind("，", begin, begin + LONGEST)
            stop = comma + 1 if comma > begin else begin + LONGEST
            yield begin, stop
            begin = stop
        yield begin, end


def _cut(text: str) -> Iterator[tuple[int, int]]:
    begin = opened = 0
    quoted = False
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if mark == "“":
            close = text.find("”", at, at + QUOTED)
            quoted, opened = close > 0, at
        elif mark == "”":
            quoted = False
            if at - opened > 1 and text[at - 1] in "。！？" and text[at + 1 : at + 2] not in _ON:
                yield begin, at + 1
                begin = at + 1
        elif not quoted:
            yield begin, at + 1
            begin = at + 1
    if begin < len(text):
        yield begin, len(text)


_ON = frozenset("的，、“）等是这和；")


def is_date(mention: Mention) -> bool:
    """Whether a mention is a date or a closed interval that dates something."""
    value = mention.detail
    if mention.kind != "Time" or not isinstance(value, TimeValue):
        return False
    known = value.edtf and not value.duration and not value.in_name
    return bool(known) and ".." not in value.edtf


def exactly(sentence: Sentence, span: Span, *kinds: str) -> Mention | None:
    """The mention that covers a span exactly; the first kind that is asked for wins."""
    found = [m for m in sentence.mentions if m.span == span and m.kind in kinds]
    return min(found, key=lambda m: kinds.index(m.kind), default=None)
