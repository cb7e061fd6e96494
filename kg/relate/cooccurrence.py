"""Co-occurrence: things that stand in the same sentences more often than chance."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log
from operator import itemgetter

from kg.model import Document, Evidence, Extraction, Relation, Span
from kg.relate.base import Ids

KINDS = frozenset(
    {"Formula", "Spirit", "Concept", "Policy", "Campaign", "Organization", "Person", "Event"}
)
SHOWN = 5  # evidence kept for a pair; the weight counts all sentences
CROWD = 12  # a sentence with more things than this is a list, and says little of any pair
_FAR = 1 << 62  # behind every place
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")


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
    document, own = extraction.document, ids[extraction.document.id]
    spans = [
        (passage.span.start + m.start(), passage.span.start + m.end())
        for passage in document.passages
        if passage.searched
        for m in _SENTENCE.finditer(passage.text)
    ]
    things: dict[int, set[str]] = defaultdict(set)
    reach = 0  # a thing named inside the name of another does not stand beside it
    named = [
        (mention.span.start, -mention.span.end, ident)
        for mention in extraction.mentions
        if mention.kind in KINDS and (ident := own.get(mention))
    ]
    for start, end, ident in sorted(named, key=itemgetter(0, 1)):
        at = bisect_right(spans, (start, _FAR)) - 1
        if at >= 0 and -end <= spans[at][1]:
            if -end > reach:
                things[at].add(ident)
            reach = max(reach, -end)
    for at in sorted(things):
        yield Span(*spans[at]), sorted(things[at])
