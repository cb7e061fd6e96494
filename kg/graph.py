"""Graph: entities and relations as a ``networkx.MultiDiGraph``, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, TypeVar

import networkx as nx

from kg.errors import DataError
from kg.model import Entity, Relation
from kg.ontology import ontology

T = TypeVar("T")


def assemble(entities: Iterable[Entity], relations: Iterable[Relation]) -> nx.MultiDiGraph:
    """A graph whose nodes are entity ids and whose edge keys are relation ids.

    Node attributes: kind, name, aliases, attributes, mentions, naming. Edge attributes:
    predicate, evidence, rule, qualifiers, inferred. Nodes and edges are in order of id.
    Raises DataError for an unknown kind or predicate, a relation without evidence or with
    an end that is no node.
    """
    graph = nx.MultiDiGraph()
    for entity in drained(sorted(entities, key=lambda e: e.id, reverse=True)):
        ontology().kind(entity.kind)
        if entity.id in graph:
            raise DataError(f"two entities with one id: {entity.name}", entity.id)
        graph.add_node(entity.id, **_node(entity))
    keyed = [(relation.subject, relation.id, relation) for relation in relations]
    keyed.sort(key=itemgetter(0, 1), reverse=True)
    for subject, key, relation in drained(keyed):
        _check(graph, relation, key)
        graph.add_edge(subject, relation.object, key, **_edge(relation))
    return graph


def drained(items: list[T]) -> Iterator[T]:
    """The items from the last to the first, none of them held any longer.

    >>> drained([1, 2]).__next__()
    2
    """
    while items:
        yield items.pop()


def entity(graph: nx.MultiDiGraph, node: str) -> Entity:
    """The entity of a node."""
    return Entity(id=node, **graph.nodes[node])


def entities(graph: nx.MultiDiGraph, *kinds: str) -> Iterator[Entity]:
    """Entities in order of id, of the given kinds or of all."""
    chosen = (node for node, kind in graph.nodes(data="kind") if not kinds or kind in kinds)
    for node in sorted(chosen):
        yield entity(graph, node)


def relations(graph: nx.MultiDiGraph, *predicates: str) -> Iterator[Relation]:
    """Relations in order of subject and id, of the given predicates or of all."""
    for _, relation in keyed(graph, *predicates):
        yield relation


def keyed(graph: nx.MultiDiGraph, *predicates: str) -> Iterator[tuple[str, Relation]]:
    """The same, each with its id, which is dear to work out anew.

    The relations of one subject are sorted at a time: all of them would take the memory again.
    """
    for subject, targets in sorted(graph.adjacency(), key=itemgetter(0)):
        found = [
            (key, target, data)
            for target, edges in targets.items()
            for key, data in edges.items()
            if not predicates or data["predicate"] in predicates
        ]
        found.sort(key=itemgetter(0))
        for key, target, data in found:
            yield key, Relation(subject=subject, object=target, **data)


def outgoing(graph: nx.MultiDiGraph, node: str, *predicates: str) -> list[Relation]:
    """Relations whose subject is ``node``, by predicate, position and id."""
    found = [
        Relation(subject=node, object=target, **data)
        for _, target, data in graph.out_edges(node, data=True)
        if not predicates or data["predicate"] in predicates
    ]
    return sorted(found, key=_by_predicate)


def incoming(graph: nx.MultiDiGraph, node: str, *predicates: str) -> list[Relation]:
    """Relations whose object is ``node``, by predicate, position and id."""
    found = [
        Relation(subject=source, object=node, **data)
        for source, _, data in graph.in_edges(node, data=True)
        if not predicates or data["predicate"] in predicates
    ]
    return sorted(found, key=_by_predicate)


def _by_predicate(relation: Relation) -> tuple[int, int, str]:
    order = ontology().predicate(relation.predicate).order
    return order, int(relation.qualifiers.get("position", 0)), relation.id


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "kind": entity.kind,
        "name": entity.name,
        "aliases": entity.aliases,
        "attributes": dict(entity.attributes),
        "mentions": entity.mentions,
        "naming": entity.naming,
    }


def _edge(relation: Relation) -> dict[str, Any]:
    return {
        "predicate": relation.predicate,
        "evidence": relation.evidence,
        "rule": relation.rule,
        "qualifiers": dict(relation.qualifiers),
        "inferred": relation.inferred,
    }


def _check(graph: nx.MultiDiGraph, relation: Relation, key: str) -> None:
    predicate = ontology().predicate(relation.predicate)
    where = f"{relation.subject} {relation.predicate} {relation.object}"
    if not relation.evidence:
        raise DataError("a relation without evidence", where)
    ends = [relation.subject, relation.object]
    ends += [str(v) for k, v in relation.qualifiers.items() if k in predicate.node_qualifiers]
    for end in ends:
        if end not in graph:
            raise DataError(f"an end of a relation is no node: {end}", where)
    if graph.has_edge(relation.subject, relation.object, key):
        raise DataError("the same relation twice", where)
