"""RDF: the graph as N-Triples and Turtle, in one default graph, without blank nodes.

Each fact is a direct triple, for easy reading, and a statement with the passages it was
derived from. What is n-ary by nature (a place in a list, a post, a figure, a quotation, a
letter, an event) is its own statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import networkx as nx

from kg import graph as graphs
from kg.export import rdf_edges, rdf_nodes, rdf_terms, rdf_turtle
from kg.export.rdf_spool import Spool
from kg.settings import Settings

if TYPE_CHECKING:
    import rdflib


@contextmanager
def spooled(graph: nx.MultiDiGraph, settings: Settings) -> Iterator[Spool]:
    """Every triple as a line of N-Triples, to be gone through more than once.

    Raises UsageError when the base IRI of the settings cannot begin an IRI.
    """
    with Spool(len(settings.base_iri) + 1) as spool:
        lines = rdf_nodes.Lines(settings.base_iri, spool)
        for entity in graphs.entities(graph):
            rdf_nodes.write(lines, entity)
        rdf_edges.write(lines, graph)
        yield spool


def triples(graph: nx.MultiDiGraph, settings: Settings) -> list[str]:
    """Every triple as a line of N-Triples, sorted, none twice; raises as ``spooled`` does."""
    with spooled(graph, settings) as spool:
        return list(spool)


def render_nt(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """The graph as N-Triples."""
    with spooled(graph, settings) as spool:
        return "".join(spool)


def render_ttl(graph: nx.MultiDiGraph, settings: Settings) -> bytes:
    """The graph as Turtle, by subject."""
    with spooled(graph, settings) as spool:
        return "".join(turtle(spool, settings)).encode()


def turtle(nt: Iterable[str], settings: Settings) -> Iterator[str]:
    """Sorted lines of N-Triples as Turtle with prefixes, piece by piece."""
    return rdf_turtle.lines(nt, rdf_terms.prefixes(settings.base_iri))


def to_rdflib(graph: nx.MultiDiGraph, settings: Settings) -> rdflib.Graph:
    """The graph as an ``rdflib.Graph`` with the prefixes of the export."""
    import rdflib

    found = rdflib.Graph()
    for short, iri in rdf_terms.prefixes(settings.base_iri).items():
        found.bind(short, iri)
    return found.parse(data=render_nt(graph, settings), format="nt")
