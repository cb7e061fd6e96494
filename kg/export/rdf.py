"""RDF: the graph as N-Triples and Turtle, in one default graph, without blank nodes.

Each fact is a direct triple, for easy reading, and a statement with the passages it was
derived from. What is n-ary by nature (a place in a list, a post, a figure, a quotation, a
letter, an event) is its own statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from kg import graph as graphs
from kg.export import rdf_edges, rdf_nodes, rdf_terms
from kg.settings import Settings

if TYPE_CHECKING:
    import rdflib


def triples(graph: nx.MultiDiGraph, settings: Settings) -> list[str]:
    """Every triple as a line of N-Triples, sorted, none twice.

    Raises UsageError when the base IRI of the settings cannot begin an IRI.
    """
    lines = rdf_nodes.Lines(settings.base_iri)
    for entity in graphs.entities(graph):
        rdf_nodes.write(lines, entity)
    rdf_edges.write(lines, graph)
    return sorted(lines.lines)


def render_nt(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """The graph as N-Triples."""
    return "".join(triples(graph, settings))


def render_ttl(graph: nx.MultiDiGraph, settings: Settings) -> bytes:
    """The graph as Turtle, by subject."""
    return turtle(render_nt(graph, settings), settings)


def turtle(nt: str, settings: Settings) -> bytes:
    """N-Triples in the order they stand as Turtle with prefixes."""
    from pyoxigraph import RdfFormat, parse, serialize

    found = (quad.triple for quad in parse(nt.encode(), RdfFormat.N_TRIPLES, lenient=True))
    prefixes = rdf_terms.prefixes(settings.base_iri)
    data = serialize(found, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    while data.startswith(b"@prefix"):  # the serialiser's own are in the order of a hash table
        data = data[data.index(b"\n") + 1 :]
    head = "".join(f"@prefix {short}: <{iri}> .\n" for short, iri in sorted(prefixes.items()))
    return head.encode() + b"\n" + data


def to_rdflib(graph: nx.MultiDiGraph, settings: Settings) -> rdflib.Graph:
    """The graph as an ``rdflib.Graph`` with the prefixes of the export."""
    import rdflib

    found = rdflib.Graph()
    for short, iri in rdf_terms.prefixes(settings.base_iri).items():
        found.bind(short, iri)
    return found.parse(data=render_nt(graph, settings), format="nt")
