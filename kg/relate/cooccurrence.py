"""Co-occurrence: things that stand in the same sentences more often than chance."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import log

from kg.model import Document, Evidence, Extraction, Mention, Relation, Span

KINDS = frozenset(
    {"Formula", "Spirit", "Concept", "Policy", "Campaign", "Organization", "Person", "Event"}
)
SHOWN = 5  # evidence kept for a pair; the weight counts all sentences
CROWD = 12  # a sentence with more things than this is a list, and says little of any pair
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")

Ids = Mapping[tuple[str, Mention], str]


def relations(extractions: Sequence[Extraction], ids: Ids, least: int) -> Iterator[Relation]:
    """Pairs of things that share at least ``least`` sentences, weight = sentences shared.

    A pair is kept when it is met more often than chance would have it (pointwise mutual
    information above zero: Church and Hanks 1990). ``least`` 0 gives none.
    """
    if least <= 0:
        return
    alone: Counter[str] = Counter()
    pairs: dict[tuple[str, str], list[tuple[Document, Span]]] = defaultdict(list)
    total = 0
    for extraction in extractions:
        for sentence, things in _sentences(extraction, ids):
            total += 1
            alone.update(things)
            if len(things) <= CROWD:
                for pair in combinations(things, 2):
                    pairs[pair].append((extraction.document, sentence))
    for (left, right), places in sorted(pairs.items()):
        count = len(places)
        if count >= least and log(count * total / (alone[left] * alone[right])) > 0:
            evidence: list[Evidence] = []
            for document, sentence in places[:SHOWN]:
                evidence.extend(document.evidence(sentence))
            yield Relation(
                left, "related", right, tuple(evidence), "co-occurrence", {"weight": count}
            )


def _sentences(extraction: Extraction, ids: Ids) -> Iterator[tuple[Span, list[str]]]:
    document = extraction.document
    spans = [
        Span(m.start(), m.end()).shift(passage.span.start)
        for passage in document.passages
        if passage.searched
        for m in _SENTENCE.finditer(passage.text)
    ]
    starts = [span.start for span in spans]
    things: dict[int, set[str]] = defaultdict(set)
    reach = 0  # a thing named inside the name of another does not stand beside it
    for mention in sorted(extraction.mentions, key=lambda m: (m.span.start, -m.span.end)):
        ident = ids.get((document.id, mention))
        at = bisect_right(starts, mention.span.start) - 1
        if ident and at >= 0 and mention.kind in KINDS and spans[at].contains(mention.span):
            if mention.span.end > reach:
                things[at].add(ident)
            reach = max(reach, mention.span.end)
    for at in sorted(things):
        yield spans[at], sorted(things[at])
