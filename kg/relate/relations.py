"""Relations: claims of all documents, and what only the whole corpus can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from kg import edtf
from kg.model import Claim, Document, Evidence, Extraction, Mention, Relation, Scalar
from kg.relate.base import Ids


def relations(
    extractions: Sequence[Extraction], ids: Ids, others: Iterable[Relation]
) -> Iterator[tuple[str, Relation]]:
    """Every relation once, with its id, in order of subject and id; ``others`` are those that
    are not told by one document.

    Most begin at a document, and the ids of documents come before all others: they are made
    when their turn comes, and never held together.
    """
    owned: dict[str, list[Relation]] = defaultdict(list)
    rest = []
    for relation in chain(stated(extractions, ids), others):
        if relation.subject in ids:
            owned[relation.subject].append(relation)
        else:
            rest.append(relation)
    first = introduced(extractions, ids)
    for document in sorted((e.document for e in extractions), key=attrgetter("id")):
        named = list(mentioned(document, ids[document.id]))
        introductions = (
            replace(
                relation, predicate="introduces", evidence=relation.evidence[:1],
                rule="first-mention", qualifiers={},
            )
            for relation in named
            if first.get(relation.object) == document.id
        )  # fmt: skip
        yield from merged(chain(owned.pop(document.id, ()), named, introductions))
    yield from merged(rest)


def stated(extractions: Sequence[Extraction], ids: Ids) -> Iterator[Relation]:
    """A relation for every claim whose two ends are entities."""
    for extraction in extractions:
        for claim in extraction.claims:
            if claim.predicate != "alias":
                document = extraction.document
                relation = _relation(document, claim, ids[document.id])
                if relation is not None and relation.subject != relation.object:
                    yield relation


def mentioned(document: Document, own: Mapping[Mention, str]) -> Iterator[Relation]:
    """Document -> every entity that one of its passages names."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for mention, ident in own.items():
        if _is_entity(ident):
            found[ident] += document.evidence(mention.span)
    for ident in sorted(found):
        evidence = tuple(sorted(dict.fromkeys(found[ident]), key=_place))
        yield Relation(
            document.id, "mentions", ident, evidence, "mention", {"weight": len(evidence)}
        )


def introduced(extractions: Sequence[Extraction], ids: Ids) -> dict[str, str]:
    """Every entity that a dated document names -> the first of them, by date, then path."""
    dated = [(day, e.document) for e in extractions if (day := _day(e.document))]
    first: dict[str, str] = {}
    for _, document in sorted(dated, key=lambda one: (one[0], one[1].meta.path)):
        for ident in ids[document.id].values():
            if _is_entity(ident):
                first.setdefault(ident, document.id)
    return first


def _is_entity(ident: str) -> bool:
    return ident.startswith("e/")


def merged(relations: Iterable[Relation]) -> list[tuple[str, Relation]]:
    """Each relation once, with its id and the evidence of all that say the same, in order of
    subject and id.

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
    return [(key[1], found[key]) for key in sorted(found)]


def _merge(same: Sequence[Relation]) -> Relation:
    surest = min(same, key=lambda r: (r.inferred, r.rule))
    evidence = {place: None for relation in same for place in relation.evidence}
    return replace(surest, evidence=tuple(sorted(evidence, key=_place)))


def _relation(document: Document, claim: Claim, own: Mapping[Mention, str]) -> Relation | None:
    subject = own.get(claim.subject) if claim.subject else document.id
    target = own.get(claim.object) if claim.object else document.id
    if subject is None or target is None:
        return None
    qualifiers: dict[str, Scalar] = {}
    for key, value in claim.qualifiers:
        given = own.get(value) if isinstance(value, Mention) else value
        if given is not None:
            qualifiers[key] = given
    # A post that was or will be held is not held on the document's date.
    present = claim.predicate == "holdsPost" and "tenure" not in qualifiers
    # Whoever made a page (编辑, editor) did so when it was printed, not when the speech was given.
    date = (claim.rule == "credit" and _printed(document)) or _date(document)
    if present and date:
        qualifiers.setdefault("asOf", date)
    evidence = document.evidence(claim.span)
    return Relation(
        subject, claim.predicate, target, evidence, claim.rule, qualifiers, claim.inferred
    )


def _date(document: Document) -> str:
    given = document.meta.spoken or document.meta.issued
    return given.value if given else ""


def _printed(document: Document) -> str:
    return document.meta.issued.value if document.meta.issued else ""


def _day(document: Document) -> str:
    date = _date(document)
    return edtf.bounds(date)[0] if date else ""


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return (evidence.document_id, evidence.begin, evidence.end)
