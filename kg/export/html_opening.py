"""Opening: which nodes matter most, which of them the page draws first, and where."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from kg import graph as graphs
from kg.export.layout import layout
from kg.model import Relation

MOST = 96  # nodes drawn at first
FEWEST = 60  # so many, though some be joined to nothing
FEW = 3  # the least share of a kind, and the most of a kind that ranks low
ALONE = 12  # nodes that are joined to nothing, among many that are
STRONG = 3  # strongest co-occurrences of a node that are drawn without being asked for

# Relations that would draw a line from every document to everything in it.
HIDDEN = frozenset({"mentions", "introduces"})
MEMBERS = frozenset({"hasMember", "hasContent", "hasPart"})

# How much a node of a kind counts; 1 for the kinds that are not named.
FACTOR = {
    "Formula": 6.0,
    "Spirit": 2.0,
    "Policy": 1.5,
    "Campaign": 1.5,
    "Event": 1.2,
    "Principle": 0.8,
    "Concept": 0.4,
    "Enumeration": 0.1,
    "ListVersion": 0.2,
    "Place": 0.6,
    "Role": 0.6,
    "Group": 0.6,
    "Indicator": 0.3,
    "Time": 0.1,
    "Statistic": 0.05,
    "Quotation": 0.05,
    "Message": 0.1,
    "Reuse": 0.02,
    "Document": 0.02,
}
LOW = frozenset({"Time", "Statistic", "Quotation", "Message", "Reuse", "Document", "ListVersion"})


@dataclass(frozen=True)
class Picture:
    """What the page draws at first.

    ``weights`` holds every node, the most important first; ``places`` the nodes of the
    opening view with x and y; ``quiet`` the relations (by id) that are drawn only around
    what the reader chooses; ``lines`` the pairs of nodes that the opening view joins.
    """

    weights: Mapping[str, float]
    places: Mapping[str, tuple[float, float]]
    quiet: frozenset[str]
    lines: tuple[tuple[str, str], ...]


def picture(graph: nx.MultiDiGraph) -> Picture:
    """Weights, opening view and quiet relations of a graph."""
    relations = list(graphs.relations(graph))
    quiet = _quiet(relations)
    loud = [r for r in relations if r.id not in quiet and r.subject != r.object]
    weights = _weights(graph, loud)
    chosen = _chosen(graph, weights, _neighbours(loud))
    pairs = {(min(r.subject, r.object), max(r.subject, r.object)) for r in loud}
    lines = tuple(sorted(p for p in pairs if p[0] in chosen and p[1] in chosen))
    return Picture(weights, _places(graph, chosen, quiet), quiet, lines)


def _quiet(relations: Iterable[Relation]) -> frozenset[str]:
    quiet = set()
    shared: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for relation in relations:
        if relation.predicate in HIDDEN:
            quiet.add(relation.id)
        elif relation.predicate == "related":
            quiet.add(relation.id)
            weight = int(relation.qualifiers.get("weight", len(relation.evidence)))
            for end in (relation.subject, relation.object):
                shared[end].append((-weight, relation.id))
    for ranked in shared.values():
        quiet.difference_update(ident for _, ident in sorted(ranked)[:STRONG])
    return frozenset(quiet)


def _neighbours(relations: Iterable[Relation]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        found[relation.subject].add(relation.object)
        found[relation.object].add(relation.subject)
    return found


def _weights(graph: nx.MultiDiGraph, relations: Iterable[Relation]) -> dict[str, float]:
    neighbours = _neighbours(relations)
    found = {}
    for entity in graphs.entities(graph):
        documents = {evidence.document_id for evidence in entity.mentions}
        degree = len(neighbours.get(entity.id, ()))
        size = (1 + degree) * (1 + len(documents)) + math.log1p(len(entity.mentions))
        found[entity.id] = round(size * FACTOR.get(entity.kind, 1.0), 2)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _chosen(
    graph: nx.MultiDiGraph, weights: Mapping[str, float], neighbours: Mapping[str, set[str]]
) -> frozenset[str]:
    """The most important nodes, a fair share of every kind, few that stand alone."""
    if len(weights) <= MOST:
        return frozenset(weights)
    kinds = {ident: str(graph.nodes[ident]["kind"]) for ident in weights}
    sizes = Counter(kinds.values())
    parts = {kind: math.sqrt(size) * FACTOR.get(kind, 1.0) ** 0.5 for kind, size in sizes.items()}
    total = math.fsum(part for kind, part in parts.items() if kind not in LOW) or 1.0
    joined: list[str] = []
    for room in (1.0, 1.2, 1.5, 2.0, 3.0, 5.0):  # kinds with few members leave room to the others
        if len(joined) < MOST - ALONE:
            share = {
                kind: (FEW if room > 1.6 else 0)
                if kind in LOW
                else max(FEW, round(room * MOST * part / total))
                for kind, part in parts.items()
            }
            candidates = _shared(weights, kinds, share)
            pool = set(candidates)
            joined = [ident for ident in candidates if neighbours.get(ident, set()) & pool]
            alone = [ident for ident in candidates if not neighbours.get(ident, set()) & pool]
    lonely = max(ALONE, FEWEST - len(joined))
    return frozenset([*joined[: MOST - ALONE], *alone[:lonely]])


def _shared(
    weights: Mapping[str, float], kinds: Mapping[str, str], share: Mapping[str, int]
) -> list[str]:
    """The most important nodes, of each kind no more than its share."""
    taken: Counter[str] = Counter()
    found = []
    for ident in weights:
        if taken[kinds[ident]] < share[kinds[ident]]:
            taken[kinds[ident]] += 1
            found.append(ident)
    return found


def _places(
    graph: nx.MultiDiGraph, chosen: frozenset[str], quiet: frozenset[str]
) -> dict[str, tuple[float, float]]:
    """Positions of the opening view, laid out by itself; the page parts what still overlaps."""
    drawn = nx.MultiDiGraph()
    drawn.add_nodes_from(sorted(chosen))
    edges = graph.edges(keys=True, data=True)
    for subject, target, ident, data in sorted(edges, key=lambda e: (e[0], e[2])):
        if subject in chosen and target in chosen and ident not in quiet:
            drawn.add_edge(subject, target, ident, **data)
    return {ident: (x, y) for ident, (x, y, _) in layout(drawn).items()}
