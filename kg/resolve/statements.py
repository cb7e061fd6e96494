"""Statements: figures, quotations and letters, each one node for all it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.model import (
    Amount,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Saying,
    Scalar,
    fingerprint,
)
from kg.ontology import ontology
from kg.resolve.names import mentions
from kg.resolve.roll import place

#: Mentions of each document, by its id, and what they stand for.
Ids = Mapping[str, Mapping[Mention, str]]


def is_statement(mention: Mention) -> bool:
    """Whether a mention states something rather than naming a thing."""
    return mention.kind in _kinds()


@cache
def _kinds() -> frozenset[str]:
    return frozenset(k.name for k in ontology().kinds.values() if k.layer == "statement")


def identify(extractions: Sequence[Extraction], ids: Ids) -> Ids:
    """Ids of statement mentions: a hash of all they say, whatever the place."""
    found: dict[str, dict[Mention, str]] = {}
    for extraction in extractions:
        document = extraction.document.id
        own = found[document] = {}
        said: dict[Mention, list[str]] = defaultdict(list)
        for claim in extraction.claims:
            if claim.subject and claim.object and is_statement(claim.subject):
                end = ids[document].get(claim.object, "")
                said[claim.subject].append(f"{claim.predicate}={end}")
        for mention in mentions(extraction, is_statement):
            fields = [f"{key}={value}" for key, value in sorted(attributes(mention).items())]
            links = sorted(said[mention])
            if not links:  # says too little to be the same as its like elsewhere
                links = [document, str(mention.span.start)]
            own[mention] = "s/" + fingerprint(mention.kind, mention.name, *fields, *links)
    return found


def entities(extractions: Sequence[Extraction], stated: Ids) -> Iterator[Entity]:
    """One entity for each statement id, with all its evidence."""
    evidence: dict[str, dict[Evidence, None]] = defaultdict(dict)
    first: dict[str, Mention] = {}
    for extraction in extractions:
        document = extraction.document
        for mention, ident in stated[document.id].items():
            first.setdefault(ident, mention)
            evidence[ident].update(dict.fromkeys(document.evidence(mention.span)))
    for ident in sorted(first):
        mention = first[ident]
        places = tuple(sorted(evidence[ident], key=place))
        yield Entity(
            ident,
            mention.kind,
            label(mention),
            attributes={**attributes(mention), "rule": mention.rule},
            mentions=places,
        )


def label(mention: Mention) -> str:
    """A short name for a statement: the first 40 characters of its wording."""
    return mention.name if len(mention.name) <= 40 else mention.name[:39] + "…"


def attributes(mention: Mention) -> dict[str, Scalar]:
    """What a statement says beside its links, as attributes of its node."""
    detail = mention.detail
    if isinstance(detail, Amount):
        fields: dict[str, Scalar | None] = {
            "value": detail.number,
            "valueText": detail.text,
            "unitText": detail.unit,
            "unitCode": detail.unit_code or None,
            "baseValue": detail.value,
            "minValue": detail.low,
            "maxValue": detail.high,
            "approximate": detail.approximate or None,
            "change": detail.change or None,
            "against": detail.against or None,
        }
        return {key: value for key, value in fields.items() if value is not None}
    if isinstance(detail, Saying):
        said: dict[str, Scalar] = {"verb": detail.verb, "text": mention.name}
        return {**said, "occasion": detail.occasion} if detail.occasion else said
    return {}
