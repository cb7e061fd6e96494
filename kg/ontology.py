"""Kinds and predicates, read from ``data/ontology.ttl``; an unknown name raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import DataError
from kg.namespaces import KG, RDF, RDFS, SCHEMA


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node: its slug in IRIs, its public classes, its look and its names."""

    name: str
    order: int
    slug: str
    layer: str  # entity, statement, document
    types: tuple[str, ...]  # IRIs of the classes that RDF states
    label_en: str
    label_zh: str
    comment_en: str  # what it is, in a sentence
    comment_zh: str
    glyph: str
    colour: str  # "#rrggbb"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A kind of edge: its public property and the shape it is written in."""

    name: str
    order: int
    shape: str  # binary, part, list-item, membership, shortcut
    iri: str
    label_en: str
    label_zh: str
    node_qualifiers: frozenset[str]
    subjects: frozenset[str]  # names of kinds; none where anything may stand
    objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ontology:
    """Closed tables of kinds and predicates, in the order of the legend."""

    kinds: Mapping[str, Kind]
    predicates: Mapping[str, Predicate]

    def kind(self, name: str) -> Kind:
        """The kind called ``name``; raises DataError when there is none."""
        if name not in self.kinds:
            raise DataError(f"unknown kind of node {name!r}", "ontology", _known(self.kinds))
        return self.kinds[name]

    def predicate(self, name: str) -> Predicate:
        """The predicate called ``name``; raises DataError when there is none."""
        if name not in self.predicates:
            raise DataError(f"unknown predicate {name!r}", "ontology", _known(self.predicates))
        return self.predicates[name]


def _known(names: Mapping[str, object]) -> str:
    return "known: " + ", ".join(names)


def source() -> str:
    """The ontology as Turtle, as it is published beside an export."""
    return (files("kg") / "data" / "ontology.ttl").read_text("utf-8")


@cache
def ontology() -> Ontology:
    """The ontology of the package.

    >>> ontology().kind("Person").slug
    'person'
    """
    from pyoxigraph import Literal, RdfFormat, parse

    rows: dict[str, dict[str, list[str]]] = {}
    for quad in parse(source().encode(), format=RdfFormat.TURTLE):
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        key = predicate.replace(KG, "kg:").replace(RDFS, "rdfs:").replace(RDF, "rdf:")
        if isinstance(value, Literal) and value.language:
            key += "@" + value.language
        rows.setdefault(subject, {}).setdefault(key, []).append(value.value)
    kinds, predicates = [], []
    for iri, row in rows.items():
        name = iri.removeprefix(KG)
        if KG + "NodeKind" in row.get("rdf:type", ()):
            kinds.append(_kind(name, row))
        elif KG + "Predicate" in row.get("rdf:type", ()):
            predicates.append(_predicate(name, row))
    return Ontology(
        {k.name: k for k in sorted(kinds, key=lambda k: k.order)},
        {p.name: p for p in sorted(predicates, key=lambda p: p.order)},
    )


def _kind(name: str, row: Mapping[str, list[str]]) -> Kind:
    return Kind(
        name=name,
        order=int(row["kg:order"][0]),
        slug=row["kg:slug"][0],
        layer=row["kg:layer"][0],
        types=tuple(row["kg:writtenAs"]),
        label_en=row["rdfs:label@en"][0],
        label_zh=row["rdfs:label@zh"][0],
        comment_en=row["rdfs:comment@en"][0],
        comment_zh=row["rdfs:comment@zh"][0],
        glyph=row["kg:glyph"][0],
        colour=row["kg:colour"][0],
    )


def _predicate(name: str, row: Mapping[str, list[str]]) -> Predicate:
    return Predicate(
        name=name,
        order=int(row["kg:order"][0]),
        shape=row["kg:shape"][0],
        iri=row["kg:writtenAs"][0],
        label_en=row["rdfs:label@en"][0],
        label_zh=row["rdfs:label@zh"][0],
        node_qualifiers=frozenset(row.get("kg:nodeQualifier", ())),
        subjects=_ends(row, "rdfs:domain", SCHEMA + "domainIncludes"),
        objects=_ends(row, "rdfs:range", SCHEMA + "rangeIncludes"),
    )


def _ends(row: Mapping[str, list[str]], *keys: str) -> frozenset[str]:
    return frozenset(iri.removeprefix(KG) for key in keys for iri in row.get(key, ()))
