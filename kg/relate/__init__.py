"""Relate: mentions -> claims of one document, then relations of the whole corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from kg.model import Claim, Document, Extraction, Mention, Relation
from kg.relate import (
    abbreviations,
    awards,
    citations,
    cooccurrence,
    events,
    hierarchy,
    messages,
    messages_whole,
    posts,
    reuse,
    statements,
    statistics,
)
from kg.relate import relations as _relations
from kg.relate.base import Ids, Told, passages
from kg.relate.statistics_scene import Words
from kg.settings import Settings

shared = reuse.find
introduced = abbreviations.introduced

Finder = Callable[[Document, Sequence[Mention], Sequence[Told]], Iterator[Claim]]

FINDERS: tuple[Finder, ...] = (
    abbreviations.find,
    hierarchy.find,
    posts.find,
    awards.find,
    events.find,
    messages.find,
    messages_whole.find,
    citations.find,
    statements.find,
)


def claims(
    document: Document,
    mentions: tuple[Mention, ...],
    settings: Settings,
    *,
    words: Words | None = None,
) -> tuple[Claim, ...]:
    """Everything that the passages of one document say of its mentions.

    Without knowledge, what a table completed is left out: a body of a post, a parent body.
    ``words`` cuts a stretch of text into words with their tags; where it is given, what a figure
    counts ends before a word that is no part of a noun.
    """
    found: dict[Claim, None] = {}
    told = passages(document, mentions)
    for find in FINDERS:
        found.update(dict.fromkeys(find(document, mentions, told)))
    found.update(dict.fromkeys(statistics.find(document, mentions, words, told)))
    if settings.knowledge:
        return tuple(found)
    return tuple(claim for claim in found if not _known(claim))


def _known(claim: Claim) -> bool:
    return claim.inferred and (claim.rule == "role-body" or claim.rule.startswith("lexicon:"))


def relations(
    extractions: Sequence[Extraction],
    ids: Ids,
    resolved: Sequence[Relation],
    settings: Settings,
) -> Iterator[tuple[str, Relation]]:
    """Every relation of the corpus, each once and with its id, in order of subject and id.
    ``resolved`` are those that resolving gave.
    """
    together = cooccurrence.relations(extractions, ids, settings.cooccurrence)
    yield from _relations.relations(extractions, ids, chain(resolved, together))
