"""Resolve: mentions of all documents -> entities; lists -> the formula registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.lexicons import EMPTY, Lexicon
from kg.model import Entity, Extraction, Mention, Relation, Scalar, TimeValue
from kg.resolve import concepts, dates, documents, formulas, lexicon_parents, statements
from kg.resolve.names import Naming, namings
from kg.resolve.roll import Roll
from kg.settings import Settings

DATING = frozenset({"heldOn", "observedOn", "saidOn", "sentOn"})


@dataclass(frozen=True)
class Resolution:
    """Entities, which mention stands for which, and the relations that resolving gives.

    ``ids`` maps (document id, mention) to an entity id.
    """

    entities: tuple[Entity, ...]
    ids: Mapping[tuple[str, Mention], str]
    relations: tuple[Relation, ...]


def resolve(
    extractions: Sequence[Extraction], settings: Settings, *, lexicon: Lexicon = EMPTY
) -> Resolution:
    """Entities of a corpus. ``extractions`` are in order of path."""
    roll = Roll()
    registry = formulas.register(extractions)
    kept = concepts.choose(extractions, settings.concepts)
    ids = dict(registry.ids)
    for extraction in extractions:
        roll.keep(documents.entity(extraction.document, settings))
        for mention, naming in namings(extraction).items():
            key = (extraction.document.id, mention)
            if key not in ids and _stands(mention, kept):
                ids[key] = _enter(roll, extraction, mention, naming)
    for entity in registry.entities:
        roll.keep(entity)
    ids.update(statements.identify(extractions, ids))
    for entity in statements.entities(extractions, ids):
        roll.keep(entity)
    known = dates.known(roll.entities()) if settings.knowledge else dates.Dates((), ())
    for entity in known.entities:
        roll.keep(entity)
    links = [
        *_stated_dates(extractions, ids),
        *((r.subject, r.object, True) for r in known.relations),
    ]
    entities = tuple(dates.stamped(roll.entities(), links))
    parents = lexicon_parents.relations(lexicon, entities) if settings.knowledge else ()
    return Resolution(entities, ids, (*registry.relations, *known.relations, *parents))


def _stated_dates(
    extractions: Sequence[Extraction], ids: Mapping[tuple[str, Mention], str]
) -> Iterator[tuple[str, str, bool]]:
    for extraction in extractions:
        document = extraction.document.id
        for claim in extraction.claims:
            if claim.predicate in DATING and claim.subject and claim.object:
                ends = ids.get((document, claim.subject)), ids.get((document, claim.object))
                if ends[0] and ends[1]:
                    yield ends[0], ends[1], claim.inferred


def _stands(mention: Mention, kept: frozenset[str]) -> bool:
    if statements.is_statement(mention):
        return False
    if mention.kind == "Concept":
        return mention.name in kept
    if isinstance(mention.detail, TimeValue):
        return bool(mention.detail.edtf or mention.detail.duration)
    return True


def _enter(roll: Roll, extraction: Extraction, mention: Mention, naming: Naming) -> str:
    evidence = extraction.document.evidence(mention.span)
    if isinstance(mention.detail, TimeValue):
        flags = mention.detail.inferred, mention.detail.in_name
        evidence = tuple(replace(e, inferred=flags[0], in_name=flags[1]) for e in evidence)
    elif naming.inferred:
        evidence = tuple(replace(e, inferred=naming.rule) for e in evidence)
    key = ""
    attributes: dict[str, Scalar] = {}
    if isinstance(mention.detail, TimeValue):
        value = mention.detail
        key = value.edtf or value.duration
        fields = {
            "edtf": value.edtf,
            "isoDuration": value.duration,
            "from": value.begin,
            "until": value.end,
        }
        attributes = {name: text for name, text in fields.items() if text}
    return roll.add(naming, mention.name, evidence, key=key, attributes=attributes)
