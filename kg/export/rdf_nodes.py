"""RDF of nodes: what the export says of an entity, a statement or a document by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from kg import edtf
from kg.export import rdf_terms as terms
from kg.export.rdf_spool import Spool
from kg.model import Alias, Entity, Evidence, Scalar, fingerprint
from kg.namespaces import DCT, ITSRDF, KG, NIF, PROV, RDF, SCHEMA, SKOS
from kg.ontology import ontology

Literal = Callable[[Scalar], str]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _plain(value: Scalar) -> str:
    return terms.text(str(value))


def _chinese(value: Scalar) -> str:
    return terms.text(str(value), "zh")


def _true(value: Scalar) -> str:
    return terms.TRUE if value is True else ""


def _decimal(value: Scalar) -> str:
    return terms.number(value, whole=False)


# What every list says of itself.
LISTING: dict[str, tuple[str, Literal]] = {
    "number": (SCHEMA + "numberOfItems", terms.number),
    "listedFrom": (KG + "listedFrom", terms.day),
    "listedUntil": (KG + "listedUntil", terms.day),
}
# Attributes of a node's own kind: name in the graph -> property and form of the literal.
ATTRIBUTES: dict[str, dict[str, tuple[str, Literal]]] = {
    "Document": {
        "path": (DCT + "identifier", _plain),
        "publisher": (DCT + "publisher", _chinese),
        "encoding": (KG + "encoding", _plain),
        "extractedText": (KG + "extractedText", _plain),
        "text": (NIF + "isString", _plain),
    },
    "Formula": {**LISTING, "status": (KG + "status", _plain)},
    "Enumeration": LISTING,
    "ListVersion": LISTING,
    "Spirit": LISTING,
    "Time": {"isoDuration": (KG + "isoDuration", _plain)},
    "Statistic": {
        "value": (SCHEMA + "value", terms.number),
        "valueText": (KG + "valueText", _plain),
        "unitText": (SCHEMA + "unitText", _plain),
        "unitCode": (SCHEMA + "unitCode", _plain),
        "baseValue": (KG + "baseValue", terms.number),
        "minValue": (SCHEMA + "minValue", terms.number),
        "maxValue": (SCHEMA + "maxValue", terms.number),
        "approximate": (KG + "approximate", _true),
        "change": (KG + "change", _plain),
        "against": (KG + "against", _plain),
    },
    "Quotation": {
        "text": (SCHEMA + "text", _chinese),
        "verb": (KG + "verb", _plain),
        "occasion": (KG + "occasion", _plain),
    },
    "Reuse": {"score": (KG + "score", _decimal)},
}
_bounds = lru_cache(4096)(edtf.bounds)  # dates and rules are few and come again and again
_rule = lru_cache(1024)(terms.text)
AUTHORS = "；"  # parts the names in a document's attribute ``creator``


class Lines:
    """The triples of an export as N-Triples lines, into a spool."""

    def __init__(self, base: str, spool: Spool) -> None:
        self.base = terms.check_base(base)
        self._spool = spool
        self._passages: dict[tuple[str, int, int, str], str] = {}

    def iri(self, local: str) -> str:
        """The IRI of a node, statement or passage from its local part."""
        return f"<{self.base}{local}>"

    def add(self, subject: str, predicate: str, value: str) -> None:
        """A triple; an empty value adds none."""
        if value:
            self._spool.add(subject, f"{subject} <{predicate}> {value} .\n")

    def type(self, subject: str, *classes: str) -> None:
        """State the classes of a subject."""
        for name in classes:
            self._spool.add(subject, f"{subject} <{RDF}type> <{name}> .\n")

    def passage(self, evidence: Evidence) -> str:
        """The IRI of a passage, stated if it is new."""
        key = (evidence.document_id, evidence.begin, evidence.end, evidence.text)
        known = self._passages.get(key)
        if known is not None:
            return known
        if self._spool.is_full:  # a passage that is stated again later is still written once
            self._spool.spill()
            self._passages.clear()
        document = evidence.document_id.removeprefix("d/")
        iri = f"<{self.base}p/{document}_{evidence.begin}_{evidence.end}>"
        self._passages[key] = iri
        self._spool.add(
            iri,
            f"{iri} <{RDF}type> <{NIF}OffsetBasedString> .\n"
            f"{iri} <{NIF}referenceContext> <{self.base}{evidence.document_id}> .\n"
            f"{iri} <{NIF}beginIndex> {terms.number(evidence.begin)} .\n"
            f"{iri} <{NIF}endIndex> {terms.number(evidence.end)} .\n",
        )
        self.add(iri, NIF + "anchorOf", terms.text(evidence.quote))
        if evidence.text and evidence.text != evidence.quote:
            self.add(iri, KG + "quote", terms.text(evidence.text))
        if evidence.page:
            self.add(iri, KG + "page", terms.number(evidence.page))
        return iri

    def derived(
        self, subject: str, evidence: Iterable[Evidence], *, rule: str = "", inferred: bool = False
    ) -> None:
        """Where a statement comes from, by which rule, and whether it is inferred."""
        for place in evidence:
            passage = self.passage(place)
            self._spool.add(subject, f"{subject} <{PROV}wasDerivedFrom> {passage} .\n")
        if rule:
            self.add(subject, KG + "rule", _rule(rule))
        if inferred:
            self.add(subject, KG + "inferred", terms.TRUE)

    def statement(self, local: str, subject: str, predicate: str, value: str) -> str:
        """An rdf:Statement for one direct triple; returns its IRI."""
        iri = self.iri(local)
        self._spool.add(
            iri,
            f"{iri} <{RDF}type> <{RDF}Statement> .\n"
            f"{iri} <{RDF}subject> {subject} .\n"
            f"{iri} <{RDF}predicate> <{predicate}> .\n",
        )
        self.add(iri, RDF + "object", value)
        return iri

    def bounds(self, subject: str, value: str, begin: Scalar = "", end: Scalar = "") -> None:
        """kg:from and kg:until of an EDTF date, computed where they are not given."""
        known = _bounds(value)
        self.add(subject, KG + "from", terms.day(begin or known[0]))
        self.add(subject, KG + "until", terms.day(end or known[1]))


def write(lines: Lines, entity: Entity) -> None:
    """Everything that a node says by itself: classes, names, attributes, places."""
    kind = ontology().kind(entity.kind)
    iri = lines.iri(entity.id)
    lines.type(iri, *kind.types)
    for key, (predicate, literal) in ATTRIBUTES.get(entity.kind, {}).items():
        if entity.attributes.get(key, "") != "":
            lines.add(iri, predicate, literal(entity.attributes[key]))
    if kind.layer == "document":
        _document(lines, iri, entity)
        return
    _dates(lines, iri, entity)
    rule = str(entity.attributes.get("rule", ""))
    inferred = entity.attributes.get("inferred") is True
    if kind.layer == "statement":
        lines.derived(iri, entity.mentions, rule=rule, inferred=inferred)
        return
    lines.derived(iri, (), rule=rule, inferred=inferred)
    _names(lines, iri, entity, SKOS + "prefLabel")
    for place in entity.mentions:
        passage = lines.passage(place)
        lines.add(passage, ITSRDF + "taIdentRef", iri)
        if place.in_name:
            lines.add(passage, KG + "inName", terms.TRUE)
        if place.inferred:
            lines.add(passage, KG + "inferred", terms.TRUE)
            lines.add(passage, KG + "rule", terms.text(place.inferred))
        lines.add(lines.iri(place.document_id), SCHEMA + "mentions", iri)


def _document(lines: Lines, iri: str, entity: Entity) -> None:
    _names(lines, iri, entity, DCT + "title")
    for name in str(entity.attributes.get("creator", "")).split(AUTHORS):
        if name.strip():
            lines.add(iri, DCT + "creator", terms.text(name.strip(), "zh"))
    _issued(lines, iri, str(entity.attributes.get("issued", "")))


def _issued(lines: Lines, iri: str, value: str) -> None:
    if terms.day(value):
        lines.add(iri, DCT + "issued", terms.day(value))
    elif value:
        lines.add(iri, KG + "edtf", terms.date(value))
        lines.bounds(iri, value)


def _dates(lines: Lines, iri: str, entity: Entity) -> None:
    given = entity.attributes
    value = str(given.get("edtf", ""))
    if value:
        lines.add(iri, KG + "edtf", terms.date(value))
    if value or "from" in given or "until" in given:
        lines.bounds(iri, value, given.get("from", ""), given.get("until", ""))
    if entity.kind == "Event":
        for predicate, literal in days(entity):
            lines.add(iri, predicate, literal)
    if entity.kind == "ListVersion":
        _issued(lines, iri, str(given.get("issued", "")))


def days(event: Entity) -> list[tuple[str, str]]:
    """First and last day of an event where they are known: property and literal."""
    start, _, end = str(event.attributes.get("edtf", "")).partition("/")
    known = {
        SCHEMA + "startDate": event.attributes.get("startDate", start),
        SCHEMA + "endDate": event.attributes.get("endDate", end or start),
    }
    return [(key, terms.day(value)) for key, value in known.items() if terms.day(value)]


def _names(lines: Lines, iri: str, entity: Entity, predicate: str) -> None:
    label = terms.text(entity.name, "zh")
    lines.add(iri, predicate, label)
    if entity.naming and entity.naming.evidence:
        naming = entity.naming
        local = "s/" + fingerprint(entity.id, predicate, naming.name)
        statement = lines.statement(local, iri, predicate, label)
        lines.derived(statement, naming.evidence, rule=naming.rule, inferred=True)
    for alias in other_names(entity):
        other = terms.text(alias.name, "zh")
        if not alias.evidence:
            lines.add(iri, SKOS + "hiddenLabel", other)
            continue
        lines.add(iri, SKOS + "altLabel", other)
        local = "s/" + fingerprint(entity.id, SKOS + "altLabel", alias.name)
        statement = lines.statement(local, iri, SKOS + "altLabel", other)
        lines.derived(statement, alias.evidence, rule=alias.rule, inferred=alias.inferred)


def other_names(entity: Entity) -> list[Alias]:
    """Aliases that differ from the preferred label: a label is never both."""
    return [alias for alias in entity.aliases if alias.name != entity.name]
