"""Base: the mentions of each passage, side by side with its text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from kg.model import Document, Mention, Passage

#: Mentions of each document, by its id, and the entities that they stand for.
Ids = Mapping[str, Mapping[Mention, str]]


def by_passage(
    document: Document, mentions: Sequence[Mention], *kinds: str
) -> Iterator[tuple[Passage, list[Mention]]]:
    """Each passage that is searched, with its mentions of the given kinds, by place."""
    starts = [mention.span.start for mention in mentions]
    for passage in document.passages:
        if passage.searched:
            low = bisect_left(starts, passage.span.start)
            high = bisect_left(starts, passage.span.end)
            inside = mentions[low:high]
            yield passage, [m for m in inside if m.kind in kinds] if kinds else list(inside)
