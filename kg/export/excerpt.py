"""Excerpt: the most important part of a graph that is too large for a page, a picture, a sheet.

What is left out is counted, so that the page can say so; nothing is left out of ``graph.jsonl``
and the RDF files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import log1p
from typing import Any

import networkx as nx

from kg import graph as graphs
from kg.export.html_opening import FACTOR
from kg.model import Evidence

WHOLE = "whole"  # graph attribute of an excerpt: documents, nodes, relations it is taken from
EDGES = 5  # edges there may be for each node
DOCUMENTS = 3  # one node in so many may be a document
MENTIONS = 100  # places of a node, and of an edge, that are kept at most
TEXTS = 20_000_000  # characters of raw text that are kept at most, in all


def excerpt(graph: nx.MultiDiGraph, most: int) -> nx.MultiDiGraph:
    """The graph itself if it has at most ``most`` nodes, else its most important nodes.

    A node counts by its kind, the relations it has and how often it is named; of the documents
    those that speak of most. Edges stay where both ends do and some evidence does, but of those
    that only say which document names a thing no more than there is room for; every piece of
    evidence stands in a document that is kept. The graph is not changed.
    """
    if graph.number_of_nodes() <= most:
        return graph
    documents, things = _ranked(graph)
    kept = {*documents[: most // DOCUMENTS]}
    kept.update(things[: most - len(kept)])
    found = nx.MultiDiGraph()
    found.graph[WHOLE] = len(documents), graph.number_of_nodes(), graph.number_of_edges()
    room = TEXTS
    for node in sorted(kept):
        data = graph.nodes[node].copy()
        data["mentions"] = _places(data["mentions"], kept)
        if data["kind"] == "Document":
            room -= len(str(data["attributes"].get("text", "")))
            if room < 0:
                data["attributes"] = _without_text(data["attributes"])
        found.add_node(node, **data)
    left_out = _crowded(graph, kept, documents, most * EDGES)
    for subject, target, key, data in graph.edges(keys=True, data=True):
        if subject in kept and target in kept and key not in left_out:
            plain = data.copy()
            plain["evidence"] = _places(plain["evidence"], kept)
            if plain["evidence"]:
                found.add_edge(subject, target, key, **plain)
    return found


def _crowded(
    graph: nx.MultiDiGraph, kept: set[str], documents: Sequence[str], room: int
) -> set[str]:
    """Mentions that are too many: of each thing those by the least important documents."""
    naming: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rank = {document: place for place, document in enumerate(documents)}
    for subject, target, key, predicate in graph.edges(keys=True, data="predicate"):
        if subject in kept and target in kept:
            if predicate == "mentions":
                naming[target].append((rank[subject], key))
            else:
                room -= 1
    sizes = Counter(len(found) for found in naming.values())
    each, last = 0, max(sizes, default=0)  # mentions of a thing that stay
    while each < last and (room := room - sum(n for size, n in sizes.items() if size > each)) >= 0:
        each += 1
    return {key for found in naming.values() for _, key in sorted(found)[each:]}


def described(graph: nx.MultiDiGraph) -> str:
    """What an excerpt leaves out, in a sentence; empty for a whole graph."""
    if WHOLE not in graph.graph:
        return ""
    documents, nodes, relations = graph.graph[WHOLE]
    return (
        f"The {graph.number_of_nodes():,} most important of {nodes:,} nodes ({documents:,} of them "
        f"documents) and {graph.number_of_edges():,} of {relations:,} relations; "
        "graph.jsonl and graph.nt hold them all."
    )


def _ranked(graph: nx.MultiDiGraph) -> tuple[list[str], list[str]]:
    """Documents and other nodes, the most important first."""
    degree: Counter[str] = Counter()
    for subject, target, predicate in graph.edges(data="predicate"):
        if predicate not in ("mentions", "introduces"):
            degree[subject] += 1
            degree[target] += 1
    documents, things = [], []
    for entity in graphs.entities(graph):
        if entity.kind == "Document":
            documents.append((-graph.degree(entity.id), entity.id))
        else:
            places = {evidence.document_id for evidence in entity.mentions}
            size = (1 + degree[entity.id]) * (1 + len(places)) + log1p(len(entity.mentions))
            things.append((-size * FACTOR.get(entity.kind, 1.0), entity.id))
    return [node for _, node in sorted(documents)], [node for _, node in sorted(things)]


def _places(evidence: Iterable[Evidence], kept: set[str]) -> tuple[Evidence, ...]:
    return tuple(islice((e for e in evidence if e.document_id in kept), MENTIONS))


def _without_text(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in attributes.items() if key not in ("text", "passages")}
