"""Citations: works and laws that a document cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Claim, Document, Mention
from kg.relate.base import by_passage

# Passages that name the document itself or its publisher, not what it cites.
OWN = frozenset({"title", "subtitle", "masthead", "credit", "byline", "furniture"})


def find(document: Document, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Claims of the document: the document cites each work or law that its text names."""
    for passage, inside in by_passage(document, mentions, "Work", "Law"):
        if passage.kind not in OWN:
            for work in inside:
                yield Claim("cites", None, work, work.span, "citation")
