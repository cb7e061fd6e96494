"""RDF of edges: one function for each shape that the ontology declares."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx

from kg import graph as graphs
from kg.export import rdf_terms as terms
from kg.export.rdf_nodes import Lines, days
from kg.model import Entity, Relation, fingerprint
from kg.namespaces import KG, ORG, SCHEMA
from kg.ontology import ontology

DATING = frozenset({"heldOn", "observedOn", "saidOn", "sentOn"})
UNIT = "unitOf"  # its subject is a unit, as the organization ontology has it
PASSAGES = frozenset({"earlier", "later"})  # their objects are the passages, not the documents


def write(lines: Lines, graph: nx.MultiDiGraph) -> None:
    """Everything that the edges of a graph say."""
    for key, relation in graphs.keyed(graph):
        SHAPES[ontology().predicate(relation.predicate).shape](lines, graph, key, relation)
    for event in graphs.entities(graph, "Event"):
        _event(lines, graph, event)
    for unnamed in graphs.entities(graph, "Enumeration"):
        if "number" not in unnamed.attributes:  # no name announces it
            members = len(graphs.outgoing(graph, unnamed.id, "hasMember"))
            lines.add(lines.iri(unnamed.id), SCHEMA + "numberOfItems", terms.number(members))


def _direct(lines: Lines, relation: Relation) -> tuple[str, str, str]:
    predicate = ontology().predicate(relation.predicate).iri
    subject, target = lines.iri(relation.subject), lines.iri(relation.object)
    lines.add(subject, predicate, target)
    return subject, predicate, target


def _binary(lines: Lines, graph: nx.MultiDiGraph, key: str, relation: Relation) -> None:
    statement = lines.statement(key, *_direct(lines, relation))
    lines.derived(statement, relation.evidence, rule=relation.rule, inferred=relation.inferred)
    if relation.predicate == UNIT:
        lines.type(lines.iri(relation.subject), ORG + "OrganizationalUnit")
    if "weight" in relation.qualifiers:
        lines.add(statement, KG + "weight", terms.number(relation.qualifiers["weight"]))
    _when(lines, statement, relation)


def _shortcut(lines: Lines, graph: nx.MultiDiGraph, key: str, relation: Relation) -> None:
    _direct(lines, relation)


def _part(lines: Lines, graph: nx.MultiDiGraph, key: str, relation: Relation) -> None:
    """The subject is the statement and carries the evidence; an event's is written later."""
    subject = graphs.entity(graph, relation.subject)
    iri = lines.iri(subject.id)
    if relation.predicate in PASSAGES:
        for place in relation.evidence:
            lines.add(iri, KG + relation.predicate, lines.passage(place))
        return
    direct = _direct(lines, relation)
    # A figure's own passage ends at its unit, so that what is said of it elsewhere, as
    # everything that is inferred, has its own statement.
    elsewhere = subject.kind == "Statistic" and bool(set(relation.evidence) - set(subject.mentions))
    if relation.inferred or (elsewhere and subject.mentions):
        statement = lines.statement(key, *direct)
        lines.derived(statement, relation.evidence, rule=relation.rule, inferred=relation.inferred)
        if relation.inferred and relation.predicate in DATING:
            _inferred_dates(lines, subject, relation)
    elif subject.kind != "Event":
        rule = "" if "rule" in subject.attributes else relation.rule
        lines.derived(iri, relation.evidence, rule=rule)


def _inferred_dates(lines: Lines, subject: Entity, relation: Relation) -> None:
    """Statements for the date that a node has from an inferred relation alone."""
    value = str(subject.attributes.get("edtf", ""))
    found = [(KG + "edtf", terms.date(value))] if value else []
    if subject.kind == "Event":
        found += days(subject)
    for predicate, literal in found:
        local = "s/" + fingerprint(subject.id, predicate, literal)
        statement = lines.statement(local, lines.iri(subject.id), predicate, literal)
        lines.derived(statement, relation.evidence, rule=relation.rule, inferred=True)


def _event(lines: Lines, graph: nx.MultiDiGraph, event: Entity) -> None:
    parts = [
        relation
        for relation in graphs.outgoing(graph, event.id)
        if ontology().predicate(relation.predicate).shape == "part"
    ]
    stated = [relation for relation in parts if not relation.inferred]
    iri = lines.iri(event.id)
    for relation in stated or parts:
        lines.derived(iri, relation.evidence, rule=relation.rule)
    if not stated:  # what a table knows of an event is known wherever a text names it
        rule = "" if parts else str(event.attributes.get("rule", "mention"))
        lines.derived(iri, event.mentions, rule=rule)
    dating = [relation for relation in parts if relation.predicate in DATING]
    known = dating and all(relation.inferred for relation in dating)
    if known or event.attributes.get("inferredDates") is True:
        lines.derived(iri, (), inferred=True)


def _list_item(lines: Lines, graph: nx.MultiDiGraph, key: str, relation: Relation) -> None:
    subject, _, target = _direct(lines, relation)
    item = lines.iri(key)
    lines.type(subject, SCHEMA + "ItemList")
    lines.add(subject, SCHEMA + "itemListElement", item)
    lines.type(item, SCHEMA + "ListItem")
    lines.add(item, SCHEMA + "item", target)
    if "position" in relation.qualifiers:
        lines.add(item, SCHEMA + "position", terms.number(relation.qualifiers["position"]))
    lines.derived(item, relation.evidence, rule=relation.rule, inferred=relation.inferred)


def _membership(lines: Lines, graph: nx.MultiDiGraph, key: str, relation: Relation) -> None:
    post = lines.iri(key)
    lines.type(post, ORG + "Membership")
    lines.add(post, ORG + "member", lines.iri(relation.subject))
    lines.add(post, ORG + "role", lines.iri(relation.object))
    if "organization" in relation.qualifiers:
        body = lines.iri(str(relation.qualifiers["organization"]))
        lines.add(post, ORG + "organization", body)
    if "tenure" in relation.qualifiers:  # former or proposed: not held now
        lines.add(post, KG + "tenure", terms.text(str(relation.qualifiers["tenure"])))
    lines.derived(post, relation.evidence, rule=relation.rule, inferred=relation.inferred)
    _when(lines, post, relation)


def _when(lines: Lines, statement: str, relation: Relation) -> None:
    """When a relation is attested: kg:asOf as a day, else as EDTF; bounds in either case."""
    given = relation.qualifiers
    value = str(given.get("asOf", ""))
    if value:
        lines.add(statement, KG + "asOf", terms.day(value) or terms.date(value))
    if value or "from" in given or "until" in given:
        lines.bounds(statement, value, given.get("from", ""), given.get("until", ""))


SHAPES: dict[str, Callable[[Lines, nx.MultiDiGraph, str, Relation], None]] = {
    "binary": _binary,
    "part": _part,
    "list-item": _list_item,
    "membership": _membership,
    "shortcut": _shortcut,
}
