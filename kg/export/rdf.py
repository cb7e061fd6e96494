"""RDF: the graph as N-Triples and Turtle, in one default graph, without blank nodes.

Each fact is a direct triple, for easy reading, and a statement with the passages it was
derived from. What is n-ary by nature (a place in a list, a post, a figure, a quotation, a
letter, an event) is its own statement.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from kg import graph as graphs
from kg.export import rdf_edges, rdf_nodes, rdf_terms
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
    """N-Triples in the order they stand as Turtle with prefixes, line by line."""
    from pyoxigraph import RdfFormat, parse, serialize

    prefixes = rdf_terms.prefixes(settings.base_iri)
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        source, target = Path(folder, "graph.nt"), Path(folder, "graph.ttl")
        with source.open("w", encoding="utf-8", newline="") as out:
            out.writelines(nt)
        found = parse(path=str(source), format=RdfFormat.N_TRIPLES, lenient=True)
        serialize((quad.triple for quad in found), str(target), RdfFormat.TURTLE, prefixes=prefixes)
        yield from (f"@prefix {short}: <{iri}> .\n" for short, iri in sorted(prefixes.items()))
        yield "\n"
        with target.open(encoding="utf-8", newline="\n") as lines:
            # The serialiser's own prefixes are in the order of a hash table.
            yield from dropwhile(lambda line: line.startswith("@prefix"), lines)


def to_rdflib(graph: nx.MultiDiGraph, settings: Settings) -> rdflib.Graph:
    """The graph as an ``rdflib.Graph`` with the prefixes of the export."""
    import rdflib

    found = rdflib.Graph()
    for short, iri in rdf_terms.prefixes(settings.base_iri).items():
        found.bind(short, iri)
    return found.parse(data=render_nt(graph, settings), format="nt")
