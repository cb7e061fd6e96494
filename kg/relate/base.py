"""Base: what a document tells: its mentions and sentences, side by side with each passage."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model import Document, Mention, Passage
from kg.relate.statements_text import Sentence, sentences

#: Mentions of each document, by its id, and the entities that they stand for.
Ids = Mapping[str, Mapping[Mention, str]]


@dataclass(frozen=True)
class Told:
    """A passage that is searched, with its mentions by place.

    Several finders ask for the kinds of these and for the sentences: each is worked out once.
    """

    passage: Passage
    mentions: Sequence[Mention]

    def of(self, *kinds: str) -> list[Mention]:
        """Its mentions of the given kinds, by place."""
        return [mention for mention in self.mentions if mention.kind in kinds]

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset([mention.kind for mention in self.mentions])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentences(self.passage, self.mentions))


def passages(document: Document, mentions: Sequence[Mention]) -> tuple[Told, ...]:
    """Each passage that is searched, with its mentions by place."""
    starts = [mention.span.start for mention in mentions]
    found = []
    for passage in document.passages:
        if passage.searched:
            low = bisect_left(starts, passage.span.start)
            high = bisect_left(starts, passage.span.end, low)
            found.append(Told(passage, mentions[low:high]))
    return tuple(found)
