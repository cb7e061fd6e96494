"""Propagate: a name found once in a document is found wherever it stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model import Document, Mention
from kg.recognize.base import Matcher

# Shorter names are words of their own too often.
LEAST = {"Person": 3, "Organization": 4, "Campaign": 4, "Honour": 4}


def propagate(
    document: Document, mentions: Iterable[Mention], introduced: Mapping[str, str]
) -> Iterator[Mention]:
    """Further mentions of the names in ``mentions``, and of short names that the text introduces.

    ``introduced`` maps a short name of a body to its full one. What the mentions cover
    already is left alone.
    """
    found = tuple(mentions)
    known: dict[str, Mention] = {}
    for mention in found:
        if mention.kind in LEAST and len(mention.name) >= LEAST[mention.kind]:
            known.setdefault(mention.name, mention)
    full_names = {mention.label: mention for mention in known.values()}
    for short, full in introduced.items():
        named = full_names.get(full)
        if named is not None and len(short) >= 2:
            known[short] = named
    if not known:
        return
    taken = {(m.span.start, m.span.end) for m in found if m.kind in LEAST}
    matcher = Matcher(known)
    for passage in document.passages:
        if not passage.searched:
            continue
        for start, end, word in matcher.find(passage.text):
            model = known[word]
            again = passage.mention(
                start,
                end,
                model.kind,
                rule="propagation",
                known_as=model.known_as if word == model.name else "",
                known_by=model.known_by if word == model.name else "",
            )
            if (again.span.start, again.span.end) not in taken:
                yield again
