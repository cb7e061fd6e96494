"""Graph: entities and relations as a ``networkx.MultiDiGraph``, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import networkx as nx

from kg.attributes import Attributes, Edge, Node
from kg.errors import DataError
from kg.model import Entity, Relation
from kg.ontology import ontology

T = TypeVar("T")

#: A node: its id, then its packed attributes. An edge: subject, id, object, then its own.
Row = tuple[Any, ...]


class KnowledgeGraph(nx.MultiDiGraph):  # type: ignore[misc]
    """A ``networkx.MultiDiGraph`` whose attributes take little memory."""

    node_attr_dict_factory = Node
    edge_attr_dict_factory = Edge


def assemble(entities: Iterable[Entity], relations: Iterable[Relation]) -> nx.MultiDiGraph:
    """A graph whose nodes are entity ids and whose edge keys are relation ids.

    Node attributes: kind, name, aliases, attributes, mentions, naming. Edge attributes:
    predicate, evidence, rule, qualifiers, inferred. Nodes and edges are in order of id.
    Raises DataError for an unknown kind or predicate, a relation without evidence or with
    an end that is no node.
    """
    nodes = map(node_row, sorted(entities, key=attrgetter("id")))
    edges = [edge_row(relation.id, relation) for relation in relations]
    return of_rows(nodes, sorted(edges, key=itemgetter(0, 1)))


def node_row(entity: Entity) -> Row:
    """An entity as a row of a graph."""
    return entity.id, *Node.packed(_node(entity))


def edge_row(key: str, relation: Relation) -> Row:
    """A relation, whose id is ``key``, as a row of a graph; raises DataError if nothing says so."""
    if not relation.evidence:
        where = f"{relation.subject} {relation.predicate} {relation.object}"
        raise DataError("a relation without evidence", where)
    return relation.subject, key, relation.object, *Edge.packed(_edge(relation))


def of_rows(nodes: Iterable[Row], edges: Iterable[Row]) -> nx.MultiDiGraph:
    """The graph of rows in order; raises DataError as ``assemble`` does."""
    graph = KnowledgeGraph()
    for ident, *state in nodes:
        if ident in graph:
            raise DataError(f"two entities with one id: {state[1]}", ident)
        graph.add_node(ident)
        graph.nodes[ident].restore(state)
        ontology().kind(graph.nodes[ident]["kind"])
    for subject, key, target, *state in edges:
        _check(graph, subject, key, target, state)
        graph.add_edge(subject, target, key)
        graph.get_edge_data(subject, target, key).restore(state)
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
    return Entity(id=node, **_plain(graph.nodes[node]))


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
            yield key, Relation(subject=subject, object=target, **_plain(data))


def outgoing(graph: nx.MultiDiGraph, node: str, *predicates: str) -> list[Relation]:
    """Relations whose subject is ``node``, by predicate, position and id."""
    found = [
        Relation(subject=node, object=target, **_plain(data))
        for _, target, data in graph.out_edges(node, data=True)
        if not predicates or data["predicate"] in predicates
    ]
    return sorted(found, key=_by_predicate)


def incoming(graph: nx.MultiDiGraph, node: str, *predicates: str) -> list[Relation]:
    """Relations whose object is ``node``, by predicate, position and id."""
    found = [
        Relation(subject=source, object=node, **_plain(data))
        for source, _, data in graph.in_edges(node, data=True)
        if not predicates or data["predicate"] in predicates
    ]
    return sorted(found, key=_by_predicate)


def _by_predicate(relation: Relation) -> tuple[int, int, str]:
    order = ontology().predicate(relation.predicate).order
    return order, int(relation.qualifiers.get("position", 0)), relation.id


def _plain(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return data.unpacked() if isinstance(data, Attributes) else data


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


def _check(
    graph: nx.MultiDiGraph, subject: str, key: str, target: str, state: Sequence[Any]
) -> None:
    predicate = ontology().predicate(state[0])
    ends = [subject, target]
    if predicate.node_qualifiers:
        edge = Edge()
        edge.restore(state)
        found = edge["qualifiers"]
        ends += [str(found[name]) for name in found if name in predicate.node_qualifiers]
    where = f"{subject} {predicate.name} {target}"
    for end in ends:
        if end not in graph:
            raise DataError(f"an end of a relation is no node: {end}", where)
    if graph.has_edge(subject, target, key):
        raise DataError("the same relation twice", where)
