"""Resolve: mentions of all documents -> entities; lists -> the formula registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kg.decisions import NONE, Decisions
from kg.lexicons import EMPTY, Lexicon
from kg.model import Entity, Extraction, Mention, Relation, Scalar, TimeValue
from kg.resolve import (
    concepts,
    dates,
    documents,
    formulas,
    lexicon_parents,
    namesakes,
    relisting,
    statements,
    writings,
)
from kg.resolve.names import Naming, mentions, namings
from kg.resolve.roll import Roll
from kg.resolve.roster import Roster
from kg.resolve.statements import Ids
from kg.resolve.steering import Steering, steer
from kg.settings import Settings

DATING = frozenset({"heldOn", "observedOn", "saidOn", "sentOn"})


@dataclass(frozen=True)
class Resolution:
    """Entities, which mention stands for which, and the relations that resolving gives.

    ``ids`` maps the mentions of each document, by its id, to ids of entities.
    """

    entities: tuple[Entity, ...]
    ids: Ids
    relations: tuple[Relation, ...]


def resolve(
    extractions: Sequence[Extraction],
    settings: Settings,
    *,
    lexicon: Lexicon = EMPTY,
    decisions: Decisions = NONE,
    chosen: frozenset[str] | None = None,
) -> Resolution:
    """Entities of a corpus. ``extractions`` are in order of path, ``chosen`` the names of the
    concepts to keep, where that is known.

    Raises DataError for decisions that do not fit what the texts name.
    """
    roll = Roll()
    registry = formulas.register(extractions)
    if chosen is None:
        chosen = choose(extractions, settings)
    stands = partial(_stands, kept=chosen)
    called = writings.unified([namings(extraction, stands) for extraction in extractions])
    called = namesakes.told_apart(extractions, called)
    steering = _steering(extractions, called, registry, decisions)
    registry = relisting.register(extractions, registry, steering)
    ids: dict[str, dict[Mention, str]] = {e.document.id: {} for e in extractions}
    for (document, mention), ident in registry.ids.items():
        ids[document][mention] = ident
    told: list[Naming] = []
    for extraction, names in zip(extractions, called, strict=True):
        roll.keep(documents.entity(extraction.document, settings))
        path, own = extraction.document.meta.path, ids[extraction.document.id]
        for mention, naming in names.items():
            if mention not in own:
                steered = steering.naming(path, mention, naming) if decisions.rows else naming
                told += [steered] if steered.apart and steered == naming else []
                own[mention] = _enter(roll, extraction, mention, steered)
    del called
    for entity in registry.entities:
        roll.keep(entity)
    stated = statements.identify(extractions, ids)
    for entity in statements.entities(extractions, stated):
        roll.keep(entity)
    for ident, found in stated.items():
        ids[ident].update(found)
    del stated
    known = dates.known(roll.entities("Event")) if settings.knowledge else dates.Dates((), ())
    for entity in known.entities:
        roll.keep(entity)
    links = [
        *_stated_dates(extractions, ids),
        *((r.subject, r.object, True) for r in known.relations),
    ]
    entities = tuple(map(dates.labelled, dates.stamped(roll.drained(), links)))
    parents = lexicon_parents.relations(lexicon, entities) if settings.knowledge else ()
    by_id = {entity.id: entity for entity in entities}
    apart = (*steering.relations(by_id), *namesakes.relations(told, by_id))
    return Resolution(entities, ids, (*registry.relations, *known.relations, *parents, *apart))


def choose(extractions: Sequence[Extraction], settings: Settings) -> frozenset[str]:
    """Names of the concepts to keep."""
    return concepts.choose(extractions, settings.concepts)


def without_rest(extractions: Sequence[Extraction], chosen: frozenset[str]) -> list[Extraction]:
    """The extractions without concepts that are not ``chosen``: most of what they mention."""
    return [
        replace(
            extraction,
            mentions=tuple(
                m for m in extraction.mentions if m.kind != concepts.KIND or m.name in chosen
            ),
        )
        for extraction in extractions
    ]


def _steering(
    extractions: Sequence[Extraction],
    called: Sequence[Mapping[Mention, Naming]],
    registry: formulas.Registry,
    decisions: Decisions,
) -> Steering:
    """The decisions, checked against what the texts name."""
    if not decisions.rows:
        return Steering()
    roster = Roster()
    listed = {entity.id: entity for entity in registry.entities}
    for extraction, names in zip(extractions, called, strict=True):
        path = extraction.document.meta.path
        for mention, naming in names.items():
            own = listed.get(registry.ids.get((extraction.document.id, mention), ""))
            if own is not None:
                roster.add(own.kind, own.name, mention.name, path)
            else:
                roster.add(naming.kind, naming.label, mention.name, path)
        for mention in mentions(extraction, lambda m: not statements.is_statement(m)):
            if mention not in names:  # a term that was not chosen, a time without a value
                roster.add(mention.kind, mention.label, mention.name, path)
    return steer(decisions.rows, roster, decisions.file, whole=decisions.whole)


def _stated_dates(extractions: Sequence[Extraction], ids: Ids) -> Iterator[tuple[str, str, bool]]:
    for extraction in extractions:
        own = ids[extraction.document.id]
        for claim in extraction.claims:
            if claim.predicate in DATING and claim.subject and claim.object:
                ends = own.get(claim.subject), own.get(claim.object)
                if ends[0] and ends[1]:
                    yield ends[0], ends[1], claim.inferred


def _stands(mention: Mention, kept: frozenset[str]) -> bool:
    if mention.kind == "Concept":
        return mention.name in kept
    if statements.is_statement(mention):
        return False
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
