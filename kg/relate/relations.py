"""Relations: claims of all documents, and what only the whole corpus can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg import edtf
from kg.model import Claim, Document, Evidence, Extraction, Mention, Relation, Scalar

Ids = Mapping[tuple[str, Mention], str]


def stated(extractions: Sequence[Extraction], ids: Ids) -> Iterator[Relation]:
    """A relation for every claim whose two ends are entities."""
    for extraction in extractions:
        for claim in extraction.claims:
            if claim.predicate != "alias":
                relation = _relation(extraction.document, claim, ids)
                if relation is not None and relation.subject != relation.object:
                    yield relation


def mentioned(
    extractions: Sequence[Extraction], ids: Ids, known: Mapping[Evidence, Evidence]
) -> Iterator[Relation]:
    """Document -> every entity that one of its passages names.

    Evidence that is equal to a key of ``known`` is that key.
    """
    named: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
    for (owner, mention), ident in ids.items():
        if ident.startswith("e/"):
            named[owner].append((mention, ident))
    for extraction in extractions:
        document = extraction.document
        found: dict[str, list[Evidence]] = defaultdict(list)
        for mention, ident in named[document.id]:
            found[ident] += document.evidence(mention.span)
        for ident in sorted(found):
            places = {known.get(place, place): None for place in found[ident]}
            evidence = tuple(sorted(places, key=_place))
            yield Relation(
                document.id, "mentions", ident, evidence, "mention", {"weight": len(evidence)}
            )


def introduced(
    extractions: Sequence[Extraction], mentions: Iterable[Relation]
) -> Iterator[Relation]:
    """Dated document -> what it is the first of the corpus to mention, by date, then path."""
    when = {e.document.id: (_day(e.document), e.document.meta.path) for e in extractions}
    first: dict[str, Relation] = {}
    for relation in mentions:
        if not when[relation.subject][0]:
            continue
        held = first.get(relation.object)
        if held is None or when[relation.subject] < when[held.subject]:
            first[relation.object] = relation
    for ident in sorted(first):
        relation = first[ident]
        yield Relation(
            relation.subject, "introduces", ident, relation.evidence[:1], "first-mention"
        )


def merged(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Each relation once, with the evidence of all that say the same.

    It is inferred only if no text states it; the rule is that of the surest that say it.
    """
    found: dict[tuple[str, str], Relation] = {}
    again: dict[tuple[str, str], list[Relation]] = {}  # few are said twice
    for relation in relations:
        key = relation.subject, relation.id
        first = found.setdefault(key, relation)
        if first is not relation:
            again.setdefault(key, [first]).append(relation)
    found.update((key, _merge(same)) for key, same in again.items())
    return tuple(found[key] for key in sorted(found))


def _merge(same: Sequence[Relation]) -> Relation:
    surest = min(same, key=lambda r: (r.inferred, r.rule))
    evidence = {place: None for relation in same for place in relation.evidence}
    return replace(surest, evidence=tuple(sorted(evidence, key=_place)))


def _relation(document: Document, claim: Claim, ids: Ids) -> Relation | None:
    subject = ids.get((document.id, claim.subject)) if claim.subject else document.id
    target = ids.get((document.id, claim.object)) if claim.object else document.id
    if subject is None or target is None:
        return None
    qualifiers: dict[str, Scalar] = {}
    for key, value in claim.qualifiers:
        given = ids.get((document.id, value)) if isinstance(value, Mention) else value
        if given is not None:
            qualifiers[key] = given
    # A post that was or will be held is not held on the document's date.
    present = claim.predicate == "holdsPost" and "tenure" not in qualifiers
    if present and (date := _date(document)):
        qualifiers.setdefault("asOf", date)
    evidence = document.evidence(claim.span)
    return Relation(
        subject, claim.predicate, target, evidence, claim.rule, qualifiers, claim.inferred
    )


def _date(document: Document) -> str:
    given = document.meta.spoken or document.meta.issued
    return given.value if given else ""


def _day(document: Document) -> str:
    date = _date(document)
    return edtf.bounds(date)[0] if date else ""


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return (evidence.document_id, evidence.begin, evidence.end)
