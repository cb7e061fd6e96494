"""Citations: works and laws that a document cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Claim, Document, Mention
from kg.relate.base import Told, passages

# Passages that name the document itself or its publisher, not what it cites.
OWN = frozenset({"title", "subtitle", "masthead", "credit", "byline", "furniture"})


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims of the document: the document cites each work or law that its text names."""
    for each in told or passages(document, mentions):
        if each.passage.kind not in OWN:
            for work in each.of("Work", "Law"):
                yield Claim("cites", None, work, work.span, "citation")
