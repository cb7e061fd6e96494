"""Relate: mentions -> claims of one document, then relations of the whole corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.model import Claim, Document, Entity, Extraction, Mention, Relation
from kg.relate import (
    abbreviations,
    awards,
    citations,
    cooccurrence,
    events,
    hierarchy,
    messages,
    posts,
    reuse,
    statements,
    statistics,
)
from kg.relate import relations as _relations
from kg.relate.statistics_scene import Words
from kg.settings import Settings

shared = reuse.find
introduced = abbreviations.introduced

Finder = Callable[[Document, Sequence[Mention]], Iterator[Claim]]

FINDERS: tuple[Finder, ...] = (
    abbreviations.find,
    hierarchy.find,
    posts.find,
    awards.find,
    events.find,
    messages.find,
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
    for find in FINDERS:
        found.update(dict.fromkeys(find(document, mentions)))
    found.update(dict.fromkeys(statistics.find(document, mentions, words)))
    if settings.knowledge:
        return tuple(found)
    return tuple(claim for claim in found if not _known(claim))


def _known(claim: Claim) -> bool:
    return claim.inferred and (claim.rule == "role-body" or claim.rule.startswith("lexicon:"))


def relations(
    extractions: Sequence[Extraction],
    ids: Mapping[tuple[str, Mention], str],
    resolved: Sequence[Relation],
    settings: Settings,
    entities: Sequence[Entity] = (),
) -> tuple[Relation, ...]:
    """Every relation of the corpus, each once. ``resolved`` are those that resolving gave.

    What names an entity is also what says that a document mentions it: the evidence of
    ``entities`` is used again, not held twice.
    """
    known = {evidence: evidence for entity in entities for evidence in entity.mentions}
    mentioned = list(_relations.mentioned(extractions, ids, known))
    return _relations.merged(
        [
            *resolved,
            *_relations.stated(extractions, ids),
            *mentioned,
            *_relations.introduced(extractions, mentioned),
            *cooccurrence.relations(extractions, ids, settings.cooccurrence),
        ]
    )
