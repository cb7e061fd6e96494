"""First person: who says 我 (I) in a document that prints several speeches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kg.model import Document, Mention
from kg.tables import patterns


def authors(document: Document, mentions: Sequence[Mention]) -> Mapping[int, Mention]:
    """For each part, by its number, the person who says 我 there: its one author, as the byline
    names him or her. A part of several authors, or whose byline names nobody, has none."""
    found: dict[int, Mention] = {}
    people = [mention for mention in mentions if mention.kind == "Person"] if document.parts else []
    for number, part in enumerate(document.parts, 1):
        if len(part.authors) == 1 and part.byline:
            for mention in people:
                named = part.authors[0] in (mention.name, mention.label)
                if named and part.byline.contains(mention.span):
                    found.setdefault(number, mention)
    return found


@cache
def words() -> tuple[str, ...]:
    """What a speaker calls himself or herself, the longest first; 我们 (we) is none."""
    return tuple(sorted(patterns("statements")["first_person"], key=lambda w: (-len(w), w)))
